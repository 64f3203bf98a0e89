"""Towns whose own partners a page lists are its neighbours, not its partners: a county's towns in a table."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.context import Context
from pipeline.extract.partnerships.finding import Finding

_LEAST = 2
_LISTING = frozenset(
    f"partnership:{rule}" for rule in ("table", "definition", "section", "list-item", "owned")
)
_GUESSING = _LISTING | {"partnership:lead", "partnership:weighed"}


def without_neighbours(context: Context, findings: Sequence[Finding]) -> list[Finding]:
    """Leave out what layout alone makes the home's bond with a town that has a list of its own.

    Two such towns of the home's country make a page that lists the partners of several.
    """
    home = context.home
    owners = {
        f.a.place_id
        for f in findings
        if home is not None
        and not (context.is_home(f.a) or context.is_home(f.b))
        and f.a.country == home.country
        and f.b.country != home.country
        and _rules(f) & _LISTING
    }
    if len(owners) < _LEAST:
        return list(findings)
    return [
        f
        for f in findings
        if not (
            _rules(f) <= _GUESSING
            and (context.is_home(f.a) or context.is_home(f.b))
            and {f.a.place_id, f.b.place_id} & owners
        )
    ]


def _rules(finding: Finding) -> set[str]:
    return {evidence.rule.split(".")[0] for evidence in finding.evidence}
