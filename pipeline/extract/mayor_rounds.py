"""Pages that go round the towns of a region: each paragraph is set in a town, whose mayor it lets speak."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from pipeline.extract.context import Context
from pipeline.extract.mayor_signs import has_mayor
from pipeline.extract.mayor_topic import Pairs, sets
from pipeline.extract.office_spans import Holder
from pipeline.model import Block, BlockKind, Place

_Note = Callable[..., None]

# So many towns without a bond with the home open paragraphs of such a page; fewer if one has its own bonds.
_MANY = 3
_SOME = 2


class Rounds:
    """Tells in which towns the paragraphs of one document are set."""

    def __init__(self, context: Context, pairs: Pairs) -> None:
        self.context = context
        self.pairs = pairs

    def note(self, holder: Holder, block: Block, note: _Note) -> None:
        """Note the town in which a mayor's paragraph is set, if the page goes round several."""
        home = self.context.home
        if home is None or not self._goes_round:
            return
        place = self._setting(block)
        word = self.context.text[holder.office.start : holder.office.end]
        if place is None or not has_mayor(place, word):
            return
        note(place, "round")
        if not self.context.is_home(place):
            note(home, "round home")

    @cached_property
    def _goes_round(self) -> bool:
        """Whether paragraphs are set in several towns of the home's country that are no partners of it."""
        home = self.context.home
        if home is None:
            return False
        towns = {p.place_id for p in self._opens.values() if p.country == home.country}
        free = {i for i in towns - {home.place_id} if frozenset({i, home.place_id}) not in self.pairs}
        apart = any(not pair.isdisjoint(free) for pair in self.pairs)
        return len(free) >= (_SOME if apart else _MANY)

    @cached_property
    def _opens(self) -> dict[int, Place]:
        """The towns that open paragraphs: "In Adorf ...", "Adorf, sagt ...", "Aus Adorf heißt es ..."."""
        found: dict[int, Place] = {}
        for block in self.context.document.blocks:
            if block.kind is not BlockKind.PARAGRAPH or block.section < 0:
                continue
            first = next(iter(self.context.places(block.start, block.end)), None)
            if first is None or first.form == "adjective":
                continue
            name, head = (
                self.context.text[first.start : first.end],
                self.context.text[block.start : first.start],
            )
            after = self.context.text[first.end : first.end + 2]
            if name.isupper() or after[:1] in (".", ":") or after in (" –", " -", " —", " ("):
                continue  # a dateline, an entry
            if not head.strip('„“"«»( ') or sets().fullmatch(head):
                found[block.index] = first.place
        return found

    def _setting(self, block: Block) -> Place | None:
        """Return the town that a paragraph is set in: its own, or that of the last before that has one."""
        for other in reversed(self.context.document.blocks[: block.index + 1]):
            if other.path != block.path or other.section != block.section:
                return None
            if other.index in self._opens:
                place = self._opens[other.index]
                home = self.context.home
                local = home is not None and place.country == home.country
                return place if local else None
        return None
