"""Learn how much each sign says that a sentence tells a bond of two towns of which neither is the home.

    python -m training.owners PAGES GOLD [PAGES GOLD ...] [--write]

Learns from the annotated pages and from our own passages (``training/passages``). Each page counts a second
time with a third of the pairs left out that the rules found, as on pages that nobody has seen. Prints, for
the pages of each folder, how the weights do when they are learned from all the others: the pairs that the
rules find, and those that rules and weights find together, whole and with the rules' pairs left out.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.chain import Chain, Stage
from pipeline.disk import replace_file
from pipeline.evaluate.gold import GoldPair, GoldPlace
from pipeline.evaluate.matching import folded, same_place
from pipeline.extract.context import Context
from pipeline.extract.partnerships import held, read_all
from pipeline.extract.partnerships.finding import Finding
from pipeline.extract.partnerships.owner_score import FILE as WEIGHTS
from pipeline.extract.partnerships.owner_score import resolved
from pipeline.extract.partnerships.owner_signs import OwnerSigns, Told
from pipeline.extract.partnerships.partner_score import BIAS
from pipeline.model import Mentions, Place
from training.annotated import Annotated, annotated
from training.logistic import fitted
from training.passages import FOLDER, passages
from training.weights import table

FILE = Path(__file__).parents[1] / "pipeline" / "extract" / "partnerships" / WEIGHTS
RARE = 3
"""A sign seen on fewer pages is not learned: it would be the page that is remembered."""
LEFT_OUT = 0.33
_HELD = 5.0
_UNSURE = 0.3
_STEPS = 300
_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Example:
    """A pair that a sentence may tell: its signs, whether it does, and which pair of which page it is.

    ``sure`` is False where the page states the pair, but perhaps in another sentence.
    """

    signs: Sequence[str]
    told: bool
    sure: bool
    key: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """A page as it is learned from and judged: ``whole``, or with some of the rules' pairs left out."""

    folder: str
    name: str
    whole: bool
    context: Context
    findings: Sequence[Finding]
    examples: Sequence[Example]
    taught: bool
    stated: dict[tuple[str, str], bool]
    others: int


class _Gold:
    """What a page states, asked by our places."""

    def __init__(self, known: Annotated, context: Context) -> None:
        """Prepare for a page."""
        self.pairs = known.gold.partnerships
        self._forms: dict[str, set[str]] = {}
        for mention in context.mentions.places:
            surface = context.text[mention.start : mention.end]
            self._forms.setdefault(mention.place.place_id, {mention.place.name}).add(surface)
        home = context.document.home
        if home is not None:
            self._forms.setdefault(home.place.place_id, {home.place.name}).add(home.surface)
        self._spans = [_spans(pair.quote, context.text) for pair in self.pairs]
        self._means: dict[tuple[int, str], bool] = {}

    def means(self, gold: GoldPlace, place: Place) -> bool:
        """Whether a place of the annotation is one of ours."""
        key = (id(gold), place.place_id)
        if key not in self._means:
            forms = self._forms.get(place.place_id, {place.name})
            self._means[key] = same_place(gold, folded(forms), place.country)
        return self._means[key]

    def of(self, a: Place, b: Place) -> list[int]:
        """Return the numbers of the pairs that two places are."""

        def same(p: GoldPair) -> bool:
            return (self.means(p.a, a) and self.means(p.b, b)) or (self.means(p.a, b) and self.means(p.b, a))

        return [i for i, pair in enumerate(self.pairs) if same(pair)]

    def quoted(self, number: int, start: int, end: int) -> bool | None:
        """Whether the quote of a pair lies in a span; None where there is no quote."""
        spans = self._spans[number]
        return any(a < end and b > start for a, b in spans) if spans else None


def _spans(quote: str, text: str) -> list[tuple[int, int]]:
    if not quote:
        return []
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    return [(m.start(), m.end()) for m in re.finditer(pattern, text)]


def samples(chain: Chain, known: Annotated) -> list[Sample]:
    """Return a page, and once more with some of the rules' pairs left out; none where it cannot be read."""
    mentions = chain.advance(known.page)
    if not isinstance(mentions, Mentions):
        return []
    context = Context(mentions)
    findings = held(context, read_all(context))
    gold = _Gold(known, context)
    home = context.home
    taught = home is not None and known.gold.home is not None and gold.means(known.gold.home, home)
    others = sum(home is None or not (gold.means(p.a, home) or gold.means(p.b, home)) for p in gold.pairs)
    places = {m.place.place_id: m.place for m in mentions.places}
    places |= {p.place_id: p for f in findings for p in (f.a, f.b)}
    stated = {
        (a, b): bool(gold.of(places[a], places[b])) for a in sorted(places) for b in sorted(places) if a < b
    }
    dice = random.Random(known.page.source)
    gone = {key for key in sorted({f.key for f in findings}) if dice.random() < LEFT_OUT}
    found = []
    for left_out in [set(), gone] if gone else [set()]:
        rest = [f for f in findings if f.key not in left_out]
        told = [_example(context, gold, t) for t in OwnerSigns(context, rest).candidates()]
        name = known.page.source
        found.append(Sample(known.folder, name, not left_out, context, rest, told, taught, stated, others))
    return found


def _example(context: Context, gold: _Gold, told: Told) -> Example:
    first, second = sorted((told.owner.place.place_id, told.partner.place.place_id))
    sentence = told.line.sentence
    quoted = [
        gold.quoted(i, sentence.start, sentence.end) for i in gold.of(told.owner.place, told.partner.place)
    ]
    here = any(q is None or q for q in quoted)
    return Example(told.signs, here, here or not quoted, (first, second))


def learn(pages: Sequence[Sample]) -> dict[str, float]:
    """Return the weights that make the pairs likely where they are told.

    Where no quote says where, it is the likeliest places of the page by a first round of learning.
    """
    seen: dict[str, set[str]] = {}
    for page in pages:
        for example in page.examples:
            for sign in example.signs:
                seen.setdefault(sign, set()).add(page.name)
    names = [BIAS, *sorted(sign for sign, on in seen.items() if len(on) >= RARE)]
    index = {sign: i for i, sign in enumerate(names)}
    rows: list[list[int]] = []
    hits: list[bool] = []
    groups: list[tuple[int, tuple[str, str]]] = []
    for number, page in enumerate(pages):
        for example in page.examples if page.taught else ():
            if example.sure:
                rows.append([0, *(index[s] for s in example.signs if s in index)])
                hits.append(example.told)
                groups.append((number, example.key))
    weight = np.ones(len(rows))
    truth = np.array(hits, float)
    weights, chances = fitted(rows, truth, weight, len(names), held=_HELD, steps=_STEPS)
    best: dict[tuple[int, tuple[str, str]], float] = {}
    for group, hit, chance in zip(groups, hits, chances, strict=True):
        if hit:
            best[group] = max(best.get(group, 0.0), float(chance))
    for i, (group, hit) in enumerate(zip(groups, hits, strict=True)):
        if hit and chances[i] < best[group]:
            weight[i] *= 0.0 if chances[i] < _UNSURE else 0.5
    weights, _ = fitted(rows, truth, weight, len(names), held=_HELD, steps=_STEPS)
    rounded = {name: round(float(w), _DIGITS) for name, w in zip(names, weights, strict=True)}
    return {sign: w for sign, w in rounded.items() if w or sign == BIAS}


def _is_passage(page: Sample) -> bool:
    return page.folder.startswith(("de_", "en_"))


def figures(pages: Sequence[Sample], weights: dict[str, float]) -> str:
    """Return P, R and F1 of the pairs that are not the home's, and what the home's pairs lose and gain."""
    rules: Counter[bool] = Counter()
    both: Counter[bool] = Counter()
    taken: Counter[bool] = Counter()
    for page in pages:
        after = resolved(page.context, page.findings, weights)
        before_keys, keys = {f.key for f in page.findings}, {f.key for f in after}
        home = page.context.home.place_id if page.context.home else ""
        rules.update(page.stated[key] for key in before_keys if home not in key)
        both.update(page.stated[key] for key in keys if home not in key)
        taken.update(page.stated[key] for key in before_keys - keys)
    all_others = sum(page.others for page in pages)
    lost = f"taken from the home: {taken[False]} wrong, {taken[True]} right"
    return f"rules {_prf(rules, all_others)}  with weights {_prf(both, all_others)}  {lost}"


def _prf(found: Counter[bool], pairs: int) -> str:
    precision, recall = found[True] / max(1, found.total()), found[True] / max(1, pairs)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"{found[True]:3}/{found[False]:2} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", help="PAGES GOLD [PAGES GOLD ...]")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    chain = Chain(last=Stage.RECOGNISE)
    known = annotated(args.folders)
    known += [each for file in sorted(FOLDER.glob("*.toml")) for each in passages(file)]
    pages = [sample for each in known for sample in samples(chain, each)]
    folders = list(dict.fromkeys(page.folder for page in pages if not _is_passage(page)))
    learned = {f: learn([p for p in pages if p.folder != f]) for f in folders}
    for whole in (True, False):
        print("all that the rules find" if whole else "a third of the rules' pairs left out")
        for folder in folders:
            judged = [p for p in pages if p.folder == folder and p.whole is whole]
            print(f"  {folder:40}", figures(judged, learned[folder]), flush=True)
    if args.write:
        count = sum(page.taught and page.whole for page in pages)
        replace_file(FILE, table(learn(pages), count, "owners"))
        print(f"wrote {FILE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
