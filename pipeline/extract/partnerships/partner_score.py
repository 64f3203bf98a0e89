"""How likely a place is a partner of the home town, from its signs: a small model of our own.

A mention says so with a probability that is a logistic function of its signs and of those of its place; the
likeliest mention of a place decides. ``partner_weights.tsv`` has the weights.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pipeline.extract.context import Context
from pipeline.extract.cues import has, polarity
from pipeline.extract.partnerships.finding import Finding
from pipeline.extract.partnerships.partner_signs import MENTIONS, PartnerSigns
from pipeline.extract.trace import Veto
from pipeline.model import BlockKind, Place, PlaceMention

FILE = "partner_weights.tsv"
BIAS = "bias"
_BRACKET = 30
_UNITS = ("county", "region", "state", "district")
_REFUSED = (Veto.UNSTATED, Veto.PASSAGE, Veto.ROW, Veto.BODY)


class Candidate(NamedTuple):
    """A place that may be a partner: its mentions, and the signs of each, those of the place among them."""

    place: Place
    mentions: Sequence[PlaceMention]
    signs: Sequence[Sequence[str]]


def candidates(context: Context, findings: Sequence[Finding]) -> list[Candidate]:
    """Return the places of a page on which the rules did not decide, in the page's order.

    They decided on what they bound, be it to another town, and on what the page denies or only wishes. Lines
    of the page's frame (other news, related links) name none.
    """
    signs = PartnerSigns(context, findings)
    return [_candidate(signs, mentions) for mentions in _unread(context, findings).values()]


def supposed(context: Context, findings: Sequence[Finding]) -> Iterator[tuple[tuple[str, str], Candidate]]:
    """Yield the home's partners that the rules read, each as if they had not read it, with its pair.

    What they read where no candidate can stand, in a bare list for instance, is left out.
    """
    signs = PartnerSigns(context, findings)
    for key in dict.fromkeys(f.key for f in findings if context.is_home(f.a) or context.is_home(f.b)):
        others = [f for f in findings if f.key != key]
        unread = _unread(context, others, among=frozenset(key))
        signs.know(others)
        yield from ((key, _candidate(signs, mentions)) for mentions in unread.values())


def _candidate(signs: PartnerSigns, mentions: Sequence[PlaceMention]) -> Candidate:
    place, asked = mentions[0].place, mentions[:MENTIONS]
    of_place = signs.of_place(place, mentions)
    return Candidate(place, asked, [[*of_place, *signs.of_mention(m)] for m in asked])


def _unread(
    context: Context, findings: Sequence[Finding], among: frozenset[str] = frozenset()
) -> dict[str, list[PlaceMention]]:
    """Return the mentions of each place on which the findings leave open what it is; ``among`` these ids."""
    home = context.home
    if home is None:
        return {}
    decided = {f.b.place_id for f in findings}
    decided |= {f.a.place_id for f in findings if context.is_home(f.b)}
    bound = _bound_to_others(findings)  # "our twin has B, too"
    rows = _rows_read(context, findings)
    decided |= {place.place_id for note in context.notes if note.veto in _REFUSED for place in note.places}
    decided.add(home.place_id)
    named: dict[str, list[PlaceMention]] = {}
    for mention in context.mentions.places:
        place_id = mention.place.place_id
        if place_id in decided or (among and place_id not in among):
            continue
        shown = context.document.blocks[mention.block].section >= 0
        told_there = any(start <= mention.start < end for start, end in bound.get(place_id, ()))
        if (
            shown
            and not told_there
            and mention.block not in rows
            and _is_told(context, mention)
            and not _renamed(context, mention)
            and not _denied_behind(context, mention)
            and not _in_county(home, mention.place)
            and not _by_the_way(context, mention)
        ):
            named.setdefault(place_id, []).append(mention)
    return named


def _rows_read(context: Context, findings: Sequence[Finding]) -> set[int]:
    """Return the cells of the rows in which a table's partner was read: none of them names another."""
    blocks = {
        cell: row for table in context.document.tables for row in table.grid for cell in row if cell >= 0
    }
    starts = {context.document.blocks[cell].start: row for cell, row in blocks.items()}
    read = (e.start for f in findings for e in f.evidence if e.rule.startswith("partnership:table"))
    return {cell for start in read for cell in starts.get(start, ())}


def _in_county(home: Place, place: Place) -> bool:
    """Whether the page is a county's or region's, and the place one of the towns that may lie in it."""
    return home.feature in _UNITS and place.feature == "city" and place.country == home.country


def _bound_to_others(findings: Sequence[Finding]) -> dict[str, list[tuple[int, int]]]:
    """Return where the page tells of the bonds of each place that has partners of its own."""
    found: dict[str, list[tuple[int, int]]] = {}
    for finding in findings:
        spans = [(e.start, e.end) for e in finding.evidence]
        found.setdefault(finding.a.place_id, []).extend(spans)
    return found


def _renamed(context: Context, mention: PlaceMention) -> bool:
    """Whether a name in a bracket is another one of the place before it: "Brüx (heute Most)"."""
    start = max(0, mention.start - _BRACKET)
    before = context.text[start : mention.start]
    opened = start + before.rfind(" (")
    if not any(place.end == opened for place in context.places(start - _BRACKET, mention.start)):
        return False
    return has(before, context.document.blocks[mention.block].lang, "other_name")


def _denied_behind(context: Context, mention: PlaceMention) -> bool:
    """Whether the next sentence takes a bond back: "It never became a twinning", a question's "No"."""
    block = context.document.blocks[mention.block]
    start, end = context.told_in(mention)
    behind = next(iter(context.sentences(end, block.end)), None)
    below = context.document.blocks[block.index + 1 : block.index + 2]
    if behind is None and below and below[0].section == block.section:
        behind = next(iter(context.sentences(below[0].start, below[0].end)), None)
    if behind is None:
        return False
    text = context.text[behind.start : behind.end]
    if has(text, block.lang, "retracts"):
        return True
    if has(text, block.lang, "no") and has(context.text[start:end], block.lang, "question"):
        return True
    if behind.block != block.index or context.places(behind.start, behind.end):
        return False
    bond = bool(context.triggers(behind.start, behind.end))
    return bond and polarity(text, block.lang).denied


def _by_the_way(context: Context, mention: PlaceMention) -> bool:
    """Whether a name says of what a place is a part, or where something else was signed."""
    start, end = context.told_in(mention)
    text, lang = context.text, context.document.blocks[mention.block].lang
    if has(text[max(start, mention.start - _BRACKET) : mention.start].rstrip(), lang, "part_of"):
        return True
    return has(text[start:end], lang, "other_act") and not any(
        t.form == "partner" or not t.weak for t in context.triggers(start, end)
    )


def _is_told(context: Context, mention: PlaceMention) -> bool:
    """Whether a mention says more than its layout: in a list, a name by the way is none of the partners."""
    block = context.document.blocks[mention.block]
    if block.kind is BlockKind.PARAGRAPH:
        return True
    if context.triggers(*context.told_in(mention)):
        return True
    lead = context.leading_place(block.start, block.end)
    return lead is not None and lead.start == mention.start and context.scope_of(block) is not None


def probability(signs: Sequence[str], weights: dict[str, float]) -> float:
    """Return how likely one mention shows a partner."""
    total = weights[BIAS] + sum(weights.get(sign, 0.0) for sign in signs)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def load() -> dict[str, float]:
    """Return the weights that the package ships: sign -> weight, in log-odds."""
    lines = files(__package__).joinpath(FILE).read_text(encoding="utf-8").splitlines()
    rows = (line.rsplit("\t", 1) for line in lines if line and not line.startswith("#"))
    return {sign: float(weight) for sign, weight in rows}
