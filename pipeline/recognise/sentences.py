"""Sentences of a document; none crosses a block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.lexicon import load
from pipeline.model import Document, Sentence

# An end mark, closing quotes or brackets, white space; what follows decides.
_END = re.compile(r"(?:[.!?…]|\.{3})[\"'”“»›’)\]]{0,3}\s+(?=[\"'„“”«‚‘(\[–—-]{0,2}\s?[^\W_])")
_LONGEST = 1_500
_WORD_BEFORE = re.compile(r"([^\W_]+)\.$")


@cache
def _abbreviations(lang: str) -> tuple[frozenset[str], bool]:
    data = load(lang, "abbreviations")
    return frozenset(data["words"]), bool(data["ordinals"])


def _ends(text: str, start: int, mark_end: int, following: str, lang: str) -> bool:
    """Whether the full stop before ``mark_end`` ends a sentence."""
    if following.islower():
        return False
    head = text[max(start, mark_end - 24) : mark_end].rstrip()
    match = _WORD_BEFORE.search(head)
    if match is None:
        return True
    word = match.group(1)
    words, ordinals = _abbreviations(lang)
    if word.isdigit():
        return not (ordinals and len(word) <= 2)
    if len(word) == 1 and word.isalpha():  # initials: M. E. Sensenbrenner
        return False
    if word.isupper() and len(word) <= 4 and set(word) <= set("IVX"):  # Karl IV., 4. X. 1953
        return False
    return word.casefold() not in words


def split(text: str, start: int, end: int, lang: str) -> list[tuple[int, int]]:
    """Return the (start, end) of the sentences in ``text[start:end]``, white space trimmed."""
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, end):
        following = text[match.end() : match.end() + 3].lstrip("\"'„“”«‚‘([–— -")[:1]
        if _ends(text, begin, match.end(), following or "A", lang):
            spans.append((begin, begin + len(text[begin : match.end()].rstrip())))
            begin = match.end()
    if begin < end:
        spans.append((begin, end))
    return [piece for span in spans for piece in _pieces(text, *span)]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence, one that is longer than any writer's in pieces: what reads it looks at all pairs."""
    while end - start > _LONGEST:
        cut = max(
            text.rfind(", ", start, start + _LONGEST) + 1, text.rfind("; ", start, start + _LONGEST) + 1
        )
        cut = cut if cut > start else text.rfind(" ", start, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut + (text[cut : cut + 1] == " ")
    if start < end:
        yield start, end


def find_sentences(document: Document) -> tuple[Sentence, ...]:
    """Return all sentences of a document in order."""
    return tuple(
        Sentence(start, end, block.index)
        for block in document.blocks
        for start, end in split(document.text, block.start, block.end, block.lang)
    )
