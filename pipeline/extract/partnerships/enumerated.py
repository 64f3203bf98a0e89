"""Sentences that are little but names: what was announced before, or is summed up right after.

"Jinan, China; Fujioka, Japan; Bucharest, Romania." below a title that announces sister cities, or before
"These three are our twins".
"""

from __future__ import annotations

import itertools

from pipeline.extract.context import Context
from pipeline.extract.cues import has, polarity
from pipeline.extract.partnerships.finding import Pairs
from pipeline.extract.partnerships.reading import Reading
from pipeline.model import BlockKind, Kind, PlaceMention, Sentence, TriggerMention
from pipeline.tokens import tokenise

_LEAST = 3
_FEW = 0.25
"""Words that are no names, as a share of all: countries, dates and brackets count as names."""


def enumerated(reading: Reading) -> list[Pairs]:
    """Return the home with each of the names, where partners are announced or summed up."""
    context, home, lang = reading.context, reading.context.home, reading.block.lang
    paragraph = reading.block.kind is BlockKind.PARAGRAPH
    if lang != "en" or home is None or not paragraph or len(reading.parts) < _LEAST or not reading.states:
        return []
    group = _names(reading)
    if len(group) < _LEAST or not _little_else(context, reading.sentence) or _of_others(reading):
        return []
    word = _announced(reading) or _summed_up(reading)
    return [Pairs(home, tuple(group), word, "partnership:listing", asserted=True)] if word else []


def _names(reading: Reading) -> list[PlaceMention]:
    """Return the places that are not where others lie, each once."""
    found: dict[str, PlaceMention] = {}
    for part in reading.parts:
        if (
            part.role == "bare"
            and part.mention.form == "name"
            and not reading.context.is_home(part.mention.place)
        ):
            found.setdefault(part.mention.place.place_id, part.mention)
    return list(found.values())


def _of_others(reading: Reading) -> bool:
    """Whether the names are pairs or of several owners: "Elgin – Landshut", a county's towns."""
    context, home = reading.context, reading.context.home
    names = [p.mention for p in reading.parts]
    paired = any(
        context.text[a.end : b.start].strip() in ("–", "-", "—", "↔", ":")
        for a, b in itertools.pairwise(names)
    )
    return paired or home is None or home.feature in ("county", "region", "state", "district")


def _little_else(context: Context, sentence: Sentence) -> bool:
    """Whether a sentence has hardly a word beside names, countries, dates and what stands in brackets."""
    known = [(p.start, p.end) for p in context.places(sentence.start, sentence.end)]
    known += [(c.start, c.end) for c in context.countries(sentence.start, sentence.end)]
    known += [(d.start, d.end) for d in context.dates(sentence.start, sentence.end)]
    words = others = depth = 0
    for token in tokenise(context.text, sentence.start, sentence.end):
        depth += (token.text == "(") - (token.text == ")")
        if token.is_word:
            words += 1
            others += depth <= 0 and not any(a <= token.start < b for a, b in known)
    return others <= _FEW * words


def _announced(reading: Reading) -> TriggerMention | None:
    """Return the partner word that the page's title, or the sentence before, announces the names with."""
    context, block = reading.context, reading.block
    scope = context.scope_of(block)
    if scope is None or not scope.strong or scope.anchor not in (None, context.home):
        return None
    above = context.document.blocks[block.path[-1]] if block.path else None
    if above is not None and context.turns_away(above):
        return None
    start = reading.sentence.start
    return TriggerMention(start, start, scope.kind, "relation", block.index, weak=True)


def _summed_up(reading: Reading) -> TriggerMention | None:
    """Return the partner word of the next sentence where it sums up: "These are the six sister cities"."""
    context, block = reading.context, reading.block
    after = next(iter(context.sentences(reading.sentence.end, block.end)), None)
    text = context.text[after.start : after.end] if after is not None else ""
    if after is None or not has(text, block.lang, "summing_up") or not polarity(text, block.lang).states:
        return None
    words = [t for t in context.triggers(after.start, after.end) if t.form != "act" and t.plural]
    kind = words[0].kind if words else Kind.TWIN
    start = reading.sentence.start
    return TriggerMention(start, start, kind, "relation", block.index, weak=True) if words else None
