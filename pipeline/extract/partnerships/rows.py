"""What a row of a table says by itself: whom it names, and whether it takes the bond back."""

from __future__ import annotations

import itertools
import re

from pipeline.extract.context import Context
from pipeline.extract.cues import has, polarity
from pipeline.gazetteer import unlinked
from pipeline.lexicon import all_words
from pipeline.model import Block, Kind, Place, PlaceMention, Status, TriggerMention

_PIECE = re.compile(r"[,;.()!](?=\s|$|\()|(?<=\s)\(")
_PAIR = re.compile(r"\s*(?:\([^()]{1,40}\)\s*)?(?:[–—↔+]|\s-\s|\b(?:mit|with|and|und)\b)\s*")
_JOIN = re.compile(r"(?:[,;/&+\s]|\b(?:und|and|sowie)\b)+")
_BRACKET = re.compile(r"\([^)]*\)")
_LONGEST = 5


def of_others(headers: list[str]) -> bool:
    """Whether the headers are of a table of visits, costs or clubs rather than of partners."""
    words = [set(re.findall(r"\w+", header.casefold())) for header in headers]
    occasion = any(found & all_words("tables", "occasion") for found in words)
    return occasion or bool(words and words[0] & all_words("tables", "subject"))


def denied(context: Context, cells: list[Block], pair: tuple[Place, Place], *, dated: bool) -> bool:
    """Whether the words of a row deny the bond of a pair, or only wish it.

    A piece that names the bond outweighs one that denies it ("Projektpartnerschaft, kein förmlicher
    Vertrag"); a wish beside a date of the bond is for something else.
    """
    doubted = False
    for block in cells:
        for start, end in _pieces(context.text, block.start, block.end):
            text, lang = context.text[start:end], block.lang
            named_here = [p.place for p in context.places(start, end) if p.form == "name"]
            if named_here and not any(place in pair for place in named_here):
                continue  # of another place
            stance = polarity(text, lang)
            if stance.denied or has(text, lang, "row_denial") or has(text, lang, "refused"):
                doubted = True
            elif stance.wished and stance.status is not Status.PLANNED:
                doubted = doubted or not dated
            elif any(not t.weak for t in context.triggers(start, end)):
                return False
    return doubted


def kinds_named(context: Context, start: int, end: int, lang: str) -> list[Kind]:
    """Return the kinds that a row names, and neither denies nor has left behind.

    "Patenschaft. Keine Städtepartnerschaft"; "zuvor Patenschaft".
    """
    return [
        trigger.kind
        for a, b in _pieces(context.text, start, end)
        if not polarity(context.text[a:b], lang).denied
        for trigger in context.triggers(a, b)
        if not trigger.weak and not has(context.text[a : trigger.start], lang, "before_that")
    ]


def corrected(context: Context, start: int, end: int, lang: str) -> TriggerMention | None:
    """Return the relation that a sentence states for one it denies: "no twin town, but a friendship city"."""
    denied_before = False
    for a, b in _pieces(context.text, start, end):
        stance = polarity(context.text[a:b], lang)
        strong = [t for t in context.triggers(a, b) if not t.weak]
        if stance.denied:
            denied_before = True
        elif denied_before and strong and stance.states and has(context.text[a:b], lang, "instead"):
            return strong[0]
    return None


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    edges = [start, *(m.end() for m in _PIECE.finditer(text, start, end)), end]
    return [(a, b) for a, b in itertools.pairwise(edges) if text[a:b].strip(" ,;.()!")]


def named(
    context: Context, block: Block, first: PlaceMention, *, sure: bool = False
) -> tuple[PlaceMention, ...]:
    """Return all the partners that a cell names from ``first`` on: "Gunsan, Ohrid".

    A second name may be where the first one lies or a part of its own ("Burnham and Highbridge"), unless
    the countries differ, there are more, or it is ``sure`` that there are several.
    """
    found = [first]
    for place in context.places(first.end, block.end):
        if place.form != "name" or not _JOIN.fullmatch(bare(context, found[-1].end, place.start)):
            break
        if place.place not in [f.place for f in found]:
            found.append(place)
    apart = len({f.place.country for f in found}) > 1
    return tuple(found) if sure or apart or len(found) > 2 else (first,)


def cell_pair(context: Context, block: Block) -> tuple[Place, Place] | None:
    """Return the two sides of a pair in one cell, the one at home first: "Llanelli – Agen (France)"."""
    first = context.leading_place(block.start, block.end)
    places = context.places(first.end, block.end) if first is not None and context.home is not None else []
    if first is None or context.home is None or not places or places[0].form != "name":
        return None
    if not _PAIR.fullmatch(context.text[first.end : places[0].start]):
        return None
    a, b = first.place, places[0].place
    at_home = [place.country == context.home.country for place in (a, b)]
    if a == b or not any(at_home):
        return None
    return (a, b) if at_home[0] else (b, a)


def bare(context: Context, start: int, end: int) -> str:
    """Return the words between two places without countries, dates and brackets."""
    gap = context.text[start:end]
    spans = [(c.start, c.end) for c in context.countries(start, end)]
    spans += [(d.start, d.end) for d in context.dates(start, end)]
    for begin, stop in spans:
        gap = gap.replace(context.text[begin:stop], "")
    return _BRACKET.sub("", gap)


def unknown(context: Context, block: Block) -> Place | None:
    """Return the place that a short cell of a column of places names, where the gazetteer lacks it."""
    text = re.split(r"\s*[(,;/]", context.document.words(block).strip(), maxsplit=1)[0].strip()
    words = text.split()
    if not 0 < len(words) <= _LONGEST or not (words[0][0].isupper() and words[-1][0].isupper()):
        return None
    if (
        len(text) < 3
        or text.isupper()
        or any(c.isdigit() for c in text)
        or has(text, block.lang, "row_denial")
    ):
        return None
    if context.countries(block.start, block.start + len(text)) or context.triggers(block.start, block.end):
        return None
    countries = context.countries(block.start, block.end)
    return unlinked(text, countries[0].country if countries else "")
