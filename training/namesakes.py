"""Learn how much each sign says which of the places that bear a name is meant.

    python -m training.namesakes PAGES GOLD [PAGES GOLD ...] [--write] [--show]

Learns from the annotated places whose country no words beside the name tell, from names whose country is
told, with the words that tell it taken away, and from the countries of all pairs. Prints, for the pages of
each folder, how many are linked into the right country by weight alone, and with what other folders teach.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.chain import Chain, Stage
from pipeline.disk import replace_file
from pipeline.evaluate.matching import fold, names_of
from pipeline.gazetteer.gazetteer import load as gazetteer
from pipeline.model import CountryMention, Mentions
from pipeline.recognise.namesake_signs import country_signs
from pipeline.recognise.namesakes import WEIGHTS, choices, chosen
from pipeline.recognise.places import find_names, link_names
from training.annotated import Annotated, annotated
from training.weights import table

FILE = Path(__file__).parents[1] / "pipeline" / "recognise" / WEIGHTS
RARE = 3
"""A sign seen on fewer pages is not learned."""
_TOLD = 0.5
"""What a name counts whose country was told and taken away."""
_OWN = 0.3
"""What a name counts that is no partner's: a place of the home's country of that name is meant."""
_PAIR = 0.1
"""What a pair of towns counts, as a choice among all countries."""
_NEAR = 60
_HELD = 0.7
_STEPS = 500
_RATE = 0.05
_DIGITS = 2


class Example(NamedTuple):
    """A name, the signs of each place that bears it, which of them is meant, what it counts."""

    page: str
    folder: str
    name: str
    countries: Sequence[str]
    signs: Sequence[Sequence[str]]
    meant: int
    counts: float
    told: bool


def examples(chain: Chain, known: Annotated) -> Iterator[Example]:
    """Yield the names of a page that places of several countries bear and of which we know the right one."""
    recognised = chain.advance(known.page)
    if not isinstance(recognised, Mentions):
        return
    document = recognised.document
    named = find_names(document)
    mentions, _, free = link_names(document, named)
    golds = [g for p in known.gold.partnerships for g in (p.a, p.b)]
    golds += [m.city for m in known.gold.mayors if m.city is not None]
    stated: dict[str, set[str]] = {}
    for gold in golds:
        for name in names_of(gold):
            stated.setdefault(name, set()).add(gold.country)
    page = known.page.source
    if document.home is not None:
        yield from _twins(known, document.lang, document.home.place.country)
    for choice in choices(document, named.tokens, mentions, named.countries, free, gazetteer()):
        right = stated.get(fold(choice.name), set())
        found = [p.country for p in choice.places]
        if len(right) == 1 and (country := next(iter(right))) in found:
            yield Example(
                page, known.folder, choice.name, found, choice.signs, found.index(country), 1, False
            )
        elif not right and document.home is not None and found[0] == document.home.place.country:
            yield Example(page, known.folder, choice.name, found, choice.signs, 0, _OWN, True)
    told: dict[str, set[str]] = {}
    for raw in named.raws:
        own = document.home is not None and fold(raw.name) in (
            fold(document.home.place.name),
            fold(document.home.surface),
        )
        if raw.country and raw.known and not raw.bare and not raw.alone and not own:
            told.setdefault(raw.name, set()).add(raw.country)
    for name, countries in sorted(told.items()):
        if len(countries) > 1:
            continue
        country = next(iter(countries))
        starts = {raw.start: name for raw in named.raws if raw.name == name and raw.known and not raw.bare}
        kept = [c for c in named.countries if c.country != country or not _beside(c, list(starts))]
        others = [m for m in mentions if m.start not in starts]
        own = [m for m in mentions if m.start in starts]
        for choice in choices(document, named.tokens, [*others, *own], kept, starts, gazetteer()):
            found = [p.country for p in choice.places]
            if country in found:
                at = found.index(country)
                yield Example(page, known.folder, name, found, choice.signs, at, _TOLD, True)


def _twins(known: Annotated, lang: str, home: str) -> Iterator[Example]:
    """Yield the countries of a page's pairs, each as a choice among all countries that have places."""
    countries = _countries()
    for pair in known.gold.partnerships:
        for own, other in ((pair.a, pair.b), (pair.b, pair.a)):
            if own.country == home and other.country in countries:
                signs = [country_signs(lang, home, c) for c in countries]
                at = countries.index(other.country)
                yield Example(known.page.source, known.folder, "", countries, signs, at, _PAIR, True)
                break


@cache
def _countries() -> tuple[str, ...]:
    return tuple(sorted({p.country for p in gazetteer().all_places()}))


def _beside(country: CountryMention, starts: Sequence[int]) -> bool:
    return any(-_NEAR <= country.start - start <= _NEAR for start in starts)


def learn(found: Iterable[Example]) -> dict[str, float]:
    """Return the weights under which the places meant are the likeliest of each name."""
    rows = list(found)
    pages: dict[str, set[str]] = {}
    for row in rows:
        for signs in row.signs:
            for sign in signs:
                pages.setdefault(sign, set()).add(row.page)
    index = {s: i for i, s in enumerate(sorted(s for s, n in pages.items() if len(n) >= RARE))}
    at: list[int] = []
    of: list[int] = []
    group: list[int] = []
    meant: list[float] = []
    counts: list[float] = []
    for row, shares in _merged(rows):
        for signs, share in zip(row.signs, shares, strict=True):
            mine = [index[s] for s in signs if s in index]
            at += mine
            of += [len(group)] * len(mine)
            group.append(len(counts))
            meant.append(share / sum(shares))
        counts.append(sum(shares))
    weights = _fitted(
        np.array(at), np.array(of), np.array(group), np.array(meant), np.array(counts), len(index)
    )
    learned = {sign: round(float(weights[i]), _DIGITS) for sign, i in index.items()}
    return {sign: w for sign, w in learned.items() if abs(w) > 0.03}


def _merged(rows: Iterable[Example]) -> Iterator[tuple[Example, list[float]]]:
    """Yield the examples with what each place counts; pairs of towns of one country are one example."""
    pairs: dict[tuple[str, ...], tuple[Example, list[float]]] = {}
    for row in rows:
        shares = [0.0] * len(row.signs)
        if row.name:
            shares[row.meant] = row.counts
            yield row, shares
        else:
            key = tuple(sign for signs in row.signs[:2] for sign in signs)
            pairs.setdefault(key, (row, shares))[1][row.meant] += row.counts
    yield from pairs.values()


def _fitted(
    at: NDArray[np.int64],
    of: NDArray[np.int64],
    group: NDArray[np.int64],
    meant: NDArray[np.float64],
    counts: NDArray[np.float64],
    size: int,
) -> NDArray[np.float64]:
    """Fit a choice among the bearers of each name (softmax), held to small weights, by Adam."""
    weights, mean, square = (np.zeros(size) for _ in range(3))
    for step in range(1, _STEPS + 1):
        score = np.exp(np.clip(np.bincount(of, weights[at], len(group)), -30, 30))
        chance = score / np.bincount(group, score)[group]
        off = (chance - meant) * counts[group]
        slope = (np.bincount(at, off[of], size) + _HELD * weights) / counts.sum()
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= _RATE * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", help="PAGES GOLD [PAGES GOLD ...]")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    chain = Chain(last=Stage.RECOGNISE)
    rows = [row for known in annotated(args.folders) for row in examples(chain, known)]
    total: Counter[tuple[bool, str]] = Counter()
    for folder in dict.fromkeys(row.folder for row in rows):
        weights = learn(row for row in rows if row.folder != folder)
        count: Counter[tuple[bool, str]] = Counter()
        for row in (r for r in rows if r.folder == folder and r.name):
            at = chosen(row.signs, weights)
            count[row.told, "all"] += 1
            count[row.told, "weight"] += row.meant == 0
            count[row.told, "signs"] += row.meant == at
            if args.show and (at or row.meant):
                mark = "GAIN" if at == row.meant else "LOSS" if row.meant == 0 else "MISS"
                first, best, right = (row.countries[i] for i in (0, at, row.meant))
                told = "(told)" if row.told else ""
                print(f"   {mark} {row.name} {first} -> {best} is {right} {told} {row.page.split('/')[-1]}")
        total += count
        print(f"{folder:35} {_line(count)}", flush=True)
    print(f"{'all':35} {_line(total)}")
    if args.write:
        replace_file(FILE, table(learn(rows), len({row.page for row in rows}), "namesakes"))
    return 0


def _line(count: Counter[tuple[bool, str]]) -> str:
    return "; ".join(
        f"{'told' if told else 'untold'}: {count[told, 'all']}, by weight {count[told, 'weight']}, "
        f"by signs {count[told, 'signs']}"
        for told in (False, True)
    )


if __name__ == "__main__":
    sys.exit(main())
