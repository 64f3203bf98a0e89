"""Sentences, triggers, places and home towns in German, as tables of cases (``recognise_de.toml``).

A case with ``open = true`` is not solved yet; the number of open cases that fail may only fall.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.clean import clean
from pipeline.clean.home import Texts, find_home
from pipeline.gazetteer import fold
from pipeline.model import Document, Page
from pipeline.read import read_bytes
from pipeline.recognise.places import find_places
from pipeline.recognise.sentences import split
from pipeline.recognise.triggers import triggers_in

Case = dict[str, Any]
TABLE: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "recognise_de.toml").read_text(encoding="utf-8")
)


def _document(case: Case) -> Document:
    title = f"Stadt {case.get('home', 'Lübeck')} – Aktuelles"
    body = case.get("body") or f"<p>{case['text']}</p>"
    head = f'<html lang="de"><head><title>{title}</title></head>'
    html = f"{head}<body><main><h1>{title}</h1>{body}</main></body></html>"
    page = read_bytes(html.encode(), "page.html")
    assert isinstance(page, Page)
    return clean(page)


def sentence_complaints(case: Case) -> list[str]:
    """Compare the sentences with those of the case, which stand between bars."""
    wanted = case["text"].split("|")
    text = " ".join(part.strip() for part in wanted)
    found = [text[a:b] for a, b in split(text, 0, len(text), "de")]
    return [] if found == [part.strip() for part in wanted] else [f"found {found}"]


def trigger_complaints(case: Case) -> list[str]:
    """Compare the triggers, written ``word kind form``, a weak one with ``weak`` after it."""
    text = case["text"]
    found = [
        f"{text[a:b]} {family.kind.value} {family.form}{' weak' if family.weak else ''}"
        for a, b, family in triggers_in(text, 0, len(text), "de")
    ]
    return [] if found == case["triggers"] else [f"found {found}"]


def place_complaints(case: Case) -> list[str]:
    """Compare the places below the title, written ``Name/CC``, other forms as ``Name/CC form``."""
    document = _document(case)
    body = document.blocks[0].end
    found = [
        f"{m.place.name}/{m.place.country}{'' if m.form == 'name' else ' ' + m.form}"
        for m in find_places(document)[0]
        if m.start >= body
    ]
    folded = [fold(name.partition("/")[0]) + name[name.index("/") :] for name in found]
    wanted = [fold(name.partition("/")[0]) + name[name.index("/") :] for name in case["places"]]
    return [] if folded == wanted else [f"found {found}"]


def home_complaints(case: Case) -> list[str]:
    """Compare the home town, written ``Name/CC``, empty for none."""
    home = find_home(
        Texts(case["title"], case.get("headings", []), case.get("publisher", []), "", case.get("body", "")),
        "de",
    )
    found = f"{home.place.name}/{home.place.country}" if home else ""
    return [] if found == case["home"] else [f"found {found}"]


CHECKS = {
    "sentence": sentence_complaints,
    "trigger": trigger_complaints,
    "place": place_complaints,
    "home": home_complaints,
}
ALL = [(kind, case) for kind in CHECKS for case in TABLE[kind]]


def _name(value: object) -> str:
    words = (
        str(value.get("text") or value.get("title") or value["body"])
        if isinstance(value, dict)
        else str(value)
    )
    return re.sub(r"\W+", "-", words)[:50]


@pytest.mark.parametrize(("kind", "case"), [c for c in ALL if not c[1].get("open")], ids=_name)
def test_case(kind: str, case: Case) -> None:
    """A solved case stays solved."""
    assert CHECKS[kind](case) == []


def test_open_cases_do_not_grow() -> None:
    """No more open cases fail than the file allows."""
    failing = [case for kind, case in ALL if case.get("open") and CHECKS[kind](case)]
    assert len(failing) <= TABLE["allowed"], failing
