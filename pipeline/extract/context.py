"""A document's mentions, looked up by place in the text; and what headings announce."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Protocol, TypeVar

from pipeline.extract.cues import cue_words, has, polarity
from pipeline.extract.trace import Note, Veto
from pipeline.lexicon import LANGUAGES, all_words
from pipeline.model import (
    Block,
    BlockKind,
    CountryMention,
    DateMention,
    Document,
    Kind,
    Mentions,
    OfficeMention,
    PersonMention,
    Place,
    PlaceMention,
    Sentence,
    Table,
    TriggerMention,
)
from pipeline.recognise.dates.labels import is_date, labels_of
from pipeline.recognise.triggers import triggers_in
from pipeline.tokens import tokenise


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=_Spanned)

_LISTED = (BlockKind.ITEM, BlockKind.CELL, BlockKind.TERM, BlockKind.DEFINITION)
_PER_WORD = 500  # characters a word for a bond, on a page that speaks of bonds
RANK = {kind: rank for rank, kind in enumerate(Kind)}
"""Of a kind, the closest relation first."""

_LISTED_PLACES = 4


@dataclass(frozen=True, slots=True)
class Scope:
    """What a heading or an introduction announces: partners of one kind, of one place.

    ``start`` and ``end`` are the words that announce it; ``strong`` is False for a hint only.
    """

    kind: Kind
    anchor: Place | None
    start: int
    end: int
    strong: bool = True


@dataclass(frozen=True)
class Context:
    """The mentions of one document with their lookups.

    All lookups return spans in order of their start.
    """

    mentions: Mentions
    _starts: dict[str, list[int]] = field(default_factory=dict, repr=False)
    _leading: dict[tuple[int, int], PlaceMention | None] = field(default_factory=dict, repr=False)
    notes: list[Note] = field(default_factory=list, repr=False)
    """What stood against partnerships that were about to be read."""

    def note(self, veto: Veto, start: int, end: int, *places: Place) -> None:
        """Note why a span yields no partnership of these places."""
        self.notes.append(Note(veto, start, end, places))

    @property
    def document(self) -> Document:
        """The document itself."""
        return self.mentions.document

    @property
    def text(self) -> str:
        """The frozen text."""
        return self.mentions.document.text

    @property
    def home(self) -> Place | None:
        """The home town, where there is one."""
        return self.document.home.place if self.document.home else None

    def _within(self, name: str, spans: Sequence[S], start: int, end: int) -> list[S]:
        if name not in self._starts:
            self._starts[name] = [s.start for s in spans]
        starts = self._starts[name]
        i = bisect_left(starts, start)
        found = []
        while i < len(spans) and spans[i].start < end:
            if spans[i].end <= end:
                found.append(spans[i])
            i += 1
        return found

    def places(self, start: int, end: int) -> list[PlaceMention]:
        """Return the place mentions inside a span."""
        return self._within("places", self.mentions.places, start, end)

    def countries(self, start: int, end: int) -> list[CountryMention]:
        """Return the country mentions inside a span."""
        return self._within("countries", self.mentions.countries, start, end)

    def dates(self, start: int, end: int) -> list[DateMention]:
        """Return the date mentions inside a span."""
        return self._within("dates", self.mentions.dates, start, end)

    def triggers(self, start: int, end: int) -> list[TriggerMention]:
        """Return the triggers inside a span."""
        return self._within("triggers", self.mentions.triggers, start, end)

    def persons(self, start: int, end: int) -> list[PersonMention]:
        """Return the person mentions inside a span."""
        return self._within("persons", self.mentions.persons, start, end)

    def offices(self, start: int, end: int) -> list[OfficeMention]:
        """Return the office mentions inside a span."""
        return self._within("offices", self.mentions.offices, start, end)

    def sentences(self, start: int, end: int) -> list[Sentence]:
        """Return the sentences inside a span."""
        return self._within("sentences", self.mentions.sentences, start, end)

    def sentence_at(self, at: int) -> Sentence:
        """Return the sentence that holds an offset; an empty one where there is none."""
        sentences = self.mentions.sentences
        number = bisect_right(sentences, at, key=lambda s: s.start) - 1
        if number >= 0 and at < sentences[number].end:
            return sentences[number]
        return Sentence(at, at, -1)

    def told_in(self, mention: PlaceMention) -> tuple[int, int]:
        """Return the span of the sentence that holds a mention, or of its block where none does."""
        sentence = self.sentence_at(mention.start)
        if sentence.start < sentence.end:
            return sentence.start, sentence.end
        block = self.document.blocks[mention.block]
        return block.start, block.end

    def is_home(self, place: Place) -> bool:
        """Whether a place is the home town."""
        return self.home is not None and place.place_id == self.home.place_id

    def label_dates(self, block: Block) -> list[DateMention]:
        """Return the dates of the label beside a block: a cell, term, line or heading that is only a date."""
        for index in self._labels.get(block.index, ()):
            label = self.document.blocks[index]
            dates = self.dates(label.start, label.end)
            if is_date(self.document, label, dates):
                return dates
        return []

    @cached_property
    def _labels(self) -> dict[int, list[int]]:
        return labels_of(self.document)

    @cached_property
    def speaks_of_partners(self) -> bool:
        """Whether partnerships are what the page is about, by its headings or by its words."""
        strong = sum(not t.weak for t in self.mentions.triggers)
        weak = sum(t.weak and t.form != "act" for t in self.mentions.triggers)
        dense = len(self.text) <= _PER_WORD * (strong + weak)  # a short report
        told = strong >= 3 or (strong >= 1 and (strong + weak >= 4 or dense))
        return self.page_scope is not None or bool(self.scopes) or told

    # ------------------------------------------------------------- headings

    def leading_place(self, start: int, end: int) -> PlaceMention | None:
        """Return the place that a heading, item or cell begins with, after bullets, numbers and codes."""
        if (start, end) not in self._leading:
            self._leading[start, end] = self._leads(start, end)
        return self._leading[start, end]

    def _leads(self, start: int, end: int) -> PlaceMention | None:
        for place in self.places(start, end):
            before = [t.text for t in tokenise(self.text, start, place.start)]
            if place.form == "adjective" or place.form == "genitive":
                return None
            countries = self.countries(start, place.start)
            if countries and countries[-1].form != "adjective" and place.start - countries[-1].end <= 3:
                before = [t.text for t in tokenise(self.text, start, countries[0].start)]  # "France Amiens"
            if all(
                not w[0].isalpha()
                or (len(w) <= 3 and w.isupper())
                or w.casefold() in all_words("places", "lead_in")
                or (len(w) == 1 and before[i + 1 : i + 2] in ([")"], ["."]))  # (a), b.
                for i, w in enumerate(before)
            ):
                return place
            return None
        return None

    def leads(self, mention: PlaceMention, block: Block) -> bool:
        """Whether a block begins with a mention."""
        lead = self.leading_place(block.start, block.end)
        return lead is not None and lead.start == mention.start

    def names_only(self, start: int, end: int) -> bool:
        """Whether a span holds little but names of places and countries (and a date)."""
        covered = sum(p.end - p.start for p in self.places(start, end) if p.form == "name")
        covered += sum(c.end - c.start for c in self.countries(start, end))
        covered += sum(d.end - d.start for d in self.dates(start, end))
        letters = sum(not c.isspace() and (c.isalnum()) for c in self.text[start:end])
        return letters > 0 and covered >= 0.55 * letters

    @cached_property
    def scopes(self) -> dict[int, Scope]:
        """Map each heading that announces partners to what it announces."""
        found: dict[int, Scope] = {}
        for block in self.document.blocks:
            if block.kind in (BlockKind.HEADING, BlockKind.TERM, BlockKind.CAPTION):
                scope = self._announces(block.start, block.end, block.lang)
                if scope is not None:
                    found[block.index] = scope
        return found

    def _announces(self, start: int, end: int, lang: str) -> Scope | None:
        text = self.text[start:end]
        triggers = [t for t in self.triggers(start, end) if not t.weak]
        weak = [t for t in self.triggers(start, end) if t.weak and (t.plural or t.form == "relation")]
        if not (triggers or weak) or self._closed_question(text, lang) or not polarity(text, lang).states:
            return None
        trigger = min([*triggers, *weak], key=lambda t: RANK[t.kind])  # "Partnerschaften und Patenschaften"
        kind = (triggers or weak)[0].kind if trigger.kind is Kind.COOPERATION else trigger.kind
        anchor = next((p.place for p in self.places(start, end)), None)
        return Scope(kind, anchor, start, end, strong=bool(triggers))

    @staticmethod
    def _closed_question(text: str, lang: str) -> bool:
        """Whether a heading asks yes or no; "Which are our twin towns?" announces them."""
        return has(text, lang, "question") and not has(text, lang, "open_question")

    def heading_of(self, block: Block) -> Block | None:
        """Return the heading nearest above a block."""
        return self.document.blocks[block.path[-1]] if block.path else None

    def scope_of(self, block: Block) -> Scope | None:
        """Return what the headings above a block announce, the nearest first, else the page as a whole."""
        nearest = self.badge(block) or self._list_scope(block)
        if nearest is not None:
            return nearest
        label = self.label_above(block)
        if label is not None and self.turns_away(label):
            return None
        refused = self._refusal(block)
        for index in reversed((*block.path, *self.term_of(block))):
            if refused > index or self.turns_away(self.document.blocks[index]):
                return None if refused > index else self.intro_scope(block, index)
            if index in self.scopes and not (self.has_none and index == self.first_heading):
                return self.scopes[index]
        whole = None if self.has_none else self.page_scope or self.hinted_scope
        return None if refused >= 0 else self.intro_scope(block) or whole

    def term_of(self, definition: Block) -> tuple[int, ...]:
        """Return the term that a definition stands under, if any."""
        if definition.kind is not BlockKind.DEFINITION:
            return ()
        for index in range(definition.index - 1, -1, -1):
            block = self.document.blocks[index]
            if block.group != definition.group or block.kind not in (BlockKind.TERM, BlockKind.DEFINITION):
                return ()
            if block.kind is BlockKind.TERM:
                return (block.index,)
        return ()

    def turns_away(self, heading: Block) -> bool:
        """Whether a heading leads away from partners: to visits, costs, clubs, requests, mistakes."""
        words = self.document.words(heading)
        return heading.index not in self.scopes and (
            has(words, heading.lang, "denial") or has(words, heading.lang, "elsewhere")
        )

    @cached_property
    def has_none(self) -> bool:
        """Whether the page says that its town has no partners at all; a list of places says otherwise."""
        if self._lists_places:
            return False
        for block in self.document.blocks:
            if block.kind not in (BlockKind.PARAGRAPH, BlockKind.DEFINITION):
                continue
            spoken_of = bool(self.triggers(block.start, block.end)) or any(
                i in self.scopes for i in block.path[-1:]
            )
            for sentence in self.sentences(block.start, block.end) if spoken_of else ():
                others = [p for p in self.places(sentence.start, sentence.end) if not self.is_home(p.place)]
                if not others and has(self.text[sentence.start : sentence.end], block.lang, "none_at_all"):
                    return True
        return False

    def take_back_none(self) -> None:
        """Note that the page tells of partners after all, so that ``has_none`` no longer holds."""
        vars(self)["has_none"] = False  # where cached_property keeps it

    @cached_property
    def _lists_places(self) -> bool:
        """Whether headings, terms or items name at least so many places abroad, each with its country."""
        kinds = (BlockKind.HEADING, BlockKind.TERM, BlockKind.ITEM)
        named = set()
        for block in self.document.blocks:
            place = self.leading_place(block.start, block.end) if block.kind in kinds else None
            if place is not None and self.countries(place.end, min(block.end, place.end + 30)):
                named.add(place.place)
        return len(named) >= _LISTED_PLACES

    @cached_property
    def _refusals(self) -> frozenset[int]:
        """Paragraphs that announce what are no partners: "We have no twinning with any of these:"."""
        found = []
        for block in self.document.blocks:
            if block.kind is not BlockKind.PARAGRAPH or not self.triggers(block.start, block.end):
                continue
            last = self.sentences(block.start, block.end)[-1:]
            text = self.text[last[0].start : last[0].end] if last else ""
            if text.endswith(":") and polarity(text, block.lang).denied:
                found.append(block.index)
        return frozenset(found)

    def _refusal(self, block: Block) -> int:
        """Return the refusal that stands right above the list or table of a block, or -1."""
        head = self.list_head(block)
        return head if head in self._refusals else -1

    def _list_scope(self, block: Block) -> Scope | None:
        """Return what the line right above the list or table of a block announces: "Our twin towns are:"."""
        head = self.list_head(block)
        found = self._announcements[self._before(head) : self._before(head + 1)]
        return next((scope for _, scope in reversed(found) if scope.strong), None)

    def _before(self, index: int) -> int:
        """Return how many announcements stand before a block."""
        return bisect_left(self._announced_at, index)

    @cached_property
    def _announced_at(self) -> list[int]:
        return [index for index, _ in self._announcements]

    def list_head(self, block: Block) -> int:
        """Return the line right above the list or table of a block, or -1."""
        return self._list_heads[block.index] if block.kind in _LISTED else -1

    @cached_property
    def _list_heads(self) -> list[int]:
        """The last block before each that is of no list or table."""
        heads: list[int] = []
        last = -1
        for block in self.document.blocks:
            heads.append(last)
            last = last if block.kind in _LISTED else block.index
        return heads

    @cached_property
    def _lists(self) -> dict[tuple[BlockKind, int], list[Block]]:
        lists: dict[tuple[BlockKind, int], list[Block]] = {}
        for block in self.document.blocks:
            lists.setdefault((block.kind, block.group), []).append(block)
        return lists

    @cached_property
    def cells(self) -> dict[int, tuple[Table, int, int]]:
        """The table, first row and first column of each cell, by the number of its block."""
        found: dict[int, tuple[Table, int, int]] = {}
        for table in self.document.tables:
            for r, row in enumerate(table.grid):
                for column, cell in enumerate(row):
                    if cell >= 0:
                        found.setdefault(cell, (table, r, column))
        return found

    def list_of(self, block: Block) -> list[Block]:
        """Return the blocks of one kind in the list of a block, itself among them."""
        return self._lists[(block.kind, block.group)]

    @cached_property
    def first_heading(self) -> int:
        """The page's headline, or -1."""
        return next((b.index for b in self.document.blocks if b.kind is BlockKind.HEADING), -1)

    def label_above(self, heading: Block) -> Block | None:
        """Return the short line right above a card's heading, where the card before has one too.

        It tells the kind or the status of the card below: "Sister city", "On pause", "Wish list".
        """
        return (
            self.document.blocks[self._labels_above[heading.index]]
            if heading.index in self._labels_above
            else None
        )

    @cached_property
    def _labels_above(self) -> dict[int, int]:
        blocks = self.document.blocks
        found: dict[tuple[int, tuple[int, ...]], list[Block]] = {}
        for line, heading in pairwise(blocks):
            short = line.kind in (BlockKind.PARAGRAPH, BlockKind.CAPTION) and line.end - line.start <= 30
            if heading.kind is BlockKind.HEADING and short and self.text[line.end - 1].isalnum():
                found.setdefault((heading.level, heading.path[:1]), []).append(heading)
        cards = [h for group in found.values() for h in group if self._mostly_labelled(group)]
        return {heading.index: heading.index - 1 for heading in cards}

    def _mostly_labelled(self, headings: list[Block]) -> bool:
        """Whether most headings of a level have such a line, and one of the lines names partners."""
        first = headings[0]
        same = [
            b
            for b in self.document.blocks
            if b.kind is BlockKind.HEADING and b.level == first.level and b.path[:1] == first.path[:1]
        ]
        lines = [self.document.blocks[h.index - 1] for h in headings]
        named = any(not t.weak for line in lines for t in self.triggers(line.start, line.end))
        return named and 2 * len(headings) > len(same)

    def badge(self, heading: Block) -> Scope | None:
        """Return what the line right above a card's heading announces: "Partnerstadt"."""
        if heading.kind is not BlockKind.HEADING or not heading.index:
            return None
        line = self.document.blocks[heading.index - 1]
        triggers = [t for t in self.triggers(line.start, line.end) if not t.weak]
        if (
            line.kind not in (BlockKind.PARAGRAPH, BlockKind.CAPTION)
            or line.end - line.start > 60
            or not triggers
        ):
            return None
        letters = sum(c.isalpha() for c in self.document.words(line))
        if 3 * (triggers[0].end - triggers[0].start) < letters or self.places(line.start, line.end):
            return None
        return Scope(triggers[0].kind, None, line.start, line.end)

    @cached_property
    def hinted_scope(self) -> Scope | None:
        """What the page's title and the menu's place of the page hint at, where no text announces it.

        They stand outside the text and are no evidence, so the scope has no words.
        """
        outside = [self.document.title, *self.document.publisher]
        for text in outside:
            for lang in LANGUAGES:
                strong = [family for _, _, family in triggers_in(text, 0, len(text), lang) if not family.weak]
                if strong:
                    return Scope(strong[0].kind, None, 0, 0, strong=False)
        return None

    @cached_property
    def page_scope(self) -> Scope | None:
        """What the title announces for the whole page, where no heading does."""
        return self.scopes.get(self.first_heading)

    @cached_property
    def _announcements(self) -> list[tuple[int, Scope]]:
        """Paragraphs that announce a list: a plural partner word, nothing denied, few names."""
        found = []
        for block in self.document.blocks:
            if block.kind not in (BlockKind.PARAGRAPH, BlockKind.CAPTION):
                continue
            for sentence in self.sentences(block.start, block.end):
                text = self.text[sentence.start : sentence.end]
                found_here = self.triggers(sentence.start, sentence.end)
                strong = [t for t in found_here if t.plural and not t.weak] or [
                    t
                    for t in found_here
                    if t.weak and t.form == "relation" and self.text[t.start : t.end].endswith(("en", "s"))
                ]
                others = [p for p in self.places(sentence.start, sentence.end) if not self.is_home(p.place)]
                listed = self._item_follows(block) and (text.endswith(":") or self._names_follow(block))
                if others and not (listed and has(text, block.lang, "besides")):
                    continue
                if strong and polarity(text, block.lang).states:
                    scope = Scope(strong[0].kind, None, sentence.start, sentence.end, strong=listed)
                    found.append((block.index, scope))
        return found

    def besides(self) -> Iterator[tuple[Scope, PlaceMention]]:
        """Yield the partners that the announcement of a list names: "neben A und B zählen zu ihnen:"."""
        for index, scope in self._announcements:
            lang = self.document.blocks[index].lang
            word = cue_words(self.text[scope.start : scope.end], lang, "besides") if scope.strong else ""
            at = scope.start + self.text[scope.start : scope.end].find(word)
            for place in self.places(at, scope.end) if word else ():
                if place.form == "name" and not self.is_home(place.place):
                    yield scope, place

    def _names_follow(self, block: Block) -> bool:
        """Whether a list of little but names stands below a line."""
        below = self.document.blocks[block.index + 1]
        items = self.list_of(below)
        named = [b for b in items if self.names_only(b.start, b.end) and self.leading_place(b.start, b.end)]
        return below.kind is BlockKind.ITEM and len(named) >= 2 and 3 * len(named) >= 2 * len(items)

    def _item_follows(self, block: Block) -> bool:
        after = self.document.blocks[block.index + 1 : block.index + 2]
        return bool(after) and after[0].kind in _LISTED

    def intro_scope(self, block: Block, after: int = -1) -> Scope | None:
        """Return what the nearest paragraph before a block, but behind ``after``, announces."""
        last = self._before(block.index) - 1
        return self._announcements[last][1] if last >= self._before(after + 1) else None

    # -------------------------------------------------------------- blocks

    def body(self, heading: Block) -> list[Block]:
        """Return the blocks of a heading's own section, up to the next section border."""
        blocks = []
        for block in self.document.blocks[heading.index + 1 :]:
            if block.kind is BlockKind.HEADING and block.level <= heading.level:
                break
            if not block.path or heading.index not in block.path:
                break
            blocks.append(block)
        labels = set(self._labels_above.values())
        return [block for block in blocks if block.index not in labels]
