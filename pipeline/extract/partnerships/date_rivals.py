"""Signs of a date for a pair that lie in others: in other pairs, other towns, other dates and persons.

A date is told of one pair of a sentence, unless it joins several; where another pair is nearer to it, or
where the words right around it speak of another town, of a person's time or of what has not happened since,
it is hardly the founding of this one. Each sign is a generic feature for ``dater``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from pipeline.edtf import Precision, precision
from pipeline.extract.context import Context
from pipeline.extract.cues import has
from pipeline.extract.partnerships.reading import granted
from pipeline.model import Block, DateMention

_CLOSE = 40
"""So near to a date an office is held from then on, in characters."""
_REACH = 300
"""No part of a sentence reaches farther from its date, in characters."""
_HELD = 60
"""So far before a date the office may stand that is held since then."""
_RANKS = (
    ("in-turn", "beside", "ahead"),
    ("aligned",),
    ("named", "label"),
    ("owned", "meant"),
    ("focus",),
)
"""What ties a date to a pair, the closest first; ``focus-above`` is looser than all of them."""
_COMMA = re.compile(r"[,;:()·|–—]\s|\)|\.\s")


def rank(features: set[str]) -> int:
    """Return how closely a date is tied to a pair; 0 is closest."""
    return next((i for i, signs in enumerate(_RANKS) if not features.isdisjoint(signs)), len(_RANKS))


def compete(claims: Sequence[tuple[int, DateMention, set[str]]]) -> None:
    """Say of each claim of a pair on a date of the text whether another pair has a better one.

    Args:
        claims: (number of the pair, date, features) each; the features get ``outbid``, ``sole`` or ``joint``.
    """
    by_date: dict[DateMention, list[tuple[int, int, set[str]]]] = defaultdict(list)
    for bond, date, features in claims:
        by_date[date].append((rank(features), bond, features))
    for rivals in by_date.values():
        best = min(standing for standing, _, _ in rivals)
        first = {bond for standing, bond, _ in rivals if standing == best}
        for standing, _, features in rivals:
            if standing > best:
                features.add("outbid")
            else:
                features.add("sole" if len(first) == 1 else "joint")


def part_of(text: str, start: int, date: DateMention, end: int) -> tuple[int, int]:
    """Return the part of a sentence, between two marks, that a date stands in."""
    start, end = max(start, date.start - _REACH), min(end, date.end + _REACH)
    left = max((m.end() for m in _COMMA.finditer(text, start, date.start)), default=start)
    mark = _COMMA.search(text, date.end, end)
    return left, mark.start() if mark else end


def around(
    context: Context, date: DateMention, start: int, end: int, lang: str, own: frozenset[str], hub: str
) -> set[str]:
    """Say what the words between the marks around a date in ``text[start:end]`` name beside it.

    ``part-own``, ``part-hub`` and ``part-other`` are places: of the pair, the home, and others.

    Args:
        context: The document.
        date: The date.
        start: Where its sentence begins.
        end: Where it ends.
        lang: ``de`` or ``en``.
        own: The places that tell the pair from others.
        hub: The pair's other place.
    """
    text = context.text
    left, right = part_of(text, start, date, end)
    signs = set()
    for place in context.places(left, right):
        name = place.place.place_id
        signs.add("part-own" if name in own else "part-hub" if name == hub else "part-other")
    if "part-other" in signs and "part-own" not in signs:
        signs.add("part-other-only" if "part-hub" not in signs else "part-other-hub")
    if context.triggers(left, right):
        signs |= {"part-bond", *(f"{sign}&bond" for sign in signs if sign.startswith("part-"))}
    near = (max(left, date.start - _CLOSE), min(right, date.end + _CLOSE))
    if context.offices(*near):
        signs.add("part-office")
    if _in_office(context, start, date, lang):
        signs.add("in-office")
    if _of_stranger(context, start, date, lang, own, hub):
        signs.add("of-others")
    if context.persons(left, right):
        signs.add("part-person")
    words = text[left:right]
    if has(words, lang, "lull"):
        signs.add("lull")
    if has(words, lang, "absent") and has(text[left : date.start], lang, "since_then"):
        signs.add("absent-since")
    words_for = sum(not t.weak for t in context.triggers(left, right))
    named = (p for p in context.places(left, right) if p.place.place_id in own)
    bound = words_for > sum(granted(context, p, lang) for p in named)
    lasting = has(text[left : date.start], lang, "since_then")
    if lasting and (has(words, lang, "caring") or (not bound and has(words, lang, "visiting"))):
        signs.add("of-visits")
    if has(words, lang, "intended"):
        signs.add("intended")
    return signs


def _in_office(context: Context, start: int, date: DateMention, lang: str) -> bool:
    """Whether somebody holds an office from a date on: "mayor of Zwolle since 2019"."""
    office = next(iter(reversed(context.offices(max(start, date.start - _HELD), date.start))), None)
    if office is None:
        return False
    gap = context.text[office.end : date.start]
    for place in context.places(office.end, date.start):
        gap = gap.replace(context.text[place.start : place.end], " ")
    return has(gap, lang, "in_office")


def _of_stranger(
    context: Context, start: int, date: DateMention, lang: str, own: frozenset[str], hub: str
) -> bool:
    """Whether a date is in a clause that hangs on another town: "guests from C, twinned with A in 1966"."""
    places = [p for p in context.places(max(start, date.start - _REACH), date.start) if p.form == "name"]
    for place in reversed(places):
        name = place.place.place_id
        if has(context.text[place.end : date.start], lang, "hanging_bond"):
            inside = {p.place.place_id for p in places if p.start > place.start}
            return name not in own and name != hub and hub not in inside and bool(inside & own)
    return False


def stamped(context: Context, block: Block, date: DateMention) -> bool:
    """Whether a day is all that a line says, or stands apart at its head: the date of a news item."""
    if precision(str(date.edtf)) is not Precision.DAY:
        return False
    text = context.text
    ahead = sum(c.isalpha() for c in text[block.start : date.start])
    behind = text[date.end : block.end]
    return ahead <= 3 and (
        not any(c.isalpha() for c in behind) or re.match(r"\s*[:|–—\n-]", behind) is not None
    )
