"""Names that are likely places by what stands around them, where no rule takes them for one.

A small model of our own weighs the signs of each capitalised name that is neither in the gazetteer nor shown
by grammar (or is in it, and may be another word): its spelling, the words beside it, its place in a list or
table, how it stands elsewhere on the page. ``likely_places.tsv`` has the weights.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.gazetteer import Gazetteer
from pipeline.gazetteer.not_names import initialled
from pipeline.gazetteer.scan import possessive
from pipeline.gazetteer.units import units
from pipeline.lexicon import LANGUAGES, load
from pipeline.model import Block, Document
from pipeline.recognise.place_signs import Around, office_words, signs_of
from pipeline.recognise.place_words import like_a_place
from pipeline.recognise.tongues import title_languages
from pipeline.tokens import Token
from pipeline.weights import load as weights_of

WEIGHTS = "likely_places.tsv"
BIAS = "bias"
LIKELY = 0.85
"""So likely must a name be to become a place, where it stands most likely as one."""
LEAST = 0.15
"""So likely must each of its other mentions be."""
_MORE = 0.5
"""What another likely mention counts for a name beside the likeliest, in log-odds."""
_KNOWN = 1.0
"""What counts for a name that the gazetteer knows beyond its signs, in log-odds: it is hardly made up."""
_MAX_WORDS = 4
_PARTING = {"in", "im", "and", "bei", "by", "zu", "zum"}
"""Small words that stand inside a few names, and between a name and another far more often."""
_WORD = -2.0


class Name(NamedTuple):
    """A name of tokens ``first`` to ``last`` (exclusive) of a block; ``text`` is without its genitive."""

    block: int
    first: int
    last: int
    text: str
    owns: bool = False


@cache
def _particles() -> frozenset[str]:
    inside = {w for lang in LANGUAGES for w in load(lang, "places")["particles"]} | {"do", "da", "dos"}
    return frozenset(inside - _PARTING)


@cache
def _never() -> frozenset[str]:
    keys = ("never", "landscapes")
    return frozenset(w for lang in LANGUAGES for key in keys for w in load(lang, "places")[key])


@cache
def _unit_words() -> frozenset[str]:
    return frozenset(units().after) | {"Borough", "Valley", "Island", "Islands", "Shire"}


def names_in(
    document: Document, block: Block, tokens: Sequence[Token], taken: Sequence[bool]
) -> Iterator[Name]:
    """Yield the capitalised names of a block, without words at their ends that are none of a name.

    ``taken`` tells of each token whether a place or country is there already.
    """
    particles = _particles()
    i = 0
    while i < len(tokens):
        if taken[i] or not _capital(tokens[i]):
            i += 1
            continue
        end = j = i + 1
        while j < len(tokens) and not taken[j] and (_capital(tokens[j]) or tokens[j].text in particles):
            if tokens[j].start - tokens[j - 1].end > 1:
                break
            j += 1
            end = j if _capital(tokens[j - 1]) else end
        inside = j > end and j < len(tokens) and taken[j]  # Vila do, where Porto is taken
        first, last = _trimmed(tokens, i, end, block.lang) if not inside else (i, i)
        name = document.text[tokens[first].start : tokens[last - 1].end] if first < last else ""
        bare = possessive(name) if block.lang == "en" and name[-1:] == "s" else name
        titled = bool(name) and bool(title_languages(tokens[first].text))  # Monsieur Le Bihan
        other = titled or name in _never() or bare.casefold() in office_words()  # the Provost's Office
        other = other or (bool(name) and initialled(tokens, first, last, 0))  # A. Rufer
        if name and last - first <= _MAX_WORDS and not other:
            yield Name(block.index, first, last, bare, owns=bare != name)
        i = end


def _capital(token: Token) -> bool:
    return token.text[0].isupper() and not token.text.isupper()


def _trimmed(tokens: Sequence[Token], first: int, last: int, lang: str) -> tuple[int, int]:
    """Return the part of a run of capitalised words that is spelt like names."""
    while first < last and (like_a_place(tokens[first].text, lang) < _WORD or not _capital(tokens[first])):
        first += 1
    while last > first and not (
        _capital(tokens[last - 1])
        and (
            like_a_place(tokens[last - 1].text, lang) >= _WORD
            or (tokens[last - 1].text in _unit_words() and last - first > 1)
        )
    ):
        last -= 1
    return first, last


def likely_names(around: Around, gazetteer: Gazetteer) -> Iterator[Name]:
    """Yield the names of a page that are likely places, and are not taken for places yet."""
    weights = load_weights()
    found = [(n, weighed(s, weights)) for n, s in signed_names(around, gazetteer)]
    likely = likely_texts((name.text, odds) for name, odds in found)
    least = math.log(LEAST / (1 - LEAST))
    yield from (name for name, odds in found if name.text in likely and odds >= least)


def likely_texts(found: Iterable[tuple[str, float]]) -> frozenset[str]:
    """Return the names that are likely places by all their mentions, from each mention's log-odds."""
    mentions: dict[str, list[float]] = {}
    for text, odds in found:
        mentions.setdefault(text, []).append(odds)
    needed = math.log(LIKELY / (1 - LIKELY))
    return frozenset(
        text
        for text, odds in mentions.items()
        if (best := max(odds)) + _MORE * (sum(max(0.0, o) for o in odds) - max(0.0, best)) >= needed
    )


def signed_names(around: Around, gazetteer: Gazetteer) -> Iterator[tuple[Name, list[str]]]:
    """Yield the names of a page that may be places, each with its signs."""
    document = around.document
    for block in document.blocks:
        words = around.tokens[block.index]
        if not words:
            continue
        for name in names_in(document, block, words, around.taken[block.index]):
            yield name, signs_of(around, block, name.first, name.last, name.text, gazetteer)


def log_odds(signs: Sequence[str], weights: Mapping[str, float]) -> float:
    """Return how likely a name of these signs is a place, in log-odds."""
    return weights[BIAS] + sum(weights.get(sign, 0.0) for sign in signs)


def weighed(signs: Sequence[str], weights: Mapping[str, float]) -> float:
    """Return what is compared with ``LIKELY``: the log-odds, less strict on names of the gazetteer."""
    known = any(sign.startswith("known") for sign in signs)
    return log_odds(signs, weights) + (_KNOWN if known else 0.0)


def load_weights() -> dict[str, float]:
    """Return the weights that the package ships: sign -> weight, in log-odds."""
    return weights_of(__package__, WEIGHTS)
