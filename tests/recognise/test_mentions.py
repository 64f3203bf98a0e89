"""Persons, places and dates on twelve pages annotated by hand (``mentions/``): figures keep their floors."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from benchmarks.marks import KINDS, Annotation, annotation, pages
from benchmarks.mentions import Scores, score
from pipeline.clean import clean
from pipeline.model import Document, Rejected
from pipeline.read import read_bytes
from pipeline.recognise import Recogniser

# Precision and recall, a little below what is measured.
FLOORS = {
    "PER": (0.97, 0.95),
    "PER+name": (0.97, 0.95),
    "place": (0.95, 0.92),
    "place+link": (0.93, 0.90),
    "region": (1.00, 0.90),
    "date": (0.98, 0.98),
    "relative": (0.95, 0.50),
}
LOST = 0.03  # share of the marks that cleaning may have dropped from the text since

ROOT = Path(__file__).resolve().parents[2]
MENTIONS = Path(__file__).parent / "mentions"
FILES = sorted(MENTIONS.rglob("*.json"))


@pytest.fixture(scope="module")
def annotated() -> list[tuple[Document, Annotation]]:
    return pages(MENTIONS, ROOT / "corpus")


@pytest.fixture(scope="module")
def total(annotated: list[tuple[Document, Annotation]]) -> Scores:
    recogniser, scores = Recogniser(), Scores()
    for document, marked in annotated:
        scores += score(marked, recogniser.recognise(document))
    return scores


@pytest.mark.parametrize("measure", FLOORS)
def test_floor(total: Scores, measure: str) -> None:
    tally = total.tallies[measure]
    errors = "\n".join(f"{sort} {words}" for name, sort, words in total.errors if name == measure)
    precision, recall = FLOORS[measure]
    assert tally.precision >= precision, errors
    assert tally.recall >= recall, errors


def test_six_pages_a_language() -> None:
    assert [path.parent.name for path in FILES] == ["de"] * 6 + ["en"] * 6


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_rows_are_whole(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    assert list(data) == ["page", "text_sha256", *KINDS]
    for kind in KINDS:
        width = 7 if kind == "places" else 4
        for row in data[kind]:
            assert len(row) == width and row[1] - row[0] == len(row[2]), row
        spans = sorted(row[:2] for row in data[kind])
        assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans)), kind


def test_marks_stand_in_the_text(annotated: list[tuple[Document, Annotation]]) -> None:
    for document, marked in annotated:
        marks = [mark for kind in KINDS for mark in marked.marks[kind]]
        assert all(document.text[mark.start : mark.end] == mark.surface for mark in marks)
        assert len(marked.lost) <= LOST * (len(marks) + len(marked.lost)), (marked.page, marked.lost)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_marks_move_with_the_text(path: Path, annotated: list[tuple[Document, Annotation]]) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    document, marked = next(pair for pair in annotated if pair[1].page == data["page"])
    lines = document.text.split("\n")
    middle = len(lines) // 2
    new = "Ein Absatz, der dazukam und von nichts handelt, was wir suchen."
    moved = annotation(path, "\n".join([new, *lines[:middle], new, new, *lines[middle:]]))
    border = len("\n".join(lines[:middle]))
    assert moved.moved and moved.lost == marked.lost
    for kind in KINDS:
        for before, after in zip(marked.marks[kind], moved.marks[kind], strict=True):
            shift = (len(new) + 1) * (3 if before.start > border else 1)
            assert after == before._replace(start=before.start + shift, end=before.end + shift)


def test_marks_of_a_dropped_passage_are_lost(tmp_path: Path) -> None:
    page = read_bytes(b"Bath greets Caen.\n\nOslo is far.\n\nBath greets Cork.\n", "a.txt")
    assert not isinstance(page, Rejected)
    text = clean(page).text
    rows = [
        [text.find(name), text.find(name) + 4, name, "name", name, "", None]
        for name in ("Bath", "Caen", "Oslo", "Cork")
    ]
    others: dict[str, list[str]] = {kind: [] for kind in KINDS if kind != "places"}
    data = {"page": "a.txt", "text_sha256": "of another text", "places": rows, **others}
    path = tmp_path / "a.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    marked = annotation(path, "Bath greets Caen.\nBath greets Cork.")
    assert marked.lost == ["Oslo"]
    assert [(mark.surface, mark.start) for mark in marked.marks["places"]] == [
        ("Bath", 0),
        ("Caen", 12),
        ("Cork", 30),
    ]
