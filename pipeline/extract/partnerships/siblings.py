"""Entries of one series: where some are partners by their own words, their siblings are partners too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.context import Context, Scope
from pipeline.extract.partnerships.kinds import strongest
from pipeline.extract.partnerships.owners import series
from pipeline.model import TriggerMention

if TYPE_CHECKING:
    from pipeline.extract.partnerships.entries import Entry

_LEAST = 3


def adopted(
    context: Context,
    kept: Sequence[Entry],
    passed_over: Iterable[Entry],
    words: dict[int, TriggerMention],
) -> list[Entry]:
    """Return the entries that only their siblings announce.

    Args:
        context: The document.
        kept: The partners that were accepted.
        passed_over: The entries that nothing announces; what denies them is not among them.
        words: The words by which an accepted entry's own passage names the bond, by its block.
    """
    places: dict[tuple[object, ...], list[int]] = {}
    for block in context.document.blocks:
        places.setdefault(series(block), []).append(block.index)
    found = []
    rest = list(passed_over)
    for key in dict.fromkeys(series(e.block) for e in rest):
        left = [e for e in rest if series(e.block) == key]
        own = [e for e in kept if series(e.block) == key and e.block.index in words]
        accepted = [e for e in kept if series(e.block) == key]
        entries = len(accepted) + len(left)
        at = [e.block.index for e in (*accepted, *left)]
        size = sum(min(at) <= index <= max(at) for index in places[key])
        if not own or entries < _LEAST or 2 * entries < size or len(left) > 4 * len(accepted):
            continue
        kind = strongest(words[e.block.index].kind for e in own)
        shown = next(words[e.block.index] for e in own if words[e.block.index].kind is kind)
        scope = Scope(kind, None, shown.start, shown.end, strong=False)
        found += [replace(entry, scope=scope) for entry in left if entry.anchor == own[0].anchor]
    return found
