"""Abbreviated tails of town names: Frankfurt/O., Neustadt a.d.W., Halle a. d. Saale."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.gazetteer.fold import WORD, fold
from pipeline.gazetteer.gazetteer import Gazetteer
from pipeline.lexicon import all_words

_LONGEST_TAIL = 8
# A longer word before a dot is spelt out, and the dot ends a sentence: Weinstr., but Breisgau.
_LONGEST_SHORT = 7
# The first letters of the words between a town and its river: am, im, bei, ob, vor.
_LINKS = frozenset("aibov")


def spelled_out_tail(
    name: str, words: Sequence[str], end: int, gazetteer: Gazetteer
) -> tuple[str, int] | None:
    """Return the full name that an abbreviation at ``words[end]`` makes of ``name``, and where it ends.

    Each word of the tail must begin one of the full name's words, so that "Dresden/Leipzig" is two towns.
    """
    if words[end] == "(":
        inside = words[end + 1 : end + 4]
        full = _full_name(name, inside[:1], gazetteer) if inside[1:] == [".", ")"] else None
        return (full, end + 4) if full else None  # Halle (Westf.)
    if at_river := _river_tail(words, end):
        full = _full_name(name, words[end + (words[end] == "/") : at_river], gazetteer)
        return full or name, at_river  # Lauenburg/Elbe, Rottenburg am Neckar
    slash = words[end] == "/"
    if not slash and not (words[end] in _LINKS and words[end + 1] in (".", "d")):
        return None
    at = end + slash
    tail: list[str] = []
    while at < min(len(words), end + _LONGEST_TAIL) and not (tail and tail[-1][0].isupper()):
        if words[at] != ".":
            if not words[at][0].isalpha():
                return None
            tail.append(words[at])
        at += 1
    if not tail or not tail[-1][0].isupper():
        return None
    full = _full_name(name, tail, gazetteer)
    if full is None:
        return None
    whole = len(tail[-1]) > _LONGEST_SHORT or tail[-1] in WORD.findall(
        gazetteer.candidates(full)[0].place.name
    )
    dotted = at < len(words) and words[at] == "." and not whole
    return full, at + dotted


def _river_tail(words: Sequence[str], end: int) -> int:
    """Return where the river ends that a town lies on by the words behind its name; 0 for none."""
    rivers = all_words("places", "rivers")
    for tail in all_words("places", "river_links"):
        links = tail.split()
        at = end + len(links)
        if at < len(words) and list(words[end:at]) == links and words[at] in rivers:
            return at + 1
    return 0


def _full_name(name: str, tail: Sequence[str], gazetteer: Gazetteer) -> str | None:
    key = f"{name} {' '.join(tail)}"
    if found := gazetteer.candidates(key):
        return found[0].place.name if found[0].place.name.startswith(f"{name} ") else key
    begun = [fold(word) for word in tail]
    for candidate in gazetteer.candidates(name):
        full = candidate.place.name
        if candidate.place.feature == "city" and fold(full).startswith(f"{fold(name)} "):
            rest = [fold(word) for word in WORD.findall(full[len(name) :])]
            rest = rest[-1:] if len(begun) == 1 else rest
            if len(begun) == len(rest) and all(r.startswith(b) for b, r in zip(begun, rest, strict=True)):
                return full
    return None
