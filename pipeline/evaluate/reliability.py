"""Whether confidence keeps its word: of the facts given .9, how many were right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass(frozen=True, slots=True)
class Bin:
    """Facts of like confidence: how many, their mean confidence, and the share that was right."""

    low: float
    high: float
    number: int
    mean: float
    right: float


def reliability(facts: Iterable[tuple[float, bool]]) -> list[Bin]:
    """Part facts, each a confidence and whether it is right, into bins; empty ones are left out."""
    known = list(facts)
    found = []
    for low, high in pairwise(_EDGES):
        here = [(sure, right) for sure, right in known if low <= sure < high]
        if here:
            mean = sum(sure for sure, _ in here) / len(here)
            found.append(
                Bin(low, min(high, 1.0), len(here), mean, sum(right for _, right in here) / len(here))
            )
    return found


def brier(facts: Sequence[tuple[float, bool]]) -> float:
    """Return the mean squared distance of confidence from the truth; 0 if there are no facts."""
    return sum((sure - right) ** 2 for sure, right in facts) / len(facts) if facts else 0.0


def lines(bins: Iterable[Bin]) -> Iterator[str]:
    """Yield bins as an aligned table."""
    yield f"{'confidence':11} {'facts':>6} {'mean':>6} {'right':>6}"
    for found in bins:
        yield (f"{found.low:.2f} - {found.high:.2f}  {found.number:6} {found.mean:6.3f} {found.right:6.3f}")
