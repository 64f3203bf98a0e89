"""Sections that each tell the partners of one town: a county's page, a heading for every municipality."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from pipeline.extract.context import Context
from pipeline.gazetteer import distance_km
from pipeline.model import Block, BlockKind, Place

_LEAST = 2
_SHARE = 0.6  # of the headings of a series that name a town
# Towns of one county; a town's partners in its own country lie farther apart.
_NEAR_KM = 60.0


def owner_sections(context: Context) -> dict[int, Place]:
    """Return the town whose section a block stands in, by the block's index; the headings' own included.

    The headings of a series name towns that lie in one country and close together, those of the county whose
    page it is, or the home town and its neighbours; their sections name places elsewhere.
    """
    series: dict[tuple[int, tuple[int, ...]], list[Block]] = {}
    for block in context.document.blocks:
        if block.kind is BlockKind.HEADING and block.section >= 0:
            series.setdefault((block.level, block.path), []).append(block)
    owned: dict[int, Place] = {}
    for headings in series.values():
        heads = {b.index: place for b in headings if (place := _town(context, b)) is not None}
        if len(heads) < max(_LEAST, _SHARE * len(headings)) or not _close(context, list(heads.values())):
            continue
        bodies = {index: context.body(context.document.blocks[index]) for index in heads}
        if sum(_names_others(context, bodies[index], heads[index]) for index in heads) < _LEAST:
            continue
        for index, place in heads.items():
            owned.update((block.index, place) for block in bodies[index])
            owned[index] = place
    return owned


def _town(context: Context, heading: Block) -> Place | None:
    """Return the town of the home's country that a heading names, and nothing besides."""
    mention = context.leading_place(heading.start, heading.end)
    home = context.home
    if mention is None or mention.form != "name" or context.countries(heading.start, heading.end):
        return None
    place = mention.place
    alone = mention.end == heading.end or context.names_only(heading.start, heading.end)
    at_home = home is None or place.country == home.country
    unit = place.feature == "county" or context.dates(heading.start, heading.end)
    one = len(context.places(heading.start, heading.end)) == 1
    return place if alone and one and at_home and not unit else None


def headed(context: Context, block: Block) -> Place | None:
    """Return the town other than the home that the heading right above a block names, and nothing besides."""
    heading = context.heading_of(block)
    if heading is None:
        return None
    places = context.places(heading.start, heading.end)
    lone = len(places) == 1 and places[0].form == "name" and places[0].place.feature == "city"
    if not lone or context.is_home(places[0].place) or context.countries(heading.start, heading.end):
        return None
    return places[0].place if context.names_only(heading.start, heading.end) else None


def _close(context: Context, places: Sequence[Place]) -> bool:
    """Whether towns lie close together, and to the home where it is a town itself."""
    known = list({p.place_id: p for p in places if None not in (p.latitude, p.longitude)}.values())
    if len(known) < _LEAST:
        return False
    home = context.home
    county = home is None or not home.linked or home.feature != "city"
    if not county and home is not None and all(p.place_id != home.place_id for p in known):
        known.append(home)
    far = [median(distance_km(a, b) for b in known if b is not a) for a in known]
    return sum(d <= _NEAR_KM for d in far) >= 0.8 * len(far) and (county or far[-1] <= _NEAR_KM)


def _names_others(context: Context, body: Sequence[Block], owner: Place) -> bool:
    """Whether a section names a place that is not of its owner's surroundings."""
    mentions = [m for b in body for m in context.places(b.start, b.end)]
    return any(m.place.country != owner.country or distance_km(m.place, owner) > _NEAR_KM for m in mentions)
