"""Footnotes below a table: what "2)" or "*" in a row says of the row's bond."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.extract.context import Context
from pipeline.model import Block, BlockKind, Table

_REACH = 14
"""So many blocks below a table may be its notes."""
_RAISED = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")
_MARK = r"\(?(\d{1,2})\)|\[(\d{1,2})\]|([¹²³⁴⁵⁶⁷⁸⁹])|(\*{1,3}|†|‡)"
_OPENING = re.compile(rf"\s*(?:{_MARK})")
_IN_CELL = re.compile(rf"(?:{_MARK})(?=[\s,;]|$)")


def footnotes(context: Context, table: Table) -> dict[str, Block]:
    """Map the marks of the notes right below a table to the notes; those of a numbered list count up."""
    found: dict[str, Block] = {}
    last = max((i for row in table.grid for i in row if i >= 0), default=-1)
    blocks = context.document.blocks[last + 1 : last + 1 + _REACH] if last >= 0 else ()
    number, group = 0, -1
    for block in blocks:
        if block.kind in (BlockKind.HEADING, BlockKind.CELL) and block.index > last + 1:
            break
        match = _OPENING.match(context.text, block.start, block.end)
        if match is not None:
            found.setdefault(_mark(match), block)
        elif block.kind is BlockKind.ITEM and group in (-1, block.group):
            number, group = number + 1, block.group
            found.setdefault(str(number), block)
    return found


def notes_of(context: Context, cells: Sequence[Block], known: Mapping[str, Block]) -> list[Block]:
    """Return the notes that the cells of a row point at."""
    marks = [
        _mark(match)
        for cell in (cells if known else ())
        for match in _IN_CELL.finditer(context.text, cell.start, cell.end)
    ]
    return [known[mark] for mark in dict.fromkeys(marks) if mark in known]


def _mark(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group).translate(_RAISED)
