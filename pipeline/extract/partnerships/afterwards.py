"""What became of a bond, told apart from it: by the sentence behind, or by the heading above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.context import Context
from pipeline.extract.cues import has, heading_status, polarity
from pipeline.extract.partnerships.finding import Finding
from pipeline.model import Block, Evidence, Sentence, Status

_OVER = (Status.ENDED, Status.SUSPENDED)


def become(context: Context, sentence: Sentence, lang: str, told: Sequence[Finding]) -> list[Finding]:
    """Return the pair just told of anew, if a sentence without its name says that it is over or rests.

    Args:
        context: The document.
        sentence: The sentence: "Sie endete 2010", "The council suspended it in March".
        lang: Its language.
        told: The pairs of the last sentence that names some; nothing is said of several.
    """
    if len({finding.key for finding in told}) != 1 or told[0].status is not Status.ACTIVE:
        return []
    words = context.text[sentence.start : sentence.end]
    stance = polarity(words, lang)
    if stance.status not in _OVER or stance.denied:
        return []
    pieces = (piece.strip() for piece in words.split(","))
    if not any(has(p, lang, "refers_back") and polarity(p, lang).status is stance.status for p in pieces):
        return []  # "Sie waren hier, der Chor ist aufgelöst": not the bond
    comma = context.text.find(",", sentence.start, sentence.end)
    subject = context.places(sentence.start, comma if comma >= 0 else sentence.end)
    if any(p.place not in (told[0].a, told[0].b) and not context.is_home(p.place) for p in subject):
        return []
    said = Evidence(sentence.start, sentence.end, told[0].evidence[0].rule)
    return [replace(told[0], status=stance.status, order=sentence.start, evidence=(*told[0].evidence, said))]


def heading_says(context: Context, block: Block) -> Status:
    """Return what the nearest heading above says of the bonds below it: "Former sister cities"."""
    heading = context.heading_of(block)
    if heading is None or heading.index == context.first_heading:
        return Status.ACTIVE
    if not context.triggers(heading.start, heading.end) or context.places(heading.start, heading.end):
        return Status.ACTIVE
    return heading_status(context.document.words(heading), heading.lang)


__all__ = ["become", "heading_says"]
