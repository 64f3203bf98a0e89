"""Helpers: a page of a string, and a short view of what became of it."""

from __future__ import annotations

from pipeline.clean import clean
from pipeline.model import Document, MediaType, Page

SENTENCE = (
    "The councils of both towns agreed on a lasting bond, and since then choirs, schools and clubs have"
    " visited each other in most summers, by coach and by ferry."
)


def page(text: str, media_type: MediaType = MediaType.HTML, source: str = "page.html") -> Page:
    """Return a page with a text."""
    return Page(source, text, media_type, "0" * 64, "utf-8")


def document(html: str) -> Document:
    """Clean an HTML page."""
    return clean(page(html))


def plain(text: str, markdown: bool = False) -> Document:
    """Clean a plain text or Markdown page."""
    return clean(page(text, MediaType.MARKDOWN if markdown else MediaType.TEXT, "page.txt"))


def outline(found: Document) -> list[tuple[str, str]]:
    """Return (kind, words) of each block."""
    return [(block.kind.value, found.words(block)) for block in found.blocks]


def above(found: Document, words: str) -> list[str]:
    """Return the headings above the block that begins with some words."""
    block = next(block for block in found.blocks if found.words(block).startswith(words))
    return [found.words(found.blocks[index]) for index in block.path]


def check(found: Document) -> None:
    """Assert what holds for every document."""
    end = 0
    for index, block in enumerate(found.blocks):
        assert block.index == index
        assert block.start == (end + 1 if index else 0)
        assert block.start < block.end <= len(found.text)
        assert block.start <= block.lead_end <= block.end
        assert all(i < index and found.blocks[i].kind.value == "heading" for i in block.path)
        words = found.words(block)
        assert words == " ".join(words.split())
        if index:
            assert found.text[end] in "\n\t"
        end = block.end
    assert end == len(found.text)
    for table in found.tables:
        assert len({len(row) for row in table.grid}) <= 1
        assert all(-1 <= cell < len(found.blocks) for row in table.grid for cell in row)
        assert all(0 <= row < len(table.grid) for row in table.header_rows)
    found.text.encode("utf-8")
