"""Mentions that people marked on pages, and where they stand in the frozen text of today.

A file holds the page, the SHA-256 of the frozen text it was made on, and a list of rows a kind, each
``[start, end, surface, ...]`` with offsets in code points:

- ``persons``: the full name, without titles, as the page gives it anywhere
- ``places``: form (``name``, ``genitive``, ``adjective``, ``region``), name, country, GeoNames id or null
- ``dates``: explicit dates, with their EDTF value
- ``relative``: the others (jubilees, days without a year), with EDTF, or null where none can be told
- ``optional``: ``person``, ``place`` or ``date``, of which a reader may or may not call this one
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pipeline.clean import clean
from pipeline.model import Document, Page
from pipeline.read import read

KINDS = ("persons", "places", "dates", "relative", "optional")
WINDOW = 600  # how far, in code points, a mark may have moved beside its neighbours


class Mark(NamedTuple):
    """An annotated span. ``value`` holds what is annotated beside it, in the order of the file."""

    start: int
    end: int
    surface: str
    value: tuple[str | None, ...]


@dataclass
class Annotation:
    """The marks of one page by kind, at their offsets in its text of today."""

    page: str
    marks: dict[str, list[Mark]]
    moved: bool = False
    lost: list[str] = field(default_factory=list)


def annotation(path: Path, text: str) -> Annotation:
    """Return the annotation in a file, moved to a page's text of today.

    Raises:
        ValueError: The text is that of the annotation, but a mark's words do not stand at its offsets.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    same = hashlib.sha256(text.encode("utf-8")).hexdigest() == data["text_sha256"]
    result = Annotation(data["page"], {kind: [] for kind in KINDS}, moved=not same)
    rows = sorted((row[0], row[1], kind, row) for kind in KINDS for row in data[kind])
    drift = 0
    last: dict[tuple[str, str], int] = {}
    for start, end, kind, row in rows:
        surface = row[2]
        if same and text[start:end] != surface:
            raise ValueError(f"{path.name}: {surface!r} does not stand at {start}")
        at = start if same else nearest(text, surface, start + drift, last.get((kind, surface), 0))
        if at is None:
            result.lost.append(surface)
            continue
        drift = at - start
        last[kind, surface] = at + len(surface)
        result.marks[kind].append(Mark(at, at + len(surface), surface, tuple(row[3:])))
    return result


def nearest(text: str, surface: str, expected: int, earliest: int) -> int | None:
    """Return where words stand nearest to an offset, as whole words and not before ``earliest``, or None."""
    low = max(earliest, expected - WINDOW, 0)
    word = re.compile(rf"(?<!\w){re.escape(surface)}(?!\w)")
    starts = [m.start() for m in word.finditer(text, low, max(low, expected + WINDOW))]
    return min(starts, key=lambda start: abs(start - expected), default=None)


def pages(annotations: Path, corpus: Path) -> list[tuple[Document, Annotation]]:
    """Return the annotated pages, cleaned, in the order of their names.

    Raises:
        LookupError: An annotated page is not in the corpus.
    """
    result = []
    for path in sorted(annotations.rglob("*.json")):
        name = json.loads(path.read_text(encoding="utf-8"))["page"]
        if not (corpus / name).is_file():
            raise LookupError(f"{name} is not in {corpus.name}")
        (page,) = read([corpus / name])
        if not isinstance(page, Page):
            raise LookupError(f"{name} cannot be read")
        document = clean(page)
        result.append((document, annotation(path, document.text)))
    return result
