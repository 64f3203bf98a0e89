"""Names in the credits of photographs (Foto: Stadt/J. Krause) and in bylines (3. Mai 2021, von Jan Voss)."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon import all_words, opening_with
from pipeline.model import Block
from pipeline.recognise.names import Span, is_given, names_house, read_name

_REACH = 60
_PART = re.compile(r"[^/|,;()\n]{1,50}")
_STAMP = re.compile(r"(?:\d{4}|Uhr|[|·–]|\d\s?[ap]m)[,|·–\s]{0,4}$")
_END = re.compile(r"\s?(?:[|·,–\n\d]|$)")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    credit = opening_with([*(f"{word}:" for word in all_words("titles", "credits")), "©"])
    return re.compile(rf"{credit}\s?"), re.compile(rf"{opening_with(all_words('titles', 'by'))}\s")


@cache
def _nobody() -> tuple[str, ...]:
    return tuple(all_words("titles", "credit_not"))


def _person(text: str, start: int, end: int, block: Block, cuts: frozenset[int]) -> Span | None:
    span = read_name(text, start, end, block.lang, cuts)
    if span is None or span.start in cuts or any(w.lower().endswith(_nobody()) for w in span.words):
        return None
    if names_house(span.words[-1]):
        return None
    return span


def credited(text: str, block: Block, cuts: frozenset[int]) -> list[Span]:
    """Return the persons that credits and bylines of a block name.

    Args:
        text: The document's text.
        block: The block to read.
        cuts: Starts of place names.

    Returns:
        Names of two words, or one with an initial; one word alone only beside an agency and a slash.
    """
    credit, by = _patterns()
    found: list[Span] = []
    for match in credit.finditer(text, block.start, block.end):
        stop = min(block.end, match.end() + _REACH)
        for part in _PART.finditer(text, match.end(), stop):
            if part.start() > match.end() and text[part.start() - 1] != "/":
                break
            start = part.start() + len(part.group()) - len(part.group().lstrip())
            span = _person(text, start, part.end(), block, cuts)
            if span is None or text[span.end : part.end()].strip(" ."):
                continue
            known = len(span.words) > 1 and (is_given(span.words[0]) or span.words[0].endswith("."))
            if known or (text[span.start - 2 : span.start].strip().endswith("/") and len(span.words) < 3):
                found.append(span)
    for match in by.finditer(text, block.start, block.end):
        opens = match.start() == block.start or _STAMP.search(
            text, max(block.start, match.start() - 12), match.start()
        )
        span = _person(text, match.end(), block.end, block, cuts) if opens else None
        if span and len(span.words) > 1 and _END.match(text, span.end, block.end):
            found.append(span)
    return found
