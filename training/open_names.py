"""Names of the gazetteer in openly licensed sentences, each with whether its annotators call it a place.

The sentences tell what annotated pages cannot: which capitalised names of the gazetteer are no places. They
are read as the paragraphs of small pages.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from pipeline.gazetteer.gazetteer import load as gazetteer
from pipeline.gazetteer.scan import scan
from pipeline.model import Block, BlockKind, Document
from pipeline.recognise.likely_places import signed_names
from pipeline.recognise.place_signs import Around
from pipeline.recognise.places import find_names
from pipeline.tokens import tokenise
from training.convert import Sentence, entities, read

FILES = ("de-germeval14-train.conll.xz", "en-wikigold.conll.xz", "en-btc.conll.xz")
_SENTENCES = 6
"""So many sentences make a page."""
_CLOSING = frozenset(".,;:!?)]»”%…") | {"'s", "’s", "n't", "'"}
_OPENING = frozenset("([„«")


class OpenName(NamedTuple):
    """A name, its signs, whether it is a place, the page that it is on, and the words around it."""

    page: str
    text: str
    signs: Sequence[str]
    place: bool
    told: str


def open_names(folder: Path) -> Iterator[OpenName]:
    """Yield the names of the gazetteer that no rule takes for places.

    Raises:
        OSError: A file is missing in the folder.
    """
    for file in FILES:
        sentences = read(folder / file)
        random.Random(file).shuffle(sentences)  # neighbours in these files have nothing to do with each other
        for number in range(0, len(sentences), _SENTENCES):
            own = sentences[number : number + _SENTENCES]
            yield from _names(own, f"{file}-{number}")


def _names(sentences: Sequence[Sentence], page: str) -> Iterator[OpenName]:
    document, labels = _document(sentences, page)
    around = _around(document)
    for name, signs in signed_names(around, gazetteer()):
        start = around.tokens[name.block][name.first].start
        if not gazetteer().candidates(name.text):
            continue
        end = start + len(name.text)
        over = [(s, e, label) for s, e, label in labels if s < end and e > start]
        if any(label == "LOC" and (s > start or e != end) for s, e, label in over):
            continue  # part of a place's name
        place = any(label == "LOC" for _, _, label in over)
        words = document.text[max(0, start - 50) : end + 40].replace("\n", " / ")
        yield OpenName(page, name.text, signs, place, words)


def _around(document: Document) -> Around:
    """Return a page with what the rules alone, without scorers, find on it."""
    with patch("pipeline.recognise.places.likely_names", return_value=()):
        named = find_names(document)
    taken = sorted([(r.start, r.end) for r in named.raws] + [(c.start, c.end) for c in named.countries])
    tokens = [tokenise(document.text, b.start, b.end) for b in document.blocks]
    hits = [scan(tokens[b.index], gazetteer(), b.lang) for b in document.blocks]
    return Around(document, tokens, taken, hits)


def _document(sentences: Sequence[Sentence], page: str) -> tuple[Document, list[tuple[int, int, str]]]:
    """Return sentences as a page's paragraphs, and where the entities stand in it."""
    text, blocks, labels = "", [], []
    for index, sentence in enumerate(sentences):
        text += "\n" if index else ""
        start = len(text)
        spans = []
        glued = True
        for word in sentence.words:
            text += "" if glued or word in _CLOSING else " "
            spans.append((len(text), len(text) + len(word)))
            text += word
            glued = word in _OPENING
        labels += [(spans[e.start][0], spans[e.end - 1][1], e.label) for e in entities(sentence.tags)]
        blocks.append(Block(index, BlockKind.PARAGRAPH, start, len(text), sentence.lang, (), index))
    lang = sentences[0].lang
    return Document("d", page, "0" * 64, text, tuple(blocks), (), "", lang, None), labels
