"""The company that a place keeps: whether the towns told of beside it, and in its way, are partners.

Signs of ``partner_signs.py``. An overview introduces one partner after the other, each much as the last;
what the rules read of its neighbours speaks for the one that they passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.extract.context import Context
from pipeline.extract.partnerships.finding import Finding
from pipeline.model import BlockKind, PlaceMention

_SHARES = ((0.0, "none"), (0.34, "few"), (0.67, "half"), (0.99, "most"))
_MANY = 3
_LEADING = 3  # characters before a name that opens its sentence: a quote, a bracket
_BESIDE = 6  # ... and between a name and its country


class _Introduced(NamedTuple):
    """A place at its first mention: what the rules made of it, and in which ways it is introduced."""

    place_id: str
    bound: str
    ways: tuple[str, ...]


class Company:
    """The towns of one page in the order in which it introduces them, and which of them are partners."""

    def __init__(
        self, context: Context, named: Mapping[str, Sequence[PlaceMention]], findings: Sequence[Finding]
    ) -> None:
        """Prepare for a page with a home town.

        Args:
            context: The document.
            named: The mentions of each place that may be a partner.
            findings: What the rules read.
        """
        bonds: dict[str, str] = {}
        for finding in findings:
            home = context.is_home(finding.a) or context.is_home(finding.b)
            for place in (finding.a, finding.b):
                if home or place.place_id not in bonds:
                    bonds[place.place_id] = "home's" if home else "another's"
        firsts = sorted((mentions[0] for mentions in named.values()), key=lambda m: m.start)
        self._row = [
            _Introduced(m.place.place_id, bonds.get(m.place.place_id, "none"), tuple(_ways(context, m)))
            for m in firsts
        ]
        self._at = {each.place_id: i for i, each in enumerate(self._row)}

    def of_place(self, place_id: str) -> Iterator[str]:
        """Yield what the rules read of the places beside one, and of those introduced as it is."""
        at = self._at[place_id]
        before = self._row[at - 1].bound if at else "edge"
        behind = self._row[at + 1].bound if at + 1 < len(self._row) else "edge"
        yield f"company: before {before}"
        yield f"company: behind {behind}"
        yield f"company: between {before}, {behind}"
        others = [each for i, each in enumerate(self._row) if i != at]
        yield f"company: of all {_share(others)}"
        for way in self._row[at].ways:
            yield f"company: {way}"
            alike = [each for each in others if way in each.ways]
            yield f"company: {way}, of such {_share(alike)}"


def _ways(context: Context, mention: PlaceMention) -> Iterator[str]:
    """Yield how a name is introduced: in what kind of block, where in it, and with what beside it."""
    block = context.document.blocks[mention.block]
    start, end = context.told_in(mention)
    opens = mention.start - start <= _LEADING
    if block.kind is not BlockKind.PARAGRAPH:
        yield f"{block.kind.value}, leads {context.leads(mention, block)}"
        return
    first = start <= block.start + _LEADING
    yield f"paragraph, opens {opens}, first {first}"
    dated = bool(context.dates(start, end))
    yield f"paragraph, opens {opens}, dated {dated}"
    beside = any(0 <= c.start - mention.end <= _BESIDE for c in context.countries(start, end))
    yield f"paragraph, country {beside}"


def _share(places: Sequence[_Introduced]) -> str:
    """Return what part of the places is the home's, and whether they are many."""
    if not places:
        return "nobody"
    share = sum(each.bound == "home's" for each in places) / len(places)
    name = next((name for most, name in _SHARES if share <= most), "all")
    return f"{name}{', many' if len(places) >= _MANY else ''}"
