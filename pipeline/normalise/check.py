"""What the claims of one page must hold before they are merged with others'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline import edtf
from pipeline.model import Claims, Evidence, Issue, Place
from pipeline.normalise.ids import partnership_id
from pipeline.schema import THEMES


class ClaimError(ValueError):
    """Claims that no page can have made: a mistake in the stage that made them, not in a page."""


def check(claims: Claims) -> Claims:
    """Check the claims of one page, and leave out those that no table has room for.

    Left out, with an issue in the document: a partnership of a place with itself (``self_pair``),
    and a date or theme for a pair that the page does not state as partners (``orphan``).

    Returns:
        The claims that can be merged, their document with the issues added.

    Raises:
        ClaimError: A claim has no evidence, its evidence lies outside the text or has an impossible
            confidence, a date is not EDTF, a mayor has no name, or a theme is unknown.
    """
    document = claims.document
    for what, evidence in _all_evidence(claims):
        _check_evidence(f"{document.source}: {what}", evidence, len(document.text))
    dates = [d.edtf for d in claims.dates] + [m.seen for m in claims.mayors if m.seen]
    for value in [*dates, *([document.published] if document.published else [])]:
        _check_date(document.source, value)
    for mayor in claims.mayors:
        if not mayor.person.strip():
            raise ClaimError(f"{document.source}: a mayor without a name")
    for theme in claims.themes:
        if theme.theme not in THEMES:
            raise ClaimError(f"{document.source}: unknown theme {theme.theme!r}")

    issues = []
    partnerships = []
    for pair in claims.partnerships:
        if pair.a.place_id == pair.b.place_id:
            issues.append(_issue("self_pair", f"left out a partnership of {pair.a.name} with itself"))
        else:
            partnerships.append(pair)
    stated = {partnership_id(pair.a.place_id, pair.b.place_id) for pair in partnerships}

    def known(a: Place, b: Place, what: str) -> bool:
        if partnership_id(a.place_id, b.place_id) in stated:
            return True
        issues.append(_issue("orphan", f"left out {what} of {a.name} and {b.name}, not stated as partners"))
        return False

    dates_kept = [d for d in claims.dates if known(d.a, d.b, f"the date {d.edtf}")]
    themes_kept = [t for t in claims.themes if t.pair is None or known(*t.pair, f"the theme {t.theme}")]
    if not issues:
        return claims
    document = replace(document, issues=(*document.issues, *dict.fromkeys(issues)))
    return replace(
        claims,
        document=document,
        partnerships=tuple(partnerships),
        dates=tuple(dates_kept),
        themes=tuple(themes_kept),
    )


def _issue(kind: str, message: str) -> Issue:
    return Issue("normalise", kind, message)


def _all_evidence(claims: Claims) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    for pair in claims.partnerships:
        yield f"partnership {pair.a.name} - {pair.b.name}", pair.evidence
    for date in claims.dates:
        yield f"date {date.edtf} of {date.a.name} - {date.b.name}", date.evidence
    for mayor in claims.mayors:
        yield f"mayor {mayor.person}", mayor.evidence
    for theme in claims.themes:
        yield f"theme {theme.theme}", theme.evidence


def _check_evidence(what: str, evidence: tuple[Evidence, ...], length: int) -> None:
    if not evidence:
        raise ClaimError(f"{what}: no evidence")
    for passage in evidence:
        if not 0 <= passage.start < passage.end <= length:
            raise ClaimError(f"{what}: evidence {passage.start}..{passage.end} is not in a text of {length}")
        if not passage.rule:
            raise ClaimError(f"{what}: evidence without a rule")
        if passage.confidence is not None and not 0 <= passage.confidence <= 1:
            raise ClaimError(f"{what}: confidence {passage.confidence} is not in 0..1")


def _check_date(source: str, value: str) -> None:
    try:
        edtf.bounds(value)
    except ValueError as error:
        raise ClaimError(f"{source}: {value!r} is not a date ({error})") from error
