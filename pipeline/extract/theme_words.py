"""The words of themes in a text, looked up token by token.

The vocabulary has some thousand words with stars; a page is read with one look-up a word, by its
beginnings and ends, and not with one search a theme.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.lexicon import LANGUAGES, load

SCOPE = "scope"
"""The key of the words that announce a page about other towns; it is no theme."""

_TOKEN = re.compile(r"[^\W_]+")
# Plain language parts German compounds: Feuer-Wehr, Kranken·haus.
_PARTED = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:[-·‑][^\W\d_]++)+")
_JOINT = re.compile(r"[-·‑]")
_FIRST = re.compile(r"[^\W_*]*(?:\*[^\W_*]*)*")
_ROLES = ("words", "weak", "not")
_LONGEST = 100  # letters of an entry of several words
_STAR = r"[^\W_]{0,24}"


class ThemeWord(NamedTuple):
    """A word of a theme; ``weak`` ones only count beside others."""

    theme: str
    start: int
    end: int
    weak: bool


class _Entry(NamedTuple):
    theme: str
    role: str
    whole: re.Pattern[str] | None  # of several words; None where the first is all


class _Index:
    """Entries by the shape of their first word: exact, stem*, *stem, *stem*, and any other shape."""

    def __init__(self) -> None:
        self.exact: dict[str, list[_Entry]] = {}
        self.opening: dict[str, list[_Entry]] = {}
        self.closing: dict[str, list[_Entry]] = {}
        self.inside: dict[str, list[_Entry]] = {}
        self.shaped: list[tuple[re.Pattern[str], _Entry]] = []

    def add(self, words: str, theme: str, role: str) -> None:
        match = _FIRST.match(words)
        first = match.group() if match else ""
        pattern = re.escape(words).replace(r"\*", _STAR).replace(r"\ ", r"\s")
        whole = re.compile(rf"{pattern}(?![^\W_])", re.IGNORECASE) if first != words else None
        entry = _Entry(theme, role, whole)
        bare = first.strip("*")
        shape = (first.startswith("*"), first.endswith("*"))
        if not bare or "*" in bare:
            self.shaped.append((re.compile(re.escape(first).replace(r"\*", _STAR)), entry))
        else:
            index = {
                (False, False): self.exact,
                (False, True): self.opening,
                (True, False): self.closing,
                (True, True): self.inside,
            }[shape]
            index.setdefault(bare, []).append(entry)

    def find(self, token: str) -> list[_Entry]:
        found = list(self.exact.get(token, ()))
        for i in range(1, len(token) + 1):
            found += self.opening.get(token[:i], ())
            found += self.closing.get(token[-i:], ())
        for i in range(len(token)):
            for j in range(i + 1, len(token) + 1):
                found += self.inside.get(token[i:j], ())
        found += [entry for shape, entry in self.shaped if shape.fullmatch(token)]
        return found


@cache
def _index(lang: str) -> _Index:
    index = _Index()
    for theme, entry in load(lang, "themes").items():
        for role in _ROLES if theme != SCOPE else ():
            for words in entry.get(role, ()):
                index.add(words, theme, role)
    return index


@lru_cache(maxsize=50_000)
def _entries(token: str, lang: str) -> tuple[_Entry, ...]:
    return tuple(_index(lang).find(token)) if len(token) <= 48 else ()


def overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a span meets one of some spans that are sorted and do not hold one another."""
    number = bisect_left(spans, (end, 0)) - 1
    return number >= 0 and spans[number][1] > start


def theme_words(text: str, start: int, end: int, lang: str) -> list[ThemeWord]:
    """Return the theme words in ``text[start:end]``, by language of the text (``de``, ``en``)."""
    found: list[ThemeWord] = []
    never: dict[str, list[tuple[int, int]]] = {}
    for low, high, form in _forms(text, start, end, lang):
        for entry in _entries(form, lang):
            stop = high
            if entry.whole is not None:
                match = entry.whole.match(text, low, end)
                if match is None:
                    continue
                stop = match.end()
            if entry.role == "not":
                never.setdefault(entry.theme, []).append((low, stop))
            else:
                found.append(ThemeWord(entry.theme, low, stop, entry.role == "weak"))
    for spans in never.values():
        spans.sort()
    return [w for w in found if not _forbidden(never.get(w.theme, ()), w)]


def _forbidden(spans: Sequence[tuple[int, int]], word: ThemeWord) -> bool:
    near = spans[bisect_left(spans, (word.start - _LONGEST, 0)) : bisect_left(spans, (word.end, 0))]
    return any(meets(span, word.start, word.end) for span in near)


def meets(span: tuple[int, int], start: int, end: int) -> bool:
    """Whether a span meets another and is not just a part of it: "grünen" within "grünen Bandes"."""
    low, high = span
    return low < end and start < high and not (start <= low and high <= end and high - low < end - start)


def _forms(text: str, start: int, end: int, lang: str) -> Iterator[tuple[int, int, str]]:
    """Yield the words in ``text[start:end]`` in small letters, and German compounds without their hyphens."""
    for word in _TOKEN.finditer(text, start, end):
        yield word.start(), word.end(), word.group().lower()
    for parted in _PARTED.finditer(text, start, end) if lang == "de" else ():
        yield parted.start(), parted.end(), _JOINT.sub("", parted.group().lower())


@cache
def _scope() -> re.Pattern[str]:
    words = sorted({w for lang in LANGUAGES for w in load(lang, "themes")[SCOPE]["words"]})
    parts = "|".join(re.escape(w).replace(r"\*", _STAR).replace(r"\ ", r"\s") for w in words)
    return re.compile(rf"(?<![^\W_])(?:{parts})(?![^\W_])", re.IGNORECASE)


def announces_relations(heading: str) -> bool:
    """Whether a heading says that a page is about relations with other towns."""
    return _scope().search(heading) is not None
