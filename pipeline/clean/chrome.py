"""Dropping what surrounds the content: an ordered list of small named rules, asked of every element.

The first rule that says yes wins, and its name is remembered with the words that went.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.clean.tree import BLOCKS, HEADINGS, INVISIBLE, Node
from pipeline.clean.vocabulary import keeps, plain, vocabulary

EXCERPT = 160
"""How many characters of a dropped part are remembered, for people to know it by."""
_HIDING = re.compile(r"display\s?:\s?none|visibility\s?:\s?hidden", re.IGNORECASE)
_TRAIL = re.compile(r"\s?(?:[>›»/|→:]|::)\s?")


@dataclass(slots=True)
class Frame:
    """What the rules know of the whole page.

    ``spine`` holds the ids of the elements that must stay because the content stands in them;
    ``inside`` those of the elements in the content. ``targets`` are the ids that something on the
    page opens (tabs, accordions). ``gone`` collects (rule, text) of what was dropped, ``beside`` the
    dropped elements that tell of other news, ``dropped`` all dropped ones.
    """

    root: Node
    main: Node | None = None
    chars: int = 0
    excerpt: int = EXCERPT
    spine: set[int] = field(default_factory=set)
    inside: set[int] = field(default_factory=set)
    before: set[int] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    gone: list[tuple[str, str]] = field(default_factory=list)
    beside: list[Node] = field(default_factory=list)
    dropped: list[Node] = field(default_factory=list)

    def drop(self, node: Node, rule: str) -> None:
        """Drop an element and remember why."""
        node.gone = False
        self.gone.append((rule, node.text(limit=self.excerpt)[: self.excerpt]))
        node.gone = True
        self.dropped.append(node)
        if rule in BESIDE:
            self.beside.append(node)


BESIDE = frozenset(
    {"aside", "teaser-class", "weak-class", "outside-content", "layout-cell", "foreign-heading", "link-list"}
)
"""Rules that drop teasers and side columns, which still name people in office."""

Rule = Callable[[Node, Frame], bool]


def apply(frame: Frame) -> None:
    """Ask the rules of every element of the page, outermost first, and drop what they name."""
    for node in frame.root.walk():
        if node.parent is None or not node.chars or node.tag in INVISIBLE or id(node) in frame.spine:
            continue
        for name, rule in RULES:
            if rule(node, frame):
                frame.drop(node, name)
                break


def has_pair(node: Node, pairs: frozenset[tuple[str, str]]) -> bool:
    """Whether two words stand beside each other in a class or id of the element."""
    return any((a, b) in pairs for name in node.names for a, b in itertools.pairwise(name))


def prose_keeps(node: Node, least: int = 60) -> bool:
    """Whether the element speaks of twinning in running text, not just in links."""
    return node.twins and node.chars - node.link_chars >= least


def is_hidden(node: Node) -> bool:
    """Whether an element says that it is not shown, or is for screen readers only."""
    attrs = node.attrs
    if "hidden" in attrs or attrs.get("aria-hidden") == "true" or has_pair(node, vocabulary().hidden_pairs):
        return True
    return "style" in attrs and _HIDING.search(attrs["style"]) is not None


def _hidden(node: Node, frame: Frame) -> bool:
    # A hidden word in a line is left to the writer of the blocks, who knows where in the line it stands.
    if node.tag not in BLOCKS or not is_hidden(node):
        return False
    # A closed accordion or the tab behind is hidden until a reader clicks: it is content.
    opened = (
        node.get("id") in frame.targets or node.get("role") == "tabpanel" or "aria-labelledby" in node.attrs
    )
    return not (node.chars > 40 and (opened or node.tokens & vocabulary().accordion))


def opens_panel(node: Node) -> bool:
    """Whether a button or label is the visible heading of a panel that it opens."""
    if node.tag == "label":
        before = node.get("for")
        return bool(before) and any(
            isinstance(child, Node)
            and child.tag == "input"
            and child.get("id") == before
            and child.get("type") in ("checkbox", "radio")
            for child in (node.parent.children if node.parent else [])
        )
    controls = any(
        name in node.attrs for name in ("aria-controls", "aria-expanded", "data-target", "data-bs-target")
    )
    if not (controls or node.tokens & vocabulary().accordion):
        return False
    return 1 < node.chars <= 150


def _control(node: Node, frame: Frame) -> bool:
    if node.tag == "button":
        if any(above.tag in HEADINGS or above.tag in ("summary", "dt") for above in node.above()):
            return False
        # lxml nests what follows an unclosed button into it.
        return node.chars < 300 and not (id(node) in frame.inside and opens_panel(node))
    if node.tag == "label":
        return not opens_panel(node)
    if node.tag == "legend":
        return False
    if node.tag == "form":
        return node.chars < 400 and node.find("h1", "h2", "table") is None
    return False


def _dialog(node: Node, frame: Frame) -> bool:
    return node.tag == "dialog" or node.get("role") in ("dialog", "alertdialog")


def _cookies(node: Node, frame: Frame) -> bool:
    if node.tag not in ("div", "section", "p", "aside") or not 10 < node.chars < 2500 or not node.controls:
        return False
    if id(node) in frame.inside and id(node) not in frame.before:
        return False
    text = node.text(limit=2600).lower()
    return any(word in text for word in vocabulary().cookie) and not keeps(text)


def _navigation(node: Node, frame: Frame) -> bool:
    return node.tag in ("nav", "menu") or node.get("role") in ("navigation", "search", "menu", "menubar")


def _site_header(node: Node, frame: Frame) -> bool:
    if node.tag != "header" and node.get("role") != "banner":
        return False
    return id(node) not in frame.inside and not any(
        above.tag in ("article", "section") for above in node.above()
    )


def _site_footer(node: Node, frame: Frame) -> bool:
    if node.tag != "footer" and node.get("role") != "contentinfo":
        return False
    if any(above.tag in ("blockquote", "figure") for above in node.above()):
        return False
    return not (id(node) in frame.inside and prose_keeps(node))


def _chrome_class(node: Node, frame: Frame) -> bool:
    words = vocabulary()
    if not (node.tokens & words.strong or has_pair(node, words.pairs)):
        return False
    if node.tokens & words.never and not node.tokens & words.content:
        return node.chars < 0.5 * frame.chars or node.density > 0.5
    if node.tag in HEADINGS or (node.tokens & words.content and node.chars > 0.3 * frame.chars):
        return False
    return not prose_keeps(node)


def _teaser_class(node: Node, frame: Frame) -> bool:
    words = vocabulary()
    named = node.tokens & words.teasers or has_pair(node, words.teaser_pairs)
    if not named or node.tag in HEADINGS or node.chars > 0.5 * frame.chars:
        return False
    return not prose_keeps(node)


def _breadcrumb(node: Node, frame: Frame) -> bool:
    if node.tag not in ("p", "div", "ol", "ul", "span") or not 3 < node.chars < 220 or node.wraps:
        return False
    steps = [plain(step) for step in _TRAIL.split(node.text(limit=400))]
    if steps[0] in vocabulary().breadcrumb and len(steps) > 1:
        return all(len(step) <= 70 for step in steps)
    return False


def _share(node: Node, frame: Frame) -> bool:
    if node.tag in HEADINGS or not 0 < node.chars < 250 or node.tag in ("td", "th", "a") or node.wraps:
        return False
    labels = [plain(child.text(limit=200)) for child in node.walk() if child.tag in ("a", "button", "li")]
    labels = [label for label in labels if label]
    if not labels:
        return plain(node.text(limit=300)) in vocabulary().share and node.tag in ("p", "div", "li", "span")
    known = sum(1 for label in labels if label in vocabulary().share)
    return (
        known >= max(1, (len(labels) + 1) // 2)
        and node.chars - node.link_chars < 120
        and not keeps(node.text())
    )


def _pager(node: Node, frame: Frame) -> bool:
    if node.links < 3 or node.chars > 150 or node.tag not in ("p", "div", "ul", "ol"):
        return False
    labels = node.text(limit=200).split()
    return sum(1 for label in labels if label.isdigit() and len(label) < 5) >= 0.6 * len(labels)


def _weak_class(node: Node, frame: Frame) -> bool:
    words = vocabulary()
    if (
        not node.tokens & words.weak
        or node.tag in HEADINGS
        or node.tag in ("td", "th", "tr", "table", "dt", "dd")
    ):
        return False
    if node.tokens & words.content and node.chars > 0.3 * frame.chars:
        return False
    if prose_keeps(node, 20) or node.chars > 0.6 * frame.chars:
        return False
    if id(node) not in frame.inside:
        return True
    # Inside the content such a class may be a mere style: "teaser" is often the opening paragraph.
    if node.tag == "p" or node.find("h1") is not None:
        return False
    return node.links >= 3 and node.density > 0.3


def _aside(node: Node, frame: Frame) -> bool:
    if node.tag != "aside" and node.get("role") != "complementary":
        return False
    return not prose_keeps(node, 20)


def _link_list(node: Node, frame: Frame) -> bool:
    if node.tag not in ("ul", "ol", "div", "p", "table", "section") or node.links < 3 or node.density < 0.7:
        return False
    # In the content a list of links may be the list of partners.
    return id(node) not in frame.inside or (id(node) in frame.before and not keeps(node.text()))


RULES: tuple[tuple[str, Rule], ...] = (
    ("hidden", _hidden),
    ("control", _control),
    ("dialog", _dialog),
    ("teaser-class", _teaser_class),
    ("navigation", _navigation),
    ("site-header", _site_header),
    ("site-footer", _site_footer),
    ("aside", _aside),
    ("chrome-class", _chrome_class),
    ("cookie-banner", _cookies),
    ("breadcrumb", _breadcrumb),
    ("share-bar", _share),
    ("pager", _pager),
    ("weak-class", _weak_class),
    ("link-list", _link_list),
)
