"""Whose bond a clause tells where its subject is no name: "the town", "they", a relative pronoun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.cues import clause, cue_words, has
from pipeline.extract.partnerships.reading import Reading
from pipeline.extract.roles import Part
from pipeline.model import Place, TriggerMention

_RELATIVE = re.compile(r",\s+(?:der|die|das|dessen|deren|welche[rs]?)\s(?=[^,]*$)")
_ENGLISH = re.compile(r",\s+(?:who|which|whose|where)\s(?=[^,;:.]*$)")
_BESIDE = 45  # characters of a phrase between a name and its relative clause: Aus Como in der Lombardei, das

_LOCATES = 20  # characters between a town and the name that tells where it lies


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a clause that is not the home: ``place`` is None where we do not know who it is."""

    place: Place | None


def subject_of(
    reading: Reading, trigger: TriggerMention, rest: Sequence[Part], focus: Place | None, before: int
) -> Subject | None:
    """Return the subject of the trigger's clause, or None where it may be the home.

    Args:
        reading: The sentence.
        trigger: The word for the bond.
        rest: The places of the sentence that are not the partners.
        focus: The place other than the home that the text spoke of last.
        before: Where the partners begin.
    """
    context, sentence, lang = reading.context, reading.sentence, reading.block.lang
    start, end = clause(context.text, sentence.start, sentence.end, trigger.start, lang)
    related = _relative(reading, before if lang == "en" else min(before, trigger.start), rest, focus)
    if related is not None:
        return related
    named = any(p.role == "bare" and start <= p.mention.start < trigger.start for p in rest)
    text = context.text[start:end]
    if named:
        return None
    turned = start > sentence.start and has(context.text[sentence.start : start], lang, "for_its_part")
    if turned and not has(context.text[start : trigger.start], lang, "speakers"):
        lead = next((p.mention.place for p in rest if p.mention.end <= start), None)
        if lead is not None and not context.is_home(lead):
            return Subject(lead)  # die Freunde in Como haben noch andere Eisen im Feuer: Die Stadt ist auch
    if focus is not None and has(text, lang, "their_side"):
        return Subject(focus)  # unsere Freunde dort sind auch mit A verschwistert
    if has(text, lang, "speakers"):
        return None
    if has(text, lang, "district"):
        return Subject(next((p.mention.place for p in rest if p.role == "bare"), None))
    if has(text, lang, "others") and not (trigger.plural and trigger.form == "partner"):
        ahead = [
            p.mention.place for p in rest if p.mention.end <= start and not context.is_home(p.mention.place)
        ]
        return Subject(ahead[-1] if ahead else focus)
    return None


def _relative(reading: Reading, before: int, rest: Sequence[Part], focus: Place | None) -> Subject | None:
    """Return the noun of a relative clause: "Salcombe, das mit A verschwistert ist"."""
    context, start, lang = reading.context, reading.sentence.start, reading.block.lang
    pronoun = (_RELATIVE if lang == "de" else _ENGLISH).search(context.text, start, before)
    if pronoun is None or has(context.text[pronoun.end() : reading.sentence.end], lang, "speakers"):
        return None
    for part in reversed(rest):
        gap = context.text[part.mention.end : pronoun.start()]
        if part.mention.end <= pronoun.start() and len(gap) <= _BESIDE and not re.search("[,;:.]", gap):
            return Subject(_located(reading, part, rest).mention.place)
    noun = cue_words(context.text[start : pronoun.start()], lang, "town_noun_last")
    return Subject(focus) if noun and focus is not None else None


def _located(reading: Reading, part: Part, rest: Sequence[Part]) -> Part:
    """Return the town that a name locates, where it does: the first of "Dortmund, in Westphalia, whose"."""
    before = [p for p in rest if p.mention.end <= part.mention.start]
    if part.role != "in" or not before:
        return part
    gap = reading.context.text[before[-1].mention.end : part.mention.start]
    return before[-1] if len(gap) <= _LOCATES and "," not in gap.strip(" ,") else part


__all__ = ["Subject", "subject_of"]
