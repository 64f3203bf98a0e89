"""Sentences prepared for the question whose bond they tell: their words, and who is spoken of, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.extract.context import Context
from pipeline.extract.cues import has, polarity
from pipeline.extract.partnerships.marked_words import marked_words
from pipeline.extract.roles import Part, parts
from pipeline.lexicon import load
from pipeline.model import Block, PlaceMention, Sentence, TriggerMention
from pipeline.tokens import tokenise

# The letters of those who stand in for an owner (``owners.toml``).
_LETTERS = {
    "we": "w", "they": "t", "theirs": "s", "you": "y", "friends": "f", "towns": "n", "own": "o", "also": "a",
}  # fmt: skip
_FEW = (0, 1, 3, 8)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, prepared once for all the pairs in it.

    ``words`` are its words by offset: stems, and marks for what bears a name ("PLACE#" and the place's id).
    ``marks`` are those who are spoken of by offset, a letter each, with a colon and the id of the place or
    the country where one is named. ``said`` are the signs that the sentence gives to all its pairs.
    """

    sentence: Sentence
    block: Block
    bonds: bool
    home: bool
    places: tuple[PlaceMention, ...] = ()
    parts: tuple[Part, ...] = ()
    words: tuple[tuple[int, str], ...] = ()
    marks: tuple[tuple[int, str], ...] = ()
    said: tuple[str, ...] = ()

    def part(self, mention: PlaceMention) -> Part | None:
        """Return the part that a place plays, or None where it plays none."""
        return next((p for p in self.parts if p.mention is mention), None)

    def index(self, at: int) -> int:
        """Return the number of the first word that begins at an offset or behind it."""
        return next((i for i, (start, _) in enumerate(self.words) if start >= at), len(self.words))

    def word(self, i: int) -> str:
        """Return a word by its number; behind the edges there is "|"."""
        return self.words[i][1].partition("#")[0] if 0 <= i < len(self.words) else "|"


def count(number: int, steps: Sequence[int] = _FEW) -> int:
    """Return which of the steps a number reaches: none, one, a few, several, many."""
    return next((i for i, most in enumerate(steps) if number <= most), len(steps))


@cache
def _stand_ins(lang: str) -> dict[str, str]:
    words = load(lang, "owners")
    return {word: letter for name, letter in _LETTERS.items() for word in words[name]}


def prepared(context: Context, sentence: Sentence, block: Block) -> Line:
    """Return a sentence prepared; one without a place says only whether it speaks of bonds."""
    lang, start, end = block.lang, sentence.start, sentence.end
    places = tuple(context.places(start, end))
    triggers = context.triggers(start, end)
    if not places:
        return Line(sentence, block, bool(triggers), home=False)
    countries = context.countries(start, end)
    bonds = [(t.start, t.end) for t in triggers if t.form == "partner"]
    dates = [(d.start, d.end) for d in context.dates(start, end)]
    return Line(
        sentence,
        block,
        bool(triggers),
        any(context.is_home(p.place) for p in places),
        places,
        tuple(parts(context.text, start, end, lang, places, countries, bonds, dates)),
        tuple(_words(context, start, end)),
        _marks(context, sentence, lang, places, triggers),
        tuple(_said(context, sentence, block, places, triggers)),
    )


def _said(
    context: Context,
    sentence: Sentence,
    block: Block,
    places: Sequence[PlaceMention],
    triggers: Sequence[TriggerMention],
) -> Iterator[str]:
    """Yield what a sentence shows whatever pair in it is asked about."""
    lang, text = block.lang, context.text[sentence.start : sentence.end]
    stance = polarity(text, lang)
    strong = any(not t.weak for t in triggers)
    yield f"bond {'strong' if strong else 'weak' if triggers else 'none'}"
    yield from dict.fromkeys(f"bond {t.kind.value} {t.form}" for t in triggers)
    yield f"denied {stance.denied}, wished {stance.wished}"
    yield f"places {count(len({p.place.place_id for p in places}))}"
    yield f"goes on {text[:1].islower()}"
    yield f"question {text.endswith('?')}"
    yield f"block {block.kind.value}"
    yield f"for its part {has(text, lang, 'for_its_part')}"
    yield f"we {has(text, lang, 'speakers')}"
    yield f"speaks {context.speaks_of_partners}"


def _marks(
    context: Context,
    sentence: Sentence,
    lang: str,
    places: Sequence[PlaceMention],
    triggers: Sequence[TriggerMention],
) -> tuple[tuple[int, str], ...]:
    """Return who and what a sentence speaks of, by offset."""
    marks = [(p.start, f"{'H' if context.is_home(p.place) else 'P'}:{p.place.place_id}") for p in places]
    covered = {i for p in places for i in range(p.start, p.end)}
    for country in context.countries(sentence.start, sentence.end):
        if country.start not in covered:
            marks.append((country.start, f"L:{country.country}"))
            covered.update(range(country.start, country.end))
    for trigger in triggers:
        marks.append((trigger.start, "v" if trigger.weak else "V"))
        covered.update(range(trigger.start, trigger.end))
    letters = _stand_ins(lang)
    for token in tokenise(context.text, sentence.start, sentence.end):
        letter = letters.get(token.text.lower())
        if letter is not None and token.start not in covered:
            marks.append((token.start, letter))
    return tuple(sorted(marks))


def _words(context: Context, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Return the words of a sentence, with one mark for each name and date."""
    marks: list[tuple[int, int, str]] = []
    for place in context.places(start, end):
        kind = "HOME" if context.is_home(place.place) else "PLACE"
        kind += " ADJECTIVE" if place.form == "adjective" else ""
        marks.append((place.start, place.end, f"{kind}#{place.place.place_id}"))
    for country in context.countries(start, end):
        marks.append((country.start, country.end, "LANDS" if country.form == "adjective" else "LAND"))
    marks += [(d.start, d.end, "DATE") for d in context.dates(start, end)]
    marks += [(p.start, p.end, "PERSON") for p in context.persons(start, end)]
    marks += [(o.start, o.end, "OFFICE") for o in context.offices(start, end)]
    return marked_words(context.text, start, end, marks)
