"""What the rules hold against a place as a partner: signs of ``partner_signs.py`` that rest on their reasons.

What a sentence itself denies, or only wishes, is no mention of a partner. The other reasons are not sure:
they are weighed with the other signs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.context import Context
from pipeline.extract.cues import has, polarity
from pipeline.extract.partnerships.finding import Finding
from pipeline.extract.trace import Veto
from pipeline.model import BlockKind, Place, PlaceMention

_REACH = 30
"""How far before a name the words may begin that say what it is of another place, in characters."""

_DENIED = (Veto.UNSTATED, Veto.ROW, Veto.BODY, Veto.COMPARISON)


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
        self.rows = _rows_read(context, findings)
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
        if mention.block in self.rows:
            yield "row read"


def taken_back(context: Context, mention: PlaceMention) -> bool:
    """Whether the next sentence takes a bond back: "It never became a twinning", a question's "No"."""
    block = context.document.blocks[mention.block]
    start, end = context.told_in(mention)
    behind = next(iter(context.sentences(end, block.end)), None)
    below = context.document.blocks[block.index + 1 : block.index + 2]
    if behind is None and below and below[0].section == block.section:
        behind = next(iter(context.sentences(below[0].start, below[0].end)), None)
    if behind is None:
        return False
    text = context.text[behind.start : behind.end]
    asked = has(context.text[start:end], block.lang, "question")
    if has(text, block.lang, "retracts") or (asked and has(text, block.lang, "no")):
        return True
    if behind.block != block.index or context.places(behind.start, behind.end):
        return False
    return bool(context.triggers(behind.start, behind.end)) and polarity(text, block.lang).denied


def by_the_way(context: Context, mention: PlaceMention) -> bool:
    """Whether a name only says where somebody is from, or what was signed, or of what a place is a part."""
    start, end = context.told_in(mention)
    block = context.document.blocks[mention.block]
    text, lang = context.text, block.lang
    ahead = text[max(start, mention.start - _REACH) : mention.start].rstrip()
    triggers = context.triggers(start, end)
    if has(ahead, lang, "part_of") or (not triggers and has(ahead, lang, "body_of")):
        return True
    if has(text[mention.end : min(end, mention.end + _REACH)], lang, "is_part"):
        return True
    if has(ahead, lang, "somebody_from") and has(text[mention.end : end], lang, "with_whom"):
        return True
    if block.kind is not BlockKind.PARAGRAPH and not triggers and has(ahead, lang, "came_from"):
        return True
    return has(text[start:end], lang, "other_act") and all(t.weak for t in triggers)


def _rows_read(context: Context, findings: Sequence[Finding]) -> set[int]:
    """Return the cells of the rows in which a table's partner was read."""
    rows = {
        context.document.blocks[cell].start: row
        for table in context.document.tables
        for row in table.grid
        for cell in row
        if cell >= 0
    }
    read = (e.start for f in findings for e in f.evidence if e.rule.startswith("partnership:table"))
    return {cell for start in read for cell in rows.get(start, ())} if rows else set()


def is_told(context: Context, mention: PlaceMention) -> bool:
    """Whether a mention says more than its layout: in a list, a name by the way is seldom a partner."""
    block = context.document.blocks[mention.block]
    if block.kind is BlockKind.PARAGRAPH or context.triggers(*context.told_in(mention)):
        return True
    return context.leads(mention, block) and context.scope_of(block) is not None
