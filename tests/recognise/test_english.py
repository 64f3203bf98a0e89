"""Sentences, triggers, places and the home town of English text, read from ``english.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.clean.home import Texts, find_home
from pipeline.gazetteer import fold
from pipeline.model import Place
from pipeline.recognise.places import find_places
from pipeline.recognise.sentences import split
from pipeline.recognise.triggers import find_triggers
from tests.documents import document

_CASES = tomllib.loads((Path(__file__).parent / "english.toml").read_text(encoding="utf-8"))


def _cases(name: str) -> list[Any]:
    return [
        pytest.param(
            case,
            id=case.get("text", case.get("title", ""))[:40],
            marks=[pytest.mark.xfail(strict=True, reason="open")] if case.get("open") else [],
        )
        for case in _CASES[name]
    ]


def _same(place: Place, surface: str, wanted: str) -> bool:
    name, country = wanted.rsplit(" ", 1)
    return fold(name) in (fold(surface), fold(place.name)) and country in ("--", place.country)


@pytest.mark.parametrize("case", _cases("sentences"))
def test_sentences(case: dict[str, Any]) -> None:
    text = case["text"].replace(" | ", " ")
    assert [text[a:b] for a, b in split(text, 0, len(text), "en")] == case["text"].split(" | ")


@pytest.mark.parametrize("case", _cases("triggers"))
def test_triggers(case: dict[str, Any]) -> None:
    page = document([case["text"]], lang="en")
    found = [
        f"{page.text[t.start : t.end]} {t.form} {t.kind.value}" for t in find_triggers(page) if not t.weak
    ]
    assert found == case["found"]


@pytest.mark.parametrize("case", _cases("places"))
def test_places(case: dict[str, Any]) -> None:
    page = document([case["text"]], lang="en")
    found = [(m.place, page.text[m.start : m.end]) for m in find_places(page)[0]]
    assert len(found) == len(case["found"]), found
    for (place, surface), wanted in zip(found, case["found"], strict=True):
        assert _same(place, surface, wanted), (place, wanted)


@pytest.mark.parametrize("case", _cases("home"))
def test_home(case: dict[str, Any]) -> None:
    home = find_home(Texts(case["title"], [case["title"]], case.get("publisher", []), "", case["body"]), "en")
    assert (home is None) == (case["found"] == ""), home
    if home is not None:
        assert _same(home.place, home.surface, case["found"]), home
