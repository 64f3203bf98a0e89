"""Trains the weights by which the words of themes are judged (``pipeline/extract/theme_weights.toml``).

``python -m training.theme_scorer PAGES GOLD [PAGES GOLD ...]`` takes folders of raw pages and of their
annotations in pairs. It prints F1 of each pair with every tenth page held out in turn, and with the whole
pair held out; ``--write`` then writes the weights learned from all of them. The same pages give the same
weights.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.chain import Chain, Stage
from pipeline.extract.context import Context
from pipeline.extract.partnerships import extract_partnerships
from pipeline.extract.theme_score import Weights
from pipeline.extract.theme_signs import SIGNS, Hit
from pipeline.extract.themes import page_hits
from pipeline.model import Mentions
from pipeline.schema import THEMES
from training.annotated import annotated

OUT = Path(__file__).parent.parent / "pipeline" / "extract" / "theme_weights.toml"
THRESHOLD = 0.396
STEPS, RATE = 400, 0.05
SIGN_RIDGE, THEME_RIDGE = 1.0, 8.0
FOLDS = 10
HEAD = """\
# How much each sign of a theme's word is worth (see theme_signs.py and theme_score.py), in log odds.
# Our own, made by `python -m training.theme_scorer`: learned from {pages} pages that were written and
# annotated for this project, {themes} themes on them in all, by maximum likelihood with a ridge penalty. No
# other data went into it.
"""


@dataclass(frozen=True)
class Example:
    """A page: the pair of folders it is of, its theme words by theme, and the themes it is annotated with."""

    origin: str
    hits: dict[str, list[Hit]]
    gold: frozenset[str]


def examples(folders: Sequence[str]) -> list[Example]:
    """Read the annotated pages of PAGES GOLD pairs."""
    chain = Chain(last=Stage.RECOGNISE)
    found = []
    for one in annotated(folders):
        mentions = chain.advance(one.page)
        if isinstance(mentions, Mentions):
            context = Context(mentions)
            hits: dict[str, list[Hit]] = {}
            for hit in page_hits(context, extract_partnerships(context)[0]):
                hits.setdefault(hit.theme, []).append(hit)
            found.append(Example(one.folder, hits, frozenset(t.theme for t in one.gold.themes)))
    return found


def fit(pages: Sequence[Example]) -> Weights:
    """Learn weights: the likeliest ones for which a page means a theme unless no word of it does.

    Of a word that comes again the likeliest place counts, as when the weights are used.
    """
    rows, theme_of, form_of, meant = [], [], [], []
    forms = 0
    for page in pages:
        for theme, hits in sorted(page.hits.items()):
            numbers: dict[str, int] = {}
            for hit in hits:
                rows.append([*hit.signs, *(float(theme == name) for name in THEMES), 1.0])
                theme_of.append(len(meant))
                form_of.append(numbers.setdefault(hit.form, forms + len(numbers)))
            forms += len(numbers)
            meant.append(theme in page.gold)
    x, theme_index, form_index = np.array(rows), np.array(theme_of), np.array(form_of)
    truth = np.array(meant)[theme_index]
    weights = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], THEME_RIDGE)
    penalty[: len(SIGNS)] = SIGN_RIDGE
    penalty[-1] = 0.01  # the common bias is free
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        p = np.clip(1 / (1 + np.exp(-(x @ weights))), 1e-6, 1 - 1e-6)
        order = np.lexsort((np.arange(len(p)), -p, form_index))
        best = np.zeros(len(p))
        best[order[np.unique(form_index[order], return_index=True)[1]]] = 1
        whole = np.clip(1 - np.exp(np.bincount(theme_index, np.log(1 - p) * best)), 1e-6, 1)[theme_index]
        pull = np.where(truth, (1 - whole) / whole, -1.0) * p * best
        slope = penalty * weights - x.T @ pull
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    signs, themes = weights[: len(SIGNS)], weights[len(SIGNS) : -1] + weights[-1]
    rounded = {name: round(float(w), 3) for name, w in zip(THEMES, themes, strict=True)}
    return Weights(tuple(round(float(w), 3) for w in signs), rounded, THRESHOLD)


def count(weights: Weights, page: Example) -> np.ndarray:
    """Return the right, wrong and missed themes of a page, as numbers."""
    said = {theme for theme, hits in page.hits.items() if weights.theme(hits) >= weights.threshold}
    return np.array([len(said & page.gold), len(said - page.gold), len(page.gold - said)])


def report(name: str, pages: Sequence[Example], learn: Callable[[int], Weights]) -> None:
    """Print F1 of each pair of folders; ``learn`` gives the weights to judge a page with."""
    print(name)
    total: dict[str, np.ndarray] = {}
    for number, page in enumerate(pages):
        total[page.origin] = total.get(page.origin, np.zeros(3, int)) + count(learn(number), page)
    for origin, (right, wrong, missed) in total.items():
        print(f"  {2 * right / max(1, 2 * right + wrong + missed):.3f}  {origin}")


def main() -> None:
    """Read the arguments, print the figures, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", metavar="PAGES GOLD")
    parser.add_argument("--write", action="store_true", help="write the weights, learned from all")
    args = parser.parse_args()
    pages = examples(args.folders)
    folds = [fit([p for i, p in enumerate(pages) if i % FOLDS != k]) for k in range(FOLDS)]
    report("every tenth page held out", pages, lambda number: folds[number % FOLDS])
    origins = list(dict.fromkeys(page.origin for page in pages))
    if len(origins) > 1:
        others = {origin: fit([p for p in pages if p.origin != origin]) for origin in origins}
        report("the whole set held out", pages, lambda number: others[pages[number].origin])
    weights = fit(pages)
    report("learned from", pages, lambda _: weights)
    if args.write:
        lines = [HEAD.format(pages=len(pages), themes=sum(len(page.gold) for page in pages))]
        lines += [f"# A theme counts from this probability.\nthreshold = {weights.threshold}\n", "[signs]"]
        lines += [f"{name} = {value}" for name, value in zip(SIGNS, weights.signs, strict=True)]
        lines += ["", "[themes]", *(f"{name} = {value}" for name, value in weights.themes.items())]
        OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
