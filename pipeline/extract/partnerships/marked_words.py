"""The words of a sentence as the scorers see them: stems, numbers, and one mark for each name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.extract.partnerships.partner_layout import STEM
from pipeline.tokens import tokenise


def marked_words(
    text: str, start: int, end: int, marks: Iterable[tuple[int, int, str]]
) -> Iterator[tuple[int, str]]:
    """Yield the words between two offsets, each with the offset where it starts.

    Args:
        text: The text of the page.
        start: Where the first word begins.
        end: Where the last word ends.
        marks: What stands in place of words: from where, to where, the mark.
    """
    ordered = sorted(marks)
    i, last = 0, -1
    for token in tokenise(text, start, end):
        while i < len(ordered) and ordered[i][1] <= token.start:
            i += 1
        if i < len(ordered) and ordered[i][0] <= token.start:
            if last != i:
                yield token.start, ordered[i][2]
            last = i
        else:
            yield token.start, "NUMBER" if token.text[0].isdigit() else token.text.lower()[:STEM]
