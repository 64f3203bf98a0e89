"""Which founding date of a partnership is chosen, and which dates disagree.

Only dates of a start count: signed, proclaimed, decided, since, and an anniversary counted back to
its start. First contacts, renewals, endings and the day of a jubilee itself are kept as rows, but are
never chosen. Among the dates of a start the choice is made in this order:

1. a year or finer before a decade;
2. stated before derived: a page that counts in years is good to a year at best;
3. the event: signed, proclaimed, decided, since, anniversary;
4. of the dates of that event, the most precise ones that refine the others (1964-07-11 refines 1964);
5. the one that the most documents support, that is, give a date of a start that covers it;
6. one not marked as uncertain, then the more precise, then the earlier one.

A date that a reviewer has chosen goes before all others; ``settle`` sees to that.

Last, a chosen stated date is refined by a stated "since" date within it, for that is the same act in
other words.

Two dates of a start disagree if neither covers the other. A decision may lie before the act it leads to,
and a derived date may be a year off, without disagreeing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline import edtf
from pipeline.model import Basis, Event

_RANK = {Event.SIGNED: 0, Event.PROCLAIMED: 1, Event.DECIDED: 2, Event.SINCE: 3, Event.ANNIVERSARY: 4}
_VAGUE = timedelta(days=3 * 366)
"""From here on a span is no longer a year, or a pair of years (1962/1963)."""


@dataclass(frozen=True, slots=True)
class Founding:
    """A date of one partnership, as given by some documents (``documents`` are their ids)."""

    founding_id: str
    edtf: str
    event: Event
    basis: Basis
    documents: frozenset[str]

    @property
    def starts(self) -> bool:
        """Whether it is a date of a start, which can be chosen."""
        return is_start(self.event, self.basis)

    @property
    def bounds(self) -> tuple[date, date]:
        """First and last day the date can mean."""
        return edtf.bounds(self.edtf)


def is_start(event: Event, basis: Basis) -> bool:
    """Whether a date of such an event is one of a start, which can be chosen."""
    return basis is Basis.DERIVED if event is Event.ANNIVERSARY else event in _RANK


def choose(foundings: Sequence[Founding]) -> Founding | None:
    """Return the date to stand in ``partnerships.founded``, or None if none is of a start."""
    starts = [founding for founding in foundings if founding.starts]
    if not starts:
        return None
    best = min(_standing(founding) for founding in starts)
    rivals = [founding for founding in starts if _standing(founding) == best]
    finest = [r for r in rivals if not any(_refines(other, r) for other in rivals)]

    def merit(founding: Founding) -> tuple[int, bool, int, date, str]:
        support = {doc for other in starts if _covers(other, founding) for doc in other.documents}
        vague = edtf.is_qualified(founding.edtf)
        # Not the days that it may mean: a leap year has one more.
        fine = edtf.precision(founding.edtf)
        return -len(support), vague, -fine, founding.bounds[0], founding.founding_id

    chosen = min(finest, key=merit)
    if chosen.basis is Basis.STATED:
        since = [s for s in starts if s.event is Event.SINCE and s.basis is Basis.STATED]
        same = [s for s in since if _refines(s, chosen)]
        finest = [s for s in same if not any(_refines(other, s) for other in same)]
        if finest:
            return min(finest, key=merit)
    return chosen


def disagreeing(foundings: Sequence[Founding]) -> list[str]:
    """Return the dates of a start that disagree with another one, as sorted EDTF; empty if none does."""
    starts = sorted((f for f in foundings if f.starts), key=lambda founding: founding.founding_id)
    found: set[str] = set()
    for index, one in enumerate(starts):
        for other in starts[index + 1 :]:
            if _disagree(one, other):
                found |= {one.edtf, other.edtf}
    return sorted(found)


def _standing(founding: Founding) -> tuple[bool, bool, int]:
    earliest, latest = founding.bounds
    return latest - earliest > _VAGUE, founding.basis is not Basis.STATED, _RANK[founding.event]


def _covers(outer: Founding, inner: Founding) -> bool:
    return edtf.covers(outer.edtf, inner.edtf)


def _refines(fine: Founding, coarse: Founding) -> bool:
    return _covers(coarse, fine) and not _covers(fine, coarse)


def _disagree(one: Founding, other: Founding) -> bool:
    if _covers(one, other) or _covers(other, one):
        return False
    early, late = sorted((one, other), key=lambda founding: founding.bounds)
    if early.event is Event.DECIDED and late.event is not Event.DECIDED:
        return False
    # Stated spans that overlap but do not nest (1962/1963 and 1963/1964) disagree as well.
    derived = Basis.DERIVED in (one.basis, other.basis)
    return not derived or late.bounds[0].year - early.bounds[1].year > 1
