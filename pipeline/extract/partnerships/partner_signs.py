"""The signs by which a place is weighed as a partner of the home town, for what no rule could read.

A sign is a short text. Those of a mention say what stands around it ("de -1 mit": the word before it), which
words for a bond are near, and how its block is laid out (``partner_layout.py``); names, dates, persons and
offices count as such, not by their letters. Those of a place say where on the page it is named, and what the
rules found there. ``training/partners.py`` learns what each sign weighs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.extract.context import Context
from pipeline.extract.cues import clause, has, polarity
from pipeline.extract.partnerships.finding import Finding
from pipeline.extract.partnerships.marked_words import marked_words
from pipeline.extract.partnerships.partner_layout import STEM, LayoutSigns, bond_named
from pipeline.extract.partnerships.partner_passage import PassageSigns
from pipeline.gazetteer import fold
from pipeline.model import Block, BlockKind, Place, PlaceMention, Sentence, TriggerMention
from pipeline.tokens import tokenise

# Words on either side of a mention that count without their place.
_REACH = 8
# Of a place that is named very often, the first mentions are enough.
MENTIONS = 12
_EDGE = "|"
_NEAR, _MIDDLE = 30, 80
_FEW = (0, 1, 3, 8)


class _Word(NamedTuple):
    """A word of a sentence by its stem, or a mark for what it is; ``place_id`` is set for a place."""

    start: int
    text: str
    place_id: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence, prepared once for all the places in it."""

    start: int
    end: int
    words: tuple[_Word, ...]
    triggers: tuple[TriggerMention, ...]
    places: frozenset[str]
    signs: tuple[str, ...]
    """What the sentence shows whatever place in it is asked about."""


def _count(number: int) -> int:
    """Return a number as none, one, a few, several or many."""
    return next((i for i, most in enumerate(_FEW) if number <= most), len(_FEW))


def _strength(triggers: Sequence[TriggerMention]) -> str:
    if not triggers:
        return "none"
    return "weak" if all(t.weak for t in triggers) else "strong"


class PartnerSigns:
    """The signs of one page's places."""

    def __init__(self, context: Context) -> None:
        """Prepare for a page with a home town."""
        self._context = context
        self._lines: dict[tuple[int, int], _Line] = {}
        self._layout = LayoutSigns(context)
        self._passage = PassageSigns(context)

    # --------------------------------------------------------------- places

    def of_place(self, place: Place, mentions: Sequence[PlaceMention]) -> list[str]:
        """Return what the page as a whole says of a place, whatever the rules read."""
        context, home = self._context, self._context.home
        names = {
            fold(place.name),
            *(fold(context.text[m.start : m.end]) for m in mentions if m.form == "name"),
        }
        blocks = [context.document.blocks[m.block] for m in mentions]
        found = {
            f"feature {place.feature}",
            f"linked {place.linked or place.feature == 'city'}",
            f"same country {home is not None and place.country == home.country}",
            f"mentions {_count(len(mentions))}",
            *self._page,
            *self._passage.of_place(place),
        }
        if any(name in fold(context.document.title) for name in names):
            found.add("in the title")
        if any(block.kind is BlockKind.HEADING for block in blocks):
            found.add("in a heading")
        return sorted(found)

    @cached_property
    def _page(self) -> list[str]:
        """What holds for all places of the page."""
        context = self._context
        weak = sum(t.weak for t in context.mentions.triggers)
        places = {m.place.place_id for m in context.mentions.places}
        return [
            f"page: strong {_count(len(context.mentions.triggers) - weak)}",
            f"page: weak {_count(weak)}",
            f"page: speaks {context.speaks_of_partners}",
            f"page: places {_count(len(places) - 1)}",
            f"page: stated {_count(self._stated())}",
        ]

    def _stated(self) -> int:
        """Return how many sentences state some bond rather than ask for, wish or deny it."""
        context = self._context
        bonds = (t for t in context.mentions.triggers if not t.weak and t.form != "act")
        spans = {
            (s.start, s.end): t.block for t in bonds if (s := context.sentence_at(t.start)).end > s.start
        }
        blocks = context.document.blocks
        return sum(
            polarity(text, blocks[block].lang).states and not text.rstrip('”“"»« ').endswith("?")
            for (start, end), block in spans.items()
            if (text := context.text[start:end])
        )

    def of_findings(self, findings: Sequence[Finding]) -> list[str]:
        """Return what the rules read on the page, for all its places."""
        rules = {evidence.rule.partition(".")[0] for f in findings for evidence in f.evidence}
        return [
            f"page: found {_count(len({f.key for f in findings}))}",
            *(f"page: by {rule}" for rule in rules),
        ]

    # ------------------------------------------------------------- mentions

    def of_mention(self, mention: PlaceMention) -> list[str]:
        """Return what stands around one mention of a place."""
        block = self._context.document.blocks[mention.block]
        line = self._line(mention, block)
        words = [self._seen(word, mention.place) for word in line.words]
        at = next((i for i, word in enumerate(line.words) if word.start >= mention.start), 0)
        found = {
            *line.signs,
            *self._around(words, at, block.lang),
            *self._bonds(line, mention),
            *self._own_clause(line, mention, block.lang),
            *self._before_and_after(line, block),
            *self._layout.of_mention(mention, block),
            *self._passage.of_mention(mention, block, self._context.leads(mention, block)),
            f"form {mention.form}",
            f"others {_count(len(line.places - {mention.place.place_id}))}",
        }
        return sorted(found)

    def _seen(self, word: _Word, place: Place) -> str:
        return word.text.replace("PLACE", "X") if word.place_id == place.place_id else word.text

    def _around(self, words: Sequence[str], at: int, lang: str) -> Iterator[str]:
        """Yield the words beside a mention: by their place, in twos, and within reach."""
        last = len(words) - 1

        def word(i: int) -> str:
            return words[i] if 0 <= i <= last else _EDGE

        for k in (1, 2, 3):
            yield f"{lang} -{k} {word(at - k)}"
            yield f"{lang} +{k} {word(at + k)}"
        yield f"{lang} -2-1 {word(at - 2)} {word(at - 1)}"
        yield f"{lang} +1+2 {word(at + 1)} {word(at + 2)}"
        yield f"{lang} -1+1 {word(at - 1)} {word(at + 1)}"
        for before in words[max(0, at - _REACH) : at]:
            yield f"{lang} < {before}"
        for after in words[at + 1 : at + 1 + _REACH]:
            yield f"{lang} > {after}"

    def _bonds(self, line: _Line, mention: PlaceMention) -> Iterator[str]:
        """Yield the words for a bond in the sentence, and how they stand to the mention."""
        for trigger in line.triggers:
            side = "before" if trigger.start < mention.start else "after"
            gap = abs(trigger.start - mention.start)
            distance = "near" if gap < _NEAR else "middle" if gap < _MIDDLE else "far"
            yield f"bond {side} {distance}: {bond_named(trigger)}"
            yield f"bond {side} {'weak' if trigger.weak else 'strong'}"

    def _own_clause(self, line: _Line, mention: PlaceMention, lang: str) -> Iterator[str]:
        """Yield how the clause of a mention stands to the bond, if it names one, and to bonds at all."""
        context = self._context
        start, end = clause(context.text, line.start, line.end, mention.start, lang)
        stance = polarity(context.text[start:end], lang)
        bond = _strength([t for t in line.triggers if start <= t.start < end])
        told = "denied" if stance.denied else "wished" if stance.wished else "stated"
        yield f"clause {told}, bond {bond}"
        yield f"clause {told}, {stance.status.value}"

    def _before_and_after(self, line: _Line, block: Block) -> Iterator[str]:
        """Yield what the sentences beside one speak of."""
        context = self._context
        sentences = context.sentences(block.start, block.end)
        at = next((i for i, s in enumerate(sentences) if s.start == line.start), 0)
        for back in (1, 2):
            if at >= back:
                before = sentences[at - back]
                yield from (
                    f"{back} back: {bond_named(t)}" for t in context.triggers(before.start, before.end)
                )
        if at:
            yield from self._last_said(sentences[at - 1], block.lang, told=bool(line.triggers))
        if at + 1 < len(sentences):
            after = sentences[at + 1]
            yield from (f"next: {bond_named(t)}" for t in context.triggers(after.start, after.end))

    def _last_said(self, sentence: Sentence, lang: str, told: bool) -> Iterator[str]:
        context = self._context
        places = context.places(sentence.start, sentence.end)
        if any(context.is_home(p.place) for p in places):
            yield "1 back: home"
        yield f"1 back: places {_count(len(places))}"
        if not told:
            for token in tokenise(context.text, sentence.start, sentence.end):
                yield f"{lang} 1 back: {token.text.lower()[:STEM]}"

    # ------------------------------------------------------------ sentences

    def _line(self, mention: PlaceMention, block: Block) -> _Line:
        start, end = self._context.told_in(mention)
        if (start, end) not in self._lines:
            self._lines[start, end] = self._prepared(start, end, block.lang)
        return self._lines[start, end]

    def _prepared(self, start: int, end: int, lang: str) -> _Line:
        context, text = self._context, self._context.text[start:end]
        words = tuple(self._words(start, end))
        triggers = tuple(context.triggers(start, end))
        home = any(word.text.startswith("HOME") for word in words)
        we = has(text, lang, "speakers")
        stance = polarity(text, lang)
        signs = [
            f"home {home}",
            f"we {we}",
            f"home {home}, we {we}, bond {_strength(triggers)}",
            f"bond {_strength(triggers)}",
            f"dates {_count(len(context.dates(start, end)))}",
            f"denied {stance.denied}, wished {stance.wished}, {stance.status.value}",
            *(f"bond: {bond_named(trigger)}" for trigger in triggers),
        ]
        own = {context.home.place_id} if context.home is not None else set()
        places = frozenset(p.place.place_id for p in context.places(start, end)) - own
        return _Line(start, end, words, triggers, places, tuple(signs))

    def _words(self, start: int, end: int) -> Iterator[_Word]:
        """Yield the words of a sentence, with one mark for each name and date."""
        context = self._context
        marks: list[tuple[int, int, str]] = []
        for place in context.places(start, end):
            mark = "HOME" if context.is_home(place.place) else "PLACE"
            mark += " ADJECTIVE" if place.form == "adjective" else ""
            marks.append((place.start, place.end, f"{mark}#{place.place.place_id}"))
        for country in context.countries(start, end):
            mark = "COUNTRY ADJECTIVE" if country.form == "adjective" else "COUNTRY"
            marks.append((country.start, country.end, mark))
        for date in context.dates(start, end):
            marks.append((date.start, date.end, "DATE" if date.years is None else "YEARS"))
        marks += [(p.start, p.end, "PERSON") for p in context.persons(start, end)]
        marks += [(o.start, o.end, "OFFICE") for o in context.offices(start, end)]
        for at, word in marked_words(context.text, start, end, marks):
            text, _, place_id = word.partition("#")
            yield _Word(at, text or word, place_id)
