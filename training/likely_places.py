"""Learn how much each sign says that a capitalised name is a place, where no rule takes it for one.

    python -m training.likely_places PAGES GOLD [PAGES GOLD ...] [--open NER_DATA] [--write]

Learns from the annotated pages as if the gazetteer and the rules had failed: in copies of each page some of
the places that they find are hidden, and are to be told from the other capitalised names of the page. Which
names of the gazetteer are none, openly licensed sentences tell, too (``training.open_names``). Prints, for
the pages of each folder, how the weights do that are learned from all the others: on what is hidden, and on
what is not found as it is.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import numpy as np

from pipeline.chain import Chain, Stage
from pipeline.disk import replace_file
from pipeline.evaluate.matching import fold, names_of
from pipeline.gazetteer.gazetteer import load as gazetteer
from pipeline.gazetteer.scan import scan
from pipeline.model import Document, Mentions
from pipeline.recognise.likely_places import BIAS, LIKELY, WEIGHTS, Name, likely_texts, signed_names, weighed
from pipeline.recognise.place_signs import Around
from pipeline.tokens import tokenise
from training.annotated import Annotated, annotated
from training.logistic import fitted
from training.open_names import open_names
from training.weights import table

FILE = Path(__file__).parents[1] / "pipeline" / "recognise" / WEIGHTS
COPIES = 3
HIDDEN = 0.34
RARE = 3
"""A sign seen on fewer pages is not learned."""
_OPEN = "open"
_OPEN_COUNTS = 0.5
_HELD = 3.0
_STEPS = 500
_DIGITS = 2
_GAZETTEER = ("known", "ordinary")
_SIZE = ("known:size", "known:large", "known:town", "known:small")


class Example(NamedTuple):
    """A name on a page, its signs, whether it is a place, what it counts, and whether it was hidden."""

    page: str
    folder: str
    text: str
    signs: Sequence[str]
    place: bool
    counts: float
    hidden: bool
    told: str


def examples(chain: Chain, known: Annotated) -> list[Example]:
    """Return the names of a page as it is, and of its copies with some places hidden."""
    with patch("pipeline.recognise.places.likely_names", return_value=()):  # what the rules find alone
        mentions = chain.advance(known.page)
    if not isinstance(mentions, Mentions):
        return []
    document = mentions.document
    tokens = [tokenise(document.text, b.start, b.end) for b in document.blocks]
    hits = [scan(tokens[b.index], gazetteer(), b.lang) for b in document.blocks]
    golds = [g for p in known.gold.partnerships for g in (p.a, p.b)]
    golds += [m.city for m in known.gold.mayors if m.city is not None]
    stated = frozenset(n for g in golds for n in names_of(g))
    spans = [(m.start, m.end) for m in (*mentions.places, *mentions.countries)]
    named = {
        (m.start, m.end): document.text[m.start : m.end] for m in mentions.places if m.form != "adjective"
    }
    texts = sorted(set(named.values()))
    found: list[Example] = []
    rng = random.Random(f"{known.page.source}")
    for copy in range(COPIES + 1):
        hidden = {t for t in texts if copy and rng.random() < HIDDEN}
        taken = sorted(s for s in spans if named.get(s) not in hidden)
        bare = rng.random() < 0.5
        for name, signs in signed_names(Around(document, tokens, taken, hits), gazetteer()):
            was = name.text in hidden
            if copy and not was:
                continue  # these are in the first copy
            place = was or fold(name.text) in stated
            own = _unknown(signs, bare=bare) if was else signs
            told = _told(document, tokens[name.block], name)
            counts = 1.0 / COPIES if copy else 1.0
            found.append(Example(known.page.source, known.folder, name.text, own, place, counts, was, told))
    return found


def from_open(folder: Path) -> list[Example]:
    """Return the names of open data sets; a sign of their own keeps how common places are there out of it."""
    return [
        Example(n.page, "open", n.text, [*n.signs, _OPEN], n.place, _OPEN_COUNTS, False, n.told)
        for n in open_names(folder)
    ]


def _unknown(signs: Sequence[str], *, bare: bool) -> list[str]:
    """Return the signs of a hidden name: as if the gazetteer lacked it, or not told of its size."""
    kept = [s for s in signs if not s.startswith(_GAZETTEER)]
    known = [s for s in signs if s.startswith(_GAZETTEER) and not s.startswith(_SIZE)]
    return kept if bare else [*kept, *known, "known:small"]


def _told(document: Document, tokens: Sequence[object], name: Name) -> str:
    start, end = tokens[name.first].start, tokens[name.last - 1].end
    return document.text[max(0, start - 50) : end + 40].replace("\n", " / ")


def learn(found: Iterable[Example]) -> dict[str, float]:
    """Return the weights that tell places from other names."""
    rows = list(found)
    pages: dict[str, set[str]] = {}
    for row in rows:
        for sign in row.signs:
            pages.setdefault(sign, set()).add(row.page)
    index = {s: i for i, s in enumerate([BIAS, *sorted(s for s, n in pages.items() if len(n) >= RARE)])}
    numbers = [[0, *(index[s] for s in row.signs if s in index)] for row in rows]
    hits = np.array([row.place for row in rows], float)
    counted = np.array([row.counts for row in rows])
    weights, _ = fitted(numbers, hits, counted, len(index), held=_HELD, steps=_STEPS)
    learned = {sign: round(float(weights[i]), _DIGITS) for sign, i in index.items()}
    return {s: w for s, w in learned.items() if (abs(w) > 0.04 and s != _OPEN) or s == BIAS}


def figures(rows: Sequence[Example], weights: dict[str, float]) -> str:
    """Return the share of hidden places found, and how many names are found more on the pages as they are."""
    hidden = [r for r in rows if r.hidden]
    again = sum(weighed(r.signs, weights) >= math.log(LIKELY / (1 - LIKELY)) for r in hidden)
    names: dict[tuple[str, bool], set[str]] = {}
    likely: dict[str, frozenset[str]] = {}
    for page in {r.page for r in rows}:
        own = [r for r in rows if r.page == page and not r.hidden]
        likely[page] = likely_texts((r.text, weighed(r.signs, weights)) for r in own)
        for row in own:
            names.setdefault((page, row.place), set()).add(row.text)
    more = Counter(place for (page, place), texts in names.items() for t in texts if t in likely[page])
    stated = sum(len(texts) for (_, place), texts in names.items() if place)
    return (
        f"hidden {again / max(1, len(hidden)):.3f} of {len(hidden)}; "
        f"as they are: stated {more[True]} of {stated}, others {more[False]}"
    )


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", help="PAGES GOLD [PAGES GOLD ...]")
    parser.add_argument("--open", type=Path, help="folder of open data sets")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", action="store_true", help="print what is found more, held out")
    args = parser.parse_args()
    chain = Chain(last=Stage.RECOGNISE)
    rows = [row for known in annotated(args.folders) for row in examples(chain, known)]
    more = from_open(args.open) if args.open else []
    for folder in dict.fromkeys(row.folder for row in rows):
        weights = learn([*(row for row in rows if row.folder != folder), *more])
        own = [row for row in rows if row.folder == folder]
        print(f"{folder:35}", figures(own, weights), flush=True)
        if args.show:
            for row in own:
                chance = 1 / (1 + math.exp(-weighed(row.signs, weights)))
                if not row.hidden and (chance >= 0.5 or row.place):
                    print(f"   {chance:.2f} {'STATED' if row.place else '      '} {row.text} | {row.told}")
    if args.write:
        replace_file(FILE, table(learn([*rows, *more]), len({row.page for row in rows}), "likely_places"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
