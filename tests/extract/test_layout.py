"""Partners that the layout of small pages names, or only seems to: the cases are in ``layout.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.extract.conftest import ClaimsOf
from tests.extract.mini_pages import body_of, differences, stated

_CASES = tomllib.loads(Path(__file__).with_name("layout.toml").read_text(encoding="utf-8"))["case"]
_FOOT = {
    "de": "Stadt {0}, Rathaus, Rathausplatz 1",
    "en": "{0} Town Council, Town Hall, High Street",
}


def _page(case: dict[str, Any]) -> str:
    lang, name = case["lang"], case["home"].rsplit(" ", 1)[0]
    town = case.get("site", f"Stadt {name}" if lang == "de" else f"{name} Town Council")
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>{case["head"]} – {town}</title></head><body>'
        f"<header><p>{town}</p></header><main><h1>{case['head']}</h1>\n"
        f"{body_of(case['lines'].strip().splitlines())}</main>"
        f"<footer><p>{case.get('foot', _FOOT[lang].format(name))}</p></footer></body></html>"
    )


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["id"])
def test_layout(case: dict[str, Any], claims_of: ClaimsOf) -> None:
    assert differences(claims_of(_page(case)), [stated(line, case["home"]) for line in case["pairs"]]) == []
