"""Regions that bear a city's name: in "Rochester, New York" and "Gotemba, Shizuoka" is but one town."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipeline.gazetteer import Gazetteer, fold
from pipeline.gazetteer.scan import LARGE_TOWN, Hit
from pipeline.gazetteer.tables import regions
from pipeline.tokens import Token

_FEATURES = frozenset({"prefecture", "state", "province", "oblast"})


@cache
def _namesakes() -> dict[str, tuple[str, str]]:
    """Map the folded names of cities that a region is called after to its country and admin1 code."""
    found: dict[str, tuple[str, str]] = {}
    for region in regions():
        own, _, unit = region.name.rpartition(" ")
        if own and region.admin1 and region.feature in _FEATURES and unit.casefold() in _FEATURES:
            found[fold(own)] = (region.country, region.admin1)
    return found


def region_behind(
    tokens: Sequence[Token], town: Hit, name: Hit | None, gazetteer: Gazetteer
) -> tuple[str, str] | None:
    """Return (country, admin1) of the region that the name behind a town's is; None where it is a town.

    The town must be known to lie there, and not be a large one of another country: "Hamburg, New York".
    """
    if name is None or name.country or name.form != "name" or name.first - town.last != 1:
        return None
    region = _namesakes().get(fold(name.name)) if tokens[town.last].text in (",", "(") else None
    if region is None:
        return None
    found = gazetteer.candidates(town.name)
    there = any((c.place.country, c.place.admin1) == region and c.place.feature == "city" for c in found)
    rival = any(
        c.main and c.place.country != region[0] and c.place.population >= LARGE_TOWN for c in found[:1]
    )
    return region if there and not rival else None
