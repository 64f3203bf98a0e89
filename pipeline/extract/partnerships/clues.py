"""What ties a date to a pair: the candidates of a page, each with a few generic features.

A candidate is a date that stands in a passage about a partner: in a sentence that names it, after one, in the
section, row or definition that it heads, or as the label beside a text that names it. The features say how
the two are linked, what the words about the date speak of, and how the date stands among its rivals; they
name no word, town or page, so that few weights judge any page (see ``dater``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.edtf import Precision, bounds, is_valid, precision
from pipeline.extract.context import Context
from pipeline.extract.cues import begins, clause, cue_at, has, polarity, speaks_of
from pipeline.extract.partnerships.date_rivals import around, compete, part_of, stamped
from pipeline.extract.partnerships.date_signs import is_prose, of_something_else, phrase, standing
from pipeline.extract.partnerships.datings import align, event_of, runs_of, side_by_side, usable
from pipeline.extract.partnerships.reading import granted
from pipeline.model import Basis, Block, BlockKind, DateMention, Event, Place, PlaceMention, Status

_OPENS = 40
"""So far in a sentence a date may stand that is told from the sentence before, in characters."""
_ACTS = frozenset({"piece:signed", "piece:proclaimed", "piece:decided"})
_HEAD = 4
"""So far in a line a date may stand that heads it, in characters."""
_CLOSE = 30
"""So near to a date stand the words for what else happened then, in characters."""
_DONE = ("signed", "proclaimed", "decided")
_AFTER = 3
"""How many sentences after the last one that named a partner may still speak of it."""
_STARTS = (Event.SIGNED, Event.PROCLAIMED, Event.DECIDED, Event.SINCE)
_CUES = ("signed", "proclaimed", "decided", "since", "contact", "renewed", "anniversary", "ended", "other")
_SINCE = re.compile(r"(?:\bseit|\bsince|\bfrom|\bab|\bas of)(?: \w+)?\s*$", re.IGNORECASE)
# Before the name of where something is or happens; between a town and the date in its bracket.
_WHERE = re.compile(
    r"(?<!\w)(?:in|im|bei|near|at|by|auf|am|an der|on|outside|nach|from|aus)\s(?:the\s|der\s|dem\s)?$"
)
_BESIDE = re.compile(
    r"(?:\sin\s(?:(?!und\s|and\s|sowie\s)[^\d,;.:()]){2,30}?)?(?:\s\([^()\d]{0,40}\)|,\s[^\W\d_][^\d,;.:()]{2,25})?"
    r"(?:,?\s\((?:[^()\d]{0,30}\s)?|(?:,|:|\s[–-])?\s(?:seit|since|from|ab)?\s?)"
)
_BESIDE_REACH = 80
_AHEAD = 60
# Between a date and the name of which it is told.
_BEFORE = re.compile(
    r":?\s(?:auch\s|mit\s|with\s|dann\s|then\s|das\s\w+\s|die\s\w+\s|the\s\w+\s(?:\w+\s)?of\s)?"
)
_MARK = re.compile(r"[,;:()·|–]|\.(?=\s)|\b(?:und|and|but|aber)\b")
_UNTIL = re.compile(r"(?:\bbis|\buntil|\btill)(?: \w+)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bond:
    """A pair of a page, and those of its places that tell it from the page's other pairs.

    ``hub`` is the other place, the one of several pairs. A pair is ``foreign`` if the home is no part of
    it, and of a ``ring`` if both its places are the home's partners too.
    """

    a: Place
    b: Place
    partners: frozenset[str]
    hub: str = ""
    foreign: bool = False
    ring: bool = False


@dataclass(slots=True)
class Candidate:
    """A date that may found a bond.

    ``start`` and ``end`` are the words that it rests on.
    """

    date: DateMention
    event: Event | None
    start: int
    end: int
    features: set[str] = field(default_factory=set)


def bonds_of(context: Context, pairs: Sequence[tuple[Place, Place]]) -> list[Bond]:
    """Return the pairs with their distinguishing sides: a place with several partners tells none apart."""
    counts = Counter(place.place_id for pair in pairs for place in pair)
    home = context.home.place_id if context.home else ""
    bonds = []
    mates = {p.place_id for pair in pairs for p in pair if home in (pair[0].place_id, pair[1].place_id)}
    for a, b in pairs:
        sides = frozenset({a.place_id, b.place_id})
        hub = home if home in sides else ""
        if not hub and len(sides & mates) == 1:
            hub = next(iter(sides & mates))
        elif not hub and counts[a.place_id] != counts[b.place_id]:
            hub = max((a, b), key=lambda p: counts[p.place_id]).place_id
        foreign = bool(home) and home not in sides
        bonds.append(Bond(a, b, sides - {hub}, hub, foreign, ring=foreign and sides <= mates))
    return bonds


@dataclass(frozen=True, slots=True)
class Spot:
    """A sentence, with the partners that it names, those that its layout names, and those in focus.

    ``meant`` are the partners that only their country stands for: "Die Ungarn kamen 1987 dazu".
    """

    block: Block
    start: int
    end: int
    named: tuple[PlaceMention, ...]
    owners: frozenset[str]
    focus: frozenset[str]
    distance: int
    same_block: bool
    here: frozenset[str]
    strangers: bool
    among: bool
    diverted: bool
    labels: tuple[DateMention, ...]
    meant: frozenset[str] = frozenset()


def candidates(context: Context, bonds: Sequence[Bond]) -> list[list[Candidate]]:
    """Return, for each bond, the dates that may found it, in the order of the page."""
    known = frozenset(place for bond in bonds for place in bond.partners)
    found: list[list[Candidate]] = [[] for _ in bonds]
    seen: set[str] = set()
    last: tuple[str, ...] = ()
    lands = lands_of(context, bonds)
    before: tuple[DateMention | None, list[Candidate]] = (
        None,
        [],
    )  # the last date so far, and its candidates
    for spot in spots(context, known, lands):
        dates = [d for d in context.dates(spot.start, spot.end) if usable(context, d)]
        shares = _shares(context, spot, dates)
        in_step = _in_step(spot, shares, dates)
        beside = {date: _beside(context, spot, date) for date in dates}
        led_on = _led_on(context, spot, dates)
        feasts = {bounds(str(d.edtf))[0].year + d.years for d in dates if d.years is not None}
        turns = _turns(context, spot, dates) if spot.named else in_turn(context.text, last, dates)
        if dates and before[1] and _leads_on(context, before[1][0], spot, dates[0]):
            for candidate in before[1]:
                candidate.features.add("led-on")
        before = (dates[-1], []) if dates else before
        for index, bond in enumerate(bonds):
            links = links_of(spot, bond, seen)
            if not links:
                continue
            for order, date in enumerate(dates):
                own = bond.partners & shares.get(date, frozenset())
                here = set(links)
                if "named" in here and _of_else(context, spot, date):
                    here.add("of-else")
                holders = shares.get(date, frozenset())
                if spot.meant and (spot.named or len(spot.meant) > 1):
                    if _land_of(context, spot, date, lands) in bond.partners:
                        pass
                    elif "meant" in here:
                        continue
                    else:
                        here.add("taken")
                if "named" in here:
                    here.add("aligned" if own else "astray")
                    mine = [m for m in spot.named if m.place.place_id in bond.partners]
                    here |= standing(context, mine, date)
                    if own and in_step:
                        here.add("in-step")
                    if own and len(holders) > 1:
                        nearest = min(spot.named, key=lambda m: _gap(m, date)).place.place_id
                        here.add("shared-nearest" if nearest in bond.partners else "shared-farther")
                elif holders:
                    here.add("taken" if spot.named else "of-stranger")
                if order:
                    here.add("later-date")
                if date in led_on:
                    here.add("led-on")
                if date.years is None and bounds(str(date.edtf))[0].year in feasts:
                    told = phrase(context.text, spot.start, date, spot.end, spot.block.lang)
                    if "of-bond" not in told:  # "(Urkunde vom 12. Mai 1956)"
                        here.add("feast")
                if beside[date]:
                    if beside[date] not in bond.partners and _in_bracket(context, spot, date):
                        here.add("bracket-other")  # A | B (seit 1990) | C
                    here.add("beside" if beside[date] in bond.partners else "beside-other")
                ahead = _ahead(context, spot, date)
                if ahead:
                    here.add("ahead" if ahead in bond.partners else "ahead-other")
                if date in turns:
                    here.add("in-turn" if turns[date] in bond.partners else "out-of-turn")
                here |= around(context, date, spot.start, spot.end, spot.block.lang, bond.partners, bond.hub)
                near = context.text[max(spot.start, date.start - _CLOSE) : min(spot.end, date.end + _CLOSE)]
                else_near = "of-else" in here and speaks_of(near, spot.block.lang, "other")
                if else_near and not _tells_act(context, spot):
                    here.add("of-thing")  # "a bridge was named after us in 2003"
                if "named" in here and not beside[date] and _told_by_the_way(context, spot, date, bond):
                    here.add("of-thing")
                if _of_other(context, spot, date, bond):
                    here.add("of-other")
                if of_something_else(context.text, spot.start, date, spot.end, spot.block.lang):
                    here.add("of-thing")
                if stamped(context, spot.block, date):
                    here.add("stamped")
                found[index].append(_candidate(context, spot, date, here))
                if date is dates[-1]:
                    before[1].append(found[index][-1])
            if "named" in links:
                for date in spot.labels:
                    found[index].append(_candidate(context, spot, date, {"label"}))
        seen.update(m.place.place_id for m in spot.named)
        if spot.named:
            last = tuple(dict.fromkeys(m.place.place_id for m in spot.named))
    compete([(i, c.date, c.features) for i, each in enumerate(found) for c in each])
    for each in found:
        _compare(context, each)
    return found


def _shares(context: Context, spot: Spot, dates: Sequence[DateMention]) -> dict[DateMention, frozenset[str]]:
    """Map each date of a sentence to the partners that the order of the words gives it to."""
    partners = list(spot.named)
    # a date may be that of a town that is no partner
    rivals = [p for p in context.places(spot.start, spot.end) if _may_own(context, p) and p not in partners]
    partners = sorted([*partners, *rivals], key=lambda p: p.start)
    shared = align(context.text, partners, dates, [False] * len(partners))
    given: dict[DateMention, set[str]] = {}
    for i, own in shared.items():
        for date in own:
            given.setdefault(date, set()).add(partners[i].place.place_id)
    return {date: frozenset(places) for date, places in given.items()}


def _in_step(spot: Spot, shares: dict[DateMention, frozenset[str]], dates: Sequence[DateMention]) -> bool:
    """Whether a sentence gives each of several partners a date of its own."""
    named = {m.place.place_id for m in spot.named}
    given = [shares.get(date, frozenset()) for date in dates]
    return (
        len(named) == len(dates) > 1
        and all(len(g) == 1 for g in given)
        and frozenset().union(*given) == named
    )


def _may_own(context: Context, place: PlaceMention) -> bool:
    """Whether a date beside a town may be told of that town: not where it only says where something is."""
    if place.form != "name" or context.is_home(place.place):
        return False
    return _WHERE.search(context.text[max(0, place.start - 20) : place.start]) is None


def _acts(context: Context, spot: Spot, date: DateMention) -> bool:
    """Whether the words right around a date tell of an act that founds a bond, or name the bond."""
    if not _piece(context.text, spot, date).isdisjoint(_ACTS):
        return True
    left, right = part_of(context.text, spot.start, date, spot.end)
    return any(not t.weak for t in context.triggers(left, right))


def _meant_only(context: Context, spot: Spot, date: DateMention) -> bool:
    """Whether the words right around a date tell of what was to come: "agreed in principle in 1988"."""
    left, right = part_of(context.text, spot.start, date, spot.end)
    return has(context.text[left:right], spot.block.lang, "intended")


def _leads_on(context: Context, earlier: Candidate, spot: Spot, date: DateMention) -> bool:
    """Whether the sentence behind tells of the act from a date: "1967 kam ein Chor. Ein Jahr darauf ..."."""
    told = date.basis is Basis.DERIVED and date.years is None and date.start - spot.start <= _OPENS
    plain = earlier.date.basis is Basis.STATED and earlier.event not in _STARTS
    return told and plain and 0 <= spot.start - earlier.end <= 2 and _acts(context, spot, date)


def _led_on(context: Context, spot: Spot, dates: Sequence[DateMention]) -> frozenset[DateMention]:
    """Return the dates from which that of the act is told: came in 1979, two years later signed."""

    def acts(date: DateMention) -> bool:
        return _acts(context, spot, date)

    def led(one: DateMention, two: DateMention) -> bool:
        if one.basis is not Basis.STATED or two.basis is not Basis.DERIVED or two.years is not None:
            return False
        if _meant_only(context, spot, one):
            return True
        ahead = phrase(context.text, spot.start, one, spot.end, spot.block.lang)
        return acts(two) and ("after" in ahead or not acts(one))

    return frozenset(one for one, two in pairwise(dates) if led(one, two))


def _beside(context: Context, spot: Spot, date: DateMention) -> str:
    """Return the town that a date stands right behind, in a bracket or after a mark: "Adorf (seit 1964)"."""
    if not spot.start <= date.start < spot.end:
        return ""
    places = [p for p in context.places(spot.start, date.start) if p.form == "name"]
    while places:
        gap = context.text[places[-1].end : date.start]
        if gap == ", " and context.text[date.end : date.end + 1] not in (",", ";", ".", ")", ""):
            return ""  # "1957 followed Adorf, 1964 Salem"
        if len(gap) > _BESIDE_REACH or _BESIDE.fullmatch(gap) is None:
            return ""
        led = _WHERE.search(context.text[max(spot.start, places[-1].start - 20) : places[-1].start])
        if led is None:
            return places[-1].place.place_id
        places.pop()  # "Adorf in Hessen (1964)"
    return ""


def _ahead(context: Context, spot: Spot, date: DateMention) -> str:
    """Return the town whose name follows a date: "A und seit 2002 B"."""
    after = next(
        (p for p in context.places(date.end, min(spot.end, date.end + _AHEAD)) if p.form == "name"), None
    )
    if (
        after is None
        or context.is_home(after.place)
        or not _BEFORE.fullmatch(context.text[date.end : after.start])
    ):
        return ""
    return after.place.place_id


def _in_bracket(context: Context, spot: Spot, date: DateMention) -> bool:
    """Whether a date stands in a bracket that is of one name: not in "A and B (both since 1990)"."""
    before = context.text[spot.start : date.start]
    opened = before.rfind("(")
    return opened > before.rfind(")") and not has(before[opened:], spot.block.lang, "of_all")


def _turns(context: Context, spot: Spot, dates: Sequence[DateMention]) -> dict[DateMention, str]:
    """Map dates that stand side by side to the partners of their own sentence told of in turn."""
    given = runs_of(context.text, spot.named, dates)
    return {date: spot.named[i].place.place_id for i, run in given.items() for date in run}


def in_turn(text: str, partners: Sequence[str], dates: Sequence[DateMention]) -> dict[DateMention, str]:
    """Map dates that stand side by side to as many partners of the sentence before, in their order."""
    if len(partners) < 2 or len(dates) != len(partners) or not side_by_side(text, dates):
        return {}
    return dict(zip(dates, partners, strict=True))


def _of_else(context: Context, spot: Spot, date: DateMention) -> bool:
    """Whether the words nearest to a date speak of something else: a birth, a building."""
    lang, at = spot.block.lang, (date.start, date.end)
    return date.years is None and cue_at(context.text, spot.start, spot.end, lang, at) == "other"


def _tells_act(context: Context, spot: Spot) -> bool:
    """Whether a sentence tells of an act, or of a bond that is more than a name beside a town's."""
    words, lang = context.text[spot.start : spot.end], spot.block.lang
    bound = any(t.form != "partner" for t in context.triggers(spot.start, spot.end))
    return bound or has(words, lang, "starting") or any(speaks_of(words, lang, act) for act in _DONE)


def _told_by_the_way(context: Context, spot: Spot, date: DateMention, bond: Bond) -> bool:
    """Whether a sentence takes the bond for granted and tells of something else: "our twin A in 2019"."""
    lang, text = spot.block.lang, context.text
    if date.years is not None or _tells_act(context, spot):
        return False
    if date.start - spot.start <= _HEAD and text[date.end : date.end + 2].lstrip()[:1] in set(":–—-,"):
        return False  # "1964: unsere erste Partnerstadt A"
    mine = [m for m in spot.named if m.place.place_id in bond.partners and m.form == "name"]
    if not mine or not all(granted(context, m, lang) for m in mine):
        return False
    words, at = "", spot.start
    for trigger in context.triggers(spot.start, spot.end):
        words, at = words + text[at : trigger.start] + " ", trigger.end
    return not begins(words + text[at : spot.end], lang)


def _of_other(context: Context, spot: Spot, date: DateMention, bond: Bond) -> bool:
    """Whether a date is in a clause that hangs on another partner: "from A, twinned since 1966, and B"."""
    before = [m for m in spot.named if m.end <= date.start]
    for mention in reversed(before):
        if mention.place.place_id in bond.partners:
            return False
        if has(context.text[mention.end : date.start], spot.block.lang, "hanging_bond"):
            return not bond.foreign
    return False


def _gap(mention: PlaceMention, date: DateMention) -> int:
    return max(mention.start - date.end, date.start - mention.end)


def links_of(spot: Spot, bond: Bond, seen: set[str]) -> set[str]:
    """Return how a sentence is tied to a bond; empty if it is not."""
    named = {m.place.place_id for m in spot.named}
    links: set[str] = set()
    if bond.ring and not (spot.among and {bond.a.place_id, bond.b.place_id} <= named):
        return links  # what else is told of one of them is of its bond with the home
    if named & bond.partners:
        links.add("named")
        if not bond.partners & seen:
            links.add("first-naming")
    elif spot.owners & bond.partners:
        links.add("owned")
    elif spot.meant & bond.partners:
        links.add("meant")
    elif spot.focus & bond.partners:
        links.add("focus" if spot.same_block else "focus-above")
        links.add(f"distance-{spot.distance}")
    else:
        return links
    if named - bond.partners:
        links.add("other-named")
    if spot.meant:
        links.add("by-country" if spot.meant & bond.partners else "other-country")
    if spot.owners and not spot.owners & bond.partners:
        links.add("other-owner")
    if spot.owners & bond.partners:
        links.add("owner")
    if len(spot.focus) > 1 and not (named or spot.meant & bond.partners):
        links.add("wide-focus")
    if spot.strangers:
        links.add("stranger")
    if spot.diverted and not named:
        links.add("diverted")
    if bond.hub and bond.hub in spot.here:
        links.add("hub-named")
    if bond.foreign:
        present = {bond.a.place_id, bond.b.place_id} & spot.here
        links.add("foreign-both" if len(present) == 2 else f"foreign-{len(present)}")
    elif len(bond.partners) == 2:
        links.add("both-named" if len(named & bond.partners) == 2 else "one-named")
    return links


def lands_of(context: Context, bonds: Sequence[Bond]) -> dict[str, str]:
    """Map each country that but one partner lies in to that partner; the home's own country is none."""
    found: dict[str, set[str]] = {}
    for bond in bonds:
        for place in (bond.a, bond.b):
            if place.place_id in bond.partners and place.country:
                found.setdefault(place.country, set()).add(place.place_id)
    home = context.home.country if context.home else ""
    return {land: next(iter(own)) for land, own in found.items() if len(own) == 1 and land != home}


def _land_of(context: Context, spot: Spot, date: DateMention, lands: dict[str, str]) -> str:
    """Return the partner whose country, or whose name, stands nearest to a date."""
    told = [
        (c.start, c.end, lands[c.country])
        for c in context.countries(spot.start, spot.end)
        if c.country in lands
    ]
    told += [(m.start, m.end, m.place.place_id) for m in spot.named]
    near = min(told, key=lambda t: (_apart(context.text, t[0], t[1], date), t[0]), default=(0, 0, ""))
    return near[2]


def _apart(text: str, start: int, end: int, date: DateMention) -> int:
    gap = text[end : date.start] if end <= date.start else text[date.end : start]
    return len(gap) + 60 * len(_MARK.findall(gap))


def spots(context: Context, known: frozenset[str], lands: dict[str, str] | None = None) -> Iterator[Spot]:
    """Go through the sentences of a page and keep in mind which partners it speaks of."""
    focus: frozenset[str] = frozenset()
    since, block_of_focus, section, diverted = 0, -1, -1, False
    rows, by_land = _row_owners(context, known), lands or {}
    lines: dict[int, frozenset[str]] = {}
    for block in context.document.blocks:
        if block.section < 0:
            continue
        owners = rows.get(block.index) or _owners(context, block, known, lines)
        if block.section != section:
            focus, section = frozenset(), block.section
        for sentence in context.sentences(block.start, block.end):
            start, end = sentence.start, sentence.end
            places = context.places(start, end)
            named = tuple(p for p in places if p.place.place_id in known)
            strangers = any(
                p.form == "name" and p.place.place_id not in known and not context.is_home(p.place)
                for p in places
            )
            labels = context.label_dates(block) if named else []
            told = context.countries(start, end) if by_land and not strangers else []
            meant = frozenset(by_land[c.country] for c in told if c.country in by_land)
            if not meant.isdisjoint(m.place.place_id for m in named):
                meant = frozenset()  # "A in Polen": the country is but where it lies
            yield Spot(
                block, start, end, named, owners, focus if since < _AFTER else frozenset(), since,
                block_of_focus == block.index, frozenset(p.place.place_id for p in places), strangers,
                _among(context, start, end, block.lang, named), diverted,
                tuple(d for d in labels if usable(context, d)), meant,
            )  # fmt: skip
            since += 1
            diverted = diverted or strangers
            if meant and not named:
                diverted = False
                focus, since, block_of_focus = meant, 0, block.index
            if named:
                diverted = False
                focus, since, block_of_focus = frozenset(m.place.place_id for m in named), 0, block.index


def _among(context: Context, start: int, end: int, lang: str, named: Sequence[PlaceMention]) -> bool:
    """Whether a sentence may tell of a bond among the home's own partners: of two, and not of the home."""
    if has(context.text[start:end], lang, "ring"):
        return True
    home = any(context.is_home(p.place) for p in context.places(start, end))
    strong = any(not t.plural for t in context.triggers(start, end))
    return strong and not home and len({m.place.place_id for m in named}) == 2


def _owners(
    context: Context, block: Block, known: frozenset[str], lines: dict[int, frozenset[str]]
) -> frozenset[str]:
    """Return the partners that the layout names for a block: its opening, its term, line or heading."""

    def named(other: Block) -> frozenset[str]:
        return frozenset(
            p.place.place_id for p in context.places(other.start, other.end) if p.place.place_id in known
        )

    lead = context.leading_place(block.start, block.end)
    if lead is not None and lead.place.place_id in known and block.kind is not BlockKind.CELL:
        own = frozenset({lead.place.place_id})
        if context.names_only(block.start, block.end) or block.lead_end > block.start:
            lines[block.section] = own
        return own
    for index in range(block.index - 1, -1, -1):
        other = context.document.blocks[index]
        if block.kind is not BlockKind.DEFINITION or other.group != block.group:
            break
        if other.kind is BlockKind.TERM and named(other):
            return named(other)
    for index in reversed(block.path):
        own = named(context.document.blocks[index])
        if own:
            return own
    return lines.get(block.section, frozenset())


def _row_owners(context: Context, known: frozenset[str]) -> dict[int, frozenset[str]]:
    """Map each cell to the partners of its row."""
    owners: dict[int, frozenset[str]] = {}
    blocks = context.document.blocks
    for table in context.document.tables:
        for row in table.grid:
            cells = [blocks[index] for index in dict.fromkeys(row) if index >= 0]
            own = frozenset(
                p.place.place_id
                for cell in cells
                for p in context.places(cell.start, cell.end)
                if p.place.place_id in known
            )
            for cell in cells:
                owners[cell.index] = own
    return owners


def _candidate(context: Context, spot: Spot, date: DateMention, links: set[str]) -> Candidate:
    """Make a candidate with what its own words say."""
    text, lang = context.text, spot.block.lang
    inside = spot.start <= date.start < spot.end
    left, right = clause(text, spot.start, spot.end, date.start, lang) if inside else (spot.start, spot.end)
    event = event_of(context, date, spot.start, spot.end, lang)
    features = set(links)
    kind = next(k for k in ("label", "named", "owned", "meant", "focus", "focus-above") if k in links)
    act = {
        Event.SIGNED: "act", Event.PROCLAIMED: "act", Event.DECIDED: "act", Event.SINCE: "since",
        Event.ANNIVERSARY: "jubilee", Event.ENDED: "ended", None: "none",
    }.get(event, "else")  # fmt: skip
    features |= {f"event:{event or 'none'}", f"{kind}&{act}"}
    if "astray" in links:
        features.add(f"astray&{act}")
    if spot.block.kind in (BlockKind.CELL, BlockKind.TERM, BlockKind.DEFINITION, BlockKind.ITEM):
        features.add("short" if spot.block.end - spot.block.start < 80 else "item")
    around = text[left:right]
    for cue in _CUES:
        if speaks_of(around, lang, cue):
            features.add(f"clause:{cue}")
    if has(around, lang, "undoing"):
        features.add("clause:undone")
    if inside:
        features |= _piece(text, spot, date) | phrase(text, spot.start, date, spot.end, lang)
        if event is None and is_prose(spot.start, spot.end) and not context.triggers(spot.start, spot.end):
            features.add("bare")
    stance = polarity(text[spot.start : spot.end], lang)
    if stance.denied or stance.wished:
        features.add("unsure")
    if stance.status is not Status.ACTIVE:
        features.add(f"status:{stance.status}")
    if has(text[spot.start : spot.end], lang, "starting"):
        features.add("starting")
    if inside:
        before = text[max(spot.start, date.start - 20) : date.start]
        after = text[date.end : date.end + 2]
        stand = "plain"
        if _SINCE.search(before):
            stand = "from"
        elif _UNTIL.search(before):
            stand = "until"
        elif before.endswith("(") or after[:1] == ")":
            stand = "bracket"
        elif date.start - spot.start <= 4:
            stand = "opening"
        features |= {stand, f"{kind}&{stand}"}
    triggers = context.triggers(spot.start, spot.end)
    if any(not t.weak for t in triggers):
        features.add("trigger")
    elif triggers:
        features.add("weak-trigger")
    if has(text[spot.start : spot.end], lang, "body"):
        features.add("body")
    features |= _shape(date)
    if event is Event.ENDED and "piece:decided" in features:
        features.add("of-end")  # "ruht seit dem Beschluss vom 17. März 2022"
    if event is Event.ENDED and "piece:undone" in features and "from" not in features:
        features.add("told-end")
    if "not-until" in features:
        features -= {"until", f"{kind}&until", "piece:ended", "clause:ended"}
    return Candidate(date, event, min(spot.start, date.start), spot.end, features)


def _piece(text: str, spot: Spot, date: DateMention) -> set[str]:
    """Say what the words between the marks around a date speak of: (twinned 1996; charter renewed 2006)."""
    left = max((m.end() for m in _MARK.finditer(text, spot.start, date.start)), default=spot.start)
    mark = _MARK.search(text, date.end, spot.end)
    around = text[left : mark.start() if mark else spot.end]
    lang = spot.block.lang
    found = {f"piece:{cue}" for cue in _CUES if speaks_of(around, lang, cue)}
    if has(around, lang, "undoing") or has(around, lang, "ended"):
        found.add("piece:undone")
    return found


def _shape(date: DateMention) -> set[str]:
    assert date.edtf is not None
    shape = {f"precision:{precision(date.edtf).name.lower()}"}
    if date.years is not None:
        shape.add("counted")
    elif date.basis is Basis.DERIVED:
        shape.add("relative")
    return shape


def _compare(context: Context, each: list[Candidate]) -> None:
    """Add how each date stands among the others of its bond, and to the page's own date."""
    published = context.document.published
    own = bounds(published)[1].year if published and is_valid(published) else None
    years = {id(c): bounds(str(c.date.edtf))[0].year for c in each}
    acts = {id(c) for c in each if c.event in (Event.SIGNED, Event.PROCLAIMED, Event.DECIDED)}
    near = {id(c) for c in each if c.features & {"aligned", "owned", "label"}}
    over = {years[id(c)] for c in each if c.event is Event.ENDED or "piece:undone" in c.features}
    support = Counter(years.values())
    begun = {years[id(c)] for c in each if c.event in _STARTS}
    exact = {id(c): precision(str(c.date.edtf)) for c in each}
    finest: dict[int, Precision] = {}
    for c in each:
        finest[years[id(c)]] = max(finest.get(years[id(c)], exact[id(c)]), exact[id(c)])
    earliest, latest = min(support, default=0), max(support, default=0)
    for c in each:
        year = years[id(c)]
        if year == earliest:
            c.features.add("earliest")
        if year == latest != earliest:
            c.features.add("latest")
        if own is not None and year >= own - 2:
            c.features.add("recent")
        if own is not None and year > own:
            c.features.add("to-come")
        if year < 1945:
            c.features.add("old")
        if support[year] > 1:
            c.features.add("repeated")
        if earliest == latest:
            c.features.add("only-year")
        if acts and id(c) not in acts:
            c.features.add("rival-act")
        if c.features & {"bare"} and len(each) > 1:
            c.features.add("bare-rival" if begun - {year} else "bare-alike")
        if near and id(c) not in near:
            c.features.add("rival-near")
        if year in over and c.event is not Event.ENDED:
            c.features.add("year-of-end")
        if exact[id(c)] < finest[year]:
            c.features.add("finer-told")
        if exact[id(c)] < Precision.YEAR:
            c.features.add("vague")
    for first in each[:1]:
        first.features.add("first")
