"""What the sentences of a page say of whose page it is: which town's bonds they tell, and whose clubs.

A town that most sentences about twinning name is rather the home than the one that "our sister city" goes
with; bodies are named after it: Verden Twinning Association, Partnerschaftsverein Verden.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.gazetteer import Gazetteer
from pipeline.gazetteer.scan import Hit
from pipeline.lexicon import load as lexicon
from pipeline.tokens import Token

_FEW = 3  # mentions that make a share tell something
_MOST_BONDS = 2  # sentences about bonds that make most of them tell something
_LEAST = 500
_STOP = re.compile(r"(?<![.!?])[.!?]++[\s\"”“«»')]+|\n")


class _Words(NamedTuple):
    we: re.Pattern[str]
    bonds: re.Pattern[str]
    bodies_after: frozenset[str]
    body_endings: tuple[str, ...]
    bodies_before: frozenset[str]
    no_bodies: frozenset[str]


@cache
def _words(lang: str) -> _Words:
    data, places = lexicon(lang, "homes"), lexicon(lang, "places")
    return _Words(
        re.compile(rf"(?i)\b(?:{'|'.join(data['we'])})\b"),
        re.compile(rf"(?i)\b(?:{'|'.join(data['bonds'])})"),
        frozenset(places["bodies_after"]),
        tuple(places["body_endings"]),
        frozenset(word for word in places["bodies_before"] if word[0].isupper()),
        frozenset(places["not_bodies"]),
    )


def speech_signs(
    text: str, tokens: Sequence[Token], hits: Sequence[Hit], lang: str, abroad: Collection[str]
) -> dict[str, dict[str, float]]:
    """Return the signs of the names of a text, each from 0 to 1.

    ``speech:bond`` is how often the sentence around a name is about bonds, ``speech:we-bond`` how often it
    says we, too, ``speech:body`` how often a body is named after it; ``most:bond`` compares the towns by the
    number of such sentences, ``most:bond-abroad`` by those that name a town abroad besides.

    Args:
        text: The content of a page.
        tokens: Its tokens.
        hits: The names among them.
        lang: ``de`` or ``en``.
        abroad: Names of places where hardly anybody writes in the page's language.
    """
    words = _words(lang)
    stops = [found.end() for found in _STOP.finditer(text)]
    named: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    sentences: dict[int, list[str]] = defaultdict(list)
    for hit in hits:
        if hit.country:
            continue
        named[hit.name] += 1
        sentences[bisect_right(stops, hit.start)].append(hit.name)
        if _body_beside(tokens, hit, words):
            counts[hit.name]["speech:body"] += 1
    bonds: Counter[str] = Counter()
    bonds_abroad: Counter[str] = Counter()
    for at, inside in sentences.items():
        said = text[stops[at - 1] if at else 0 : stops[at] if at < len(stops) else len(text)]
        if not words.bonds.search(said):
            continue
        we = bool(words.we.search(said))
        far = set(inside).intersection(abroad)
        for name in set(inside):
            bonds[name] += 1
            bonds_abroad[name] += bool(far - {name})
            counts[name]["speech:bond"] += 1
            counts[name]["speech:we-bond"] += we
    found = {
        name: {sign: count / max(_FEW, named[name]) for sign, count in signs.items() if count}
        for name, signs in counts.items()
    }
    for sign, told in (("most:bond", bonds), ("most:bond-abroad", bonds_abroad)):
        highest = max(_MOST_BONDS, max(told.values(), default=0))
        for name, count in told.items():
            if count:
                found[name][sign] = count / highest
    return found


def clubs(tokens: Sequence[Token], hits: Sequence[Hit], gazetteer: Gazetteer, lang: str) -> Iterator[str]:
    """Yield the towns of clubs that the scanner passes over behind "the": the Kendal Twinning Association."""
    taken = {i for hit in hits for i in range(hit.first, hit.last)}
    after = frozenset(lexicon(lang, "homes")["clubs_after"])
    for i, token in enumerate(tokens[1:-1], 1):
        if token.text[0].isupper() and tokens[i + 1].text in after and i not in taken:
            best = gazetteer.candidates(token.text)[:1]
            if best and best[0].main and best[0].place.population >= _LEAST:
                yield token.text


def _body_beside(tokens: Sequence[Token], hit: Hit, words: _Words) -> bool:
    if hit.last < len(tokens) and tokens[hit.last].text in words.bodies_after:
        return True
    if not hit.first:
        return False
    word = tokens[hit.first - 1].text
    if word in ("of", "von", "in"):
        return hit.first > 1 and tokens[hit.first - 2].text in words.bodies_before
    return word[0].isupper() and word.endswith(words.body_endings) and word not in words.no_bodies
