"""How likely a page means a theme, from the signs of the theme's words: a small model of our own.

Each word says the theme with a probability of its own, a logistic function of its signs; a page means the
theme unless none of its words does. A word that comes again counts once, where it is likeliest.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.extract.theme_signs import SIGNS, Hit


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each sign, one for each theme, and the probability from which a theme counts."""

    signs: tuple[float, ...]
    themes: dict[str, float]
    threshold: float

    def word(self, hit: Hit) -> float:
        """Return how likely one word is meant."""
        total = self.themes[hit.theme] + sum(w * x for w, x in zip(self.signs, hit.signs, strict=True))
        return 1 / (1 + math.exp(-total))

    def theme(self, hits: Sequence[Hit]) -> float:
        """Return how likely a page means a theme, from all the theme's words on it."""
        best: dict[str, float] = {}
        for hit in hits:
            best[hit.form] = max(best.get(hit.form, 0.0), self.word(hit))
        return 1 - math.prod(1 - p for p in best.values())


@cache
def load() -> Weights:
    """Return the weights that the package ships."""
    data = tomllib.loads(files(__package__).joinpath("theme_weights.toml").read_text(encoding="utf-8"))
    return Weights(tuple(data["signs"][name] for name in SIGNS), data["themes"], data["threshold"])
