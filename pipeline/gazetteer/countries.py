"""Countries and regions in a text: names, adjectives, codes.

A name of both a country and a region (*Georgia*), a code of two countries (*ET*), or a code of a country and
a US state (*CA*) is one hit whose ``alternatives`` hold the other readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pipeline.gazetteer.fold import fold
from pipeline.gazetteer.tables import regions, rows

LANGUAGES = ("de", "en")
MAX_WORDS = 8
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_ENDINGS = ("", "e", "er", "es", "en", "em")
# Names that are another word in the other language (German for Iceland): not looked up across.
_ONE_LANGUAGE = frozenset({"island", "emirate"})


@dataclass(frozen=True, slots=True)
class CountryHit:
    """A country (ISO 3166-1 alpha-2), or a region of it (``admin1``, GeoNames code; may be empty for one).

    ``form`` is ``name``, ``adjective`` or ``code``; ``region`` tells a region's name or adjective from a
    country's, also where its admin1 code is unknown.
    """

    country: str
    admin1: str = ""
    form: str = "name"
    region: bool = False
    alternatives: tuple[CountryHit, ...] = ()


def country_of(text: str, lang: str) -> CountryHit | None:
    """Return what an exact name, genitive or adjective of a country or region stands for.

    Case is ignored but for the first letter: a name starts with a capital, a German adjective need not.
    Country names of the other language are known too (*Deutschland* on an English page), after those of
    ``lang``. Codes are not read here (see ``country_code``), but for UK, USA and the like.
    """
    text = text.strip()
    key = fold(text)
    if not key:
        return None
    small = text[0].islower()
    tables = _tables(lang)
    if small:
        hit = tables.inflected.get(key)
        return hit if lang == "de" else None
    return tables.names.get(key) or tables.adjectives.get(key) or _genitive(text, key, lang)


def match_country(words: Sequence[str], i: int, lang: str) -> tuple[int, CountryHit] | None:
    """Return how many words from ``i`` make the longest country or region, and which; None for none.

    Words are split as ``WORD`` splits them; the rules are those of ``country_of``.
    """
    longest = words_opened(words[i], lang)
    for count in range(min(longest, len(words) - i), 0, -1):
        if hit := country_of(" ".join(words[i : i + count]), lang):
            return count, hit
    return None


@lru_cache(maxsize=1 << 14)
def words_opened(word: str, lang: str) -> int:
    """Return the words of the longest country or region that a word may open; 0 where it opens none."""
    tables = _tables(lang)
    longest = tables.openings.get(fold(_POSSESSIVE.sub("", word)).partition(" ")[0], 1)
    return longest if longest > 1 or country_of(word, lang) else 0


def country_code(text: str) -> CountryHit | None:
    """Return what a code of a cell or bracket stands for: ISO alpha-2 and -3, a vehicle's sign, a US state.

    Brackets, dots and white space around and inside are ignored; the letters must be capitals.
    """
    code = re.sub(r"[\s.()\[\]]", "", text[:16])
    return _codes().get(code)


def country_name(code: str, lang: str) -> str:
    """Return the usual name of a country in ``de`` or ``en``; the code itself where it is unknown."""
    names = _names_by_code().get(code)
    return code if names is None else names[LANGUAGES.index(lang)]


def country_names(lang: str) -> frozenset[str]:
    """Return the folded names of all countries and regions known in a language."""
    return frozenset(_tables(lang).names)


@dataclass(frozen=True, slots=True)
class _Tables:
    names: dict[str, CountryHit]
    adjectives: dict[str, CountryHit]
    inflected: dict[str, CountryHit]  # the adjectives that are written small
    openings: dict[str, int]  # first word -> words of the longest name


@cache
def _tables(lang: str) -> _Tables:
    if lang not in LANGUAGES:
        raise ValueError(f"no country names in language {lang!r}")
    other = LANGUAGES[1 - LANGUAGES.index(lang)]
    names: dict[str, CountryHit] = {}
    for country, name in _country_names(lang):
        names.setdefault(fold(name), CountryHit(country))
    for region in regions():
        if region.own:
            continue
        own = region.german if lang == "de" else region.english
        hit = CountryHit(region.country, region.admin1, region=True)
        for name in dict.fromkeys((*own, *region.local)):
            _add(names, fold(name), hit)
    for country, name in _country_names(other):
        if fold(name) not in _ONE_LANGUAGE:
            names.setdefault(fold(name), CountryHit(country))
    adjectives: dict[str, CountryHit] = {}
    inflected: dict[str, CountryHit] = {}
    for row in rows(f"adjectives_{lang}.tsv"):
        admin1 = row[1] if row[1] != "-" else ""
        # In adjectives_*.tsv a line without admin1 is a country's, but for lands that are no division.
        hit = CountryHit(row[0], admin1, "adjective", region=bool(admin1))
        for stem in row[2].split("|"):
            if lang == "en" or stem.endswith("="):
                adjectives.setdefault(fold(stem), hit)
                continue
            for ending in _ENDINGS:
                adjectives.setdefault(fold(stem + ending), hit)
                inflected.setdefault(fold(stem + ending), hit)
    openings: dict[str, int] = {}
    for key in (*names, *adjectives):
        first, *rest = key.split()
        openings[first] = min(max(openings.get(first, 1), 1 + len(rest)), MAX_WORDS)
    return _Tables(names, adjectives, inflected, openings)


def _add(names: dict[str, CountryHit], key: str, hit: CountryHit) -> None:
    known = names.get(key)
    if known is None:
        names[key] = hit
    elif (known.country, known.admin1) != (hit.country, hit.admin1):
        names[key] = replace(known, alternatives=(*known.alternatives, hit))


def _genitive(text: str, key: str, lang: str) -> CountryHit | None:
    names = _tables(lang).names
    bare = _POSSESSIVE.sub("", text)
    if bare != text:
        return names.get(fold(bare))
    # "Polens", "Sachsens", but not "Polens" for "Polen" in English.
    if lang == "de" and key.endswith("s") and len(key) > 4:
        return names.get(key[:-1])
    return None


def _country_names(lang: str) -> Iterator[tuple[str, str]]:
    column = 2 + LANGUAGES.index(lang)
    for row in rows("countries_cldr.tsv"):
        yield row[0], row[column]
    for country, language, names in rows("countries_extra.tsv"):
        if language in {lang, "*"}:
            yield from ((country, name) for name in names.split("|"))


@cache
def _names_by_code() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[2], row[3]) for row in rows("countries_cldr.tsv")}


@cache
def _codes() -> dict[str, CountryHit]:
    codes: dict[str, CountryHit] = {}
    for row in rows("countries_cldr.tsv"):
        for code in row[:2]:
            _add(codes, code, CountryHit(row[0], form="code"))
    for row in rows("country_codes.tsv"):
        _add(codes, row[0], CountryHit(row[1], row[2] if len(row) > 2 else "", "code", region=len(row) > 2))
    for region in regions():
        if region.country == "US":
            _add(codes, region.admin1, CountryHit("US", region.admin1, "code", region=True))
    return codes
