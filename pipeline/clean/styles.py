"""What a page's own style sheet says of its classes: which are bold, and which stand as blocks.

Pages without a content management system often set their names as ``<span class="big">``. Only plain rules
of a class are read, and only to see what a reader sees; nothing is ever hidden by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.clean.tree import BLOCKS, INVISIBLE, Node

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,400})\{([^{}]{0,2000})\}")
_LAST_CLASS = re.compile(r"\.([A-Za-z_][\w-]*)$")
_BOLD = re.compile(r"font(?:-weight)?\s?:[^;]*\b(?:bold|bolder|[6-9]00)\b", re.IGNORECASE)
_BLOCK = re.compile(r"display\s?:\s?(?:block|flex|grid|table)\b", re.IGNORECASE)
_ROW = re.compile(r"display\s?:\s?(?:inline-)?(?:flex|grid)\b", re.IGNORECASE)
_BOLDED = BLOCKS | {"span", "b", "strong", "em", "i", "small", "time", "a"}
_SHEET_MAX = 200_000


def apply_styles(root: Node, sheets: Iterable[str]) -> None:
    """Mark bold elements, and retag the inline ones that stand as blocks, in place.

    Args:
        root: The page.
        sheets: The texts of its ``style`` elements.
    """
    bold: set[str] = set()
    block: set[str] = set()
    row: set[str] = set()
    for sheet in sheets:
        for selectors, declarations in _RULE.findall(_COMMENT.sub(" ", sheet[:_SHEET_MAX])):
            classes = {m.group(1) for s in selectors.split(",") if (m := _LAST_CLASS.search(s.strip()))}
            bold |= classes if _BOLD.search(declarations) else set()
            block |= classes if _BLOCK.search(declarations) else set()
            row |= classes if _ROW.search(declarations) else set()
    if not (bold or block or row):
        return
    for node in root.walk():
        if node.tag in INVISIBLE or not node.get("class"):
            continue
        classes = set(node.get("class").split())
        if classes & bold and node.tag in _BOLDED:
            node.attrs["style"] = f"{node.get('style')};font-weight:bold"
        if classes & block and node.tag == "span":
            node.tag = "div"
        if classes & row:
            for child in node.children:
                if isinstance(child, Node) and child.tag == "span":
                    child.tag = "div"
