"""Entries whose place lies at home and has partners of its own: "Carnforth: Sailly-sur-la-Lys, France"."""

from __future__ import annotations

import itertools
import re

from pipeline.extract.context import Context
from pipeline.extract.cues import has
from pipeline.extract.partnerships.owner_sections import owner_sections
from pipeline.extract.partnerships.rows import bare
from pipeline.gazetteer import unlinked
from pipeline.model import Block, BlockKind, Place, PlaceMention

_GAP = re.compile(r"(?:[,;/&+|·•\s]|\b(?:und|and|sowie|mit|with|as well as|Stadt|Gemeinde|Town|City)\b)*")
_MARK = re.compile(r"\s*(?::|–|—|-|→|↔)\s")
_JOINED = re.compile(r"\s*(?:(?::|–|—|-|→|↔|&)|\b(?:und|and|mit|with)\b)\s")
_LINE_MAX = 250  # of a paragraph that stands like an item
_NAME = re.compile(r"((?:[A-ZÄÖÜ][\w'’.-]+)(?: (?:[a-z]{2,4} )?[A-ZÄÖÜ][\w'’.-]+){0,2})(?=\s*(?::|–|—|-)\s)")


class Owners:
    """The lists of a page that are of towns at home, each with its own partners."""

    def __init__(self, context: Context) -> None:
        """Find them: lists in which two places at home are followed by places elsewhere.

        Under a heading that speaks of neighbours or of parts of the town, or on the page of a county,
        one is enough.
        """
        self._context = context
        self._series: dict[tuple[object, ...], list[Block]] = {}
        found: dict[tuple[object, ...], list[Block]] = {}
        for block in context.document.blocks:
            self._series.setdefault(series(block), []).append(block)
            if self._entry(block) is not None:
                found.setdefault(series(block), []).append(block)
        self._of = {key: blocks for key, blocks in found.items() if self._owned(key, blocks)}
        own = [block for block in context.document.blocks if self.holds(block)]
        self.passages = {b.index: self.owner(block) for block in own for b in self.passage(block)}
        """Of each block that speaks of a place's own partners: the place, or None if it is not known."""
        self.sections = {i: p for i, p in owner_sections(context).items() if i not in self.passages}
        """Of each block in the section of a town with partners of its own, and of its heading: the town."""

    def holds(self, block: Block) -> bool:
        """Whether a block stands in such a list: its own place is then no partner of the home."""
        return series(block) in self._of and (block.kind is not BlockKind.PARAGRAPH or self._is_line(block))

    def partners(self, block: Block) -> tuple[PlaceMention, ...]:
        """Return the partners of the place that a block opens with."""
        return self._entry(block, sure=True) or () if self.holds(block) else ()

    def passage(self, block: Block) -> tuple[Block, ...]:
        """Return the blocks that speak of the place that a block opens with."""
        blocks = self._context.document.blocks
        if block.kind is BlockKind.TERM:
            after = blocks[block.index + 1 : block.index + 2]
            if after and after[0].kind is BlockKind.ITEM:  # a list within the definition
                items = itertools.takewhile(lambda b: b.group == after[0].group, blocks[block.index + 1 :])
                return tuple(items)
            return tuple(b for b in after if b.kind is BlockKind.DEFINITION and b.group == block.group)
        if block.kind is BlockKind.HEADING:
            after = blocks[block.index + 1 : block.index + 2]
            return tuple(b for b in after if b.kind is BlockKind.PARAGRAPH)
        return (block,)

    def owner(self, block: Block) -> Place | None:
        """Return the place at home that a block opens with.

        A part of the town, which the gazetteer may lack, is told by its heading: "Partner der Ortsteile".
        """
        context = self._context
        mention = context.leading_place(block.start, block.end)
        if mention is not None:
            return mention.place
        listed = block.kind in (BlockKind.ITEM, BlockKind.PARAGRAPH)
        name = _NAME.match(context.document.words(block)) if listed else None
        if name is None or context.home is None or not self._of_others(block):
            return None
        start, end = block.start, block.start + name.end(1)
        if context.countries(start, end) or context.triggers(start, end):
            return None
        return unlinked(name.group(1), context.home.country)

    def _of_others(self, block: Block) -> bool:
        """Whether the heading above speaks of other towns, or of parts of the town."""
        above = self._context.heading_of(block)
        return above is not None and has(self._context.document.words(above), above.lang, "own_partners")

    def _at_home(self, place: Place) -> bool:
        home = self._context.home
        return home is None or place.country == home.country

    def _entry(self, block: Block, *, sure: bool = False) -> tuple[PlaceMention, ...] | None:
        """Return the places that follow a place at home, or None where the block is no such entry.

        Where the list is known to be of such entries (``sure``), "A and B" is one too, and a partner may
        lie at home.
        """
        kinds = (BlockKind.TERM, BlockKind.ITEM, BlockKind.HEADING)
        if block.section < 0 or not (block.kind in kinds or self._is_line(block)):
            return None
        context = self._context
        owner = self.owner(block)
        passage = self.passage(block)
        if owner is None or not passage or not self._at_home(owner):
            return None
        start, text = passage[0].start, context.text
        listed = block.kind in (BlockKind.ITEM, BlockKind.PARAGRAPH)
        if listed:
            mention = context.leading_place(block.start, block.end)
            opening = mention.end if mention else block.start + len(owner.name)
            joined = sure and block.kind is BlockKind.ITEM
            colon = (_JOINED if joined else _MARK).match(text, opening, block.end)
            if colon is None:
                return None
            start = colon.end()
        elif not context.names_only(block.start, block.end) or context.countries(block.start, block.end):
            return None
        return self._following(owner, start, passage[-1].end, sure=sure and listed)

    def _is_line(self, block: Block) -> bool:
        """Whether a paragraph stands like an item: a short line, a colon behind the place it opens with."""
        if block.kind is not BlockKind.PARAGRAPH or block.end - block.start > _LINE_MAX:
            return False
        mention = self._context.leading_place(block.start, block.end)
        words = self._context.document.words(block)
        at = mention.end - block.start if mention else -1
        name = None if mention else _NAME.match(words)
        if name is not None:
            at = name.end(1)
        return at >= 0 and words[at:].lstrip().startswith(":")

    def _following(
        self, owner: Place, start: int, end: int, *, sure: bool
    ) -> tuple[PlaceMention, ...] | None:
        """Return the places that open ``text[start:end]``, one joined to the other."""
        found: list[PlaceMention] = []
        at = start
        for place in self._context.places(start, end):
            gap = bare(self._context, at, place.start)
            if place.form != "name" or place.place == owner or not _GAP.fullmatch(gap):
                if found and re.fullmatch(r"\s*(?:bei|near|nahe)\s+", gap):
                    at = place.end  # Bron bei Lyon
                    continue
                break
            if place.place not in [f.place for f in found]:
                found.append(place)
            at = place.end
        abroad = any(f.place.country != owner.country for f in found)
        told = bool(found) and len(bare(self._context, start, found[0].start)) > 3
        return tuple(found) if abroad or sure or told else None

    def _owned(self, key: tuple[object, ...], blocks: list[Block]) -> bool:
        context = self._context
        if self._of_others(blocks[0]):
            return True
        home = context.home
        if home is None or not home.linked or home.feature.startswith("ADM"):
            return True
        abroad = [
            b
            for b in self._series[key]
            if (m := context.leading_place(b.start, b.end)) is not None and not self._at_home(m.place)
        ]
        others = [p for b in blocks if (p := self.owner(b)) is not None and not context.is_home(p)]
        return len(others) >= 2 and not abroad


def series(block: Block) -> tuple[object, ...]:
    """Return what the siblings of a block share: a list, or the heading above and its level."""
    if block.group >= 0:
        return (block.kind, block.group, block.level)
    return (block.kind, block.level, block.path)
