"""The towns that a mayor may be of where no words of the office name one, and what speaks for each.

A candidate has signs, each of which is there or is not: where on the page the town stands as seen from the
mayor (sentence, paragraph, headings), by which preposition, whose mayor the page says it is, whether the
office's word and the given name are usual in its country. ``mayor_choice`` weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from pipeline.extract.context import Context
from pipeline.extract.office_holders import Holder
from pipeline.lexicon import LANGUAGES, all_words, any_of, load, one_of
from pipeline.model import Block, BlockKind, OfficeMention, Place, PlaceMention, Role, Sentence
from pipeline.recognise.names import languages_in, languages_of

_Note = Callable[..., None]

_FEW = 12
# Within so many characters before an office a country is the mayor's: the French mayor.
_NEAR = 24
_SECTION = 1500
# A town where guests are received stands so near before the sentence that tells it.
_STORY = 200


@dataclass
class Candidate:
    """A town, and the signs of it."""

    place: Place
    signs: set[str] = field(default_factory=set)


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){any_of('mayor_towns', key)}\s$", re.IGNORECASE)


@cache
def _led_by(key: str) -> re.Pattern[str]:
    """Return the pattern of a preposition before a town, with "the town of" and the like between."""
    fill = one_of(all_words("mayor_towns", "fill"))
    return re.compile(rf"(?<![^\W_]){any_of('mayor_towns', key)}\s(?:(?:{fill})\s){{0,3}}$", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"\s{any_of('mayor_towns', 'there_after')}(?![^\W_])")


@cache
def _receives() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){any_of('mayor_towns', 'receives')}(?![^\W_])")


@cache
def _paired() -> re.Pattern[str]:
    """Return the pattern of what joins two towns: "Adorf and Lyon", "Salem (Ohio) and Lyon"."""
    return re.compile(rf"(?:,\s[^,.;:]{{2,20}},|\s\([^()]{{2,20}}\))?,?\s{any_of('mayor_towns', 'joins')}\s")


@cache
def _region() -> re.Pattern[str]:
    """Return the pattern of the names of what has no mayor: Kreis Adorf, Adorf County."""
    words = one_of(all_words("mayor_towns", "regions"))
    return re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])|\wkreis(?![^\W_])", re.IGNORECASE)


@cache
def _usual() -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the stems of the offices' words with the countries where they are usual."""
    found: dict[str, set[str]] = {}
    for lang in LANGUAGES:
        for office in load(lang, "offices")["office"]:
            for name in office["names"] if "usual" in office or "countries" in office else ():
                found.setdefault(name.lower(), set()).update(office.get("usual", office.get("countries", ())))
    return tuple(sorted(((n, frozenset(c)) for n, c in found.items()), key=lambda i: (-len(i[0]), i[0])))


def usual_in(word: str) -> frozenset[str]:
    """Return the countries where an office's word is usual; empty where it may be of any."""
    low = word.lower()
    for stem, countries in _usual():
        if stem in low if len(stem) > 3 else low.startswith(stem):
            return countries
    return frozenset()


class Candidates:
    """Gathers the candidates for the holders of one document."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self.home = context.home
        self.home_has_lord = self.home is not None and self.home.country == "DE" and self._has_lord()
        self.countries = sorted({p.place.country for p in context.mentions.places if p.place.country})
        self.rows: dict[int, tuple[int, ...]] = {
            index: row
            for table in context.document.tables
            for row in table.grid
            for index in row
            if index >= 0
        }

    def _has_lord(self) -> bool:
        words = (
            self.text[o.start : o.end]
            for o in self.context.mentions.offices
            if o.role is Role.LORD_MAYOR and not o.counterpart
        )
        return any("DE" in usual_in(word) for word in words)

    # ------------------------------------------------------------ where a town stands

    def of(self, holder: Holder) -> list[Candidate]:
        """Return the candidates for a holder, the home first, then as the text names them."""
        found: dict[str, Candidate] = {}

        def note(place: Place, *signs: str) -> None:
            found.setdefault(place.place_id, Candidate(place)).signs.update(signs)

        block = self.context.document.blocks[holder.person.block]
        if self.home is not None:
            note(self.home, "home")
        self._in_sentence(holder, note)
        self._in_block(holder, block, note)
        if block.section >= 0:
            self._around(block, note)
        self._in_row(block, note)
        self._abroad(holder, found, note)
        for candidate in found.values():
            self._whose(holder, candidate, block)
        return list(found.values())

    def _in_sentence(self, holder: Holder, note: _Note) -> None:
        sentence = self.context.sentence_at(holder.person.start)
        low, high = min(holder.person.start, holder.office.start), max(holder.person.end, holder.office.end)
        places = self.context.places(sentence.start, sentence.end)
        before = [p for p in places if p.end <= low]
        after = [p for p in places if p.start >= high]
        for number, mention in enumerate(reversed(before[-_FEW:])):
            note(mention.place, "before", *self._standing(mention, sentence.start))
            if not number:
                note(mention.place, "last before")
        for number, mention in enumerate(after[:_FEW]):
            note(mention.place, "after", *(f"{s} after" for s in self._standing(mention, sentence.start)))
            if not number:
                note(mention.place, "first after")
        if len({p.place.place_id for p in places}) == 1:
            note(places[0].place, "alone")
        self._hosted(holder, sentence, before, note)
        if holder.way == "plural":
            self._in_order(holder, sentence, note)

    def _hosted(self, holder: Holder, sentence: Sentence, before: list[PlaceMention], note: _Note) -> None:
        """Note where a mayor receives somebody: "in Adorf wurden sie von Bürgermeister ... empfangen"."""
        head = self.text[max(sentence.start, holder.office.start - _NEAR) : holder.office.start]
        words = self.text[sentence.start : sentence.end]
        if not (_words("by").search(head) and _receives().search(words)):
            return
        block = self.context.document.blocks[holder.office.block]
        before = self.context.places(max(block.start, sentence.start - _STORY), sentence.start) + before
        there = [
            p for p in before if any(s.split()[-1] in ("in", "to") for s in self._standing(p, block.start))
        ]
        if there:
            note(there[-1].place, "host")

    def _in_order(self, holder: Holder, sentence: Sentence, note: _Note) -> None:
        """Note the town that stands where the mayor stands: A and B, the mayors Ann Grey and Marc Morel."""
        block = self.context.document.blocks[holder.office.block]
        low = max(block.start, sentence.start - _SECTION)
        for one, two in reversed(list(pairwise(self.context.places(low, holder.office.start)))):
            if _paired().fullmatch(self.text[one.end : two.start]):
                mine = (one, two)[holder.place_in_series] if holder.place_in_series < 2 else None
                if mine is not None:
                    note(mine.place, "in order")
                return

    def _standing(self, mention: PlaceMention, start: int) -> Iterator[str]:
        """Yield how a town stands that is named before the mayor in a sentence that begins at ``start``."""
        head = self.text[start : mention.start]
        opens = len(head.split()) < 5
        if mention.form != "name":
            yield mention.form
        elif _led_by("place_from").search(head):
            yield "opens from" if opens else "from"
        elif _led_by("place_in").search(head):
            yield "opens in" if opens else "in"
        elif _led_by("place_to").search(head):
            yield "opens to" if opens else "to"
        elif _led_by("place_with").search(head):
            yield "opens with" if opens else "with"
        elif not head.strip("„“”\"'«»( "):
            yield "opens"

    def _in_block(self, holder: Holder, block: Block, note: _Note) -> None:
        sentence = self.context.sentence_at(holder.person.start)
        before = self.context.places(block.start, max(block.start, sentence.start))
        for mention in before[-_FEW:]:
            note(mention.place, "earlier")
        if before:
            note(before[-1].place, "last earlier")
            other = [p for p in before if not self.context.is_home(p.place)]
            if other:
                note(other[-1].place, "last other earlier")
        lead = self.context.leading_place(block.start, block.end)
        if lead is not None and self.text[lead.end : lead.end + 2].strip(" ")[:1] in ("", *",.:(–-"):
            note(lead.place, "lead")
        later = self.context.places(max(block.start, sentence.end), block.end)
        known = {p.place.place_id for p in self.context.places(block.start, max(block.start, sentence.end))}
        later = [p for p in later if not self.context.is_home(p.place) and p.place.place_id not in known]
        for mention in later[:_FEW]:
            note(mention.place, "later")
        if later:
            note(later[0].place, "first later")
        others = {p.place.place_id: p.place for p in self.context.places(block.start, block.end)}
        if self.home is not None:
            others.pop(self.home.place_id, None)
        if len(others) == 1:
            note(next(iter(others.values())), "only other")

    def _around(self, block: Block, note: _Note) -> None:
        blocks = self.context.document.blocks
        headings = [b for b in blocks if b.kind is BlockKind.HEADING]
        first = headings[0].index if headings else -1
        for index in reversed(block.path):
            place = self._single(blocks[index])
            if place is not None:
                note(place, "page" if index == first else "heading")
                if self.home is not None and index != first:
                    note(self.home, "home under heading")
                break
        else:
            if first >= 0 and (place := self._single(blocks[first])) is not None:
                note(place, "page")
        low = block.start
        for other in reversed(blocks[: block.index]):
            if (
                other.section != block.section
                or other.path != block.path
                or block.start - other.start > _SECTION
            ):
                break
            low = other.start
        before = [p for p in self.context.places(low, block.start) if not self.context.is_home(p.place)]
        if before:
            note(before[-1].place, "paragraph before")

    def _in_row(self, block: Block, note: _Note) -> None:
        for index in self.rows.get(block.index, ()):
            cell = self.context.document.blocks[index]
            places = self.context.places(cell.start, cell.end)
            if index != block.index and len({p.place.place_id for p in places}) == 1:
                note(places[0].place, "row")

    def _abroad(self, holder: Holder, found: dict[str, Candidate], note: _Note) -> None:
        """Note the one partner in whose country the title or the name is usual, and not in the home's."""
        usual = usual_in(self.text[holder.office.start : holder.office.end])
        if not usual or (self.home is not None and self.home.country in usual):
            spoken = languages_of(holder.person.name)
            usual = frozenset(c for c in self.countries if spoken & languages_in(c))
            if self.home is not None and (not spoken or spoken & languages_in(self.home.country)):
                return
        named = [p for p in self.context.mentions.places if p.place.country in usual]
        if len({mention.place.place_id for mention in named}) == 1 and any(map(self._as_partner, named)):
            note(named[0].place, "only of its country")

    def _as_partner(self, mention: PlaceMention) -> bool:
        """Whether a town stands in a heading, or in a sentence with a word for partners."""
        if self.context.document.blocks[mention.block].kind is BlockKind.HEADING:
            return True
        sentence = self.context.sentence_at(mention.start)
        return bool(self.context.triggers(sentence.start, sentence.end))

    def _single(self, block: Block) -> Place | None:
        """Return the one town other than the home that a heading names."""
        others: dict[str, Place] = {}
        for mention in self.context.places(block.start, block.end):
            if not self.context.is_home(mention.place):
                others.setdefault(mention.place.place_id, mention.place)
        return next(iter(others.values())) if len(others) == 1 else None

    # ------------------------------------------------------------ whose mayor it is

    def _whose(self, holder: Holder, candidate: Candidate, block: Block) -> None:
        office, place, signs = holder.office, candidate.place, candidate.signs
        side = "home" if self.context.is_home(place) else "other"
        head = self.text[max(0, office.start - 24) : office.start]
        if _words("ours").search(head):
            signs.add(f"ours {side}")
        elif _words("theirs").search(head):
            signs.add(f"theirs {side}")
        if office.counterpart:
            signs.add(f"counterpart {side}")
        if _words("meets").search(self.text[max(0, office.start - 2 * _NEAR) : office.start]):
            signs.add(f"met {side}")
        word = self.text[office.start : office.end]
        there = _words("there").search(head) or _after().match(self.text, office.end)
        if there or not all_words("mayor_towns", "there").isdisjoint(word.lower().split()):
            signs.add(f"there {side}")
        if block.section < 0:
            signs.add(f"teaser {side}")
        if office.role is Role.DEPUTY_MAYOR:
            signs.add(f"deputy {side}")
        if _region().search(place.name):
            signs.add("region")
        usual = usual_in(word)
        if usual:
            signs.add("word fits" if place.country in usual else "word misfits")
        if side == "home" and self.home_has_lord and office.role is Role.MAYOR and not usual:
            signs.add("home has lord")
        countries = self.context.countries(office.start - _NEAR, office.start)
        countries = [c for c in countries if c.form == "adjective"]
        if countries and place.country:
            signs.add("country fits" if countries[-1].country == place.country else "country misfits")
        names, there_spoken = languages_of(holder.person.name), languages_in(place.country)
        if side == "home" and there_spoken:  # a German page of a town in South Tyrol
            there_spoken |= {block.lang}
        if names and there_spoken:
            signs.add("name fits" if names & there_spoken else "name misfits")


def same_title(one: OfficeMention, two: OfficeMention) -> bool:
    """Whether two offices are both of heads, or both of deputies."""
    return (one.role is Role.DEPUTY_MAYOR) is (two.role is Role.DEPUTY_MAYOR)
