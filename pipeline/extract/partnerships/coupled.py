"""Couples in a row: "between A and B, C and D, and E and F", "A (B), C (D) and E (F) have twins"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.extract.cues import polarity
from pipeline.extract.partnerships.finding import Pairs
from pipeline.extract.partnerships.kinds import governing
from pipeline.extract.partnerships.phrases import FIRST, mark
from pipeline.extract.partnerships.reading import Reading
from pipeline.lexicon import load

RULE = "partnership:coupled"
_LEAST = 4
"""Places of two couples."""
_TIGHT = 3
"""The form of couples that a dash joins without a space."""
_PLACE = "[\ue000-\uefff]"


@cache
def _patterns(lang: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return, of each form, the pattern of a row of couples and that of one couple."""
    words = load(lang, "series")
    named = rf"(?:{words['lead']})?{_PLACE}"
    asides = r"(?: \([^()\ue000-\uefff]{1,40}\)|,? \uf8f0(?=[ ,;.])| \uf8f2)?"
    bracket = rf"{named} \({named}(?:, \uf8f0)?(?:,? (?:[a-z]{{2,5}} )?\uf8f2)?\)"
    dash = rf"{named}{asides} ?[–—↔/-] ?{named}{asides}"
    tight = rf"{_PLACE}[–—↔-]{_PLACE}(?:{words['aside']})?"
    couple = rf"{named}{asides} {words['and']} {named}{asides}"
    further = rf"(?:{words['further']})"
    return (
        (
            re.compile(rf"{words['between']} {couple}(?:{further}(?:{words['between']} )?{couple})+"),
            re.compile(couple),
        ),
        (re.compile(rf"{bracket}(?:{further}{bracket})+"), re.compile(bracket)),
        (re.compile(rf"{dash}(?:{further}{dash})+"), re.compile(dash)),
        (re.compile(rf"{tight}(?:{further}{tight})+"), re.compile(tight)),
    )


def coupled(reading: Reading) -> list[Pairs]:
    """Return the couples that a sentence with a word for a bond names in a row.

    One side of each lies at home and the other one abroad where nothing but a mark joins them.
    """
    words = [t for t in reading.triggers if not t.weak or t.form == "relation"]
    if len(reading.parts) < _LEAST - 1 or not words:
        return []
    marked = mark(reading.context, reading.sentence, reading.block.lang)
    for number, (row, couple) in enumerate(_patterns(reading.block.lang)):
        for found in row.finditer(marked.text):
            start = reading.sentence.start
            told = (
                (start, reading.sentence.end)
                if number != _TIGHT
                else (marked.origin[found.start()], marked.origin[found.end()])
            )
            if not polarity(reading.context.text[slice(*told)], reading.block.lang).states:
                continue
            couples = [
                [marked.places[ord(c) - FIRST] for c in re.findall(_PLACE, each.group())]
                for each in couple.finditer(marked.text, found.start(), found.end())
            ]
            sides = [(a, b) for a, b in (c for c in couples if len(c) == 2) if a.place != b.place]
            apart = _apart(reading, [(a.place.country, b.place.country) for a, b in sides])
            owned = 1 if number == _TIGHT else 2  # Bremen–Riga and Bremen–Danzig are both Bremen's
            if len(sides) < 2 or len({m.place for s in sides for m in s}) < len(sides) + owned:
                continue
            if number == 0 or apart:
                trigger = governing(words, sides[0][0].start, (start, reading.sentence.end))
                return [Pairs(a.place, (b,), trigger, RULE) for a, b in sides]
    return []


def _apart(reading: Reading, sides: Sequence[tuple[str, str]]) -> bool:
    """Whether each couple is of two countries, and one of them the home's in most."""
    home = reading.context.home
    at_home = sum(home is None or home.country in side for side in sides)
    return 2 * at_home > len(sides) and all(one != other for one, other in sides)


__all__ = ["coupled"]
