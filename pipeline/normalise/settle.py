"""What several pages say of one partnership: its founding date is chosen, and what disagrees is named.

Nothing is dropped for it: every date keeps its row, and the kind and status that a page states stand beside
its evidence. Looks at the rows alone, so that it holds for corrected facts as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pipeline.model import Basis, Event, Kind, Status
from pipeline.normalise.dates import Founding, choose, disagreeing
from pipeline.normalise.evidence import Row
from pipeline.normalise.facts import Facts
from pipeline.schema import FactType

PICKED = "picked"
"""Marks the row of a date that a reviewer has chosen; no column of the table."""

CORRECTION = "correction:"
"""The rules of evidence that points at a correction begin so."""


def settle(facts: Facts) -> None:
    """Fill in what follows from several rows: what is chosen, what disagrees, and the bounds of dates."""
    foundings: dict[str, list[Founding]] = defaultdict(list)
    picked = set()
    for key, row in facts.rows[FactType.FOUNDING_DATE].items():
        founding = _founding(key, row, facts.book.of(key))
        foundings[str(row["partnership_id"])].append(founding)
        row["date_earliest"], row["date_latest"] = founding.bounds
        row["chosen"] = False
        if row.get(PICKED):
            picked.add(key)
    for key, row in facts.rows[FactType.PARTNERSHIP].items():
        dates = foundings[key]
        mine = [founding for founding in dates if founding.founding_id in picked]
        chosen = choose(mine) or min(mine, key=_any, default=None) or choose(dates)
        row["founded"] = chosen.edtf if chosen else None
        row["founded_earliest"], row["founded_latest"] = chosen.bounds if chosen else (None, None)
        row["conflict"] = _conflict(disagreeing(dates), facts.book.of(key))
        if chosen:
            facts.rows[FactType.FOUNDING_DATE][chosen.founding_id]["chosen"] = True


def _founding(key: str, row: Mapping[str, object], evidence: Iterable[Row]) -> Founding:
    pages = {str(e["doc_id"]) for e in evidence if not str(e["rule"]).startswith(CORRECTION)}
    event, basis = Event(str(row["event"])), Basis(str(row["basis"]))
    return Founding(key, str(row["date"]), event, basis, frozenset(pages))


def _any(founding: Founding) -> tuple[object, ...]:
    return founding.bounds, founding.founding_id


def _conflict(founded: list[str], evidence: list[Row]) -> str | None:
    parts = [f"founded: {', '.join(founded)}"] if founded else []
    kinds = [kind for kind in Kind if any(row.get("kind") == kind for row in evidence)]
    statuses = sorted(status for status in Status if any(row.get("status") == status for row in evidence))
    if len(kinds) > 1:
        parts.append(f"kind: {', '.join(kinds)}")
    if len(statuses) > 1:
        parts.append(f"status: {', '.join(statuses)}")
    return "; ".join(parts) or None
