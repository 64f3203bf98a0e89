"""A small typed tree of a page, made from Beautiful Soup's once.

The rules ask every element for the mass of its text and of its links; here both are counted once, in
one walk that does not recurse, so that neither a deep nor a wide page can hurt.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from typing import Union

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PreformattedString

from pipeline.clean.vocabulary import keeps

# Never text that a reader sees.
INVISIBLE = frozenset(
    {
        *("script", "style", "noscript", "template", "head", "svg", "iframe", "object", "embed", "canvas"),
        *("audio", "video", "source", "track", "map", "area", "param", "frame", "frameset", "noframes"),
        *("select", "option", "optgroup", "datalist", "textarea", "input", "progress", "meter"),
        *("meta", "link", "base", "title"),
    }
)
BLOCKS = frozenset(
    {
        *("html", "body", "div", "p", "pre", "hr", "blockquote", "center", "address", "hgroup"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "footer", "main", "nav", "menu", "search"),
        *("article", "section", "aside", "details", "summary", "dialog", "fieldset", "legend", "form"),
        *("ul", "ol", "li", "dir", "dl", "dt", "dd", "figure", "figcaption"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
    }
)
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_SPLIT = re.compile(r"[^0-9a-zäöüß]+")
_CAMEL = re.compile(r"(?<=[a-zäöü])(?=[A-ZÄÖÜ])")
_CONTAINERS_MAX = 200
# Deeper than any page that a person made; browsers flatten at 512.
DEEP = 512

Child = Union["Node", str]


class Node:
    """An element: its tag, attributes, children, and the mass of its text.

    ``chars`` counts the characters of its visible text, ``link_chars`` those in links, ``links`` the
    links, ``controls`` the links, buttons and fields, ``heads`` the headings below it; ``twins`` tells
    that its text outside links has a word for town twinning. The masses are those of the page as it
    came. An element that a rule dropped is ``gone``: it stays where it was, and every walk passes it over.
    """

    __slots__ = (
        "attrs",
        "chars",
        "children",
        "controls",
        "gone",
        "heads",
        "link_chars",
        "links",
        "names",
        "parent",
        "tag",
        "tokens",
        "twins",
    )

    def __init__(self, tag: str, attrs: dict[str, str], parent: Node | None) -> None:
        """Make an element without children."""
        self.tag = tag
        self.attrs = attrs
        self.parent = parent
        self.children: list[Child] = []
        self.controls = 0
        self.gone = False
        self.heads = 0
        self.twins = False
        self.chars = 0
        self.link_chars = 0
        self.links = 0
        self.names = _names(attrs) if attrs else ()
        self.tokens = frozenset(part for name in self.names for part in name) if attrs else frozenset()

    def get(self, name: str) -> str:
        """Return an attribute, empty if it is not there."""
        return self.attrs.get(name, "")

    @property
    def wraps(self) -> bool:
        """Whether all its text stands in one element below it, which can be judged instead."""
        return any(isinstance(child, Node) and child.chars == self.chars for child in self.children[:20])

    @property
    def density(self) -> float:
        """Share of the text that stands in links, 0 to 1."""
        return self.link_chars / self.chars if self.chars else 0.0

    def walk(self) -> Iterator[Node]:
        """Yield this element and all below it in reading order."""
        stack = [self]
        while stack:
            node = stack.pop()
            if node.gone:
                continue
            yield node
            if node.gone or not node.children:  # whoever asked may have dropped it
                continue
            stack.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def find(self, *tags: str) -> Node | None:
        """Return the first element below (or this one) with one of the tags."""
        return next((node for node in self.walk() if node.tag in tags), None)

    def above(self) -> Iterator[Node]:
        """Yield the elements around this one, innermost first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def text(self, links: bool = True, limit: int = 1_000_000) -> str:
        """Return the visible text, blocks and line breaks apart, white space folded.

        Args:
            links: Whether the text of links is wanted too.
            limit: Stop after about so many characters.
        """
        parts: list[str] = []
        size = 0
        stack: list[Child] = [self]
        while stack and size < limit:
            item = stack.pop()
            if isinstance(item, str):
                parts.append(item)
                size += len(item)
                continue
            if item.gone or item.tag in INVISIBLE or (item.tag == "a" and not links):
                continue
            if item.tag in BLOCKS or item.tag in ("br", "img"):
                parts.append(" ")
                stack.append(" ")
            stack.extend(reversed(item.children))
        return " ".join("".join(parts).replace("\u00ad", "").split())

    def siblings_after(self) -> list[Child]:
        """Return what follows this element in its parent."""
        if self.parent is None:
            return []
        around = self.parent.children
        return around[index_of(around, self) + 1 :]


def _names(attrs: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(part for part in _SPLIT.split(_CAMEL.sub("-", name).lower()) if part)
        for name in f"{attrs.get('class', '')} {attrs.get('id', '')}".split()[:_CONTAINERS_MAX]
    )


def index_of(children: list[Child], wanted: Child) -> int:
    """Return the place of a child itself (not of an equal one) in a list of children."""
    return next(index for index, child in enumerate(children) if child is wanted)


def _flatten(tag: Tag, node: Node) -> list[Node]:
    """Put all that stands below a very deep element directly into it, as browsers do."""
    made: list[Node] = []
    for below in tag.descendants:
        if isinstance(below, Tag):
            made.append(Node(below.name.lower(), {}, node))
            node.children.append(made[-1])
        elif type(below) is NavigableString and not (below.parent and below.parent.name in INVISIBLE):
            node.children.append(str(below))
    return made


def parse(text: str) -> tuple[Node, BeautifulSoup, int]:
    """Parse a page with Beautiful Soup on lxml (pinned: other parsers give other texts).

    Args:
        text: The page's HTML.

    Returns:
        The root of our tree, the soup it was made of, and the depth of the deepest element (all that
        is deeper than ``DEEP`` counts as one more).
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(text, "lxml")
    root = Node("html", {}, None)
    deepest = 0
    stack: list[tuple[Tag, Node, int]] = [(soup, root, 0)]
    order: list[Node] = [root]
    while stack:
        tag, node, depth = stack.pop()
        deepest = max(deepest, depth)
        if depth == DEEP:
            order.extend(_flatten(tag, node))
            deepest += 1
            continue
        for child in tag.contents:
            if isinstance(child, Tag):
                attrs = {
                    name: " ".join(value) if isinstance(value, list) else str(value)
                    for name, value in child.attrs.items()
                }
                below = Node(child.name.lower(), attrs, node)
                node.children.append(below)
                order.append(below)
                if below.tag not in INVISIBLE:
                    stack.append((child, below, depth + 1))
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                node.children.append(str(child))
    # Parents stand before their children in ``order``: backwards, each is whole when its turn comes.
    for node in reversed(order):
        node.chars += sum(len(child.strip()) for child in node.children if isinstance(child, str))
        node.twins |= any(
            keeps(child.replace("\u00ad", "")) for child in node.children if isinstance(child, str)
        )
        if node.tag == "a" and node.get("href"):
            node.link_chars = node.chars
            node.links = 1
            node.twins = False
        node.controls += node.tag in ("a", "button", "input", "label")
        if node.parent is not None and node.tag == "input":
            node.parent.controls += 1
        if node.parent is not None and node.tag not in INVISIBLE:
            node.parent.chars += node.chars
            node.parent.link_chars += node.link_chars
            node.parent.links += node.links
            node.parent.heads += node.heads + (node.tag in HEADINGS)
            node.parent.twins |= node.twins
            node.parent.controls += node.controls
    return root, soup, deepest


def everything(root: Node) -> list[Node]:
    """Return an element and all below it, dropped ones too, in reading order."""
    found: list[Node] = []
    stack = [root]
    while stack:
        node = stack.pop()
        found.append(node)
        stack.extend(child for child in reversed(node.children) if isinstance(child, Node))
    return found
