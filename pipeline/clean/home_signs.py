"""What a page's own words say of whose page it is: owners of partnerships, demonyms, a dateline.

"Rheines Partnerstadt", "die Partnerstädte von Rheine", "die Rheiner Delegation", "RHEINE. Zum ersten Mal ...":
the town in such words is at home on the page, however often it names another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from pipeline.gazetteer import Gazetteer
from pipeline.gazetteer.scan import Hit
from pipeline.lexicon import load as lexicon
from pipeline.tokens import Token

_OWNER, _DEMONYM, _DATELINE = 1.5, 0.5, 3.0
_GAP = 3  # words between an owner and what is owned
_LEAST_POPULATION = 5_000
# A line of so many characters is a paragraph, of which the first may open with a dateline.
_PARAGRAPH = 110


@cache
def _words(lang: str) -> tuple[frozenset[str], frozenset[str]]:
    data = lexicon(lang, "places")
    return frozenset(data["owned"]), frozenset(data["owned_by"])


def home_signs(
    text: str, tokens: Sequence[Token], hits: Sequence[Hit], gazetteer: Gazetteer, lang: str
) -> Iterator[tuple[str, float]]:
    """Yield (name, points) for each sign that a town is the home of the page.

    Args:
        text: The frozen text.
        tokens: Its tokens.
        hits: The names among them.
        gazetteer: The places to look for.
        lang: ``de`` or ``en``.
    """
    owned, by = _words(lang)
    folded = [token.text.casefold() for token in tokens]
    for hit in hits:
        if hit.country:
            continue
        if hit.form == "genitive" and not owned.isdisjoint(folded[hit.last : hit.last + _GAP]):
            yield hit.name, _OWNER
        elif hit.first > 1 and folded[hit.first - 1] in by and folded[hit.first - 2] in owned:
            yield hit.name, _OWNER
    if lang == "de":
        yield from _demonyms(tokens, folded, owned, gazetteer)
    yield from _dateline(text, tokens, hits)


def _demonyms(
    tokens: Sequence[Token], folded: Sequence[str], owned: frozenset[str], gazetteer: Gazetteer
) -> Iterator[tuple[str, float]]:
    for i, token in enumerate(tokens[:-1]):
        word = token.text
        if word.endswith("er") and len(word) > 5 and word[0].isupper() and tokens[i + 1].text[0].isupper():
            town = _town_of(word, gazetteer)
            if town:
                yield town, _DEMONYM if owned.isdisjoint(folded[i + 1 : i + 3]) else _OWNER


@lru_cache(maxsize=1 << 12)
def _town_of(word: str, gazetteer: Gazetteer) -> str:
    """Return the town of a German demonym: Rendsburger, Bremer, Karlsruher; empty where there is none."""
    for name in (word[:-2], f"{word[:-2]}en", word[:-1]):
        best = gazetteer.candidates(name)[:1]
        if (
            best
            and best[0].main
            and not best[0].needs_context
            and best[0].place.population >= _LEAST_POPULATION
        ):
            return name
    return ""


def _dateline(text: str, tokens: Sequence[Token], hits: Sequence[Hit]) -> Iterator[tuple[str, float]]:
    """Yield the town that opens the first paragraph, as the reports of newspapers do: RHEINE. KALAMAZOO, Mich. -"""
    at = 0
    for line in text.splitlines(keepends=True):
        if len(line) >= _PARAGRAPH:
            for hit in hits:
                if hit.start == at and not hit.country and hit.form == "name":
                    rest = [token.text for token in tokens[hit.last : hit.last + 5]]
                    mark = next((mark for mark in rest if mark in ".–—-("), "")
                    if rest[:1] == [mark] != [""] or (rest[:1] in ([","], ["/"]) and mark):
                        yield hit.name, _DATELINE
            return
        at += len(line)
