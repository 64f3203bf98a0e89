"""Which spans touch which sentences, for all sentences of a page at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from pipeline.model import Sentence


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=_Spanned)


def by_sentence(sentences: Sequence[Sentence], spans: Iterable[S]) -> Mapping[int, list[S]]:
    """Return the spans that touch each sentence, in their order, by the sentence's start.

    Args:
        sentences: Sorted, none over another.
        spans: In any order; one may touch several sentences, or none.
    """
    found: defaultdict[int, list[S]] = defaultdict(list)
    for span in spans:
        first = bisect_right(sentences, span.start, key=lambda sentence: sentence.end)
        last = bisect_left(sentences, span.end, key=lambda sentence: sentence.start)
        for sentence in sentences[first:last]:
            found[sentence.start].append(span)
    return found
