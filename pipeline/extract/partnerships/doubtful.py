"""What a rule read of the home town, though nothing else of the page makes the place a partner of it.

A rule reads few words; the signs that ``partner_score.py`` weighs are those of the whole page. Where they as
good as exclude a partner, the rule misread: a partner of another town, a wish, a joke.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.context import Context
from pipeline.extract.partnerships.finding import Finding
from pipeline.extract.partnerships.likely import SHORT
from pipeline.extract.partnerships.partner_score import Scale, load, probability
from pipeline.extract.trace import Veto
from pipeline.model import Kind, Place

UNLIKELY = 0.08
"""Below that a place is taken for no partner, whatever a rule read."""
UNLIKELY_GUESSED = 0.2
"""The same where only rules read it that see little more than "with" or "is" between two words."""
_GUESSED = frozenset({"partnership:with", "partnership:copula"})
_SURE = frozenset(f"partnership:{rule}" for rule in ("table", "definition", "owned", "list-item", "lead"))
"""Rules that read a layout, not words."""


def undoubted(context: Context, findings: Sequence[Finding], scale: Scale) -> list[Finding]:
    """Leave out the findings of rules that the rest of the page makes very unlikely.

    A short page is little but what the rule read, so it cannot speak against it.
    """
    if context.home is None or not findings or len(context.text) < SHORT:
        return list(findings)
    rules: dict[str, set[str]] = {}
    sponsored: set[str] = set()  # their words are their own, and too rare to be learned
    for finding in findings:
        other = _partner(context, finding)
        if other is not None and finding.kind is Kind.SPONSORSHIP and not finding.weak:
            sponsored.add(other.place_id)
        if other is not None:
            rules.setdefault(other.place_id, set()).update(e.rule.split(".")[0] for e in finding.evidence)
    doubted = {
        place_id
        for place_id, by in rules.items()
        if not by & _SURE
        and place_id not in sponsored
        and place_id in scale.named
        and _is_unlikely(context, scale, place_id, findings, UNLIKELY_GUESSED if by <= _GUESSED else UNLIKELY)
    }
    kept: list[Finding] = []
    for finding in findings:
        other = _partner(context, finding)
        if other is None or other.place_id not in doubted:
            kept.append(finding)
            continue
        for words in finding.evidence:
            context.note(Veto.DOUBTED, words.start, words.end, finding.a, finding.b)
    return kept


def _partner(context: Context, finding: Finding) -> Place | None:
    """Return the place that a finding binds to the home town, if it does."""
    if context.is_home(finding.a):
        return finding.b
    return finding.a if context.is_home(finding.b) else None


def _is_unlikely(
    context: Context, scale: Scale, place_id: str, findings: Sequence[Finding], least: float
) -> bool:
    """Whether no mention of a place shows a partner, had the rules not read one."""
    others = [
        f for f in findings if (partner := _partner(context, f)) is None or partner.place_id != place_id
    ]
    weights = load()
    return all(probability(signs, weights) < least for _, signs in scale.signs(place_id, others))
