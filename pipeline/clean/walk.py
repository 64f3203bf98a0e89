"""From the tree that is left to drafts of blocks, in one walk that does not recurse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.clean.chrome import is_hidden, opens_panel
from pipeline.clean.draft import Border, Draft, Drafts
from pipeline.clean.lines import BREAK, Run, put
from pipeline.clean.tables import is_data_table, put_table
from pipeline.clean.tree import BLOCKS, HEADINGS, INVISIBLE, Child, Node, index_of
from pipeline.clean.vocabulary import vocabulary
from pipeline.model import BlockKind

_SPACE = re.compile(r"\s+")
_BOLD = re.compile(r"font-weight\s?:\s?(?:bold|[6-9]00)", re.IGNORECASE)
_SCOPES = frozenset({"section", "article", "details", "fieldset"})
_LISTS = frozenset({"ul", "ol", "dir", "menu"})
_PARTS = {
    "dt": BlockKind.TERM,
    "dd": BlockKind.DEFINITION,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
}
_REPEATED = 3
_GLUED = re.compile(r"[a-zà-öø-ÿ0-9.,!?)][A-ZÀ-ÖØ-Þ0-9]")  # what no word has
_PART_MAX = 200
_TITLE_MAX = 170
_LABEL_MAX = 60


@dataclass(frozen=True, slots=True)
class Look:
    """What an element hands down to the text in it."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    group: int = -1
    depth: int = 0
    details: int = 0
    bold: bool = False
    ghost: bool = False
    lang: str = ""
    split: bool = False
    pre: bool = False


@dataclass(slots=True)
class _End:
    """On the stack: the end of an element."""

    block: bool
    close: Border | None
    look: Look


class _Writer:
    def __init__(self, root: Node) -> None:
        self.drafts = Drafts()
        self.runs: list[Run] = []
        self.titles = _titles_by_class(root)
        self.item_titles = _titles_of_items(root)
        self.labels = _tab_labels(root)

    def flush(self, look: Look) -> None:
        if self.runs:
            runs, self.runs = self.runs, []
            put(self.drafts, runs, look.kind, look.level, look.group, look.split)

    def walk(self, root: Node) -> Drafts:
        look = Look()
        stack: list[Child | _End] = [root]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                text = item if look.pre else _SPACE.sub(" ", item)
                if text:
                    self.runs.append(Run(text, look.bold, look.ghost, look.lang))
            elif isinstance(item, _End):
                if item.block:
                    self.flush(look)
                if item.close is not None:
                    self.drafts.items.append(item.close)
                look = item.look
            elif not item.gone and item.tag not in INVISIBLE:
                look = self.enter(item, look, stack)
        self.flush(look)
        return self.drafts

    def enter(self, node: Node, look: Look, stack: list[Child | _End]) -> Look:
        tag = node.tag
        if tag == "br":
            self.runs.append(Run(BREAK))
            return look
        if tag in ("img", "wbr"):
            self.runs.append(Run(" " if tag == "img" else ""))
            return look
        if tag == "hr":
            self.flush(look)
            self.drafts.items.append(Border.RULE)
            return look
        heading = id(node) in self.item_titles or (
            tag in ("button", "label") and _before_block(node) and opens_panel(node)
        )
        block = tag in BLOCKS or heading or (tag == "span" and bool(node.tokens & vocabulary().image_caption))
        titled = tag == "li" and any(id(child) in self.item_titles for child in node.children)
        scope = block and id(node) not in self.titles and (titled or _is_scope(node))
        close = Border.END if tag in ("section", "article") else Border.CLOSE
        if block:
            self.flush(look)
        if tag == "table" and is_data_table(node):
            put_table(node, self.drafts, look.lang)
            return look
        if scope:
            self.drafts.items.append(Border.OPEN)
            label = self.labels.get(node.get("id")) or self.labels.get(node.get("aria-labelledby"))
            if label is not None and not _has_own_heading(node):
                put(self.drafts, [Run(label)], BlockKind.HEADING, -1, -1)
        stack.append(_End(block, close if scope else None, look))
        stack.extend(reversed(_apart(node)))
        return self.below(node, look, heading)

    def below(self, node: Node, look: Look, heading: bool) -> Look:
        """Return the look of what stands in an element."""
        tag = node.tag
        if len(node.attrs) > 0:
            lang = (node.get("lang") or node.get("xml:lang")).lower().replace("_", "-").split("-")[0]
            if lang and tag not in ("html", "body"):
                look = replace(look, lang=lang)
            if _BOLD.search(node.get("style")):
                look = replace(look, bold=True)
            if tag not in BLOCKS and is_hidden(node):
                look = replace(look, ghost=True)
        if tag in ("b", "strong") and not heading:
            return replace(look, bold=True)
        if tag == "a" or (tag not in BLOCKS and not heading):
            return look
        if tag in HEADINGS:
            return replace(look, kind=BlockKind.HEADING, level=HEADINGS[tag], group=-1)
        if tag == "details":
            return replace(look, details=look.details + 1)
        if tag in ("summary", "legend") or heading or id(node) in self.titles:
            return replace(look, kind=BlockKind.HEADING, level=-max(1, look.details), group=-1)
        if tag in _LISTS:
            return replace(look, group=self.drafts.new_group(), depth=look.depth + 1)
        if tag == "li":
            return replace(look, kind=BlockKind.ITEM, level=max(1, look.depth), group=look.group)
        if tag == "dl":
            return replace(look, group=self.drafts.new_group())
        if tag in _PARTS:
            captions = _PARTS[tag] is BlockKind.CAPTION
            return replace(look, kind=_PARTS[tag], level=0, group=-1 if captions else look.group)
        if node.tokens & vocabulary().image_caption and node.chars < 400:
            return replace(look, kind=BlockKind.CAPTION, level=0, group=-1)
        if tag == "address":
            return replace(look, split=True)
        if tag == "pre":
            return replace(look, pre=True)
        if tag == "td" and look.kind is BlockKind.CAPTION:
            return replace(look, kind=BlockKind.PARAGRAPH)
        return look


def _apart(node: Node) -> list[Child]:
    """Return what stands in an element, with a break between inline parts that only their style parts.

    ``<span class=land>Japan</span><span class=town>Yoichi</span>`` is no word.
    """
    children: list[Child] = []
    for child in node.children:
        before = children[-1] if children else None
        if (
            isinstance(child, Node)
            and isinstance(before, Node)
            and _is_part(before)
            and _is_part(child)
            and _GLUED.match(before.text(limit=_PART_MAX)[-1:] + child.text(limit=_PART_MAX)[:1])
        ):
            children.append(Node("br", {}, node))
        children.append(child)
    return children


def _is_part(node: Node) -> bool:
    inline = node.tag not in BLOCKS and node.tag not in INVISIBLE and node.tag not in ("br", "img", "wbr")
    return inline and not node.gone and 2 < node.chars < _PART_MAX and bool(node.get("class"))


def _is_scope(node: Node) -> bool:
    """Whether the headings in an element hold only inside it."""
    if node.tag in _SCOPES or node.get("role") == "tabpanel" or (node.tag == "li" and node.heads):
        return True
    return node.tag in ("div", "li") and bool(node.tokens & vocabulary().scope)


def write(root: Node) -> Drafts:
    """Make drafts of all that is left of a page.

    Args:
        root: The page; elements that are gone are passed over.
    """
    return _Writer(root).walk(root)


def beside(nodes: list[Node]) -> Iterator[str]:
    """Yield the lines of dropped elements: what a teaser says, without its markup.

    Args:
        nodes: Elements that are gone; what is gone inside them is passed over.
    """
    for node in nodes:
        node.gone = False
        drafts = write(node)
        node.gone = True
        yield from (item.text for item in drafts.items if isinstance(item, Draft))


def _before_block(node: Node) -> bool:
    """Whether a block with text stands behind an element, as the panel behind its button."""
    for child in node.siblings_after()[:6]:
        if isinstance(child, Node) and not child.gone and child.tag not in INVISIBLE:
            return child.tag in BLOCKS and child.chars > 0
        if isinstance(child, str) and child.strip():
            return False
    # <h3><button> is a heading already; <div><button></div><div class="panel"> is one too.
    parent = node.parent
    if parent is not None and parent.chars == node.chars and parent.tag == "div":
        return any(
            isinstance(child, Node) and child.chars > 0 and not child.gone
            for child in parent.siblings_after()[:6]
        )
    return False


def _titles_by_class(root: Node) -> set[int]:
    """Find paragraphs that are headings by their class alone.

    Minutes and interviews set each title or question as ``<p class="x">``: a class that comes again
    and again, always short, and always before a paragraph without it; or one that says what it is.
    """
    by_class: dict[str, list[Node]] = {}
    for node in root.walk():
        if node.tag in ("p", "div") and node.get("class") and node.chars >= 3:
            by_class.setdefault(node.get("class"), []).append(node)
    found: set[int] = set()
    for nodes in by_class.values():
        heads = [node for node in nodes if _heads(node)]
        named = any(vocabulary().title.intersection(name) and "sub" not in name for name in nodes[0].names)
        if named or (len(heads) >= _REPEATED and len(heads) == len(nodes)):
            found.update(id(node) for node in heads)
    return found


def _titles_of_items(root: Node) -> set[int]:
    """Find the names of list items that stand above blocks of their own.

    ``<li><b>A</b><p>...`` and ``<li>A<ul>...``: bold, or with a list below it; the latter become elements.
    """
    found: set[int] = set()
    for node in root.walk():
        if node.tag != "li" or node.heads:
            continue
        parts = [c for c in node.children if (c.strip() if isinstance(c, str) else not c.gone and c.chars)]
        first, after = (parts[0], parts[1]) if len(parts) > 1 else (None, None)
        if not isinstance(after, Node) or after.tag not in ("p", "ul", "ol", "div", "dl", "table"):
            continue
        if isinstance(first, str) and after.tag in ("ul", "ol") and _siblings_have_lists(node):
            text, first = first, Node("b", {}, node)
            first.children, first.chars = [text], len(text.strip())
            node.children[index_of(node.children, text)] = first
        if isinstance(first, Node) and first.tag in ("b", "strong") and _is_label(first):
            found.add(id(first))
    return found


def _siblings_have_lists(item: Node) -> bool:
    """Whether most items of a list have a list of their own: its items are then titles, no entries."""
    around = item.parent.children if item.parent is not None else [item]
    items = [n for n in around if isinstance(n, Node) and n.tag == "li" and not n.gone]
    nested = [n for n in items if any(isinstance(c, Node) and c.tag in ("ul", "ol") for c in n.children)]
    return 3 * len(nested) >= 2 * len(items)


def _is_label(node: Node) -> bool:
    return node.chars <= _LABEL_MAX and not node.text().endswith((".", ",", ";", ":"))


def _heads(node: Node) -> bool:
    if (
        node.chars > _TITLE_MAX
        or (node.links and not (node.links == 1 and node.link_chars == node.chars))
        or any(isinstance(c, Node) and c.tag in BLOCKS | {"br", "img"} for c in node.children)
    ):
        return False
    if node.tokens & vocabulary().image_caption or not any(c.isalpha() for c in node.text(limit=200)):
        return False
    for child in node.siblings_after()[:6]:
        if isinstance(child, Node) and not child.gone and child.chars:
            return child.tag in ("p", "ul", "ol", "div", "table", "dl") and child.get("class") != node.get(
                "class"
            )
        if isinstance(child, str) and child.strip():
            return node.tag == "div"
    return False


def _tab_labels(root: Node) -> dict[str, str]:
    """Return the labels of tabs by the id of their panel, and by their own id.

    A panel without a heading of its own is known to its reader by the tab alone.
    """
    labels: dict[str, str] = {}
    stack = [root]
    while stack:
        node = stack.pop()
        stack.extend(child for child in node.children if isinstance(child, Node))
        if not 1 < node.chars <= 80 or node.tag not in ("a", "button", "label", "li", "h2", "h3", "h4"):
            continue
        panel = (
            node.get("aria-controls")
            or node.get("data-target").lstrip("#")
            or node.get("data-bs-target").lstrip("#")
        )
        tabbed = node.get("role") == "tab" or any(
            around.tokens & vocabulary().accordion or around.get("role") == "tablist"
            for _, around in zip(range(4), node.above(), strict=False)
        )
        href = node.get("href")
        if not panel and tabbed and href.startswith("#"):
            panel = href[1:]
        if panel and tabbed:
            labels.setdefault(panel, node.text())
        if node.get("role") == "tab" and node.get("id"):
            labels.setdefault(node.get("id"), node.text())
    return labels


def _has_own_heading(node: Node) -> bool:
    """Whether an element begins with a heading (of any sort)."""
    for part in node.walk():
        if part.tag in HEADINGS or part.tag in ("summary", "legend", "button"):
            return True
        if any(isinstance(child, str) and child.strip() for child in part.children):
            return part.tag in ("b", "strong")
    return False
