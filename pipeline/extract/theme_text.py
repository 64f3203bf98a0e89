"""How a sentence speaks of each theme, from all its words: a small model of our own.

It knows words by how they begin and by the letters within them, so that it also reads compounds that the
vocabulary lacks. It was learned from the sentences that annotators quoted for a theme.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from pipeline import weights
from pipeline.extract.context import Context
from pipeline.extract.theme_words import overlaps
from pipeline.model import Sentence

FILE = "theme_text_weights.tsv"
BIAS = "bias"
TextWeights = Mapping[str, Mapping[str, float]]
"""For each theme the weights of its signs, in log odds, and of ``BIAS``."""

_WORD = re.compile(r"[^\W\d_]+")
_STEM = 6
_GRAM = 5
_LONGEST = 40
# Where most sentences stand, and how far from there one can be.
_USUAL, _LEAST, _MOST = -3.0, -3.0, 5.0


@lru_cache(maxsize=50_000)
def word_signs(word: str, lang: str) -> tuple[str, ...]:
    """Return the signs of a word in small letters: its stem, and each five letters within it."""
    framed = f"<{word[:_LONGEST]}>"
    grams = (framed[i : i + _GRAM] for i in range(len(framed) - _GRAM + 1))
    return tuple(dict.fromkeys(f"{lang} {sign}" for sign in (word[:_STEM] + "*", *grams)))


def sentence_words(context: Context, sentence: Sentence, places: Sequence[tuple[int, int]]) -> list[str]:
    """Return the words of a sentence in small letters, each once, without those in names of places.

    Those of persons stay: they are looked for only where they may matter to offices.

    Args:
        context: The page.
        sentence: A sentence of it.
        places: Where the names of places stand, sorted.
    """
    found = _WORD.finditer(context.text, sentence.start, sentence.end)
    words = (m.group().lower() for m in found if not overlaps(places, m.start(), m.end()))
    return list(dict.fromkeys(words))


@cache
def load() -> TextWeights:
    """Return the weights that the package ships."""
    themes: dict[str, dict[str, float]] = {}
    for sign, weight in weights.load(__package__, FILE).items():
        theme, own = sign.split(" ", 1)
        themes.setdefault(theme, {})[own] = weight
    return themes


def told(theme: str, words: Sequence[str], lang: str, text: TextWeights) -> float:
    """Return how much words of a sentence speak of a theme, in log odds over those of most sentences."""
    of = text.get(theme, {})
    total = of.get(BIAS, 0.0) + sum(of.get(sign, 0.0) for word in words for sign in word_signs(word, lang))
    return min(_MOST, max(_LEAST, total - _USUAL))
