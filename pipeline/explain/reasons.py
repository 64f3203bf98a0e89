"""Why a sentence yields no partnership, no date or no mayor: the first thing that it lacks.

What an extractor decided against is taken from its notes; the rest is asked of the functions by which the
extractors themselves decide, so that no rule is written twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.explain.spans import by_sentence
from pipeline.extract.context import Context
from pipeline.extract.cues import cue_words, has, other_event, polarity
from pipeline.extract.office_holders import find_holders
from pipeline.extract.partnerships.datings import event_of, usable
from pipeline.extract.roles import parts
from pipeline.extract.trace import Note, Veto
from pipeline.model import (
    Block,
    Claims,
    DateMention,
    OfficeMention,
    Place,
    PlaceMention,
    Sentence,
    TriggerMention,
)

_STANCES = ("denial", "wish")
_SAID = {"denial": "denied", "wish": "only wished for"}
_ROLES = {"in": "where something happens", "toward": "where somebody goes", "of": "whose something is"}


class Reasons:
    """Gives the reasons for the sentences of one page."""

    def __init__(self, context: Context, claims: Claims, notes: Sequence[Note]) -> None:
        """Prepare for a page of which all is known."""
        self._context = context
        sentences = context.mentions.sentences
        self._notes = by_sentence(sentences, notes)
        self._pairs = by_sentence(sentences, (e for claim in claims.partnerships for e in claim.evidence))
        self._mayors = by_sentence(sentences, (e for claim in claims.mayors for e in claim.evidence))
        self._offices = by_sentence(sentences, context.mentions.offices)
        self._partners = {
            place.place_id: f"{claim.a.name} - {claim.b.name}"
            for claim in claims.partnerships
            for place in (claim.a, claim.b)
            if not context.is_home(place)
        }
        self._dates = {
            (claim.edtf, sentence)
            for claim in claims.dates
            for sentence in by_sentence(sentences, claim.evidence)
        }
        self._seated = {claim.person for claim in claims.mayors}
        self._holders = {holder.office.start: holder.person.name for holder in find_holders(context)}

    def of(self, sentence: Sentence, block: Block) -> Iterator[str]:
        """Yield why the sentence has no partnership, why a date founds none, why an office names no mayor."""
        if sentence.start not in self._pairs:
            reason = self._no_partnership(sentence, block)
            if reason:
                yield f"no partnership: {reason}{self._elsewhere(sentence)}"
        else:
            doubted = (n for n in self._notes.get(sentence.start, ()) if n.veto is Veto.DOUBTED)
            yield from dict.fromkeys(f"no partnership: {self._vetoed(note, block)}" for note in doubted)
        yield from self._no_dates(sentence, block)
        yield from self._no_mayors(sentence)

    def _no_partnership(self, sentence: Sentence, block: Block) -> str:
        context = self._context
        places = context.places(sentence.start, sentence.end)
        triggers = context.triggers(sentence.start, sentence.end)
        others = [p for p in places if not context.is_home(p.place)]
        if block.section < 0 and (triggers or others):
            return "it stood beside the content, where only mayors are looked for"
        noted = [note for note in self._notes.get(sentence.start, ()) if _is_about(note, sentence)]
        if noted and (triggers or others):
            return "; ".join(dict.fromkeys(self._vetoed(note, block) for note in noted))
        if not triggers:
            return self._untriggered(sentence, block, others)
        text = context.text[sentence.start : sentence.end]
        if has(text, block.lang, "question") and text.endswith("?"):
            return "it asks"
        if not others and block.index in context.scopes:
            return "it announces partners, which may follow"
        if not others:
            return self._alone(places, triggers)
        if context.home is None and len({p.place.place_id for p in others}) == 1:
            return f"the page has no home town, whose partner {others[0].place.name} could be"
        return self._unbound(sentence, block, places, triggers)

    def _vetoed(self, note: Note, block: Block) -> str:
        text = self._context.text[note.start : note.end]
        pair = _pair(note.places)
        match note.veto:
            case Veto.UNSTATED | Veto.ROW | Veto.PASSAGE:
                return f"{pair} is {self._stance(text, block.lang)}"
            case Veto.BODY:
                words = cue_words(text, block.lang, "body")
                return f"{pair}: the partnership is somebody else's, by “{words}”"
            case Veto.UNANNOUNCED:
                return f"{pair}: no heading announces partners, and the passage does not speak of one"
            case Veto.INSIDE:
                return f"{pair}: it stands in another partner's section"
            case Veto.DOUBTED:
                return f"{pair}: a rule read it, but the rest of the page speaks against it"
            case Veto.TABLE:
                return "nothing in the table or above it speaks of partners"
            case Veto.COMPARISON:
                return "the table compares towns and lists nobody's partners"
            case Veto.COLUMNS:
                return "no column of the table holds names of places"

    @staticmethod
    def _stance(text: str, lang: str) -> str:
        found = [(cue, cue_words(text, lang, cue)) for cue in (*_STANCES, "no", "body")]
        said = [f"{_SAID.get(cue, 'denied')} by “{words}”" for cue, words in found if words]
        return said[0] if said else "denied"

    def _untriggered(self, sentence: Sentence, block: Block, others: Sequence[PlaceMention]) -> str:
        if all(place.place.place_id in self._partners for place in others):
            return ""
        return f"no word for one{self._part_played(sentence, block, others)}"

    def _elsewhere(self, sentence: Sentence) -> str:
        """Name the pairs of this sentence that others state, which is why nothing is missing."""
        places = self._context.places(sentence.start, sentence.end)
        ids = dict.fromkeys(place.place.place_id for place in places)
        known = [self._partners[place_id] for place_id in ids if place_id in self._partners]
        return f" (another sentence has {', '.join(dict.fromkeys(known))})" if known else ""

    def _part_played(self, sentence: Sentence, block: Block, others: Sequence[PlaceMention]) -> str:
        """Return what a place is named for, where a preposition says it."""
        context = self._context
        places = context.places(sentence.start, sentence.end)
        countries = context.countries(sentence.start, sentence.end)
        found = parts(context.text, sentence.start, sentence.end, block.lang, places, countries, [])
        told = [
            f"{self._words(part.mention)} is {_ROLES[part.role]}"
            for part in found
            if part.role in _ROLES and part.mention in others
        ]
        return f"; {', '.join(told)}" if told else ""

    def _alone(self, places: Sequence[PlaceMention], triggers: Sequence[TriggerMention]) -> str:
        words = self._words(triggers[0])
        return f"{words}, but no place besides the home" if places else f"{words}, but no place"

    def _unbound(
        self,
        sentence: Sentence,
        block: Block,
        places: Sequence[PlaceMention],
        triggers: Sequence[TriggerMention],
    ) -> str:
        context = self._context
        others = [p for p in places if not context.is_home(p.place)]
        words = self._words(triggers[0])
        stance = polarity(context.text[sentence.start : sentence.end], block.lang)
        if not stance.states:
            return self._stance(context.text[sentence.start : sentence.end], block.lang)
        played = self._part_played(sentence, block, others)
        if all(trigger.weak for trigger in triggers):
            return f"{words} alone may mean anything, and no pattern ties a place to it{played}"
        return f"{words} and {self._words(others[0])}, but no pattern ties one to the other{played}"

    def _no_dates(self, sentence: Sentence, block: Block) -> Iterator[str]:
        context = self._context
        if sentence.start not in self._pairs and not context.triggers(sentence.start, sentence.end):
            return
        for date in context.dates(sentence.start, sentence.end):
            if (date.edtf, sentence.start) not in self._dates:
                reason = self._no_date(date, sentence, block)
                if reason:
                    yield f"no founding date {self._words(date)}: {reason}"

    def _no_date(self, date: DateMention, sentence: Sentence, block: Block) -> str:
        context = self._context
        if date.edtf is None:
            return "nothing says which year it counts from"
        if not usable(context, date):
            return "before 1800"
        event = event_of(context, date, sentence.start, sentence.end, block.lang)
        if event is not None:
            return "" if sentence.start in self._pairs else f"{event}, but of no partnership"
        text = context.text[sentence.start : sentence.end]
        return (
            "it is of something else" if other_event(text, block.lang) else "no word for a founding beside it"
        )

    def _no_mayors(self, sentence: Sentence) -> Iterator[str]:
        read = self._mayors.get(sentence.start, ())
        for office in self._offices.get(sentence.start, ()):
            if not any(passage.start <= office.start < passage.end for passage in read):
                person = self._holders.get(office.start)
                if person is None:
                    yield f"no mayor: {self._words(office)}, but no person tied to it"
                elif person not in self._seated:
                    yield f"no mayor: {person}, but no town"

    def _words(self, mention: PlaceMention | TriggerMention | OfficeMention | DateMention) -> str:
        return f"“{self._context.text[mention.start : mention.end]}”"


def _is_about(note: Note, sentence: Sentence) -> bool:
    """Whether a note is about a sentence: that of an entry's whole passage is about its first one."""
    if note.veto in (Veto.UNANNOUNCED, Veto.PASSAGE, Veto.INSIDE):
        return sentence.start <= note.start < sentence.end
    return True


def _pair(places: Sequence[Place]) -> str:
    names = [place.name for place in places]
    return f"{names[0]} - {', '.join(names[1:])}" if names else ""
