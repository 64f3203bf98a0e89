"""Holders whom the text names apart from the office: in the next sentence, below a letter, as successors."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import pairwise

from pipeline.extract.office_spans import Holder, Spans, starts_at, untitled
from pipeline.lexicon import all_words, any_of, one_of
from pipeline.model import BlockKind, OfficeMention, PersonMention, Sentence
from pipeline.recognise.names import skip_honours
from pipeline.recognise.persons import succession

# So many blocks a letter may go on behind the words "as your mayor".
_LETTER = 8
# So far behind an office its holder's successor may be named, and so far behind it the name may follow.
_STORY = 600
_NAMED = 160
_OWNER = 30
# A sentence of a text in easy language, which has a line of its own.
_LINE = 120
# Another subject stands so near before the verb.
_NEAR = 30
_OF_TOWN = re.compile(r"\s(?:of|von|der Stadt|from|aus)\s")


@cache
def _signs() -> re.Pattern[str]:
    """Return the pattern of what stands before an office that somebody says to hold: "als Ihr "."""
    return re.compile(rf"(?<![^\W_]){any_of('bonds', 'self')}\s$", re.IGNORECASE)


@cache
def _i() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){any_of('bonds', 'i')}(?![^\W_])")


@cache
def _closing() -> re.Pattern[str]:
    """Return the pattern of what stands in a block before the name of who signs it."""
    title = rf"(?:{one_of(all_words('titles', 'honours'))})\s"
    return re.compile(rf"(?:^|[.!?…“”\"]\s|[–—-]\s|\b{any_of('bonds', 'yours')},?\s)(?:{title}){{0,3}}$")


@cache
def _later() -> re.Pattern[str]:
    """Return the pattern of what joins a further holder of an office to the one named last."""
    words = one_of(all_words("bonds", "later"))
    return re.compile(rf"(?:,[^.;!?\n]{{0,40}})?,?(?:\s(?:und|and))?\s(?:{words})\s")


@cache
def _follows_on() -> re.Pattern[str]:
    """Return the pattern of what stands between a holder and the one before: " folgt auf "."""
    return re.compile(rf"\s(?:[a-zäöüß]{{2,9}}\s)?{any_of('bonds', 'follows_on')}\s")


@cache
def _he_follows() -> re.Pattern[str]:
    return re.compile(rf"(?<=[.!?]\s){_he()}\s(?:[a-zäöüß]{{2,9}}\s)?{any_of('bonds', 'follows_on')}\s")


@cache
def _mine() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?i:{any_of('mayor_towns', 'mine')})\s$")


@cache
def _said() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){any_of('mayor_towns', 'said')}\s(?:(?:the|der|die)\s)?$")


@cache
def _about() -> re.Pattern[str]:
    """Return the pattern of what opens a sentence about the person named before: "She is ", "Er war "."""
    years = one_of(all_words("bonds", "years")).replace("%s", r"\d{4}")
    return re.compile(
        rf"{any_of('bonds', 'about')}\s(?:(?:{any_of('bonds', 'about_fill')}|{years})\s){{0,3}}"
    )


@cache
def _he() -> str:
    return any_of("bonds", "he")


@cache
def _became() -> re.Pattern[str]:
    """Return the pattern of what stands between the subject of a sentence and the office: "served as "."""
    return re.compile(
        rf"(?<![^\W_]){any_of('bonds', 'takes')}\s(?:(?:{any_of('bonds', 'about_fill')}|\d{{4}})\s){{0,3}}$"
    )


@cache
def _present() -> re.Pattern[str]:
    """Return the pattern of what leads to a holder's name: "At present that is ", "..., derzeit "."""
    now, more, that, still = (any_of("bonds", key) for key in ("present", "present_with", "that_is", "still"))
    year = r"(?:[^\s,.;:]{1,20}\s){0,4}?[^\s,.;:\d]?\d{4}[^\s,.;:]{0,6}"  # the civic year 2023-24
    now = rf"(?:{now}|{any_of('bonds', 'in_time')}\s{year})"
    return re.compile(
        rf"(?:.*,\s)?(?i:{now}|{more}),?\s{that}\s(?:der\s|die\s)?"
        rf"|(?:.*,\s)?{that}\s(?:(?i:{now}|{more}|{still})\s){{1,3}}|.*,\s{now}\s(?:der\s|die\s)?"
    )


@cache
def _called() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of what stands before and behind a name given apart: "er hieß ", " hieß er"."""
    return (
        re.compile(rf"(?<![^\W_])(?i:{any_of('bonds', 'name_before')})\s$"),
        re.compile(rf"\s{any_of('bonds', 'name_after')}(?![^\W_])"),
    )


class Later(Spans):
    """Adds to the holders that are tied directly those whom the text names apart."""

    def find(self, held: list[Holder]) -> list[Holder]:
        """Return the holders found already, with those named apart from the office."""
        self.held = held
        self._anaphors()
        self._portraits()
        self._named_apart()
        self._signed()
        self._heirs()
        return self.held

    def _anaphors(self) -> None:
        """Tie the office of a sentence about the one person of the sentence before.

        "The deputy mayor of Amiens ..." where that sentence opens with a name; "She is Mayor of Reading".
        """
        bound = self.bound
        for one, two in pairwise(self.sentences):
            if one.block != two.block and not self._short(one, two):
                continue
            for office in self.offices_in(two.block, two.start, two.start + 40)[:1]:
                opening = self.text[two.start : office.start]
                named = self.persons_in(one.block, one.start, one.end)
                if office.start in bound or len(named) != 1 or office.plural:
                    continue
                subject = named[0].start <= one.start + 6
                if opening in ("Der ", "Die ", "The "):
                    told = subject and _OF_TOWN.match(self.text, office.end) is not None
                else:
                    told = _about().fullmatch(opening) is not None and not self.offices_in(
                        one.block, one.start, one.end
                    )
                if told:
                    self.held.append(Holder(office, named[0], "anaphor"))

    def _short(self, one: Sentence, two: Sentence) -> bool:
        """Whether two sentences are the paragraphs of a text in easy language: one sentence each."""
        first, second = self.document.blocks[one.block], self.document.blocks[two.block]
        return (
            first.kind is second.kind is BlockKind.PARAGRAPH
            and first.path == second.path
            and max(one.end - one.start, two.end - two.start) <= _LINE
            and one.end - one.start >= first.end - first.start - 1
        )

    def _portraits(self) -> None:
        """Tie an office to the person that the heading above is: "He served as Mayor of Ely"."""
        bound = self.bound
        for heading in self.document.blocks:
            persons = self.persons.get(heading.index, [])
            if heading.kind is not BlockKind.HEADING or len(persons) != 1 or self.offices.get(heading.index):
                continue
            person = persons[0]
            rest = self.text[heading.start : person.start] + self.text[person.end : heading.end]
            if any(word[0].islower() or len(word) > 4 for word in re.findall(r"[^\W\d_]{2,}", rest)):
                continue
            given = person.name.split()[0]
            for block in self.context.body(heading):
                for office in self.offices.get(block.index, ()):
                    sentence = self.context.sentence_at(office.start)
                    told = self.text[sentence.start : office.start]
                    opens = re.match(rf"(?:{_he()}|{re.escape(given)})(?![^\W_])", told)
                    verb = _became().search(told)
                    if not (opens and verb) or office.start in bound or office.plural or office.counterpart:
                        continue
                    low = sentence.start + verb.start()  # He taught Tom Hill, who became mayor
                    if not self.persons_in(block.index, max(sentence.start, low - _NEAR), office.start):
                        self.held.append(Holder(office, person, "anaphor"))

    def _named_apart(self) -> None:
        """Tie an office to the name that its sentence or the next one gives."""
        bound = self.bound
        following = dict(pairwise(self.sentences))
        named = {h.person.start for h in self.held}
        for office in (o for own in self.offices.values() for o in own):
            if office.start in bound or office.plural:
                continue
            sentence = self.context.sentence_at(office.start)
            person = self._named(office, office.end, sentence)
            after = following.get(sentence)
            if person is None and after is not None and after.block == office.block:
                person = self._named(office, after.start, after) or self._asked(office, after)
            if person is not None and person.start not in named:
                self.held.append(Holder(office, person, "called"))

    def _asked(self, office: OfficeMention, after: Sentence) -> PersonMention | None:
        """Return the person whom the answer to a question opens with: "Und der Maire? Jan Voss ..."."""
        if self.text[office.end : office.end + 1] != "?":
            return None
        for person in self.persons_in(office.block, after.start, after.end)[:1]:
            if re.fullmatch(
                r"(?:Der\s|Die\s|Das\sist\s|That's\s|That\sis\s)?", self.text[after.start : person.start]
            ):
                return person
        return None

    def _named(self, office: OfficeMention, low: int, sentence: Sentence) -> PersonMention | None:
        """Return the person whom a stretch of a sentence gives as the name of who holds an office."""
        before, behind = _called()
        for person in self.persons_in(office.block, low, min(sentence.end, office.end + _NAMED))[:1]:
            if self.offices_in(office.block, office.end, person.start):
                return None
            lead = untitled(self.text, low, person.start)
            if _present().fullmatch(lead) or before.search(lead) or behind.match(self.text, person.end):
                return person
        return None

    def _signed(self) -> None:
        """Tie an office that the writer claims to who signs: As your Mayor I ... – Ann Grey."""
        bound, blocks = self.bound, self.document.blocks
        for office in (o for own in self.offices.values() for o in own):
            sentence = self.context.sentence_at(office.start)
            words = self.text[sentence.start : sentence.end]
            if (
                office.start in bound
                or office.plural
                or not _signs().search(self.text[sentence.start : office.start])
            ):
                continue
            if _i().search(words) is None:
                continue
            for block in blocks[office.block : office.block + _LETTER]:
                last = self.persons_in(block.index, max(block.start, office.end), block.end)[-1:]
                if (
                    last
                    and block.end - last[0].end <= 1
                    and _closing().search(self.text[block.start : last[0].start])
                ):
                    self.held.append(Holder(office, last[0], "signed"))
                    break

    def _heirs(self) -> None:
        """Tie a predecessor or successor to the office of the one just named, else of the one named last."""
        held = sorted(self.held, key=lambda h: h.person.end)
        found: dict[int, Holder] = {}
        for match in succession().finditer(self.text):
            person = self._first_after(match.end())
            number = bisect_left(held, match.start(), key=lambda h: h.person.end) - 1
            owner = self._owner(match.start())
            if person is None:
                continue
            if owner is not None:
                found[person.start] = Holder(owner.office, person, "heir", 0, match.span())
            elif (speaker := self._speaker(match)) is not None:
                found[person.start] = Holder(speaker.office, person, "heir", 0, match.span())
            elif number >= 0 and match.start() - held[number].person.end < _STORY:
                found[person.start] = Holder(held[number].office, person, "heir", 0, match.span())
        for told in _he_follows().finditer(self.text):  # Ida Kern is Mayor. She succeeds Jan Voss
            number = bisect_left(held, told.start(), key=lambda h: h.person.end) - 1
            before = self._first_after(told.end())
            if before is not None and number >= 0 and told.start() - held[number].person.end < _NAMED:
                found.setdefault(before.start, Holder(held[number].office, before, "heir", 0, told.span()))
        for holder in held:  # Bürgermeisterin Ida Kern folgt auf Jan Voss
            end = max(holder.person.end, holder.office.end)
            joined = _follows_on().match(self.text, end)
            before = self._first_after(joined.end()) if joined else None
            if joined and before is not None:
                found.setdefault(before.start, Holder(holder.office, before, "heir", 0, joined.span()))
        for heir in list(found.values()):  # sein Nachfolger Jan Voss und danach Ida Kern
            joined = _later().match(self.text, heir.person.end)
            after = self._person_at(joined.end()) if joined else None
            if joined and after is not None:
                found.setdefault(after.start, Holder(heir.office, after, "heir", 0, joined.span()))
        self.held = [h for h in self.held if h.person.start not in found] + list(found.values())

    def _speaker(self, match: re.Match[str]) -> Holder | None:
        """Return the mayor who says "my predecessor": «Mein Vorgänger Jan Voss ...», sagt OB Kern."""
        if not _mine().search(self.text[max(0, match.start() - _NEAR) : match.start()]):
            return None
        block = next((p.block for p in self.context.mentions.persons if p.start >= match.end()), -1)
        for holder in sorted(self.held, key=lambda h: h.office.start):
            said = self.text[max(0, holder.office.start - _NEAR) : holder.office.start]
            if holder.office.block == block and _said().search(said):
                return holder
        return None

    def _owner(self, at: int) -> Holder | None:
        """Return the holder whose predecessor is spoken of: "Ann Grey's immediate " ends at ``at``."""
        persons = self.context.mentions.persons
        number = bisect_left(persons, at, key=starts_at) - 1
        if number < 0 or at - persons[number].end > _OWNER:
            return None
        gap = self.text[persons[number].end : at]
        if re.fullmatch(r"(?:['’]s?|s)?\s(?:[a-zäöüß]+\s)?", gap) is None or gap == " ":
            return None
        named = [h for h in self.held if h.person.name == persons[number].name]
        return named[0] if named else None

    def _person_at(self, at: int) -> PersonMention | None:
        persons = self.context.mentions.persons
        number = bisect_left(persons, at, key=starts_at)
        return persons[number] if number < len(persons) and persons[number].start == at else None

    def _first_after(self, at: int) -> PersonMention | None:
        """Return the person named at an offset, after titles."""
        persons = self.context.mentions.persons
        number = bisect_left(persons, at, key=starts_at)
        person = persons[number] if number < len(persons) else None
        if person is None or person.start > at + 20:
            return None
        return person if skip_honours(self.text, at, person.start) == person.start else None
