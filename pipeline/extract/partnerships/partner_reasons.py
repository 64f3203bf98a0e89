"""What the rules hold against a place as a partner: signs of ``partner_signs.py`` that rest on their reasons.

What a sentence itself denies, or only wishes, is no mention of a partner. The other reasons are not sure:
they are weighed with the other signs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.context import Context
from pipeline.extract.cues import polarity
from pipeline.extract.partnerships.finding import Finding
from pipeline.extract.trace import Veto
from pipeline.model import BlockKind, Place, PlaceMention

_DENIED = (Veto.UNSTATED, Veto.ROW, Veto.BODY)


def denied_spans(context: Context) -> list[tuple[int, int]]:
    """Return the spans that deny, or only wish, a partnership that a rule was about to read."""
    return [(note.start, note.end) for note in context.notes if note.veto in _DENIED]


class Reasons:
    """The reasons of one page's rules; ``findings`` are the partnerships that they read."""

    def __init__(self, context: Context, findings: Sequence[Finding]) -> None:
        """Prepare for a page with a home town."""
        self._context = context
        self._bound: dict[str, list[tuple[int, int]]] = {}
        for finding in findings:
            spans = [(e.start, e.end) for e in finding.evidence]
            for place in (finding.a, finding.b):
                self._bound.setdefault(place.place_id, []).extend(spans)
        self._vetoes: dict[str, set[str]] = {}
        for note in context.notes:
            for place in note.places:
                self._vetoes.setdefault(place.place_id, set()).add(note.veto.value)

    def of_place(self, place: Place) -> Iterator[str]:
        """Yield why the rules passed a place over, and whether it has partners of its own."""
        if place.place_id in self._bound:
            yield "bound to another"
        yield from (f"vetoed {veto}" for veto in sorted(self._vetoes.get(place.place_id, ())))

    def of_mention(self, mention: PlaceMention) -> Iterator[str]:
        """Yield what speaks against one mention."""
        bound = self._bound.get(mention.place.place_id, ())
        if any(start <= mention.start < end for start, end in bound):
            yield "told of another"  # "our twin has B, too"
        if not is_told(self._context, mention):
            yield "untold"


def denied_behind(context: Context, mention: PlaceMention) -> bool:
    """Whether the next sentence, without a name of its own, denies a bond: "It never became a twinning"."""
    block = context.document.blocks[mention.block]
    behind = next(iter(context.sentences(context.told_in(mention)[1], block.end)), None)
    if behind is None or context.places(behind.start, behind.end):
        return False
    bond = bool(context.triggers(behind.start, behind.end))
    return bond and polarity(context.text[behind.start : behind.end], block.lang).denied


def is_told(context: Context, mention: PlaceMention) -> bool:
    """Whether a mention says more than its layout: in a list, a name by the way is seldom a partner."""
    block = context.document.blocks[mention.block]
    if block.kind is BlockKind.PARAGRAPH or context.triggers(*context.told_in(mention)):
        return True
    return context.leads(mention, block) and context.scope_of(block) is not None
