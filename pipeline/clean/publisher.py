"""Short texts from around the content that tell whose page it is."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from pipeline.clean.draft import fold
from pipeline.clean.stamps import json_items
from pipeline.clean.tree import Node, everything
from pipeline.clean.vocabulary import plain, vocabulary

_LONGEST = 120
_MOST = 20
_SUFFIX = re.compile(r"\s(?:[|–—·:/»›-])\s")
_POSTCODE = re.compile(r"\b\d{5}\s[A-ZÄÖÜ]|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b[A-Z]{2}\s\d{5}\b")
_ORGANISATION = (
    "Organization",
    "GovernmentOrganization",
    "NewsMediaOrganization",
    "City",
    "NGO",
    "GovernmentOffice",
    "LocalBusiness",
)


def of_page(root: Node, soup: BeautifulSoup, title: str) -> tuple[str, ...]:
    """Return hints at the publisher, best first, each once.

    Args:
        root: The whole page; elements that are gone are looked at too.
        soup: Its soup, for the metadata.
        title: The whole title, whose end often names the site.

    Returns:
        At most 20 texts of at most 120 characters.
    """
    found: list[str] = []

    def add(text: object) -> None:
        words = fold(text) if isinstance(text, str) else ""
        if (
            2 < len(words) <= _LONGEST
            and words not in found
            and plain(words) not in vocabulary().share
            and len(found) < _MOST
            and any(c.isalpha() for c in words)
        ):
            found.append(words)

    for tag in soup.find_all("meta"):
        if isinstance(tag, Tag):
            name = str(tag.get("property") or tag.get("name") or "").lower()
            if name in (
                "og:site_name",
                "application-name",
                "dc.publisher",
                "dcterms.publisher",
                "publisher",
                "dc.creator",
                "author",
            ):
                add(tag.get("content"))
    headings = {fold(node.text(limit=400)) for node in everything(root) if node.tag == "h1"}
    parts = _SUFFIX.split(title)
    for part in reversed(parts[1:]):
        if title not in headings:  # "Oban – Gorey": the title is a headline to its end
            add(part)
    for item in json_items(soup):
        kind = item.get("@type")
        if isinstance(kind, str) and kind in _ORGANISATION:
            add(item.get("name"))
        add(item.get("addressLocality"))
    for node in everything(root):
        if node.tag == "img":
            around = (node.parent.tokens if node.parent else frozenset()) | node.tokens
            home = (
                node.parent is not None
                and node.parent.get("href").rstrip("/").count("/") <= 2
                and node.parent.tag == "a"
            )
            if (
                "logo" in around
                or "logo" in node.get("src").lower()
                or (
                    home
                    and node.parent is not None
                    and node.parent.get("href") in ("/", "./", "index.html", "#top")
                )
            ):
                add(node.get("alt"))
        elif (
            node.tag in ("footer", "address")
            or node.tokens
            & {"footer", "fuss", "fusszeile", "impressum", "logo", "brand", "branding", "site-title"}
            or "contentinfo" in node.get("role")
        ):
            _lines(node, add)
        elif node.tag in ("p", "div", "li", "td") and node.chars <= 2 * _LONGEST and not node.wraps:
            text = node.text(limit=400)
            if vocabulary().publisher.match(text):
                add(re.split(r"(?<=[a-zäöüß])\.\s", text)[0][:_LONGEST])
            elif _POSTCODE.search(text):
                add(text)
    return tuple(found)


def of_lines(lines: list[str]) -> tuple[str, ...]:
    """Return hints at the publisher from the lines of a plain text: addresses, publisher lines."""
    found: list[str] = []
    for line in lines:
        words = fold(line)
        if (
            2 < len(words) <= _LONGEST
            and words not in found
            and (vocabulary().publisher.match(words) or _POSTCODE.search(words))
        ):
            found.append(words)
    return tuple(found[:_MOST])


def _lines(node: Node, add: object) -> None:
    """Hand over the short lines of a footer that are no links."""
    assert callable(add)
    for part in everything(node):
        text = "".join(child if isinstance(child, str) else " " for child in part.children)
        if part.tag not in ("script", "style") and len(text.strip()) > 3:
            if part.tag == "a" and len(text) > 60:
                continue
            add(text.strip(" ,;|·"))
