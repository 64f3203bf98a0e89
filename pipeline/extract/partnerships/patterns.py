"""How a sentence binds two places: the patterns, tried in a fixed order.

Each pattern stands for a family of phrasings in both languages and has a name, which the evidence
bears as its rule. A pattern returns the pairs that it reads; denial, status and dates come later.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.cues import has, polarity
from pipeline.extract.partnerships.appositions import apposed, apposition
from pipeline.extract.partnerships.chained import continued, joining, listing
from pipeline.extract.partnerships.coupled import coupled
from pipeline.extract.partnerships.enumerated import enumerated
from pipeline.extract.partnerships.finding import Pairs
from pipeline.extract.partnerships.gapped import gapped
from pipeline.extract.partnerships.phrased import phrased
from pipeline.extract.partnerships.pointing import acted_pair, anaphora, pointed, undone_bond
from pipeline.extract.partnerships.predicates import copula, subjects
from pipeline.extract.partnerships.prepositions import (
    between,
    bound_with,
    counted_pairs,
    onward,
    related_pair,
    ring,
    sponsored,
    toward,
)
from pipeline.extract.partnerships.statement import BESIDE, Statement
from pipeline.model import Place, Status

_OWNING = re.compile(r"(?:,? in [A-Z][\w-]+)?, (?:which|whose|who)\s")
_GUESSING = {"partnership:with", "partnership:copula", "partnership:joining", "partnership:subject"}
_WEAK_RULES = {
    "partnership:coupled",
    "partnership:gapped",
    "partnership:phrase",
    "partnership:subject",
    "partnership:between",
    "partnership:with",
    "partnership:owned",
    "partnership:toward",
    "partnership:relative",
}


def stated(reading: Statement) -> list[Pairs]:
    """Return the pairs of a sentence by the first pattern that fits, with what the sentence adds to them."""
    pairs: list[Pairs] = []
    strong = [t for t in reading.triggers if not t.weak]
    weak = [t for t in reading.triggers if t.weak and t.form != "act"]
    acts = [t for t in reading.triggers if t.form == "act"]
    if reading.discourse.asked or has(reading.text, reading.block.lang, "listing"):
        pairs = listing(reading)
    listed = bool(pairs)
    if not listed:
        pairs = gapped(reading) or coupled(reading) or phrased(reading, reading.discourse)
    pairs = pairs or enumerated(reading)
    told, taken = len(pairs), {place for p in pairs for place in (p.anchor, *(m.place for m in p.partners))}
    if not listed and (strong or weak):
        for pattern in (
            between,
            ring,
            counted_pairs,
            related_pair,
            bound_with,
            onward,
            sponsored,
            apposition,
            apposed,
            subjects,
            copula,
        ):
            used = {place for p in pairs[told:] for place in (p.anchor, *(m.place for m in p.partners))}
            rest = [p for q in pattern(reading) for p in _without(q, set() if pattern is ring else taken)]
            pairs += [p for p in rest if _ours(reading, p) or not any(m.place in used for m in p.partners)]
        if not strong:
            pairs = [p for p in pairs if p.rule in _WEAK_RULES]
    further = not pairs or (reading.block.lang == "en" and not listed and len(pairs) == told)
    if further and acts and not strong and _topical(reading):
        rest = [p for q in bound_with(reading) + toward(reading) for p in _without(q, taken)]
        pairs += [p for p in rest if p.rule in _WEAK_RULES]
    if not pairs and acts:
        pairs = related_pair(reading)
    if not pairs:
        pairs = (
            joining(reading)
            or undone_bond(reading)
            or acted_pair(reading)
            or anaphora(reading)
            or pointed(reading)
        )
    pairs = [
        p for p in pairs if not (_borrowed(reading, p) or _of_body(reading, p) or _among_them(reading, p))
    ]
    return continued(reading, pairs)


def _of_body(reading: Statement, pairs: Pairs) -> bool:
    """Whether it is a university or a club of a third town that is bound: "Die Universität A und B"."""
    context, start, lang = reading.context, reading.sentence.start, reading.block.lang
    if context.is_home(pairs.anchor) or pairs.asserted:
        return False
    named = [p.mention for p in reading.parts if p.mention.place == pairs.anchor]
    return any(has(context.text[max(start, m.start - 40) : m.start], lang, "body_of") for m in named[:1])


def _among_them(reading: Statement, pairs: Pairs) -> bool:
    """Whether a word that seldom names a bond joins two other towns of one land: "A works with B"."""
    sides = [pairs.anchor, *(m.place for m in pairs.partners)]
    if any(reading.context.is_home(place) for place in sides) or len({p.country for p in sides}) > 1:
        return False
    between = [p.mention for p in reading.parts if p.mention.place == pairs.anchor]
    another = any(pairs.trigger.end <= m.start < pairs.partners[0].start for m in between)
    weak = pairs.trigger.weak and pairs.trigger.form == "verb"
    return pairs.rule == "partnership:with" and (weak or another)


def _borrowed(reading: Statement, pairs: Pairs) -> bool:
    """Whether an English sentence of two other towns names one of them only by the way, or not at all.

    Such a sentence is mostly of the home, or of a town without a name: who is bound is not known.
    """
    context, lang, start = reading.context, reading.block.lang, reading.sentence.start
    sides = {pairs.anchor, *(m.place for m in pairs.partners)}
    if lang != "en" or pairs.rule not in _GUESSING or any(context.is_home(place) for place in sides):
        return False
    if pairs.anchor == reading.discourse.owner_before(reading):
        return False
    at = pairs.trigger.start
    before = context.text[max(start, at - 30) : at]
    if has(before, lang, "it_is") or has(before, lang, "theirs"):
        return False  # in Leeds everyone knew it was twinned with B; its partnership with B
    named = [p for p in reading.parts if p.mention.place == pairs.anchor]
    if any(_OWNING.match(context.text, p.mention.end) for p in named):
        return False  # from colleagues in Leeds, whose partnership with B
    return context.home is not None and not any(
        p.role != "in"
        and not has(context.text[max(start, p.mention.start - 40) : p.mention.start], lang, "locating")
        for p in named
    )


def _ours(reading: Statement, pairs: Pairs) -> bool:
    """Whether a name is called our partner, whatever bond of its own is told of beside that, in German."""
    before = reading.context.text[max(0, pairs.trigger.start - BESIDE) : pairs.trigger.start]
    called = pairs.rule in ("partnership:owned", "partnership:apposed") and reading.block.lang == "de"
    return called and reading.context.is_home(pairs.anchor) and has(before, "de", "speakers")


def _without(pairs: Pairs, taken: set[Place]) -> list[Pairs]:
    """Leave out the partners of whom a phrase has told already."""
    partners = tuple(m for m in pairs.partners if m.place not in taken)
    return [replace(pairs, partners=partners)] if partners else []


def _announced(reading: Statement) -> bool:
    context = reading.context
    scopes = [context.scopes[i] for i in reading.block.path if i in context.scopes]
    return any(scope.strong for scope in [*scopes, *([context.page_scope] if context.page_scope else [])])


def _topical(reading: Statement) -> bool:
    """Whether words for an act count: below an announcement, or with the beginning or end of a bond."""
    since = reading.dated and has(reading.text, reading.block.lang, "bound_since")
    since = since or polarity(reading.text, reading.block.lang).status is not Status.ACTIVE
    return _announced(reading) or (since and reading.context.speaks_of_partners)
