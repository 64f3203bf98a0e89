"""The date words of a language as pieces of regular expressions, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.lexicon import LANGUAGES, load, one_of
from pipeline.recognise.dates.months import month_number

# A year of four digits, and one of two behind an apostrophe.
YEAR = r"(?:1[5-9]|20)[0-9]{2}"
SHORT_YEAR = r"['’‘][0-9]{2}"
DASH = r"[-–—]"
# No letter or digit follows; the number of a footnote may.
NO_LETTER = r"(?![^\W¹²³⁰⁴-⁹])"


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern without groups for any of the words, longest first, ALL CAPS included."""
    both = {form for word in words for form in (word, word.upper() if len(word) > 2 else word)}
    return f"(?:{one_of(both)})"


def starting(words: Iterable[str]) -> str:
    """Like ``alternatives``, for words that may also open a sentence."""
    return alternatives(form for word in words for form in (word, word[:1].upper() + word[1:]))


def hint(words: Iterable[str]) -> re.Pattern[str]:
    """Return a quick pattern for where one of the words may begin; it may begin inside another word.

    Without anything in front of the alternatives, the engine skips to the next of their first letters.
    """
    return re.compile(rf"{starting(words)}(?!\w)")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the grammars need of one language.

    ``words`` is the lexicon file; ``months`` is a pattern for a month in either language (pages
    quote each other, and short texts get a wrong language), with ``month_langs`` to read it.
    ``hints`` find quickly where a month, season, weekday, or a word for a year or a day may stand, and
    ``kinds`` tells for a whole word which of these it is: most texts have none, and need no longer pattern.
    """

    lang: str
    words: dict[str, Any]
    months: str
    month_langs: dict[str, str]
    hints: dict[str, re.Pattern[str]]
    kinds: dict[str, str]

    def month(self, spelling: str) -> int | None:
        """Return the number of a month that ``months`` matched."""
        bare = spelling.rstrip(".").capitalize()
        return month_number(bare, self.month_langs.get(bare, self.lang))


@cache
def vocabulary(lang: str) -> Vocabulary:
    """Return the vocabulary of ``de`` or ``en`` (any other language is read as English)."""
    home = lang if lang in LANGUAGES else "en"
    words = load(home, "dates")
    langs: dict[str, str] = {}
    for other in (home, *(each for each in LANGUAGES if each != home)):
        table = load(other, "dates")
        for month in table["months"]:
            if other == home or month not in table["months_at_home_only"]:
                langs.setdefault(month, other)
    months = rf"\b{alternatives(langs)}\b(?:\.(?= ?[0-9'’‘/–-]))?"
    moments, told = words["moments"], words["relative"]
    days = [f"{day}{part}" for day in moments["weekdays"] for part in ("", *moments["joined_day_parts"])]
    marks: dict[str, Iterable[str]] = {
        "day": told["day_hints"],
        "year": told["year_hints"],
        "weekday": days,
        "season": words["seasons"],
        "month": langs,
    }
    decades = [f"{word}{noun}" for word in words["decades"] for noun in ("", *words["decade_nouns"])]
    kinds = {form: kind for kind, each in marks.items() for word in each for form in _written(word)}
    kinds |= {form: "decade" for word in decades for form in _written(word)}
    return Vocabulary(home, words, months, langs, {kind: hint(each) for kind, each in marks.items()}, kinds)


def _written(word: str) -> tuple[str, ...]:
    return word, word[:1].upper() + word[1:], word.upper()
