"""Trains the weights of the signs that a place is the home of its page, from annotated pages.

``python -m training.home PAGES GOLD [PAGES GOLD ...]`` prints how many homes are found when each page in turn
is held out, and writes the weights. A softmax over the places of a page, with Gaussian prior: the same pages
give the same weights.
"""

from __future__ import annotations

import argparse
import json
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline import clean
from pipeline.evaluate.matching import folded, names_of
from pipeline.gazetteer import load as load_gazetteer
from training.annotated import Annotated, annotated

OUT = Path(str(files(clean))) / "home_weights.json"
_PRIOR = 0.006  # of the weights' squares
_STEPS, _RATE = 1500, 0.6
# What can only speak against a home; all other signs can only speak for it.
# The annotated pages say little of pages with a bare title: there it must decide.
_LEAST = {"title:first": 1.5, "heading:first": 0.5, "authority": 3.0}
_MOST = {"country-given": -0.6}
_AGAINST = frozenset({"as-partner", "country-given", "doubtful", "tiny", "unknown"})


class Sample(NamedTuple):
    """A page: the signs of its places, and which of them is the home."""

    page: str
    signs: list[dict[str, float]]
    names: list[str]
    home: int


def sample(one: Annotated) -> Sample | None:
    """Return the places of a page with their signs, or None where the home is not among them."""
    found = clean.home_candidates(one.page)
    wanted = names_of(one.gold.home) if one.gold.home else frozenset()
    names = sorted(found.signs)
    for at, name in enumerate(names):
        best = load_gazetteer().candidates(name)[:1]
        if folded([name, *(c.place.name for c in best)]) & wanted:
            return Sample(one.gold.page, [dict(found.signs[n]) for n in names], names, at)
    return None


def fit(samples: list[Sample], signs: list[str]) -> np.ndarray:
    """Return the weights of the signs that make the homes likeliest."""
    tables = [
        (np.array([[place.get(sign, 0.0) for sign in signs] for place in s.signs]), s.home) for s in samples
    ]
    weights = np.zeros(len(signs))
    most = np.array([_MOST.get(sign, 0.0) for sign in signs])
    least = np.array([_LEAST.get(sign, 0.0) for sign in signs])
    against = np.array([sign in _AGAINST for sign in signs])
    for _ in range(_STEPS):
        slope = _PRIOR * weights
        for table, home in tables:
            odds = table @ weights
            chance = np.exp(odds - odds.max())
            chance /= chance.sum()
            chance[home] -= 1
            slope += table.T @ chance / len(tables)
        weights -= _RATE * slope
        weights = np.where(against, np.minimum(weights, most), np.maximum(weights, least))
    return weights


def right(s: Sample, signs: list[str], weights: np.ndarray) -> bool:
    """Whether the weights choose the home of a page."""
    scores = [
        sum(place.get(sign, 0.0) * w for sign, w in zip(signs, weights, strict=True)) for place in s.signs
    ]
    return int(np.argmax(scores)) == s.home


def main() -> None:
    """Train, say how good it is, and write the weights."""
    parser = argparse.ArgumentParser(description="Train the weights of the signs of a home.")
    parser.add_argument("folders", nargs="+", help="PAGES GOLD pairs")
    options = parser.parse_args()
    pages = annotated(options.folders)
    samples = [s for one in pages if (s := sample(one)) is not None]
    signs = sorted({sign for s in samples for place in s.signs for sign in place})
    held = []
    for i, s in enumerate(samples):
        weights = fit([*samples[:i], *samples[i + 1 :]], signs)
        held.append(right(s, signs, weights))
        if not held[-1]:
            print("wrong:", s.page)
    print(f"{sum(held)} of {len(samples)} homes found by weights of the other pages; {len(pages)} pages")
    weights = fit(samples, signs)
    print(f"{sum(right(s, signs, weights) for s in samples)} by weights of all")
    about = "Made by training/home.py from annotated pages; the larger, the more a sign tells of a home."
    written = {
        "about": about,
        "weights": {s: round(float(w), 3) for s, w in zip(signs, weights, strict=True)},
    }
    OUT.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
