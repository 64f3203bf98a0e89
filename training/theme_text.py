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
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from pipeline.evaluate.gold import GoldPage
from pipeline.extract.context import Context
from pipeline.extract.theme_signs import content_sentences, name_spans
from pipeline.extract.theme_text import BIAS, TextWeights, sentence_words, word_signs
from pipeline.extract.theme_words import SCOPE
from pipeline.lexicon import LANGUAGES, load
from pipeline.schema import THEMES

RARE = 5
"""A sign on fewer pages is not learned: it would be the page that is remembered."""
OFTEN = 2
"""A sign in fewer sentences that were quoted for a theme says nothing of it."""
ENTRY = 0.1
"""What an entry of the vocabulary counts against a sentence."""
HELD = 3.3
SMALL = 0.1
"""A smaller weight is left out."""
STEPS, RATE = 300, 0.05
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
    flat = np.fromiter(chain.from_iterable(numbers), int)
    row_of = np.repeat(np.arange(len(rows)), [len(row) for row in numbers])
    counts = np.array([ENTRY if one.page < 0 else 1.0 for one in rows])
    weights: dict[str, dict[str, float]] = {}
    for theme in THEMES:
        truth = np.array([theme in one.quoted for one in rows])
        counted = counts * (truth | np.array([theme not in one.themes for one in rows]))
        often = np.bincount(flat, truth[row_of], len(signs)) >= OFTEN
        used = (counted[row_of] > 0) & often[flat]
        values = _logistic(flat[used], row_of[used], truth, counted, len(signs))
        kept = {s: round(float(w), 2) for s, w in zip(signs, values, strict=True) if abs(w) >= SMALL}
        weights[theme] = {BIAS: 0.0, **kept}
    return weights


def _logistic(
    flat: NDArray[np.int64],
    row_of: NDArray[np.int64],
    truth: NDArray[np.bool_],
    counted: NDArray[np.float64],
    signs: int,
) -> NDArray[np.float64]:
    """Return the weights of a ridge logistic regression by Adam; sign 0 is the bias, which is free.

    Args:
        flat: The number of each sign of each row, row by row.
        row_of: The row that it is of.
        truth: What is to be told, for each row.
        counted: What each row counts.
        signs: How many signs there are.
    """
    at_row, row_starts = np.unique(row_of, return_index=True)
    order = np.argsort(flat, kind="stable")
    at_sign, sign_starts = np.unique(flat[order], return_index=True)
    by_sign = np.searchsorted(at_row, row_of[order])
    truth, counted = truth[at_row], counted[at_row]
    weights, mean, square = (np.zeros(signs) for _ in range(3))
    for step in range(1, STEPS + 1):
        total = np.clip(np.add.reduceat(weights[flat], row_starts), -30, 30)
        error = (1 / (1 + np.exp(-total)) - truth) * counted
        slope = HELD * weights
        slope[0] = 0
        slope[at_sign] += np.add.reduceat(error[by_sign], sign_starts)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= RATE * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def lines(text: TextWeights) -> dict[str, float]:
    """Return weights by the names of the lines that ``pipeline.weights`` reads."""
    return {f"{theme} {sign}": weight for theme, own in text.items() for sign, weight in own.items()}
