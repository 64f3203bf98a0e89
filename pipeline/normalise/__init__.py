"""Stage five: the claims of all pages become the tables.

How pages are merged (each rule where its module says it):

- A pair of places is one partnership. Its kind is the strongest that a page states (twin, friendship,
  cooperation, sponsorship). Its status is that of the newest dated page; pages without a date count only
  if none has one; on a tie: ended, suspended, active, planned. ``documents`` counts the pages that
  state the pair.
- All dates stay; ``dates`` says which one is chosen and when two disagree.
- ``mayors`` says when two names are one person.
- ``confidence`` says how sure a fact is, by the rules and the number of passages that state it.
- ``conflict`` names what pages disagree about. Nothing is dropped for it: the kind and status that each page
  states stand beside its evidence, each date has a row.
- ``corrections`` of reviewers come last, and what follows from the facts is settled anew.

Ids come from identifying values alone (``ids``). The result does not depend on the order of the pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.clean import doc_id
from pipeline.model import Claims, Issue, Rejected
from pipeline.normalise import confidence
from pipeline.normalise.check import ClaimError, check
from pipeline.normalise.corrections import Corrections, apply
from pipeline.normalise.evidence import Book
from pipeline.normalise.facts import Facts, gather
from pipeline.normalise.settle import settle
from pipeline.normalise.tables import Row, Tables, assemble
from pipeline.schema import CORRECTIONS, DocumentStatus, FactType, Outcome

__all__ = ["ClaimError", "Tables", "check", "normalise"]


def normalise(
    claims: Iterable[Claims], rejected: Iterable[Rejected], corrections: Corrections | None = None
) -> Tables:
    """Merge what the pages say into the eight tables.

    Args:
        claims: What each page says, in any order.
        rejected: The inputs that could not be read, in any order.
        corrections: What reviewers say. They stand among the documents too, as the text that the evidence
            of a corrected fact points into.

    Returns:
        The tables and the frozen texts that their evidence points into.

    Raises:
        ClaimError: A claim breaks a rule of ``check``, or two inputs have one document id.
    """
    pages = sorted((check(found) for found in claims), key=lambda found: found.document.doc_id)
    refused = list(rejected)
    sources = [(found.document.doc_id, found.document.source) for found in pages]
    sources += [(doc_id(found.source), found.source) for found in refused]
    _check_distinct(sources + ([(doc_id(CORRECTIONS), CORRECTIONS)] if corrections is not None else []))
    calibration = confidence.load()
    facts = gather(pages, Book(calibration))
    settle(facts)
    documents = [_document(found) for found in pages] + [_refusal(found) for found in refused]
    texts = {found.document.doc_id: found.document.text for found in pages}
    reviews: list[Row] = []
    if corrections is not None:
        reviews = apply(corrections, facts, {found.document.source: found.document for found in pages})
        settle(facts)
        documents.append(_corrections(corrections, reviews))
        texts[doc_id(CORRECTIONS)] = corrections.text
    rows: dict[str, Sequence[Row]] = {
        "documents": documents,
        "places": _used(facts, documents),
        "partnerships": list(facts.rows[FactType.PARTNERSHIP].values()),
        "founding_dates": list(facts.rows[FactType.FOUNDING_DATE].values()),
        "mayors": list(facts.rows[FactType.MAYOR].values()),
        "themes": list(facts.rows[FactType.THEME].values()),
        "evidence": facts.book.rows(),
        "reviews": reviews,
    }
    return assemble(rows, texts, calibration)


def _used(facts: Facts, documents: Iterable[Row]) -> list[Row]:
    """Return the places that occur in a fact, or as the home of a page."""
    used = {row["home_place_id"] for row in documents if "home_place_id" in row}
    for row in (row for rows in facts.rows.values() for row in rows.values()):
        used |= {row.get("place_a_id"), row.get("place_b_id"), row.get("place_id")}
    return [row for place_id, row in facts.places.items() if place_id in used]


def _check_distinct(sources: Sequence[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for key, source in sources:
        if key in seen:
            first, second = sorted((seen[key], source))
            raise ClaimError(f"{first} and {second} have the same document id {key}")
        seen[key] = source


def _document(claims: Claims) -> Row:
    document = claims.document
    says = claims.partnerships or claims.dates or claims.mayors or claims.themes
    status = DocumentStatus.OK if claims.relevant or says else DocumentStatus.IRRELEVANT
    return {
        "doc_id": document.doc_id,
        "source": document.source,
        "url": document.url or None,
        "sha256": document.sha256 or None,
        "lang": document.lang or None,
        "title": document.title or None,
        "published": document.published or None,
        "home_place_id": document.home.place.place_id if document.home else None,
        "chars": len(document.text),
        "status": str(status),
        "issue": _joined(document.issues),
    }


def _refusal(rejected: Rejected) -> Row:
    return {
        "doc_id": doc_id(rejected.source),
        "source": rejected.source,
        "url": rejected.url or None,
        "sha256": rejected.sha256 or None,
        "status": str(DocumentStatus.REJECTED),
        "issue": _joined([rejected.issue]),
    }


def _corrections(corrections: Corrections, reviews: Iterable[Row]) -> Row:
    stale = [
        Issue("normalise", "stale", f"line {row['line']}: {row['message']}")
        for row in reviews
        if row["outcome"] == Outcome.STALE
    ]
    return {
        "doc_id": doc_id(CORRECTIONS),
        "source": CORRECTIONS,
        "sha256": corrections.sha256,
        "chars": len(corrections.text),
        "status": str(DocumentStatus.CORRECTIONS),
        "issue": _joined(stale),
    }


def _joined(issues: Iterable[Issue]) -> str | None:
    found = dict.fromkeys(f"{issue.stage}: {issue.kind}: {issue.message}" for issue in issues)
    return " | ".join(found) or None
