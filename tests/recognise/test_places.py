"""What places and units of administration are read as, from the table ``places.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.clean import clean
from pipeline.clean.home import Texts, find_home
from pipeline.gazetteer import load
from pipeline.model import Document, Home, Page
from pipeline.read import read_bytes
from pipeline.recognise.places import find_places
from tests.documents import document

_CASES = tomllib.loads((Path(__file__).parent / "places.toml").read_text(encoding="utf-8"))["case"]


def _document(case: dict[str, Any]) -> Document:
    lang = case.get("lang", "en")
    if "html" not in case:
        page = document([case["text"]], lang=lang)
    else:
        head = f'<html lang="{lang}"><head><title>x</title></head><body><main><p>Text davor.</p>'
        raw = read_bytes(f"{head}{case['html']}</main></body></html>".encode(), "page.html")
        assert isinstance(raw, Page)
        page = clean(raw)
    home = Home(load().link(case["home"]), case["home"], "title") if "home" in case else None
    return replace(page, home=home)


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.get("text", case.get("html"))[:50])
def test_places(case: dict[str, Any]) -> None:
    page = _document(case)
    found = [
        f"{page.text[m.start : m.end]} = {m.place.name} {m.place.country or '--'} {m.place.feature}".strip()
        for m in find_places(page)[0]
    ]
    assert found == case["found"]


@pytest.mark.parametrize(
    ("title", "body", "lang", "name", "country", "feature"),
    [
        ("Kent County Council", "Kent County Council is twinned.", "en", "Kent", "GB", "region"),
        ("Durham County Council", "Wesel is our twin.", "en", "County Durham", "GB", "county"),
        ("London Borough of Bexley", "Bexley is twinned with Arnsberg.", "en", "Bexley", "GB", "city"),
        ("Landkreis Waldshut", "Der Landkreis ist groß.", "de", "Landkreis Waldshut", "DE", "county"),
        ("Märkischer Kreis", "Der Märkische Kreis lädt ein.", "de", "Märkischer Kreis", "DE", "county"),
        ("Timaru District Council", "Timaru is a sister city of Eniwa.", "en", "Timaru", "NZ", "city"),
        ("Kerry County Council", "It runs schools.", "en", "County Kerry", "IE", "county"),
        ("Landkreis Löbau-Zittau", "Der Kreis ist groß.", "de", "Landkreis Löbau-Zittau", "DE", "county"),
        ("Gemeinde Wettenberg", "Wettenberg lädt ein.", "de", "Wettenberg", "DE", "city"),
        ("Tendring District Council", "Tendring lies on the coast.", "en", "Tendring", "GB", "district"),
    ],
)
def test_home(title: str, body: str, lang: str, name: str, country: str, feature: str) -> None:
    home = find_home(Texts(title, [title], [], "", body), lang)
    assert home is not None
    assert (home.place.name, home.place.country, home.place.feature) == (name, country, feature)
