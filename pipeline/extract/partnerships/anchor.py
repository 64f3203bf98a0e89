"""The other side of a bond: who "our", "its" and a sentence without a subject speak of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from pipeline.extract.context import Context
from pipeline.extract.cues import asks, has
from pipeline.extract.partnerships.county import acts, county_of, own_sections
from pipeline.extract.partnerships.entries import Entry
from pipeline.extract.partnerships.facts import facts
from pipeline.extract.partnerships.finding import Pairs
from pipeline.extract.partnerships.owner_sections import headed
from pipeline.extract.partnerships.owners import Owners
from pipeline.extract.partnerships.reading import Reading
from pipeline.extract.partnerships.subject import Subject, subject_of
from pipeline.extract.roles import Part
from pipeline.gazetteer.scan import LARGE_TOWN
from pipeline.gazetteer.tables import settler_countries
from pipeline.lexicon import load
from pipeline.model import Block, BlockKind, Place, PlaceMention, TriggerMention
from pipeline.tokens import tokenise

LISTING = "partnership:listing"
"""The rule of a list told sentence by sentence, which goes on: "One is A. Another is B."."""
_SUBJECT_WITHIN = 45
_OPENING = 30
_FAR = 6  # blocks
_OFTEN = 3
_HALF = 240  # characters of the first half of a sentence
_RELATIVE = re.compile(r"([A-Z][\w'’.-]*),? (?:who|which)(?: [a-z]+){0,3} ?$")


@cache
def _pronouns(lang: str, person: str) -> frozenset[str]:
    return frozenset(load(lang, "roles")[person])


def _silent(reading: Reading) -> bool:
    """Whether a sentence names neither the home nor those who speak."""
    named = any(reading.context.is_home(p.mention.place) for p in reading.parts)
    return not named and not has(reading.text, reading.block.lang, "speakers")


class Discourse:
    """What the text spoke of so far: the topic, the last pairs, the last partner named."""

    def __init__(self, context: Context, entries: Sequence[Entry], owners: Owners) -> None:
        """Start before the first block of a document whose layout names ``entries`` and ``owners``."""
        self._context = context
        self._entry_of: dict[int, Entry] = {}
        for entry in entries:
            for block in entry.blocks:
                self._entry_of.setdefault(block.index, entry)
        told = {
            f.block.index: place for f in facts(context) if (place := headed(context, f.block)) is not None
        }
        self._owners = {**told, **owners.sections, **owners.passages}
        self._county = own_sections(context)
        self._section = -1
        self._topic: Place | None = None
        self._recent: tuple[int, PlaceMention] | None = None
        self._subject: tuple[int, Place] | None = None
        self._named: list[PlaceMention] = []  # all names of other places so far
        # Those of the last sentence that has some.
        self._before: tuple[int, tuple[PlaceMention, ...]] = (-1, ())
        self._bound: list[Place] = [entry.mention.place for entry in entries]
        self._elsewhere: Place | None = None  # the town whose own partners the text turns to
        self.last: Pairs | None = None
        self.home_bond: Pairs | None = None  # the last pairs of the home, anywhere above
        self.pending: TriggerMention | None = None
        self.pending_anchor: Place | None = None
        self.asked = False

    def enter(self, block: Block) -> None:
        """Go on to a block; at the border of a section all is forgotten, but not at a question."""
        question = block.kind is BlockKind.HEADING and has(
            self._context.document.words(block), block.lang, "question"
        )
        if block.section != self._section and not question:
            self.last = self.pending = self._topic = None
        self._section = block.section
        self._elsewhere = None

    def leave(self, reading: Reading, pairs: list[Pairs]) -> None:
        """Remember what a sentence spoke of, but for what a bracket tells of others."""
        if pairs and self.last is not None and self._aside(reading, pairs):
            self._bound += [place for p in pairs for place in (p.anchor, *(m.place for m in p.partners))]
            return
        if pairs:
            self.last = pairs[-1]
            if self._context.is_home(self.last.anchor):
                self.home_bond = self.last
            self.pending, self.asked = self.pending if pairs[-1].rule == LISTING else None, False
            self._topic = pairs[-1].anchor
            self._bound += [place for p in pairs for place in (p.anchor, *(m.place for m in p.partners))]
        else:
            strong = [t for t in reading.triggers if not t.weak]
            self.pending = strong[0] if strong and reading.states else None
            self.asked = self.pending is not None and has(reading.text, reading.block.lang, "open_question")
            self.asked = self.asked and asks(reading.text)
            subject = next((p for i, p in enumerate(reading.parts) if p.role == "bare" and p.head == i), None)
            self.pending_anchor = subject.mention.place if self.pending is not None and subject else None
            for_one = next(
                (
                    p
                    for p in reading.parts
                    if p.role in ("in", "for") and p.mention.start - reading.sentence.start <= 8
                ),
                None,
            )
            lead = subject or for_one
            if (
                lead is not None
                and lead.mention.start - reading.sentence.start < _SUBJECT_WITHIN
                and not reading.joins
            ):
                self._topic = lead.mention.place
        if reading.parts:
            bare = next((p for p in reading.parts if p.role == "bare"), reading.parts[0])
            lead = reading.parts[0] if reading.parts[0].role == "genitive" else bare
            named = bool(pairs) and lead.mention.start > pairs[-1].trigger.start  # A's twin is B: "it" is A
            self._subject = (reading.block.index, pairs[-1].anchor if named else lead.mention.place)
        self._elsewhere = self._turned_to(reading)
        self._remember(reading)

    def _aside(self, reading: Reading, pairs: Sequence[Pairs]) -> bool:
        """Whether a sentence of its own stands in brackets and tells of other towns only."""
        text = reading.text.strip()
        home = any(
            self._context.is_home(place)
            for p in pairs
            for place in (p.anchor, *(m.place for m in p.partners))
        )
        return text.startswith("(") and text.endswith(")") and not home

    def _remember(self, reading: Reading) -> None:
        """Remember the place that "there" and "the charter" will mean: the subject, else the last one named.

        One that only tells where another lies is passed over.
        """
        text, lang, start = self._context.text, reading.block.lang, reading.sentence.start
        names = [p for p in reading.parts if p.mention.form == "name"] or list(reading.parts)
        if names:
            self._before = (reading.block.index, tuple(p.mention for p in names))
        names = [p for p in names if not self._context.is_home(p.mention.place)]
        self._named += [p.mention for p in names]
        near = [
            p
            for p in names
            if not self._surname(p.mention)
            and not has(text[max(start, p.mention.start - 40) : p.mention.start], lang, "locating")
        ]
        lead = next((p for p in near if p.role == "bare" and p.mention.start - start <= _OPENING), None)
        same = self._recent is not None and self._recent[0] == reading.block.index
        chosen = [lead] if lead is not None else near[-1:] or ([] if same else names[-1:])
        if lang == "de":  # where a subject seldom comes back as "there" or "the charter"
            named = [p for p in names if p.mention.form == "name"]
            chosen = ([p for p in named if not self._bracketed(start, p.mention.start)] or named)[-1:]
        for part in chosen:
            self._recent = (reading.block.index, part.mention)

    def _bracketed(self, start: int, at: int) -> bool:
        """Whether an offset lies in a bracket that opened behind ``start``."""
        before = self._context.text[start:at]
        return before.rfind("(") > before.rfind(")")

    def _surname(self, mention: PlaceMention) -> bool:
        """Whether a name without a country is that of a small town overseas, so rather a person's: King."""
        place, home = mention.place, self._context.home
        small = place.country in settler_countries() and place.population < LARGE_TOWN
        abroad = home is not None and place.country != home.country
        if not (small and abroad):
            return False
        told = any(c.country == place.country for c in self._context.countries(mention.end, mention.end + 30))
        return not told and sum(m.place == place for m in self._context.mentions.places) < _OFTEN

    def it_means(self, block: Block) -> Place | None:
        """Return what "it" means: what the sentence before speaks of, else the partner of the section."""
        if self._subject is not None and self._subject[0] == block.index:
            return self._subject[1]
        entry = self.entry(block)
        return entry.mention.place if entry is not None else self._topic

    def _turned_to(self, reading: Reading) -> Place | None:
        """Return the town whose own bonds the text tells from here on: "Saumur hat seinerseits ..."."""
        if not has(reading.text, reading.block.lang, "for_its_part"):
            return self._elsewhere if _silent(reading) else None
        lead = next((p.mention.place for p in reading.parts), None) or self._focus(reading.block)
        return lead if lead is not None and not self._context.is_home(lead) else None

    def _spoken_of(self, block: Block) -> Place | None:
        """Return the last place named in a block, for a pronoun without a subject before it."""
        return self._recent[1].place if self._recent is not None and self._recent[0] == block.index else None

    def entry(self, block: Block) -> Entry | None:
        """Return the partner in whose section a block stands."""
        return self._entry_of.get(block.index)

    def bound_here(self, block: Block) -> PlaceMention | None:
        """Return the one partner that a block has bound to the home, if it did so last."""
        last = self.last
        if last is None or last.trigger.block != block.index or not self._context.is_home(last.anchor):
            return None
        return last.partners[0] if len(last.partners) == 1 else None

    def of_country(self, country: str, block: Block) -> PlaceMention | None:
        """Return the place that "the Dutch city" means: of those named not far above, the one named most."""
        before = [m for m in self._named if m.place.country == country and block.index - m.block <= _FAR]
        often = Counter(m.place for m in self._context.mentions.places)
        before.sort(key=lambda m: often[m.place])
        here = self._context.places(block.start, block.end)
        return next(iter([*reversed(before), *(m for m in here if m.place.country == country)]), None)

    def bound_in(self, country: str) -> Place | None:
        """Return the place that "our French friends" means: the one partner so far in that country."""
        there = {
            place for place in self._bound if place.country == country and not self._context.is_home(place)
        }
        return there.pop() if len(there) == 1 else None

    def two(self, block: Block) -> tuple[PlaceMention, ...]:
        """Return the two places that "the two" means, where the sentence before names as many."""
        index, names = self._before
        distinct = {m.place: m for m in names}
        return tuple(distinct.values()) if index == block.index and len(distinct) == 2 else ()

    def antecedent(self, block: Block) -> PlaceMention | None:
        """Return the place that "the partnership" without a name means: the last one named, not far above."""
        if self._recent is None or block.index - self._recent[0] > 2:
            return None
        return self._recent[1]

    def spoken_of(self, reading: Reading) -> PlaceMention | None:
        """Return the one place besides the home that the block, or the one above, named last."""
        context, block = self._context, reading.block
        above = context.document.blocks[block.index - 1] if block.index else block
        spans = [(block.start, reading.sentence.start)]
        if above.section == block.section:
            spans.append((above.start, above.end))
        for start, end in spans:
            sentences = context.sentences(start, end)
            for span in [(s.start, s.end) for s in reversed(sentences)]:
                named = {
                    m.place.place_id: m
                    for m in context.places(*span)
                    if m.form == "name"
                    and not context.is_home(m.place)
                    and not has(context.text[max(span[0], m.start - 25) : m.start], block.lang, "passing")
                }
                if named:
                    return next(iter(named.values())) if len(named) == 1 else None
        return None

    def anchor(
        self, reading: Reading, trigger: TriggerMention, partners: set[str], before: int
    ) -> Place | None:
        """Return the side that is not among ``partners``.

        In this order: a genitive or demonym before the trigger, "of X" after it, the subject, "our",
        the topic for "its", the partner of the section where only the home is named, the home.
        """
        context, lang, sentence = self._context, reading.block.lang, reading.sentence
        rest = [p for p in reading.parts if p.mention.place.place_id not in partners]
        for part in rest:
            if part.role == "genitive" and 0 <= trigger.start - part.mention.end <= 40:
                return part.mention.place
        for part in rest:
            if part.role == "of" and 0 <= part.mention.start - trigger.end <= 25:
                return part.mention.place
            if (
                part.role == "genitive" and 0 <= part.mention.start - trigger.end <= 3
            ):  # Kooperationen Düsseldorfs
                return part.mention.place
        for place in context.places(sentence.start, trigger.start):
            if (
                place.form == "adjective"
                and trigger.start - place.end <= 3
                and place.place.place_id not in partners
            ):
                return place.place
        if self._ranks(reading, trigger, partners):
            return context.home
        other = self.subject(reading, trigger, partners, before)
        if other is not None:
            return other.place
        if lang == "en" and trigger.form == "verb":
            relative = _RELATIVE.search(context.text[sentence.start : trigger.start])
            if relative is not None:
                return self._which(reading, sentence.start + relative.end(1), partners)
        if self._goes_on(reading, trigger, partners):
            assert self.last is not None
            return self.last.anchor
        inverted = trigger.form == "verb" or (lang == "de" and trigger.form != "partner")
        limit = max(before, trigger.start) if inverted else before  # Mit B hat A eine Partnerschaft
        subjects = [
            p for p in rest if p.role == "bare" and reading.parts[p.head] is p and p.mention.end <= limit
        ]
        if lang == "en":  # A signed in 1984; with B the twinning was sealed later
            gaps = {p: context.text[p.mention.end : before].rpartition(";") for p in subjects}
            subjects = [p for p in subjects if not gaps[p][1] or has(gaps[p][2], lang, "pointing_back")]
        if subjects:
            return subjects[-1].mention.place
        pronoun = self._pronoun(reading, trigger, partners)
        if pronoun is not None:
            return pronoun
        if lang == "en":
            near = [p.mention for p in rest if p.mention.end <= trigger.start and p.role != "genitive"]
            if near and has(context.text[near[-1].end : trigger.start], lang, "which_is"):
                return near[-1].place  # a bus to Mende, which has a cathedral and is twinned with B
        possessor = self._possessor(reading, trigger, partners)
        if possessor is not None:
            return possessor
        if has(context.text[sentence.start : trigger.start], lang, "stranger"):
            return None
        if acts(reading) or reading.block.index in self._county:
            county = county_of(context)
            return county if county is not None and county.place_id not in partners else None
        words = {t.text.casefold() for t in tokenise(context.text, sentence.start, sentence.end)}
        home = context.home if context.home is not None and context.home.place_id not in partners else None
        theirs = has(context.text[sentence.start : trigger.start], lang, "theirs")
        if words & _pronouns(lang, "first") and home is not None and not theirs:
            return home
        topic = self._topic if self._topic is not None else self._spoken_of(reading.block)
        topic = topic if topic is not None and topic.place_id not in partners else None
        opening = next(
            (p for p in rest if p.role in ("in", "for") and p.mention.start - sentence.start <= 6), None
        )
        if self._points_back(reading, trigger) and (opening is not None or topic is not None):
            return opening.mention.place if opening is not None else topic
        owner = self._owners.get(reading.block.index)
        if owner is not None and owner.place_id not in partners:
            return owner
        before_it = self.owner_before(reading)
        if before_it is not None and before_it.place_id not in partners:
            return before_it
        if home is not None:
            return None if self._unnamed_owner(reading, trigger) else home
        ahead = [p.mention.place for p in rest if p.mention.end <= before and not self._locates(reading, p)]
        spoken_of = opening.mention.place if opening else ahead[-1] if ahead else topic
        return self._other_side(reading.block, partners, spoken_of, trigger.start)

    def _ranks(self, reading: Reading, trigger: TriggerMention, partners: set[str]) -> bool:
        """Whether a bond is counted with the home's: "B joined in 1992, the latest twinning, with C, ..."."""
        start, home = reading.sentence.start, self._context.home
        if home is None or home.place_id in partners or not reading.joins or trigger.form != "relation":
            return False
        ours = self.home_bond is not None and (self.last is None or self._context.is_home(self.last.anchor))
        return ours and has(self._context.text[start : trigger.start], reading.block.lang, "ranked")

    def _possessor(self, reading: Reading, trigger: TriggerMention, partners: set[str]) -> Place | None:
        """Return whose partner "ihre Partnerstadt" is where no subject is named: "die Nachbarn in A"."""
        context, start, lang = self._context, reading.sentence.start, reading.block.lang
        before = context.text[start : trigger.start]
        if not has(before[-40:], lang, "theirs_before") or has(before, lang, "speakers"):
            return None
        words = {t.text.casefold() for t in tokenise(context.text, start, trigger.start)}
        if words & _pronouns(lang, "town_nouns"):
            return None
        ahead = [p for p in context.places(start, trigger.start) if p.place.place_id not in partners]
        return ahead[-1].place if ahead else None

    def owner_before(self, reading: Reading) -> Place | None:
        """Return the town whose bond the sentence told before: "A's link with B ended, while that with C"."""
        context, start = self._context, reading.sentence.start
        whole = context.sentence_at(start)
        last = self.last
        if last is None or whole.start >= start or not whole.start <= last.partners[0].start < start:
            return None
        return last.anchor if _silent(reading) else None

    def _goes_on(self, reading: Reading, trigger: TriggerMention, partners: set[str]) -> bool:
        """Whether a second half goes on with the first one's town: "..., whereas the twinning with B"."""
        context, start = self._context, reading.sentence.start
        joined = has(context.text[start : trigger.start], reading.block.lang, "whereas_the")
        near = self.last is not None and self.last.trigger.start >= start - _HALF
        return joined and near and self.last is not None and self.last.anchor.place_id not in partners

    def _locates(self, reading: Reading, part: Part) -> bool:
        """Whether a name only tells where another place lies: "an hour to the east of Frankfurt"."""
        start = max(reading.sentence.start, part.mention.start - 40)
        ahead = self._context.text[start : part.mention.start]
        inside = ahead.endswith((" in ", " in the "))  # a day in A, twinned with us
        return (
            reading.block.lang == "en" and part.role != "bare" and not inside and has(ahead, "en", "locating")
        )

    def _which(self, reading: Reading, at: int, partners: set[str]) -> Place | None:
        """Return the name before ", which", that ends at an offset; None where it is no known place."""
        context, start = self._context, reading.sentence.start
        ahead = [p for p in reading.parts if p.mention.end <= at and p.mention.place.place_id not in partners]
        country = any(c.end == at for c in context.countries(start, at))
        if not ahead or not (country or context.text[ahead[-1].mention.end : at][:1] in ("", ",")):
            return None  # one of which we know no more: "Xhausen, which is twinned with"
        heads = [p for p in ahead if p.role != "in"]
        return (heads or ahead)[-1].mention.place

    def _pronoun(self, reading: Reading, trigger: TriggerMention, partners: set[str]) -> Place | None:
        """Return what "it" right before the trigger means: a place of the sentence, or of the one before."""
        context, start = self._context, reading.sentence.start
        if not has(context.text[max(start, trigger.start - 30) : trigger.start], reading.block.lang, "it_is"):
            return None
        inside = [p.mention.place for p in reading.parts if p.mention.end <= trigger.start]
        found = inside[-1] if inside else self.it_means(reading.block)
        return found if found is not None and found.place_id not in partners else None

    def subject(
        self, reading: Reading, trigger: TriggerMention, partners: set[str], before: int
    ) -> Subject | None:
        """Return the subject of the trigger's clause where it is neither a name nor the home."""
        rest = [p for p in reading.parts if p.mention.place.place_id not in partners]
        focus = self._focus(reading.block)
        known = focus if focus is not None and focus.place_id not in partners else None
        if self._elsewhere is not None and self._elsewhere.place_id not in partners and _silent(reading):
            return Subject(self._elsewhere)
        return subject_of(reading, trigger, rest, known, before)

    def _focus(self, block: Block) -> Place | None:
        """Return the place other than the home that the text speaks of."""
        entry = self.entry(block)
        if self._recent is not None and self._recent[0] == block.index:
            return self._recent[1].place
        if entry is not None:
            return entry.mention.place
        near = self.antecedent(block)
        return near.place if near is not None else None

    def _unnamed_owner(self, reading: Reading, trigger: TriggerMention) -> bool:
        """Whether "its" belongs to a subject that we do not know: "Blandford is to end its partnership"."""
        context, lang, start = self._context, reading.block.lang, reading.sentence.start
        words = [t.text for t in tokenise(context.text, start, trigger.start)]
        owned = {w.casefold() for w in words[-3:]} & _pronouns(lang, "possessive")
        town = {w.casefold() for w in words} & _pronouns(lang, "town_nouns")
        named = any(w[0].isupper() and w.casefold() not in _pronouns(lang, "possessive") for w in words[1:-1])
        return bool(owned) and lang == "en" and named and not town

    def _points_back(self, reading: Reading, trigger: TriggerMention) -> bool:
        """Whether "its", or "it" at the opening of the sentence or right after the trigger, has no name."""
        context, lang = self._context, reading.block.lang
        tokens = [
            t.text.casefold() for t in tokenise(context.text, reading.sentence.start, reading.sentence.end)
        ]
        colon = tokens.index(":") + 1 if ":" in tokens else 0
        after = [t.text.casefold() for t in tokenise(context.text, trigger.end, reading.sentence.end)][:1]
        opening = {*tokens[:3], *tokens[colon : colon + 2], *after}
        return bool(set(tokens) & _pronouns(lang, "possessive") or opening & _pronouns(lang, "third"))

    def _other_side(self, block: Block, partners: set[str], topic: Place | None, before: int) -> Place | None:
        """Return the side of a sentence that names only the home: of the section or the text before."""
        entry = self.entry(block)
        if entry is not None and entry.mention.place.place_id not in partners:
            return entry.mention.place
        if topic is not None:
            return topic
        context = self._context
        for other in context.document.blocks[: block.index + 1]:
            if other.section != block.section:
                continue
            for mention in context.places(other.start, other.end):
                if mention.end <= before and mention.form == "name" and not context.is_home(mention.place):
                    return mention.place
        return None
