"""The signs by which one of the places that bear a name is meant, and not its namesake of another country."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from pipeline.gazetteer import Candidate, distance_km, fold
from pipeline.gazetteer.gazetteer import UNKNOWN_POPULATION, named_weight
from pipeline.gazetteer.tables import settler_countries
from pipeline.model import CountryMention, Document, PlaceMention
from pipeline.recognise.names import given_in
from pipeline.recognise.neighbours import runs
from pipeline.recognise.tongues import languages_in, title_languages
from pipeline.tokens import Token

_BESIDE, _CLOSE = 40, 130
_VOICE = 90
"""Within so many characters a person's name tells of a town."""
_REACHES = (40, 120, 350)
"""Kilometres to another place of the page."""


class Surroundings:
    """What a page tells of countries and places, found once for all its names."""

    def __init__(
        self,
        document: Document,
        tokens: Sequence[Sequence[Token]],
        mentions: Sequence[PlaceMention],
        sure: Sequence[PlaceMention],
        countries: Sequence[CountryMention],
    ) -> None:
        """Note what is sure: the places that need no choice, the countries named."""
        self.document = document
        self.tokens = tokens
        self.countries = countries
        self.home = document.home.place if document.home else None
        self.sure = {m.place.place_id: m.place for m in sure if self.home is None or m.place != self.home}
        self.seen = Counter(p.country for p in self.sure.values())
        self.by_block: dict[int, list[CountryMention]] = {}
        for country in countries:
            self.by_block.setdefault(country.block, []).append(country)
        self.page = Counter(c.country for c in countries)
        ordered = sorted(mentions, key=lambda m: (m.start, m.end))
        surely = {(m.start, m.end) for m in sure}
        self.runs: dict[int, Counter[str]] = {}
        for run in runs(document, ordered, 2):
            for i in run:
                others = (ordered[j] for j in run if j != i)
                self.runs[ordered[i].start] = Counter(
                    o.place.country for o in others if (o.start, o.end) in surely
                )

    def told(self, mention: PlaceMention, country: str, admin1: str = "") -> str:
        """Return how close to a mention a country, or its region, is named; empty where it is not."""
        fits = [c for c in self.by_block.get(mention.block, ()) if _fits(c, country, admin1)]
        gap = min((max(c.start - mention.end, mention.start - c.end) for c in fits), default=None)
        if gap is not None:
            return "beside" if gap <= _BESIDE else "close" if gap <= _CLOSE else "block"
        block = self.document.blocks[mention.block]
        for other in (mention.block - 1, mention.block + 1, *block.path[-2:]):
            if any(_fits(c, country, admin1) for c in self.by_block.get(other, ())):
                return "next" if abs(other - mention.block) == 1 else "heading"
        return ""

    def voices(self, mention: PlaceMention) -> frozenset[str]:
        """Return the languages of given names and titles around a mention, but for those of the page."""
        words = [
            t.text
            for t in self.tokens[mention.block]
            if abs(t.start - mention.start) <= _VOICE and t.text[0].isupper() and t.start != mention.start
        ]
        lang = self.document.lang
        langs = [given_in(w) | title_languages(w) | title_languages(w, "own_titles") for w in words]
        return frozenset(x for found in langs if found and lang not in found for x in found)


def _fits(mention: CountryMention, country: str, admin1: str) -> bool:
    return mention.country == country and (not admin1 or mention.admin1 == admin1)


def signs_of(
    around: Surroundings,
    name: str,
    mentions: Sequence[PlaceMention],
    candidate: Candidate,
    rivals: Sequence[Candidate],
) -> list[str]:
    """Return the signs that a name means a candidate, the weightiest place of it in its country."""
    home = around.home
    found = _of_name(around, name, candidate, rivals)
    country = candidate.place.country
    if home is not None:
        found += country_signs(around.document.lang, home.country, country)
        away = distance_km(home, candidate.place)
        found += [f"home<{km}" for km in _REACHES if away <= km]
    near = min((distance_km(p, candidate.place) for p in around.sure.values()), default=math.inf)
    found += [f"near<{km}" for km in _REACHES if near <= km]
    found.append(f"seen:{min(2, around.seen[country])}")
    found += _of_mentions(around, mentions, candidate)
    return found


def country_signs(lang: str, home: str, country: str) -> list[str]:
    """Return the signs that a page in a language, of a town in a home country, names a place in a country."""
    if home == country:
        return ["home-country", f"home-country:{country}"]
    return [f"twin:{home}>{country}", f"from:{lang}>{country}"]


def _of_name(around: Surroundings, name: str, candidate: Candidate, rivals: Sequence[Candidate]) -> list[str]:
    home = around.home.country if around.home else ""
    place = candidate.place

    def weight(one: Candidate) -> float:
        return math.log10(named_weight(one, name, home, UNKNOWN_POPULATION))

    behind = max(weight(r) for r in rivals) - weight(candidate)
    found = [
        f"behind:{min(8, round(behind * 2))}",
        f"size:{round(math.log10(place.population or UNKNOWN_POPULATION))}",
    ]
    if candidate is rivals[0]:
        found.append("weightiest")
    found.append("main" if candidate.main else "alternate")
    if place.name == name:
        found.append("exact")
    elif fold(place.name) == fold(name):
        found.append("respelt")
    if candidate.usual:
        found.append("usual")
    if place.country in settler_countries():
        found.append("settlers" if home not in settler_countries() else "settlers-too")
    if place.feature != "city":
        found.append("region")
    return found


def _of_mentions(around: Surroundings, mentions: Sequence[PlaceMention], candidate: Candidate) -> list[str]:
    country, admin1 = candidate.place.country, candidate.place.admin1
    abroad = around.home is None or around.home.country != country
    found: set[str] = set()
    for mention in mentions:
        if told := around.told(mention, country):
            found.add(f"told:{told}" if abroad else f"told-home:{told}")
        if admin1 and (told := around.told(mention, country, admin1)):
            found.add(f"region:{told}")
        run = around.runs.get(mention.start)
        if run:
            found.add(
                "run:all"
                if len(run) == 1 and country in run
                else "run:some"
                if country in run
                else "run:none"
            )
        langs = around.voices(mention)
        if langs:
            found.add(f"voice:{'own' if langs & languages_in(country) else 'other'}")
    if not any(s.startswith("told") for s in found):
        found.add("told:page" if around.page[country] else "untold")
    return sorted(found)
