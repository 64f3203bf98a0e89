"""One sentence with all that is looked at to read it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.context import Context
from pipeline.extract.cues import clause, has, polarity
from pipeline.extract.partnerships.datings import usable
from pipeline.extract.partnerships.kinds import governing
from pipeline.extract.roles import Part
from pipeline.model import Block, PlaceMention, Sentence, TriggerMention

_BESIDE = 40
"""So far before a name the word for a partner may stand, and its article before that, in characters."""


@dataclass(frozen=True)
class Reading:
    """A sentence, its block, its triggers and the parts that its places play."""

    context: Context
    sentence: Sentence
    block: Block
    triggers: tuple[TriggerMention, ...]
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return self.context.text[self.sentence.start : self.sentence.end]

    @property
    def states(self) -> bool:
        """Whether the sentence states something: it neither denies nor wishes."""
        return polarity(self.text, self.block.lang).states

    @property
    def joins(self) -> bool:
        """Whether the sentence goes on with an enumeration: "Innsbruck kam 1963 hinzu"."""
        return has(self.text, self.block.lang, "joining")

    @property
    def dated(self) -> bool:
        """Whether the sentence holds a date that can found a partnership."""
        return any(
            usable(self.context, d) for d in self.context.dates(self.sentence.start, self.sentence.end)
        )

    def group(self, head: int) -> list[PlaceMention]:
        """Return the mentions of the enumeration that begins at part ``head``."""
        return [p.mention for p in self.parts if p.head == head]

    def heads(self, *roles: str) -> list[int]:
        """Return the parts that begin an enumeration in one of the roles."""
        return [i for i, p in enumerate(self.parts) if p.head == i and p.role in roles]

    def governing(self, mention: PlaceMention) -> TriggerMention:
        """Return the trigger that names the relation to a place, from its own clause if there is one."""
        start, end = self.sentence.start, self.sentence.end
        span = clause(self.context.text, start, end, mention.start, self.block.lang)
        return governing(self.triggers, mention.start, span)


def granted(context: Context, mention: PlaceMention, lang: str) -> bool:
    """Whether a bond is taken for granted where a place is named: "our twin town B"."""
    near = context.triggers(max(0, mention.start - _BESIDE), mention.start)
    word = next((t for t in near if t.form == "partner" and t.block == mention.block), None)
    if word is None or context.text[word.end : mention.start].strip():
        return False
    return has(context.text[max(0, word.start - _BESIDE) : word.start], lang, "definite_before")
