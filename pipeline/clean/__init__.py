"""Stage two: from a page to one frozen text in blocks.

The content is kept, with its headings, lists, tables and captions as blocks; menus, teasers, banners
and the like are dropped by named rules (see ``chrome.RULES`` and ``content.strip``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any

from bs4 import BeautifulSoup, Tag

from pipeline.clean import content, grids, plain, publisher, stamps, styles, walk
from pipeline.clean.chrome import EXCERPT
from pipeline.clean.draft import Drafts, fold
from pipeline.clean.freeze import BESIDE, Frozen, freeze
from pipeline.clean.home import Candidates, Texts, find_home
from pipeline.clean.plain_lines import front_matter
from pipeline.clean.stamp_dates import names_weekday
from pipeline.clean.tree import BLOCKS, DEEP, INVISIBLE, Child, Node, parse
from pipeline.model import BlockKind, Document, Issue, MediaType, Page

__all__ = ["clean", "doc_id", "dropped", "home_candidates"]

_TITLE_END = re.compile(r"\s(?:[|–—·»›/-]|::)\s")
_WORD = re.compile(r"\w{3,}")
_LINES_MAX = 4000


def doc_id(source: str) -> str:
    """Return the id of the document with a source: it stays when other pages come or go."""
    return "doc-" + hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def clean(page: Page) -> Document:
    """Clean a page.

    Args:
        page: As it was read.

    Returns:
        The document. Lines of teasers that name people in office stand at its end, with section -1
        (``freeze.BESIDE``): they are no part of the content. A page of which nothing is left has an
        empty text and an issue ``no_content``.
    """
    return _clean(page)[0]


def dropped(page: Page, excerpt: int = EXCERPT) -> list[tuple[str, str]]:
    """Return (rule, opening words) of each part that cleaning drops from a page, in order.

    Args:
        page: As it was read.
        excerpt: How many characters of each part to return.
    """
    return [(rule, words[:excerpt]) for rule, words in _clean(page, excerpt)[1]]


def home_candidates(page: Page, **without: Any) -> Candidates:
    """Return the places that a page names, with the signs that each is its home.

    ``without`` replaces parts of the page: ``chrome=""``; its headings go from the content, too.
    """
    document, _, texts = _clean(page)
    if "headings" in without:
        heads = {texts.title, *texts.headings}
        lines = [line for line in texts.body.split("\n") if line not in heads]
        texts = texts._replace(body="\n".join(lines))
    return Candidates(texts._replace(**without), document.lang)


def _clean(page: Page, excerpt: int = EXCERPT) -> tuple[Document, list[tuple[str, str]], Texts]:
    if page.media_type is MediaType.HTML:
        return _clean_html(page, excerpt)
    fields, text = front_matter(page.text)
    drafts, gone = plain.write(text, page.media_type is MediaType.MARKDOWN)
    frozen = freeze(drafts, fields.get("lang", ""))
    title = _title(fold(fields.get("title", "")), frozen)
    published = _published(stamps.from_fields(fields), title, frozen, [])
    hints = publisher.of_lines(page.text.splitlines()[:_LINES_MAX])
    document, texts = _document(page, frozen, title, published, hints, "", [])
    return document, gone, texts


def _clean_html(page: Page, excerpt: int) -> tuple[Document, list[tuple[str, str]], Texts]:
    root, soup, depth = parse(page.text)
    issues = _markup_issues(page, depth)
    found = soup.find("title")
    whole = fold(found.get_text()) if found is not None else ""
    html = root.find("html")
    declared = html.get("lang") or html.get("xml:lang") if html is not None else ""
    before = _lines(root)
    styles.apply_styles(root, (str(style.string or "") for style in soup.find_all("style")))
    frame = content.strip(root, excerpt)
    grids.retag(root)
    drafts: Drafts = walk.write(root)
    drafts.add_beside(walk.beside(frame.beside))
    frozen = freeze(drafts, declared)
    title = _title(whole, frozen)
    kept = {frozen.text[block.start : block.end] for block in frozen.blocks}
    loose = [line for line in before if line not in kept]
    published = _published(stamps.from_soup(soup), whole, frozen, loose)
    hints = publisher.of_page(root, soup, whole)
    chrome = "\n".join(loose)
    locale = _locale(soup, declared)
    document, texts = _document(page, frozen, title, published, hints, chrome, issues, locale)
    return document, frame.gone, texts


def _locale(soup: BeautifulSoup, declared: str) -> str:
    """Return the locale that names a country, of the page itself or for those who link to it, or nothing."""
    linked = soup.find("meta", attrs={"property": "og:locale"})
    for found in (declared, str(linked.get("content", "")) if isinstance(linked, Tag) else ""):
        if re.fullmatch(r"[a-z]{2}[-_][A-Z]{2}", found.strip()):
            return found.strip()
    return ""


def _document(
    page: Page,
    frozen: Frozen,
    title: str,
    published: str | None,
    hints: tuple[str, ...],
    chrome: str,
    issues: list[Issue],
    locale: str = "",
) -> tuple[Document, Texts]:
    if not frozen.text:
        issues = [
            *issues,
            Issue("clean", "no_content", f"{page.source}: nothing is left of the page after cleaning"),
        ]
    headings = [
        frozen.text[b.start : b.end] for b in frozen.blocks if b.kind is BlockKind.HEADING and b.level == 1
    ]
    texts = Texts(title, headings, hints, chrome, frozen.text[: frozen.end], locale)
    document = Document(
        doc_id=doc_id(page.source),
        source=page.source,
        sha256=page.sha256,
        text=frozen.text,
        blocks=frozen.blocks,
        tables=frozen.tables,
        title=title,
        lang=frozen.lang,
        published=published,
        home=find_home(texts, frozen.lang),
        url=page.url,
        publisher=hints,
        issues=(*page.issues, *issues),
    )
    return document, texts


def _markup_issues(page: Page, depth: int) -> list[Issue]:
    """Report what makes the parser lose the rest of a page, or flatten it."""
    issues: list[Issue] = []
    text = page.text
    if text.rfind("<!--") > text.rfind("-->"):
        line = text.count("\n", 0, text.rfind("<!--")) + 1
        issues.append(
            Issue(
                "clean", "markup_truncated", f"{page.source}: a comment opens in line {line} and never ends"
            )
        )
    low = text.lower()
    for tag in ("script", "style", "textarea", "template"):
        if low.rfind(f"<{tag}") > low.rfind(f"</{tag}"):
            issues.append(Issue("clean", "markup_truncated", f"{page.source}: <{tag}> opens and never ends"))
    if depth > DEEP:
        issues.append(Issue("clean", "too_deep", f"{page.source}: elements are nested more than {DEEP} deep"))
    return issues


def _title(whole: str, frozen: Frozen) -> str:
    """Return the page's title: what ``title`` says, without the name of the site behind it.

    Where the first heading of level one says the same, the heading is the better wording.
    """
    headings = [
        frozen.text[b.start : b.end] for b in frozen.blocks if b.kind is BlockKind.HEADING and b.level == 1
    ]
    if not whole:
        if headings:
            return headings[0]
        any_heading = next((b for b in frozen.blocks if b.kind is BlockKind.HEADING), None)
        return frozen.text[any_heading.start : any_heading.end] if any_heading else ""
    if headings:
        mine = set(_WORD.findall(headings[0].lower()))
        first = set(_WORD.findall(_TITLE_END.split(whole)[0].lower()))
        shared = mine & set(_WORD.findall(whole.lower()))
        if shared and (2 * len(shared) >= len(mine) or 2 * len(mine & first) >= len(first)):
            return headings[0]
    return whole


def _published(meta: list[stamps.Stamp], title: str, frozen: Frozen, loose: list[str]) -> str | None:
    headline = next((b.index for b in frozen.blocks if b.kind is BlockKind.HEADING and b.level == 1), 0)
    lines: list[str] = []
    bare: list[bool] = []
    row, before = -1, None
    for block in frozen.blocks[:_LINES_MAX]:
        if block.section == BESIDE:
            break
        words = frozen.text[block.start : block.end]
        # "Datum:" and "12.03.2019" in two cells of a row, or as term and definition, are one stamp.
        beside = block.kind is BlockKind.CELL and frozen.text[block.start - 1] == "\t"
        if row >= 0 and (beside or (block.kind is BlockKind.DEFINITION and before is BlockKind.TERM)):
            lines[row] = f"{lines[row]} {words}"
            words = ""
        else:
            row = block.index
        lines.append(words)
        # The day over a post of a blog; a year or a day alone heads a part of a chronicle.
        dated = block.kind is BlockKind.HEADING and names_weekday(words)
        bare.append(block.kind is BlockKind.PARAGRAPH or dated)
        before = block.kind
    captions = {frozen.text[b.start : b.end] for b in frozen.blocks if b.kind is BlockKind.CAPTION}
    return stamps.published(meta, title, headline, lines, loose, bare, captions)


_BREAK = Node("br", {}, None)


def _lines(root: Node) -> list[str]:
    """Return all short lines of the page as it came, chrome included."""
    lines: list[str] = []
    parts: list[str] = []
    stack: list[Child] = [root]
    while stack and len(lines) < _LINES_MAX:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
        elif item.tag not in INVISIBLE:
            if item.tag in BLOCKS or item.tag == "br":
                if parts:
                    lines.append(fold("".join(parts)))
                    parts = []
                if item.tag != "br":
                    stack.append(_BREAK)
            stack.extend(reversed(list(_apart(item.children))))
    lines.append(fold("".join(parts)))
    return [line for line in lines if 5 < len(line) < 200]


def _apart(children: Sequence[Child]) -> Iterator[Child]:
    """Yield children, with a mark between links that stand side by side: the entries of a menu."""
    link = False
    for child in children:
        entry = not isinstance(child, str) and child.tag == "a"
        if link and entry:
            yield " · "
        link = entry
        yield child
