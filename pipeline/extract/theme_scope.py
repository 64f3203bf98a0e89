"""Where a page speaks of partnerships: all of it if its title does, else some sections and list entries."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from pipeline.extract.context import Context
from pipeline.extract.cues import polarity
from pipeline.extract.theme_words import announces_relations
from pipeline.model import Block, BlockKind, Kind, PartnershipClaim, TriggerMention

_FEW = 3
_SPREAD = 0.5


class ThemeScope:
    """Which blocks of a page speak of the partnerships of its town.

    ``any`` says whether any block does, ``general`` holds those about twinning as such.
    """

    def __init__(self, context: Context, stated: Sequence[PartnershipClaim]) -> None:
        """Read a page; ``stated`` are the partnerships that it states."""
        self.context = context
        home = context.home.place_id if context.home else ""
        self.partners = frozenset(i for p in stated for i in (p.a.place_id, p.b.place_id)) - {home}
        blocks = context.document.blocks
        content = [b for b in blocks if self._counts(b)]
        self.blocks = {t.block for t in context.mentions.triggers if self._speaks(t)}
        # One pair on a page without a word for a partnership is too little.
        self.any = bool(self.blocks) or len(stated) > 1
        # What states a pair need not say "twin town": "our friends in ..." does, where a rule knows it.
        starts = [b.start for b in blocks]
        states = (blocks[bisect_right(starts, e.start) - 1] for p in stated for e in p.evidence)
        self.blocks |= {b.index for b in states if self._counts(b)}
        # Blocks about twinning as such, which a page may have without naming a partner.
        self.general = {
            t.block
            for t in context.mentions.triggers
            if t.block in self.blocks and t.kind is Kind.TWIN and (t.form == "relation" or t.plural)
        }
        first = next((b for b in content if b.kind is BlockKind.HEADING), None)
        announced = first is not None and (
            first.index in self.blocks
            or self._names_partner(first)
            or (len(self.blocks) >= _FEW - 1 and announces_relations(context.document.words(first)))
        )
        where = sorted(i for i, b in enumerate(content) if b.index in self.blocks)
        spread = (where[-1] - where[0] + 1) / len(content) if where else 0.0
        self.whole = announced or (len(where) >= _FEW and spread >= _SPREAD)
        self.sections = {blocks[i].section for i in self.blocks}
        self.headings = {i for i in self.blocks if blocks[i].kind is BlockKind.HEADING}
        self.headings |= {b.index for b in content if b.kind is BlockKind.HEADING and self._names_partner(b)}

    def _names_partner(self, block: Block) -> bool:
        """Whether a block names a town that the page states as a partner of the home."""
        return any(p.place.place_id in self.partners for p in self.context.places(block.start, block.end))

    def _counts(self, block: Block) -> bool:
        # A negative section holds what stood beside the content.
        return block.kind is not BlockKind.CAPTION and block.section >= 0

    def _speaks(self, trigger: TriggerMention) -> bool:
        """Whether a trigger states a partnership of towns: not weak, not denied, not of trees or agencies."""
        context = self.context
        block = context.document.blocks[trigger.block]
        if trigger.weak or not self._counts(block):
            return False
        sentence = context.sentence_at(trigger.start)
        stance = polarity(context.text[sentence.start : sentence.end], block.lang)
        if stance.denied or stance.wished:
            return False
        if trigger.kind in (Kind.TWIN, Kind.FRIENDSHIP) or trigger.form == "partner":
            return True
        spans = [(sentence.start, sentence.end)]
        spans += [(h.start, h.end) for h in (context.document.blocks[i] for i in block.path)]
        return any(not context.is_home(p.place) for a, b in spans for p in context.places(a, b))

    def holds(self, block: Block) -> bool:
        """Whether a block is in scope."""
        if not self.any or not self._counts(block):
            return False
        if self.whole or block.index in self.blocks:
            return True
        if block.section in self.sections or any(i in self.headings for i in block.path):
            return True
        return bool(self.context.triggers(block.start, block.end)) and self._names_partner(block)
