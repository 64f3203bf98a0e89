"""Tables of plain text and Markdown: cells parted by tabs, wide gaps or upright strokes."""

from __future__ import annotations

import re

from pipeline.clean.draft import Draft, Drafts, TableDraft
from pipeline.clean.lines import Run, split_lines
from pipeline.clean.marks import runs as marked
from pipeline.model import BlockKind

_PIPE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*){0,60}\|?$")
# A browser's copy of a table may part its cells by spaces.
_GAP = re.compile(r"\s{2,20}")


def runs_of(line: str, markdown: bool) -> list[Run]:
    """Return a line as pieces of text; the marks of Markdown are read where they mean something."""
    return marked(line) if markdown else [Run(line)]


def _gapped(lines: list[str]) -> bool:
    widths = {len(_GAP.split(line.strip())) for line in lines}
    return len(widths) == 1 and 1 < widths.pop() <= 6


def put_table(lines: list[str], drafts: Drafts, markdown: bool) -> bool:
    """Add a table of tabs or pipes to ``drafts``, if the lines are one.

    Args:
        lines: Lines without an empty one between them.
        drafts: Where the cells go.
        markdown: Whether the marks in a cell mean something.

    Returns:
        Whether they are a table.
    """
    if len(lines) < 2:
        return False
    if sum(1 for line in lines if line.count("|") >= 2) == len(lines) or (
        markdown and _PIPE_RULE.match(lines[1].strip()) and "|" in lines[0]
    ):
        rows = [line.strip().strip("|").split("|") for line in lines]
    elif all("\t" in line.strip() for line in lines):
        rows = [line.strip("\n").split("\t") for line in lines]
    elif len(lines) > 2 and _gapped(lines):
        rows = [_GAP.split(line.strip()) for line in lines]
    else:
        return False
    header = [0] if len(lines) > 2 and _PIPE_RULE.match(lines[1].strip()) else []
    rows = [row for row, line in zip(rows, lines, strict=True) if not _PIPE_RULE.match(line.strip())]
    width = max(len(row) for row in rows)
    if width < 2 or width > 40:
        return False
    number = len(drafts.tables)
    grid: list[list[int]] = []
    count = 0
    texts: list[list[str]] = []
    for place, row in enumerate(rows):
        grid.append([-1] * width)
        texts.append([""] * width)
        for column, cell in enumerate(row):
            folded = split_lines(runs_of(cell, markdown))[0]
            if folded.text:
                lead = 0 if folded.bold else folded.lead
                drafts.items.append(
                    Draft(BlockKind.CELL, folded.text, lead=lead, cell=(number, count), row=place)
                )
                grid[-1][column], texts[-1][column] = count, folded.text
                count += 1
    if (
        not header
        and len(rows) >= 3
        and all(texts[0])
        and not any(c.isdigit() for cell in texts[0] for c in cell)
    ) and any(any(c.isdigit() for c in row[column]) for row in texts[1:] for column in range(width)):
        header = [0]
    drafts.tables.append(TableDraft(grid, header))
    return True
