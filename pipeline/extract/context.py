"""A document's mentions, looked up by place in the text; and what headings announce."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Protocol, TypeVar

from pipeline.extract.cues import has, polarity
from pipeline.extract.trace import Note, Veto
from pipeline.lexicon import LANGUAGES, load
from pipeline.model import (
    Block,
    BlockKind,
    CountryMention,
    DateMention,
    Document,
    Kind,
    Mentions,
    Place,
    PlaceMention,
    Sentence,
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
    notes: list[Note] | None = None
    """Where vetoes are noted; None if nobody asks why."""

    def note(self, veto: Veto, start: int, end: int, *places: Place) -> None:
        """Note why a span yields no partnership of these places."""
        if self.notes is not None:
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

    def sentences(self, start: int, end: int) -> list[Sentence]:
        """Return the sentences inside a span."""
        return self._within("sentences", self.mentions.sentences, start, end)

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
        told = strong >= 3 or (strong >= 1 and strong + weak >= 4)
        return self.page_scope is not None or bool(self.scopes) or told

    # ------------------------------------------------------------- headings

    def leading_place(self, start: int, end: int) -> PlaceMention | None:
        """Return the place that a heading, item or cell begins with, after bullets, numbers and codes."""
        for place in self.places(start, end):
            before = [t.text for t in tokenise(self.text, start, place.start)]
            if place.form == "adjective" or place.form == "genitive":
                return None
            countries = self.countries(start, place.start)
            if countries and countries[-1].form != "adjective" and place.start - countries[-1].end <= 3:
                before = [t.text for t in tokenise(self.text, start, countries[0].start)]  # "France Amiens"
            if all(
                not w[0].isalpha() or (len(w) <= 3 and w.isupper()) or w.casefold() in _lead_in()
                for w in before
            ):
                return place
            return None
        return None

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
        if not (triggers or weak) or self._closed_question(text, lang) or polarity(text, lang).denied:
            return None
        trigger = (triggers or weak)[0]
        anchor = next((p.place for p in self.places(start, end)), None)
        return Scope(trigger.kind, anchor, start, end, strong=bool(triggers))

    @staticmethod
    def _closed_question(text: str, lang: str) -> bool:
        """Whether a heading asks yes or no; "Which are our twin towns?" announces them."""
        return has(text, lang, "question") and not has(text, lang, "open_question")

    def heading_of(self, block: Block) -> Block | None:
        """Return the heading nearest above a block."""
        return self.document.blocks[block.path[-1]] if block.path else None

    def scope_of(self, block: Block) -> Scope | None:
        """Return what the headings above a block announce, the nearest first, else the page as a whole."""
        badge = self.badge(block)
        if badge is not None:
            return badge
        for index in reversed(block.path):
            if index in self.scopes:
                return self.scopes[index]
            heading = self.document.blocks[index]
            if has(self.document.words(heading), heading.lang, "denial"):
                return None
        return self.intro_scope(block) or self.page_scope or self.hinted_scope

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
        first = next((b for b in self.document.blocks if b.kind is BlockKind.HEADING), None)
        if first is not None and first.index in self.scopes:
            return self.scopes[first.index]
        return None

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
                if strong and not others and polarity(text, block.lang).states:
                    listed = text.endswith(":") and self._item_follows(block)
                    scope = Scope(strong[0].kind, None, sentence.start, sentence.end, strong=listed)
                    found.append((block.index, scope))
        return found

    def _item_follows(self, block: Block) -> bool:
        after = self.document.blocks[block.index + 1 : block.index + 2]
        return bool(after) and after[0].kind is BlockKind.ITEM

    def intro_scope(self, block: Block) -> Scope | None:
        """Return what the nearest paragraph before a block announces, on the same page."""
        before = [scope for index, scope in self._announcements if index < block.index]
        return before[-1] if before else None

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
        return blocks


@cache
def _lead_in() -> frozenset[str]:
    return frozenset(word for lang in LANGUAGES for word in load(lang, "places")["lead_in"])
