"""The county that acts without its name: "Der Kreis unterhält ...", "The county is twinned with ..."."""

from __future__ import annotations

from pipeline.extract.context import Context
from pipeline.extract.cues import has
from pipeline.extract.partnerships.reading import Reading
from pipeline.model import Block, BlockKind, Place

_UNITS = frozenset({"county", "district", "region"})


def acts(reading: Reading) -> bool:
    """Whether the subject of a sentence is a county, by that word alone."""
    return has(reading.text, reading.block.lang, "county_acts")


def county_of(context: Context) -> Place | None:
    """Return the county that a page means by that word: its own, or the one that is called after the town.

    None where the page names none, or more than one that may be meant.
    """
    home = context.home
    if home is None or _is_unit(home):
        return home
    named = {
        m.place.place_id: m.place
        for m in context.mentions.places
        if _is_unit(m.place) and m.place.country == home.country and home.name.split()[0] in m.place.name
    }
    return next(iter(named.values())) if len(named) == 1 else None


def own_sections(context: Context) -> dict[int, Place]:
    """Return the home of a county's page for each block of a section on what the county itself has."""
    home = context.home
    found: dict[int, Place] = {}
    if home is None or not _is_unit(home):
        return {}
    for block in context.document.blocks:
        if block.kind is BlockKind.HEADING and _of_county(context, block):
            found.update((b.index, home) for b in context.body(block))
    return found


def _of_county(context: Context, heading: Block) -> bool:
    others = any(not context.is_home(m.place) for m in context.places(heading.start, heading.end))
    return not others and has(context.document.words(heading), heading.lang, "county_itself")


def _is_unit(place: Place) -> bool:
    return place.feature in _UNITS
