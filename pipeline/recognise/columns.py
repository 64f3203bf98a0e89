"""What the columns of a table tell of the names in it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from pipeline.gazetteer import Gazetteer, fold, ordinary_words
from pipeline.lexicon import load
from pipeline.model import Block, BlockKind, Document, Place
from pipeline.recognise.structure import Layout
from pipeline.recognise.triggers import triggers_in
from pipeline.recognise.unknown import Unknown

_LONGEST = 4


def column_names(
    document: Document, layout: Layout, named: Container[int], home: Place | None
) -> Iterator[tuple[int, Unknown]]:
    """Yield the names in columns of places that the gazetteer lacks, each with its block's index.

    "Hardtberg" stands under "Stadtbezirk", "Makete" under "Partner" and beside "Tansania".

    Args:
        document: The page.
        layout: Its layout.
        named: The blocks in which a place was found.
        home: The page's town, in whose country its districts lie.
    """
    particles = frozenset(load(document.lang, "places")["particles"])
    for block in document.blocks:
        kind = layout.column(block) if block.kind is BlockKind.CELL and block.index not in named else ""
        words = document.words(block).split() if kind else []
        if not 0 < len(words) <= _LONGEST or not (words[0][0].isupper() and words[-1][0].isupper()):
            continue
        if not all(w in particles or (w[0].isupper() and w.replace("-", "").isalpha()) for w in words):
            continue
        name = " ".join(words)
        country = layout.row_country(block) if kind == "partner" else home.country if home else ""
        if triggers_in(document.text, block.start, block.end, block.lang):
            continue  # a title between rows: Innerdeutsche Partnerschaften
        if country and fold(name) not in ordinary_words() and not layout.names_country(block):
            feature = "district" if kind == "home" else ""
            yield block.index, Unknown(block.start, block.end, name, country, feature=feature)


def is_anothers(
    layout: Layout, gazetteer: Gazetteer, country: str, block: Block, named: Mapping[int, str]
) -> bool:
    """Whether the country of a cell's row belongs to another cell: Elmshorn | Tarascon | Frankreich.

    ``named`` maps the blocks with a place, ``block`` among them, to its name.
    """

    def lies_there(index: int) -> bool:
        return any(c.place.country == country for c in gazetteer.candidates(named[index]))

    cells, at = layout.row(block)
    if at < 0 or lies_there(block.index):
        return False
    own = cells.index(block.index)
    return any(
        other in named and other != block.index and (abs(at - i) < abs(at - own) or lies_there(other))
        for i, other in enumerate(cells)
    )
