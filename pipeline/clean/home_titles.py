"""What a title says of the names in it: whose body or paper it names, and which town is only spoken of.

"Rugby Town Twinning" and "Kempener Stadtblatt" are of Rugby and Kempen; "Busfahrt nach Werdau", "Our sister
city Uji" are titles of somebody else. In a title, a name needs no more context than a word for a body beside
it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.gazetteer import Gazetteer
from pipeline.gazetteer.scan import MAX_WORDS, Hit
from pipeline.lexicon import load as lexicon
from pipeline.tokens import Token

_SEPARATORS = frozenset(":|–—-·/»•,")
_NEAR = 4  # words between a name and the word for a body: Otsu City International Relations
_LEAST = 500
_SPOKEN_OF = 3  # words between "Partnerstadt" or "Besuch" and the name


@cache
def _words(
    lang: str,
) -> tuple[frozenset[str], tuple[str, ...], frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    data = lexicon(lang, "places")
    return (
        frozenset(data["bodies_before"]),
        tuple(data["body_endings"]),
        frozenset(data["bodies_after"]),
        frozenset(data["partner_before"]) | frozenset(data["spoken_of"]),
        frozenset(data["not_bodies"]),
        frozenset(data["home_topics"]),
    )


def title_signs(
    tokens: Sequence[Token], hits: Sequence[Hit], gazetteer: Gazetteer, lang: str
) -> Iterator[tuple[str, str]]:
    """Yield (name, sign) for the names of a title: ``opens``, ``body``, ``topic``, ``later`` and so on.

    ``suffix`` is in a later part and the first town of the title, ``only`` is the title's only town.

    A name that the scanner passes over, for it is another word too or a hamlet's, is among them where it
    opens a part of the title beside a word for a body or alone.
    """
    starts = {hit.first: hit for hit in hits}
    cuts = [i for i, token in enumerate(tokens) if token.text in _SEPARATORS]
    for number, (start, stop) in enumerate(_parts(cuts, len(tokens))):
        at = _behind_body(tokens, start, stop, lang)
        if at < stop and at not in starts:
            name, last = _passed_over(tokens, at, stop, gazetteer)
            paired = last + 1 in starts and tokens[last].text in ("und", "and", "&")
            if name and (at > start or last == stop or paired or _body_after(tokens, last, stop, lang)):
                yield name, "share"
                starts[at] = Hit(at, last, tokens[at].start, tokens[last - 1].end, name, "name")
        for hit in (starts[i] for i in range(start, stop) if i in starts and not starts[i].country):
            if number == 0 and hit.first == at:
                yield hit.name, "opens"
                if not _words(lang)[5].isdisjoint(token.text for token in tokens[hit.last :]):
                    yield hit.name, "topic"
            if number:
                yield hit.name, "later" if any(h.first < start for h in starts.values()) else "suffix"
            if hit.first == start and hit.last >= stop:
                yield hit.name, "whole"
            if (hit.first == at > start) or _body_after(tokens, hit.last, stop, lang):
                yield hit.name, "body"
            elif _owns(tokens, hit.first, lang):
                yield hit.name, "topic"
            elif _spoken_of(tokens, hit.first, lang):
                yield hit.name, "spoken-of"
                continue
            if len({h.name for h in starts.values() if not h.country}) == 1:
                yield hit.name, "only"


def _parts(cuts: Sequence[int], end: int) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in (*cuts, end):
        if cut > start:
            yield start, cut
        start = cut + 1


def _behind_body(tokens: Sequence[Token], start: int, stop: int, lang: str) -> int:
    """Return where a name may stand in a part: behind "Freundeskreis", "City of", "Sister Cities of"."""
    before, endings, _, _, no, _ = _words(lang)
    at = start
    while at < stop - 1 and at - start < _NEAR:
        word = tokens[at].text
        if not (word in before or (word[0].isupper() and word.endswith(endings) and word not in no)):
            break
        at += 1
    if (
        lang == "en"
        and at > start
        and tokens[at - 1].text.casefold() not in ("of", "to", "from", "in", "for")
    ):
        return start  # in English a body is before its town only with "of"
    return at


def _passed_over(tokens: Sequence[Token], at: int, stop: int, gazetteer: Gazetteer) -> tuple[str, int]:
    words = [token.text for token in tokens[at : min(stop, at + MAX_WORDS)]]
    words[:] = [w[:-2] if w.endswith(("'s", "’s")) else w for w in words]
    count = gazetteer.match(words, 0)
    name = " ".join(words[:count])
    if not count or not any(c.main and c.place.population >= _LEAST for c in gazetteer.candidates(name)[:2]):
        return "", at
    return name, at + count


def _body_after(tokens: Sequence[Token], last: int, stop: int, lang: str) -> bool:
    after = _words(lang)[2]
    return any(token.text in after for token in tokens[last : min(stop, last + _NEAR)])


def _owns(tokens: Sequence[Token], first: int, lang: str) -> bool:
    """Whether a title is about what a town has: the twin towns of X, Partnerstädte von X."""
    data, topics = lexicon(lang, "places"), _words(lang)[5]
    at = first
    while at and (tokens[at - 1].text in data["town_before"] or tokens[at - 1].text in ("the", "City")):
        at -= 1
    if at < 2 or tokens[at - 1].text not in data["owned_by"]:
        return False
    return not topics.isdisjoint(token.text for token in tokens[max(0, at - _SPOKEN_OF) : at])


def _spoken_of(tokens: Sequence[Token], first: int, lang: str) -> bool:
    words = _words(lang)[3]
    return any(token.text.casefold() in words for token in tokens[max(0, first - _SPOKEN_OF) : first])
