"""Which country a page is at home in, by postcodes, domains, offices, spelling, and the places it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from pipeline.clean.home_namesakes import Evidence, Neighbours
from pipeline.lexicon import LANGUAGES
from pipeline.lexicon import load as lexicon

_MOST_SIGNS = 3  # of one country in one part of a page
_NAMED = 3  # what a country that the title or a publisher's line names counts
_NAMED_ABROAD = 1  # ... one whose towns hardly write in the page's language
_CROWD = 0.5  # what a name counts for the country where others are its neighbours
_GERMAN = 1.5  # what German itself counts for Germany
_EVEN, _AHEAD = 0.4, 1.5  # how sure a country is that is not ahead of another, and how far makes it sure
_HINT, _MOST_HINTS = 0.5, 3
_LOCALE, _USUAL_LOCALE = 2.0, 0.5  # what the region of a locale counts; of one that templates come with
_USUAL = frozenset({"US", "DE"})


_MARKS = re.compile(r"[\s.,;:!?()–-]+")


@cache
def home_countries(lang: str) -> frozenset[str]:
    """Return the countries whose towns write in a language."""
    return frozenset(lexicon(lang, "places")["home_countries"])


@cache
def tongue_countries(lang: str) -> frozenset[str]:
    """Return the countries whose people speak a language."""
    return frozenset(lexicon(lang, "places")["tongue_countries"])


@cache
def _signs() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Return the signs of each country, each with the letters that a text with it must have, if known."""
    signs: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for lang in LANGUAGES:
        for code, words in lexicon(lang, "places")["country_signs"].items():
            for word in words:
                plain = word.replace("\\b", "").replace("\\.", ".").replace("\\+", "+")
                signs.setdefault(code, []).append((re.sub(r".*[^\w .+£-].*", "", plain), re.compile(word)))
    return signs


def _count(signs: list[tuple[str, re.Pattern[str]]], text: str) -> int:
    return sum(len(sign.findall(text)) for letters, sign in signs if letters in text)


@cache
def _hints(lang: str) -> dict[str, list[str]]:
    """Return what pages of some countries say rather than others: "twinned" and "honour" in Britain."""
    hints = lexicon(lang, "places").get("country_hints", {})
    return {code: [f" {word}" for word in words] for code, words in hints.items()}


def evidence(
    texts: Sequence[str],
    locale: str,
    named: Counter[str],
    regions: Mapping[tuple[str, str], int],
    neighbours: Neighbours,
    lang: str,
) -> Evidence:
    """Return what a page says of where it is at home.

    Args:
        texts: The parts of the page.
        locale: The locale that the page declares, or empty.
        named: The countries that its title and its publisher's lines name.
        regions: The regions that it names by themselves, as (country, admin1).
        neighbours: The places that it names without a country.
        lang: ``de`` or ``en``.
    """
    ours = home_countries(lang)
    votes: dict[str, float] = {
        code: count * (_NAMED if code in ours else _NAMED_ABROAD) for code, count in named.items()
    }
    for code, signs in _signs().items():
        found = sum(min(_MOST_SIGNS, _count(signs, text)) for text in texts)
        if found:
            votes[code] = votes.get(code, 0.0) + found
    lower = _MARKS.sub(" ", " ".join(texts).lower())
    for code, hints in _hints(lang).items():
        kinds = sum(hint in lower for hint in hints)
        if kinds:
            votes[code] = votes.get(code, 0.0) + _HINT * min(_MOST_HINTS, kinds)
    for code, crowd in neighbours.crowds().items():
        if code in ours:
            votes[code] = votes.get(code, 0.0) + _CROWD * crowd
    region = locale.replace("_", "-").partition("-")[2].upper()
    if region in ours:
        votes[region] = votes.get(region, 0.0) + (_USUAL_LOCALE if region in _USUAL else _LOCALE)
    if lang == "de":  # a German page that speaks of France is not for that a French one
        votes = {code: votes[code] for code in votes if code in ours}
        votes["DE"] = votes.get("DE", 0.0) + _GERMAN
    rank = {code: i for i, code in enumerate(lexicon(lang, "places")["home_countries"])}
    ordered = sorted(votes, key=lambda code: (-votes[code], rank.get(code, len(rank)), code))
    if not ordered:
        return Evidence("", 0.0, votes, regions)
    ahead = votes[ordered[0]] - (votes[ordered[1]] if ordered[1:] else 0.0)
    return Evidence(ordered[0], min(1.0, _EVEN + ahead / _AHEAD), votes, regions)
