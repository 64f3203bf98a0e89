"""Mayors: who a page shows as head, or deputy head, of which municipality, and when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from pipeline.extract.context import Context
from pipeline.extract.mayor_choice import Choice
from pipeline.extract.mayor_places import Found, Towns
from pipeline.extract.mayor_topic import Pairs
from pipeline.extract.office_holders import find_holders
from pipeline.extract.office_spans import Holder
from pipeline.lexicon import LANGUAGES, any_of, load
from pipeline.model import Basis, Evidence, MayorClaim, Mentions, PartnershipClaim, Place, Role

_FAR = 160
_NEAR = 4
_THEN = re.compile(r"\bat th(?:e|at) time\b|\bof the day\b")
_MOST_EVIDENCE = 6
_SINCE = re.compile(r"\b(?:seit|since)\s(?:dem\s|the\s)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Seat:
    """A holder with a town."""

    holder: Holder
    found: Found


def _limited(word: str, place: Place) -> bool:
    """Whether an office's word means a mayor only in other countries than the place's."""
    for lang in LANGUAGES:
        for office in load(lang, "offices")["office"]:
            if (
                "countries" in office
                and any(word.endswith(name) for name in office["names"])
                and "Lord" not in word
            ):
                return place.country not in office["countries"]
    return False


def _seats(context: Context, holders: list[Holder], pairs: Pairs) -> list[_Seat]:
    """Find the town of each holder: first those that words name, then the others by what is known."""
    towns = Towns(context)
    seats: dict[int, _Seat] = {}
    for number, holder in enumerate(holders):
        found = towns.named(holder) if holder.way != "heir" else None
        if found is not None and not (
            holder.way == "plural" and found.rule == "of" and len(holders) > 1 and holder.place_in_series
        ):
            seats[number] = _Seat(holder, found)
    _same_persons(holders, seats)
    stands_for = _represented(context, holders)
    _share(holders, seats, stands_for)
    _choose(Choice(context, pairs), holders, seats, stands_for)
    _share(holders, seats, stands_for)
    for number, holder in enumerate(holders):
        if _is_deputys(holder) and number not in seats:
            # "ihr Stellvertreter": of the town of the mayor named last before
            before = [s for _, s in sorted(seats.items()) if s.holder.office.start < holder.office.start]
            if before:
                seats[number] = _Seat(holder, Found(before[-1].found.place, "deputy"))
        elif holder.way == "heir" and number not in seats:
            # The office's own holder stands before the heir, and was seated before.
            by_office = {s.holder.office.start: s.found.place for n, s in sorted(seats.items(), reverse=True)}
            if holder.office.start in by_office:
                seats[number] = _Seat(holder, Found(by_office[holder.office.start], "heir"))
    return [seats[number] for number in sorted(seats)]


@cache
def _represents() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of what tells that one mayor stands in for another, between them and behind."""
    return (
        re.compile(rf"(?<![^\W_]){any_of('mayor_towns', 'represents')}(?![^\W_])"),
        re.compile(rf"\s{any_of('mayor_towns', 'represents_after')}(?![^\W_])"),
    )


def _represented(context: Context, holders: list[Holder]) -> dict[int, int]:
    """Map the number of a holder to that of the one before whom he or she stands in for, or the reverse."""
    between, behind = _represents()
    found = {}
    for (first, one), (second, two) in pairwise(enumerate(holders)):
        sentence = context.sentence_at(one.person.start)
        if one.person.name == two.person.name or two.person.start >= sentence.end:
            continue
        gap = context.text[max(one.person.end, one.office.end) : min(two.person.start, two.office.start)]
        if between.search(gap) or behind.match(context.text, max(two.person.end, two.office.end)):
            found[second] = first
    return found


def _share(holders: list[Holder], seats: dict[int, _Seat], stands_for: dict[int, int]) -> None:
    """Seat those who stand in for others with them, and the others with them."""
    for one, other in (*stands_for.items(), *((b, a) for a, b in stands_for.items())):
        if one in seats and other not in seats:
            seats[other] = _Seat(holders[other], Found(seats[one].found.place, "represents"))


def _is_deputys(holder: Holder) -> bool:
    """Whether an office is that of somebody's deputy: her deputy, sein Stellvertreter."""
    return holder.office.counterpart and holder.office.role is Role.DEPUTY_MAYOR


def _same_persons(holders: list[Holder], seats: dict[int, _Seat]) -> None:
    """Seat the holders of whom another mention names the town."""
    known: dict[str, Counter[str]] = {}
    by_id: dict[str, Place] = {}
    for seat in seats.values():
        known.setdefault(seat.holder.person.name, Counter())[seat.found.place.place_id] += 1
        by_id[seat.found.place.place_id] = seat.found.place
    for number, holder in enumerate(holders):
        if number not in seats and holder.person.name in known:
            best, _ = min(known[holder.person.name].items(), key=lambda item: (-item[1], item[0]))
            seats[number] = _Seat(holder, Found(by_id[best], "same-person"))


def _choose(
    choice: Choice, holders: list[Holder], seats: dict[int, _Seat], stands_for: dict[int, int]
) -> None:
    """Seat the holders whose town no words name, the surest first; not those who stand in for others."""
    open_: dict[str, list[int]] = {}
    for number, holder in enumerate(holders):
        waits = holder.way == "heir" or number in stands_for or _is_deputys(holder)
        if number not in seats and not waits:
            open_.setdefault(holder.person.name, []).append(number)
    while open_:
        seated = [(seat.holder, seat.found.place) for _, seat in sorted(seats.items())]
        found = {name: choice.of([holders[n] for n in numbers], seated) for name, numbers in open_.items()}
        name = min(found, key=lambda n: (-found[n][1], open_[n][0]))
        place = found[name][0]
        for number in open_.pop(name):
            if place is not None:
                rule = "home" if choice.context.is_home(place) else "nearby"
                seats[number] = _Seat(holders[number], Found(place, rule))


def _seen(context: Context, holder: Holder) -> str | None:
    """Return the date at which the page shows somebody in office."""
    person, office = holder.person, holder.office
    published = context.document.published
    block = context.document.blocks[person.block]
    sentence = context.sentence_at(person.start)
    low, high = sentence.start, sentence.end
    dates = [
        d
        for d in context.dates(low, high)
        if d.edtf
        and "X" not in d.edtf
        and d.basis is Basis.STATED
        and not _SINCE.search(context.text[max(low, d.start - 12) : d.start])
    ]
    past = office.former or _THEN.search(context.text[office.start : office.end + 20]) is not None
    if not dates and past:  # a story: the last date before
        dates = [
            d
            for d in context.dates(block.start, low)
            if d.edtf and d.basis is Basis.STATED and re.fullmatch(r"\d{4}(?:-\d\d){0,2}", d.edtf)
        ][-1:]
    if dates:
        at = max(person.end, office.end)
        nearest = min(
            dates, key=lambda d: (abs(d.start - at) if d.start >= at else (person.start - d.end) + 1, d.start)
        )
        value = str(nearest.edtf).split("/")[0]
        if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", value):
            return value
    if past or holder.way == "heir":
        return None
    story = [
        d
        for d in context.dates(block.start, low)
        if d.edtf and d.basis is Basis.STATED and d.edtf[:4].isdigit()
    ]
    if story and published and int(str(story[-1].edtf)[:4]) < int(published[:4]) - 1:
        return None  # the passage tells of another time than the page's
    return published[:4] if published else None


def _evidence(context: Context, seat: _Seat) -> list[Evidence]:
    holder, found = seat.holder, seat.found
    person, office, place = holder.person, holder.office, found.mention
    if holder.way == "heir":
        start = holder.word[0] if holder.word else person.start
        return [Evidence(start, person.end, "mayor:heir")]
    rule = f"mayor:{holder.way}-{found.rule}"
    if person.block != office.block:
        spans = sorted(
            [
                (person.start, person.end),
                (office.start, place.end if place and place.start >= office.end else office.end),
            ]
        )
        return [Evidence(start, end, rule) for start, end in spans]
    parts = [(person.start, person.end), (office.start, office.end)]
    if place is not None and place.block == office.block:
        parts.append((place.start, place.end))
    start, end = min(p[0] for p in parts), max(p[1] for p in parts)
    if end - start > _FAR:
        start, end = min(p[0] for p in parts[:2]), max(p[1] for p in parts[:2])
    return [Evidence(start, end, rule)]


def _role(seats: list[_Seat]) -> Role:
    """Return the role that most of a person's mentions give, those as a counterpart last."""
    stated = [s for s in seats if not s.holder.office.counterpart and s.holder.way != "heir"] or seats
    counts = Counter(s.holder.office.role for s in stated)
    order = (Role.LORD_MAYOR, Role.MAYOR, Role.DEPUTY_MAYOR)
    return min(counts, key=lambda role: (-counts[role], order.index(role)))


def _deputies(context: Context, claims: list[MayorClaim]) -> list[MayorClaim]:
    """Make a mayor the deputy where the same German town has a lord mayor then, or had one before."""
    lords: dict[str, set[str]] = {}
    for claim in claims:
        if claim.role is Role.LORD_MAYOR and claim.place.country == "DE":
            lords.setdefault(claim.place.place_id, set()).add((claim.seen or "")[:4])
    result = []
    for claim in claims:
        years, year = lords.get(claim.place.place_id, set()), (claim.seen or "")[:4]
        if claim.role is Role.MAYOR and years and (not year or min(years) <= year):
            claim = MayorClaim(claim.person, Role.DEPUTY_MAYOR, claim.place, claim.seen, claim.evidence)
        result.append(claim)
    return result


def extract_mayors(mentions: Mentions, partners: Iterable[PartnershipClaim] = ()) -> list[MayorClaim]:
    """Return the mayors that a page shows, one claim a person and town, in the order of the page.

    Args:
        mentions: What was recognised in one document.
        partners: The partnerships that it states.

    Returns:
        Claims with up to six pieces of evidence each. A person without a town is left out.
    """
    context = Context(mentions)
    pairs = frozenset(frozenset({p.a.place_id, p.b.place_id}) for p in partners)
    seats = [
        seat
        for seat in _seats(context, find_holders(context), pairs)
        if not _limited(context.text[seat.holder.office.start : seat.holder.office.end], seat.found.place)
    ]
    people: dict[str, dict[str, list[_Seat]]] = {}
    for seat in seats:
        people.setdefault(seat.holder.person.name, {}).setdefault(seat.found.place.place_id, []).append(seat)
    claims: list[tuple[int, MayorClaim]] = []
    for name, by_place in people.items():
        named = {p: s for p, s in by_place.items() if any(x.found.mention is not None for x in s)}
        for group in (named or by_place).values():
            evidence: list[Evidence] = []
            for seat in group:
                if len(evidence) < _MOST_EVIDENCE:
                    evidence += [e for e in _evidence(context, seat) if e not in evidence]
            dates = [d for d in (_seen(context, s.holder) for s in group) if d]
            stated = [d for d in dates if d != (context.document.published or "")[:4]]
            seen = next(iter(stated or dates), None)
            claim = MayorClaim(
                name, _role(group), group[0].found.place, seen, tuple(evidence[:_MOST_EVIDENCE])
            )
            claims.append((group[0].holder.person.start, claim))
    ordered = [claim for _, claim in sorted(claims, key=lambda item: item[0])]
    return _deputies(context, _without_surnames(ordered))


def _without_surnames(claims: list[MayorClaim]) -> list[MayorClaim]:
    """Drop a lone surname where a full name of the same town ends in it."""
    full = {(c.person.split()[-1], c.place.place_id) for c in claims if " " in c.person}
    return [c for c in claims if " " in c.person or (c.person, c.place.place_id) not in full]
