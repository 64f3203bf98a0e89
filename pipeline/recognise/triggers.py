"""Words that name a partnership, found from the lexicon ``triggers.toml`` of the block's language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

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


def _compile(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(
        r"(?<![\w-])(?:" + "|".join(w.replace(" ", r"\s") for w in longest_first) + r")(?![\w])"
    )


@cache
def _families(lang: str) -> tuple[tuple[_Family, ...], re.Pattern[str]]:
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
    return families, _compile(data["exclude"]["words"])


def _mark(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\x01" * (end - start)


def triggers_in(text: str, start: int, end: int, lang: str) -> list[tuple[int, int, _Family]]:
    """Return the non-overlapping triggers in ``text[start:end]``; the longest match wins."""
    families, exclude = _families(lang)
    taken = bytearray(end - start)  # 1 where a word is spoken for
    for match in exclude.finditer(text, start, end):
        _mark(taken, match.start() - start, match.end() - start)
    found = [
        (match.start(), match.end(), family)
        for family in families
        for match in family.pattern.finditer(text, start, end)
    ]
    found.sort(key=lambda hit: (hit[0] - hit[1], hit[2].weak, hit[0]))  # longest, then strong
    kept: list[tuple[int, int, _Family]] = []
    for hit in found:
        if not any(taken[hit[0] - start : hit[1] - start]):
            _mark(taken, hit[0] - start, hit[1] - start)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit[0])


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
