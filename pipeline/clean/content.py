"""Finding the content of a page, and dropping the parts beside it that no class gives away."""

from __future__ import annotations

import re

from pipeline.clean import chrome, menus
from pipeline.clean.chrome import EXCERPT, Frame, prose_keeps
from pipeline.clean.tree import HEADINGS, INVISIBLE, Node, everything, index_of
from pipeline.clean.vocabulary import is_drop_heading, keeps, vocabulary

_LEAST = 150
_CANDIDATES = 100
_WIDTH = re.compile(r"(\d{1,4})(?:\.\d{0,3})?\s?(%|px)?$")


def strip(root: Node, excerpt: int = EXCERPT) -> Frame:
    """Drop all that is not content; the tree keeps it, marked as gone.

    Args:
        root: The page.
        excerpt: How many characters of each dropped part to remember.

    Returns:
        What was found about the page, with the list of what was dropped.
    """
    body = root.find("body") or root
    frame = Frame(root, chars=body.chars - body.link_chars, excerpt=excerpt)
    frame.targets = _targets(root)
    frame.main = _main(body, frame.chars)
    frame.spine = {id(body)} | {id(node) for node in body.above()}
    if frame.main is not None:
        frame.spine |= {id(frame.main)} | {id(node) for node in frame.main.above()}
    content = frame.main or body
    frame.inside = {id(node) for node in content.walk()}
    frame.before = _before_heading(content)
    chrome.apply(frame)
    if frame.main is not None:
        _outside(frame, frame.main)
    _layout_cells(frame, content)
    _foreign_sections(frame, content)
    menus.rescue(content, frame.dropped)
    return frame


def _targets(root: Node) -> set[str]:
    """Return the ids that links and buttons of the page open."""
    found: set[str] = set()
    for node in root.walk():
        found.update(node.get("aria-controls").split())
        for name in ("href", "data-target", "data-bs-target"):
            value = node.get(name)
            if value.startswith("#") and len(value) > 1:
                found.add(value[1:])
    return found


def _main(body: Node, chars: int) -> Node | None:
    """Return the element that holds the content, if the page has one that can be trusted."""
    mains: list[Node] = []
    articles: list[Node] = []
    named: list[Node] = []
    words = vocabulary()
    for node in body.walk():
        if node.tag == "main" or node.get("role") == "main":
            mains.append(node)
        elif node.tag == "article":
            articles.append(node)
        elif node.tag in ("div", "section", "td") and node.tokens & words.content:
            named.append(node)
    del named[_CANDIDATES:], articles[_CANDIDATES:]
    for nodes in (mains, [node for node in articles if node.find("h1")]):
        if nodes:
            best = max(nodes, key=_prose)
            if _prose(best) >= min(_LEAST, 0.3 * chars):
                return best
    headed = [node for node in named if node.find("h1") is not None and _prose(node) >= 0.3 * chars]
    if headed:
        # The innermost of those that hold nearly all of it.
        most = max(_prose(node) for node in headed)
        return min((node for node in headed if _prose(node) >= 0.9 * most), key=lambda node: node.chars)
    if len(articles) == 1 and _prose(articles[0]) >= 0.5 * chars:
        return articles[0]
    large = [node for node in named if _prose(node) >= 0.6 * chars]
    return min(large, key=lambda node: node.chars) if large and body.find("h1") is None else None


def _prose(node: Node) -> int:
    return node.chars - node.link_chars


def _before_heading(content: Node) -> set[int]:
    """Return the ids of the elements that end before the page's first heading of level one."""
    first = content.find("h1")
    if first is None:
        return set()
    above = {id(node) for node in first.above()}
    before: set[int] = set()
    for node in content.walk():
        if node is first:
            break
        if id(node) not in above:
            before.add(id(node))
    return before


def _outside(frame: Frame, main: Node) -> None:
    """Drop what stands beside the content, unless it tells of twinning in running text.

    A page's only ``h1`` may stand in a picture above the content: it is moved into it.
    """
    if main.find("h1") is None:
        title = next((node for node in everything(frame.root) if node.tag == "h1" and node.chars), None)
        if title is not None and id(title) not in frame.spine:  # unclosed, it may hold the content itself
            copy = Node("h1", {}, main)
            copy.children = title.children
            copy.chars = title.chars
            main.children.insert(0, copy)
            title.gone = True
    node = main
    while node.parent is not None:
        for place, child in enumerate(node.parent.children):
            if isinstance(child, str):
                # libxml2 lets an unclosed paragraph of the frame run around the content.
                if len(child) < _LEAST or not keeps(child):
                    node.parent.children[place] = ""
            elif child is not node and not child.gone and child.tag not in INVISIBLE:
                if child.chars == 0:
                    continue
                if not prose_keeps(child, _LEAST):
                    frame.drop(child, "outside-content")
        node = node.parent


def _layout_cells(frame: Frame, content: Node) -> None:
    """Drop the cells of menus and side columns in pages that are laid out with tables."""
    for row in content.walk():
        if row.tag != "tr":
            continue
        cells = [
            child
            for child in row.children
            if isinstance(child, Node) and child.tag in ("td", "th") and not child.gone
        ]
        if len(cells) < 2:
            continue
        most = max(cells, key=_prose)
        if _prose(most) < 500:
            continue
        for cell in cells:
            if cell is most or cell.find("h1") is not None:
                continue
            menu = cell.links >= 3 and cell.density > 0.5
            narrow = _narrow(cell, most) and _prose(cell) < 0.5 * _prose(most)
            if menu or (narrow and not prose_keeps(cell, 20)):
                frame.drop(cell, "layout-cell")


def _narrow(cell: Node, widest: Node) -> bool:
    """Whether a cell is declared less than half as wide as its neighbour."""
    ours, theirs = _WIDTH.match(cell.get("width").strip()), _WIDTH.match(widest.get("width").strip())
    if not ours:
        return False
    if not theirs:
        return int(ours.group(1)) <= (30 if ours.group(2) == "%" else 220)
    return ours.group(2) == theirs.group(2) and 2 * int(ours.group(1)) <= int(theirs.group(1))


def _foreign_sections(frame: Frame, content: Node) -> None:
    """Drop what stands under a heading that announces teasers, comments or services."""
    for heading in list(content.walk()):
        level = HEADINGS.get(heading.tag)
        if level is None or level == 1 or _is_gone(heading) or not is_drop_heading(heading.text(limit=200)):
            continue
        node = heading
        while (
            node.parent is not None
            and node.parent.chars == heading.chars
            and id(node.parent) not in frame.spine
        ):
            node = node.parent
        if node.parent is None:
            continue
        around = node.parent.children
        place = index_of(around, node)
        run: list[Node] = [node]
        for child in around[place + 1 :]:
            if isinstance(child, Node) and not child.gone:
                if _opens_with_heading(child, level):
                    break
                run.append(child)
        mass = sum(_prose(part) for part in run)
        if mass > 0.6 * max(1, _prose(content)) or any(part.twins for part in run[1:]):
            continue
        for part in run:
            frame.drop(part, "foreign-heading")


def _is_gone(node: Node) -> bool:
    return node.gone or any(above.gone for above in node.above())


def _opens_with_heading(node: Node, level: int) -> bool:
    """Whether an element is, or begins with, a heading that is not below ``level``."""
    for part in node.walk():
        if part.tag in HEADINGS:
            return HEADINGS[part.tag] <= level
        if any(isinstance(child, str) and child.strip() for child in part.children):
            return False
    return False
