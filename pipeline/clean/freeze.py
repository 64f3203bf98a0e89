"""From drafts to the frozen text: offsets, heading paths, sections."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.clean import language
from pipeline.clean.draft import Border, Draft, Drafts
from pipeline.model import Block, BlockKind, Table

_TITLE_LEVEL = 1
_NO_LEVEL = 7
BESIDE = -1
"""The section of lines that stood beside the content: teasers that name people in office."""


@dataclass(slots=True)
class Frozen:
    """The frozen text with its blocks and tables; ``end`` is where the content ends in it."""

    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    lang: str
    end: int


@dataclass(slots=True)
class _Heading:
    level: int
    index: int
    real: bool
    body: bool = False


class _Path:
    """The headings above the place where the writer is."""

    def __init__(self) -> None:
        self.stack: list[_Heading] = []
        self.section = 0
        self.seen = False
        self.opened = -2
        # Of each open scope: the headings above it, and the highest level of a heading in it.
        self.scopes: list[tuple[list[_Heading], list[int]]] = []

    def border(self, border: Border, count: int) -> None:
        """Cross a border; ``count`` is the number of blocks so far."""
        self.section += 1
        if border is Border.OPEN:
            self.opened = count
            self.scopes.append((list(self.stack), [_NO_LEVEL]))
        elif border in (Border.CLOSE, Border.END):
            if self.scopes:
                before, [highest] = self.scopes.pop()
                self._note(highest)
                # What a scope's headings head ends with it; a scope that held nothing but
                # headings was their wrapper, and what follows is theirs.
                if not self.stack or self.stack[-1].body or self.stack[-1] in before:
                    if border is Border.END:
                        # A section with a heading of its own stands beside what had that level before it.
                        before = [h for h in before if h.level < max(_TITLE_LEVEL + 1, highest)]
                    self.stack = before
        elif self.stack and self.stack[-1].body and self.stack[-1].level > _TITLE_LEVEL:
            self.stack = self.stack[:-1]

    def heading(self, draft: Draft, index: int) -> tuple[int, tuple[int, ...]]:
        """Enter a heading; return its level and the path above it."""
        # "<li><time>1964</time><h3>Calais": a short line before the heading is of its section.
        if index - self.opened > 1:
            self.section += 1
        if draft.level > 0:
            level, real = draft.level, True
        else:
            last = next((h.level for h in reversed(self.stack) if h.real), 0)
            # The first heading of a page without real ones is its title.
            level, real = min(6, max(1, last - draft.level)), not self.stack and not self.seen
        self.seen = True
        self._note(level)
        above = [h for h in self.stack if h.level < level]
        path = tuple(h.index for h in above)
        self.stack = [*above, _Heading(level, index, real)]
        return level, path

    def _note(self, level: int) -> None:
        """Tell the open scope of a heading in it."""
        if self.scopes:
            highest = self.scopes[-1][1]
            highest[0] = min(highest[0], level)

    def body(self) -> tuple[int, ...]:
        """Enter a block that is no heading; return the path above it."""
        for heading in self.stack:
            heading.body = True
        return tuple(h.index for h in self.stack)


def freeze(drafts: Drafts, declared: str) -> Frozen:
    """Number the blocks, join their words and find the language.

    Args:
        drafts: Blocks and borders in reading order.
        declared: The language that the page declares, or empty.
    """
    path = _Path()
    blocks: list[Block] = []
    parts: list[str] = []
    cells: dict[tuple[int, int], int] = {}
    captions: dict[int, int] = {}
    size = 0
    before: Draft | None = None
    langs: list[str] = []
    for item in _real_headings(drafts.items):
        if isinstance(item, Border):
            path.border(item, len(blocks))
            continue
        index = len(blocks)
        level = item.level
        above: tuple[int, ...] = ()
        if item.kind is BlockKind.HEADING:
            level, above = path.heading(item, index)
        elif not item.beside:
            above = path.body()
        section = BESIDE if item.beside else path.section
        if before is not None:
            together = item.cell and before.cell and item.cell[0] == before.cell[0] and item.row == before.row
            parts.append("\t" if together else "\n")
            size += 1
        start, size = size, size + len(item.text)
        parts.append(item.text)
        blocks.append(
            Block(index, item.kind, start, size, "", above, section, level, item.group, start + item.lead)
        )
        langs.append(item.lang)
        if item.cell is not None:
            cells[item.cell] = index
        captions[id(item)] = index
        before = item
    text = "".join(parts)
    end = max((block.end for block in blocks if block.section != BESIDE), default=0)
    lang = language.of_page(text, declared)
    done = tuple(
        replace(block, lang=language.of_block(text[block.start : block.end], said, lang))
        for block, said in zip(blocks, langs, strict=True)
    )
    tables = tuple(
        Table(
            grid=tuple(tuple(cells.get((number, cell), -1) for cell in row) for row in table.grid),
            header_rows=tuple(table.header_rows),
            header_column=table.header_column,
            caption=captions.get(id(table.caption), -1) if table.caption is not None else -1,
        )
        for number, table in enumerate(drafts.tables)
        if table.grid
    )
    return Frozen(text, done, tables, lang, end)


def _real_headings(items: list[Draft | Border]) -> list[Draft | Border]:
    """Turn guessed headings that head nothing back into paragraphs."""
    result = list(items)
    for place, item in enumerate(result):
        if isinstance(item, Border) or item.kind is not BlockKind.HEADING or item.level > 0:
            continue
        follower: Draft | Border | None = None
        for later in result[place + 1 : place + 4]:
            follower = later
            if later is not Border.OPEN:
                break
        if not isinstance(follower, Draft) or (follower.kind is BlockKind.HEADING and follower.level > 0):
            result[place] = replace(item, kind=BlockKind.PARAGRAPH, level=0)
    return result
