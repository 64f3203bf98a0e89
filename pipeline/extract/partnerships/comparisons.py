"""Tables that set towns of one country side by side by numbers, and list nobody's partners.

"Town | Number of twin towns": the word for the bond is counted there, it announces none.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.context import Context
from pipeline.model import Block, PlaceMention

_LEAST = 3
"""A table with so many towns that has the home among them compares it with the others."""


def counts(context: Context, cells: Sequence[Block]) -> bool:
    """Whether a column holds amounts: most of its cells begin with a number that is no date."""
    filled = [cell for cell in cells if any(c.isalnum() for c in context.text[cell.start : cell.end])]
    amounts = [cell for cell in filled if _is_amount(context, cell)]
    return bool(filled) and 2 * len(amounts) > len(filled)


def _is_amount(context: Context, cell: Block) -> bool:
    words = context.text[cell.start : cell.end].lstrip(" \n\t€$£~+-−–≈").strip()
    return words[:1].isdigit() and not context.dates(cell.start, cell.end)


def compares(
    context: Context,
    towns: Sequence[PlaceMention],
    beside: Sequence[Sequence[Block]],
    *,
    announced: bool,
) -> bool:
    """Whether a table compares towns at home.

    Args:
        context: The document, with a home town.
        towns: The places of the column that would be the partners'.
        beside: The cells of each other column that is no mere remark.
        announced: Whether its own headers or the line right above it announce partners.
    """
    if context.home is None or any(mention.place.country != context.home.country for mention in towns):
        return False
    if len(towns) >= _LEAST and any(context.is_home(mention.place) for mention in towns):
        return True
    cells = [cell for column in beside for cell in column]
    if announced or any(context.dates(cell.start, cell.end) for cell in cells):
        return False
    return any(counts(context, column) for column in beside)
