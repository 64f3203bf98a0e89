"""Small documents made by hand, for tests of the stages after cleaning."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Block, BlockKind, Document, Home, Place

KINDS = {"#": BlockKind.HEADING, "-": BlockKind.ITEM, "!": BlockKind.CAPTION, "|": BlockKind.CELL}


def place(name: str, country: str = "DE", place_id: str = "") -> Place:
    """Return a place with an invented id."""
    return Place(place_id or f"geonames:{sum(map(ord, name)) * 7 + len(name)}", name, country)


def document(
    texts: Sequence[str],
    *,
    lang: str = "de",
    home: Place | None = None,
    title: str = "",
    published: str | None = None,
    langs: Sequence[str] = (),
) -> Document:
    """Return a document with one block a text.

    A text may open with a mark: ``# `` is a heading (one more ``#`` a level), ``- `` a list item, ``! `` a
    caption, ``| `` a cell. Blocks after a heading are in its section, with it in their path.
    """
    blocks: list[Block] = []
    path: list[tuple[int, int]] = []
    whole, section = "", 0
    for index, raw in enumerate(texts):
        mark, _, rest = raw.partition(" ")
        level = len(mark) if mark and set(mark) == {"#"} else 0
        kind = BlockKind.HEADING if level else KINDS.get(mark, BlockKind.PARAGRAPH)
        words = rest if level or kind is not BlockKind.PARAGRAPH else raw
        if index:
            whole += "\n"
        if level:
            section += 1
            path = [(lv, i) for lv, i in path if lv < level]
        start = len(whole)
        whole += words
        own = tuple(i for _, i in path)
        block_lang = langs[index] if langs else lang
        blocks.append(Block(index, kind, start, len(whole), block_lang, own, section, level, -1, start))
        if level:
            path.append((level, index))
    return Document(
        "d1",
        "page.html",
        "0" * 64,
        whole,
        tuple(blocks),
        (),
        title,
        lang,
        published,
        Home(home, home.name, "title") if home else None,
    )
