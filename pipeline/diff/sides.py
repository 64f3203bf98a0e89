"""The evidence of two sides as one list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.diff.stored import Row


def passages(old: Sequence[Row], new: Sequence[Row]) -> Iterator[tuple[str, Row]]:
    """Yield the passages of a fact by page and place: ``-`` old only, ``+`` new only, `` `` both.

    Words that stand elsewhere on their page now are the same words.
    """
    before, after = _by_words(old), _by_words(new)
    sides = [("-", row) for words, row in before.items() if words not in after]
    sides += [("+" if words not in before else " ", row) for words, row in after.items()]
    return iter(sorted(sides, key=_place))


def _by_words(rows: Sequence[Row]) -> dict[tuple[str, str, str, int], Row]:
    """Return the rows by page, rule and words, and by their number among those that are alike in these."""
    seen: Counter[tuple[str, str, str]] = Counter()
    found = {}
    for row in rows:
        words = row["source"], row.get("rule", ""), row.get("quote", "")
        found[*words, seen[words]] = row
        seen[words] += 1
    return found


def _place(side: tuple[str, Row]) -> tuple[str, int, int, str, str]:
    sign, row = side
    return (
        row["source"],
        _number(row.get("start", "")),
        _number(row.get("end", "")),
        row.get("rule", ""),
        sign,
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
