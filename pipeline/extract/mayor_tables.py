"""What a table tells of whose mayors it names: a column of our own or of theirs, a card of facts on one town.

A column "Signed by" of a list of partners names either the mayors of the page's town, who signed each time,
or those of the partners. Its header may say which; else the names do, all of them together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from pipeline.extract.context import Context
from pipeline.extract.office_spans import Holder
from pipeline.lexicon import any_of
from pipeline.model import BlockKind, Place, Table
from pipeline.recognise.tongues import languages_in, tongues

_Note = Callable[..., None]

# A card holds labels and values, so many rows of them at least.
_ROWS = 3
_LABEL = 40


@cache
def _header(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?i:{any_of('mayor_towns', key)})(?![^\W_])")


class Tables:
    """Tells the signs that the tables of one document give."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self.home = context.home

    def note(self, holder: Holder, note: _Note) -> None:
        """Note the signs of the home, and of the town of the row or card that a holder stands in."""
        cell = self.context.cells.get(holder.person.block)
        if cell is None:
            self._list(holder, note)
            return
        table, row, column = cell
        if self._is_card(table):
            subject = self._subject(table)
            if subject is not None:
                note(subject, "card")
            elif self.home is not None:
                note(self.home, "card unnamed")
            return
        if len(self._persons(holder.person.block)) > 1:
            return
        town = self._town(table, row)
        for sign in self._column(table, column):
            if self.home is not None:
                note(self.home, f"{sign} home")
            if town is not None:
                note(town, f"{sign} other")

    # ------------------------------------------------------------ columns

    def _column(self, table: Table, column: int) -> Iterator[str]:
        """Yield what the header of a column and the names in it say."""
        heads = [table.grid[row][column] for row in table.header_rows if table.grid[row][column] >= 0]
        title = " ".join(self._words(index) for index in dict.fromkeys(heads))
        for key in ("column_ours", "column_theirs", "column_signed"):
            if _header(key).search(title):
                yield key.replace("_", " ")
        rows = [row for row in range(len(table.grid)) if row not in table.header_rows]
        yield from self._together((self._town(table, row), table.grid[row][column]) for row in rows)

    def _list(self, holder: Holder, note: _Note) -> None:
        """Note what the names in a list of partners say: "Adorf (1992), signed by Mayor Ann Grey"."""
        blocks = self.context.document.blocks
        block = blocks[holder.person.block]
        if block.kind is not BlockKind.ITEM or block.group < 0 or self.home is None:
            return
        leads = {b.index: self.context.leading_place(b.start, b.end) for b in self.context.list_of(block)}
        towns = {i: lead.place for i, lead in leads.items() if lead and not self.context.is_home(lead.place)}
        town = towns.get(block.index)
        if town is None or len(self._persons(block.index)) != 1:
            return
        for sign in self._together((place, index) for index, place in towns.items()):
            note(self.home, f"{sign} home")
            note(town, f"{sign} other")

    def _together(self, entries: Iterable[tuple[Place | None, int]]) -> Iterator[str]:
        """Yield what the names in the cells, or items, of towns say together."""
        ours = theirs = 0
        names: list[str] = []
        for town, index in entries:
            persons = self._persons(index)
            if town is None or len(persons) != 1 or self.home is None:
                continue
            names.append(persons[0])
            spoken = tongues(persons[0]).likely
            here, there = languages_in(self.home.country), languages_in(town.country)
            if spoken and here and there and here != there:
                ours += bool(spoken & here) and not spoken & there
                theirs += bool(spoken & there) and not spoken & here
        if len(names) > len(set(names)):
            yield "column repeats"
        if len(names) > 1 and ours > theirs:
            yield "column of ours"
        elif len(names) > 1 and theirs > ours:
            yield "column of theirs"

    def _persons(self, index: int) -> list[str]:
        if index < 0:
            return []
        block = self.context.document.blocks[index]
        return list(dict.fromkeys(p.name for p in self.context.persons(block.start, block.end)))

    def _words(self, index: int) -> str:
        block = self.context.document.blocks[index]
        return self.text[block.start : block.end]

    def _town(self, table: Table, row: int) -> Place | None:
        """Return the one town other than the home that the cells of a row are names of."""
        found: dict[str, Place] = {}
        for index in dict.fromkeys(table.grid[row]):
            if index < 0:
                continue
            block = self.context.document.blocks[index]
            lead = self.context.leading_place(block.start, block.end)
            if lead is not None and not self.context.is_home(lead.place):
                found.setdefault(lead.place.place_id, lead.place)
        return next(iter(found.values())) if found else None

    # -------------------------------------------------------------- cards

    def _is_card(self, table: Table) -> bool:
        """Whether a table is one of labels and values, such as the box beside an article on a town."""
        rows = [tuple(dict.fromkeys(i for i in line if i >= 0)) for line in table.grid]
        pairs = [line for line in rows if len(line) == 2]
        if len(pairs) < _ROWS or any(len(line) > 2 for line in rows):
            return False
        blocks = self.context.document.blocks
        labels = [blocks[line[0]] for line in pairs]
        led = sum(self.context.leading_place(b.start, b.end) is not None for b in labels)
        return 4 * led <= len(pairs) and all(b.end - b.start <= _LABEL for b in labels)

    def _subject(self, table: Table) -> Place | None:
        """Return the town that a card's caption, its first line or the heading above it names."""
        blocks = self.context.document.blocks
        first = tuple(dict.fromkeys(i for i in table.grid[0] if i >= 0))
        titles = [table.caption] if table.caption >= 0 else []
        titles += [first[0]] if len(first) == 1 else []
        at = next((i for line in table.grid for i in line if i >= 0), -1)
        titles += (
            [i for i in reversed(blocks[at].path) if blocks[i].kind is BlockKind.HEADING][:1]
            if at >= 0
            else []
        )
        for index in titles:
            places = {
                p.place.place_id: p.place for p in self.context.places(blocks[index].start, blocks[index].end)
            }
            if len(places) == 1:
                return next(iter(places.values()))
        return None
