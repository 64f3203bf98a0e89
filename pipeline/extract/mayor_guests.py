"""Whose party a mayor leads: "The visitors, led by Mayor Ann Grey"; and who acts as a guest in a story."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from pipeline.extract.context import Context
from pipeline.extract.office_spans import Holder
from pipeline.lexicon import all_words, any_of, one_of
from pipeline.model import Block, Place, PlaceMention, Sentence

_Note = Callable[..., None]

# So far before a mayor it may be told whose party came.
_STORY = 700
# Between a party and the words that a mayor leads it, and between the party and its town.
_CLAUSE = 60
_HEAD = re.compile(r"[^.;:!?]{0,40}$")


@cache
def _words(*names: str) -> re.Pattern[str]:
    """Return the pattern of the words that lists of the lexicon hold, each a word of its own."""
    words = "|".join(any_of("mayor_towns", name) for name in names)
    return re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])")


@cache
def _led() -> re.Pattern[str]:
    """Return the pattern of a party and of what says that the person named next leads it."""
    whose = rf"(?:{one_of([*all_words('mayor_towns', 'theirs'), 'the', 'dem', 'der', 'den'])})"
    return re.compile(
        rf"(?<![^\W_])(?P<party>{any_of('mayor_towns', 'party')})(?![^\W_])(?P<gap>[^.;:!?]{{0,{_CLAUSE}}}?)"
        rf"(?:,\s|\s){any_of('mayor_towns', 'led_by')}\s(?:{whose}\s)?$"
    )


@cache
def _opens() -> re.Pattern[str]:
    """Return the pattern of a sentence that opens with who leads the party: "Led by ", "With "."""
    return re.compile(rf"[„“\"«»]?(?i:{any_of('mayor_towns', 'led_by')}|mit|with)\s$")


@cache
def _at_head() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?i:{any_of('mayor_towns', 'at_head')})(?![^\W_])")


@cache
def _of() -> re.Pattern[str]:
    """Return the pattern of what stands between a party and its town: " from our twin town "."""
    return re.compile(
        rf"(?:\s[a-zäöüß]+){{0,3}}?\s(?:{any_of('mayor_towns', 'place_from')}|of)\s[^,.;:!?]{{0,40}}"
    )


@cache
def _from() -> re.Pattern[str]:
    fill = one_of(all_words("mayor_towns", "fill"))
    return re.compile(rf"(?<![^\W_])(?:aus|from)\s(?:(?:{fill})\s){{0,3}}$")


@cache
def _ours() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){any_of('mayor_towns', 'ours')}\s(?:[^\W_]+\s)?$")


class Guests:
    """Tells the signs that parties of travellers give in one document."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self.home = context.home

    def note(self, holder: Holder, block: Block, note: _Note) -> None:
        """Note the town whose party a mayor leads, or from where the guests are among whom he or she acts."""
        if holder.person.block != holder.office.block:
            return
        sentence = self.context.sentence_at(holder.office.start)
        low = self._start(block, holder.office.start)
        noun = self._leads(holder, sentence)
        if noun is None:
            self._acts(holder, sentence, low, note)
            return
        owner = self._owner(low, max(noun[1], holder.office.start), min(noun[1] + _CLAUSE, sentence.end))
        owner = owner or self._whence(low, holder.office.start)
        if owner is not None:
            note(owner, "party")
            return
        if _words("arrivals").fullmatch(self.text[noun[0] : noun[1]]):
            if self.home is not None:
                note(self.home, "guests led home")
            others = [p for p in self.context.places(low, sentence.end) if not self.context.is_home(p.place)]
            if others:
                note(others[-1].place, "guests led other")

    def _leads(self, holder: Holder, sentence: Sentence) -> tuple[int, int] | None:
        """Return the words for the party that a mayor leads."""
        start, end = min(holder.office.start, holder.person.start), max(holder.office.end, holder.person.end)
        head, tail = self.text[sentence.start : start], self.text[end : sentence.end]
        if (match := _led().search(head)) is not None:
            if not self.context.offices(sentence.start + match.start(), start):
                return sentence.start + match.start("party"), sentence.start + match.end("party")
            return None
        if _opens().fullmatch(head):
            follows = _words("party").search(tail[: 2 * _CLAUSE])
            heads = _at_head().search(tail[: _CLAUSE // 2]) is not None
            if head.split()[0].lower() in ("mit", "with") and not heads:
                return None
            if follows is not None:
                return end + follows.start(), end + follows.end()
            return (start, start) if heads else None
        close = _HEAD.search(head)
        if close is not None and _at_head().search(close.group()):
            arrive = _words("arrivals").search(close.group())
            at = sentence.start + close.start()
            return (at + arrive.start(), at + arrive.end()) if arrive else (start, start)
        return None

    def _owner(self, low: int, high: int, end: int) -> Place | None:
        """Return the town of the party named last up to ``high``, or of one that goes on to ``end``."""
        for match in reversed(list(_words("party").finditer(self.text, low, high))):
            town = self._town_of(match.start(), match.end(), max(high, end))
            if town is not None:
                return town
        return None

    def _whence(self, low: int, high: int) -> Place | None:
        """Return the town named last from which something comes: "Der Zug aus Adorf kam um vier"."""
        for mention in reversed(self.context.places(low, high)):
            if _from().search(self.text[max(low, mention.start - _CLAUSE) : mention.start]):
                return None if self.context.is_home(mention.place) else mention.place
        return None

    def _town_of(self, start: int, stop: int, high: int) -> Place | None:
        """Return the town of the party that a word is of: "delegation from Adorf", "the Adorf party"."""
        before = self.context.places(max(0, start - _CLAUSE), start)[-1:]
        for mention in before:
            gap = self.text[mention.end : start]
            if re.fullmatch(r"(?:['’]s?|s)?[\s-](?:[a-zäöüß]+\s)?", gap):
                return mention.place
        for mention in self.context.places(stop, min(high, stop + _CLAUSE))[:1]:
            if (
                mention.form == "name"
                and _of().match(self.text[stop : mention.start] + "x")
                and self._from(stop, mention)
            ):
                return mention.place
        arrive = _words("arrivals").fullmatch(self.text[start:stop])  # "our guests" are others
        if (
            self.home is not None
            and not arrive
            and _ours().search(self.text[max(0, start - _CLAUSE // 2) : start])
        ):
            return self.home
        countries = self.context.countries(max(0, start - _CLAUSE // 2), start)[-1:]
        if countries and countries[0].form == "adjective" and self.text[countries[0].end : start] == " ":
            if self.home is not None and countries[0].country == self.home.country:
                return self.home
            named = self.context.places(0, start)
            mine = [p for p in named if p.place.country == countries[0].country]
            return mine[-1].place if mine else None
        return None

    def _from(self, stop: int, mention: PlaceMention) -> bool:
        """Whether nothing but "from", and words for the town, stands between a party and a town."""
        words = self.text[stop : mention.start]
        return re.search(
            rf"(?<![^\W_])(?:{any_of('mayor_towns', 'place_from')}|of)\s", words
        ) is not None and not (re.search(r"[,.;:!?]", words))

    def _acts(self, holder: Holder, sentence: Sentence, low: int, note: _Note) -> None:
        """Note the town of guests told of before a sentence in which a mayor does what guests do."""
        end = max(holder.office.end, holder.person.end)
        words = self.text[sentence.start : sentence.end]
        hosted = _words("arrivals", "welcomes").search(words)  # a host's sentence names the guests
        if hosted or _words("guest_acts").search(self.text[end : sentence.end]) is None:
            return
        if any(
            self.context.is_home(p.place) for p in self.context.places(sentence.start, holder.office.start)
        ):
            return
        owner = self._owner(low, sentence.start, sentence.start)
        if owner is not None and not self.context.is_home(owner):
            note(owner, "guest acts")

    def _start(self, block: Block, at: int) -> int:
        """Return where what is told under the same heading begins, not too far before an offset."""
        start = block.start
        for other in reversed(self.context.document.blocks[: block.index]):
            if other.section != block.section or other.path != block.path or at - other.start > _STORY:
                break
            start = other.start
        return start
