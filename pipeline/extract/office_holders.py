"""Which person holds which office: ties mentions of both by the words or the line break between them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from pipeline.extract.context import Context
from pipeline.lexicon import all_words, any_of, one_of
from pipeline.model import Block, Document, OfficeMention, PersonMention
from pipeline.recognise.bonds import encloses, follows, precedes
from pipeline.recognise.names import skip_honours
from pipeline.recognise.persons import succession

_REACH = 100
_SHORT = 70
# So many blocks a letter may go on behind the words "as your mayor".
_LETTER = 8
_SMALL = frozenset({"Stadt", "City", "Hansestadt", "Landeshauptstadt", "The", "Der", "Die"})
_FOR = re.compile(r"\s(?:für|for|aus|from|von|of)\s")
_OF_TOWN = re.compile(r"\s(?:of|von|der Stadt|from|aus)\s")
_BRACKET = re.compile(r"\s\(")
_JOIN = re.compile(r",?\s(?:und|and|sowie|&)\s|,\s")


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


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in an office.

    ``way`` tells how the text says so: ``before`` (name, office), ``after`` (office name), ``plural`` (one
    office, several names), ``beside`` (two short blocks), ``heir`` (a predecessor or successor),
    ``anaphor`` (a sentence about the person named in the one before), ``signed`` (who signs a letter).
    ``place_in_series`` counts the names of a plural from 0.
    """

    office: OfficeMention
    person: PersonMention
    way: str
    place_in_series: int = 0
    word: tuple[int, int] | None = None


def _start(span: PersonMention | OfficeMention) -> int:
    return span.start


def _untitled(text: str, start: int, end: int) -> str:
    """Return ``text[start:end]`` without the titles at its end."""
    for match in re.finditer(r"(?<=\s)", text[start:end]):
        pos = start + match.start()
        if skip_honours(text, pos, end) == end:
            return text[start:pos]
    return text[start:end]


class _Finder:
    def __init__(self, context: Context) -> None:
        mentions = context.mentions
        self.document: Document = mentions.document
        self.text = self.document.text
        self.persons: dict[int, list[PersonMention]] = {}
        self.offices: dict[int, list[OfficeMention]] = {}
        for person in mentions.persons:
            self.persons.setdefault(person.block, []).append(person)
        for office in mentions.offices:
            self.offices.setdefault(office.block, []).append(office)
        self.context = context
        self.sentences = mentions.sentences
        self.towns = {p.start: p.end for p in mentions.places}
        self.held: list[Holder] = []

    @property
    def bound(self) -> set[int]:
        """The starts of the offices whose holders are known."""
        return {h.office.start for h in self.held}

    def before(self, office: OfficeMention) -> PersonMention | None:
        """Return the person whose name stands before the office."""
        persons = self.persons.get(office.block, [])
        number = bisect_left(persons, office.start, key=_start) - 1
        if number < 0 or not 0 <= office.start - persons[number].end <= _REACH:
            return None
        person = persons[number]
        between = self._offices_in(office.block, person.end, office.start)
        if any(not o.counterpart for o in between):
            return None
        low, high = self.document.blocks[office.block].start, self.document.blocks[office.block].end
        gap = self.text[person.end : office.start]
        if precedes(gap) or encloses(self.text[low : person.start], gap, self.text[office.end : high]):
            return person
        return None

    def _offices_in(self, block: int, start: int, end: int) -> list[OfficeMention]:
        offices = self.offices[block]
        return offices[bisect_left(offices, start, key=_start) : bisect_left(offices, end, key=_start)]

    def _persons_from(self, block: int, start: int, stop: int) -> list[PersonMention]:
        persons = self.persons.get(block, [])
        return persons[bisect_left(persons, start, key=_start) : bisect_left(persons, stop, key=_start)]

    def after(self, office: OfficeMention, taken: bool) -> PersonMention | None:
        """Return the person whose name stands after the office; ``taken`` if one stands before it too."""
        for person in self._persons_from(office.block, office.end, office.end + _REACH)[:1]:
            if self._offices_in(office.block, office.end, person.start):
                return None
            bond = follows(_untitled(self.text, office.end, person.start))
            lone = " " not in self.text[person.start : person.end]
            if bond == 3 or (bond and not lone and not taken):
                return person
        return None

    def series(self, office: OfficeMention, first: PersonMention) -> list[PersonMention]:
        """Return the persons after the first that a plural office also names."""
        found, at = [], self._after_town(first.end)
        for person in self._persons_from(office.block, first.end, first.end + 5 * _REACH):
            if person.start < at:
                continue
            if not _JOIN.fullmatch(_untitled(self.text, at, person.start)):
                break
            found.append(person)
            at = self._after_town(person.end)
        return found

    def _after_town(self, at: int) -> int:
        """Return the end of "für Adorf" or "(Adorf)" at an offset, or the offset."""
        match = _FOR.match(self.text, at) or _BRACKET.match(self.text, at)
        end = self.towns.get(match.end()) if match else None
        if match is None or end is None:
            return at
        return end + 1 if match.group().endswith("(") and self.text[end : end + 1] == ")" else end

    def series_before(self, office: OfficeMention, last: PersonMention) -> list[PersonMention]:
        """Return the persons before the last that a plural office behind them names: X and Y, both mayors."""
        found: list[PersonMention] = []
        low = self.document.blocks[office.block].start
        for person in reversed(
            self._persons_from(office.block, max(low, last.start - 3 * _REACH), last.start)
        ):
            following = found[-1] if found else last
            if not _JOIN.fullmatch(_untitled(self.text, self._after_town(person.end), following.start)):
                break
            found.append(person)
        return found

    def in_block(self, block: Block) -> None:
        for office in self.offices.get(block.index, []):
            named = self.before(office)
            person = self.after(office, named is not None)
            # "Frau Adam (CDU), 2. Bürgermeister Otto Berg": a list, the office is of the name that follows.
            direct = person is not None and follows(_untitled(self.text, office.end, person.start)) == 3
            if named is not None and not direct:
                others = self.series_before(office, named) if office.plural else []
                self.held += [Holder(office, p, "before") for p in (*others, named)]
            if person is not None and person is not named:
                self.held.append(Holder(office, person, "plural" if office.plural else "after"))
                if office.plural:
                    self.held += [
                        Holder(office, p, "plural", number)
                        for number, p in enumerate(self.series(office, person), 1)
                    ]

    def with_towns(self) -> None:
        """Tie a plural office to the persons of its sentence who each have a town: X für A und Y für B."""
        bound = self.bound
        for office in (o for own in self.offices.values() for o in own):
            if not office.plural or office.start in bound:
                continue
            sentence = self.context.sentence_at(office.start)
            own = {h.person.start for h in self.held}
            named = self._persons_from(office.block, office.end, min(sentence.end, office.end + 5 * _REACH))
            named = [p for p in named if p.start not in own]
            towned = [p for p in named if (m := _FOR.match(self.text, p.end)) and m.end() in self.towns]
            if towned and towned == named:
                self.held += [Holder(office, p, "plural", n) for n, p in enumerate(towned)]

    def anaphors(self) -> None:
        """Tie "The deputy mayor of Amiens ..." to the one person of the sentence before, its first words."""
        bound = self.bound
        for one, two in pairwise(self.sentences):
            if one.block != two.block:
                continue
            for office in (
                self._offices_in(two.block, two.start, two.start + 6) if two.block in self.offices else []
            ):
                article = self.text[two.start : office.start]
                if office.start in bound or article not in ("Der ", "Die ", "The "):
                    continue
                named = self._persons_from(one.block, one.start, one.end)
                if (
                    len(named) == 1
                    and named[0].start <= one.start + 6
                    and _OF_TOWN.match(self.text, office.end)
                ):
                    self.held.append(Holder(office, named[0], "anaphor"))

    def signed(self) -> None:
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
                last = self._persons_from(block.index, max(block.start, office.end), block.end)[-1:]
                if (
                    last
                    and block.end - last[0].end <= 1
                    and _closing().search(self.text[block.start : last[0].start])
                ):
                    self.held.append(Holder(office, last[0], "signed"))
                    break

    def _rest(self, start: int, end: int) -> int:
        """Return how many words of a span are neither place nor small word."""
        covered = self.text[start:end]
        for place in self.context.places(start, end):
            a, b = place.start - start, place.end - start
            covered = covered[:a] + " " * (b - a) + covered[b:]
        words = re.findall(r"[^\W\d_]+", covered)
        return sum(w[0].isupper() and w not in _SMALL for w in words)

    def _bare_person(self, block: Block) -> PersonMention | None:
        """Return the person if a short block is little else than a name."""
        persons = self.persons.get(block.index, [])
        if len(persons) != 1 or block.end - block.start > _SHORT or self.offices.get(block.index):
            return None
        person = persons[0]
        head, tail = self.text[block.start : person.start], self.text[person.end : block.end]
        if re.fullmatch(r"(?:[^\W\d_]{1,9}\.?\s?){0,3}", head) and re.fullmatch(
            r"\s?(?:[,(/]\s?[\w\s.]{1,20}\)?)?[.:]?", tail
        ):
            return person
        return None

    def _bare_office(self, block: Block) -> OfficeMention | None:
        """Return the office if a short block is little else than an office and its town."""
        offices = self.offices.get(block.index, [])
        if len(offices) != 1 or block.end - block.start > _SHORT + 20 or self.persons.get(block.index):
            return None
        office = offices[0]
        before = self._rest(block.start, office.start)
        return office if before == 0 and self._rest(office.end, block.end) <= 1 else None

    def beside(self) -> None:
        """Tie a line with a name to the next line with an office, or the other way round."""
        blocks = self.document.blocks
        done = self.bound
        for one, two in pairwise(blocks):
            person, office = self._bare_person(one), self._bare_office(two)
            if not (person and office):
                office, person = self._bare_office(one), self._bare_person(two)
            if person and office and not office.plural and office.start not in done:
                done.add(office.start)
                self.held.append(Holder(office, person, "beside"))

    def heirs(self) -> None:
        """Tie a predecessor or successor to the office named last before."""
        held = sorted(self.held, key=lambda h: h.person.end)
        found: dict[int, Holder] = {}
        persons = self.context.mentions.persons
        for match in succession().finditer(self.text):
            number = bisect_left(persons, match.end(), key=_start)
            person = persons[number] if number < len(persons) else None
            if (
                person is None
                or person.start > match.end() + 20
                or skip_honours(self.text, match.end(), person.start) != person.start
            ):
                continue
            number = bisect_left(held, match.start(), key=lambda h: h.person.end) - 1
            if number >= 0 and match.start() - held[number].person.end < 600:
                found[person.start] = Holder(held[number].office, person, "heir", 0, match.span())
        for heir in list(found.values()):  # sein Nachfolger Jan Voss und danach Ida Kern
            joined = _later().match(self.text, heir.person.end)
            if joined and (after := [p for p in persons if p.start == joined.end()]):
                found.setdefault(after[0].start, Holder(heir.office, after[0], "heir", 0, joined.span()))
        self.held = [h for h in self.held if h.person.start not in found] + list(found.values())


def find_holders(context: Context) -> list[Holder]:
    """Return the holders of offices in the order of their names in the text."""
    finder = _Finder(context)
    for block in context.document.blocks:
        if block.index in finder.offices:
            finder.in_block(block)
    finder.with_towns()
    finder.anaphors()
    finder.beside()
    finder.signed()
    finder.heirs()
    seen: set[tuple[int, int]] = set()
    result = []
    for holder in sorted(finder.held, key=lambda h: (h.person.start, h.office.counterpart, -h.office.start)):
        key = (holder.person.start, holder.office.start)
        if key not in seen:
            seen.add(key)
            result.append(holder)
    return result
