"""How far from a theme's word the next partner and the next other town stand, and which it follows."""

from __future__ import annotations

import math
from bisect import bisect_left

from pipeline.extract.context import Context
from pipeline.model import PlaceMention, Sentence

_FAR = 8.0
"""What nothing is farther away than: some three thousand letters, as a logarithm."""


class Near:
    """The places of a page, by where they stand."""

    def __init__(self, context: Context, partners: frozenset[str]) -> None:
        """Read a page; ``partners`` are the ids of those that it states: without any, each may be one."""
        places = [p for p in context.mentions.places if not context.is_home(p.place)]
        self._places = sorted((p.start, p.end) for p in places)
        self._ours = [not partners or p.place.place_id in partners for p in sorted(places, key=_start)]
        self._partners = sorted(
            (p.start, p.end) for p in places if not partners or p.place.place_id in partners
        )

    def signs(self, start: int, end: int, sentence: Sentence) -> dict[str, float]:
        """Return how far away towns stand, as logarithms of letters from 0 to 8, and which comes before."""
        before = bisect_left(self._places, (start, 0)) - 1
        return {
            "after_partner": before >= 0 and self._ours[before],
            "before_towns": bool(self._places) and sentence.end <= self._places[0][0],
            "far_partner": _distance(self._partners, start, end),
            "far_place": _distance(self._places, start, end),
        }


def _start(mention: PlaceMention) -> tuple[int, int]:
    return mention.start, mention.end


def _distance(spans: list[tuple[int, int]], start: int, end: int) -> float:
    number = bisect_left(spans, (start, 0))
    beside = spans[max(0, number - 1) : number + 1]
    letters = (max(0, low - end, start - high) for low, high in beside)
    return min(_FAR, min((math.log1p(n) for n in letters), default=_FAR))
