"""Rolls of a town's mayors: one after the other in a sentence, or entry by entry below a heading.

"Mayors since the war include Ann Grey (1946–1952), Tom Hill (1952–1960)": years beside the names show that
they followed each other in one town, so all but the first are heirs of the first one's office.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.office_spans import Holder, Spans
from pipeline.model import Block, BlockKind, OfficeMention, PersonMention

# Behind a name: its years in office, in brackets or bare.
_YEARS = r"(?:1[6-9]|20)\d\d"
_TERM = re.compile(
    rf"\s\((?=[^()]*{_YEARS})[^()]{{4,40}}\)|,?\s{_YEARS}(?:\s?[–-]\s?(?:{_YEARS}|\d\d)?)?(?![\w-])"
)
_YEAR = re.compile(rf"(?<!\d){_YEARS}(?!\d)")
_ENTRIES = (BlockKind.ITEM, BlockKind.CELL, BlockKind.DEFINITION)
# An entry of a roll is a name, years, a party; no sentence.
_ENTRY = 90
_WORDS_BESIDE = 6
_LEAST = 3


def after_term(text: str, at: int) -> int:
    """Return the end of the years in office that stand at an offset, or the offset."""
    match = _TERM.match(text, at)
    return match.end() if match else at


def _row_of(spans: Spans, block: Block) -> str:
    """Return what stands in the other cells of a cell's row if that is years and nothing else: 1946–1965."""
    cell = spans.context.cells.get(block.index)
    if cell is None:
        return ""
    table, row, _ = cell
    others = (spans.document.blocks[i] for i in dict.fromkeys(table.grid[row]) if i not in (-1, block.index))
    texts = (f" {spans.text[b.start : b.end]}" for b in others)
    return next((t for t in texts if _YEAR.search(t) and len(re.findall(r"[^\W\d_]{2,}", t)) <= 1), "")


def entries(spans: Spans, body: Sequence[Block], office: OfficeMention) -> list[Holder]:
    """Return the holders whom the entries below a heading name, three of them at least, each with years."""
    found: list[PersonMention] = []
    for block in body:
        persons = spans.persons.get(block.index, [])
        if block.kind not in _ENTRIES or not persons:
            continue
        words = spans.text[block.start : persons[0].start] + spans.text[persons[0].end : block.end]
        terms = words + _row_of(spans, block)
        bare = block.end - block.start <= _ENTRY and len(re.findall(r"[^\W\d_]{2,}", words)) <= _WORDS_BESIDE
        if len(persons) > 1 or not bare or spans.offices.get(block.index):
            return []
        if _YEAR.search(terms):
            found.append(persons[0])
    if len(found) < _LEAST:
        return []
    first, *rest = found
    return [Holder(office, first, "beside"), *(Holder(office, p, "heir", 0, (p.start, p.end)) for p in rest)]
