"""A list of partners that stands in the page's frame: "Our twin towns" above the links of a side menu.

Menus and side columns are dropped as a whole; of their lists, one whose label names partners is content.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.clean.tree import INVISIBLE, Child, Node
from pipeline.clean.vocabulary import plain, vocabulary

_LABEL, _NAME = 60, 60  # characters
_FEWEST, _MOST = 2, 60


def rescue(content: Node, dropped: Iterable[Node]) -> None:
    """Put each list of partners that stands in a dropped part at the end of the content, as a section.

    Args:
        content: The element that holds the content.
        dropped: The elements that are gone.
    """
    seen: set[tuple[str, ...]] = set()
    for part in list(dropped):
        for label, names in _lists(part):
            if tuple(names) not in seen:  # menus come twice: for wide screens and for narrow ones
                seen.add(tuple(names))
                content.children.append(_section(content, label, names))


def _lists(part: Node) -> Iterable[tuple[str, list[str]]]:
    """Yield the lists in a dropped part whose label names partners: the label, the names."""
    stack = [part]
    while stack:
        node = stack.pop()
        children = [c for c in node.children if isinstance(c, Node) and c.tag not in INVISIBLE]
        stack.extend(children)
        if node.tag not in ("ul", "ol", "div", "p", "nav") or node.links < _FEWEST:
            continue
        label = _label(node)
        names = _names(node) if label and _announces(label) else []
        if _FEWEST <= len(names) <= _MOST:
            yield label, names


def _label(node: Node) -> str:
    """Return the short text right before an element, or before the one that it fills; else nothing."""
    above = node.parent
    if above is None:
        return ""
    before: Child | None = None
    for child in above.children:
        if child is node:
            break
        if child.strip() if isinstance(child, str) else child.chars:
            before = child
    if before is None:
        return _label(above) if above.chars == node.chars else ""
    text = before if isinstance(before, str) else _text(before, _LABEL + 20)
    return text.strip() if len(text.strip()) <= _LABEL else ""


def _announces(label: str) -> bool:
    """Whether a label is a plural word for partners and little else."""
    return vocabulary().partners.fullmatch(plain(label)) is not None


def _names(node: Node) -> list[str]:
    """Return the items of a list, or the links of a line; none where one is too long for a name."""
    wanted = ("li",) if node.tag in ("ul", "ol") else ("a",)
    stack: list[Node] = [node]
    names: list[str] = []
    while stack:
        part = stack.pop()
        if part.tag in wanted:
            text = _text(part, _NAME + 20)
            if len(text) > _NAME:
                return []
            names += [text] if text else []
            continue
        stack.extend(c for c in reversed(part.children) if isinstance(c, Node) and c.tag not in INVISIBLE)
    return names


def _text(node: Node, limit: int) -> str:
    gone, node.gone = node.gone, False
    text = node.text(limit=limit)
    node.gone = gone
    return text


def _section(content: Node, label: str, names: Iterable[str]) -> Node:
    section = Node("section", {}, content)
    listed = Node("ul", {}, section)
    listed.children = [_holding("li", name, listed) for name in names]
    section.children = [_holding("h2", label, section), listed]
    return section


def _holding(tag: str, text: str, parent: Node) -> Node:
    node = Node(tag, {}, parent)
    node.children = [text]
    node.chars = len(text)
    return node
