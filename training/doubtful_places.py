"""Learn how much each sign says that a name which the scan takes for a place is none.

    python -m training.doubtful_places NER_DATA PAGES GOLD [PAGES GOLD ...] [--write] [--show]

What is none, the annotators of openly licensed sentences say (``training.open_names``); the names on
annotated pages count as places, those that the annotation names more than the others. Prints, for one fifth
of all at a time, with weights learned from the rest, how many names would be dropped.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline.chain import Chain, Stage
from pipeline.disk import replace_file
from pipeline.evaluate.matching import fold, names_of
from pipeline.gazetteer.gazetteer import load as gazetteer
from pipeline.model import Mentions
from pipeline.recognise.doubtful_places import WEIGHTS, doubtful_names, signed_hits
from pipeline.recognise.likely_places import BIAS
from training.annotated import Annotated, annotated
from training.logistic import fitted
from training.open_names import around_rules, open_names
from training.weights import table

FILE = Path(__file__).parents[1] / "pipeline" / "recognise" / WEIGHTS
RARE = 6
"""A sign seen on fewer names is not learned."""
PARTS = 5
_COUNTS = {"place": 0.5, "none": 0.5, "stated": 0.3, "named": 0.15}
"""What a name counts: of a sentence, annotated on a page, or only standing there."""
_TWEETS = 0.5
_HELD = 3.0
_STEPS = 400
_DIGITS = 2


class Example(NamedTuple):
    """A name with its signs, where it stands, and which of ``_COUNTS`` it is."""

    part: str
    page: str
    text: str
    signs: Sequence[str]
    kind: str
    told: str


def examples(chain: Chain, known: Annotated) -> Iterator[Example]:
    """Yield the names that the scan finds on an annotated page."""
    mentions = chain.advance(known.page)
    if not isinstance(mentions, Mentions):
        return
    document = mentions.document
    golds = [g for p in known.gold.partnerships for g in (p.a, p.b)]
    golds += [m.city for m in known.gold.mayors if m.city is not None]
    stated = frozenset(n for g in golds for n in names_of(g))
    around, hits, raws = around_rules(document)
    told = {raw.start: bool(raw.country) for raw in raws if raw.known and not raw.bare}
    for hit, signs in signed_hits(around, hits, told, gazetteer()):
        kind = "stated" if fold(hit.name) in stated else "named"
        words = document.text[max(0, hit.start - 50) : hit.end + 40].replace("\n", " / ")
        yield Example(known.folder, known.page.source, hit.name, signs, kind, words)


def of_sentences(folder: Path) -> Iterator[Example]:
    """Yield the names that the scan finds in open sentences."""
    for name in open_names(folder):
        if name.found:
            kind = "place" if name.place else "none"
            yield Example(name.page, name.page, name.text, name.signs, kind, name.told)


def learn(rows: Sequence[Example]) -> dict[str, float]:
    """Return the weights that tell places from other names."""
    seen = Counter(sign for row in rows for sign in set(row.signs))
    index = {s: i for i, s in enumerate([BIAS, *sorted(s for s, n in seen.items() if n >= RARE)])}
    numbers = [[0, *(index[s] for s in row.signs if s in index)] for row in rows]
    places = np.array([row.kind != "none" for row in rows], float)
    counted = np.array([_COUNTS[r.kind] * (_TWEETS if "-btc" in r.page else 1) for r in rows])
    weights, _ = fitted(numbers, places, counted, len(index), held=_HELD, steps=_STEPS)
    learned = {sign: round(float(weights[i]), _DIGITS) for sign, i in index.items()}
    return {sign: w for sign, w in learned.items() if abs(w) > 0.04 or sign == BIAS}


def held_out(rows: Sequence[Example]) -> Iterator[tuple[list[Example], dict[str, float]]]:
    """Yield one part of the names after the other, with weights learned from the rest."""
    for part in range(PARTS):
        mine = [zlib.crc32(row.part.encode()) % PARTS == part for row in rows]
        own = [row for row, own in zip(rows, mine, strict=True) if own]
        yield own, learn([row for row, own in zip(rows, mine, strict=True) if not own])


def dropped(rows: Iterable[Example], weights: dict[str, float]) -> Iterator[Example]:
    """Yield one mention of each name that would be dropped from its page."""
    pages: dict[str, list[Example]] = {}
    for row in rows:
        pages.setdefault(row.page, []).append(row)
    for own in pages.values():
        names = doubtful_names(((row.text, row.signs) for row in own), weights)
        yield from {row.text: row for row in own if row.text in names}.values()


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("open", type=Path, help="folder of open data sets")
    parser.add_argument("folders", nargs="*", help="PAGES GOLD [PAGES GOLD ...]")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", action="store_true", help="print what would be dropped from pages")
    args = parser.parse_args()
    chain = Chain(last=Stage.RECOGNISE)
    rows = [row for known in annotated(args.folders) for row in examples(chain, known)]
    pages = len({row.page for row in rows})
    rows += of_sentences(args.open)
    gone: Counter[str] = Counter()
    for own, weights in held_out(rows):
        for row in dropped(own, weights):
            gone[row.kind] += 1
            if args.show and row.kind in ("stated", "named"):
                print(f"   {row.kind} {row.text} | {row.told}")
    names = {kind: len({(r.page, r.text) for r in rows if r.kind == kind}) for kind in _COUNTS}
    print("dropped:", ", ".join(f"{kind} {gone[kind]} of {n}" for kind, n in names.items()))
    if args.write:
        replace_file(FILE, table(learn(rows), pages, "doubtful_places"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
