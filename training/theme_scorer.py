"""Trains the weights by which the words of themes are judged (``pipeline/extract/theme_weights.toml``).

``python -m training.theme_scorer PAGES GOLD [PAGES GOLD ...]`` takes folders of raw pages and of their
annotations in pairs. It prints F1 of each pair with the whole pair held out; ``--write`` then writes the
weights learned from all, and those of sentences' words (``theme_text_weights.tsv``). While the weights
of signs are learned, the words of each sentence are judged by weights that were learned without its folder.
The same pages give the same weights.
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
from pipeline.extract.theme_text import FILE, TextWeights
from pipeline.extract.themes import page_hits
from pipeline.model import Mentions, PartnershipClaim
from pipeline.schema import THEMES
from training import weights as weights_file
from training.annotated import annotated
from training.theme_text import Told, fit_text, lines, sentences

OUT = Path(__file__).parent.parent / "pipeline" / "extract" / "theme_weights.toml"
THRESHOLD = 0.45
STEPS, RATE = 400, 0.05
SIGN_RIDGE, THEME_RIDGE = 1.0, 8.0
FOLDS = 6
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


@dataclass(frozen=True)
class Reading:
    """A page as it was read: the pair of folders it is of, its claims, its sentences, its gold themes."""

    origin: str
    context: Context
    stated: Sequence[PartnershipClaim]
    told: Sequence[Told]
    gold: frozenset[str]

    def judged(self, text: TextWeights) -> Example:
        """Return the page with its sentences' words judged by some weights."""
        hits: dict[str, list[Hit]] = {}
        for hit in page_hits(self.context, self.stated, text):
            hits.setdefault(hit.theme, []).append(hit)
        return Example(self.origin, hits, self.gold)


def readings(folders: Sequence[str]) -> list[Reading]:
    """Read the annotated pages of PAGES GOLD pairs."""
    chain = Chain(last=Stage.RECOGNISE)
    found: list[Reading] = []
    for one in annotated(folders):
        mentions = chain.advance(one.page)
        if isinstance(mentions, Mentions):
            context = Context(mentions)
            told = sentences(len(found), context, one.gold)
            gold = frozenset(t.theme for t in one.gold.themes)
            found.append(Reading(one.folder, context, extract_partnerships(context)[0], told, gold))
    return found


def examples(pages: Sequence[Reading]) -> list[Example]:
    """Return pages whose sentences are judged by weights learned without their folders."""
    origins = sorted({page.origin for page in pages})
    fold = {origin: number % FOLDS for number, origin in enumerate(origins)}
    texts = {
        k: fit_text([one for page in pages if fold[page.origin] != k for one in page.told])
        for k in sorted(set(fold.values()))
    }
    return [page.judged(texts[fold[page.origin]]) for page in pages]


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
    order = np.lexsort((np.arange(len(x)), form_index))
    x, theme_index, form_index = x[order], theme_index[order], form_index[order]
    first = np.unique(form_index, return_index=True)[1]  # of each word; those of a theme follow one another
    word_of = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(x))))
    bag = theme_index[first]
    truth = np.array(meant)
    weights = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], THEME_RIDGE)
    penalty[: len(SIGNS)] = SIGN_RIDGE
    penalty[-1] = 0.01  # the common bias is free
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        total = np.clip(x @ weights, -14, 14)
        highest = np.flatnonzero(total == np.maximum.reduceat(total, first)[word_of])
        best = highest[np.unique(word_of[highest], return_index=True)[1]]
        p = 1 / (1 + np.exp(-total[best]))
        whole = np.clip(1 - np.exp(np.bincount(bag, np.log(1 - p), len(truth))), 1e-6, 1)
        pull = np.where(truth, (1 - whole) / whole, -1.0)[bag] * p
        slope = penalty * weights - x[best].T @ pull
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


def write(weights: Weights, text: TextWeights, pages: Sequence[Example]) -> None:
    """Write the weights that were learned from some pages to where the package reads them."""
    rows = [HEAD.format(pages=len(pages), themes=sum(len(page.gold) for page in pages))]
    rows += [f"# A theme counts from this probability.\nthreshold = {weights.threshold}\n", "[signs]"]
    rows += [f"{name} = {value}" for name, value in zip(SIGNS, weights.signs, strict=True)]
    rows += ["", "[themes]", *(f"{name} = {value}" for name, value in weights.themes.items())]
    OUT.write_text("\n".join(rows) + "\n", encoding="utf-8")
    table = weights_file.table(lines(text), len(pages), "theme_scorer")
    OUT.with_name(FILE).write_text(table, encoding="utf-8")


def main() -> None:
    """Read the arguments, print the figures, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", metavar="PAGES GOLD")
    parser.add_argument("--write", action="store_true", help="write the weights, learned from all")
    args = parser.parse_args()
    read = readings(args.folders)
    pages = examples(read)
    origins = list(dict.fromkeys(page.origin for page in pages))
    if len(origins) > 1:
        others = {origin: fit([p for p in pages if p.origin != origin]) for origin in origins}
        report("the whole set held out", pages, lambda number: others[pages[number].origin])
    weights = fit(pages)
    text = fit_text([one for page in read for one in page.told])
    report("learned from", [page.judged(text) for page in read], lambda _: weights)
    if args.write:
        write(weights, text, pages)


if __name__ == "__main__":
    main()
