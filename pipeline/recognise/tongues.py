"""What languages a person's name comes from: given names, and what a surname is spelled like."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon import load
from pipeline.recognise.names import given_in

_ENGLISH = frozenset({"en"})
_SLAVIC = frozenset({"pl", "cs", "ru", "hr"})
# A surname's ending tells little where the word is short; alone it counts from four letters on.
_LONG_SURNAME = 5
_SURE_ENDING = 4
# A Japanese name in Latin letters: syllables of one consonant and one vowel, two of them at least.
_JAPANESE = re.compile(
    r"(?:(?:[kgnhbpmr]y?|s|z|d|t|w|sh|ch|j|ts|f|y)?[aiueoō]|[kstp](?=[kstp])|n(?![aiueoy]|$)|h(?![a-z])){2,}n?"
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+")


@cache
def _table(key: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return endings, openings or letters with the languages that they speak for, the longest first."""
    found: dict[str, set[str]] = {}
    for lang, words in load("en", "names")[key].items():
        for word in words:
            found.setdefault(word, set()).update(_SLAVIC if lang == "slavic" else {lang})
    return tuple(sorted(((w, frozenset(s)) for w, s in found.items()), key=lambda i: (-len(i[0]), i[0])))


@cache
def languages_of(name: str) -> frozenset[str]:
    """Return the languages that a full name comes from, by its given names and surname; empty if unknown.

    An abbreviated first name (M. E. Sensenbrenner) counts as English, where it is the custom.
    """
    words = name.split()
    found = _by_given(words)
    surname = words[-1].lower()
    if len(surname) >= _LONG_SURNAME:
        ending = next((end for end, _ in _table("surnames") if surname.endswith(end)), "")
        spoken = {lang for end, langs in _table("surnames") if surname.endswith(end) for lang in langs}
        for start, langs in _table("openings"):
            if surname.startswith(start):
                spoken, ending = set(langs), start
        found = (found & spoken) or (found or frozenset(spoken if len(ending) >= _SURE_ENDING else ()))
    spelled = {lang for letter, langs in _table("letters") if letter in name.lower() for lang in langs}
    found = (found & spelled) or frozenset(spelled) or found
    return found or (_ENGLISH if len(words) > 1 and _INITIALS.fullmatch(words[0]) else found)


def _by_given(words: list[str]) -> frozenset[str]:
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
