"""What a passage is about: which towns stand nearest before a mayor, how often, and what ties him to them.

The signs add to those of ``mayor_candidates``, which look at the sentence, the paragraph and the headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache, cached_property

from pipeline.extract.context import Context
from pipeline.extract.office_spans import Holder
from pipeline.lexicon import all_words, any_of
from pipeline.model import Block, BlockKind, Place, PlaceMention, Sentence

Pairs = frozenset[frozenset[str]]
"""The partners that a page states, by the ids of their places."""

_Note = Callable[..., None]

_SECTION = 1500
# So many characters before a mayor a story is told of one town.
_STORY = 700
# A clause between "dort" or a town that sends somebody, and the mayor.
_CLAUSE = 70
# "its" stands so near before an office.
_OWNER = 30
_CELLS = (BlockKind.CELL, BlockKind.DEFINITION, BlockKind.ITEM)


@cache
def _there() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?i:{any_of('mayor_towns', 'there_adverbs')})(?![^\W_])")


@cache
def _leads() -> re.Pattern[str]:
    """Return the pattern of what stands between a mayor and the town whose guests he or she leads."""
    return re.compile(
        rf"\s{any_of('mayor_towns', 'heads')}(?:\s[^\W_]+){{0,3}}?\s{any_of('mayor_towns', 'party')}"
        rf"\s{any_of('mayor_towns', 'place_from')}\s(?:[^\W_]+\s){{0,2}}?"
    )


@cache
def _its() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?i:{any_of('mayor_towns', 'theirs')})\s(?:[^\W_]+\s)?$")


@cache
def _sends() -> re.Pattern[str]:
    """Return the pattern of what stands between a town and the mayor that it sends or is spoken for by."""
    return re.compile(rf"\s{any_of('mayor_towns', 'sends')}(?:\s[^\W_]+){{0,3}}?\s")


@cache
def sets() -> re.Pattern[str]:
    """Return the pattern of what opens a sentence that plays in a town: "In ", "Auch aus ", "Over in "."""
    where = "|".join(any_of("mayor_towns", key) for key in ("place_in", "place_from", "place_to"))
    return re.compile(rf"[„“\"«»]?(?:[^\W_]+\s){{0,2}}(?i:{where})\s(?:[^\W_]+\s){{0,2}}?")


class Topic:
    """Tells what the passages of one document are about."""

    def __init__(self, context: Context, pairs: Pairs) -> None:
        self.context = context
        self.text = context.text
        self.home = context.home
        self.pairs = pairs

    def note(self, holder: Holder, block: Block, note: _Note) -> None:
        """Note the signs of the towns that the passage of a holder is about."""
        sentence = self.context.sentence_at(holder.person.start)
        low = min(holder.person.start, holder.office.start)
        before = self._before(block, low)
        others = [p for p in before if not self.context.is_home(p.place)]
        if others:
            note(others[-1].place, "nearest other")
        story = Counter(p.place.place_id for p in others if low - p.start <= _STORY)
        for place_id, count in story.items():
            if count > 1 and 2 * count > sum(story.values()):
                note(next(p.place for p in others if p.place.place_id == place_id), "story")
        self._section(block, note)
        self._there(holder, block, before, note)
        self._sent(holder, sentence, note)
        self._told(holder, block, sentence, note)
        rest = self.context.places(low, max(low, sentence.end))
        if self.home is not None and any(self.context.is_home(p.place) for p in (*before, *rest)):
            note(self.home, "home named")

    def bonds(self, place: Place) -> str | None:
        """Return the sign of a town by the pairs that the page states; None where that tells nothing."""
        if self.context.is_home(place) or not self.pairs:
            return None
        mine = [pair for pair in self.pairs if place.place_id in pair]
        with_home = self.home is not None and any(self.home.place_id in pair for pair in mine)
        return "bonded" if with_home else "bonded apart" if mine else "not bonded"

    def _before(self, block: Block, low: int) -> list[PlaceMention]:
        """Return the places named before an offset under the same headings, not too far away."""
        start = block.start
        for other in reversed(self.context.document.blocks[: block.index]):
            same = other.section == block.section and other.path == block.path
            if not same or low - other.start > _SECTION:
                break
            start = other.start
        return self.context.places(start, low)

    def _section(self, block: Block, note: _Note) -> None:
        """Note the town that the part of the page under the nearest heading names alone, or most often."""
        counts = self._sections.get(block.path) if block.path else None
        if not counts:
            return
        ranked = sorted(counts.items(), key=lambda item: (-item[1][0], item[0]))
        if len(ranked) == 1:
            note(ranked[0][1][1], "only of section")
        elif ranked[0][1][0] > ranked[1][1][0]:
            note(ranked[0][1][1], "most of section")

    @cached_property
    def _sections(self) -> dict[tuple[int, ...], dict[str, tuple[int, Place]]]:
        """How often each part of the page names which towns besides the home; its own heading counts."""
        blocks = self.context.document.blocks
        found: dict[tuple[int, ...], dict[str, tuple[int, Place]]] = {}
        for mention in self.context.mentions.places:
            if self.context.is_home(mention.place):
                continue
            block = blocks[mention.block]
            path = (*block.path, block.index) if block.kind is BlockKind.HEADING else block.path
            own = found.setdefault(path, {})
            count = own.get(mention.place.place_id, (0, mention.place))[0]
            own[mention.place.place_id] = (count + 1, mention.place)
        return found

    def _there(self, holder: Holder, block: Block, before: list[PlaceMention], note: _Note) -> None:
        """Note the town that "dort", "wo" or "where" before a mayor stands for."""
        low = min(holder.person.start, holder.office.start)
        if holder.way == "anaphor":  # Neben ihm saß Jan Voss. Der war dort Bürgermeister.
            low = holder.office.start
        sentence = self.context.sentence_at(low)
        others = [o.end for o in self.context.offices(sentence.start, low)]
        start = max(block.start, sentence.start, low - _CLAUSE, *others)
        words = list(_there().finditer(self.text, start, low))
        office = self.text[holder.office.start : holder.office.end].lower().split()
        if not words and all_words("mayor_towns", "there").isdisjoint(office):
            return
        at = words[-1].start() if words else low
        meant = [p for p in before if p.end <= at]
        if meant:
            note(meant[-1].place, "meant there")
            other = [p for p in meant if not self.context.is_home(p.place)]
            if other:
                note(other[-1].place, "other meant there")

    def where(self, holder: Holder, start: int) -> PlaceMention | None:
        """Return the town that "wo" or "where" in a mayor's clause stands for, named in the same sentence."""
        sentence = self.context.sentence_at(holder.office.start)
        words = list(_there().finditer(self.text, max(start, sentence.start), holder.office.start))
        meant = self.context.places(sentence.start, words[-1].start()) if words else []
        return meant[-1] if meant else None

    def _told(self, holder: Holder, block: Block, sentence: Sentence, note: _Note) -> None:
        """Note the town that "its" may stand for, that a colon follows, where the last sentence plays."""
        low = min(holder.person.start, holder.office.start)
        places = [p for p in self.context.places(sentence.start, low) if p.form == "name"]
        if _its().search(self.text[max(sentence.start, holder.office.start - _OWNER) : holder.office.start]):
            before = places or [
                p for p in self.context.places(block.start, sentence.start) if p.form == "name"
            ]
            if places:
                note(places[0].place, "its first")
            if before:
                note(before[-1].place, "its last")
        elif places and ":" in self.text[places[-1].end : low]:
            note(places[-1].place, "colon")
        if not places:
            last = self.context.sentence_at(max(block.start, sentence.start - 2))
            if block.start <= last.start < sentence.start:
                self._scene(block, last, note)

    def _scene(self, block: Block, last: Sentence, note: _Note) -> None:
        """Note the town that the sentence before a mayor's plays in, or the last that names any."""
        scene = {p.place.place_id: p.place for p in self.context.places(last.start, last.end)}
        if len(scene) == 1:
            place = next(iter(scene.values()))
            note(place, "scene home" if self.context.is_home(place) else "scene")
        lead = self.context.leading_place(last.start, last.end)
        if lead is not None:
            note(lead.place, "subject home" if self.context.is_home(lead.place) else "subject")
        elif scene:
            first = self.context.places(last.start, last.end)[0]
            if sets().fullmatch(self.text[last.start : first.start]):
                note(first.place, "set in home" if self.context.is_home(first.place) else "set in")
        else:
            earlier = self.context.places(block.start, last.start)[-1:]
            at = self.context.sentence_at(earlier[0].start) if earlier else last
            named = {p.place.place_id: p.place for p in self.context.places(at.start, at.end)}
            if len(named) == 1:
                place = next(iter(named.values()))
                note(place, "scene earlier home" if self.context.is_home(place) else "scene earlier")

    def _sent(self, holder: Holder, sentence: Sentence, note: _Note) -> None:
        """Note the town that sends a mayor, or is spoken for by one: "Adorf entsandte Bürgermeister ..."."""
        low = min(holder.person.start, holder.office.start)
        for place in reversed(self.context.places(sentence.start, low)):
            match = _sends().match(self.text, place.end, low)
            if match is not None and low - place.end <= _CLAUSE:
                note(place.place, "sends")
                return
        end = max(holder.person.end, holder.office.end)
        for place in self.context.places(end, min(sentence.end, end + _CLAUSE))[:1]:
            if _leads().fullmatch(self.text, end, place.start):
                note(place.place, "leads")


def is_label(context: Context, holder: Holder) -> bool:
    """Whether an office stands as a label before its name: "Mayor: Ann Grey", or two cells of a row."""
    block = context.document.blocks[holder.office.block]
    if context.text[holder.office.end : holder.office.end + 1] == ":":
        return not context.text[block.start : holder.office.start].strip(" -–•*")
    return holder.way == "beside" or (block.kind in _CELLS and holder.person.end >= block.end - 2)
