"""Which of the places that bear a name is meant, where no words beside it tell its country.

A small model of our own weighs the signs of the likeliest bearer in each country: its size and spelling,
which countries and places stand around the name, how often towns of the home's country have partners there,
and whose names and titles persons near it bear. ``namesakes.tsv`` has the weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.gazetteer import Candidate, Gazetteer
from pipeline.gazetteer.gazetteer import UNKNOWN_POPULATION, named_weight
from pipeline.model import CountryMention, Document, Place, PlaceMention
from pipeline.recognise.namesake_signs import Surroundings, signs_of
from pipeline.tokens import Token
from pipeline.weights import load as weights_of

WEIGHTS = "namesakes.tsv"
_MARGIN = 0.8
"""By so much, in log-odds, must another place be likelier than the one of most weight."""
_COUNTRIES = 8
_DWARFED = 10
"""A place of so many times less weight (``named_weight``) is not meant, whatever stands around."""


class Choice(NamedTuple):
    """A name, its mentions, the weightiest place of it in each country, and the signs of each of these.

    The place that is linked without signs comes first.
    """

    name: str
    mentions: Sequence[PlaceMention]
    places: Sequence[Place]
    signs: Sequence[Sequence[str]]


def by_signs(
    document: Document,
    tokens: Sequence[Sequence[Token]],
    mentions: Sequence[PlaceMention],
    countries: Sequence[CountryMention],
    asked: Mapping[int, str],
    gazetteer: Gazetteer,
) -> list[PlaceMention]:
    """Link the names that nothing tells apart as their signs say.

    Args:
        document: The page.
        tokens: The tokens of each block.
        mentions: The places found.
        countries: The countries found.
        asked: The names to be decided, by where they start.
        gazetteer: The places that bear a name.
    """
    weights = load_weights()
    meant: dict[str, Place] = {}
    for choice in choices(document, tokens, mentions, countries, asked, gazetteer):
        if at := chosen(choice.signs, weights):
            meant[choice.name] = choice.places[at]
    return [
        replace(m, place=meant[asked[m.start]])
        if asked.get(m.start) in meant and m.form != "adjective"
        else m
        for m in mentions
    ]


def chosen(rivals: Sequence[Sequence[str]], weights: Mapping[str, float]) -> int:
    """Return which bearer of a name is meant, by the signs of each; the first, if none is far ahead."""
    scores = [sum(weights.get(sign, 0.0) for sign in signs) for signs in rivals]
    best = max(range(len(scores)), key=lambda i: (scores[i], -i))
    return best if scores[best] >= scores[0] + _MARGIN else 0


def choices(
    document: Document,
    tokens: Sequence[Sequence[Token]],
    mentions: Sequence[PlaceMention],
    countries: Sequence[CountryMention],
    asked: Mapping[int, str],
    gazetteer: Gazetteer,
) -> Iterable[Choice]:
    """Yield each name of ``asked`` that places of several countries bear, with the signs of each of these."""
    named: dict[str, list[PlaceMention]] = {}
    for mention in mentions:
        if mention.start in asked and mention.form != "adjective":
            named.setdefault(asked[mention.start], []).append(mention)
    bearers = {name: _bearers(name, document, gazetteer) for name in named}
    open_names = {name for name, places in bearers.items() if len(places) > 1}
    if not open_names:
        return
    sure = [m for m in mentions if asked.get(m.start) not in open_names and m.place.country]
    around = Surroundings(document, tokens, mentions, sure, countries)
    for name in sorted(open_names):
        found = bearers[name]
        signs = [signs_of(around, name, named[name], candidate, found) for candidate in found]
        yield Choice(name, named[name], [c.place for c in found], signs)


def _bearers(name: str, document: Document, gazetteer: Gazetteer) -> list[Candidate]:
    """Return the weightiest place of a name in each country, the one that is linked without signs first."""
    home = document.home.place if document.home else None
    prefer = home.country if home else ""
    found: dict[str, Candidate] = {}
    candidates = gazetteer.candidates(name)
    for candidate in sorted(candidates, key=lambda c: -named_weight(c, name, prefer, UNKNOWN_POPULATION)):
        found.setdefault(candidate.place.country, candidate)
    first = gazetteer.link(name, near=home, prefer=prefer)
    kept = [c for c in candidates if c.place == first][:1]
    if not kept:
        return []
    least = named_weight(kept[0], name, prefer, UNKNOWN_POPULATION) / _DWARFED
    others = [
        c
        for country, c in found.items()
        if country != first.country
        and (c.main or not kept[0].main)
        and named_weight(c, name, prefer, UNKNOWN_POPULATION) >= least
    ]
    return [*kept, *others][:_COUNTRIES]


def load_weights() -> dict[str, float]:
    """Return the weights that the package ships: sign -> weight, in log-odds."""
    return weights_of(__package__, WEIGHTS)
