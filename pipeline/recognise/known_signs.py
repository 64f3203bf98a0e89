"""The signs by which a name of the gazetteer is a place: which places bear it, and where they lie."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from pipeline.gazetteer import Candidate, Gazetteer, distance_km, fold, ordinary_words
from pipeline.gazetteer.scan import KNOWN_TOWN, LARGE_TOWN, respelt, same_spelling
from pipeline.gazetteer.tables import settler_countries
from pipeline.model import Place

_NEAR = 60
_LONG = 6
_BEARERS = 12


def signs_of_known(
    name: str, gazetteer: Gazetteer, home: Place | None, told: Collection[str], page: Collection[str]
) -> list[str]:
    """Return the signs that the gazetteer gives of a name.

    Args:
        name: The name as it is written, without its genitive.
        gazetteer: The places that bear a name.
        home: The page's home.
        told: The countries named in the block, its heading and the blocks beside it.
        page: Those named on the page.
    """
    candidates = [c for c in gazetteer.candidates(name)[:_BEARERS] if same_spelling(name, c.place)]
    found = ["ordinary"] if fold(name) in ordinary_words() else []
    if not candidates:
        return found
    main = [c for c in candidates if c.main]
    best = (main or candidates)[0]
    if main:
        size = best.place.population
        found.append(
            "known:large" if size >= LARGE_TOWN else "known:town" if size >= KNOWN_TOWN else "known:small"
        )
        found.append("known:word" if best.needs_context else "known")
    else:
        found.append("known:alternate")
        found.append("known:respelt" if respelt(name, best.place.name) else "known:otherwise")
        if best.needs_context:
            found.append("known:alternate-word")
    if len(name) >= _LONG and not best.needs_context and found[0] != "ordinary":
        found.append("known:long" if main else "known:long-alternate")
    found.append(f"known:size:{min(6, round(math.log10(best.place.population or 500)))}")
    return found + _where(candidates, home, told, page)


def _where(
    candidates: Sequence[Candidate], home: Place | None, told: Collection[str], page: Collection[str]
) -> list[str]:
    """Return the signs of where the places of a name lie: near the home, in a country that is named."""
    found = []
    lands = {c.place.country for c in candidates}
    if home is not None:
        if home.country in lands:
            found.append("known:home-country")
        if any(distance_km(c.place, home) <= _NEAR for c in candidates):
            found.append("known:near")
    abroad = lands - {home.country if home else ""}
    if abroad & set(told):
        found.append("known:told")
    elif abroad & set(page):
        found.append("known:told-page")
    if lands <= settler_countries():
        found.append("known:settlers")
    return found
