"""A name of many places among places of one country: "Caracas, Maracaibo und Valencia"."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from pipeline.gazetteer import Gazetteer
from pipeline.model import Document, PlaceMention

_JOINTS = frozenset({",", "und", "and", ", and", "sowie", "&", "–"})
_FEWEST = 3
# A namesake this many times smaller is not meant, whatever stands beside it.
_DWARFED = 15


def by_neighbours(
    document: Document, mentions: list[PlaceMention], free: Container[int], gazetteer: Gazetteer
) -> list[PlaceMention]:
    """Link a name as its neighbours in an enumeration are, where all of these lie in one other country.

    Args:
        document: The page.
        mentions: The places found.
        free: Where the names start that nothing else on the page tells apart.
        gazetteer: The places that bear a name.
    """
    found = sorted(mentions, key=lambda m: (m.start, m.end))
    for run in runs(document, found, _FEWEST):
        for i in run:
            countries = {found[j].place.country for j in run if j != i}
            if found[i].start in free and len(countries) == 1:
                found[i] = _moved(document, found[i], countries.pop(), gazetteer)
    return found


def runs(document: Document, found: Sequence[PlaceMention], fewest: int) -> Iterator[list[int]]:
    """Yield the enumerations of at least so many places, as indices; ``found`` is sorted by start."""
    run: list[int] = []
    for i, mention in enumerate(found):
        before = found[i - 1] if run else None
        if before is None or document.text[before.end : mention.start].strip() not in _JOINTS:
            if len(run) >= fewest:
                yield run
            run = []
        run.append(i)
    if len(run) >= fewest:
        yield run


def _moved(document: Document, mention: PlaceMention, country: str, gazetteer: Gazetteer) -> PlaceMention:
    if not country or mention.place.country == country:
        return mention
    name = document.text[mention.start : mention.end]
    there = [c for c in gazetteer.candidates(name) if c.main and c.place.country == country]
    if not there or there[0].place.population * _DWARFED < mention.place.population:
        return mention
    return replace(mention, place=there[0].place)
