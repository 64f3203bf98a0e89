"""Spans by the sentences that they touch."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.explain.spans import by_sentence
from pipeline.model import Evidence, Sentence

EDGES = st.lists(st.integers(0, 40), min_size=2, max_size=12, unique=True).map(sorted)
SPANS = st.lists(st.tuples(st.integers(0, 39), st.integers(1, 15)), max_size=6)


@given(EDGES, SPANS)
def test_as_if_every_sentence_were_asked(edges: list[int], spans: list[tuple[int, int]]) -> None:
    pairs = zip(edges[::2], edges[1::2], strict=False)
    sentences = [Sentence(start, end, 0) for start, end in pairs]
    evidence = [Evidence(start, start + length, "x") for start, length in spans]
    found = by_sentence(sentences, evidence)
    for sentence in sentences:
        touching = [e for e in evidence if e.start < sentence.end and sentence.start < e.end]
        assert list(found.get(sentence.start, [])) == touching
