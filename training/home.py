"""Trains the weights of the signs that a place is the home of its page, from annotated and from short pages.

``python -m training.home PAGES GOLD [PAGES GOLD ...]`` prints how many homes are found when some folders in
turn are held out (of the passages: files), and writes the weights. ``homes.toml`` and the passages hold
made-up short pages, of which annotated pages have too few. Each annotated page is read again without what
stands around its content, without its title, and without both: what says whose page it is stands elsewhere
on the next page. A softmax over the places of a page, with Gaussian prior: the same pages give the same
weights.
"""

from __future__ import annotations

import argparse
import html
import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from pipeline import clean
from pipeline.evaluate.gold import GoldPlace
from pipeline.evaluate.matching import folded, names_of
from pipeline.gazetteer import load as load_gazetteer
from pipeline.lexicon import LANGUAGES
from pipeline.model import Page
from pipeline.read import read_bytes
from training.annotated import annotated
from training.passages import FOLDER, passages

OUT = Path(str(files(clean))) / "home_weights.json"
SHORT = Path(__file__).with_name("homes.toml")
WHOLE = Path(__file__).with_name("home_pages.toml")
_PRIOR = 0.0007  # of the weights' squares
_STEPS, _CLOSE = 20, 1e-4  # of Newton's method, and the last one's length
_COUNTS = {"annotated": 8.0, "whole": 8.0, "again": 2.0}  # what a page counts against a short one
_FOLDS = 8
# The parts of an annotated page that are left out when it is read again.
_AROUND = {"chrome": "", "publisher": ()}
_WITHOUT: tuple[dict[str, Any], ...] = (
    _AROUND,
    {"title": "", "headings": ()},
    {"title": "", "headings": (), **_AROUND},
)


class Sample(NamedTuple):
    """A page: the signs of its places, and which of them is the home; it is held out with its ``part``.

    ``linked`` says whether the home is found in its country.
    """

    page: str
    kind: str
    part: str
    signs: list[dict[str, float]]
    home: int
    linked: bool


class Short(NamedTuple):
    """A made-up page with the town whose page it is."""

    page: Page
    home: str
    country: str


def short_pages(path: Path = SHORT) -> Iterator[Short]:
    """Yield the made-up pages of a file, each with its home, and then with a title that says little."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for lang in LANGUAGES:
        plain = zip(data[lang], cycle(data[f"{lang}_titles"]), strict=False)
        again = [(title.format(case[2]), *case[1:]) for case, title in plain]
        for title, body, home, country in data[lang] + again:
            name = html.escape(title)
            head = f'<html lang="{lang}"><head><title>{name}</title></head>'
            text = f"{head}<body><main><h1>{name}</h1><p>{html.escape(body)}</p></main></body></html>"
            page = read_bytes(text.encode(), f"{title}.html")
            assert isinstance(page, Page)
            yield Short(page, home, country)


def whole_pages(path: Path = WHOLE) -> Iterator[Short]:
    """Yield the made-up pages of a file, with what stands around their content."""
    for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["page"], 1):
        name = html.escape(case["title"])
        text = (
            f'<html lang="{case["lang"]}"><head><title>{name}</title></head><body>'
            f"<header>{case['head']}</header><main><h1>{name}</h1>{case['body']}</main><footer>{case['foot']}</footer></body></html>"
        )
        page = read_bytes(text.encode(), f"whole-{number}.html")
        assert isinstance(page, Page)
        yield Short(page, case["home"], case["country"])


def sample(
    page: Page, kind: str, part: str, wanted: frozenset[str], country: str = "", **without: Any
) -> Sample | None:
    """Return the places of a page with their signs, or None where the home is not among them.

    ``without`` replaces parts of the page (``Texts``).
    """
    found = clean.home_candidates(page, **without)
    names = sorted(found.signs)
    for at, candidate in enumerate(names):
        place = found.link(candidate)
        best = load_gazetteer().candidates(candidate)[:1]
        if folded([candidate, place.name, *(c.place.name for c in best)]) & wanted:
            linked = country in ("", place.country)
            return Sample(page.source, kind, part, [dict(found.signs[n]) for n in names], at, linked)
    return None


def _wanted(home: GoldPlace | None) -> frozenset[str]:
    return names_of(home) if home else frozenset()


def _country(home: GoldPlace | None) -> str:
    return home.country if home else ""


def samples_of(folders: Sequence[str]) -> list[Sample | None]:
    """Return the annotated pages of some folders, the made-up pages and the passages; None: no home."""
    found: list[Sample | None] = []
    for one in annotated(folders):
        wanted, country = _wanted(one.gold.home), _country(one.gold.home)
        found.append(sample(one.page, "annotated", one.folder, wanted, country))
        for without in _WITHOUT:
            again = sample(one.page, "again", one.folder, wanted, country, **without)
            found += [again] if again else []
    found += [
        sample(one.page, kind, f"{kind} {i % _FOLDS}", folded([one.home]), one.country)
        for kind, pages in (("short", short_pages()), ("whole", whole_pages()))
        for i, one in enumerate(pages)
    ]
    for file in sorted(FOLDER.glob("*.toml")):
        for one in passages(file):
            found.append(sample(one.page, "passages", file.stem, _wanted(one.gold.home)))
    return found


def fit(samples: Sequence[Sample], signs: list[str]) -> np.ndarray:
    """Return the weights of the signs that make the homes likeliest, by Newton's method."""
    column = {sign: i for i, sign in enumerate(signs)}
    sizes = [len(s.signs) for s in samples]
    starts = np.cumsum([0, *sizes[:-1]])
    page = np.repeat(np.arange(len(samples)), sizes)  # of each place
    table = np.zeros((sum(sizes), len(signs)))
    for row, place in enumerate(place for s in samples for place in s.signs):
        for sign, value in place.items():
            table[row, column[sign]] = value
    counts = np.array([_COUNTS.get(s.kind, 1.0) for s in samples])
    counts /= counts.sum()
    homes = counts @ table[starts + np.array([s.home for s in samples])]
    weights = np.zeros(len(signs))
    for _ in range(_STEPS):
        odds = table @ weights
        chance = np.exp(odds - np.maximum.reduceat(odds, starts)[page])
        chance /= np.add.reduceat(chance, starts)[page]
        mean = np.add.reduceat(table * chance[:, None], starts, axis=0)  # the signs of a page's likely home
        slope = counts @ mean - homes + _PRIOR * weights
        bend = (table * (chance * counts[page])[:, None]).T @ table - (mean * counts[:, None]).T @ mean
        step = np.linalg.solve(bend + _PRIOR * np.eye(len(signs)), slope)
        weights = weights - step
        if np.abs(step).max() < _CLOSE:
            break
    return weights


def right(s: Sample, signs: list[str], weights: np.ndarray) -> bool:
    """Whether the weights choose the home of a page."""
    scores = [
        sum(place.get(sign, 0.0) * w for sign, w in zip(signs, weights, strict=True)) for place in s.signs
    ]
    return int(np.argmax(scores)) == s.home


def _folds(samples: Sequence[Sample]) -> dict[str, int]:
    """Return with which others each folder or file is held out."""
    return {part: i % _FOLDS for i, part in enumerate(sorted({s.part for s in samples}))}


def main() -> None:
    """Train, say how good it is, and write the weights."""
    parser = argparse.ArgumentParser(description="Train the weights of the signs of a home.")
    parser.add_argument("folders", nargs="+", help="PAGES GOLD pairs")
    options = parser.parse_args()
    found = samples_of(options.folders)
    samples = [s for s in found if s is not None]
    signs = sorted({sign for s in samples for place in s.signs for sign in place})
    held: Counter[str] = Counter()
    folds = _folds(samples)
    for fold in range(_FOLDS):
        weights = fit([s for s in samples if folds[s.part] != fold], signs)
        for s in samples:
            if folds[s.part] == fold and right(s, signs, weights):
                held[s.kind] += 1
            elif folds[s.part] == fold and s.kind == "annotated":
                print(f"wrong by the weights of other folders: {s.page}")
    for kind in sorted(held):
        those = [s for s in samples if s.kind == kind]
        told = "" if kind == "passages" else f", {sum(s.linked for s in those)} in their country"
        print(f"{kind}: {held[kind]} of {len(those)} homes found by weights of the other folders{told}")
    print(f"{len(found) - len(samples)} pages whose home is no candidate")
    weights = fit(samples, signs)
    print(f"{sum(right(s, signs, weights) for s in samples)} of {len(samples)} by weights of all")
    about = "Made by training/home.py; the larger, the more a sign tells of a home."
    written = {
        "about": about,
        "weights": {s: round(float(w), 3) for s, w in zip(signs, weights, strict=True)},
    }
    OUT.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
