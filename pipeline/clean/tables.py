"""Data tables become grids; tables that only lay out the page are dissolved by the walk."""

from __future__ import annotations

import re
from collections import deque

from pipeline.clean.draft import Draft, Drafts, TableDraft, fold
from pipeline.clean.tree import HEADINGS, Node
from pipeline.model import BlockKind

_CELLS_MAX = 60_000
_SPAN_MAX = 100
_WIDTH_MAX = 200
_LONG = 700
# A cell of parts and so many characters is running text; a table is layout with such in that share of rows.
_BODY_LEAST, _BODIES = 200, 0.25
_DIGITS = re.compile(r"\d")
_LABEL = re.compile(r"label|head|title|th\b|bez", re.IGNORECASE)


def rows_of(table: Node) -> list[Node]:
    """Return the rows of a table, not those of tables in it."""
    rows: list[Node] = []
    for child in table.children:
        if isinstance(child, Node) and not child.gone:
            if child.tag == "tr":
                rows.append(child)
            elif child.tag in ("thead", "tbody", "tfoot"):
                rows.extend(
                    row
                    for row in child.children
                    if isinstance(row, Node) and row.tag == "tr" and not row.gone
                )
    return rows


def cells_of(row: Node) -> list[Node]:
    """Return the cells of a row."""
    return [
        cell for cell in row.children if isinstance(cell, Node) and cell.tag in ("td", "th") and not cell.gone
    ]


def is_data_table(table: Node) -> bool:
    """Whether a table holds data, told from its layout alone."""
    if table.get("role") in ("presentation", "none"):
        return False
    rows = [cells for cells in (cells_of(row) for row in rows_of(table)) if cells]
    cells = [cell for row in rows for cell in row]
    if not cells or len(cells) > _CELLS_MAX or max(len(row) for row in rows) < 2:
        return False
    for node in table.walk():
        if node is not table and node.tag in ("table", "form", "h1", "h2", "main", "article"):
            return False
    headed = any(cell.tag == "th" for cell in cells)
    filled = sum(1 for cell in cells if cell.chars)
    if len(rows) < 2 or filled < 3:
        return False
    if sum(map(_is_body, cells)) >= max(2, _BODIES * len(rows)):
        return False  # an agenda: a number, and beside it paragraphs and lists
    longest = max(cell.chars for cell in cells)
    if headed or table.get("summary"):
        return longest < 20 * _LONG
    if longest > _LONG and longest > 0.6 * table.chars:
        return False
    most = max(len(row) for row in rows)
    return sum(1 for row in rows if len(row) >= 2) >= 0.6 * len(rows) and most <= 30 and longest <= 3 * _LONG


def _is_body(cell: Node) -> bool:
    """Whether a cell holds running text with parts of its own."""
    parts = sum(node.tag in ("p", "li", "h3", "h4", "dt", "blockquote") for node in cell.walk())
    return parts >= 2 and cell.chars >= _BODY_LEAST


def put_table(table: Node, drafts: Drafts, lang: str) -> None:
    """Add a data table, its caption and its cells to ``drafts``.

    Args:
        table: The element.
        drafts: Where they go.
        lang: The language declared around the table, or empty.
    """
    number = len(drafts.tables)
    draft = TableDraft([], [])
    drafts.tables.append(draft)
    caption = next(
        (c for c in table.children if isinstance(c, Node) and c.tag == "caption" and not c.gone), None
    )
    if caption is not None and (text := _text(caption)):
        draft.caption = Draft(BlockKind.CAPTION, text, lang=lang)
        drafts.items.append(draft.caption)
    rows = rows_of(table)
    grid, elements = _grid(rows)
    texts = [_text(cell) for cell in elements]
    seen: set[int] = set()
    for row_number, row in enumerate(grid):
        for cell in row:
            if cell >= 0 and cell not in seen and texts[cell]:
                seen.add(cell)
                bold = _bold_length(elements[cell], texts[cell])
                lead = 0 if bold == len(texts[cell]) else bold
                declared = elements[cell].get("lang").lower()[:2] or lang
                drafts.items.append(
                    Draft(
                        BlockKind.CELL,
                        texts[cell],
                        lead=lead,
                        lang=declared,
                        cell=(number, cell),
                        row=row_number,
                    )
                )
    draft.grid = [[cell if cell >= 0 and texts[cell] else -1 for cell in row] for row in grid]
    draft.header_rows = _header_rows(rows, draft.grid, elements, texts)
    draft.header_column = _header_column(draft, elements, texts)


def _grid(rows: list[Node]) -> tuple[list[list[int]], list[Node]]:
    """Lay the cells out, repeating each where it spans; all rows get the same length."""
    grid: list[list[int]] = []
    elements: list[Node] = []
    hanging: dict[int, tuple[int, int]] = {}  # column -> (cell, rows still to fill)
    for place, row in enumerate(rows):
        line: list[int] = []
        waiting = deque(cells_of(row))
        column = 0
        while column < _WIDTH_MAX and (waiting or any(c >= column for c in hanging)):
            if column in hanging:
                cell, left = hanging.pop(column)
                line.append(cell)
                if left > 1:
                    hanging[column] = (cell, left - 1)
                column += 1
                continue
            if not waiting:
                line.append(-1)
                column += 1
                continue
            element = waiting.popleft()
            elements.append(element)
            down = min(_span(element, "rowspan"), len(rows) - place)
            for _ in range(_span(element, "colspan")):
                if column in hanging or column >= _WIDTH_MAX:
                    break
                line.append(len(elements) - 1)
                if down > 1:
                    hanging[column] = (len(elements) - 1, down - 1)
                column += 1
        grid.append(line)
    width = max((len(line) for line in grid), default=0)
    return [line + [-1] * (width - len(line)) for line in grid], elements


def _span(cell: Node, name: str) -> int:
    value = cell.get(name).strip()
    if value == "0" and name == "rowspan":
        return _SPAN_MAX
    return max(1, min(int(value), _SPAN_MAX)) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _text(cell: Node) -> str:
    return fold(cell.text())


def _bold_length(cell: Node, text: str) -> int:
    """Return the length of the bold opening of a cell."""
    bold = ""
    for node in cell.walk():
        if node.tag in ("b", "strong") or node.tag in HEADINGS:
            bold = fold(node.text())
            break
        if any(isinstance(child, str) and child.strip() for child in node.children):
            break
    return len(bold) if bold and text.startswith(bold) else 0


def _header_rows(
    rows: list[Node], grid: list[list[int]], elements: list[Node], texts: list[str]
) -> list[int]:
    found: list[int] = []
    for number, (row, line) in enumerate(zip(rows, grid, strict=True)):
        cells = list(dict.fromkeys(cell for cell in line if cell >= 0))
        if len(cells) < 2:
            continue  # one cell over all columns is a title between rows
        headed = row.parent is not None and row.parent.tag == "thead"
        ths = all(elements[cell].tag == "th" and elements[cell].get("scope") != "row" for cell in cells)
        repeated = bool(found) and _words(line, texts) == _words(grid[found[0]], texts)
        guessed = number == 0 and len(grid) > 1 and _looks_like_header(grid, elements, texts)
        if headed or ths or repeated or guessed:
            found.append(number)
    # A bold first column alone makes every row of a two-column table look like a header.
    return found if len(found) < len(grid) else []


def _words(line: list[int], texts: list[str]) -> list[str]:
    return [texts[cell] for cell in line if cell >= 0]


def _looks_like_header(grid: list[list[int]], elements: list[Node], texts: list[str]) -> bool:
    first = [cell for cell in grid[0] if cell >= 0]
    if not all(len(texts[cell]) <= 40 for cell in first) or any(texts[cell].endswith(":") for cell in first):
        return False
    below = [cell for line in grid[1:] for cell in line if cell >= 0]
    if all(_bold_length(elements[cell], texts[cell]) == len(texts[cell]) for cell in first):
        return any(_bold_length(elements[cell], texts[cell]) == 0 for cell in below)
    if any(_DIGITS.search(texts[cell]) for cell in first) or len(grid) < 4:
        return False
    # A column of years or numbers under a word.
    for column, cell in enumerate(grid[0]):
        rest = [line[column] for line in grid[1:] if line[column] >= 0]
        if (
            column
            and cell >= 0
            and len(rest) >= 3
            and sum(1 for c in rest if _DIGITS.search(texts[c])) >= 0.8 * len(rest)
        ):
            return True
    return False


def _header_column(draft: TableDraft, elements: list[Node], texts: list[str]) -> bool:
    heads = set(draft.header_rows)
    first = [
        line[0] for number, line in enumerate(draft.grid) if number not in heads and line and line[0] >= 0
    ]
    if not first:
        return False
    labels = sum(
        1
        for cell in first
        if elements[cell].tag == "th"
        or elements[cell].get("scope") == "row"
        or texts[cell].endswith(":")
        or (not heads and bool(_LABEL.search(elements[cell].get("class"))))
        or _bold_length(elements[cell], texts[cell]) == len(texts[cell])
    )
    return labels >= 0.8 * len(first)
