"""Lines of facts about a town, in a list, a box or a table: "Twin towns: Saumur (France), Verden"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.context import Context
from pipeline.extract.cues import polarity
from pipeline.extract.partnerships.rows import named
from pipeline.model import Block, BlockKind, PlaceMention, TriggerMention

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Fact:
    """A label that names the bond, as a span, its word for it, and the places that stand beside it."""

    start: int
    end: int
    trigger: TriggerMention
    block: Block
    partners: tuple[PlaceMention, ...]


def facts(context: Context) -> Iterator[Fact]:
    """Yield the lines of a page that are a label for partners and their names."""
    blocks = context.document.blocks
    for block in blocks:
        if block.section < 0:
            continue
        if block.kind is BlockKind.DEFINITION:
            for index in context.term_of(block):
                yield from _fact(context, blocks[index].start, blocks[index].end, block, block.start)
        elif block.kind in (BlockKind.ITEM, BlockKind.PARAGRAPH):
            colon = context.text.find(":", block.start, block.end)
            if colon >= 0:
                yield from _fact(context, block.start, colon, block, colon + 1)
    for table in context.document.tables:
        for row in table.grid:
            cells = [blocks[index] for index in dict.fromkeys(row) if index >= 0]
            if len(cells) == 2:
                yield from _fact(context, cells[0].start, cells[0].end, cells[1], cells[1].start)


def _fact(context: Context, start: int, end: int, block: Block, at: int) -> Iterator[Fact]:
    """Yield the names in ``block`` from ``at`` on, where ``text[start:end]`` is little but a bond's word."""
    strong = [t for t in context.triggers(start, end) if not t.weak and t.form != "act"]
    letters = sum(c.isalpha() for c in context.text[start:end])
    if end - start > _LONGEST or not strong or 2 * (strong[0].end - strong[0].start) < letters:
        return
    if not polarity(context.text[start:end], block.lang).states or context.places(start, end):
        return
    first = context.leading_place(at, block.end)
    if first is None or any(d.start <= first.start < d.end for d in context.dates(at, block.end)):
        return  # "Nov. 16, 1994"
    if first.form == "name" and not context.is_home(first.place):
        partners = named(context, block, first, sure=strong[0].plural or strong[0].form == "relation")
        yield Fact(start, end, strong[0], block, partners)
