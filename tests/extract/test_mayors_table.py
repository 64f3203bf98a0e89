"""Families of phrasings that name a mayor, and tempting ones that name nobody."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.clean import clean
from pipeline.extract.mayors import extract_mayors
from pipeline.model import MediaType, Page
from pipeline.recognise import Recogniser
from tests.extract.test_mayors import ADORF, SALEM, told

FAMILIES = tomllib.loads(Path(__file__).with_name("mayors.toml").read_text(encoding="utf-8"))["family"]
CASES = [case for family in FAMILIES for case in family["cases"]]
NOBODY = [case for family in FAMILIES for case in family["nobody"]]


def _told(case: dict[str, Any]) -> list[str]:
    lang = case.get("lang", "de")
    found = told(case["text"], lang=lang, home=SALEM if lang == "en" else ADORF)
    return [f"{person}, {town}" for person, _, town in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_who_is_mayor_of_what(case: dict[str, Any]) -> None:
    assert _told(case) == case["mayors"]


@pytest.mark.parametrize("case", NOBODY, ids=lambda case: case["text"][:60])
def test_nobody_is_mayor(case: dict[str, Any]) -> None:
    assert _told(case) == []


def test_a_column_of_mayors() -> None:
    html = (
        "<h1>Our twin towns</h1><p>Kendal has two twin towns.</p><table>"
        "<tr><th>Town</th><th>Mayor</th><th>Since</th></tr>"
        "<tr><td>Rinteln</td><td>Andrea Lange</td><td>1992</td></tr>"
        "<tr><td>Killarney</td><td>Marie Moloney</td><td>1993</td></tr></table>"
    )
    doc = clean(Page("a.html", html, MediaType.HTML, "0" * 64, "utf-8"))
    found = extract_mayors(Recogniser().recognise(doc))
    assert [(c.person, c.place.name) for c in found] == [
        ("Andrea Lange", "Rinteln"),
        ("Marie Moloney", "Killarney"),
    ]
