"""The country that the words beside a place's name tell: a bracket, an apposition, an adjective."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pipeline.gazetteer import country_code
from pipeline.gazetteer.scan import Hit
from pipeline.lexicon import all_words
from pipeline.lexicon import load as lexicon
from pipeline.tokens import Token

_LOOK_AHEAD = 5
_LOOK_BACK = 4
_LABELLING = frozenset(":–—")


class LinkWords(NamedTuple):
    """Words between an adjective and a name, and between a name and its country."""

    nouns: frozenset[str]
    links: frozenset[str]


@cache
def link_words(lang: str) -> LinkWords:
    """Return the words of a language that join a name and its country."""
    data = lexicon(lang, "places")
    return LinkWords(
        frozenset(data["nouns"]),
        frozenset(data["links"]),
    )


def country_after(
    tokens: list[Token], hits: dict[int, Hit], last: int, words: LinkWords
) -> tuple[str, str, int]:
    """Return (country, admin1, tokens used) of the country or region that follows a name."""
    country = admin1 = ""
    i, bracket = last, False
    used = last
    while i < min(len(tokens), last + _LOOK_AHEAD + (4 if country else 0)):
        text = tokens[i].text
        hit = hits.get(i)
        if hit is not None and hit.country and hit.form != "adjective":
            if country and hit.country != country:
                break
            country, admin1 = hit.country, admin1 or hit.admin1
            i = used = hit.last
            continue
        if hit is not None and hit.country and not country and _before_region(tokens, hit, words):
            return hit.country, "", used  # Christchurch in der englischen Grafschaft Dorset
        if hit is not None and not (bracket and i > last + 1):
            break
        river = len(text) == 1 and tokens[i - 1].text == "/"  # Offenbach/M.
        if bracket and text[0].isupper() and len(text) <= 4 and not river and (code := country_code(text)):
            country, admin1, i = country or code.country, admin1 or code.admin1, i + 1
            used = i
            continue
        if text in "(/[":
            if bracket:
                break
            bracket = True
        elif text in ")]":
            return country, admin1, used
        elif text not in ",–-" and text not in words.links:
            break
        i += 1
    return country, admin1, used


def _before_region(tokens: list[Token], hit: Hit, words: LinkWords) -> bool:
    """Whether a country's adjective behind "in the" goes with a word for a region."""
    after = tokens[hit.last].text.casefold() if hit.last < len(tokens) else ""
    linked = hit.first > 0 and tokens[hit.first - 1].text in words.links
    return hit.form == "adjective" and linked and after in all_words("places", "region_words")


def country_before(
    tokens: list[Token], hits: dict[int, Hit], ends: dict[int, Hit], first: int, words: LinkWords
) -> str:
    """Return the country that an adjective or a label before a name tells: das belgische Seebad B."""
    i = first - 1
    label = ends.get(i - 1)
    if label is not None and label.country and label.first == 0 and tokens[i].text in _LABELLING:
        return label.country  # Italy: Lugo
    while i >= 0 and i >= first - _LOOK_BACK:
        hit = ends.get(i)
        if hit is not None and hit.form == "adjective" and hit.country:
            return hit.country
        if hit is not None:
            # the Chinese cities of Shenyang and Guangzhou
            return ""
        if tokens[i].text not in words.nouns and tokens[i].text.casefold() not in words.nouns:
            return ""
        i -= 1
    return ""
