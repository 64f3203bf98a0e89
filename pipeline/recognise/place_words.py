"""How much a word is spelt like (a part of) a place's name, rather than like another word: a small model.

``place_words.tsv`` holds the weights of beginnings, endings and letters inside, for each language of pages:
"Kleinlinden" and "Trainou" may be places, "Vereinbarung" is none.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from pipeline.lexicon import LANGUAGES

WEIGHTS = "place_words.tsv"
BIAS = "bias"
_ENDS = (2, 3, 4, 5)
_STARTS = (2, 3, 4)


def spelling(word: str) -> list[str]:
    """Return the features of a word's spelling: its beginnings, its endings, and threes of letters inside."""
    low = word.lower()
    found = [f"^{low[:n]}" for n in _STARTS if len(low) >= n]
    found += [f"{low[-n:]}$" for n in _ENDS if len(low) >= n]
    found += [low[i : i + 3] for i in range(1, len(low) - 3)]
    return found


@cache
def _weights() -> dict[str, dict[str, float]]:
    lines = files(__package__).joinpath(WEIGHTS).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {
        lang: {row[0]: float(row[1 + n]) for row in rows if row[1 + n] != "0"}
        for n, lang in enumerate(LANGUAGES)
    }


@lru_cache(maxsize=1 << 15)
def like_a_place(word: str, lang: str) -> float:
    """Return how much a word is spelt like a place's name, in log-odds: above 0 it is rather one."""
    weights = _weights()[lang]
    return weights[BIAS] + sum(weights.get(f, 0.0) for f in (*spelling(word), f"={word.lower()}"))
