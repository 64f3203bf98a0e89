"""Which person holds which office: ties mentions of both by the words or the line break between them."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import pairwise

from pipeline.extract.context import Context
from pipeline.extract.office_later import Later
from pipeline.extract.office_rolls import after_term, entries
from pipeline.extract.office_spans import Holder, Spans, starts_at, untitled
from pipeline.lexicon import any_of
from pipeline.model import Block, BlockKind, OfficeMention, PersonMention
from pipeline.recognise.bonds import encloses, follows, precedes

_REACH = 100
_SHORT = 70
_SMALL = frozenset({"Stadt", "City", "Hansestadt", "Landeshauptstadt", "The", "Der", "Die"})
_FOR = re.compile(r"\s(?:für|for|aus|from|von|of)\s")
# Between a mayor and the office of the next: Bürgermeister Jan Voss, der Maire von Lyon, Marc Morel.
_ANOTHER = re.compile(r"(?:,|,?\s(?:und|and|sowie))\s(?:der|die|dem|den|the)\s")
_BRACKET = re.compile(r"\s\(")
# Between who speaks and an office that is part of what is said.
_SPEAKS = re.compile(r":\s[„“\"«»]?[^\W_]+\s(?:[^\W_]+\s)?")
# An office in other words before the bracket: Starosta (that is, Mayor) Jan Novák.
_GLOSS = re.compile(r"\s\([^()]{0,30}$")


@cache
def _join() -> re.Pattern[str]:
    """Return the pattern of what stands between the holders of a plural office: "and our own "."""
    return re.compile(rf"(?:[,;]?\s(?:und|and|sowie|&)\s|[,;]\s)(?:{any_of('bonds', 'called')}\s)?")


class _Finder(Spans):
    def before(self, office: OfficeMention) -> PersonMention | None:
        """Return the person whose name stands before the office."""
        persons = self.persons.get(office.block, [])
        number = bisect_left(persons, office.start, key=starts_at) - 1
        if number < 0 or not 0 <= office.start - persons[number].end <= _REACH:
            return None
        person = persons[number]
        between = self.offices_in(office.block, person.end, office.start)
        if any(not o.counterpart for o in between):
            return None
        low, high = self.document.blocks[office.block].start, self.document.blocks[office.block].end
        gap = self.text[person.end : office.start]
        if _SPEAKS.fullmatch(gap) and not self.text[max(low, person.start - 3) : person.start].strip():
            return None  # Voss: Unser Bürgermeister kommt auch.
        if precedes(gap) or encloses(self.text[low : person.start], gap, self.text[office.end : high]):
            return person
        return None

    def after(self, office: OfficeMention, taken: bool) -> PersonMention | None:
        """Return the person whose name stands after the office; ``taken`` if one stands before it too."""
        for person in self.persons_in(office.block, office.end, office.end + _REACH)[:1]:
            if self.offices_in(office.block, office.end, person.start):
                return None
            whole = self.text[office.end : person.start]
            gap = untitled(self.text, office.end, person.start)
            # A surname tells nobody apart, unless a title stands before it: der Maire, Monsieur Morel.
            lone = " " not in self.text[person.start : person.end] and gap == whole
            bond = follows(self._without_gloss(office, gap)) or follows(self._spoken(whole, person))
            if bond == 3 or (bond and not lone and not taken):
                return person
        return None

    def _spoken(self, gap: str, person: PersonMention) -> str:
        """Return a gap with the article of spoken German in the nominative: dem Maire, dem Jan Voss."""
        closed = self.text[person.end : person.end + 1] in (",", ".", ")", ";", "!", "?", "")
        return re.sub(r",\s(?:dem|den)\s$", ", der ", gap) if closed else gap

    def _without_gloss(self, office: OfficeMention, gap: str) -> str:
        """Return a gap without the bracket that closes behind an office in other words."""
        if not gap.startswith(")"):
            return gap
        before = self.offices_in(office.block, office.start - _REACH, office.start)
        glossed = before and _GLOSS.fullmatch(self.text[before[-1].end : office.start])
        return gap[1:] if glossed else gap

    def series(self, office: OfficeMention, first: PersonMention) -> list[PersonMention]:
        """Return the persons after the first that a plural office also names."""
        found, at = [], self._after_town(after_term(self.text, first.end))
        for person in self.persons_in(office.block, first.end, first.end + 5 * _REACH):
            if person.start < at:
                continue
            if not _join().fullmatch(untitled(self.text, at, person.start)):
                break
            found.append(person)
            at = self._after_town(after_term(self.text, person.end))
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
        for person in reversed(self.persons_in(office.block, max(low, last.start - 3 * _REACH), last.start)):
            following = found[-1] if found else last
            if not _join().fullmatch(untitled(self.text, self._after_town(person.end), following.start)):
                break
            found.append(person)
        return found[::-1]

    def in_block(self, block: Block) -> None:
        for office in self.offices.get(block.index, []):
            named = self.before(office)
            other = self._in_office(named, office)
            person = self.after(office, named is not None and not office.counterpart and not other)
            # "Frau Adam (CDU), 2. Bürgermeister Otto Berg": a list, the office is of the name that follows.
            # "Ann Grey, her deputy is Tom Hill": so is the office of a counterpart.
            bond = follows(untitled(self.text, office.end, person.start)) if person is not None else 0
            direct = bond == 3 or (bond == 2 and (office.counterpart or other))
            if named is not None and not direct:
                others = self.series_before(office, named) if office.plural else []
                others.append(named)
                self.held += [Holder(office, p, "before", n) for n, p in enumerate(others)]
            if person is not None and person is not named:
                roll = self._roll(office, person) if office.plural else []
                self.held.append(Holder(office, person, "plural" if office.plural and not roll else "after"))
                if roll:
                    self.held += [Holder(office, p, "heir", 0, (p.start, p.end)) for p in roll]
                    continue
                more = (
                    self.series(office, person)
                    if office.plural or self._after_town(person.end) > person.end
                    else []
                )
                if not office.plural:  # Bürgermeister Jan Voss (Adorf) und Marc Morel (Lyon)
                    more = more if all(self._after_town(p.end) > p.end for p in more) else []
                self.held += [Holder(office, p, "plural", number) for number, p in enumerate(more, 1)]

    def _in_office(self, person: PersonMention | None, office: OfficeMention) -> bool:
        """Whether an office before a name is the person's: Bürgermeister Jan Voss, der Maire von Lyon, ..."""
        if person is None:
            return False
        if _ANOTHER.fullmatch(self.text[person.end : office.start]) is None:
            return False
        before = self.offices_in(office.block, person.start - _REACH, person.start)[-1:]
        named = [h.office for h in self.held if h.person.start == person.start]
        return bool(before) and before[0] in named and not before[0].plural

    def _roll(self, office: OfficeMention, first: PersonMention) -> list[PersonMention]:
        """Return who held an office after the first: "Mayors included Ann Grey (1990–1995) and Tom Hill"."""
        more = self.series(office, first)
        terms = sum(after_term(self.text, p.end) > p.end for p in (first, *more))
        towned = any(self._after_town(p.end) > p.end for p in (first, *more))
        return more if 2 * terms > len(more) and terms and not towned else []

    def rolls(self) -> None:
        """Tie the names in the entries below a heading that is an office to it."""
        for block in self.document.blocks:
            if block.kind is BlockKind.HEADING and (office := self._bare_office(block)) is not None:
                self.held += entries(self, self.context.body(block), office)

    def of_office(self, holder: Holder) -> bool:
        """Whether a counterpart is one of somebody in office, named near; a head teacher has one too."""
        blocks, office = self.document.blocks, holder.office
        end = max(self.context.sentence_at(office.start).end, office.end)
        path = blocks[office.block].path
        near = [b.index for b in blocks[max(0, office.block - 2) : office.block] if b.path == path]
        named = (o for index in (*near, office.block) for o in self.offices.get(index, ()))
        return any(not o.counterpart and o.start < end for o in named)

    def with_towns(self) -> None:
        """Tie a plural office to the persons of its sentence who each have a town: X für A und Y für B."""
        bound = self.bound
        for office in (o for own in self.offices.values() for o in own):
            if not office.plural or office.start in bound:
                continue
            sentence = self.context.sentence_at(office.start)
            own = {h.person.start for h in self.held}
            named = self.persons_in(office.block, office.end, min(sentence.end, office.end + 5 * _REACH))
            named = [p for p in named if p.start not in own]
            towned = [p for p in named if self._after_town(p.end) > p.end]
            if towned and towned == named:
                self.held += [Holder(office, p, "plural", n) for n, p in enumerate(towned)]

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
        done, named = self.bound, set[int]()
        for one, two in pairwise(blocks):
            if one.kind is BlockKind.DEFINITION and two.kind is BlockKind.TERM:
                continue
            person, office = self._bare_person(one), self._bare_office(two)
            if not (person and office):
                office, person = self._bare_office(one), self._bare_person(two)
            free = person and office and office.start not in done and person.start not in named
            if person and office and free and not office.plural:
                done.add(office.start)
                named.add(person.start)
                self.held.append(Holder(office, person, "beside"))

    def columns(self) -> None:
        """Tie the names in a column of a table to the office that is its header."""
        blocks = self.document.blocks
        for table in self.document.tables:
            for row in table.header_rows[:1]:
                for column, head in enumerate(table.grid[row]):
                    office = self._bare_office(blocks[head]) if head >= 0 else None
                    if office is None or self._rest(blocks[head].start, office.start):
                        continue
                    cells = [line[column] for line in table.grid[row + 1 :]]
                    for index in dict.fromkeys(cell for cell in cells if cell > head):
                        person = self._bare_person(blocks[index])
                        if person is not None:
                            self.held.append(Holder(office, person, "beside"))


def find_holders(context: Context) -> list[Holder]:
    """Return the holders of offices in the order of their names in the text."""
    finder = _Finder(context)
    for block in context.document.blocks:
        if block.index in finder.offices:
            finder.in_block(block)
    finder.with_towns()
    finder.columns()
    finder.rolls()
    finder.beside()
    held = [h for h in Later(context).find(finder.held) if not h.office.counterpart or finder.of_office(h)]
    seen: set[tuple[int, int]] = set()
    result = []
    for holder in sorted(held, key=lambda h: (h.person.start, h.office.counterpart, -h.office.start)):
        key = (holder.person.start, holder.office.start)
        if key not in seen:
            seen.add(key)
            result.append(holder)
    return result
