"""Tokens of a stretch of text, with offsets."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?:St|Ste|Skt|Sta|Sto)\."  # the saint's abbreviation belongs to the name
    r"|[^\W\d_]+(?:[-‑'’`´][^\W\d_]+)*"  # words, with inner hyphens and apostrophes
    r"|\d+(?:[.,]\d+)*"  # numbers
    r"|[^\w\s]"  # anything else, one by one
    r"|_+"
)


class Token(NamedTuple):
    """A word, a number or a mark; offsets are into the document's text."""

    start: int
    end: int
    text: str

    @property
    def is_word(self) -> bool:
        """Whether it starts with a letter."""
        return self.text[:1].isalpha()


_new = tuple.__new__


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Split ``text[start:end]`` into tokens whose offsets count from the beginning of ``text``."""
    stop = len(text) if end is None else end
    # Half the time of Token(...), on what is done for every word of a page.
    return [_new(Token, (*m.span(), m[0])) for m in _TOKEN.finditer(text, start, stop)]
