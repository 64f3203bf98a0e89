"""From the claims of all pages to rows: one row a fact, and the evidence of each.

Nothing here depends on the order of the pages: what is shown is chosen by value, never by who came first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline import edtf
from pipeline.model import Claims, Document, Kind, MayorClaim, PartnershipClaim, Role, Status
from pipeline.normalise import ids
from pipeline.normalise.dates import is_start
from pipeline.normalise.evidence import STATUSES, Book
from pipeline.normalise.mayors import best_spelling, full_names, seen_range
from pipeline.normalise.places import place_rows
from pipeline.schema import FactType, Provenance

Row = dict[str, object]

_KINDS = tuple(Kind)


@dataclass
class Facts:
    """All facts, before it is settled what pages disagree about.

    ``rows`` maps the key of each fact to its row, by type of fact; ``places`` the ids of places to their
    rows. ``joined`` maps the key that a lone surname would have to that of the full name it joined.
    """

    book: Book
    rows: dict[FactType, dict[str, Row]]
    places: dict[str, Row]
    joined: dict[str, str] = field(default_factory=dict)

    def dates_of(self, partnership: str) -> list[Row]:
        """Return the founding dates of a partnership."""
        dates = self.rows[FactType.FOUNDING_DATE].values()
        return [row for row in dates if row["partnership_id"] == partnership]

    def themes_of(self, partnership: str) -> list[Row]:
        """Return the themes of a partnership."""
        return [row for row in self.rows[FactType.THEME].values() if row["partnership_id"] == partnership]


def gather(pages: Sequence[Claims], book: Book) -> Facts:
    """Merge the claims of all pages into facts, and enter their evidence into ``book``."""
    joined: dict[str, str] = {}
    rows = {
        FactType.PARTNERSHIP: _partnerships(pages, book),
        FactType.FOUNDING_DATE: _founding_dates(pages, book),
        FactType.MAYOR: _mayors(pages, book, joined),
        FactType.THEME: _themes(pages, book),
    }
    for row in (row for found in rows.values() for row in found.values()):
        row["provenance"] = str(Provenance.EXTRACTED)
    return Facts(book, rows, {str(row["place_id"]): row for row in place_rows(pages)}, joined)


def _partnerships(pages: Sequence[Claims], book: Book) -> dict[str, Row]:
    stated: dict[str, list[tuple[Document, PartnershipClaim]]] = defaultdict(list)
    for claims in pages:
        for pair in claims.partnerships:
            key = ids.partnership_id(pair.a.place_id, pair.b.place_id)
            stated[key].append((claims.document, pair))
            book.add(FactType.PARTNERSHIP, key, claims.document, pair.evidence, says=pair)
    rows: dict[str, Row] = {}
    for key, claims_of_pair in stated.items():
        pair = claims_of_pair[0][1]
        place_a, place_b = sorted((pair.a.place_id, pair.b.place_id))
        rows[key] = {
            "partnership_id": key,
            "place_a_id": place_a,
            "place_b_id": place_b,
            "kind": str(min((claim.kind for _, claim in claims_of_pair), key=_KINDS.index)),
            "status": str(_status((document, claim.status) for document, claim in claims_of_pair)),
        }
    return rows


def _status(claims: Iterable[tuple[Document, Status]]) -> Status:
    """Return the status that the newest dated page gives, of undated ones only if none is dated."""

    def rank(claim: tuple[Document, Status]) -> tuple[bool, int, int]:
        published = claim[0].published
        newest = edtf.bounds(published)[1] if published else date.min
        return not published, -newest.toordinal(), STATUSES.index(claim[1])

    return min(claims, key=rank)[1]


def _founding_dates(pages: Sequence[Claims], book: Book) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for claims in pages:
        for found in claims.dates:
            pair = ids.partnership_id(found.a.place_id, found.b.place_id)
            key = ids.founding_id(pair, found.edtf, found.event, found.basis)
            starts = is_start(found.event, found.basis)
            book.add(FactType.FOUNDING_DATE, key, claims.document, found.evidence, starts)
            rows[key] = {
                "founding_id": key,
                "partnership_id": pair,
                "date": found.edtf,
                "event": str(found.event),
                "basis": str(found.basis),
            }
    return rows


def _mayors(pages: Sequence[Claims], book: Book, joined: dict[str, str]) -> dict[str, Row]:
    """Return the rows of mayors, lone surnames merged into full names."""
    offices: dict[tuple[str, Role], list[tuple[Document, MayorClaim]]] = defaultdict(list)
    for claims in pages:
        for mayor in claims.mayors:
            offices[mayor.place.place_id, mayor.role].append((claims.document, mayor))
    rows: dict[str, Row] = {}
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
                joined[ids.mayor_id(claim.person, place_id, role)] = key
            seen = seen_range(claim.seen for _, claim in claims_of_person if claim.seen)
            rows[key] = {
                "mayor_id": key,
                "person": person,
                "role": str(role),
                "place_id": place_id,
                "seen_from": seen[0],
                "seen_to": seen[1],
            }
    return rows


def _themes(pages: Sequence[Claims], book: Book) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for claims in pages:
        for theme in claims.themes:
            pair = ids.partnership_id(*(place.place_id for place in theme.pair)) if theme.pair else None
            place = theme.place.place_id if theme.place and not pair else None
            # Two towns that their pages do not name are two towns: the document stands for each.
            key = ids.theme_id(theme.theme, pair or place or claims.document.doc_id)
            rows[key] = {"theme_id": key, "theme": theme.theme, "partnership_id": pair, "place_id": place}
            book.add(FactType.THEME, key, claims.document, theme.evidence)
    return rows
