"""What the readers of HTML and of plain text hand to ``freeze``: drafts of blocks, and borders."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from pipeline.clean.vocabulary import keeps, vocabulary
from pipeline.model import BlockKind
from pipeline.read.decode import tidy

# Soft hyphen, zero-width spaces and joiners, byte order mark: a reader sees none of them.
_UNSEEN = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
_BULLET = re.compile(r"(?:[-*•·–▪‣◦»›]|\d{1,2}[.)])\s+(?=\S)")

_BESIDE_MAX = 400


class Border(Enum):
    """A border between sections: a scope opens or closes, a section element ends, a rule, "back to top"."""

    OPEN = "open"
    CLOSE = "close"
    END = "end"
    RULE = "rule"
    TOP = "top"


@dataclass(slots=True)
class Draft:
    """A block to be.

    ``level`` of a heading is 1 to 6, or -1, -2 for one that is so many levels below the last real
    heading. ``lead`` is the length of a bold opening. ``cell`` is (number of the table, number of the
    cell in it). ``lang`` is what the page declares, or empty. ``beside`` marks a line of a teaser.
    """

    kind: BlockKind
    text: str
    level: int = 0
    group: int = -1
    lead: int = 0
    lang: str = ""
    cell: tuple[int, int] | None = None
    row: int = -1
    beside: bool = False


@dataclass(slots=True)
class TableDraft:
    """A table to be; ``grid`` holds cell numbers (see ``Draft.cell``), -1 where there is none."""

    grid: list[list[int]]
    header_rows: list[int]
    header_column: bool = False
    caption: Draft | None = None


@dataclass(slots=True)
class Drafts:
    """All blocks and borders of a page in reading order, and its tables."""

    items: list[Draft | Border] = field(default_factory=list)
    tables: list[TableDraft] = field(default_factory=list)
    groups: int = 0

    def add_beside(self, texts: Iterable[str]) -> None:
        """Add lines from around the content that name people in office, each once, behind all others."""
        for text in dict.fromkeys(texts):
            if (
                text.count(" ") > 2
                and len(text) <= _BESIDE_MAX
                and vocabulary().offices.search(text)
                and not keeps(text)
            ):
                self.items.append(Draft(BlockKind.PARAGRAPH, text, beside=True))

    def new_group(self) -> int:
        """Return the number of a new list."""
        self.groups += 1
        return self.groups - 1


def fold(text: str) -> str:
    """Return a text as a reader sees it: one space between words, nothing unseen, NFC."""
    return " ".join(unicodedata.normalize("NFC", tidy(text).translate(_UNSEEN)).split())


def bullet(line: str) -> int:
    """Return the length of the list mark that a line begins with, or 0."""
    found = _BULLET.match(line)
    return found.end() if found else 0
