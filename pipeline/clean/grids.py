"""Tables made of other elements: rows of ``div`` and ``span`` that a style sheet lays out as a table.

A reader sees a table; so does the walk, once such rows and cells bear the tags of one. Told by ARIA roles, or
by the layout alone: neighbours of one tag and class with the same number of short cells, and nothing else.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.clean.tree import BLOCKS, HEADINGS, INVISIBLE, Child, Node, index_of

_ROLES = {
    "table": "table",
    "grid": "table",
    "treegrid": "table",
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "th",
}
_ROWS = frozenset({"div", "li"})
_CELLS = frozenset({"div", "span", "p", "b", "strong", "em", "time", "a"})
_ROWS_MIN, _COLUMNS_MAX = 3, 8
# Longer cells are the prose of cards and timelines.
_CELL_MAX, _CELL_MEAN = 160, 45
_HEAD_CLASSES = frozenset({"head", "header", "heading", "headings", "kopf", "th", "thead", "titles"})
_SENTENCE_ENDS = (".", "!", "?", "…")


class _Row(NamedTuple):
    """What stands like a row of a table."""

    node: Node
    cells: list[Node]


def retag(root: Node) -> None:
    """Give the tags of a table to what stands as one, in place.

    Args:
        root: The page; elements that are gone are passed over.
    """
    _by_role(root)
    for node in list(root.walk()):
        if node.tag not in INVISIBLE and len(node.children) >= _ROWS_MIN and node.tag != "table":
            _by_layout(node)


def _by_role(root: Node) -> None:
    """Retag the elements below those that say they are a table."""
    for table in list(root.walk()):
        if _ROLES.get(table.get("role")) != "table" or table.tag == "table":
            continue
        rows = [node for node in table.walk() if node.get("role") == "row"]
        if not rows:
            continue
        for row in rows:
            cells = [n for n in row.walk() if n is not row and _ROLES.get(n.get("role")) in ("td", "th")]
            for cell in cells:
                cell.tag = _ROLES[cell.get("role")]
            _adopt(row, "tr", cells)
        _adopt(table, "table", rows)


def _adopt(node: Node, tag: str, below: list[Node]) -> None:
    """Make the elements the only children of ``node``, whatever wrapped them."""
    node.tag = tag
    node.children = list[Child](below)
    for child in below:
        child.parent = node


def _by_layout(parent: Node) -> None:
    """Wrap each run of neighbours that stand like rows into a table."""
    run: list[_Row] = []
    children = [c for c in parent.children if not _is_nothing(c)]
    for child in [*children, ""]:
        row = _row(child) if isinstance(child, Node) else None
        if row is not None and (not run or _alike(run[-1], row, len(run) == 1)):
            run.append(row)
            continue
        _wrap(parent, run)
        run = [row] if row is not None else []


def _is_nothing(child: Child) -> bool:
    return not child.strip() if isinstance(child, str) else child.gone or child.chars == 0


def _row(node: Node) -> _Row | None:
    """Return what may be a row, with its cells."""
    if node.tag not in _ROWS or node.gone or not node.chars:
        return None
    cells: list[Node] = []
    for child in node.children:
        if isinstance(child, str):
            if child.strip(" \t\r\n\u00a0|·•–"):
                return None
        elif not child.gone and child.tag not in INVISIBLE:
            if child.tag not in _CELLS or child.chars > _CELL_MAX or _has_parts(child):
                return None
            cells.append(child)
    return _Row(node, cells) if 2 <= len(cells) <= _COLUMNS_MAX else None


def _has_parts(cell: Node) -> bool:
    """Whether a cell is more than a line of text: it has headings, or several blocks."""
    blocks = [n for n in cell.walk() if n is not cell and n.tag in BLOCKS]
    return any(n.tag in HEADINGS for n in blocks) or len(blocks) > 1


def _alike(row: _Row, after: _Row, head: bool) -> bool:
    """Whether neighbours are rows of one table: same tag and width, a class in common but for the head."""
    ours, theirs = row.node.tokens, after.node.tokens
    classed = bool(ours & theirs) or not (ours or theirs)
    return row.node.tag == after.node.tag and (classed or head) and len(row.cells) == len(after.cells)


def _wrap(parent: Node, rows: list[_Row]) -> None:
    cells = [cell for row in rows for cell in row.cells]
    columns = zip(*(row.cells for row in rows), strict=True)
    if len(rows) < _ROWS_MIN or not all(_filled(column) for column in columns):
        return
    ended = sum(cell.text(limit=_CELL_MAX).endswith(_SENTENCE_ENDS) for cell in cells)
    if sum(cell.chars for cell in cells) > _CELL_MEAN * len(cells) or 4 * ended > len(cells):
        return
    table = Node("table", {}, parent)
    nodes = [row.node for row in rows]
    table.children = list[Child](nodes)
    for name in ("chars", "link_chars", "links", "controls"):
        setattr(table, name, sum(getattr(node, name) for node in nodes))
    table.twins = any(node.twins for node in nodes)
    first, last = index_of(parent.children, nodes[0]), index_of(parent.children, nodes[-1])
    parent.children[first : last + 1] = [table]
    ours, theirs = nodes[0].tokens, nodes[1].tokens
    headed = bool(ours & _HEAD_CLASSES) or (bool(theirs) and not ours & theirs)
    for row in rows:
        for cell in row.cells:
            cell.tag = "th" if headed and row is rows[0] else "td"
        row.node.tag, row.node.parent = "tr", table


def _filled(column: tuple[Node, ...]) -> bool:
    """Whether most cells of a column have text: a row of pictures or icons is none."""
    return 2 * sum(cell.chars > 0 for cell in column) > len(column)
