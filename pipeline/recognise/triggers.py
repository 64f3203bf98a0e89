"""Words that name a partnership, found from the lexicon ``triggers.toml`` of the block's language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.lexicon import LANGUAGES, load
from pipeline.model import Block, Document, Kind, TriggerMention


@dataclass(frozen=True, slots=True)
class _Family:
    """One ``[[trigger]]`` entry, compiled."""

    pattern: re.Pattern[str]
    kind: Kind
    form: str
    plural: bool
    weak: bool
    generic: bool


# What a word opens with, where that is a letter or a set of letters, once: Twin, [Pp]artner.
_HEAD = re.compile(r"(?:[^\W\d_]|\[[^\W\d_]+\])(?![?*+{])")


def _any_of(words: list[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(w.replace(" ", r"\s") for w in longest_first) + ")"


def _compile(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){_any_of(words)}(?![\w])")


class _Lexicon(NamedTuple):
    """The families of a language, a pattern for where their words begin, and one for words that are none.

    ``by_letter`` has the numbers of the families that have words with a first letter, ``any_letter`` of those
    that have words with others.
    """

    families: tuple[_Family, ...]
    by_letter: dict[str, tuple[int, ...]]
    any_letter: tuple[int, ...]
    opening: re.Pattern[str]
    exclude: re.Pattern[str]


@cache
def _lexicon(lang: str) -> _Lexicon:
    data = load(lang, "triggers")
    families = tuple(
        _Family(
            _compile(entry["words"]),
            Kind(entry["kind"]),
            str(entry["form"]),
            bool(entry.get("plural", False)),
            bool(entry.get("weak", False)),
            bool(entry.get("generic", entry.get("weak", False))),
        )
        for entry in data["trigger"]
    )
    letters = [_letters(entry["words"]) for entry in data["trigger"]]
    any_letter = tuple(n for n, own in enumerate(letters) if own is None)
    by_letter = {
        letter: tuple(n for n, own in enumerate(letters) if own is None or letter in own)
        for letter in sorted(set().union(*(own for own in letters if own is not None)))
    }
    words = sorted({word for entry in data["trigger"] for word in entry["words"]})
    exclude = _compile(data["exclude"]["words"])
    return _Lexicon(families, by_letter, any_letter, _openings(words), exclude)


def _letters(words: list[str]) -> set[str] | None:
    """Return what words open with, None where one may open with anything."""
    heads = [_HEAD.match(word) for word in words]
    return None if None in heads else set("".join(head.group().strip("[]") for head in heads if head))


def _openings(words: list[str]) -> re.Pattern[str]:
    """Return a pattern for where a word begins, as a lookahead, since matches may overlap.

    The words are grouped by their first letters: at the start of any other word of the text, one look at
    its letter is enough.
    """
    rests: dict[str, list[str]] = {}
    other = []
    for word in words:
        head = _HEAD.match(word)
        if head is None:
            other.append(word)
            continue
        for letter in head.group().strip("[]"):
            rests.setdefault(letter, []).append(word[head.end() :])
    groups = [letter + _any_of(tails) for letter, tails in sorted(rests.items())]
    return re.compile(rf"(?<![\w-])(?={_any_of([*groups, *other])}(?!\w))")


def _mark(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\x01" * (end - start)


def triggers_in(text: str, start: int, end: int, lang: str) -> list[tuple[int, int, _Family]]:
    """Return the non-overlapping triggers in ``text[start:end]``, whole words; the longest match wins."""
    return [(start + a, start + b, family) for a, b, family in _triggers(text[start:end], lang)]


# Places and triggers are looked for one after the other, so that each block comes twice.
@lru_cache(maxsize=1 << 9)
def _triggers(text: str, lang: str) -> tuple[tuple[int, int, _Family], ...]:
    families, by_letter, any_letter, opening, exclude = _lexicon(lang)
    starts = [match.start() for match in opening.finditer(text)]  # one pattern is cheap, and most have none
    if not starts:
        return ()
    taken = bytearray(len(text))  # 1 where a word is spoken for
    for match in exclude.finditer(text):
        _mark(taken, match.start(), match.end())
    found: list[tuple[int, int, _Family]] = []
    ends = [0] * len(families)
    for start in starts:
        for n in by_letter.get(text[start], any_letter):
            word = families[n].pattern.match(text, start) if start >= ends[n] else None
            if word is not None:
                ends[n] = word.end()
                found.append((start, ends[n], families[n]))
    found.sort(key=lambda hit: (hit[0] - hit[1], hit[2].weak, hit[0]))  # longest, then strong
    kept: list[tuple[int, int, _Family]] = []
    for hit in found:
        if not any(taken[hit[0] : hit[1]]):
            _mark(taken, hit[0], hit[1])
            kept.append(hit)
    return tuple(sorted(kept, key=lambda hit: hit[0]))


def _in_block(document: Document, block: Block) -> list[TriggerMention]:
    hits = triggers_in(document.text, block.start, block.end, block.lang)
    if not hits:  # a German page may say "sister city", an English one "Städtepartnerschaft"
        other = next(lang for lang in LANGUAGES if lang != block.lang)
        hits = [h for h in triggers_in(document.text, block.start, block.end, other) if not h[2].weak]
    return [
        TriggerMention(
            start, end, family.kind, family.form, block.index, family.plural, family.weak, family.generic
        )
        for start, end, family in hits
    ]


def find_triggers(document: Document) -> tuple[TriggerMention, ...]:
    """Return all triggers of a document, sorted by start."""
    return tuple(mention for block in document.blocks for mention in _in_block(document, block))
