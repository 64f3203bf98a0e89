"""Learn how a word is spelt that is (part of) a place's name, rather than another word or a person's name.

    python -m training.place_words NER_DATA [--write]

Learns from the words of open data sets (those of ``training/convert.py`` but for the share-alike one) and
from the gazetteer's names. A tenth of the words is kept aside and tells how well it goes.
"""

from __future__ import annotations

import argparse
import math
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.disk import replace_file
from pipeline.gazetteer import ordinary_words
from pipeline.gazetteer.fold import fold
from pipeline.gazetteer.gazetteer import load as gazetteer
from pipeline.lexicon import LANGUAGES, load
from pipeline.recognise.place_words import BIAS, WEIGHTS, spelling
from pipeline.tokens import tokenise
from training.convert import read

FILE = Path(__file__).parents[1] / "pipeline" / "recognise" / WEIGHTS
SETS = {
    "de": ("de-germeval14-train", "de-germeval14-dev"),
    "en": ("en-wikigold", "en-btc"),
}
# Countries whose towns stand on our pages, and how many names of each are learned.
COUNTRIES = {
    "DE": 7000, "FR": 5000, "GB": 4000, "IT": 2500, "PL": 2500, "US": 2000, "AT": 1500, "CH": 1000,
    "CZ": 1000, "HU": 1000, "NL": 700, "BE": 700, "ES": 1000, "PT": 400, "JP": 1500, "CN": 1000,
    "RU": 800, "UA": 800,
    "IE": 600, "DK": 300, "SE": 300, "NO": 300, "FI": 300, "EE": 200, "LV": 200, "LT": 200, "SK": 400,
    "SI": 200, "HR": 300, "RS": 300, "RO": 600, "BG": 300, "GR": 400, "TR": 600, "IL": 300, "CA": 600,
    "AU": 600, "NZ": 400, "MX": 500, "NI": 100, "BR": 300, "TZ": 200, "GH": 150, "KE": 100, "IN": 300,
    "KR": 200, "GE": 100, "AM": 80, "BY": 200, "PS": 80, "TN": 80, "MA": 80, "SN": 80, "BF": 80,
}  # fmt: skip
FEWEST = 3
"""A feature of fewer words is not learned."""
_KNOWN_OTHER = 4
"""So often must a word stand in the data as no place to be remembered as a whole."""
_LEAST = 0.25
_HELD = 0.15
_STEPS = 300
_RATE = 0.05


def words_of(folder: Path, lang: str) -> tuple[Counter[str], Counter[str]]:
    """Return the capitalised words that are (parts of) places, and the others, as often as they stand."""
    places: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for name in SETS[lang]:
        for sentence in read(folder / f"{name}.conll.xz"):
            for i, (word, tag) in enumerate(zip(sentence.words, sentence.tags, strict=True)):
                if len(word) < FEWEST or not word[0].isupper() or not word[1:2].islower():
                    continue
                if tag.endswith("LOC"):
                    places[word] += 1
                elif i or lang == "de":
                    others[word] += 1
    return places, others


def names(lang: str) -> list[str]:
    """Return words of the gazetteer's names, of each country so many, chosen by their checksum."""
    found: dict[str, list[str]] = {}
    index = gazetteer()
    for place in index.all_places():
        if place.country in COUNTRIES and fold(place.name) not in ordinary_words():
            found.setdefault(place.country, []).append(place.name)
    chosen: list[str] = []
    for country, most in COUNTRIES.items():
        own = sorted(set(found.get(country, ())), key=lambda n: zlib.crc32(n.encode()))
        chosen += own[:most]
    particles = {w for x in LANGUAGES for w in load(x, "places")["particles"]}
    words = (t.text for name in chosen for t in tokenise(name) if t.is_word and t.text not in particles)
    return [w for w in words if len(w) >= FEWEST and w[0].isupper() and fold(w) not in ordinary_words()]


def examples(folder: Path, lang: str) -> list[tuple[str, bool, float]]:
    """Return words, whether each is a place's, and what it counts."""
    places, others = words_of(folder, lang)
    given = {w for x in LANGUAGES for g in load(x, "names")["given"].values() for n in [g] for w in n.split()}
    found = [(w, True, 1 + math.log(n)) for w, n in places.items() if n > others[w]]
    found += [(w, False, 1 + math.log(n)) for w, n in others.items() if n > places[w]]
    found += [(w, False, 1.0) for w in given if w not in others and w not in places]
    known = {w for w, *_ in found}
    found += [(w, True, 0.5) for w in dict.fromkeys(names(lang)) if w not in known]
    return sorted(found)


def learn(rows: Sequence[tuple[str, bool, float]], remembered: Mapping[str, int]) -> dict[str, float]:
    """Return the weight of each feature of a word's spelling, in log-odds."""
    features = [spelling(word) for word, *_ in rows]
    counts = Counter(f for own in features for f in own)
    index = {f: i for i, f in enumerate([BIAS, *sorted(f for f, n in counts.items() if n >= FEWEST)])}
    for word in sorted(remembered):
        index.setdefault(f"={word}", len(index))
    at: list[int] = []
    row: list[int] = []
    for number, ((word, *_), own) in enumerate(zip(rows, features, strict=True)):
        mine = [0, *(index[f] for f in own if f in index)]
        if f"={word.lower()}" in index:
            mine.append(index[f"={word.lower()}"])
        at += mine
        row += [number] * len(mine)
    hits = np.array([hit for _, hit, _ in rows], float)
    counted = np.array([n for *_, n in rows])
    counted[hits > 0] *= counted[hits == 0].sum() / counted[hits > 0].sum()
    weights = _fitted(np.array(at), np.array(row), hits, counted, len(index))
    learned = {f: round(float(weights[i]), 1) for f, i in index.items()}
    return {f: w for f, w in learned.items() if f == BIAS or abs(w) >= _LEAST}


def _fitted(
    at: NDArray[np.int64],
    row: NDArray[np.int64],
    hits: NDArray[np.float64],
    counted: NDArray[np.float64],
    size: int,
) -> NDArray[np.float64]:
    weights, mean, square = (np.zeros(size) for _ in range(3))
    held_to = np.full(size, _HELD)
    held_to[0] = 0
    for step in range(1, _STEPS + 1):
        total = np.bincount(row, weights[at], len(hits))
        off = (1 / (1 + np.exp(-np.clip(total, -30, 30))) - hits) * counted
        slope = np.bincount(at, off[row], size) + held_to * (weights + 2 * np.sign(weights))
        slope /= 1000
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= _RATE * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def table(learned: Mapping[str, Mapping[str, float]]) -> str:
    """Return the data file of the weights: a feature, and its weight in each language."""
    head = "# Learned by training/place_words.py; not to be edited. Columns: spelling, " + ", ".join(learned)
    rows = sorted({f for weights in learned.values() for f in weights})
    lines = ("\t".join([f, *(f"{w.get(f, 0):g}" for w in learned.values())]) for f in rows)
    return "\n".join([head, *lines, ""])


def auc(rows: Iterable[tuple[str, bool, float]], weights: Mapping[str, float]) -> str:
    """Return the share of words judged rightly, places and others."""
    right: Counter[bool] = Counter()
    seen: Counter[bool] = Counter()
    for word, hit, _ in rows:
        total = weights[BIAS] + sum(weights.get(f, 0) for f in (*spelling(word), f"={word.lower()}"))
        seen[hit] += 1
        right[hit] += (total > 0) == hit
    share = {hit: f"{right[hit] / seen[hit]:.3f} of {seen[hit]}" for hit in (True, False)}
    return f"places {share[True]}, others {share[False]}"


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    learned = {}
    for lang in LANGUAGES:
        rows = examples(args.folder, lang)
        _, others = words_of(args.folder, lang)
        remembered = Counter(w.lower() for w, n in others.items() if n >= _KNOWN_OTHER)
        aside = [r for r in rows if zlib.crc32(r[0].encode()) % 10 == 0]
        kept = [r for r in rows if zlib.crc32(r[0].encode()) % 10]
        print(lang, len(rows), auc(aside, learn(kept, remembered)), flush=True)
        learned[lang] = learn(rows, remembered)
        print(lang, len(learned[lang]), "features")
    if args.write:
        replace_file(FILE, table(learned))
    return 0


if __name__ == "__main__":
    sys.exit(main())
