"""Bonds told by what was done: signing, sealing, deciding, where partnerships are the page's topic."""

from __future__ import annotations

from pipeline.extract.cues import clause, cue_words, has, polarity
from pipeline.extract.partnerships.datings import event_of, usable
from pipeline.extract.partnerships.reading import Reading
from pipeline.model import Event, Kind, PlaceMention, TriggerMention

_ACTS = (Event.SIGNED, Event.PROCLAIMED, Event.DECIDED, Event.SINCE)
_ROLES = ("bare", "with", "between", "of", "genitive", "to", "toward", "for")


def act_of(reading: Reading) -> TriggerMention | None:
    """Return the words of an act that founds a bond, dated in the sentence, as a trigger."""
    text, lang, start = reading.text, reading.block.lang, reading.sentence.start
    words = cue_words(text, lang, "founding_act")
    if not words or not _dated(reading) or has(text, lang, "other_act"):
        return None
    at = start + text.index(words)
    found = next((t for t in reading.triggers if t.form != "act" and not t.plural), None)
    return found or TriggerMention(
        at, at + len(words), Kind.TWIN, "act", reading.block.index, weak=True, generic=True
    )


def _dated(reading: Reading) -> bool:
    context, sentence = reading.context, reading.sentence
    dates = [d for d in context.dates(sentence.start, sentence.end) if usable(context, d)]
    return any(
        event_of(context, d, sentence.start, sentence.end, reading.block.lang) in _ACTS for d in dates
    )


def party(reading: Reading) -> list[PlaceMention]:
    """Return the one town (or one enumeration) besides the home that acts in a sentence."""
    home = reading.context.is_home
    heads = [
        i
        for i, p in enumerate(reading.parts)
        if p.head == i and p.role in _ROLES and not home(p.mention.place)
    ]
    groups = [[m for m in reading.group(i) if not home(m.place)] for i in heads]
    places = {m.place.place_id for group in groups for m in group}
    return groups[0] if groups and (len(groups) == 1 or len(places) == 1) else []


def points_to_one(reading: Reading, trigger: TriggerMention) -> bool:
    """Whether a clause binds somebody by a pronoun or a noun: "mit ihnen verschwistert"."""
    start, end = reading.sentence.start, reading.sentence.end
    text = reading.context.text[slice(*clause(reading.context.text, start, end, trigger.start, reading.block.lang))]
    return has(text, reading.block.lang, "with_pronoun") and polarity(text, reading.block.lang).states


__all__ = ["act_of", "party", "points_to_one"]
