"""Learns which date founds a pair from annotated pages: the weights of ``extract/partnerships/dater``.

``python -m training.dater PAGES GOLD [PAGES GOLD ...] [--write]`` prints, for each pair of folders, how often
the date of an annotated pair is right, wrong or missing if the other folders alone teach; ``--write`` learns
from all and writes ``dater.toml``. The pairs are those of the annotations, found by the rules or not, so that
the dates do not depend on how well pairs are found.

The loss is that of a choice among the candidates of a pair and none of them (a softmax), with weights held
small; a step is the same every time, so that the same pages give the same file.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.chain import Chain, Stage
from pipeline.disk import replace_file
from pipeline.evaluate.gold import GoldPage, GoldPlace, read_gold
from pipeline.evaluate.matching import folded, same_place
from pipeline.extract.context import Context
from pipeline.extract.partnerships import read_all
from pipeline.extract.partnerships.dater import LIKELY, Option, options, weigh
from pipeline.model import Mentions, Place, Status
from pipeline.read import read

FILE = Path(__file__).parent.parent / "pipeline/extract/partnerships/dater.toml"
RARE = 4
"""A feature that fewer candidates show teaches nothing."""
# What words mean is known beforehand, though few pages show it: weights are drawn to these.
PRIOR = {
    "beside": 1.5,
    "beside-other": -2.0,
    "in-turn": 2.5,
    "out-of-turn": -1.5,
    "piece:undone": -1.5,
    "feast": -3.0,
    "led-on": -3.0,
    "bracket-other": -3.0,
    "of-else": -1.5,
    "outbid": -1.0,
    "lull": -1.0,
    "absent-since": -3.0,
    "in-office": -3.0,
    "of-others": -3.0,
    "told-end": -3.0,
    "intended": -1.0,
    "year-of-end": -0.5,
    "stamped": -0.5,
    "to-come": -2.0,
    "in-step": 1.0,
    "ahead": 0.5,
    "ahead-other": -1.5,
    "meant": 1.0,
    "other-country": -2.0,
    "piece:contact": -1.0,
    "piece:renewed": -0.5,
    "piece:other": -0.5,
    "event:ended": -1.0,
    "until": -1.0,
    "status:ended": -1.0,
    "of-bond": 1.5,
    "not-until": 1.5,
    "after": -1.0,
    "aside": -1.0,
    "clause:undone": -1.0,
    "gap:turned": -1.5,
    "gap:parted": -1.0,
}
_STEPS, _RATE, _HELD = 400, 0.05, 1.0
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """A pair: its options, what the rules would choose, and the dates that a reader accepts."""

    options: list[Option]
    choice: set[str]
    accepted: frozenset[str]
    label: str = ""


def samples(chain: Chain, pages: str, gold: str) -> list[Sample]:
    """Return the pairs of annotated pages that the pages' places can be found for."""
    wanted = {page.page: page for page in read_gold([gold])}
    found: list[Sample] = []
    for page in read([pages]):
        known = wanted.get(Path(page.source).name)
        mentions = chain.advance(page)
        if known is not None and isinstance(mentions, Mentions):
            found += _of_page(Context(mentions), known)
    return found


def _of_page(context: Context, gold: GoldPage) -> list[Sample]:
    pairs: dict[frozenset[str], tuple[Place, Place, frozenset[str]]] = {}
    for pair in gold.partnerships:
        a, b = _place(context, pair.a), _place(context, pair.b)
        if a is None or b is None or a == b or pair.status is Status.PLANNED:
            continue
        pairs.setdefault(frozenset({a.place_id, b.place_id}), (a, b, frozenset(pair.dates)))
    datings = [d for part in read_all(context) for d in part.datings]
    told = options(context, [(a, b) for a, b, _ in pairs.values()], datings)
    return [
        Sample(found, choice, accepted, f"{a.name} - {b.name}")
        for (found, choice), (a, b, accepted) in zip(told, pairs.values(), strict=True)
    ]


def _place(context: Context, gold: GoldPlace) -> Place | None:
    """Return the place of a page that an annotation means."""
    names: dict[Place, set[str]] = {}
    home = context.document.home
    if home is not None:
        names[home.place] = {home.surface, home.place.name}
    for mention in context.mentions.places:
        surface = context.text[mention.start : mention.end]
        names.setdefault(mention.place, {mention.place.name}).add(surface)
    return next((p for p, forms in names.items() if same_place(gold, folded(forms), p.country)), None)


def learn(known: Sequence[Sample]) -> dict[str, float]:
    """Return the weights that make the accepted dates likely."""
    rows: list[set[str]] = []
    owner: list[int] = []
    right: list[bool] = []
    for number, sample in enumerate(s for s in known if s.options):
        for option in sample.options:
            for features in option.features(sample.choice):
                rows.append(features | {"bias"})
                owner.append(number)
                right.append(option.edtf in sample.accepted)
    counts = Counter(f for features in rows for f in features)
    index = {f: i for i, f in enumerate(sorted({f for f, n in counts.items() if n >= RARE} | set(PRIOR)))}
    matrix = np.zeros((len(rows), len(index)))
    for i, features in enumerate(rows):
        matrix[i, [index[f] for f in features if f in index]] = 1
    group, hit = np.array(owner), np.array(right, float)
    size = group[-1] + 1
    borders = np.flatnonzero(np.diff(group, prepend=-1))
    held = np.ones(len(index)) * _HELD
    held[index["bias"]] = 0
    prior = np.array([PRIOR.get(f, 0.0) for f in index])
    told = np.bincount(group, hit, size)[group] > 0
    weights, mean, square = prior.copy(), np.zeros(len(index)), np.zeros(len(index))
    for step in range(1, _STEPS + 1):
        score = matrix @ weights
        top = np.maximum(0, np.maximum.reduceat(score, borders))
        power = np.exp(score - top[group])
        chance = power / (np.bincount(group, power, size) + np.exp(-top))[group]
        of_right = np.bincount(group, power * hit, size)[group]
        aim = np.where(told, power * hit / np.where(of_right > 0, of_right, 1), 0)
        slope = (matrix.T @ (chance - aim) + held * (weights - prior)) / size
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= _RATE * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return {f: round(float(weights[i]), _DIGITS) for f, i in index.items()}


def outcome(sample: Sample, weights: dict[str, float]) -> str:
    """Return whether the likeliest date of a pair is right, wrong, missing, false or rightly none."""
    chances = weigh(sample.options, sample.choice, weights)
    best = max(chances, key=lambda edtf: (chances[edtf], edtf), default=None)
    if best is None or chances[best] < LIKELY or "X" in best:
        return "missing" if sample.accepted else "none"
    return ("right" if best in sample.accepted else "wrong") if sample.accepted else "false"


def toml(weights: dict[str, float], pairs: int) -> str:
    """Return the data file of the weights."""
    lines = [
        f"# Learned from {pairs} annotated pairs by training/dater.py; not to be edited.",
        "",
        "[weights]",
    ]
    return "\n".join([*lines, *(f'"{f}" = {w}' for f, w in sorted(weights.items())), ""])


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", help="PAGES GOLD [PAGES GOLD ...]")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    chain = Chain(last=Stage.RECOGNISE)
    parts = [samples(chain, p, g) for p, g in zip(args.folders[::2], args.folders[1::2], strict=True)]
    for at, part in enumerate(parts if len(parts) > 1 else []):
        weights = learn([s for other in parts[:at] + parts[at + 1 :] for s in other])
        counts = Counter(outcome(sample, weights) for sample in part)
        print(
            args.folders[2 * at],
            *(f"{k} {counts[k]}" for k in ("right", "wrong", "missing", "false", "none")),
        )
    if args.write:
        known = [sample for part in parts for sample in part]
        replace_file(FILE, toml(learn(known), len(known)))
        print(f"wrote {FILE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
