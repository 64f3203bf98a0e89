"""What the model sees of each token: its letters, and whether lists know it as a place or a given name.

The model is trained with these features, so a change here asks for a new training (``make model``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import numpy as np
from spacy.attrs import NORM, PREFIX, SHAPE, SUFFIX
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc
from thinc.api import HashEmbed, Maxout, Model, chain, concatenate, list2ragged, ragged2list, with_array
from thinc.types import Floats2d

from pipeline.gazetteer import WORD, Gazetteer, match_country
from pipeline.gazetteer import load as load_gazetteer
from pipeline.recognise.names import is_given

ARCHITECTURE = "twintown.NameEmbed.v1"
# Columns of a token: spaCy's own, then ours. Each is embedded in a table of (width, rows).
SPACY_COLUMNS = (NORM, PREFIX, SUFFIX, SHAPE)
START, END, PLACE, GIVEN = range(4, 8)
COLUMNS = 8
_START_LENGTH, _END_LENGTH = 4, 5
_TOWN_SIZES = (3_000, 20_000, 100_000)
_MOST_WORDS = 6
# Kinds of a place feature; a town's kind is its size class, 0 to 3.
_NONE, _COUNTRY, _ADJECTIVE, _REGION = 0, 2, 3, 4
_TOWN = 10
_AMBIGUOUS = 10
_GENITIVE = 40
_NOT_GIVEN, _GIVEN = 1, 2
# The lists are hidden from training in this share of the sentences, of the names in the rest.
_HIDE_ALL, _HIDE_ONE = 0.08, 0.08


def name_embed(width: int, columns: list[list[int]], seed: int) -> Model[list[Doc], list[Floats2d]]:
    """Return the embedding layer.

    Args:
        width: Numbers that a token becomes.
        columns: Width and rows of the hashed table of each column (``COLUMNS`` of them).
        seed: Of the hash functions, and of what is hidden in training.
    """
    tables: list[Model[Any, Any]] = [
        HashEmbed(nO=size, nV=rows, column=column, seed=seed + column, dropout=0.0)
        for column, (size, rows) in enumerate(columns)
    ]
    mix: Model[Any, Any] = with_array(
        Maxout(nO=width, nI=sum(size for size, _ in columns), nP=3, dropout=0.0, normalize=True)
    )
    model: Model[list[Doc], list[Floats2d]] = chain(
        _extractor(seed), list2ragged(), with_array(concatenate(*tables)), mix, ragged2list()
    )
    return model


def _extractor(seed: int) -> Model[list[Doc], Any]:
    chance = np.random.default_rng(seed)

    def forward(
        model: Model[list[Doc], Any], docs: list[Doc], is_train: bool
    ) -> tuple[Any, Callable[[Any], list[Doc]]]:
        columns = [_features(doc) for doc in docs]
        if is_train:
            for column in columns:
                hidden = chance.random(len(column)) < _HIDE_ONE
                if chance.random() < _HIDE_ALL:
                    hidden[:] = True
                column[hidden, PLACE] = _NONE
                column[hidden, GIVEN] = _NOT_GIVEN
        return columns, lambda _: []

    return Model("name_features", forward)


def _features(doc: Doc) -> np.ndarray[Any, np.dtype[np.uint64]]:
    table = np.zeros((len(doc), COLUMNS), dtype="uint64")
    table[:, : len(SPACY_COLUMNS)] = doc.to_array(list(SPACY_COLUMNS)).reshape(len(doc), -1)
    for i, token in enumerate(doc):
        table[i, START], table[i, END], table[i, GIVEN] = _of_word(token.text)
    starts = [token.idx for token in doc]
    for start, end, kind in _places(doc.text, doc.lang_):
        first = bisect_left(starts, start)
        last = bisect_left(starts, end)
        table[first:last, PLACE] = kind << 1 | 1
        table[first : first + 1, PLACE] = kind << 1
    return table


@lru_cache(maxsize=1 << 15)
def _of_word(word: str) -> tuple[int, int, int]:
    given = word[:1].isupper() and is_given(word)
    return (
        hash_string(word[:_START_LENGTH]),
        hash_string(word[-_END_LENGTH:]),
        _GIVEN if given else _NOT_GIVEN,
    )


def _places(text: str, lang: str) -> list[tuple[int, int, int]]:
    """Return start, end and kind of the names in a text that the gazetteer knows, left to right."""
    gazetteer = load_gazetteer()
    matches = list(WORD.finditer(text))
    words = [match.group() for match in matches]
    found = []
    i = 0
    while i < len(words):
        count, kind = _place(words, i, lang, gazetteer) if words[i][0].isupper() else (1, _NONE)
        if kind:
            found.append((matches[i].start(), matches[i + count - 1].end(), kind))
        i += count
    return found


def _place(words: list[str], i: int, lang: str, gazetteer: Gazetteer) -> tuple[int, int]:
    """Return how many words from ``i`` are a place, and its kind."""
    towns = gazetteer.match(words, i, _MOST_WORDS)
    country = match_country(words, i, lang) if lang in ("de", "en") else None
    if country is not None and country[0] >= towns:
        count, hit = country
        return count, _ADJECTIVE if hit.form == "adjective" else _REGION if hit.region else _COUNTRY
    if towns:
        return towns, _kind(" ".join(words[i : i + towns]))
    stem = _stem(words[i])
    if stem and gazetteer.match([stem], 0, 1):
        return 1, _GENITIVE + _kind(stem)
    return 1, _NONE


@lru_cache(maxsize=1 << 15)
def _kind(name: str) -> int:
    """Return the kind of a town's name: the size of the largest place that bears it as a main name."""
    candidates = load_gazetteer().candidates(name)
    if not candidates:
        return _NONE
    main = next((c for c in candidates if c.main), None)
    size = bisect_left(_TOWN_SIZES, (main or candidates[0]).place.population) + (0 if main else 4)
    return _TOWN + size + (_AMBIGUOUS if candidates[0].needs_context else 0)


def _stem(word: str) -> str:
    """Return a word without the ending of a genitive or of a German adjective of a town, or nothing."""
    for ending in ("'s", "’s", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word[: -len(ending)]
    return word[:-2] if word.endswith("er") and len(word) > 5 else ""


@cache
def register() -> None:
    """Make the layer known to spaCy under ``ARCHITECTURE``."""
    from spacy.util import registry

    registry.architectures.register(ARCHITECTURE, func=name_embed)
