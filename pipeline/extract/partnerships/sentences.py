"""Partnerships that sentences state, read in order: who is bound to whom, by which words, since when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.context import Context
from pipeline.extract.cues import asks, clause, event_at, has, polarity, statements
from pipeline.extract.partnerships.afterwards import become, heading_says
from pipeline.extract.partnerships.anchor import Discourse
from pipeline.extract.partnerships.datings import align, dating, event_of, usable
from pipeline.extract.partnerships.entries import Entry
from pipeline.extract.partnerships.finding import Dating, Finding, Found, Pairs
from pipeline.extract.partnerships.outcomes import refused
from pipeline.extract.partnerships.owners import Owners
from pipeline.extract.partnerships.patterns import stated
from pipeline.extract.partnerships.phrased import phrased
from pipeline.extract.partnerships.reading import Reading, granted
from pipeline.extract.partnerships.rows import corrected
from pipeline.extract.partnerships.statement import Statement
from pipeline.extract.roles import is_people, parts
from pipeline.extract.trace import Veto
from pipeline.model import (
    Block,
    DateMention,
    Event,
    Evidence,
    Place,
    PlaceMention,
    Sentence,
    Status,
    TriggerMention,
)

_FOLLOWING = 2
"""So many sentences after one that names a pair may say what became of it."""
_BRACKET = re.compile(r"\([^()]*\)")
_ACTS = (Event.SIGNED, Event.PROCLAIMED, Event.DECIDED)


class SentenceReader:
    """Reads the sentences of one document in order."""

    def __init__(
        self, context: Context, entries: Sequence[Entry], owners: Owners, tabled: frozenset[int]
    ) -> None:
        """Prepare for a document whose layout names ``entries``; the cells in ``tabled`` are read already."""
        self._context = context
        self._tabled = tabled
        self._discourse = Discourse(context, entries, owners)
        self._findings: list[Finding] = []
        self._datings: list[Dating] = []
        self._told: tuple[Finding, ...] = ()  # the pairs of the last sentence that has some
        self._behind = 0  # sentences of the block since then

    def read(self) -> Found:
        """Return the findings and datings of all sentences."""
        for block in self._context.document.blocks:
            if block.index in self._tabled or block.section < 0:
                continue
            self._discourse.enter(block)
            self._told = ()
            for sentence in self._context.sentences(block.start, block.end):
                for unit in self._units(sentence, block):
                    self._sentence(unit, block)
        return Found(tuple(self._findings), tuple(self._datings))

    def _units(self, sentence: Sentence, block: Block) -> list[Sentence]:
        """Split a sentence where each part speaks of its own bond: "A's twin is B; C's is D"."""
        context = self._context
        spans = statements(context.text, sentence.start, sentence.end, block.lang)
        units: list[tuple[int, int]] = []
        for start, end in spans:
            strong = [t for t in context.triggers(start, end) if not t.weak and t.form != "act"]
            if units and not (strong and context.places(start, end)):
                units[-1] = (units[-1][0], end)
            else:
                units.append((start, end))
        first = units[0]
        if len(units) > 1 and not any(not t.weak for t in context.triggers(*first)):
            units[:2] = [(first[0], units[1][1])]
        return [Sentence(start, end, block.index) for start, end in units]

    def _sentence(self, sentence: Sentence, block: Block) -> None:
        context, discourse = self._context, self._discourse
        text = context.text[sentence.start : sentence.end]
        places = context.places(sentence.start, sentence.end)
        countries = context.countries(sentence.start, sentence.end)
        triggers = context.triggers(sentence.start, sentence.end)
        words = [(t.start, t.end) for t in triggers if t.form == "partner"]
        dates = [(d.start, d.end) for d in context.dates(sentence.start, sentence.end)]
        found = parts(context.text, sentence.start, sentence.end, block.lang, places, countries, words, dates)
        reading = Statement(context, sentence, block, tuple(triggers), tuple(found), discourse)
        retracted = self._retracted(sentence, block)
        question = has(text, block.lang, "question") and asks(text)
        bond = any(not t.weak for t in triggers)
        question = question and not (places and bond and self._affirmed(sentence, block))
        told = phrased(reading, discourse, asked=True) if question else stated(reading)
        pairs = [] if retracted else told
        if pairs:
            before = len(self._findings)
            pairs = self._keep(reading, pairs)
            self._told, self._behind = tuple(self._findings[before:]), 0
        elif not (question or retracted):
            self._behind += 1
            self._later_date(sentence, block)
            if self._behind <= _FOLLOWING:
                self._findings += become(context, sentence, block.lang, self._told)
        discourse.leave(reading, pairs)

    def _retracted(self, sentence: Sentence, block: Block) -> bool:
        """Whether the next sentence takes this one back: "... that A was twinned with B. It is not"."""
        after = self._after(sentence, block)
        text = self._context.text
        return after is not None and has(text[after.start : after.end], block.lang, "retracts")

    def _after(self, sentence: Sentence, block: Block) -> Sentence | None:
        """Return the sentence after one, be it in the block below."""
        context = self._context
        after = next(iter(context.sentences(sentence.end, block.end)), None)
        below = context.document.blocks[block.index + 1 : block.index + 2]
        if after is None and below and block.lang == "en" and below[0].section == block.section:
            after = next(iter(context.sentences(below[0].start, below[0].end)), None)
        return after

    def _affirmed(self, question: Sentence, block: Block) -> bool:
        """Whether the sentence after a question says yes: "Is A twinned with B? Yes, since 1984"."""
        context = self._context
        after = self._after(question, block)
        asked = not has(context.text[question.start : question.end], block.lang, "open_question")
        return asked and after is not None and has(context.text[after.start : after.end], block.lang, "yes")

    def _dates(self, reading: Reading) -> list[DateMention]:
        """Return the dates of a sentence, or those of its label."""
        sentence = reading.sentence
        dates = self._context.dates(sentence.start, sentence.end)
        return [d for d in dates if usable(self._context, d)] or self._labels(reading)

    def _labels(self, reading: Reading) -> list[DateMention]:
        return [d for d in self._context.label_dates(reading.block) if usable(self._context, d)]

    def _keep(self, reading: Reading, pairs: list[Pairs]) -> list[Pairs]:
        """Turn pairs into findings and datings; return those that are not denied."""
        kept = []
        shares = self._shares(reading, pairs)
        quote = (reading.sentence.start, reading.sentence.end)
        for told in pairs:
            group = self._instead(reading, told)
            status = self._status(reading, group)
            if status is None:
                continue
            kept.append(group)
            for partner in group.partners:
                trigger = self._grown(reading, self._direct(group.trigger, partner))
                own = self._own_status(reading, group, partner, status)
                evidence = (Evidence(*quote, group.rule),)
                self._findings.append(
                    Finding(group.anchor, partner.place, trigger.kind, own, trigger.weak, quote[0], evidence)
                )
                if own is not Status.PLANNED:
                    for date in shares.get(partner, []):
                        self._date(reading, group, partner, date)
        return kept

    def _instead(self, reading: Reading, group: Pairs) -> Pairs:
        """Return a group with the bond that is stated for the one denied: "no twin town, but friends"."""
        sides = {group.anchor, *(partner.place for partner in group.partners)}
        if any(part.mention.place not in sides for part in reading.parts):
            return group
        sentence = reading.sentence
        stated = corrected(self._context, sentence.start, sentence.end, reading.block.lang)
        return group if stated is None else replace(group, trigger=stated, asserted=True)

    def _shares(self, reading: Reading, pairs: list[Pairs]) -> dict[PlaceMention, list[DateMention]]:
        """Give each partner of the sentence its dates; those of all pairs are looked at together."""
        partners = sorted({m for group in pairs for m in group.partners}, key=lambda m: m.start)
        heads = {p.mention: p.head for p in reading.parts}
        joined = [i > 0 and heads.get(partners[i - 1]) == heads.get(m) for i, m in enumerate(partners)]
        shared = align(self._context.text, partners, self._dates(reading), joined)
        return {partners[i]: dates for i, dates in shared.items()}

    def _status(self, reading: Reading, group: Pairs) -> Status | None:
        """Return what became of a group of pairs, or None where the words deny or only wish it."""
        text, sentence, lang = self._context.text, reading.sentence, reading.block.lang
        whole = polarity(text[sentence.start : sentence.end], lang)
        statuses = []
        bound = (group.anchor, *(partner.place for partner in group.partners))
        if has(text[sentence.start : sentence.end], lang, "body") and (
            group.trigger.weak or group.trigger.generic
        ):
            self._context.note(Veto.BODY, sentence.start, sentence.end, *bound)
            return None
        if (
            self._of_others(reading, group)
            or self._among_myths(reading.block)
            or refused(self._context, reading.block)
            or self._unreal(reading, group)
        ):
            self._context.note(Veto.UNSTATED, sentence.start, sentence.end, *bound)
            return None
        here = group.partners[0].start
        ahead = clause(text, sentence.start, sentence.end, here, lang)
        contrasted = has(text[slice(*ahead)], lang, "contrast")  # nicht mit A, sondern mit B
        for at in {
            here,
            group.trigger.start if group.trigger.start >= sentence.start and not contrasted else here,
        }:
            stance = polarity(text[slice(*clause(text, sentence.start, sentence.end, at, lang))], lang)
            if not (stance.states or group.asserted or granted(self._context, group.partners[0], lang)):
                self._context.note(Veto.UNSTATED, sentence.start, sentence.end, *bound)
                return None
            statuses.append(stance.status)
        status = next((s for s in statuses if s is not Status.ACTIVE), whole.status)
        if status is Status.PLANNED and whole.status is Status.ACTIVE:
            status = whole.status  # Am 4. Mai 1968 ist es so weit: B wird Partnerstadt
        if status is Status.ACTIVE:
            status = heading_says(self._context, reading.block)
        return Status.ACTIVE if status is Status.PLANNED and self._told_of_the_past(reading) else status

    def _own_status(self, reading: Reading, group: Pairs, partner: PlaceMention, status: Status) -> Status:
        """Return the status of one partner of several: what a bracket says is of the name before it only."""
        text, lang = self._context.text, reading.block.lang
        words = text[reading.sentence.start : reading.sentence.end]
        if lang != "en" or len(group.partners) < 2 or "(" not in words:
            return status
        behind = [m.start for m in group.partners if m.start > partner.start]
        bracket = _BRACKET.search(text, partner.end, min(behind, default=reading.sentence.end))
        if bracket is not None and polarity(bracket.group(), lang).status is not Status.ACTIVE:
            return polarity(bracket.group(), lang).status
        return polarity(_BRACKET.sub(" ", words), lang).status if status is not Status.ACTIVE else status

    def _of_others(self, reading: Reading, group: Pairs) -> bool:
        """Whether the words deny a bond of the home, which they do not name: "B, not ours"."""
        home = self._context.home
        named = any(self._context.is_home(p.mention.place) for p in reading.parts)
        denied = has(reading.text, reading.block.lang, "not_ours")
        return denied and not named and home in (group.anchor, *(p.place for p in group.partners))

    def _unreal(self, reading: Reading, group: Pairs) -> bool:
        """Whether the words around take a bond back: "Talks on a twinning with B came to nothing".

        What goes for granted ("our twin town B") they leave as it is, and so do those of its end.
        """
        context, text, sentence, lang = (
            self._context,
            self._context.text,
            reading.sentence,
            reading.block.lang,
        )
        own = {group.anchor, *(partner.place for partner in group.partners)}
        first, last = group.partners[0].start, max(partner.end for partner in group.partners)
        left, right = clause(text, sentence.start, sentence.end, first, lang)
        behind = (
            p.start
            for p in context.places(max(last, right), sentence.end)
            if p.place not in own and not context.is_home(p.place)
        )
        right = next(behind, sentence.end) if right < sentence.end else right
        inside = (p for p in context.places(last, right) if p.place not in own and p.form == "name")
        other = next((p for p in inside if not context.is_home(p.place) and not _locating(text, p)), None)
        if other is not None:  # the last mark before it, where what is told of it begins
            right = max(text.rfind(", ", last, other.start), last)
        words = text[left:right]
        if not has(words, lang, "unreal") or polarity(words, lang).status in (Status.ENDED, Status.SUSPENDED):
            return False
        return not granted(context, group.partners[0], lang)

    def _among_myths(self, block: Block) -> bool:
        """Whether a heading above says that what follows is not so."""
        above = [self._context.document.blocks[i] for i in block.path]
        return any(has(self._context.document.words(b), b.lang, "myths") for b in above)

    def _told_of_the_past(self, reading: Reading) -> bool:
        """Whether the label beside a block is a past year: chronicles tell the past in the present tense."""
        labels = self._labels(reading)
        if not labels:
            return False
        told = [
            str(d.edtf) for d in self._context.dates(0, len(self._context.text)) if usable(self._context, d)
        ]
        latest = self._context.document.published or max(told)
        return str(labels[0].edtf)[:4] < latest[:4]

    def _date(self, reading: Reading, group: Pairs, partner: PlaceMention, date: DateMention) -> None:
        context, sentence, lang = self._context, reading.sentence, reading.block.lang
        if sentence.start <= date.start < sentence.end:
            event = event_of(context, date, sentence.start, sentence.end, lang)
        else:  # the date of a label beside the block
            event = event_at(
                context.text, sentence.start, sentence.end, lang, (sentence.start, sentence.start)
            )
        if date.years is not None:
            event = Event.ANNIVERSARY
        elif event is Event.ANNIVERSARY:
            event = None
        if event is not None:
            quote = (min(sentence.start, date.start), sentence.end)
            self._datings.append(dating(group.anchor, partner.place, date, event, quote, "founding:sentence"))

    def _direct(self, trigger: TriggerMention, partner: PlaceMention) -> TriggerMention:
        """Return the partner word that stands right before a name ("its sister city B"), else ``trigger``."""
        for near in self._context.triggers(max(0, partner.start - 30), partner.start):
            if near.form == "partner" and not near.weak and near.block == partner.block:
                gap = self._context.text[near.end : partner.start]
                if len(gap.split()) <= 1 and "," not in gap:
                    return near
        return trigger

    def _grown(self, reading: Reading, trigger: TriggerMention) -> TriggerMention:
        """Return the word for what a bond has become: "the friendship was upgraded to a sister city"."""
        text, lang, end = self._context.text, reading.block.lang, reading.sentence.end
        for later in reading.triggers:
            before, behind = text[trigger.end : later.start], text[later.end : end]
            if later.weak or later.start < trigger.end or later.kind is trigger.kind:
                continue
            if has(before, lang, "grown_before") and has(behind, lang, "grown_behind"):
                return later
        return trigger

    def _later_date(self, sentence: Sentence, block: Block) -> None:
        """Give the date of an act to the one pair that the sentences before spoke of."""
        context, last = self._context, self._discourse.last
        if (
            last is None
            or len(last.partners) != 1
            or polarity(context.text[sentence.start : sentence.end], block.lang).denied
        ):
            return
        near = self._discourse.antecedent(block) if block.lang == "de" else None
        if near is not None and near.place not in (last.anchor, last.partners[0].place):
            return  # another place has come up since
        pair = (last.anchor, last.partners[0].place)
        here = context.places(sentence.start, sentence.end)
        others = [
            p
            for p in here
            if (p.form == "name" or is_people(context.text, sentence.start, sentence.end, p, block.lang))
            and p.place not in pair
        ]
        if self._of_another(here, pair):
            return
        named = bool(context.triggers(sentence.start, sentence.end)) and not others
        for date in context.dates(sentence.start, sentence.end):
            if not usable(context, date) or date.years is not None:
                continue
            event = event_of(context, date, sentence.start, sentence.end, block.lang)
            if event in _ACTS or (event is Event.SINCE and named):
                quote = (sentence.start, sentence.end)
                self._datings.append(
                    dating(last.anchor, last.partners[0].place, date, event, quote, "founding:following")
                )

    def _of_another(self, here: Sequence[PlaceMention], pair: tuple[Place, Place]) -> bool:
        """Whether a sentence names another partner of the page, or the home where the pair is not its own."""
        bound = {place.place_id for f in self._findings for place in (f.a, f.b)}
        own = {place.place_id for place in pair}
        if any(p.place.place_id in own and not self._context.is_home(p.place) for p in here):
            return False
        foreign = not any(self._context.is_home(place) for place in pair)
        return any(
            p.place.place_id not in own
            and (p.place.place_id in bound or foreign)
            and (foreign or not self._context.is_home(p.place))
            for p in here
        )


def _locating(text: str, place: PlaceMention) -> bool:
    """Whether a name only says where another place lies: "B in C"."""
    return text[max(0, place.start - 4) : place.start].casefold().endswith((" in ", "(", "im "))


def extract_sentences(
    context: Context, entries: Sequence[Entry], owners: Owners, tabled: frozenset[int]
) -> Found:
    """Return the findings and datings of the sentences of a document, the cells in ``tabled`` left out."""
    return SentenceReader(context, entries, owners, tabled).read()


__all__ = ["SentenceReader", "extract_sentences"]
