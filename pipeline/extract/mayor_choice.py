"""Chooses the towns of the mayors whose office names none, by weighing the signs of the candidates.

The weights are learned from annotated pages (``training/mayor_towns.py``). A town has one head: who stands
beside a head of the home is taken for that of another town. So the surest choice is made first, and bears
on those that follow.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from pipeline.extract.context import Context
from pipeline.extract.mayor_candidates import Candidate, Candidates
from pipeline.extract.mayor_signs import led_up_to, same_title
from pipeline.extract.mayor_topic import Pairs
from pipeline.extract.office_spans import Holder
from pipeline.lexicon import all_words
from pipeline.model import Place, Role

# A mayor who is called somebody's deputy is named so near behind him or her.
_NEAR = 400
_HEAD = 24
NOBODY = "nobody"
"""The sign of the choice that none of the candidates is the town."""


@cache
def weights() -> dict[str, float]:
    """Return the weight of each sign."""
    text = files(__package__).joinpath("mayor_towns.toml").read_text(encoding="utf-8")
    return {str(sign): float(value) for sign, value in tomllib.loads(text)["weights"].items()}


def score(signs: Iterable[str], by: Mapping[str, float]) -> float:
    """Return the sum of the weights of signs."""
    return sum(by.get(sign, 0.0) for sign in sorted(signs))


class Choice:
    """Chooses for the holders of one document, given those that are seated already."""

    def __init__(self, context: Context, pairs: Pairs = frozenset()) -> None:
        self.context = context
        self.candidates = Candidates(context, pairs)
        self._seen: dict[tuple[int, int], list[Candidate]] = {}

    def options(self, holder: Holder, seated: Sequence[tuple[Holder, Place]]) -> list[tuple[Place, set[str]]]:
        """Return the towns that a holder may be of, with their signs, those of who is seated included."""
        key = (holder.person.start, holder.office.start)
        if key not in self._seen:
            self._seen[key] = self.candidates.of(holder)
        sentence = self.context.sentence_at(holder.person.start)
        beside: set[str] = set()
        elsewhere: set[str] = set()
        now: set[str] = set()
        then: set[str] = set()
        in_turn: set[str] = set()
        heads: set[str] = set()
        stands_in = self.candidates.stands_in(holder)
        counterparts = {h.person.name for h, _ in seated if h.office.counterpart}
        counterparts |= {holder.person.name} if holder.office.counterpart else set()
        for other, place in seated:
            within = sentence.start <= other.person.start < sentence.end
            if other.person.name == holder.person.name:
                continue
            if stands_in or not same_title(other.office, holder.office):
                near = within or (stands_in and 0 < holder.office.start - other.office.start < _NEAR)
                if near and other.office.role is not Role.DEPUTY_MAYOR:
                    heads.add(place.place_id)
                continue
            counterpart = other.person.name in counterparts or holder.person.name in counterparts
            if other.office.former is not holder.office.former and not (within and counterpart):
                if within:
                    then.add(place.place_id)
                continue  # a town's mayor and a former one
            if within and not counterpart and self._retired(other) and self._retired(holder):
                continue  # former Mayor Ann Grey and the late Mayor Tom Hill, of one town or of two
            if within and self._in_turn(other, holder):
                in_turn.add(place.place_id)
            elif within:
                beside.add(place.place_id)
            elif not holder.office.former:
                elsewhere.add(place.place_id)
                if self._undated(other) and self._undated(holder):
                    now.add(place.place_id)
        result = []
        for candidate in self._seen[key]:
            signs = set(candidate.signs)
            if candidate.place.place_id in beside:
                if holder.way == "plural":
                    continue  # the mayors Ann Grey and Marc Morel: of two towns
                signs.add("taken beside")
            elif beside:
                signs.add("other beside")
            if candidate.place.place_id in then:
                signs.add("taken then")
            if candidate.place.place_id in in_turn:
                signs.add("in turn")
            if candidate.place.place_id in elsewhere:
                signs.add("taken elsewhere")
            if candidate.place.place_id in heads:
                signs.add("head beside")
            if candidate.place.place_id in now:
                signs.add("taken now")
            result.append((candidate.place, signs))
        return result

    def _in_turn(self, one: Holder, two: Holder) -> bool:
        """Whether the first of two heads was one before the other: "under Mayor A, then by Mayor B"."""
        first = min(one, two, key=lambda h: h.office.start)
        head = self.context.text[max(0, first.office.start - _HEAD) : first.office.start]
        return led_up_to("in_turn").search(head) is not None and not first.office.counterpart

    def _retired(self, holder: Holder) -> bool:
        """Whether an office is called one of the past, and not but of the time that is told of."""
        words = self.context.text[holder.office.start : holder.office.end].lower()
        return holder.office.former and not words.startswith(tuple(all_words("mayor_towns", "then_prefix")))

    def _undated(self, holder: Holder) -> bool:
        """Whether the sentence of a holder has no date, so that it tells of the page's own time."""
        sentence = self.context.sentence_at(holder.person.start)
        return not self.context.dates(sentence.start, sentence.end)

    def of(
        self, holders: Sequence[Holder], seated: Sequence[tuple[Holder, Place]]
    ) -> tuple[Place | None, float]:
        """Return the town of a person by all its mentions as a mayor, and how sure that is.

        Args:
            holders: The mentions, which all have one name.
            seated: The holders whose towns are known.
        """
        by = weights()
        totals: dict[str, float] = {}
        places: dict[str, Place] = {}
        for holder in holders:
            for place, signs in self.options(holder, seated):
                places[place.place_id] = place
                totals[place.place_id] = totals.get(place.place_id, 0.0) + score(signs, by)
        ranked = sorted(totals, key=lambda p: (-totals[p], p))
        nobody = len(holders) * by.get(NOBODY, 0.0)
        if not ranked or totals[ranked[0]] <= nobody:
            return None, 0.0
        second = max([totals[p] for p in ranked[1:2]] + [nobody])
        return places[ranked[0]], totals[ranked[0]] - second
