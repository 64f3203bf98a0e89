"""Reads the open data sets as sentences of words and BIO tags, and makes spaCy documents of them."""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

LABELS = ("PER", "LOC", "ORG", "MISC")
_LABEL_OF = {
    "PER": "PER",
    "LOC": "LOC",
    "ORG": "ORG",
    "MISC": "MISC",
    "person": "PER",
    "location": "LOC",
    "location-city": "LOC",
    "location-street": "LOC",
    "location-stop": "LOC",
    "organization": "ORG",
    "organization-company": "ORG",
}
# The meaning of OTH depends on the data set: works and events in GermEval, nationalities in UNER.
_OTHER = {"de-germeval14": "MISC"}


class Sentence(NamedTuple):
    """Words, one BIO tag each, and whether a space follows each (None: unknown)."""

    lang: str
    words: tuple[str, ...]
    tags: tuple[str, ...]
    spaces: tuple[bool, ...] | None = None


class Entity(NamedTuple):
    """A span of words (end exclusive)."""

    start: int
    end: int
    label: str


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read(path: Path, tokenizer: Language | None = None) -> list[Sentence]:
    """Return the sentences of a file of ``ner-data``, its labels mapped to ``LABELS``.

    Args:
        path: ``de-...`` or ``en-...``, ``.conll.xz`` or ``.jsonl.xz``.
        tokenizer: Splits the documents of a ``.jsonl.xz`` file.

    Raises:
        ValueError: The file is neither, or a ``.jsonl.xz`` without tokenizer.
    """
    lang = path.name[:2]
    if path.name.endswith(".conll.xz"):
        other = next((label for start, label in _OTHER.items() if path.name.startswith(start)), None)
        return list(_conll(path, lang, {**_LABEL_OF, "OTH": other}))
    if path.name.endswith(".jsonl.xz") and tokenizer is not None:
        return list(_jsonl(path, lang, tokenizer))
    raise ValueError(f"not a data set: {path.name}")


def entities(tags: Sequence[str]) -> list[Entity]:
    """Return the spans of BIO tags; an I- without a beginning begins one."""
    found: list[Entity] = []
    for i, tag in enumerate(tags):
        if tag == "O":
            continue
        label = tag[2:]
        if tag[0] == "I" and found and found[-1].end == i and found[-1].label == label:
            found[-1] = Entity(found[-1].start, i + 1, label)
        else:
            found.append(Entity(i, i + 1, label))
    return found


def to_doc(nlp: Language, sentence: Sentence) -> Doc:
    """Return a sentence as a document with entities."""
    spaces = sentence.spaces
    doc = Doc(nlp.vocab, words=list(sentence.words), spaces=None if spaces is None else list(spaces))
    doc.set_ents([Span(doc, e.start, e.end, e.label) for e in entities(sentence.tags)])
    return doc


def from_text(nlp: Language, text: str, spans: Iterable[tuple[int, int, str]]) -> Sentence:
    """Return a text with labelled spans (offsets) as words; a span that cuts a word takes all of it."""
    doc = nlp.make_doc(text)
    tags = ["O"] * len(doc)
    for start, end, label in spans:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            tags[span.start : span.end] = [f"B-{label}"] + [f"I-{label}"] * (len(span) - 1)
    return Sentence(
        nlp.lang, tuple(t.text for t in doc), tuple(tags), tuple(bool(t.whitespace_) for t in doc)
    )


def to_docbin(nlp: Language, sentences: Iterable[Sentence]) -> DocBin:
    """Return sentences in spaCy's own format, to look at them with its tools."""
    return DocBin(attrs=["ENT_IOB", "ENT_TYPE"], docs=[to_doc(nlp, s) for s in sentences])


def _conll(path: Path, lang: str, label_of: dict[str, str | None]) -> Iterator[Sentence]:
    with lzma.open(path, "rt", encoding="utf8") as lines:
        for filled, group in groupby(lines, key=lambda line: line != "\n"):
            if filled:
                rows = [row for row in (line.rstrip("\n").split("\t") for line in group) if row[0]]
                words = tuple(row[0] for row in rows)
                if words:
                    yield Sentence(lang, words, tuple(_tags(words, [row[1] for row in rows], label_of)))


def _tags(words: tuple[str, ...], tags: list[str], label_of: dict[str, str | None]) -> Iterator[str]:
    """Return mapped tags; the handles of tweets, tagged as persons, are none on a page."""
    handle = False
    for i, tag in enumerate(tags):
        label = label_of.get(tag[2:])
        if not tag.startswith("I-"):
            handle = words[i].startswith("@") or (i > 0 and words[i - 1] == "@")
        yield "O" if label is None or (handle and label == "PER") else f"{tag[:2]}{label}"


def _jsonl(path: Path, lang: str, tokenizer: Language) -> Iterator[Sentence]:
    """Return the lines of the documents: a page is read line by line too."""
    with lzma.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            document = json.loads(line)
            spans = [
                (start, end, _LABEL_OF[label])
                for start, end, label in document["spans"]
                if label in _LABEL_OF
            ]
            at = 0
            for piece in document["text"].split("\n"):
                inside = [(s - at, e - at, x) for s, e, x in spans if s >= at and e <= at + len(piece)]
                if piece.strip():
                    yield from_text(tokenizer, piece, inside)
                at += len(piece) + 1
