"""What stands beside a block: the label it is told under, and whether that label counts something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from pipeline.lexicon import any_of
from pipeline.model import Block, BlockKind, DateMention, Document

# A label is short; what is longer tells a story of its own.
_LONGEST_LABEL = 60
# One that is nothing but a date is shorter still, and this share of its letters and digits is the date.
_LONGEST_DATE = 40
_DATE_SHARE = 0.6
_STRUCTURAL = (BlockKind.HEADING, BlockKind.TERM)
# The year of a timeline, above the title of what happened then; a day there is that of a report.
_YEAR = re.compile(r"\b(?:1[5-9]|20)[0-9]{2}\b")
_TIMELINE = re.compile(r"\D*\b(?:1[5-9]|20)[0-9]{2}\b\D*")


def labels_of(document: Document) -> dict[int, list[int]]:
    """Return, for the blocks that have any, the blocks they may be labelled by, nearest first.

    A cell's labels are the short cells before it in its row; those of another block are the short block
    right above it (a term, a heading, the line of a timeline), the heading of its section, and the line with
    a year right above that heading.
    """
    found: dict[int, list[int]] = {}
    blocks = document.blocks
    for table in document.tables:
        for row in table.grid:
            cells = list(dict.fromkeys(index for index in row if index >= 0))
            for at, cell in enumerate(cells):
                found.setdefault(cell, cells[:at][::-1])
    taken = _of_headings_above(document)
    for before, block in pairwise(blocks):
        if block.kind is not BlockKind.CELL:
            above = [before.index] if before.kind is not BlockKind.CELL else []
            above += [index for index in block.path[-1:] if index not in above]
            above += [index - 1 for index in block.path[-1:] if _is_timeline(document, index - 1)]
            heading = block.index if block.kind is BlockKind.HEADING else block.path[-1] if block.path else -1
            above = [index for index in above if index != heading - 1 or index not in taken]
            found.setdefault(block.index, above)
    short = {block.index for block in blocks if block.end - block.start <= _LONGEST_LABEL}
    return {index: kept for index, each in found.items() if (kept := [i for i in each if i in short])}


def _of_headings_above(document: Document) -> set[int]:
    """Return the lines with a year between two headings that are the upper one's: "A", "since 1964", "B".

    A page that has a text, a line with a year and a heading below it is a timeline, where they are the
    lower one's; so they are where the headings differ in level.
    """
    blocks = document.blocks
    between: list[tuple[int, int]] = []
    timelines: set[int] = set()
    for above, line, below in zip(blocks, blocks[1:], blocks[2:], strict=False):
        if below.kind is not BlockKind.HEADING or line.kind in (BlockKind.HEADING, BlockKind.CELL):
            continue
        if line.end - line.start > _LONGEST_DATE or not _YEAR.search(document.words(line)):
            continue
        if above.kind is BlockKind.HEADING and above.level == below.level:
            between.append((line.index, below.level))
        else:
            timelines.add(below.level)
    return {index for index, level in between if level not in timelines}


def _is_timeline(document: Document, index: int) -> bool:
    """Return whether a block is a line with a year, as those above the titles of a timeline."""
    if index < 0 or document.blocks[index].kind is BlockKind.CELL:
        return False
    block = document.blocks[index]
    return block.end - block.start <= _LONGEST_DATE and bool(_TIMELINE.fullmatch(document.words(block)))


def is_date(document: Document, block: Block, dates: Sequence[DateMention]) -> bool:
    """Return whether a block is little but the dates in it: "März 1990", "Am 8. Mai 1982:", "EST. 1990"."""
    if not dates or block.end - block.start > _LONGEST_DATE:
        return False
    text = document.text
    told = sum(sum(c.isalnum() for c in text[date.start : date.end]) for date in dates)
    beside = sum(sum(c.isalnum() for c in match[0]) for match in _beside().finditer(document.words(block)))
    return told >= _DATE_SHARE * (sum(c.isalnum() for c in document.words(block)) - beside)


def labelling(document: Document, block: Block, label: Block, dates: Sequence[DateMention]) -> bool:
    """Return whether the dates of a label are those of the block it stands beside.

    Those of a row, of a term and of the heading right above are; those of another line only where it is
    nothing but a date.
    """
    if not dates:
        return False
    beside = block.kind is BlockKind.CELL or (label.kind in _STRUCTURAL and label.index == block.index - 1)
    return beside or is_date(document, label, dates)


def counting_blocks(document: Document) -> frozenset[int]:
    """Return the cells and definitions whose header, row label or term says that they count something.

    A number of four digits under "Einwohner", "Elevation" or "PLZ" is no year.
    """
    words = {block.index: document.words(block) for block in document.blocks}
    counts = _counts()
    found: set[int] = set()
    for table in document.tables:
        for column in zip(*table.grid, strict=True):
            heads = [column[row] for row in table.header_rows if row < len(column)]
            if any(counts.search(words[index]) for index in heads if index >= 0):
                found.update(index for index in column if index >= 0 and index not in heads)
        for row in table.grid:
            # A table without a header row, or with labels at the left: "Einwohner | 1950".
            if len(set(row)) == 2 and row[0] >= 0 and counts.search(words[row[0]]):
                found.update(index for index in row[1:] if index >= 0)
    for before, block in pairwise(document.blocks):
        if block.kind is BlockKind.DEFINITION and before.kind is BlockKind.TERM:
            if counts.search(words[before.index]):
                found.add(block.index)
    return frozenset(found)


@cache
def _beside() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w){any_of('dates', 'label_words')}(?!\w)")


@cache
def _counts() -> re.Pattern[str]:
    # Of all languages: headers are often given in two.
    return re.compile(rf"(?i)^\W{{0,3}}{any_of('dates', 'count_labels')}(?!\w)")
