"""What became of a proposal that stands in a row of a table, by the cells beside it: "Lost, 3 votes to 4"."""

from __future__ import annotations

from pipeline.extract.context import Context
from pipeline.extract.cues import has
from pipeline.model import Block, BlockKind


def refused(context: Context, block: Block) -> bool:
    """Whether another cell of a cell's row says that it was refused or put off, and none that it passed."""
    beside = _beside(context, block)
    said = [(context.document.words(cell).strip(), cell.lang) for cell in beside]
    if any(has(words, lang, "carried") for words, lang in said):
        return False
    return any(has(words, lang, "refused") for words, lang in said)


def title_above(context: Context, block: Block) -> Block | None:
    """Return the cell that spans the table nearest above a cell's row, if there is one."""
    if block.kind is not BlockKind.CELL or block.index not in context.cells:
        return None
    table, at, _ = context.cells[block.index]
    for row in reversed(table.grid[:at]):
        if len(row) > 1 and len(set(row)) == 1 and row[0] >= 0:
            return context.document.blocks[row[0]]
    return None


def _beside(context: Context, block: Block) -> list[Block]:
    if block.kind is not BlockKind.CELL or block.index not in context.cells:
        return []
    table, at, _ = context.cells[block.index]
    cells = {index for index in table.grid[at] if index >= 0}
    return [context.document.blocks[index] for index in sorted(cells - {block.index})]


__all__ = ["refused", "title_above"]
