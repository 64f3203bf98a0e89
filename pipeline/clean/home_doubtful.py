"""Names that the scanner passes over, and that a page yet treats as towns: common words, hamlets, villages.

"In Siegen", "Nelson's sister cities", "die Stadt Luxemburg", "79288 Gottenheim": what stands so is a town,
though its name is another word, a country's, or in no gazetteer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.gazetteer import Gazetteer
from pipeline.gazetteer.scan import MAX_WORDS, Hit
from pipeline.lexicon import load as lexicon
from pipeline.tokens import Token

_LEAST = 500
_DIGITS = (4, 5)
_PARAGRAPH = re.compile(r"[^\n]{110}")


@cache
def _words(lang: str) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    data = lexicon(lang, "places")
    return (
        frozenset(data["where"]),
        frozenset(data["town_before"]),
        frozenset(data["owned"]),
        frozenset(data["bodies_after"]) | frozenset(data["bodies_before"]) | frozenset(data["never"]),
    )


def doubtful_names(
    text: str, tokens: Sequence[Token], hits: Sequence[Hit], gazetteer: Gazetteer, lang: str
) -> Counter[str]:
    """Count how often a text treats a name that was passed over as a town's."""
    inside = {i for hit in hits if not hit.country for i in range(hit.first, hit.last)}
    where, towns, owned, _ = _words(lang)
    found: Counter[str] = Counter()
    at = 0
    while at < len(tokens):
        word = tokens[at].text
        if at in inside or not word[0].isupper():
            at += 1
            continue
        words = [_bare(token.text) for token in tokens[at : at + MAX_WORDS]]
        count = gazetteer.match(words, 0)
        name = " ".join(words[:count])
        own = bool(count) and any(
            c.main and c.place.population >= _LEAST for c in gazetteer.candidates(name)[:2]
        )
        genitive = word != words[0]
        if not own and lang == "de" and word.endswith("s") and len(word) > 4:
            name, count, genitive = word[:-1], 1, True
            own = any(c.main and c.place.population >= _LEAST for c in gazetteer.candidates(name)[:2])
        if not own:
            at += 1
            continue
        before = tokens[at - 1].text if at else ""
        after = [token.text for token in tokens[at + count : at + count + 2]]
        town = before in towns if lang == "de" else before == "of" and at > 1 and tokens[at - 2].text in towns
        start = tokens[at].start
        opens = (start == 0 or text[start - 1] == "\n") and bool(_PARAGRAPH.match(text, start))
        if opens and after[:1] in (["."], ["–"], ["—"], ["("], ["/"]):
            found[name] += 1  # a dateline
        if after[:1] in (["und"], ["and"]) and at + count + 1 in inside:
            found[name] += 1
        placed = before in where and not (lang == "en" and after[:1] and after[0][0].isupper())
        owns = genitive and not owned.isdisjoint(w.casefold() for w in after)
        if town or placed or owns or (before.isdigit() and len(before) in _DIGITS and at > 0):
            found[name] += 1 + town
        at += count
    return found


def recurring_names(
    title: Sequence[Token], hits: Sequence[Hit], body: str, tokens: Sequence[Token], lang: str
) -> Iterator[str]:
    """Yield the names of a title that no gazetteer has, where the text says "in" or "of" before them."""
    taken = {i for hit in hits for i in range(hit.first, hit.last)}
    where, towns, _, bodies = _words(lang)
    runs: list[list[Token]] = [[]]
    for i, token in enumerate(title):
        fits = i not in taken and token.text[0].isupper() and token.is_word and token.text not in bodies
        if fits and (not runs[-1] or lang == "en"):
            runs[-1].append(token)
        elif runs[-1]:
            runs.append([token] if fits else [])
    texts = [token.text for token in tokens]
    for run in runs:
        words = [_bare(token.text) for token in run]
        while words and len(words[0]) > 3:
            for at, text in enumerate(texts[1:], 1):
                if (
                    text == words[0]
                    and texts[at : at + len(words)] == words
                    and texts[at - 1] in where | towns
                ):
                    if words[0].lower() not in texts:
                        yield " ".join(words)
                    break
            else:
                words = words[:-1]
                continue
            break


def _bare(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) else word
