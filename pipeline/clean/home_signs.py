"""What the words around a name say of whose page it is: owners of partnerships, demonyms, datelines, ...

"Ahlens Partnerstadt", "die Partnerstädte von Ahlen", "die Ahlener Delegation", "AHLEN. Zum ersten Mal ...":
such a town is at home on the page, however often it names another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from pipeline.gazetteer import Gazetteer
from pipeline.gazetteer.scan import Hit
from pipeline.lexicon import load as lexicon
from pipeline.tokens import Token

_GAP = 3  # words between an owner and what is owned
_LEAST_POPULATION = 5_000
# A line of so many characters is a paragraph, of which the first may open with a dateline.
_PARAGRAPH = 110
_PEOPLE = frozenset(
    {"die", "der", "den", "wir", "uns", "viele", "alle", "liebe", "einige", "vielen"}
)  # Ahlener
_MOST_WORDS = 3
_NUMBER = re.compile(r"(?:[A-Z]{1,2}-)?\d{4,5} $")
_CODE = re.compile(r",? (?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[A-Z]{2} \d{5}|[A-Z]\d[A-Z] \d[A-Z]\d)\b")


@cache
def _words(lang: str) -> tuple[frozenset[str], ...]:
    data = lexicon(lang, "places")
    return tuple(
        frozenset(data[key])
        for key in ("owned", "owned_by", "town_before", "ours", "bonds_with", "partner_nouns", "describing")
    )


def home_signs(
    text: str,
    tokens: Sequence[Token],
    hits: Sequence[Hit],
    gazetteer: Gazetteer,
    lang: str,
    headings: Sequence[str] = (),
) -> Iterator[tuple[str, str]]:
    """Yield (name, sign) for each sign: ``owner``, ``demonym``, ``dateline``, ``address``, ``ours``, ...

    ``tied`` is a name behind "mit" or "twinned with", ``called-partner`` one behind "Partnerstadt",
    ``abroad`` one behind the adjective of a country, ``listed`` one that opens a short line.

    Args:
        text: A text of the page.
        tokens: Its tokens.
        hits: The names among them.
        gazetteer: The places to look for.
        lang: ``de`` or ``en``.
        headings: Lines that head the page.
    """
    owned, by, towns, ours, bonds, partners, describing = _words(lang)
    folded = [token.text.casefold() for token in tokens]
    adjectives = {
        hit.last
        for hit in hits
        if hit.form == "adjective" and hit.country not in lexicon(lang, "places")["home_countries"]
    }
    opened = _openings(text, headings)
    for hit in hits:
        if hit.country:
            continue
        at = hit.first
        while at and (
            tokens[at - 1].text in towns
            or (lang == "en" and folded[at - 1] == "of" and at > 1 and tokens[at - 2].text in towns)
        ):
            at -= 1
        before = folded[max(0, at - 3) : at]
        if not ours.isdisjoint(before):
            yield hit.name, "ours"
        if before[-1:] and before[-1] in bonds:
            yield hit.name, "tied"
        if not partners.isdisjoint(before[-2:]) and before[-1] not in by:
            yield hit.name, "called-partner"
        if any(at - 2 <= end <= hit.first for end in adjectives):
            yield hit.name, "abroad"
        if " ".join(folded[hit.last : hit.last + 2]) in describing:
            yield hit.name, "described"
        if hit.start in opened:
            yield hit.name, "listed"
        if _NUMBER.search(text, max(0, hit.start - 9), hit.start) or _CODE.match(text, hit.end):
            yield hit.name, "address"
        owns = hit.form == "genitive" and not owned.isdisjoint(folded[hit.last : hit.last + _GAP])
        if owns or (at > 1 and folded[at - 1] in by and folded[at - 2] in owned):
            yield hit.name, "owner"
        elif hit.form == "genitive":
            yield hit.name, "genitive"
    if lang == "de":
        yield from _demonyms(tokens, folded, owned, gazetteer)
    yield from _dateline(text, tokens, hits)


def _openings(text: str, headings: Sequence[str]) -> frozenset[int]:
    """Return where short lines begin: items, cells, terms, headings."""
    opened, at = set(), 0
    for line in text.splitlines(keepends=True):
        if len(line) < _PARAGRAPH and line.strip() not in headings:
            cell = at
            for part in line.split("\t"):
                opened.add(cell)
                cell += len(part) + 1
        at += len(line)
    return frozenset(opened)


def _demonyms(
    tokens: Sequence[Token], folded: Sequence[str], owned: frozenset[str], gazetteer: Gazetteer
) -> Iterator[tuple[str, str]]:
    for i, token in enumerate(tokens[:-1]):
        word = token.text
        if not (word.endswith("er") and len(word) > 5 and word[0].isupper()):
            continue
        if (
            tokens[i + 1].text[0].isupper()
            or (i and folded[i - 1] in _PEOPLE)
            or (i and folded[i - 1].isdigit())
        ):
            town = _town_of(word, gazetteer)
            if town:
                yield town, "demonym" if owned.isdisjoint(folded[i + 1 : i + 3]) else "demonym-owner"


@lru_cache(maxsize=1 << 12)
def _town_of(word: str, gazetteer: Gazetteer) -> str:
    """Return the town of a German demonym: Rendsburger, Bremer, Karlsruher; empty where there is none."""
    for name in (word[:-2], f"{word[:-2]}en", word[:-1]):
        best = gazetteer.candidates(name)[:1]
        if best and best[0].main and not best[0].needs_context:
            return name if best[0].place.population >= _LEAST_POPULATION else ""
    return ""


def _dateline(text: str, tokens: Sequence[Token], hits: Sequence[Hit]) -> Iterator[tuple[str, str]]:
    """Yield the town that opens the first paragraph, as in a newspaper: "AHLEN.", "KALAMAZOO, Mich. –"."""
    at = 0
    for line in text.splitlines(keepends=True):
        if len(line) >= _PARAGRAPH:
            for hit in hits:
                if hit.start == at and not hit.country and hit.form == "name":
                    rest = [token.text for token in tokens[hit.last : hit.last + 5]]
                    mark = next((mark for mark in rest if mark in ".–—-("), "")
                    if rest[:1] == [mark] != [""] or (rest[:1] in ([","], ["/"]) and mark):
                        yield hit.name, "dateline"
            return
        at += len(line)


@cache
def _authority_words(lang: str) -> tuple[frozenset[str], frozenset[str], tuple[str, ...], frozenset[str]]:
    data = lexicon(lang, "places")
    return (
        frozenset(data["councils"]),
        frozenset(data["council_kinds"]),
        tuple(data["county_endings"]),
        frozenset(data["county_words"]),
    )


def authorities(tokens: Sequence[Token], lang: str) -> Iterator[str]:
    """Yield the places whose authority a line names: Scottish Borders Council, Schwalm-Eder-Kreis."""
    councils, kinds, endings, counties = _authority_words(lang)
    for i, token in enumerate(tokens):
        if token.text in councils:
            last = i
            while last and tokens[last - 1].text in kinds:
                last -= 1
            first = last
            while first and last - first < _MOST_WORDS and tokens[first - 1].text[0].isupper():
                first -= 1
            if first < last and tokens[last - 1].text not in counties:
                yield " ".join(t.text for t in tokens[first:last])
        elif token.text.endswith(endings) and token.text[0].isupper() and token.text not in counties:
            yield token.text
