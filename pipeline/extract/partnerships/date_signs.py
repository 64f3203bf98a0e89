"""Signs of a date for a pair: how its words stand to the pair's name, and what phrase the date is part of.

Each is a generic feature for ``dater``; the words they rest on are in ``cues.toml`` under ``dating``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.extract.context import Context
from pipeline.extract.cues import has
from pipeline.lexicon import load
from pipeline.model import DateMention, PlaceMention

_NEAR, _FAR = 15, 70
_REACH = 60
"""How far before a date the phrase that it is part of may begin, in characters."""
_FAR_BACK = 120
"""The same for what a date is of, which may have an owner of many words."""
_PROSE = 60


def standing(context: Context, own: Sequence[PlaceMention], date: DateMention) -> set[str]:
    """Say how far a date is from the nearest of a pair's own names, and what lies between.

    Args:
        context: The document.
        own: The pair's names in it, at least one.
        date: The date.
    """

    def between(mention: PlaceMention) -> tuple[int, int]:
        return (mention.end, date.start) if mention.end <= date.start else (date.end, mention.start)

    def distance(mention: PlaceMention) -> tuple[bool, int, int]:
        left, right = between(mention)
        return _parted(context.text[left:right]), right - left, mention.start

    near = min(own, key=distance)
    left, right = between(near)
    gap = context.text[left:right]
    signs = {"gap:near" if len(gap) < _NEAR else "gap:far" if len(gap) > _FAR else "gap:mid"}
    others = [p for p in context.places(left, right) if p.form == "name" and p.place != near.place]
    if any(not context.is_home(p.place) for p in others):
        signs.add("name-between")
    if context.dates(left, right):
        signs.add("date-between")
    if _parted(gap):
        signs.add("gap:parted")
    elif has(gap, _lang(context, near), "turning"):
        signs.add("gap:turned")
    return signs


def phrase(text: str, start: int, date: DateMention, end: int, lang: str) -> set[str]:
    """Say what the words right before and behind a date in ``text[start:end]`` make of it.

    ``of-bond``: it is the date of a bond's paper ("Vertrag vom 12. Mai 1956", "the 1957 agreement").
    ``not-until``: what was long in coming ("not signed until 1988", "dauerte bis 1999, ehe").
    ``after``: it is told from something else ("nach dem Unwetter vom August 2005").
    ``aside``: it stands in a clause that hangs on a name ("wo er 1978 Urlaub machte").
    """
    before = text[max(start, date.start - _REACH) : date.start]
    behind = text[date.end : min(end, date.end + _REACH)]
    signs = set()
    for sign in ("of_bond", "not_until", "after", "aside"):
        ahead, later = _frames(lang, sign)
        if (ahead is not None and ahead.search(before)) or (later is not None and later.match(behind)):
            signs.add(sign.replace("_", "-"))
    return signs


def at_edge(text: str, date: DateMention, lang: str) -> bool:
    """Whether a time before or after a date is meant, and not the date: "vor 2000", "after 1990"."""
    ahead, _ = _frames(lang, "edge")
    return ahead is not None and ahead.search(text[max(0, date.start - 20) : date.start]) is not None


def of_something_else(text: str, start: int, date: DateMention, end: int, lang: str) -> bool:
    """Whether a date in ``text[start:end]`` is of a thing: "a letter of 2018", "the flood of 2005"."""
    before = text[max(start, date.start - _FAR_BACK) : date.start]
    behind = text[date.end : min(end, date.end + _REACH)]
    ahead, later = _frames(lang, "thing")
    befell, _ = _frames(lang, "mishap")
    told = any(frame is not None and frame.search(before) for frame in (ahead, befell))
    return told or (later is not None and later.match(behind) is not None)


def is_prose(start: int, end: int) -> bool:
    """Whether a span is long enough to be told in words, not noted."""
    return end - start > _PROSE


def _parted(gap: str) -> bool:
    return any(mark in gap for mark in ("; ", ". ", " – ", " — "))


def _lang(context: Context, mention: PlaceMention) -> str:
    return context.document.blocks[mention.block].lang


@cache
def _frames(lang: str, sign: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Return the patterns for the words before a date and for those behind it."""
    words = load(lang, "cues")["dating"]
    ahead, behind = words.get(sign, []), words.get(f"{sign}_behind", [])
    return (
        re.compile(rf"(?<!\w)(?:{'|'.join(ahead)})$", re.IGNORECASE) if ahead else None,
        re.compile(rf"(?:{'|'.join(behind)})(?!\w)", re.IGNORECASE) if behind else None,
    )
