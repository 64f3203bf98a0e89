"""What the layout says about a block's country: its table row, the headings above it, its labels."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from pipeline.gazetteer import country_code, country_of
from pipeline.lexicon import load
from pipeline.model import Block, BlockKind, Document

_EDGE = " \t\n.,;:()[]–-*•"


def _country(text: str, lang: str) -> str:
    for tried in (lang, "en" if lang == "de" else "de"):
        hit = country_of(text.strip(_EDGE), tried)
        if hit is not None and hit.form != "adjective":
            return hit.country
    return ""


def whole_country(text: str, lang: str) -> str:
    """Return the country that is all a cell or heading names: "Frankreich", "(F)", "USA (Texas)"."""
    bare = text.strip(_EDGE)
    if not bare or len(bare) > 60:
        return ""
    whole = _country(bare, lang)
    parts = [_country(part, lang) for part in re.split(r"\s*[(/,–]\s*", bare) if part.strip(_EDGE)]
    if whole or (parts and all(parts)):  # "Medford, Oregon" is no country
        return whole or parts[0]
    code = country_code(bare) if len(bare) <= 4 else None
    return code.country if code is not None else ""


@lru_cache(maxsize=64)
def _cells(document: Document) -> dict[int, tuple[int, int]]:
    """Map a block to its first (table, row)."""
    where: dict[int, tuple[int, int]] = {}
    for t, table in enumerate(document.tables):
        for r, row in enumerate(table.grid):
            for index in row:
                if index >= 0:
                    where.setdefault(index, (t, r))
    return where


def row_country(document: Document, block: Block) -> str:
    """Return the country that a cell's row, or a one-cell row above it, names."""
    where = _cells(document).get(block.index)
    if where is None:
        return ""
    table, row = document.tables[where[0]], where[1]
    for index in table.grid[row]:
        if index >= 0 and index != block.index:
            cell = document.blocks[index]
            country = whole_country(document.words(cell), cell.lang)
            if country:
                return country
    for r in range(row - 1, -1, -1):
        distinct = {i for i in table.grid[r] if i >= 0}
        if len(distinct) == 1:
            cell = document.blocks[distinct.pop()]
            return whole_country(document.words(cell), cell.lang)
    return ""


def heading_country(document: Document, block: Block) -> str:
    """Return the country that the nearest heading above names and nothing else, or the list item above."""
    for index in reversed(block.path[-2:]):
        heading = document.blocks[index]
        country = whole_country(document.words(heading), heading.lang)
        if country:
            return country
    if block.kind is BlockKind.ITEM and block.level > 1:
        for other in reversed(document.blocks[max(0, block.index - 40) : block.index]):
            if other.kind is BlockKind.ITEM and other.level < block.level:
                return whole_country(document.words(other), other.lang)
    return ""


def labelled_country(document: Document, heading: Block) -> str:
    """Return the country that a label below a heading gives: "Country | Germany", "Land: Polen"."""
    labels = frozenset(load("de", "places")["country_labels"]) | frozenset(
        load("en", "places")["country_labels"]
    )
    following = document.blocks[heading.index + 1 : heading.index + 14]
    for block, after in itertools.pairwise(following):
        if block.kind is BlockKind.HEADING and block.level <= heading.level:
            break
        text = document.words(block)
        if block.kind is BlockKind.TERM and text.strip(_EDGE).casefold() in labels:
            return whole_country(document.words(after), after.lang)
        label, colon, rest = text.partition(":")
        if colon and label.strip().casefold() in labels:
            return whole_country(rest[:40].split(",")[0], block.lang)
    return ""
