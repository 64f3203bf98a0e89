"""The part each place plays in its sentence, read from the words before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pipeline.gazetteer import units
from pipeline.lexicon import load
from pipeline.model import CountryMention, Place, PlaceMention
from pipeline.tokens import Token, tokenise

# Behind a name that opens the next clause; before a semicolon that parts clauses.
_ONE_VERB = re.compile(r" (?:has|is|was)\b")
_VERB = re.compile(r" (?:has|have|had|is|are|was|were|signed|joined|followed|came)\b")
_CLAUSE = re.compile(r"(?<!which )(?<!that )\b(?:has|have|had|are|were|sent|came)\b")
_STOP = re.compile(r"[;.!?]")
_NEXT = 60  # characters behind a name in which its verb may stand
_TOLD = re.compile(r"\b(?:signed|was|were|came|joined|followed|took|began|is|has)\b")


class _Words(NamedTuple):
    """The vocabulary of ``roles.toml`` and the nouns for towns of ``places.toml``."""

    prepositions: dict[str, str]
    inside: frozenset[str]
    join: frozenset[str]
    nouns: frozenset[str]
    town_endings: tuple[str, ...]
    people: frozenset[str]
    relative: frozenset[str]
    city_of: frozenset[str]
    breaking: frozenset[str]
    examples: frozenset[str]
    particulars: tuple[tuple[str, ...], ...]
    when: frozenset[str]


@cache
def _words(lang: str) -> _Words:
    data, places = load(lang, "roles"), load(lang, "places")
    return _Words(
        {word: role for role, words in data["prepositions"].items() for word in words},
        frozenset(data["inside"]),
        frozenset(data["join"]),
        frozenset([*places["nouns"], *places["town_before"], *units().before]),
        tuple(data["town_endings"]),
        frozenset(data["people"]),
        frozenset(data["relative"]),
        frozenset(data["city_of"]),
        frozenset(data["breaking"]),
        frozenset(data["examples"]),
        tuple(tuple(words.split()) for words in data["particulars"]),
        frozenset(data["when"]),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A place in a sentence with its role.

    ``role`` is the kind of preposition that governs it (``with``, ``between``, ``of``, ``to``, ``toward``,
    ``for``, ``in``), ``genitive``, or ``bare``. ``head`` is the index of the first part of its enumeration
    ("mit A, B und C"), its own index otherwise.
    """

    mention: PlaceMention
    role: str
    head: int


def _inner(token: Token, lang: str) -> bool:
    """Whether a word may stand between a preposition and the name it governs."""
    text, words = token.text, _words(lang)
    if text in words.breaking:
        return False
    if text in words.inside or text in words.nouns or text.casefold() in words.nouns or text in "\"„“”'()":
        return True
    if lang == "en":
        return False
    adjective = text[0].islower() and text.endswith(("en", "er", "em", "es", "e")) and len(text) > 4
    return adjective or (text[0].isupper() and text.endswith(words.town_endings))


def _within(token: Token, spans: list[tuple[int, int]]) -> bool:
    return any(a <= token.start < b for a, b in spans)


def _preposition(tokens: list[Token], lang: str, partner_words: list[tuple[int, int]]) -> str:
    """Return the role that the preposition before a name gives it."""
    words = _words(lang)
    tokens = _without_particulars(tokens, words.particulars)
    for position, token in enumerate(reversed(tokens)):
        if token.text == "," and position == 0 and len(tokens) > 1 and _inner(tokens[-2], lang):
            continue  # mit zwei Städten, A und B
        if token.text == ":" and position == 0 and len(tokens) > 1 and tokens[-2].text in ("with", "mit"):
            continue  # Twinned with: A and B
        if _within(token, partner_words):
            return "bare"  # visitors from our sister cities A and B
        word = token.text[:1].lower() + token.text[1:]
        if word in words.examples or (
            word == "as" and position + 1 < len(tokens) and tokens[-position - 2].text == "such"
        ):
            continue  # twin towns such as A and B
        following = tokens[-position - 2] if position + 1 < len(tokens) else None
        if word in ("of", "von") and following is not None and _within(following, partner_words):
            return "of"  # sister cities of A
        city_of = word == "of" and position + 1 < len(tokens) and tokens[-position - 2].text in words.city_of
        role = words.prepositions.get(word)
        if role is not None and not city_of:
            return role
        if not _inner(token, lang) and not city_of:
            return "bare"
    return "bare"


def _without_particulars(tokens: list[Token], particulars: Sequence[tuple[str, ...]]) -> list[Token]:
    """Leave out what says that others are left unnamed: "with, among others, A"."""
    at = next(
        (
            (i, i + len(words))
            for i in range(len(tokens) - 1, -1, -1)
            for words in particulars
            if tuple(t.text.casefold() for t in tokens[i : i + len(words)]) == words
        ),
        None,
    )
    if at is None:
        return tokens
    start, end = at
    start -= start > 0 and tokens[start - 1].text == ","
    return [*tokens[:start], *tokens[end + (end < len(tokens) and tokens[end].text == ",") :]]


def _relative(tokens: list[Token], lang: str) -> bool:
    """Whether a relative clause opens between two names: "Bamberg, das seit 1977 mit"."""
    words = [t.text for t in tokens]
    opens = len(words) > 2 and words[0] == "," and words[1] in _words(lang).relative
    return opens and (words[-1] in _words(lang).prepositions or any(w.isdigit() for w in words))


def _without_asides(tokens: list[Token]) -> list[Token]:
    """Leave out brackets that open and close between two names: "Assisi (signed 1989), Chartres"."""
    kept: list[Token] = []
    opened = -1
    for token in tokens:
        if token.text == "(":
            opened = len(kept) if opened < 0 else opened
        elif token.text == ")" and opened >= 0:
            del kept[opened:]
            opened = -1
            continue
        kept.append(token)
    at = 0
    while at < len(kept):  # Rinteln on the Weser and Killarney
        end = at + 1 + (at + 1 < len(kept) and kept[at + 1].text == "the")
        river = end < len(kept) and kept[end].is_word and kept[end].text[0].isupper()
        if kept[at].text in ("on", "by", "upon", "in", "under") and river:
            del kept[at : end + 1]
        else:
            at += 1
    return kept


def _joined(
    tokens: list[Token], lang: str, adjectives: set[int], partner_words: list[tuple[int, int]]
) -> bool:
    """Whether the tokens between two names only join them: comma, conjunction, article, adjective."""
    if lang == "en":
        tokens = _without_asides(tokens)
    if not tokens:
        return False
    if tokens[-1].text == "in" and tokens[0].text == "," and len(tokens) == 2:
        return False  # A, in B: where A lies
    if _relative(tokens, lang):
        return False
    joins = 0
    for token in tokens:
        if _within(token, partner_words) and token is not tokens[-1]:
            return False
        if token.text in _words(lang).join:
            joins += token.text not in _words(lang).prepositions
        elif not (
            _inner(token, lang)
            or token.start in adjectives
            or token.text in {"of", "in", "im", "since", "(", ")"}
            or token.text.isdigit()
        ):
            return False
    return joins > 0


def _undated(tokens: list[Token], dates: Sequence[tuple[int, int]], lang: str) -> list[Token]:
    """Leave out dates between names, with the words before them: "Assisi on 9 May 1989, Chartres in 1994"."""
    if not dates or lang != "en":
        return tokens
    kept: list[Token] = []
    for token in tokens:
        if any(a <= token.start < b for a, b in dates):
            while kept and kept[-1].text.casefold() in _words(lang).when:
                kept.pop()
        else:
            kept.append(token)
    return kept


def _parted(text: str, start: int, end: int, asides: Sequence[int]) -> bool:
    """Whether a semicolon parts two names, not an enumeration of names with brackets, countries or dates."""
    at = text.find(";", start, end)
    listed = text[at - 1] == ")" or (at in asides and _TOLD.search(text, start, at) is None)
    if listed and at >= start:  # ...; B and C have sent choirs
        stop = _STOP.search(text, end, end + _NEXT)
        listed = _CLAUSE.search(text, at, stop.start() if stop else end + _NEXT) is None
    return at >= start and not listed


def _goes_on(text: str, left: int, place: PlaceMention, end: int, role: str) -> bool:
    """Whether a name behind ", and" opens the next clause: "with A since 2008, and B has a twin too"."""
    gap = text[left : place.start]
    verb = _ONE_VERB if role == "bare" else _VERB
    joined = "," in gap or any(c.isdigit() for c in gap)
    return joined and gap.endswith(" and ") and verb.match(text, place.end, end) is not None


def is_people(text: str, start: int, end: int, place: PlaceMention, lang: str) -> bool:
    """Whether a demonym stands for its town: "mit den Pirnaern", not "die Pirnaer Delegation"."""
    before = [t.text for t in tokenise(text, max(start, place.start - 16), place.start)][-1:]
    after = [t.text for t in tokenise(text, place.end, min(end, place.end + 30))][:1]
    article = bool(before) and before[0].lower() in _words(lang).people
    noun = text[place.start : place.end].endswith(("ern", "innen"))  # mit den Pirnaern Freundschaft
    return article and (noun or not (after and after[0][0].isupper()))


def _of_people(text: str, start: int, place: PlaceMention, partner_words: list[tuple[int, int]]) -> bool:
    """Whether a demonym owns the partner word before it: "die Partnerstadt der Kufsteiner"."""
    before = [t.text for t in tokenise(text, max(start, place.start - 8), place.start)]
    return before == ["der"] and any(0 <= place.start - b <= 5 for _, b in partner_words)


def _holds(unit: Place, town: Place) -> bool:
    """Whether what stands in a bracket is the county or region of the town before it."""
    region = unit.feature not in ("city", "district", "") or town.name in unit.name
    return region and unit.country == town.country


def parts(
    text: str,
    start: int,
    end: int,
    lang: str,
    places: Sequence[PlaceMention],
    countries: Sequence[CountryMention],
    partner_words: Sequence[tuple[int, int]] = (),
    dates: Sequence[tuple[int, int]] = (),
) -> list[Part]:
    """Return the parts of the places (and of people that stand for one) in ``text[start:end]``.

    ``partner_words`` are the spans of words like "sister cities": what stands before them governs
    them, not the names that follow. ``dates`` are spans that part no enumeration.
    """
    stops = list(partner_words)
    found: list[Part] = []
    adjectives = {c.start for c in countries if c.form == "adjective"}
    plain = [c for c in countries if c.form != "adjective"]
    plain_ends = {c.end for c in plain}
    date_ends = {end for _, end in dates}
    names: list[PlaceMention] = []
    ends: list[int] = []  # behind the name and its other name in a bracket
    for place in places:
        if place.form == "adjective" and not is_people(text, start, end, place, lang):
            continue
        if names and names[-1].place == place.place and text[names[-1].end : place.start] == " (":
            ends[-1] = place.end + 1
            continue
        if names and text[names[-1].end : place.start] == " (" and _holds(place.place, names[-1].place):
            continue  # Port Talbot (Neath Port Talbot, 1966)
        names.append(place)
        ends.append(place.end)
    for i, place in enumerate(names):
        left = ends[i - 1] if i else start
        inside = [
            t for t in tokenise(text, left, place.start) if not any(c.start <= t.start < c.end for c in plain)
        ]
        undated = _undated(inside, dates, lang)
        if lang == "en" and _parted(text, left, place.start, [*plain_ends, *date_ends]):
            undated = []
        if lang == "en" and i and _goes_on(text, left, place, end, found[i - 1].role):
            undated = []
        if place.form == "adjective" and _of_people(text, start, place, stops):
            found.append(Part(place, "of", i))
            continue
        if place.form == "genitive":
            found.append(Part(place, "genitive", i))
            continue
        if i and found[i - 1].role != "genitive" and _joined(undated, lang, adjectives, stops):
            own = _preposition(
                [t for t in inside if t.text not in _words(lang).join or t.text in ("mit", "with", "to")],
                lang,
                stops,
            )
            role = own if own in ("with", "between") else found[i - 1].role
            found.append(Part(place, role, found[i - 1].head))
            continue
        window = [t for t in inside if t.start not in adjectives]
        found.append(Part(place, _preposition(window[-8:], lang, stops), i))
    return found
