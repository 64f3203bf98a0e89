"""What `make model` feeds the model with."""

from __future__ import annotations

import random

import pytest
import spacy

from training.augment import Names, join, swap
from training.convert import LABELS, Entity, Sentence, entities, from_text, to_doc
from training.town_pages import Writer

SENTENCE = Sentence(
    "de",
    ("Angela", "Merkel", "traf", "Merkel", "in", "Dijon", "."),
    ("B-PER", "I-PER", "O", "B-PER", "O", "B-LOC", "O"),
)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_generated_text_is_filled_and_its_spans_are_exact(lang: str) -> None:
    writer = Writer(lang, 7)
    labels = set()
    for _ in range(1_500):
        text, spans = writer.block()
        assert "{" not in text
        assert "\u00a0" not in text
        ends = 0
        for start, end, label in spans:
            assert ends <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]
            labels.add(label)
            ends = end
    assert labels == set(LABELS)


def test_the_same_seed_writes_the_same_text() -> None:
    assert [Writer("en", 3).block() for _ in range(2)] == [Writer("en", 3).block() for _ in range(2)]


def test_swapped_names_keep_their_labels() -> None:
    swapped = swap(SENTENCE, Names(random.Random(2)), 1.0)
    assert [e.label for e in entities(swapped.tags)] == ["PER", "PER", "LOC"]
    assert len(swapped.words) == len(swapped.tags)
    assert "Merkel" not in swapped.words
    assert "Dijon" not in swapped.words
    assert "traf" in swapped.words


def test_nothing_is_swapped_without_a_share() -> None:
    assert swap(SENTENCE, Names(random.Random(2)), 0.0).words == SENTENCE.words


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        (["O", "O"], []),
        (["B-PER", "I-PER", "B-PER"], [Entity(0, 2, "PER"), Entity(2, 3, "PER")]),
        (["I-LOC", "O", "I-ORG"], [Entity(0, 1, "LOC"), Entity(2, 3, "ORG")]),
        (["B-PER", "I-LOC"], [Entity(0, 1, "PER"), Entity(1, 2, "LOC")]),
    ],
)
def test_tags_become_spans(tags: list[str], spans: list[Entity]) -> None:
    assert entities(tags) == spans


def test_a_span_takes_whole_words() -> None:
    nlp = spacy.blank("en")
    sentence = from_text(nlp, "Duisburg's mayor", [(0, 8, "LOC")])
    assert [(e.text, e.label_) for e in to_doc(nlp, sentence).ents] == [("Duisburg", "LOC")]
    assert to_doc(nlp, join([sentence, sentence])).text == "Duisburg's mayor Duisburg's mayor "
