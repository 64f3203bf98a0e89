"""Learns how much each sign says of which town is a mayor's.

    python -m training.mayor_towns PAGES GOLD [PAGES GOLD ...]

Reads annotated pages, asks for each mayor whose office names no town which of the candidates the annotation
gives, and writes the weights of a conditional logit to ``pipeline/extract/mayor_towns.toml``. The same pages
give the same file.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.clean import clean
from pipeline.evaluate.gold import GoldMayor, GoldPage, GoldPlace
from pipeline.evaluate.matching import fold, folded, same_place
from pipeline.extract.context import Context
from pipeline.extract.mayor_choice import NOBODY, Choice
from pipeline.extract.mayor_places import Towns
from pipeline.extract.office_holders import find_holders
from pipeline.extract.office_spans import Holder
from pipeline.gazetteer import load
from pipeline.model import Home, Mentions, Page, Place
from pipeline.recognise import Recogniser
from training.annotated import annotated

OUT = Path(__file__).parent.parent / "pipeline" / "extract" / "mayor_towns.toml"
# How strongly weights are drawn to nothing; signs that fewer mayors have are left out.
PULL = 0.03
RARE = 3
STEPS = 3000
RATE = 0.3
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
    "teaser home": -1.0,
    "opens from": 1.5,
    "country fits": 1.5,
    "country misfits": -1.0,
    "row": 2.0,
    "row of column": 4.0,
    "only of its country": 0.5,
    "region": -3.0,
    "heading": 1.0,
    "deputy home": 0.3,
    "deputy other": -0.3,
    "home under heading": -0.5,
    "lead": 2.5,
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
    "title fits": 1.5,
    "title misfits": -1.0,
    "origin": -1.0,
    "origin after": -1.0,
    "our side home": 2.5,
    "our side other": -1.0,
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
}

Example = tuple[list[set[str]], int]
"""The signs of each candidate, and the number of the right one."""


def _same_town(gold: GoldPlace, place: Place) -> bool:
    return same_place(gold, folded([place.name]), place.country)


def _town(gold: Sequence[GoldMayor], person: str, options: list[Place]) -> int | None:
    """Return which of the places is the town of a person, -1 where the person is no mayor."""
    words = fold(person).split()
    mine = [g for g in gold if words and fold(g.person).split()[-1] == words[-1]]
    if not mine:
        return -1
    fits = [n for n, place in enumerate(options) if any(_same_town(g.city, place) for g in mine)]
    return fits[0] if len(fits) == 1 else None


def examples(mentions: Mentions, gold: GoldPage) -> list[Example]:
    """Return what one page teaches; who is seated beside is taken from the annotation."""
    context = Context(mentions)
    towns, choice = Towns(context), Choice(context)
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
        right = _town(gold.mayors, holder.person.name, [place for place, _ in options])
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


def learn(data: list[Example]) -> dict[str, float]:
    """Return the weights under which the right candidates are the likeliest."""
    counts: dict[str, int] = {}
    for options, _ in data:
        for sign in set().union(*options):
            counts[sign] = counts.get(sign, 0) + 1
    names = sorted({sign for sign, count in counts.items() if count >= RARE} | set(PRIOR))
    weights = {name: PRIOR.get(name, 0.0) for name in names}
    for _ in range(STEPS):
        slope = {name: PULL * (PRIOR.get(name, 0.0) - weights[name]) for name in names}
        for options, right in data:
            scores = [sum(weights.get(s, 0.0) for s in sorted(o)) for o in options]
            top = max(scores)
            shares = [math.exp(s - top) for s in scores]
            whole = sum(shares)
            for number, signs in enumerate(options):
                error = (number == right) - shares[number] / whole
                for sign in signs:
                    if sign in slope:
                        slope[sign] += error / len(data) * 4
        for name in names:
            weights[name] += RATE * slope[name]
    return weights


def main(arguments: list[str]) -> None:
    """Learn from folders of pages and of their annotations, given in pairs."""
    recogniser = Recogniser()
    data: list[Example] = []
    for one in annotated(arguments):
        data += examples(_mentions(recogniser, one.page, one.gold), one.gold)
    found = learn(data)
    right = sum(max(range(len(o)), key=lambda n: sum(found.get(s, 0.0) for s in o[n])) == r for o, r in data)
    lines = [f'"{name}" = {value:.2f}' for name, value in sorted(found.items())]
    head = "# What the signs of a town weigh; learned, see training/mayor_towns.py.\n\n[weights]\n"
    OUT.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(data)} mayors, {right} right")


if __name__ == "__main__":
    main(sys.argv[1:])
