"""The evidence of facts: the words each rests on, one row a passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pipeline.model import Document, Evidence, Kind, PartnershipClaim, Status
from pipeline.normalise import ids
from pipeline.normalise.confidence import Calibration
from pipeline.schema import FactType

Row = dict[str, object]

STATUSES = (Status.ENDED, Status.SUSPENDED, Status.ACTIVE, Status.PLANNED)
"""Which status stands among pages of one date, first to last: "active" is what a page says that says
nothing, so a word to the contrary outweighs it; and what is active is no longer planned."""

_CONTEXT = 40
_KINDS = tuple(Kind)


class Book:
    """Collects evidence rows; each passage once a fact, document and rule, with its best confidence.

    Evidence that brings no confidence has that of its rule.
    """

    def __init__(self, calibration: Calibration) -> None:
        """Start without a row."""
        self._calibration = calibration
        self._rows: dict[str, dict[str, Row]] = defaultdict(dict)

    def add(
        self,
        kind: FactType,
        fact: str,
        document: Document,
        evidence: Iterable[Evidence],
        calibrated: bool = True,
        says: PartnershipClaim | None = None,
    ) -> None:
        """Enter the evidence that one document has for a fact.

        Args:
            kind: The type of the fact.
            fact: Its key.
            document: The page.
            evidence: The passages.
            calibrated: Whether facts such as this one were checked.
            says: What the page says of a partnership.
        """
        for found in evidence:
            own = found.confidence
            if own is None and calibrated:
                own = self._calibration.of_evidence(kind, found.rule)
            row = passage(kind, fact, document.doc_id, document.text, found.start, found.end, found.rule, own)
            if says is not None:
                row["kind"], row["status"] = str(says.kind), str(says.status)
            self.enter(row)

    def enter(self, row: Row) -> None:
        """Enter a row; where it is there already, the surer and stronger statement stands."""
        rows = self._rows[str(row["fact_id"])]
        known = rows.get(str(row["evidence_id"]))
        if known is not None:
            sure = [c for c in (known["confidence"], row["confidence"]) if isinstance(c, float)]
            row = row | {"confidence": max(sure, default=None)}
            for name, order in (("kind", _KINDS), ("status", STATUSES)):
                said = {known.get(name), row.get(name)}
                row[name] = next((str(value) for value in order if value in said), None)
        rows[str(row["evidence_id"])] = row

    def of(self, fact: str) -> list[Row]:
        """Return the rows of a fact, in no order."""
        return list(self._rows.get(fact, {}).values())

    def move(self, fact: str, to: str) -> None:
        """Make the rows of a fact those of another key."""
        for row in self._rows.pop(fact, {}).values():
            start, end = int(str(row["start"])), int(str(row["end"]))
            key = ids.evidence_id(to, str(row["doc_id"]), start, end, str(row["rule"]))
            self.enter(row | {"evidence_id": key, "fact_id": to})

    def drop(self, fact: str) -> None:
        """Forget a fact."""
        self._rows.pop(fact, None)

    def rows(self) -> list[Row]:
        """Return all rows, in no order."""
        return [row for rows in self._rows.values() for row in rows.values()]


def passage(
    kind: FactType, fact: str, doc_id: str, text: str, start: int, end: int, rule: str, sure: float | None
) -> Row:
    """Return the row of one passage: ``text[start:end]``, with what stands around it."""
    return {
        "evidence_id": ids.evidence_id(fact, doc_id, start, end, rule),
        "fact_type": str(kind),
        "fact_id": fact,
        "doc_id": doc_id,
        "start": start,
        "end": end,
        "quote": text[start:end],
        "prefix": _flat(text[max(0, start - _CONTEXT) : start]) or None,
        "suffix": _flat(text[end : end + _CONTEXT]) or None,
        "rule": rule,
        "confidence": None if sure is None else float(sure),
        "kind": None,
        "status": None,
    }


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ").replace("\t", " ")
