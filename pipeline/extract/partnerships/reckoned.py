"""Dates told from another partner's: "zwei Jahre nach A kam B", "B, the same year as A"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.edtf import year
from pipeline.extract.context import Context
from pipeline.extract.partnerships.clues import Bond, Spot, links_of, spots
from pipeline.extract.partnerships.finding import Dating
from pipeline.lexicon import load
from pipeline.model import Basis, Event, Evidence
from pipeline.recognise.dates.numbers import numbers

RULE = "founding:reckoned"
_ROUNDS = 4
"""How long a chain of dates, each told from the one before, is followed."""


def reckoned(context: Context, bonds: Sequence[Bond], dated: dict[int, str]) -> list[Dating]:
    """Return dates for the bonds that have none; ``dated`` maps the others' indices to theirs."""
    known = frozenset(place for bond in bonds for place in bond.partners)
    told = [
        (spot, *found)
        for spot in spots(context, known)
        for found in _told(context, spot)
        if len(dated) < len(bonds)
    ]
    years = {i: number for i, edtf in dated.items() if (number := year(edtf)) is not None}
    made: list[Dating] = []
    for _ in range(_ROUNDS if told else 0):
        before = len(made)
        for spot, match, add in told:
            source = _source(context, bonds, spot, match, years)
            target = _target(bonds, spot, match, source)
            if source is None or target is None or target in years or target in dated:
                continue
            bond = bonds[target]
            years[target] = years[source] + add
            quote = (Evidence(spot.start, spot.end, RULE),)
            made.append(Dating(bond.a, bond.b, f"{years[target]:04d}", Event.SINCE, Basis.DERIVED, quote))
        if len(made) == before:
            break
    return made


def _told(context: Context, spot: Spot) -> Iterator[tuple[re.Match[str], int]]:
    """Yield the words of a sentence that lead to another partner, with the years that they add."""
    for sign, pattern in _patterns(spot.block.lang):
        for match in pattern.finditer(context.text, spot.start, spot.end):
            word = (match.groupdict().get("n") or "1").lower()
            count = int(word) if word.isdigit() else numbers(spot.block.lang).cardinal.get(word, 1)
            yield match, sign * count


def _source(
    context: Context, bonds: Sequence[Bond], spot: Spot, match: re.Match[str], years: dict[int, int]
) -> int | None:
    """Return the dated bond that is told from: its partner, or the one of its country, comes next."""
    reach = min(spot.end, match.end() + 60)
    for place in context.places(match.end(), reach):
        if place.start - match.end() <= 1:
            own = [i for i in years if place.place.place_id in bonds[i].partners]
            return own[0] if own else None
    for country in context.countries(match.end(), reach):
        if country.start - match.end() <= 1:
            places = [i for i in years if country.country in (bonds[i].a.country, bonds[i].b.country)]
            home = context.home.country if context.home else ""
            return places[0] if len(places) == 1 and country.country != home else None
    return None


def _target(bonds: Sequence[Bond], spot: Spot, match: re.Match[str], source: int | None) -> int | None:
    """Return the bond that the sentence dates: the nearest one named, or the one spoken of."""
    if source is None:
        return None
    others = [m for m in spot.named if m.place.place_id not in bonds[source].partners]
    if others:
        near = min(others, key=lambda m: max(m.start - match.end(), match.start() - m.end))
        own = [i for i, bond in enumerate(bonds) if near.place.place_id in bond.partners and i != source]
    else:
        links = ((i, links_of(spot, bond, set())) for i, bond in enumerate(bonds) if i != source)
        tied = [(i, each) for i, each in links if each]
        own = [i for i, each in tied if "owned" in each] or [i for i, each in tied if "focus" in each]
        if not own:  # the sentence names but the other; what it is about stands before
            before = (spot.owners or spot.focus) - bonds[source].partners
            own = [i for i, bond in enumerate(bonds) if bond.partners & before and i != source]
    return own[0] if len(own) == 1 else None


@cache
def _patterns(lang: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    words = load(lang, "cues")["reckoning"]
    number = rf"(?P<n>[0-9]{{1,2}}|{numbers(lang).cardinal_pattern})"
    between = "|".join(words["between"])
    found = []
    for sign, key in ((1, "after"), (-1, "before"), (0, "same")):
        shapes = (rf"\b(?i:{each.replace('{n}', number)})" for each in words[key])
        found += [(sign, re.compile(rf"{each} (?:(?i:{between})(?!\w) ?)?")) for each in shapes]
    return tuple(found)
