"""Learns how much each sign says of which town is a mayor's.

    python -m training.mayor_towns PAGES GOLD [PAGES GOLD ...]

Reads annotated pages, and our own passages, asks for each mayor whose office names no town which of the
candidates the annotation gives, and writes the weights of a conditional logit to
``pipeline/extract/mayor_towns.toml``. Prints how the weights do on each folder when they are learned from all
the others. The same pages give the same file.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from pipeline.clean import clean
from pipeline.evaluate.gold import GoldMayor, GoldPage, GoldPlace
from pipeline.evaluate.matching import fold, folded, same_place
from pipeline.extract.context import Context
from pipeline.extract.mayor_choice import NOBODY, Choice, score
from pipeline.extract.mayor_places import Towns
from pipeline.extract.office_holders import find_holders
from pipeline.extract.office_spans import Holder
from pipeline.extract.partnerships import extract_partnerships
from pipeline.gazetteer import load
from pipeline.model import Home, Mentions, Page, Place
from pipeline.recognise import Recogniser
from training.annotated import Annotated, annotated
from training.passages import FOLDER, passages

OUT = Path(__file__).parent.parent / "pipeline" / "extract" / "mayor_towns.toml"
# How strongly weights are drawn to nothing; signs that fewer mayors have are left out.
PULL = 0.01
RARE = 3
# What a mayor of a passage counts against one of an annotated page, and one of a copy.
PASSAGE = 0.5
COPY = 0.5
COPIES = 2
# What share of the rules' results the copies of a page forget.
FORGOTTEN = 1 / 3
STEPS = 300
RATE = 0.05
# What words mean is known beforehand, though few pages show it: weights are drawn to these.
PRIOR = {
    "counterpart home": -1.5,
    "counterpart other": 0.5,
    "there home": -1.5,
    "there other": 0.5,
    "ours home": 1.5,
    "ours other": -0.5,
    "theirs home": -1.5,
    "taken beside": -4.0,
    "taken elsewhere": -0.5,
    "adjective": 0.5,
    "word fits": 1.0,
    "word misfits": -2.5,
    "name fits": 1.0,
    "name misfits": -1.0,
    "home has lord": -1.0,
    "teaser home": -0.5,
    "opens from": 1.5,
    "country fits": 1.5,
    "country misfits": -1.0,
    "row": 2.0,
    "row of column": 4.0,
    "only of its country": 0.5,
    "heading": 1.0,
    "deputy home": 0.3,
    "deputy other": -0.3,
    "home under heading": -0.5,
    "lead": 3.0,
    "host": 5.0,
    "hosts": 2.5,
    "in order": 1.0,
    "met home": -0.9,
    "met other": 0.5,
    "with": -1.0,
    "opens with": -1.0,
    "with after": -1.0,
    "to": -0.3,
    "to after": -0.3,
    "term": 1.5,
    "title fits": 2.5,
    "title misfits": -2.0,
    "origin": -1.0,
    "origin after": -1.0,
    "our side home": 2.5,
    "their side home": -2.5,
    "their side other": 0.7,
    "hosted home": -1.5,
    "hosted other": 0.5,
    "near": -2.0,
    "near after": -2.0,
    "named first home": 0.7,
    "named next home": -0.7,
    "head beside": 0.5,
    "taken now": -0.3,
    "stranger": -0.7,
    "guest home": -0.7,
    "guest other": 0.5,
    "journey home": 0.5,
    "us home": -0.3,
    "us other": 0.3,
    "teaser other": 0.5,
    "stands in home": 0.5,
    "taken then": -2.0,
    "sends": 2.0,
    "other meant there": 1.0,
    "tongue fits other": 1.0,
    "tongue misfits home": -3.0,
    "tongue fits home": 0.5,
    "tongue misfits other": -1.0,
    "heading only": 0.1,
    "heading only and home": 0.3,
    "subject": 1.0,
    "subject home": 0.5,
    "leads": 3.0,
    "party": 5.0,
    "round": 4.0,
    "round home": -1.5,
    "list of": 4.0,
    "predecessor home": 3.0,
    "predecessor other": -1.0,
    "guest acts": 4.0,
    "guests led home": -1.5,
    "guests led other": 1.5,
    "yours home": 0.5,
    "column ours home": 3.0,
    "column ours other": -3.0,
    "column theirs home": -2.0,
    "column theirs other": 1.5,
    "column signed home": 0.7,
    "column signed other": -0.3,
    "column repeats home": 2.0,
    "column repeats other": -2.0,
    "column of ours home": 2.0,
    "column of ours other": -2.0,
    "column of theirs home": -2.0,
    "column of theirs other": 1.0,
    "card": 3.0,
    "card unnamed": 0.5,
    "its first": 0.7,
    "its last": 0.7,
    "colon": 1.7,
    "visitor home": -1.5,
    "visitor other": 1.0,
    "clause from": 1.5,
    "label of heading": 1.5,
    "in turn": 0.7,
    "scene": 0.7,
    "scene home": 0.5,
    "partner nouns home": -2.0,
    "partner nouns other": 1.0,
    "own nouns home": 1.5,
    "our side other": -1.0,
}

Example = tuple[list[set[str]], int]
"""The signs of each candidate, and the number of the right one."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a page teaches, and how much that counts; ``whole`` unless it is a copy that forgets."""

    folder: str
    examples: Sequence[Example]
    weight: float
    whole: bool


def _same_town(gold: GoldPlace, place: Place, names: Iterable[str] = ()) -> bool:
    return same_place(gold, folded([place.name, *names]), place.country)


def _names(mentions: Mentions) -> dict[str, set[str]]:
    """Return the names that each place bears on a page, by the ids of the places."""
    found: dict[str, set[str]] = {}
    home = mentions.document.home
    if home is not None:
        found.setdefault(home.place.place_id, set()).add(home.surface)
    for mention in mentions.places:
        if mention.form == "name":
            surface = mentions.document.text[mention.start : mention.end]
            found.setdefault(mention.place.place_id, set()).add(surface)
    return found


def _town(
    gold: Sequence[GoldMayor], person: str, options: list[Place], names: Mapping[str, set[str]]
) -> int | None:
    """Return which of the places is the town of a person, -1 where the person is no mayor."""
    words = fold(person).split()
    mine = [g for g in gold if words and fold(g.person).split()[-1] == words[-1]]
    if not mine:
        return -1
    fits = [
        n
        for n, place in enumerate(options)
        if any(_same_town(g.city, place, names.get(place.place_id, ())) for g in mine)
    ]
    return fits[0] if len(fits) == 1 else None


def examples(mentions: Mentions, gold: GoldPage, chance: Random | None = None) -> list[Example]:
    """Return what one page teaches; who is seated beside is taken from the annotation.

    With ``chance`` some of the pairs that the rules found are forgotten: on a page that nobody has read they
    find fewer than on those they were made on.
    """
    context = Context(mentions)
    towns, names = Towns(context), _names(mentions)
    claims, _ = extract_partnerships(Context(mentions))
    pairs = [frozenset({c.a.place_id, c.b.place_id}) for c in claims]
    choice = Choice(context, frozenset(p for p in pairs if chance is None or chance.random() > FORGOTTEN))
    seated: list[tuple[Holder, Place]] = []
    unseated: list[Holder] = []
    for holder in find_holders(context):
        found = towns.named(holder) if holder.way != "heir" else None
        if found is not None:
            seated.append((holder, found.place))
        elif holder.way != "heir":
            unseated.append(holder)
    known = {holder.person.name for holder, _ in seated}
    result: list[Example] = []
    for holder in unseated:
        if holder.person.name in known:
            continue
        options = choice.options(holder, seated)
        right = _town(gold.mayors, holder.person.name, [place for place, _ in options], names)
        if right is None:
            continue
        signs = [signs for _, signs in options]
        result.append(([*signs, {NOBODY}], len(signs) if right < 0 else right))
        if right >= 0:
            seated.append((holder, options[right][0]))
    return result


def _mentions(recogniser: Recogniser, page: Page, gold: GoldPage) -> Mentions:
    """Recognise a page with its annotated home, so that finding the home does not bear on the weights."""
    document, given = clean(page), gold.home
    home = document.home
    if given is None:
        home = None
    elif home is None or not _same_town(given, home.place):
        home = Home(load().link(given.name, country=given.country), given.name, "annotated")
    return recogniser.recognise(replace(document, home=home))


def learn(samples: Sequence[Sample]) -> dict[str, float]:
    """Return the weights under which the right candidates are the likeliest."""
    data = [(options, right, s.weight) for s in samples for options, right in s.examples]
    counts = Counter(sign for options, _, _ in data for sign in set().union(*options))
    names = sorted({sign for sign, count in counts.items() if count >= RARE} | set(PRIOR))
    index = {name: number for number, name in enumerate(names)}
    rows = [(number, signs) for number, (options, _, _) in enumerate(data) for signs in options]
    matrix = np.zeros((len(rows), len(names)), np.float32)
    for row, (_, signs) in enumerate(rows):
        matrix[row, [index[sign] for sign in signs if sign in index]] = 1
    mayor = np.array([number for number, _ in rows])
    first = np.searchsorted(mayor, np.arange(len(data)))
    hits = np.zeros(len(rows), np.float32)
    hits[first + np.array([right for _, right, _ in data])] = 1
    counted = np.array([weight for _, _, weight in data], np.float32)
    return dict(zip(names, _fitted(matrix, hits, mayor, first, counted, names), strict=True))


def _fitted(
    matrix: NDArray[np.float32],
    hits: NDArray[np.float32],
    mayor: NDArray[np.int64],
    first: NDArray[np.int64],
    counted: NDArray[np.float32],
    names: Sequence[str],
) -> list[float]:
    """Fit a conditional logit, held to what is known beforehand, by gradient descent with momentum (Adam)."""
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    weights, mean, square = prior.copy(), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        scores = matrix @ weights.astype(np.float32)
        shares = np.exp(scores - np.maximum.reduceat(scores, first)[mayor])
        shares /= np.add.reduceat(shares, first)[mayor]
        slope = 4 * (matrix.T @ ((shares - hits) * counted[mayor])) / counted.sum() + PULL * (weights - prior)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= RATE * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return [round(float(weight), 2) for weight in weights]


def right(weights: dict[str, float], data: Sequence[Example]) -> int:
    """Return for how many mayors the weights choose the right candidate."""
    return sum(max(range(len(o)), key=lambda n: score(o[n], weights)) == r for o, r in data)


def samples(recogniser: Recogniser, known: Annotated, weight: float) -> list[Sample]:
    """Return what a page teaches, as it is, and as it would if some pairs were unknown."""
    mentions = _mentions(recogniser, known.page, known.gold)
    chances: tuple[Random | None, ...] = (None, *(Random(f"{known.gold.page} {n}") for n in range(COPIES)))
    weights = (weight, *(weight * COPY for _ in range(COPIES)))
    return [
        Sample(known.folder, examples(mentions, known.gold, chance), each, chance is None)
        for chance, each in zip(chances, weights, strict=True)
    ]


def main(arguments: list[str]) -> None:
    """Learn from folders of pages and of their annotations, given in pairs, and from our own passages."""
    recogniser = Recogniser()
    known = [(each, 1.0) for each in annotated(arguments)]
    known += [(each, PASSAGE) for file in sorted(FOLDER.glob("*.toml")) for each in passages(file)]
    data = [sample for each, weight in known for sample in samples(recogniser, each, weight)]
    for folder in dict.fromkeys(sample.folder for sample in data):
        weights = learn([sample for sample in data if sample.folder != folder])
        held = [e for sample in data if sample.folder == folder and sample.whole for e in sample.examples]
        print(f"{folder:40} {len(held):4} mayors, {right(weights, held):4} right when held out", flush=True)
    found = learn(data)
    lines = [f'"{name}" = {value:.2f}' for name, value in sorted(found.items())]
    head = "# What the signs of a town weigh; learned, see training/mayor_towns.py.\n\n[weights]\n"
    OUT.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    whole = [e for sample in data if sample.whole for e in sample.examples]
    print(f"{len(whole)} mayors, {right(found, whole)} right")


if __name__ == "__main__":
    main(sys.argv[1:])
