"""What the words around a name say of whose page it is: owners of partnerships, demonyms, datelines, ...

"Ahlens Partnerstadt", "die Partnerstädte von Ahlen", "die Ahlener Delegation", "AHLEN. Zum ersten Mal ...":
such a town is at home on the page, however often it names another.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache

from pipeline.gazetteer import Gazetteer
from pipeline.gazetteer.scan import Hit
from pipeline.lexicon import all_words
from pipeline.lexicon import load as lexicon
from pipeline.tokens import Token

_PREDICATE = 8  # words of what is said of a name
_EXPLAINED = 8  # words of a description
_GAP = 3  # words between an owner and what is owned
_LEAST_POPULATION = 5_000
_KNOWN_POPULATION = 20_000  # of a town whose name is another word, too: Siegener
# A line of so many characters is a paragraph, of which the first may open with a dateline.
_PARAGRAPH = 110
_PEOPLE = frozenset(
    {"die", "der", "den", "wir", "uns", "viele", "alle", "liebe", "einige", "vielen"}
)  # Ahlener
_MOST_WORDS = 3
_NUMBER = re.compile(r"(?:[A-Z]{1,2}-)?\d{4,5} $")
_CODE = re.compile(
    r",? (?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|(?:[A-Z]{2} )?(?:\d{5}|[A-Z]\d[A-Z] \d[A-Z]\d)"
    r"|[A-Z]\d{2} [A-Z\d]{4})\b"
)
# The weather in a paper's head: "Nelson 13°", "Windsor: −3 °C".
_WEATHER = re.compile(r"\b([A-ZÄÖÜ][\w'’-]+(?: [A-ZÄÖÜ][\w'’-]+){0,2}):? [-−–]?\d{1,2} ?°")


@cache
def _words(lang: str) -> tuple[frozenset[str], ...]:
    data = lexicon(lang, "places")
    return tuple(
        frozenset(data[key])
        for key in ("owned", "owned_by", "town_before", "ours", "bonds_with", "partner_nouns", "describing")
    )


@cache
def _prepositions(lang: str) -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """Return the sign of each preposition before a name, words behind that make it one's own, and offices."""
    data = lexicon(lang, "places")
    signs = {word: f"behind-{group}" for group, words in data["behind"].items() for word in words}
    return signs, frozenset(data["native"]), frozenset(data["heads"])


@cache
def _describing(lang: str) -> tuple[frozenset[str], ...]:
    data = lexicon(lang, "places")
    return tuple(frozenset(data[key]) for key in ("explaining", "being", "having", "partner_titles"))


def _said(words: Sequence[str], verbs: frozenset[str], nouns: frozenset[str]) -> bool:
    """Whether a verb follows a name, and a noun the verb: X is our sister city, X hat drei Partnerstädte."""
    if not words or (words[0] not in verbs and " ".join(words[:2]) not in verbs):
        return False
    for word in words[1:]:
        if word in ".;,(":
            return False
        if word in nouns:
            return True
    return False


def _explained(words: Sequence[str], explaining: frozenset[str]) -> bool:
    """Whether a description follows a name: ", a small town in", "im Departement", "(9,000 inhabitants"."""
    if words[:1] not in ([","], ["("], ["in"], ["im"], ["–"]):
        return False
    for word in words[1:]:
        if word in ".;)" or (word in ",(" and words[0] != ","):
            return False
        if word.casefold() in explaining:
            return True
    return False


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
    explaining, being, having, partner_titles = _describing(lang)
    prepositions, native, offices = _prepositions(lang)
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
            yield hit.name, "ours-partner" if not partners.isdisjoint(before) else "ours"
        if sign := prepositions.get(before[-1] if before else ""):
            yield hit.name, sign
        if not offices.isdisjoint(folded[hit.last : hit.last + 1]) and hit.form == "name":
            yield hit.name, "before-mayor"
        if at > 1 and folded[at - 1] in by and folded[at - 2] in offices:
            yield hit.name, "mayor-of"
        if folded[hit.last : hit.last + 1] and folded[hit.last] in native:
            yield hit.name, "native"
        if before[-1:] and before[-1] in bonds:
            yield hit.name, "tied"
        if not partners.isdisjoint(before[-2:]) and before[-1] not in by:
            yield hit.name, "called-partner"
        if any(at - 2 <= end <= hit.first for end in adjectives):
            yield hit.name, "abroad"
        if " ".join(folded[hit.last : hit.last + 2]) in describing:
            yield hit.name, "described"
        if _explained([token.text for token in tokens[hit.last : hit.last + _EXPLAINED]], explaining):
            yield hit.name, "explained"
        said = folded[hit.last : hit.last + _PREDICATE]
        if _said(said, being, partner_titles):
            yield hit.name, "said-partner"
        elif _said(said, having, owned):
            yield hit.name, "said-owner"
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
        yield from _demonyms(tokens, hits, folded, owned, gazetteer)
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


def weather(text: str, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the towns whose weather a text tells."""
    for found in _WEATHER.finditer(text):
        if found[1] in all_words("homes", "weather"):
            continue
        if any(candidate.main for candidate in gazetteer.candidates(found[1])[:2]):
            yield found[1]


def institutions(
    tokens: Sequence[Token], hits: Sequence[Hit], gazetteer: Gazetteer, lang: str
) -> Iterator[str]:
    """Yield the towns that schools, harbours and the like are called by: Nelson College, Port Nelson."""
    taken = {hit.first for hit in hits}
    data = lexicon(lang, "places")
    after, before = data["institutions_after"], data["institutions_before"]
    for i, token in enumerate(tokens[:-1]):
        following = tokens[i + 1].text
        if following in after and i not in taken and token.text[0].isupper() and len(token.text) > 2:
            name = token.text
        elif token.text in before and i + 1 not in taken and following[0].isupper():
            name = following
        else:
            continue
        if any(c.main and c.place.population >= _LEAST_POPULATION for c in gazetteer.candidates(name)[:2]):
            yield name


def _demonyms(
    tokens: Sequence[Token],
    hits: Sequence[Hit],
    folded: Sequence[str],
    owned: frozenset[str],
    gazetteer: Gazetteer,
) -> Iterator[tuple[str, str]]:
    named = {hit.name for hit in hits}
    for i, token in enumerate(tokens[:-1]):
        word = token.text
        if not (word.endswith("er") and len(word) > 5 and word[0].isupper()):
            continue
        if (
            tokens[i + 1].text[0].isupper()
            or (i and folded[i - 1] in _PEOPLE)
            or (i and folded[i - 1].isdigit())
        ):
            town = _named_by(word, named) or _town_of(word, gazetteer)
            if town:
                yield town, "demonym" if owned.isdisjoint(folded[i + 1 : i + 3]) else "demonym-owner"


def _bases(word: str) -> Iterator[str]:
    """Yield the towns that a German demonym may be of: Rendsburger, Bremer, Karlsruher, Bozner, Hallenser."""
    yield from (word[:-2], f"{word[:-2]}en", word[:-1])
    if word.endswith("ner"):
        yield from (f"{word[:-3]}en", f"{word[:-3]}e")
    if word.endswith(("aner", "enser")):
        yield from (word[:-4], f"{word[:-5]}e", word[:-5])


def _named_by(word: str, named: Collection[str]) -> str:
    """Return the town among those that the text names whose demonym a word is, or an empty text."""
    return next((name for name in _bases(word) if name in named), "")


@lru_cache(maxsize=1 << 12)
def _town_of(word: str, gazetteer: Gazetteer) -> str:
    """Return the town of a German demonym; empty where there is none."""
    for name in _bases(word):
        best = gazetteer.candidates(name)[:1]
        if best and best[0].main and len(name) > 2:
            least = _KNOWN_POPULATION if best[0].needs_context else _LEAST_POPULATION
            return name if best[0].place.population >= least else ""
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
def _authority_words(
    lang: str,
) -> tuple[frozenset[str], frozenset[str], tuple[str, ...], frozenset[str], frozenset[str]]:
    data = lexicon(lang, "places")
    return (
        frozenset(data["councils"]),
        frozenset(data["council_kinds"]),
        tuple(data["county_endings"]),
        frozenset(data["county_words"]),
        frozenset(lexicon(lang, "homes")["clubs_after"]),
    )


def authorities(tokens: Sequence[Token], lang: str) -> Iterator[str]:
    """Yield the places whose authority a line names: Scottish Borders Council, Schwalm-Eder-Kreis."""
    councils, kinds, endings, counties, clubs = _authority_words(lang)
    for i, token in enumerate(tokens):
        if token.text in councils:
            last = i
            while last and tokens[last - 1].text in kinds:
                last -= 1
            first = last
            while first and last - first < _MOST_WORDS and tokens[first - 1].text[0].isupper():
                first -= 1
            last = next((j for j in range(first + 1, last) if tokens[j].text in clubs), last)
            if first < last and tokens[last - 1].text not in counties:
                yield " ".join(t.text for t in tokens[first:last])
        elif token.text.endswith(endings) and token.text[0].isupper() and token.text not in counties:
            yield token.text
