"""What the layout around a name says: the headings above it, the line before its list, what stands below.

Signs of ``partner_signs.py``; words count by their stems, but for names of places, which count as such.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.context import Context
from pipeline.extract.cues import polarity
from pipeline.extract.partnerships.outcomes import refused, title_above
from pipeline.model import Block, BlockKind, PlaceMention, TriggerMention
from pipeline.tokens import Token, tokenise

STEM = 8
"""Words are compared by so many first letters, which most inflections leave alone."""
_ABOVE = 2  # headings above a block
_BELOW = 3  # blocks below a heading
_LEAST = 4  # letters of a word that counts


def bond_named(trigger: TriggerMention) -> str:
    """Return the kind of word for a bond that a trigger is."""
    return f"{trigger.kind.value} {trigger.form} {'weak' if trigger.weak else 'strong'}"


def tells(token: Token) -> bool:
    """Whether a token is a word that is long enough to tell something."""
    return token.is_word and len(token.text) >= _LEAST


class LayoutSigns:
    """The signs that the layout of one page gives its places."""

    def __init__(self, context: Context) -> None:
        """Prepare for a page with a home town."""
        self._context = context
        self._blocks: dict[int, tuple[str, ...]] = {}

    def of_mention(self, mention: PlaceMention, block: Block) -> Iterator[str]:
        """Yield how the block of a mention is laid out, and what the headings above it announce."""
        context = self._context
        leads = context.leads(mention, block)
        scope = context.scope_of(block)
        announced = "nothing" if scope is None else "strong" if scope.strong else "hint"
        kind = block.kind.value
        yield f"announced {announced if scope is None else f'{announced} {scope.kind.value}'}"
        if scope is not None and scope.anchor is not None:
            own = (
                "this"
                if scope.anchor == mention.place
                else "home"
                if context.is_home(scope.anchor)
                else "other"
            )
            yield f"announced for {own}"
        yield f"block {kind}"
        yield f"block {kind}, leads {leads}"
        yield f"block {kind}, announced {scope is not None}"
        yield f"block {kind}, leads {leads}, announced {announced}"
        yield f"block {kind}, dated {bool(context.dates(block.start, block.end))}"
        if block.kind is not BlockKind.PARAGRAPH:
            bare = context.names_only(block.start, block.end)
            yield f"bare {bare}"
            yield f"bare {bare}, announced {announced}"
        if block.index not in self._blocks:
            self._blocks[block.index] = tuple(dict.fromkeys(self._surroundings(block)))
        yield from self._blocks[block.index]

    def _surroundings(self, block: Block) -> Iterator[str]:
        """Yield what stands above a block, before its list, and below it if it is a heading."""
        context = self._context
        above = [context.document.blocks[i] for i in block.path[-_ABOVE:]]
        title = title_above(context, block)
        above += [title] if title is not None else []
        spoken = bool(context.triggers(block.start, block.end))
        for heading in above:
            yield from self._said("above", heading.start, heading.end, heading.lang)
            spoken = spoken or bool(context.triggers(heading.start, heading.end))
            if context.turns_away(heading):
                yield "above: turns away"
        if above:
            nearest = above[-1]
            yield from (f"heading: {bond_named(t)}" for t in context.triggers(nearest.start, nearest.end))
            if nearest.index == context.first_heading:
                yield "heading: the first"
        line = self._lead(block)
        if line is not None:
            last = context.sentences(line.start, line.end)[-1:]
            for sentence in last:
                yield from self._said("lead", sentence.start, sentence.end, line.lang)
                spoken = spoken or bool(context.triggers(sentence.start, sentence.end))
        if block.kind is BlockKind.HEADING:
            for below in context.body(block)[:_BELOW]:
                yield from self._stance("below", below.start, below.end, below.lang)
                spoken = spoken or bool(context.triggers(below.start, below.end))
        yield f"row refused {refused(context, block)}"
        yield from (
            f"{block.lang} title: {token.text.lower()[:STEM]}"
            for token in tokenise(context.document.title)
            if tells(token)
        )
        yield f"spoken of {spoken}, hinted {context.hinted_scope is not None}"

    def _lead(self, block: Block) -> Block | None:
        """Return the item that a nested item stands under, else the line right above a list or table."""
        blocks = self._context.document.blocks
        if block.kind is BlockKind.ITEM and block.level > 1:
            for above in reversed(blocks[: block.index]):
                if above.kind is not BlockKind.ITEM or above.group != block.group:
                    break
                if above.level < block.level:
                    return above
        head = self._context.list_head(block)
        return blocks[head] if head >= 0 and blocks[head].kind is not BlockKind.HEADING else None

    def _said(self, where: str, start: int, end: int, lang: str) -> Iterator[str]:
        """Yield the words of a line, with one mark for each place in it, and what it says of bonds."""
        context = self._context
        named: set[int] = set()
        for place in context.places(start, end):
            yield f"{where}: {'HOME' if context.is_home(place.place) else 'PLACE'}"
            named.update(range(place.start, place.end))
        for token in tokenise(context.text, start, end):
            if token.start not in named and tells(token):
                yield f"{lang} {where}: {token.text.lower()[:STEM]}"
        yield from self._stance(where, start, end, lang)

    def _stance(self, where: str, start: int, end: int, lang: str) -> Iterator[str]:
        """Yield which bonds a stretch speaks of, and whether it denies or wishes them."""
        context = self._context
        stance = polarity(context.text[start:end], lang)
        triggers = context.triggers(start, end)
        yield from (f"{where}: {bond_named(t)}" for t in triggers)
        yield f"{where}: spoken {bool(triggers)}, denied {stance.denied}, wished {stance.wished}"
