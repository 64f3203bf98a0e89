"""Names that a page has introduced and repeats: a short form, or a place that the gazetteer lacks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pipeline.gazetteer import fold, ordinary_words
from pipeline.lexicon import LANGUAGES, load
from pipeline.model import CountryMention, Document, Place, PlaceMention

_SHORTEST = 4
# These join two names of equal rank (Windsor and Maidenhead), or end no name of a town (Isle of Wight).
_JOINING = frozenset({"and", "the", "of", "by"})


@cache
def _tail() -> re.Pattern[str]:
    words = {word for lang in LANGUAGES for word in load(lang, "places")["particles"]} - _JOINING
    return re.compile(rf"[ -](?:{'|'.join(sorted(words))})[ -]| \(|/")


@cache
def _generic() -> frozenset[str]:
    return frozenset(
        w for lang in LANGUAGES for w in load(lang, "places")["preceded"] + load(lang, "places")["nouns"]
    )


def short_form(name: str) -> str:
    """Return the head of a long name (Neustadt an der Weinstraße, Frankfurt (Oder)); empty for none.

    >>> short_form("San Pietro in Casale")
    'San Pietro'
    """
    match = _tail().search(name, 1)
    head = name[: match.start()] if match else ""
    plain = " " in head or "-" in head or (fold(head) not in ordinary_words() and head not in _generic())
    return head if len(head) >= _SHORTEST and plain else ""


def fuller_names(places: Iterable[tuple[str, Place]]) -> dict[str, Place]:
    """Return what the short forms of a page's long names mean, where only one place is meant."""
    found: dict[str, set[Place]] = {}
    for name, place in places:
        if head := short_form(name):
            found.setdefault(head, set()).add(place)
    return {head: meant.pop() for head, meant in found.items() if len(meant) == 1}


def repeated(
    document: Document,
    mentions: list[PlaceMention],
    fuller: dict[str, Place],
    countries: Sequence[CountryMention],
) -> list[PlaceMention]:
    """Find the short forms, and the names that the gazetteer lacks, where they stand without a sign.

    Not the name of a region where it only tells where something lies (``countries``).
    """
    known = dict(fuller)
    opening = frozenset(load(document.lang, "places")["articles"])  # Auch is a town, but not each time
    for mention in mentions:
        place = mention.place
        alone = len(place.name) >= _SHORTEST and place.name not in opening
        if not place.linked and mention.form == "name" and alone:
            known.setdefault(place.name, place)
    if not known:
        return []
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    taken = sorted({*((m.start, m.end) for m in mentions), *((c.start, c.end) for c in countries)})
    return list(_free(document, re.compile(rf"(?<![\w-])(?:{names})(?![\w-])"), taken, known))


def _free(
    document: Document, pattern: re.Pattern[str], taken: list[tuple[int, int]], known: dict[str, Place]
) -> Iterator[PlaceMention]:
    for block in document.blocks:
        for match in pattern.finditer(document.text, block.start, block.end):
            at = bisect_left(taken, (match.end(), match.end())) - 1
            if at < 0 or taken[at][1] <= match.start():
                yield PlaceMention(match.start(), match.end(), known[match.group()], block.index)
