"""Learn how much each sign says that a place is a partner of the home town.

    python -m training.partners PAGES GOLD [PAGES GOLD ...] [--write]

Learns from the annotated pages and from our own passages (``training/passages``), from the places that the
rules leave unread. On these pages, which the rules were made with, they leave little; so each page is learned
from some more times, each time as if the rules had failed at partners that chance names.

Prints how the weights do on the pages of each folder, and on each file of passages, when they are learned
from all the others: what the rules find, and what rules and weights find together.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.chain import Chain, Stage
from pipeline.disk import replace_file
from pipeline.evaluate.gold import GoldPlace
from pipeline.evaluate.matching import folded, same_place
from pipeline.extract.context import Context
from pipeline.extract.partnerships import held, read_all, settled
from pipeline.extract.partnerships.finding import Finding
from pipeline.extract.partnerships.likely import HOME_POWER, LIKELY
from pipeline.extract.partnerships.partner_score import BIAS, Candidate, candidates, probability
from pipeline.extract.partnerships.partner_score import FILE as WEIGHTS
from pipeline.model import Mentions, Place
from training.annotated import Annotated, annotated
from training.logistic import fitted
from training.passages import FOLDER, passages
from training.weights import table

FILE = Path(__file__).parents[1] / "pipeline" / "extract" / "partnerships" / WEIGHTS
RARE = 3
"""A sign seen on fewer pages is not learned: it would be the page that is remembered."""
_HELD = 10.0
_FULL = 3.0
"""What a mention on an annotated page counts against one in a passage."""
_COPIES, _FAILED = 3, 0.3
"""How often a page is learned from as if the rules had failed, and at what share of its partners they fail.

So many they miss on pages that they do not know. Together the copies count as much as the page.
"""
_PASSAGE_COPIES, _PASSAGE_FAILED = 1, 0.7
"""The same of a passage, which has few partners."""
_STEPS = 400
_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Sample:
    """A page: its unread places, which of them are partners, and how many pairs it states and rules find.

    ``home`` is how likely its home is, ``taught`` whether it is right; ``failed`` marks a copy of the page on
    which the rules are taken to have failed.
    """

    folder: str
    candidates: Sequence[Candidate]
    partners: Sequence[bool]
    taught: bool
    weight: float
    home: float
    pairs: int
    right: int
    wrong: int
    page: str
    failed: bool


def samples(chain: Chain, known: Annotated, weight: float = 1) -> list[Sample]:
    """Return a page as the rules leave it, then as they would had they failed; none if it cannot be read."""
    mentions = chain.advance(known.page)
    if not isinstance(mentions, Mentions):
        return []
    context = Context(mentions)
    findings = settled(context, held(context, read_all(context)))
    found = [_sample(context, known, findings, weight, failed=False)]
    own = sorted({f.key for f in findings if context.is_home(f.a) or context.is_home(f.b)})
    chance = random.Random(Path(known.page.source).name)
    whole = weight == _FULL
    copies, rate = (_COPIES, _FAILED) if whole else (_PASSAGE_COPIES, _PASSAGE_FAILED)
    for _ in range(copies):
        failed = {key for key in own if chance.random() < rate}
        if failed:
            left = [f for f in findings if f.key not in failed]
            found.append(_sample(context, known, left, weight / copies, failed=True))
    return found


def _sample(
    context: Context, known: Annotated, findings: Sequence[Finding], weight: float, *, failed: bool
) -> Sample:
    """Return a page with the places that the findings leave."""
    unread = candidates(context, findings)
    forms: dict[str, set[str]] = {}
    for mention in context.mentions.places:
        surface = context.text[mention.start : mention.end]
        forms.setdefault(mention.place.place_id, {mention.place.name}).add(surface)
    home = context.document.home
    if home is not None:
        forms.setdefault(home.place.place_id, {home.place.name}).add(home.surface)

    def means(gold: GoldPlace, place: Place) -> bool:
        return same_place(gold, folded(forms.get(place.place_id, {place.name})), place.country)

    def stated(a: Place, b: Place) -> bool:
        pairs = known.gold.partnerships
        return any((means(p.a, a) and means(p.b, b)) or (means(p.a, b) and means(p.b, a)) for p in pairs)

    found = {f.key: (f.a, f.b) for f in findings}
    right = sum(stated(a, b) for a, b in found.values())
    own = context.home
    partners = [own is not None and stated(own, candidate.place) for candidate in unread]
    taught = own is not None and known.gold.home is not None and means(known.gold.home, own)
    pairs = len(known.gold.partnerships)
    sure = 0.0 if home is None else home.chance
    return Sample(
        known.folder, unread, partners, taught, weight, sure, pairs, right, len(found) - right,
        page=known.page.source, failed=failed,
    )  # fmt: skip


def learn(samples: Iterable[Sample]) -> dict[str, float]:
    """Return the weights that make the partners likely, each mention an example of its place."""
    rows: list[Sequence[str]] = []
    hits: list[bool] = []
    counted: list[float] = []
    pages: dict[str, set[str]] = {}
    for page in samples:
        if page.taught:
            for sign in {sign for candidate in page.candidates for row in candidate.signs for sign in row}:
                pages.setdefault(sign, set()).add(page.page)
            for candidate, partner in zip(page.candidates, page.partners, strict=True):
                rows += candidate.signs
                hits += [partner] * len(candidate.signs)
                counted += [page.weight] * len(candidate.signs)
    index = {s: i for i, s in enumerate([BIAS, *sorted(s for s, of in pages.items() if len(of) >= RARE)])}
    numbers = [[0, *(index[sign] for sign in row if sign in index)] for row in rows]
    weights, _ = fitted(
        numbers, np.array(hits, float), np.array(counted), len(index), held=_HELD, steps=_STEPS
    )
    learned = {sign: round(float(weights[i]), _DIGITS) for sign, i in index.items()}
    return {sign: weight for sign, weight in learned.items() if weight or sign == BIAS}


def figures(samples: Sequence[Sample], weights: dict[str, float]) -> str:
    """Return precision, recall and F1 of the rules alone, and of rules and weights together."""
    right, wrong = sum(s.right for s in samples), sum(s.wrong for s in samples)
    more: Counter[bool] = Counter()
    for page in samples:
        for candidate, partner in zip(page.candidates, page.partners, strict=True):
            best = max(probability(signs, weights) for signs in candidate.signs)
            more[partner] += best * page.home**HOME_POWER >= LIKELY
    pairs = sum(s.pairs for s in samples)
    both = _prf(right + more[True], wrong + more[False], pairs)
    return f"rules {_prf(right, wrong, pairs)}  with weights {both}"


def _prf(right: int, wrong: int, pairs: int) -> str:
    precision, recall = right / max(1, right + wrong), right / max(1, pairs)
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / max(1e-9, precision + recall):.3f}"


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", help="PAGES GOLD [PAGES GOLD ...]")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    chain = Chain(last=Stage.RECOGNISE)
    known = [(each, _FULL) for each in annotated(args.folders)]
    known += [(each, 1.0) for file in sorted(FOLDER.glob("*.toml")) for each in passages(file)]
    taught = [s for each, weight in known for s in samples(chain, each, weight)]
    for folder in dict.fromkeys(s.folder for s in taught):
        weights = learn(s for s in taught if s.folder != folder)
        own = [s for s in taught if s.folder == folder]
        print(f"{folder:30}", figures([s for s in own if not s.failed], weights))
        print(f"{'  had the rules failed':30}", figures([s for s in own if s.failed], weights), flush=True)
    if args.write:
        pages = sum(s.taught for s in taught if not s.failed)
        replace_file(FILE, table(learn(taught), pages, "partners"))
        print(f"wrote {FILE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
