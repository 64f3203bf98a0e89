"""Regions that are partners: Kent County Council, a bond "with Brittany"; but not in "Vannes, Brittany"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipeline.gazetteer.countries import match_country
from pipeline.gazetteer.fold import fold
from pipeline.gazetteer.gazetteer import Gazetteer
from pipeline.gazetteer.units import units
from pipeline.lexicon import all_words, load
from pipeline.model import Place
from pipeline.tokens import Token

_LONG = 9  # Partnerregion, but not Partner
_REACH = 14  # words between a word for a bond and the region that it is with
_ADJECTIVES = 2
# Bound as nations, by no town.
_NATIONS = frozenset({"England", "Scotland", "Wales", "Northern Ireland"})


def is_partner(
    tokens: Sequence[Token],
    first: int,
    last: int,
    region: Place,
    town: tuple[int, str] | None,
    gazetteer: Gazetteer,
    lang: str,
) -> bool:
    """Whether the region at tokens ``first`` to ``last`` is a place of its own, and locates no other.

    ``town`` is the place before it, as the token behind it and its name; None where none stands before.
    """
    named = any(word.text.casefold() in all_words("places", "region_words") for word in tokens[first:last])
    told = _listed(tokens, first, last, region, lang)
    if not (named or told or _acts(tokens, first, last) or _bound(tokens, first, last, region, lang)):
        return False
    return not _locates(tokens, first, region.country, town, gazetteer)


def _acts(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a unit stands beside a region's name: Kent County Council, province of Jiangsu."""
    known = units()
    before = [t.text for t in tokens[max(0, first - 3) : first]]
    if last < len(tokens) and tokens[last].text in known.council_after:
        return True
    if before[-2:] == ["of", "the"]:
        before.pop()
    if not before:
        return False
    if before[-1] == "of" and len(before) > 1:
        unit = before[-2].capitalize()
        return unit in known.after or unit in known.before
    # das Kürzel des Départements Deux-Sèvres: the genitive tells whose something is
    return before[-1] in known.before and before[-1] not in known.plain


def _listed(tokens: Sequence[Token], first: int, last: int, region: Place, lang: str) -> bool:
    """Whether a region stands in a list with its country behind it: Fife (Scotland), Toskana (Italien)."""
    if not region.admin1 or region.name in _NATIONS or last >= len(tokens) or tokens[last].text != "(":
        return False
    if first and tokens[first - 1].text not in all_words("places", "listing"):
        return False
    country = match_country([t.text for t in tokens[last + 1 : last + 5]], 0, lang)
    return country is not None and country[1].country == region.country


@cache
def _bonds(lang: str) -> tuple[tuple[str, ...], frozenset[str], frozenset[str], frozenset[str]]:
    data = load(lang, "places")
    return (
        tuple(data["bond_words"]),
        frozenset(data["bonds_with"]),
        frozenset(data["region_articles"]),
        frozenset(data["region_endings"]),
    )


def _bound(tokens: Sequence[Token], first: int, last: int, region: Place, lang: str) -> bool:
    """Whether a word for a bond and its preposition lead to a region: a twinning with Brittany."""
    words, prepositions, articles, endings = _bonds(lang)
    at = first - 1
    for _ in range(_ADJECTIVES):  # mit dem österreichischen Burgenland
        if at >= 0 and tokens[at].text.islower() and tokens[at].text.endswith(tuple(endings)):
            at -= 1
    at -= at >= 0 and tokens[at].text in articles
    of_old = not region.admin1 or region.name in _NATIONS  # Bohemia is no community
    if not of_old and _partner_before(tokens, at):
        return True
    if at < 1 or tokens[at].text not in prepositions or of_old:
        return False
    owner = tokens[last - 1].text.endswith(("'s", "’s"))
    after = tokens[last].text if last < len(tokens) else "."
    if owner or after[0].isupper() or after == "-":
        return False  # with Brittany's Vannes
    return any(fold(t.text).startswith(words) for t in tokens[max(0, at - _REACH) : at])


def _partner_before(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word for a partner stands at ``at``: Partnerregion Aragón, our twin county Fife."""
    if at < 0:
        return False
    unit = at > 0 and tokens[at].text.casefold() in all_words("places", "region_words")
    words = tuple(all_words("places", "region_partners"))
    return fold(tokens[at - unit].text).startswith(words) and (unit or len(tokens[at].text) > _LONG)


def _locates(
    tokens: Sequence[Token], first: int, country: str, town: tuple[int, str] | None, gazetteer: Gazetteer
) -> bool:
    """Whether a region tells where something lies: in der Region Bretagne; Hefei, Anhui Province."""
    known = units()
    behind, name = town or (first, "")
    candidates = gazetteer.candidates(name) if name else ()
    between = [t.text for t in tokens[behind:first]] if name else []
    if any(c.place.feature != "city" for c in candidates[:1]):
        between = []  # an enumeration of regions
    telling = between in ([","], ["("]) or (
        len(between) == 2 and between[0] in ",(" and between[1] in known.before
    )
    if telling:
        return any(c.place.country == country for c in candidates)
    before = [t.text.casefold() for t in tokens[max(0, first - 4) : first]]
    return any(word in known.locative for word in before)


def is_island(
    tokens: Sequence[Token],
    first: int,
    last: int,
    country: str,
    town: tuple[int, str] | None,
    gazetteer: Gazetteer,
) -> bool:
    """Whether the name of an island and country stands for its community: twinned with Guernsey."""
    if first == 0:
        return last < len(tokens) and tokens[last].text[0].islower()
    if town is not None and [t.text for t in tokens[town[0] : first]] in ([","], ["("], ["/"]):
        return not any(c.place.country == country for c in gazetteer.candidates(town[1]))
    return tokens[first - 1].text.casefold() not in all_words("places", "island_where")


__all__ = ["is_island", "is_partner"]
