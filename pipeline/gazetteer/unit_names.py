"""Units of administration beside a name: Kreis Unna, Kent County, the province of Jiangsu."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.gazetteer.gazetteer import Gazetteer, unlinked
from pipeline.gazetteer.scan import Hit
from pipeline.gazetteer.tables import us_counties
from pipeline.gazetteer.units import unit_feature, units
from pipeline.lexicon import load
from pipeline.model import Place
from pipeline.tokens import Token

# Counties are named after towns, and regions of this kind after nothing else: only these are looked up bare.
_BARE = frozenset(
    {"region", "province", "prefecture", "state", "voivodeship", "oblast", "department", "canton"}
)
_COUNTIES = frozenset({"GB", "IE"})
# What the supplement's units are: partners of their own.
_OWN = frozenset({"county", "district"})


class Unit(NamedTuple):
    """A unit's tokens ``first`` to ``last`` (exclusive), its plain name, and the name beside it."""

    first: int
    last: int
    name: str
    bare: str


def unit_at(tokens: Sequence[Token], hit: Hit) -> Unit | None:
    """Return the county, prefecture or region that a unit beside a place's name makes of it."""
    known = units()
    own, _, unit = hit.name.rpartition(" ")
    following = tokens[hit.last].text if hit.last < len(tokens) else ""
    if hit.form == "genitive" and following == "County":
        owner = " ".join(t.text for t in tokens[hit.first : hit.last]).replace("’", "'")
        if f"{owner} County" in us_counties():  # Prince George's County
            return Unit(hit.first, hit.last + 1, f"{owner} County", hit.name)
    if own and unit in known.after and unit in known.telling:  # a name of the index: Montgomery County
        return Unit(hit.first, hit.last, hit.name, own)
    unit, _, own = hit.name.partition(" ")
    if own and unit in known.before and hit.last - hit.first > 1:  # Landkreis Harz
        return Unit(hit.first, hit.last, hit.name, own)
    if following == "District" and tokens[hit.last - 1].text in known.town_districts:
        return None
    if following in known.after or (
        following.islower() and following.capitalize() in known.after and following != "region"
    ):
        return Unit(hit.first, hit.last + 1, f"{hit.name} {following.capitalize()}", hit.name)
    before = tokens[hit.first - 1].text if hit.first else ""
    if before in known.before:
        return Unit(hit.first - 1, hit.last, f"{known.plain.get(before, before)} {hit.name}", hit.name)
    if before == "of" and hit.first > 1:
        word = tokens[hit.first - 2].text.capitalize()
        if word == "District" and tokens[hit.first - 3].text in known.town_districts:
            return None  # the Municipal District of Clonmel is the town's
        after = word in known.after and word not in known.parts
        if after or known.before.get(word) == "department":
            return Unit(hit.first - 2, hit.last, f"{word} of {hit.name}", hit.name)
    return None


def tells_where(tokens: Sequence[Token], unit: Unit, previous: Hit | None) -> bool:
    """Whether a unit says where the place before it lies: Nysa im Kreis Nysa; X, Montgomery County."""
    if _of_a_town(tokens, unit):
        return True
    if previous is None or previous.last > unit.first or unit.first - previous.last > 3:
        return False
    known = units()
    between = [t.text for t in tokens[previous.last : unit.first]]
    if between == [","]:
        return tokens[unit.last - 1].text in known.after
    return bool(between) and all(t in "(," or t in known.locative or t in known.articles for t in between)


def _of_a_town(tokens: Sequence[Token], unit: Unit) -> bool:
    """Whether a unit only tells where the town behind it lies: the Humboldt County town."""
    following = tokens[unit.last].text if unit.last < len(tokens) else ""
    return tokens[unit.last - 1].text in units().after and following in load("en", "places")["in_county"]


_SEAT = 10_000
"""Inhabitants of a town that a county elsewhere is named for."""


def unit_place(
    gazetteer: Gazetteer, name: str, bare: str, country: str, prefer: str, admin1: str = ""
) -> Place:
    """Return the unit's own place: the gazetteer's region of that name, or an unlinked one."""
    feature = unit_feature(name)
    alone = _no_town(bare, gazetteer)
    found = [
        c.place
        for tried in (name, f"County {bare}", bare)
        for c in gazetteer.candidates(tried)
        if c.place.feature != "city"
        and country in ("", c.place.country)
        and (tried != bare or alone or feature in _BARE or c.place.country in _COUNTIES or not c.place.admin1)
        and (tried in (name, bare) or feature == "county")
    ]
    american = country in ("", "US") and name in us_counties()
    if found and not (american and prefer == "US"):
        return next((place for place in found if place.country == prefer), found[0])
    if american:  # Livingston County, which is none of Livingston in Scotland
        county = unlinked(name, "US")
        states = us_counties()[name]
        if len(states) > 1 and admin1 in states:
            return replace(county, place_id=f"{county.place_id}-{admin1.lower()}", admin1=admin1)
        return county
    nation = units().nations.get(name.partition(" ")[0], "")
    towns = {c.place.country: c.place.population for c in reversed(gazetteer.candidates(bare))}
    if nation not in towns and max(towns.values(), default=0) >= _SEAT:
        nation = ""  # Landkreis Nowy Sącz: the word is ours, the county is abroad
    return unlinked(name, country or nation or gazetteer.link(bare, prefer=prefer).country)


def _no_town(bare: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is that of counties or districts only: Mayen-Koblenz."""
    found = gazetteer.candidates(bare)
    return bool(found) and all(c.place.feature in _OWN for c in found)


def unit_only(unit: Unit, gazetteer: Gazetteer) -> bool:
    """Whether "of" ties a unit to a name that needs none, for no town bears it: the district of X."""
    return unit.name.endswith(f" of {unit.bare}") and _no_town(unit.bare, gazetteer)


def of_owner(tokens: Sequence[Token], owner: Hit, part: Hit | None, gazetteer: Gazetteer) -> bool:
    """Whether a name in the genitive only tells where the unit behind it lies: Xi'an's Lantian County."""
    if part is None or owner.form != "genitive" or part.first != owner.last or part.country:
        return False
    whole = gazetteer.candidates(owner.name)[:1]
    unit = gazetteer.candidates(part.name)
    if not whole or whole[0].place.feature != "city":
        return False
    known = any(
        c.place.country == whole[0].place.country and c.place.feature in ("district", "county") for c in unit
    )
    return known or unit_at(tokens, part) is not None
