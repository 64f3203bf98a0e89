"""The weights that are learned for the words of themes."""

from __future__ import annotations

from pipeline.extract.theme_signs import SIGNS, Hit
from training.theme_scorer import Example, count, fit


def page(number: int, strong: bool, scope: bool) -> Example:
    signs = [0.0] * len(SIGNS)
    signs[SIGNS.index("strong")] = float(strong)
    signs[SIGNS.index("scope")] = float(scope)
    hit = Hit("culture", 0, 7, 0, not strong, f"word{number % 3}", tuple(signs))
    return Example("pages", {"culture": [hit, hit]}, frozenset({"culture"} if strong and scope else ()))


PAGES = [page(n, strong, scope) for n in range(12) for strong in (False, True) for scope in (False, True)]


def test_what_makes_a_theme_is_learned() -> None:
    weights = fit(PAGES)
    assert sum(count(weights, example) for example in PAGES).tolist() == [12, 0, 0]
    assert weights.signs[SIGNS.index("scope")] > 1
    assert weights.signs[SIGNS.index("listed")] == 0


def test_the_same_pages_give_the_same_weights() -> None:
    assert fit(PAGES) == fit(PAGES)
