"""Bonds told by what was done: signing, sealing, deciding, where partnerships are the page's topic."""

from __future__ import annotations

from pipeline.extract.cues import clause, cue_words, has, polarity
from pipeline.extract.partnerships.datings import event_of, usable
from pipeline.extract.partnerships.reading import Reading
from pipeline.extract.roles import Part
from pipeline.model import Event, Kind, PlaceMention, TriggerMention
from pipeline.tokens import tokenise

_ACTS = (Event.SIGNED, Event.PROCLAIMED, Event.DECIDED, Event.SINCE)
_ROLES = ("bare", "with", "between", "of", "genitive", "to", "toward", "for")


def act_of(reading: Reading) -> TriggerMention | None:
    """Return the words of an act that founds a bond, dated in the sentence, as a trigger."""
    text, lang, start = reading.text, reading.block.lang, reading.sentence.start
    words = cue_words(text, lang, "founding_act")
    if not words or not _dated(reading) or has(text, lang, "other_act"):
        return None
    at = start + text.index(words)
    if any(t.kind is Kind.SPONSORSHIP for t in reading.triggers):
        return None
    found = next((t for t in reading.triggers if t.form != "act" and not t.plural), None)
    return found or TriggerMention(
        at, at + len(words), Kind.TWIN, "act", reading.block.index, weak=True, generic=True
    )


def _dated(reading: Reading) -> bool:
    context, sentence = reading.context, reading.sentence
    dates = [d for d in context.dates(sentence.start, sentence.end) if usable(context, d)]
    return any(event_of(context, d, sentence.start, sentence.end, reading.block.lang) in _ACTS for d in dates)


def party(reading: Reading) -> list[PlaceMention]:
    """Return the one town (or one enumeration) besides the home that acts in a sentence."""
    home = reading.context.is_home
    heads = [
        i
        for i, p in enumerate(reading.parts)
        if p.head == i and p.role in _ROLES and not home(p.mention.place) and not _building(reading, p)
    ]
    groups = [[m for m in reading.group(i) if not home(m.place)] for i in heads]
    places = {m.place.place_id for group in groups for m in group}
    return groups[0] if groups and (len(groups) == 1 or len(places) == 1) else []


def _building(reading: Reading, part: Part) -> bool:
    """Whether a noun stands right before a bare name, as in "die Kirche Sankt Hilarius"."""
    ahead = tokenise(
        reading.context.text, max(reading.sentence.start, part.mention.start - 30), part.mention.start
    )
    noun = part.role == "bare" and len(ahead) > 1 and ahead[-1].text[0].isupper()
    return noun and not has(ahead[-1].text, reading.block.lang, "town_word")


def names_another(reading: Reading, trigger: TriggerMention | None) -> bool:
    """Whether a sentence names a party that we do not know: "Partnerschaft mit Xheim"."""
    context, lang = reading.context, reading.block.lang
    behind = context.text[trigger.end : reading.sentence.end] if trigger is not None else ""
    known = {p.mention.start for p in reading.parts}
    unknown = has(reading.text, lang, "unknown_mayor") or has(behind[:60], lang, "unknown_party")
    return unknown and not any(s > reading.sentence.start for s in known)


def points_to_one(reading: Reading, trigger: TriggerMention) -> bool:
    """Whether a clause binds somebody by a pronoun or a noun: "mit ihnen verschwistert"."""
    start, end = reading.sentence.start, reading.sentence.end
    text = reading.context.text[
        slice(*clause(reading.context.text, start, end, trigger.start, reading.block.lang))
    ]
    return has(text, reading.block.lang, "with_pronoun") and polarity(text, reading.block.lang).states


__all__ = ["act_of", "names_another", "party", "points_to_one"]
