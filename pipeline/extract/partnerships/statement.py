"""A sentence in its discourse, and what the patterns ask of its words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.extract.cues import has
from pipeline.extract.partnerships.anchor import Discourse
from pipeline.extract.partnerships.finding import Pairs
from pipeline.extract.partnerships.reading import Reading
from pipeline.lexicon import load
from pipeline.model import PlaceMention, TriggerMention
from pipeline.tokens import tokenise

BESIDE = 25  # characters between a word for a partner and what belongs to it
ACROSS = 90  # characters between a subject and the word that makes it a partner


@cache
def vocabulary(lang: str, name: str) -> frozenset[str]:
    """Return a list of words of the lexicon's ``roles``."""
    return frozenset(load(lang, "roles")[name])


@dataclass(frozen=True)
class Statement(Reading):
    """A sentence in its discourse, which knows the side that the sentence leaves out."""

    discourse: Discourse

    def pairs(
        self, group: list[PlaceMention], trigger: TriggerMention, rule: str, before: int
    ) -> list[Pairs]:
        """Bind a group of partners to the side that the sentence or the text before names."""
        anchor = self.discourse.anchor(self, trigger, {m.place.place_id for m in group}, before)
        if anchor is None and len(group) > 1:
            return self.among(group, trigger, rule)
        partners = tuple(m for m in group if m.place != anchor)
        return [Pairs(anchor, partners, trigger, rule)] if anchor is not None and partners else []

    def among(self, group: list[PlaceMention], trigger: TriggerMention, rule: str) -> list[Pairs]:
        """Bind the home, where it is one of a group, to the others; else the first to the others."""
        first = next((m for m in group if self.context.is_home(m.place)), group[0])
        partners = tuple(m for m in group if m.place != first.place)
        return [Pairs(first.place, partners, trigger, rule)] if partners else []


def owned(reading: Statement, trigger: TriggerMention) -> bool:
    """Whether a weak word has an owner before it: "its oldest partner", "Sunderland's partner"."""
    if trigger.form != "partner":
        return False
    before = [
        t.text.casefold()
        for t in tokenise(
            reading.context.text, max(reading.sentence.start, trigger.start - 30), trigger.start
        )
    ][-3:]
    owner = any(p.role == "genitive" and 0 <= trigger.start - p.mention.end <= 20 for p in reading.parts)
    return owner or any(word in vocabulary(reading.block.lang, "owning") for word in before)


def predicated(reading: Statement, start: int, end: int) -> bool:
    """Whether a subject that ends at ``start`` may be what is called a partner: no clause lies between."""
    return not has(reading.context.text[start:end], reading.block.lang, "subordinate")


def linked_gap(reading: Statement, start: int, end: int) -> bool:
    """Whether only linking words, figures and marks stand between a trigger and a name."""
    context, linking = reading.context, vocabulary(reading.block.lang, "linking")
    gap = context.text[start:end].rstrip()
    if gap.endswith(":") and len(gap) <= 80 and not any(mark in gap for mark in ".;?!"):
        return True  # zehn Partnerstädte in Europa und Übersee: A, B und C
    tokens = tokenise(context.text, start, end)
    countries = context.countries(start, end)
    for token in tokens:
        if token.text[0].isalpha() and token.text.lower() not in linking:
            if not any(c.start <= token.start < c.end for c in countries):
                return False
        elif token.text in ".;":
            return False
    commas = [i for i, t in enumerate(tokens) if t.text == ","]  # "our French twin town, Ermont, ..."
    return len(tokens) <= 8 and (not commas or (commas == [0] and closed(reading, end)))


def closed(reading: Statement, start: int) -> bool:
    """Whether the name at ``start``, which a comma opens, is closed by a mark, as an apposition is."""
    end = next(p.mention.end for p in reading.parts if p.mention.start == start)
    return reading.context.text[end : end + 2].rstrip() in (",", ".", "", " –")
