"""Partners of the home town that no rule could read, but whose words and layout make them likely."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.context import Context
from pipeline.extract.cues import clause, polarity
from pipeline.extract.partnerships.finding import Finding
from pipeline.extract.partnerships.kinds import governing
from pipeline.extract.partnerships.partner_score import candidates, load, probability
from pipeline.model import Evidence, Kind, PlaceMention

RULE = "partnership:weighed"
LIKELY = 0.7
"""From here on a place is taken for a partner."""
HOME_POWER = 0.25
"""How much a doubtful home town counts against it: the power of its chance. Most doubtful ones are right."""


def likely_partners(context: Context, findings: Sequence[Finding]) -> list[Finding]:
    """Return what is likely beside what the rules read, one finding a place.

    A page that says that its town has no partners, or speaks of none, has none that it only seems to name.
    """
    home = context.document.home
    silent = not context.mentions.triggers and context.hinted_scope is None
    if home is None or silent or context.has_none:
        return []
    weights = load()
    found = []
    for candidate in candidates(context, findings):
        chances = [probability(signs, weights) for signs in candidate.signs]
        best = max(range(len(chances)), key=chances.__getitem__)
        if chances[best] * home.chance**HOME_POWER >= LIKELY:
            found.append(_finding(context, candidate.mentions[best]))
    return found


def _finding(context: Context, mention: PlaceMention) -> Finding:
    """Return the partnership that a mention states, with its sentence for evidence."""
    home = context.home
    assert home is not None
    block = context.document.blocks[mention.block]
    start, end = context.told_in(mention)
    own = clause(context.text, start, end, mention.start, block.lang)
    triggers = context.triggers(start, end)
    scope = context.scope_of(block)
    if triggers:
        trigger = governing(triggers, mention.start, own)
        kind, weak = trigger.kind, trigger.weak
    else:
        kind, weak = (scope.kind if scope is not None else Kind.TWIN), True
    status = polarity(context.text[own[0] : own[1]], block.lang).status
    return Finding(home, mention.place, kind, status, weak, start, (Evidence(start, end, RULE),))
