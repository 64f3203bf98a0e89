"""What languages a person's name comes from: given names, and what a surname is spelled like."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipeline.lexicon import load
from pipeline.recognise.names import given_in

_ENGLISH = frozenset({"en"})
# Short endings of these are of many words besides.
_COMMON = frozenset({"en", "de", "fr", "nl", "sv"})
_SLAVIC = frozenset({"pl", "cs", "ru", "hr"})
# A surname's ending tells little where the word is short; alone it counts from four letters on.
_LONG_SURNAME = 5
_SURE_ENDING = 4
_TELLING = 3
# A Japanese name in Latin letters: syllables of one consonant and one vowel, two of them at least.
_JAPANESE = re.compile(
    r"(?:(?:[kgnhbpmr]y?|s|z|d|t|w|sh|ch|j|ts|f|y)?[aiueoō]|[kstp](?=[kstp])|n(?![aiueoy]|$)|h(?![a-z])){2,}n?"
)
# A given name of two syllables as Korea and Taiwan write it: Kim Sung-ho, Chen Chi-mai.
_KOREAN = re.compile(r"[A-Z][a-z]{1,5}-[a-z]{2,6}")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+")


@cache
def _table(key: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return endings, openings or letters with the languages that they speak for, the longest first."""
    found: dict[str, set[str]] = {}
    for lang, words in load("en", "names")[key].items():
        for word in words:
            found.setdefault(word, set()).update(_SLAVIC if lang == "slavic" else {lang})
    return tuple(sorted(((w, frozenset(s)) for w, s in found.items()), key=lambda i: (-len(i[0]), i[0])))


class Tongues(NamedTuple):
    """The languages that a name may come from, and those it comes from by its surname's spelling too."""

    may_be: frozenset[str]
    likely: frozenset[str]


@cache
def tongues(name: str) -> Tongues:
    """Return the languages of a full name, by its given names and surname; empty if unknown.

    A long ending of the surname, or a letter of few languages, rules others out; a short ending only makes
    some likely. An abbreviated first name (M. E. Sensenbrenner) counts as English, where it is the custom.
    """
    words = name.split()
    given = _by_given(words)
    surname = words[-1].lower()
    ending, spoken = _of_surname(surname) if len(surname) >= _LONG_SURNAME else ("", frozenset())
    likely = (given & spoken) or (given or (spoken if len(ending) >= _SURE_ENDING else frozenset()))
    short = len(ending) < _SURE_ENDING and (len(ending) < _TELLING or bool(spoken & _COMMON))
    may_be = given if short and given else likely
    spelled = frozenset(x for c, langs in _table("letters") if c in name.lower() for x in langs)
    if spelled:
        may_be, likely = (may_be & spelled) or spelled, (likely & spelled) or spelled
    if not may_be and len(words) > 1 and _INITIALS.fullmatch(words[0]):
        return Tongues(_ENGLISH, _ENGLISH)
    return Tongues(may_be, likely)


def _of_surname(surname: str) -> tuple[str, frozenset[str]]:
    """Return the ending, or opening, that tells most of a surname, and the languages it speaks for."""
    for start, langs in _table("openings"):
        if surname.startswith(start):
            return start, langs
    ending = next((end for end, _ in _table("surnames") if surname.endswith(end)), "")
    return ending, frozenset(x for end, s in _table("surnames") if surname.endswith(end) for x in s)


def languages_of(name: str) -> frozenset[str]:
    """Return the languages that a full name likely comes from; empty if unknown."""
    return tongues(name).likely


def given_languages(name: str) -> frozenset[str]:
    """Return the languages of a full name's given names alone, for countries of many surnames."""
    return _by_given(name.split())


def _by_given(words: list[str]) -> frozenset[str]:
    if len(words) > 1 and any(_KOREAN.fullmatch(word) for word in words):
        return frozenset({"ko", "zh"})
    for word in words[:-1]:
        if _INITIALS.fullmatch(word):
            continue
        if langs := given_in(word):
            return langs
    if len(words) > 1 and all(_JAPANESE.fullmatch(word.lower()) for word in words):
        return frozenset({"ja"})
    for word in words[:-1]:
        for end, langs in _table("given_endings"):
            if word.lower().endswith(end):
                return langs
    return frozenset()


def languages_in(country: str) -> frozenset[str]:
    """Return the languages of names in a country (ISO 3166-1 alpha-2); empty if unknown."""
    return frozenset(load("en", "names")["languages"].get(country, ()))


def title_languages(word: str, kind: str = "titles") -> frozenset[str]:
    """Return the languages of a title before names (Monsieur, Signora); empty if it is none of them."""
    return _of_titles(kind).get(word, frozenset())


@cache
def _of_titles(kind: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for lang, words in load("en", "names")[kind].items():
        for word in words:
            found.setdefault(word, set()).add(lang)
    return {word: frozenset(langs) for word, langs in found.items()}
