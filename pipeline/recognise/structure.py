"""What the layout says about a block's country: its table row, the headings above it, its labels."""

from __future__ import annotations

import itertools
import re

from pipeline.gazetteer import country_code, country_of
from pipeline.lexicon import all_words
from pipeline.model import Block, BlockKind, Document, Table

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


class Layout:
    """The countries that a document's layout gives, found once for all its blocks."""

    def __init__(self, document: Document) -> None:
        """Read the tables of a document."""
        self._document = document
        self._rows: dict[int, tuple[dict[int, str], str]] = {}  # cell -> countries of its row, and above it
        self._columns: dict[int, str] = {}  # cell -> what its column's header says it holds
        self._below: dict[int, str] = {}  # cell of a first row -> country below it, in a row of countries
        self._headed: dict[int, str] = {}  # cell -> the country that is the header of its column
        for table in document.tables:
            above = ""
            self._read_headers(table)
            self._read_countries_below(table)
            for row in table.grid:
                cells = list(dict.fromkeys(index for index in row if index >= 0))
                countries = {index: self._whole(index) for index in cells}
                for index in cells:
                    self._rows.setdefault(index, (countries, above))
                if len(cells) == 1:
                    above = countries[cells[0]]

    def _read_headers(self, table: Table) -> None:
        for row in table.header_rows[:1]:
            for column, header in enumerate(table.grid[row]):
                kind = (
                    _column_kind(self._document.words(self._document.blocks[header])) if header >= 0 else ""
                )
                country = self._whole(header) if header >= 0 else ""
                for other in table.grid[row + 1 :] if kind or country else ():
                    if other[column] >= 0:
                        self._columns.setdefault(other[column], kind)
                        self._headed.setdefault(other[column], country)

    def _read_countries_below(self, table: Table) -> None:
        """Note the countries of a table that has a column for each place, and a row for its countries."""
        for row in table.grid[1:]:
            countries = {column: self._whole(i) for column, i in enumerate(row) if column and i >= 0}
            if sum(map(bool, countries.values())) >= max(2, len(row) - 2):
                for column, country in countries.items():
                    self._below.setdefault(table.grid[0][column], country)

    def column(self, block: Block) -> str:
        """Return what a column holds by its header: ``partner``, ``home`` (parts of the town), or nothing."""
        return self._columns.get(block.index, "")

    def _whole(self, index: int) -> str:
        block = self._document.blocks[index]
        return whole_country(self._document.words(block), block.lang)

    def names_country(self, block: Block) -> bool:
        """Whether a cell is all a country's name."""
        countries, _ = self._rows.get(block.index, ({}, ""))
        return bool(countries.get(block.index))

    def row_country(self, block: Block) -> str:
        """Return the country that a cell's row, or the last one-cell row above it, names."""
        countries, above = self._rows.get(block.index, ({}, ""))
        beside = (country for index, country in countries.items() if index != block.index and country)
        return next(beside, above) or self._below.get(block.index, "") or self._headed.get(block.index, "")

    def row(self, block: Block) -> tuple[list[int], int]:
        """Return the cells of a cell's row, and which of them is the first to name a country (or -1)."""
        countries, _ = self._rows.get(block.index, ({}, ""))
        named = (i for i, country in enumerate(countries.values()) if country)
        return list(countries), next(named, -1)

    def heading_country(self, block: Block) -> str:
        """Return the country that is all a heading close above names, or the list item above."""
        for index in reversed(block.path[-2:]):
            country = self._whole(index)
            if country:
                return country
        if block.kind is BlockKind.ITEM and block.level > 1:
            for other in reversed(self._document.blocks[max(0, block.index - 40) : block.index]):
                if other.kind is BlockKind.ITEM and other.level < block.level:
                    return self._whole(other.index)
        return ""

    def country_below(self, heading: Block) -> str:
        """Return the country of the line under a heading: "Schweden · 1961", "TOYAMA PREFECTURE, JAPAN"."""
        below = self._document.blocks[heading.index + 1 : heading.index + 2]
        if not below or below[0].end - below[0].start > 60:
            return ""
        block = below[0]
        parts = [p for p in re.split(r"\s*[·|•,–]\s*", self._document.words(block)) if p.strip(_EDGE)]
        countries = [whole_country(part, block.lang) for part in parts[:2]]
        if len(parts) > 3 or not any(countries):
            return ""
        region = any(word in all_words("places", "region_words") for word in parts[0].casefold().split())
        plain = block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.CAPTION)
        return next(c for c in reversed(countries) if c) if plain and (countries[0] or region) else ""

    def _region_below(self, heading: Block) -> str:
        """Return the country at the end of a short line below a heading: "Yucatán, Mexico"."""
        below = self._document.blocks[heading.index + 1 : heading.index + 2]
        text = self._document.words(below[0]) if below else ""
        first, comma, last = text.rpartition(", ")
        short = comma and len(text) <= 40 and "," not in first and first[:1].isupper()
        return whole_country(last, below[0].lang) if short and not text.endswith(".") else ""

    def labelled_country(self, heading: Block) -> str:
        """Return the country that a label below a heading gives: "Country | Germany", "Land: Polen"."""
        country = self.country_below(heading) or self._region_below(heading)
        if country:
            return country
        labels = all_words("places", "country_labels")
        following = self._document.blocks[heading.index + 1 : heading.index + 14]
        for block, after in itertools.pairwise(following):
            if block.kind is BlockKind.HEADING and block.level <= heading.level:
                break
            text = self._document.words(block)
            if block.kind is BlockKind.TERM and text.strip(_EDGE).casefold() in labels:
                return self._whole(after.index)
            label, colon, rest = text.partition(":")
            if colon and label.strip().casefold() in labels:
                return whole_country(rest[:40].split(",")[0], block.lang)
        return ""


# In the order in which a header that fits several is taken for one.
_COLUMNS = ("date", "remark", "country", "home", "partner")


def _column_kind(header: str) -> str:
    """Return ``partner`` or ``home`` for the header of a column of places, else nothing."""
    text = header.casefold()
    kind = next((kind for kind in _COLUMNS if any(word in text for word in all_words("tables", kind))), "")
    return kind if kind in ("partner", "home") else ""
