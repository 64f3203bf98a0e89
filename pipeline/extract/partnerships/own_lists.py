"""Towns whose own partners a page lists are its neighbours, not its partners: a county's towns in a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.context import Context
from pipeline.extract.partnerships.finding import Finding
from pipeline.extract.trace import Veto
from pipeline.model import Place

_SEVERAL = 2
_TABLE = "partnership:table"
_LISTING = frozenset({_TABLE, *(f"partnership:{r}" for r in ("definition", "section", "list-item", "owned"))})
_GUESSING = _LISTING | {"partnership:lead", "partnership:weighed"}
# Rules that read nothing but where a name stands: committees report, each below the name of its town.
_PLACED = frozenset(f"partnership:{rule}" for rule in ("lead", "section", "list-item"))


def without_neighbours(context: Context, findings: Sequence[Finding]) -> list[Finding]:
    """Leave out what layout alone makes the home's bond with a town that has a list of its own.

    Two such towns of the home's country make a page that lists the partners of several; one whose partners
    are in a table is no partner for being named above it.
    """
    listed = {f.a.place_id for f in findings if _rules(f) & _LISTING and f.a in _owners(context, f)}
    tabled = {p.place_id for f in findings if _TABLE in _rules(f) for p in _owners(context, f)}
    by: dict[tuple[str, str], set[str]] = {}
    for finding in findings:
        by.setdefault(finding.key, set()).update(_rules(finding))
    kept: list[Finding] = []
    for finding in findings:
        rules, sides = _rules(finding), {finding.a.place_id, finding.b.place_id}
        several = len(listed) >= _SEVERAL and rules <= _GUESSING and sides & listed
        if _is_home_s(context, finding) and (several or (by[finding.key] <= _PLACED and sides & tabled)):
            for words in finding.evidence:
                context.note(Veto.DOUBTED, words.start, words.end, finding.a, finding.b)
        else:
            kept.append(finding)
    return kept


def _owners(context: Context, finding: Finding) -> Iterator[Place]:
    """Yield the side of a bond of others that lies in the home's country, where the other is abroad."""
    home = context.home
    if home is None or _is_home_s(context, finding):
        return
    for place, other in ((finding.a, finding.b), (finding.b, finding.a)):
        if place.country == home.country != other.country:
            yield place


def _is_home_s(context: Context, finding: Finding) -> bool:
    return context.is_home(finding.a) or context.is_home(finding.b)


def _rules(finding: Finding) -> set[str]:
    return {evidence.rule.split(".")[0] for evidence in finding.evidence}
