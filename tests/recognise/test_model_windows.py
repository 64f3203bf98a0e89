"""The model reads only around offices: reading the whole page with it would give the same facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from pipeline.clean import clean
from pipeline.extract import extract
from pipeline.model import Claims, Document, OfficeMention, PersonMention
from pipeline.read import read_bytes
from pipeline.recognise import Recogniser, persons
from pipeline.recognise.models import PersonModel

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for folder in ("corpus/de", "corpus/en", "tests/look/pages")
    for path in (ROOT / folder).iterdir()
    if path.is_file()
)


def read_all(
    document: Document,
    offices: Sequence[OfficeMention],
    known: Sequence[PersonMention],
    models: Mapping[str, PersonModel],
) -> tuple[PersonMention, ...]:
    """Stand in for ``propose_persons``: every block, whatever stands in it."""
    found = []
    for block in document.blocks:
        nlp = models[block.lang].nlp
        assert nlp is not None
        for entity in nlp(document.words(block)).ents:
            if entity.label_ == "PER" and len(entity.text.split()) > 1:
                start = block.start + entity.start_char
                name = " ".join(entity.text.split())
                found.append(PersonMention(start, start + len(entity.text), name, block.index))
    return tuple(found)


def facts(recogniser: Recogniser) -> list[Claims]:
    documents = (clean(read_bytes(path.read_bytes(), path.name)) for path in PAGES)
    return [extract(recogniser.recognise(document)) for document in documents]


def test_windows_give_the_facts_of_the_full_run(monkeypatch: pytest.MonkeyPatch) -> None:
    recogniser = Recogniser()
    windows = facts(recogniser)
    monkeypatch.setattr(persons, "propose_persons", read_all)
    assert facts(recogniser) == windows


def test_a_name_beside_its_label_is_read() -> None:
    html = b"<html lang=en><title>Town</title><table>"
    html += b"<tr><th>Mayor<td>Kalervo Kummola (NCP)<tr><th>Area<td>9</table>"
    mentions = Recogniser().recognise(clean(read_bytes(html, "town.html")))
    assert "Kalervo Kummola" in [person.name for person in mentions.persons]
