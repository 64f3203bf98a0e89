"""Partners of the home town that no rule could read, but whose words and layout make them likely."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.context import Context
from pipeline.extract.cues import asks, clause, has, polarity
from pipeline.extract.partnerships.finding import Finding
from pipeline.extract.partnerships.kinds import governing, own_kind
from pipeline.extract.partnerships.partner_passage import told_behind
from pipeline.extract.partnerships.partner_score import Scale, candidates, load, probability
from pipeline.extract.partnerships.reading import granted
from pipeline.extract.trace import Veto
from pipeline.model import Evidence, Kind, PlaceMention, Sentence, Status

RULE = "partnership:weighed"
LIKELY = 0.7
"""From here on a place is taken for a partner."""
LIKELY_SHORT = 0.85
"""The same on a page of less than ``SHORT`` characters, which has few signs to weigh."""
SHORT = 600
_BARE = 25
"""A question of no more characters asks but for a name."""
_OVER = (Status.ENDED, Status.SUSPENDED)
HOME_POWER = 0.25
"""How much a doubtful home town counts against it: the power of its chance. Most doubtful ones are right."""


def likely_partners(context: Context, findings: Sequence[Finding], scale: Scale) -> list[Finding]:
    """Return what is likely beside what the rules read, one finding a place.

    A page that says that its town has no partners, or just one, or speaks of none, has none that it only
    seems to name.
    """
    home = context.document.home
    silent = not context.mentions.triggers and context.hinted_scope is None
    if home is None or silent or context.has_none or _has_one(context):
        return []
    weights = load()
    least = LIKELY if len(context.text) >= SHORT else LIKELY_SHORT
    found = []
    doubted = {place for note in context.notes if note.veto is Veto.DOUBTED for place in note.places}
    for candidate in candidates(context, findings, scale):
        if candidate.place in doubted:
            continue
        chances = [probability(signs, weights) for signs in candidate.signs]
        best = max(range(len(chances)), key=chances.__getitem__)
        mention = candidate.mentions[best]
        if chances[best] * home.chance**HOME_POWER >= least and not _wished(context, mention):
            found.append(_finding(context, mention))
    return found


def _wished(context: Context, mention: PlaceMention) -> bool:
    """Whether the words of a mention ask for a bond or take it back, or its clause only suggests one."""
    start, end = context.told_in(mention)
    lang = context.document.blocks[mention.block].lang
    strong = any(not t.weak for t in context.triggers(start, end))
    if asks(context.text[start:end]) and (strong or end - start <= _BARE):  # "And B?"
        return not has(context.text[start:end], lang, "open_question")
    own = clause(context.text, start, end, mention.start, lang)
    stance = polarity(context.text[own[0] : own[1]], lang)
    if stance.status not in _OVER and has(context.text[start:end], lang, "unreal"):
        return not granted(context, mention, lang)
    return stance.wished and not stance.denied and stance.status is not Status.PLANNED


def _has_one(context: Context) -> bool:
    """Whether the page says that its town has a single partner."""
    return any(
        has(context.text[block.start : block.end], block.lang, "sole") for block in context.document.blocks
    )


def _finding(context: Context, mention: PlaceMention) -> Finding:
    """Return the partnership that a mention states, with its sentence for evidence."""
    home = context.home
    assert home is not None
    block = context.document.blocks[mention.block]
    start, end = context.told_in(mention)
    own = clause(context.text, start, end, mention.start, block.lang)
    triggers = context.triggers(start, end)
    others = {p.place for p in context.places(start, end) if not context.is_home(p.place)}
    said = (start, end) if len(others) == 1 else own  # of the one place that it names a whole sentence tells
    status = polarity(context.text[said[0] : said[1]], block.lang).status
    behind = told_behind(context, mention, block, context.leads(mention, block))
    evidence = [Evidence(start, end, RULE)]
    if triggers:
        trigger = governing(triggers, mention.start, own)
        kind, weak = trigger.kind, trigger.weak
    else:
        scope = context.scope_of(block)
        kind, weak = (scope.kind if scope is not None else Kind.TWIN), True
    if weak:
        named, _, words = own_kind(context, [(s.start, s.end, s.start) for s in behind], mention.place)
        if named is not None and words is not None:
            kind, weak = named, False
            evidence.append(Evidence(*words, f"{RULE}.kind"))
    if status is Status.ACTIVE:
        status = _became(context, behind, block.lang)
    return Finding(home, mention.place, kind, status, weak, start, tuple(evidence))


def _became(context: Context, behind: Sequence[Sentence], lang: str) -> Status:
    """Return what the sentences behind a name say has become of its bond."""
    for sentence in behind:
        if context.triggers(sentence.start, sentence.end):
            status = polarity(context.text[sentence.start : sentence.end], lang).status
            if status is not Status.ACTIVE:
                return status
    return Status.ACTIVE
