"""Learns how sentences speak of themes (``pipeline/extract/theme_text.py``) from those that were quoted.

A sentence speaks of a theme if the theme's quote stands in it, and not if its page is without the theme;
others of a page that has the theme are left out. Each strong entry of the vocabulary counts as a short
sentence, too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from pipeline.evaluate.gold import GoldPage
from pipeline.extract.context import Context
from pipeline.extract.theme_signs import content_sentences, name_spans
from pipeline.extract.theme_text import BIAS, TextWeights, sentence_words, word_signs
from pipeline.extract.theme_words import SCOPE
from pipeline.lexicon import LANGUAGES, load
from pipeline.schema import THEMES
from training.logistic import fitted

RARE = 5
"""A sign on fewer pages is not learned: it would be the page that is remembered."""
OFTEN = 2
"""A sign in fewer sentences that were quoted for a theme says nothing of it."""
ENTRY = 0.1
"""What an entry of the vocabulary counts against a sentence."""
HELD = 3.3
SMALL = 0.1
"""A smaller weight is left out."""
STEPS = 300
_ENTRY_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence: its page, its signs, the themes that it was quoted for, and those that its page has."""

    page: int
    signs: tuple[str, ...]
    quoted: frozenset[str]
    themes: frozenset[str]


def sentences(page: int, context: Context, gold: GoldPage) -> list[Told]:
    """Return the sentences of an annotated page."""
    quotes = []
    for theme in gold.themes:
        words = r"\s+".join(re.escape(word) for word in theme.quote.split())
        if words and (match := re.search(words, context.text)):
            quotes.append((match.start(), match.end(), theme.theme))
    themes = frozenset(theme.theme for theme in gold.themes)
    _, places = name_spans(context)
    found = []
    for block, sentence in content_sentences(context):
        words = sentence_words(context, sentence, places)
        quoted = frozenset(t for low, high, t in quotes if low < sentence.end and sentence.start < high)
        signs = tuple(sign for word in words for sign in word_signs(word, block.lang))
        found.append(Told(page, signs, quoted, themes))
    return found


@cache
def _entries() -> tuple[Told, ...]:
    """Return the strong entries of the vocabulary."""
    return tuple(
        Told(-1, signs, frozenset({theme}), frozenset({theme}))
        for lang in LANGUAGES
        for theme, entry in load(lang, "themes").items()
        if theme != SCOPE
        for words in entry["words"]
        if (signs := tuple(s for w in _ENTRY_WORD.findall(words) for s in word_signs(w, lang)))
    )


def fit_text(told: Sequence[Told]) -> TextWeights:
    """Learn the weights of signs for each theme. The same sentences give the same weights."""
    pages = Counter(sign for _, sign in {(one.page, sign) for one in told for sign in one.signs})
    signs = [BIAS, *sorted(sign for sign, count in pages.items() if count >= RARE)]
    number = {sign: i for i, sign in enumerate(signs)}
    rows = [*(one for one in told if one.signs), *_entries()]
    numbers = [[0, *(number[s] for s in one.signs if s in number)] for one in rows]
    counts = np.array([ENTRY if one.page < 0 else 1.0 for one in rows])
    weights: dict[str, dict[str, float]] = {}
    for theme in THEMES:
        truth = np.array([theme in one.quoted for one in rows])
        counted = counts * (truth | np.array([theme not in one.themes for one in rows]))
        quoted = Counter(n for row, told_so in zip(numbers, truth, strict=True) if told_so for n in row)
        used = np.flatnonzero(counted)
        own = [[0, *(n for n in numbers[i][1:] if quoted[n] >= OFTEN)] for i in used]
        values, _ = fitted(own, truth[used].astype(float), counted[used], len(signs), held=HELD, steps=STEPS)
        kept = {s: round(float(w), 2) for s, w in zip(signs, values, strict=True) if abs(w) >= SMALL}
        weights[theme] = {BIAS: 0.0, **kept}
    return weights


def lines(text: TextWeights) -> dict[str, float]:
    """Return weights by the names of the lines that ``pipeline.weights`` reads."""
    return {f"{theme} {sign}": weight for theme, own in text.items() for sign, weight in own.items()}
