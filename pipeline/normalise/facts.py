"""From the claims of all pages to rows: one row a fact, and the evidence of each.

Nothing here depends on the order of the pages: what is shown is chosen by value, never by who came first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from pipeline import edtf
from pipeline.model import Claims, Document, Evidence, Kind, MayorClaim, PartnershipClaim, Role, Status
from pipeline.normalise import ids
from pipeline.normalise.confidence import Calibration
from pipeline.normalise.dates import Founding, choose, disagreeing
from pipeline.normalise.mayors import best_spelling, full_names, seen_range
from pipeline.schema import FactType

Row = dict[str, object]

_CONTEXT = 40
_KINDS = tuple(Kind)
_STATUSES = (Status.ENDED, Status.SUSPENDED, Status.ACTIVE, Status.PLANNED)
"""Which status stands among pages of one date, first to last: "active" is what a page says that says
nothing, so a word to the contrary outweighs it; and what is active is no longer planned."""
_FLAT = str.maketrans("\n\r\t", "   ")


class Book:
    """Collects evidence rows; each passage once a fact, document and rule, with its best confidence.

    Evidence that brings no confidence has that of its rule.
    """

    def __init__(self, calibration: Calibration) -> None:
        """Start without a row."""
        self._calibration = calibration
        self._rows: dict[str, Row] = {}

    def add(
        self,
        kind: FactType,
        fact: str,
        document: Document,
        evidence: Iterable[Evidence],
        calibrated: bool = True,
    ) -> None:
        """Enter the evidence that one document has for a fact; ``calibrated`` if such facts were checked."""
        text = document.text
        for found in evidence:
            key = ids.evidence_id(fact, document.doc_id, found.start, found.end, found.rule)
            own = found.confidence
            if own is None and calibrated:
                own = self._calibration.of_evidence(kind, found.rule)
            known = [self._rows[key]["confidence"]] if key in self._rows else []
            sure = [c for c in [*known, own] if isinstance(c, float | int)]
            before = text[max(0, found.start - _CONTEXT) : found.start]
            after = text[found.end : found.end + _CONTEXT]
            self._rows[key] = {
                "evidence_id": key,
                "fact_type": str(kind),
                "fact_id": fact,
                "doc_id": document.doc_id,
                "start": found.start,
                "end": found.end,
                "quote": text[found.start : found.end],
                "prefix": before.translate(_FLAT) or None,
                "suffix": after.translate(_FLAT) or None,
                "rule": found.rule,
                "confidence": float(max(sure)) if sure else None,
            }

    def rows(self) -> list[Row]:
        """Return all rows, in no order."""
        return list(self._rows.values())


def partnership_rows(pages: Sequence[Claims], book: Book) -> tuple[list[Row], list[Row]]:
    """Return the rows of partnerships and of founding dates."""
    stated: dict[str, list[tuple[Document, PartnershipClaim]]] = defaultdict(list)
    for claims in pages:
        for pair in claims.partnerships:
            key = ids.partnership_id(pair.a.place_id, pair.b.place_id)
            stated[key].append((claims.document, pair))
            book.add(FactType.PARTNERSHIP, key, claims.document, pair.evidence)
    foundings = _foundings(pages, book)
    partnerships: list[Row] = []
    dates: list[Row] = []
    for key, claims_of_pair in stated.items():
        pair = claims_of_pair[0][1]
        place_a, place_b = sorted((pair.a.place_id, pair.b.place_id))
        kinds = sorted({claim.kind for _, claim in claims_of_pair}, key=_KINDS.index)
        statuses = {claim.status for _, claim in claims_of_pair}
        chosen = choose(foundings[key])
        partnerships.append(
            {
                "partnership_id": key,
                "place_a_id": place_a,
                "place_b_id": place_b,
                "kind": str(kinds[0]),
                "status": str(_status((document, claim.status) for document, claim in claims_of_pair)),
                "founded": chosen.edtf if chosen else None,
                "founded_earliest": chosen.bounds[0] if chosen else None,
                "founded_latest": chosen.bounds[1] if chosen else None,
                "conflict": _conflict(disagreeing(foundings[key]), kinds, sorted(statuses)),
            }
        )
        dates += [_founding_row(key, founding, founding is chosen) for founding in foundings[key]]
    return partnerships, dates


def _status(claims: Iterable[tuple[Document, Status]]) -> Status:
    """Return the status that the newest dated page gives, of undated ones only if none is dated."""

    def rank(claim: tuple[Document, Status]) -> tuple[bool, int, int]:
        published = claim[0].published
        newest = edtf.bounds(published)[1] if published else date.min
        return not published, -newest.toordinal(), _STATUSES.index(claim[1])

    return min(claims, key=rank)[1]


def _conflict(founded: Sequence[str], kinds: Sequence[Kind], statuses: Sequence[Status]) -> str | None:
    parts = [f"founded: {', '.join(founded)}"] if founded else []
    if len(kinds) > 1:
        parts.append(f"kind: {', '.join(kinds)}")
    if len(statuses) > 1:
        parts.append(f"status: {', '.join(statuses)}")
    return "; ".join(parts) or None


def _foundings(pages: Sequence[Claims], book: Book) -> dict[str, list[Founding]]:
    """Return the dates of each partnership, by its id; collects their evidence."""
    documents: dict[tuple[str, Founding], set[str]] = defaultdict(set)
    for claims in pages:
        for found in claims.dates:
            pair = ids.partnership_id(found.a.place_id, found.b.place_id)
            key = ids.founding_id(pair, found.edtf, found.event, found.basis)
            bare = Founding(key, found.edtf, found.event, found.basis, frozenset())
            documents[pair, bare].add(claims.document.doc_id)
            book.add(FactType.FOUNDING_DATE, key, claims.document, found.evidence, bare.starts)
    result: dict[str, list[Founding]] = defaultdict(list)
    for (pair, bare), docs in documents.items():
        result[pair].append(Founding(bare.founding_id, bare.edtf, bare.event, bare.basis, frozenset(docs)))
    return result


def _founding_row(pair: str, founding: Founding, chosen: bool) -> Row:
    earliest, latest = founding.bounds
    return {
        "founding_id": founding.founding_id,
        "partnership_id": pair,
        "date": founding.edtf,
        "date_earliest": earliest,
        "date_latest": latest,
        "event": str(founding.event),
        "basis": str(founding.basis),
        "chosen": chosen,
    }


def mayor_rows(pages: Sequence[Claims], book: Book) -> list[Row]:
    """Return the rows of mayors, lone surnames merged into full names."""
    offices: dict[tuple[str, Role], list[tuple[Document, MayorClaim]]] = defaultdict(list)
    for claims in pages:
        for mayor in claims.mayors:
            offices[mayor.place.place_id, mayor.role].append((claims.document, mayor))
    rows: list[Row] = []
    for (place_id, role), found in offices.items():
        merged = full_names(claim.person for _, claim in found)
        people: dict[str, list[tuple[Document, MayorClaim]]] = defaultdict(list)
        for document, claim in found:
            people[merged[claim.person]].append((document, claim))
        for folded, claims_of_person in people.items():
            spelled = {(claim.person, document.doc_id) for document, claim in claims_of_person}
            person = best_spelling(Counter(name for name, _ in spelled if ids.fold(name) == folded))
            key = ids.mayor_id(person, place_id, role)
            for document, claim in claims_of_person:
                book.add(FactType.MAYOR, key, document, claim.evidence)
            seen = seen_range(claim.seen for _, claim in claims_of_person if claim.seen)
            rows.append(
                {
                    "mayor_id": key,
                    "person": person,
                    "role": str(role),
                    "place_id": place_id,
                    "seen_from": seen[0],
                    "seen_to": seen[1],
                }
            )
    return rows


def theme_rows(pages: Sequence[Claims], book: Book) -> list[Row]:
    """Return the rows of themes."""
    rows: dict[str, Row] = {}
    for claims in pages:
        for theme in claims.themes:
            pair = ids.partnership_id(*(place.place_id for place in theme.pair)) if theme.pair else None
            place = theme.place.place_id if theme.place and not pair else None
            # Two towns that their pages do not name are two towns: the document stands for each.
            key = ids.theme_id(theme.theme, pair or place or claims.document.doc_id)
            rows[key] = {"theme_id": key, "theme": theme.theme, "partnership_id": pair, "place_id": place}
            book.add(FactType.THEME, key, claims.document, theme.evidence)
    return list(rows.values())
