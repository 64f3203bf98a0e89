"""Families of phrasings that name a mayor, and tempting ones that name nobody."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

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
