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
from pipeline.extract.mayor_guests import Guests
from pipeline.extract.mayor_rounds import Rounds
from pipeline.extract.mayor_signs import Signs, foreign_at_home, has_mayor, led_up_to, tongue_of, usual_in
from pipeline.extract.mayor_tables import Tables
from pipeline.extract.mayor_topic import Pairs, Topic
from pipeline.extract.office_spans import Holder
from pipeline.lexicon import all_words, any_of, one_of
from pipeline.model import Block, BlockKind, Place, PlaceMention, Sentence
from pipeline.recognise.tongues import languages_in, languages_of

_Note = Callable[..., None]

_FEW = 12
# Within so many characters before an office a country is the mayor's: the French mayor.
_NEAR = 24
_SECTION = 1500
# So many blocks before a part of a definition its term may stand.
_LIST = 20
# A town where guests are received stands so near before the sentence that tells it.
_STORY = 200
# A line that opens a list, such as "Delegation Adorf:", is no longer.
_LINE = 80


# Where a town stands says another thing of the home, which a page names anyway.
_CROSSED = frozenset(
    {
        "before",
        "after",
        "last before",
        "first after",
        "alone",
        "earlier",
        "last earlier",
        "lead",
        "opens",
        "in",
        "to",
        "from",
        "later",
    }
    | {"meant there"}
)


@dataclass
class Candidate:
    """A town, and the signs of it."""

    place: Place
    signs: set[str] = field(default_factory=set)


@cache
def _led_by(key: str) -> re.Pattern[str]:
    """Return the pattern of a preposition before a town, with "the town of" and the like between."""
    fill = one_of(all_words("mayor_towns", "fill"))
    return re.compile(rf"(?<![^\W_]){any_of('mayor_towns', key)}\s(?:(?:{fill})\s){{0,3}}$", re.IGNORECASE)


@cache
def _clause_opens() -> re.Pattern[str]:
    """Return the pattern of a preposition, with "the town of" and the like, that opens a clause."""
    fill = one_of(all_words("mayor_towns", "fill"))
    leads = "|".join(any_of("mayor_towns", key) for key in ("place_in", "place_from"))
    return re.compile(
        rf"[,;:–]\s(?:(?:und|and|doch|but|while|während)\s)?(?:{leads})\s(?:(?:{fill})\s){{0,3}}$"
    )


@cache
def _receives() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){any_of('mayor_towns', 'receives')}(?![^\W_])")


@cache
def _hosts() -> re.Pattern[str]:
    return re.compile(rf"[^,.;:]{{0,40}}?\s{any_of('mayor_towns', 'hosts')}(?![^\W_])")


@cache
def _comes_from() -> re.Pattern[str]:
    return re.compile(rf"\s{any_of('mayor_towns', 'comes_from')}(?![^\W_])")


@cache
def _paired() -> re.Pattern[str]:
    """Return the pattern of what joins two towns: "Adorf and Lyon", "Salem (Ohio) and Lyon"."""
    return re.compile(rf"(?:,\s[^,.;:]{{2,20}},|\s\([^()]{{2,20}}\))?,?\s{any_of('mayor_towns', 'joins')}\s")


class Candidates:
    """Gathers the candidates for the holders of one document."""

    def __init__(self, context: Context, pairs: Pairs = frozenset()) -> None:
        self.context = context
        self.text = context.text
        self.home = context.home
        self._signs = Signs(context)
        self._topic = Topic(context, pairs)
        self._tables = Tables(context)
        self._guests = Guests(context)
        self._rounds = Rounds(context, pairs)
        self.countries = sorted({p.place.country for p in context.mentions.places if p.place.country})
        self.rows: dict[int, tuple[int, ...]] = {
            index: row
            for table in context.document.tables
            for row in table.grid
            for index in row
            if index >= 0
        }

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
            self._partners_before(block, note)
        self._in_row(holder, block, note)
        self._abroad(holder, block, note)
        self._topic.note(holder, block, note)
        self._guests.note(holder, block, note)
        self._rounds.note(holder, block, note)
        self._tables.note(holder, note)
        word = self.text[holder.office.start : holder.office.end]
        found = {i: candidate for i, candidate in found.items() if has_mayor(candidate.place, word)}
        for candidate in found.values():
            if self.context.is_home(candidate.place):
                candidate.signs |= {f"{sign} (home)" for sign in candidate.signs & _CROSSED}
            bond = self._topic.bonds(candidate.place)
            candidate.signs |= {bond} if bond else set()
            candidate.signs |= self._signs.of(holder, candidate.place, block)
            if "card" in candidate.signs:
                candidate.signs -= {"label home", "label other"}
            if {"label other", "heading only"} <= candidate.signs:
                candidate.signs.add("label of heading")
        return list(found.values())

    def stands_in(self, holder: Holder) -> bool:
        """Whether the text calls a mayor somebody's deputy."""
        return self._signs.stands_in(holder)

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
        for place in before[-1:]:  # In Adorf empfing sie der Bürgermeister ...
            inside = any(s.split()[-1] == "in" for s in self._standing(place, sentence.start))
            if inside and _hosts().match(self.text, place.end, holder.office.start):
                note(place.place, "hosts")
        head = self.text[max(sentence.start, holder.office.start - _NEAR) : holder.office.start]
        words = self.text[sentence.start : sentence.end]
        if not (led_up_to("by").search(head) and _receives().search(words)):
            return
        block = self.context.document.blocks[holder.office.block]
        before = self.context.places(max(block.start, sentence.start - _STORY), sentence.start) + before
        where = self._topic.where(holder, block.start)
        if where is not None:
            note(where.place, "host")
            return
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
        clause = not opens and _clause_opens().search(head) is not None  # ..., aus Lyon kam Maire Marc Morel
        if mention.form != "name":
            yield mention.form
        elif led_up_to("born_in").search(head) or _comes_from().match(self.text, mention.end):
            yield "origin"
        elif led_up_to("place_near").search(head):
            yield "near"
        elif _led_by("place_from").search(head):
            yield "opens from" if opens else "clause from" if clause else "from"
        elif _led_by("place_in").search(head):
            yield "opens in" if opens else "clause in" if clause else "in"
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
                title = blocks[index]
                if index != first and self.context.names_only(title.start, title.end):
                    named = self.home is not None and any(
                        self.context.is_home(p.place) for p in self.context.places(title.end, block.end)
                    )
                    note(place, "heading only and home" if named else "heading only")
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

        head = self._list_head(block)
        if head is not None:
            note(head, "list of")
        term = self._term_above(block)
        owner = self.context.leading_place(term.start, term.end) if term is not None else None
        if owner is not None:
            note(owner.place, "term")

    def _list_head(self, block: Block) -> Place | None:
        """Return the one town of the line that opens a list: "Delegation Adorf:"."""
        if block.kind is not BlockKind.ITEM or block.group < 0:
            return None
        first = self.context.list_of(block)[0].index
        above = self.context.document.blocks[first - 1] if first else None
        if above is None or above.kind is not BlockKind.PARAGRAPH or above.end - above.start > _LINE:
            return None
        places = {p.place.place_id: p.place for p in self.context.places(above.start, above.end)}
        bare = self.text[above.start : above.end].rstrip().endswith(":") and len(places) == 1
        return next(iter(places.values())) if bare else None

    def _term_above(self, block: Block) -> Block | None:
        """Return the term whose definition a block is, or is part of; a list may stand between."""
        for other in reversed(self.context.document.blocks[max(0, block.index - _LIST) : block.index]):
            if other.path != block.path:
                break
            if other.kind is BlockKind.TERM:
                mine = block.kind is BlockKind.ITEM or block.group == other.group
                return other if mine else None
        return None

    def _partners_before(self, block: Block, note: _Note) -> None:
        """Note the partner named last in all that stands before the block, and the page's chief one."""
        signs = self._signs
        before = self.context.places(0, block.start)
        last = next((p for p in reversed(before) if p.place.place_id in signs.partners), None)
        if last is not None:
            note(last.place, "last partner")
        mentions = self.context.mentions.places
        chief = next((p.place for p in mentions if p.place.place_id == signs.chief), None)
        if chief is not None:
            note(chief)

    def _in_row(self, holder: Holder, block: Block, note: _Note) -> None:
        for index in self.rows.get(block.index, ()):
            cell = self.context.document.blocks[index]
            places = self.context.places(cell.start, cell.end)
            if index != block.index and len({p.place.place_id for p in places}) == 1:
                home = self.context.is_home(places[0].place)
                alone = self.context.names_only(cell.start, cell.end)
                if alone and holder.office.block not in self.rows[block.index]:
                    note(places[0].place, "row of column")  # the office is the header of the mayors' column
                note(places[0].place, "row home" if home else "row" if alone else "row mention")

    def _abroad(self, holder: Holder, block: Block, note: _Note) -> None:
        """Note the one partner in whose country the title or the name is usual, and not in the home's."""
        word = self.text[holder.office.start : holder.office.end]
        usual, home = usual_in(word), self.home
        tongue = tongue_of(word)
        if not usual and tongue is not None and tongue != block.lang:  # Bürgermeister on an English page
            usual = frozenset(c for c in self.countries if tongue in languages_in(c))
        if home is not None and foreign_at_home(word, home, block):
            usual -= {home.country}
        by_word = bool(usual) and (home is None or home.country not in usual)
        if not by_word:
            spoken = languages_of(holder.person.name)
            usual = frozenset(c for c in self.countries if spoken & languages_in(c))
            if self.home is not None and (not spoken or spoken & languages_in(self.home.country)):
                return
        named = {p.place.place_id: p.place for p in self.context.mentions.places if p.place.country in usual}
        if len(named) == 1 and (by_word or not named.keys().isdisjoint(self._signs.partners)):
            note(*named.values(), "only of its country")
        elif by_word:
            for place_id in sorted(named.keys() & self._signs.partners):
                note(named[place_id])

    def _single(self, block: Block) -> Place | None:
        """Return the one town other than the home that a heading names."""
        others: dict[str, Place] = {}
        for mention in self.context.places(block.start, block.end):
            near = led_up_to("place_near").search(self.text[block.start : mention.start])
            if not self.context.is_home(mention.place) and not near:
                others.setdefault(mention.place.place_id, mention.place)
        return next(iter(others.values())) if len(others) == 1 else None
