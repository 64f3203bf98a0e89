"""The signs by which a bond is given to its owner where that is another town than the page's home.

A candidate is a pair of places, neither the home, of which the second (the partner) is named in a sentence
that speaks of a bond or follows one that does, and the first (the owner) before it: in the same sentence, in
one of those before, in a heading, as the town of an office, or all over the page. A sign is a short text: how
the two stand to each other, what stands between and around them, and who else is spoken of (the home, "we",
"they", "the town"). Names, dates and the like count as such, not by their letters; of what the rules read
only the home's partners count.
``training/owners.py`` learns what each sign weighs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.context import Context
from pipeline.extract.partnerships.finding import Finding
from pipeline.extract.partnerships.owner_lines import Line, count, prepared
from pipeline.model import BlockKind, Place, PlaceMention

_BACK = 3
"""So many sentences before a partner's its owner may be named."""
_SPOKEN = 2
"""So many sentences after one that speaks of bonds may still do so."""
_REACH = 10
_NEAR = 4
_OPENING = 12
_OFTEN = 3
_OFFICE = 40  # characters from an office to its town
_GAPS = (15, 40, 90, 180)
_KINDS = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.DEFINITION, BlockKind.CAPTION)
_SUBJECTS = ("H", "P", "X", "L", "Lx", "Ly", "w", "t", "s", "y", "f", "n")
_BONDS = ("v", "V")


class Told(NamedTuple):
    """A pair that a sentence may tell: the owner and the partner as they are named, and their signs."""

    owner: PlaceMention
    partner: PlaceMention
    line: Line
    signs: tuple[str, ...]


class _Owner(NamedTuple):
    """A place that may own a bond: where it is named, its line if it has one, and how many are nearer."""

    mention: PlaceMention
    where: str
    line: Line | None
    rank: int


class OwnerSigns:
    """The candidates of one page with their signs; ``findings`` are the pairs that the rules read."""

    def __init__(self, context: Context, findings: Sequence[Finding]) -> None:
        """Prepare for a page."""
        self._context = context
        home = context.home
        own = {home.place_id} if home is not None else set()
        self._bound = {p for f in findings if set(f.key) & own for p in f.key} - own
        self._often = Counter(m.place.place_id for m in context.mentions.places)
        for place_id in own:
            del self._often[place_id]
        most = self._often.most_common(2)
        alone = len(most) == 1 or (len(most) > 1 and most[0][1] > most[1][1])
        self._chief = most[0][0] if alone and most[0][1] >= _OFTEN else ""

    def candidates(self) -> Iterator[Told]:
        """Yield the pairs that sentences may tell."""
        context = self._context
        before: list[Line] = []
        section = -1
        chief = [(m, "chief") for m in context.mentions.places if m.place.place_id == self._chief][:1]
        chief += [(m, "guest") for m in self._guests()][:1]
        for block in context.document.blocks:
            if block.section < 0 or block.kind not in _KINDS:
                continue
            if block.section != section:
                before, section = [], block.section
            headings = [context.document.blocks[i] for i in block.path]
            above = [m for h in headings for m in context.places(h.start, h.end)]
            for sentence in context.sentences(block.start, block.end):
                line = prepared(context, sentence, block)
                bonds = context.speaks_of_partners or any(b.bonds for b in (*before[-_SPOKEN:], line))
                if line.places and bonds:
                    yield from self._of_line(line, before[-_BACK:], above, chief)
                before.append(line)

    def _guests(self) -> Iterator[PlaceMention]:
        """Yield the places of those in office elsewhere, who may speak on the page: "the Mayor of X"."""
        context = self._context
        for office in context.mentions.offices:
            for place in context.places(office.end, office.end + _OFFICE):
                if not context.is_home(place.place):
                    yield place

    def _of_line(
        self,
        line: Line,
        before: Sequence[Line],
        above: Sequence[PlaceMention],
        chief: Sequence[tuple[PlaceMention, str]],
    ) -> Iterator[Told]:
        """Yield the pairs whose partner is named in a sentence."""
        for partner in line.places:
            if self._context.is_home(partner.place):
                continue
            ahead: list[tuple[PlaceMention, str, Line | None]] = [
                (m, "same", line) for m in reversed(line.places) if m.end <= partner.start
            ]
            for back, earlier in enumerate(reversed(before), 1):
                ahead += [(m, f"{back} back", earlier) for m in reversed(earlier.places)]
            ahead += [(m, "above", None) for m in reversed(above)]
            ahead += [(m, where, None) for m, where in chief]
            done = {partner.place.place_id}
            for mention, where, there in ahead:
                if mention.place.place_id in done or self._context.is_home(mention.place):
                    continue
                owner = _Owner(mention, where, there, len(done) - 1)
                done.add(mention.place.place_id)
                signs = tuple(dict.fromkeys(self._signs(line, owner, partner)))
                yield Told(mention, partner, line, signs)

    # ---------------------------------------------------------------- signs

    def _signs(self, line: Line, owner: _Owner, partner: PlaceMention) -> Iterator[str]:
        """Yield all signs of one candidate."""
        lang, where = line.block.lang, owner.where
        part = line.part(partner)
        head = line.parts[part.head].mention if part is not None else partner
        theirs = owner.line.part(owner.mention) if owner.line is not None else None
        joined = owner.line is line and part is not None and theirs is not None and part.head == theirs.head
        role = part.role if part is not None else "none"
        own_role = theirs.role if theirs is not None else owner.mention.form
        yield from line.said
        yield f"where {where}"
        yield f"where {where}, rank {min(owner.rank, 3)}"
        yield f"roles {where}: {own_role} {role}"
        yield f"role {role}"
        yield f"form {owner.mention.form} {partner.form}"
        yield f"joined {joined}"
        yield from self._of_places(owner.mention.place, partner.place, "same" if where == "same" else "afar")
        if owner.line is line:
            before = _order(line, line.sentence.start, owner.mention.start, owner.mention, partner)
            yield from self._within(line, owner.mention, partner, head, before, joined=joined)
        else:
            before = _order(line, line.sentence.start, head.start, owner.mention, partner)
            yield from self._from_afar(line, owner, partner, head, before, own_role)
        at, behind = line.index(head.start), line.index(partner.end)
        yield f"{lang} partner -1 {line.word(at - 1)}"
        yield f"{lang} partner -2-1 {line.word(at - 2)} {line.word(at - 1)}"
        yield f"{lang} partner +1 {line.word(behind)}"
        yield f"{lang} partner +1+2 {line.word(behind)} {line.word(behind + 1)}"
        after = _order(line, partner.end, line.sentence.end, owner.mention, partner)
        yield f"order after {''.join(after[:3])}"
        yield from (f"after {letter}" for letter in dict.fromkeys(after))
        yield f"land of the owner {'Lx' in before or 'Lx' in after}, where {where}"
        yield f"{where == 'same'}: home {line.home}, bonds {line.bonds}"

    def _within(
        self,
        line: Line,
        owner: PlaceMention,
        partner: PlaceMention,
        head: PlaceMention,
        before: Sequence[str],
        *,
        joined: bool,
    ) -> Iterator[str]:
        """Yield what stands around and between two places of one sentence."""
        lang = line.block.lang
        first, left = line.index(owner.start), line.index(owner.end)
        between = (
            [] if joined else [_seen(w, owner, partner) for _, w in line.words[left : line.index(head.start)]]
        )
        yield f"gap {count(head.start - owner.end, _GAPS)}"
        yield f"{lang} between: {' '.join(between) if len(between) <= _NEAR else '...'}"
        yield from (f"{lang} between {w}" for w in between[:_REACH])
        yield from (f"{lang} between {w}" for w in between[max(_REACH, len(between) - _REACH) :])
        yield f"opens {owner.start - line.sentence.start <= _OPENING}"
        yield f"{lang} owner +1 {line.word(left)}"
        yield f"{lang} owner +1+2 {line.word(left)} {line.word(left + 1)}"
        yield f"{lang} owner -1 {line.word(first - 1)}"
        yield f"{lang} owner -2-1 {line.word(first - 2)} {line.word(first - 1)}"
        inside = [] if joined else _order(line, owner.end, head.start, owner, partner)
        yield f"order {'joined' if joined else ''.join(inside)[:8]}"
        yield f"order before {''.join(before[-2:])}"
        yield from (f"before {letter}" for letter in dict.fromkeys(before))
        yield from (f"inside {letter}" for letter in dict.fromkeys(inside))

    @staticmethod
    def _from_afar(
        line: Line,
        owner: _Owner,
        partner: PlaceMention,
        head: PlaceMention,
        before: Sequence[str],
        own_role: str,
    ) -> Iterator[str]:
        """Yield who opens a sentence that does not name the owner, and how the owner was named."""
        lang, where = line.block.lang, owner.where
        opening = [_seen(w, owner.mention, partner) for _, w in line.words[:2]]
        at = line.index(head.start)
        yield f"{lang} opens {' '.join(opening)}"
        yield f"{lang} opens {opening[0]}"
        yield from (f"{lang} afar {w}" for _, w in line.words[max(0, at - _NEAR) : at])
        yield f"afar: order {''.join(before)[:6]}"
        yield from (f"afar: before {letter}" for letter in dict.fromkeys(before))
        subjects = [letter for letter in before if letter in _SUBJECTS]
        bond = next((i for i, letter in enumerate(before) if letter in _BONDS), len(before))
        last = [letter for letter in before[:bond] if letter in _SUBJECTS][-1:]
        yield f"afar: first {''.join(subjects[:1])}"
        yield f"afar: first {''.join(subjects[:2])}"
        yield f"{where}: first {''.join(subjects[:1])}"
        yield f"afar: last before the bond {''.join(last)}, bond ahead {bond < len(before)}"
        there = owner.line
        if there is not None:
            place = owner.mention.place
            yield f"{where}: named {len({m.place.place_id for m in there.places})}"
            yield f"{where}: last {there.places[-1].place == place}, first {there.places[0].place == place}"
            yield f"{where}: same block {there.block.index == line.block.index}"
            yield f"{where}: bonds {there.bonds}, home {there.home}"
            opens = owner.mention.start - there.sentence.start <= _OPENING
            yield f"{where}: owner {own_role}, opens {opens}"

    def _of_places(self, owner: Place, partner: Place, near: str) -> Iterator[str]:
        """Yield what the page as a whole says of the two places."""
        home = self._context.home
        bound = f"bound {owner.place_id in self._bound} {partner.place_id in self._bound}"
        chief = f"owner chief {owner.place_id == self._chief}"
        yield from (bound, f"{near}: {bound}", chief, f"{near}: {chief}")
        yield f"often {count(self._often[owner.place_id])} {count(self._often[partner.place_id])}"
        if home is not None:
            at_home = f"{owner.country == home.country} {partner.country == home.country}"
            yield f"at home {at_home}, one land {owner.country == partner.country}"
        yield f"linked {_known(owner)} {_known(partner)}"
        yield f"feature {owner.feature} {partner.feature}"


def _seen(word: str, owner: PlaceMention, partner: PlaceMention) -> str:
    """Return a word as it is seen by a pair: its own places are X and Y."""
    kind, mark, place_id = word.partition("#")
    if not mark:
        return word
    return {owner.place.place_id: "X", partner.place.place_id: "Y"}.get(place_id, kind)


def _order(line: Line, start: int, end: int, owner: PlaceMention, partner: PlaceMention) -> list[str]:
    """Return who and what is spoken of in a stretch, a letter each; the same twice in a row counts once."""
    found: list[str] = []
    for at, mark in line.marks:
        if not start <= at < end:
            continue
        kind, _, of = mark.partition(":")
        if kind == "P" and of == partner.place.place_id:
            continue
        if kind == "P" and of == owner.place.place_id:
            kind = "X"
        elif kind == "L":
            kind = "Lx" if of == owner.place.country else "Ly" if of == partner.place.country else "L"
        if not found or found[-1] != kind:
            found.append(kind)
    return found


def _known(place: Place) -> bool:
    """Whether a place is one of the gazetteer's, or a town of its supplement."""
    return place.linked or place.feature == "city"
