"""Which date founds each pair of a small page: ``founding_dates.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.gazetteer import fold
from pipeline.model import Basis, Claims, Place
from pipeline.normalise.dates import Founding, choose
from tests.extract.conftest import ClaimsOf
from tests.extract.mini_pages import body_of

_CASES = tomllib.loads((Path(__file__).parent / "founding_dates.toml").read_text(encoding="utf-8"))["case"]
_TITLE = {"de": "Stadt {0} – Partnerschaften", "en": "{0} Town Council – Twinning"}
_FOOT = {"de": "Stadtverwaltung {0}, Rathaus", "en": "{0} Town Council, Town Hall, United Kingdom"}


def _page(case: dict[str, Any]) -> str:
    lang, home = case["lang"], case["home"]
    stamp = (
        f'<meta property="article:published_time" content="{case["published"]}">'
        if "published" in case
        else ""
    )
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>{_TITLE[lang].format(home)}</title>{stamp}</head>'
        f"<body><main><h1>{_TITLE[lang].format(home)}</h1>\n{body_of(case['lines'].strip().splitlines())}"
        f"</main><footer><p>{_FOOT[lang].format(home)}</p></footer></body></html>"
    )


def _founded(claims: Claims, home: str, pair: str) -> str:
    """Return the date that the page gives for "A + B", or for the home and "B", as the cases write it."""
    wanted = {fold(name) for name in (pair.split(" + ") if " + " in pair else (home, pair))}

    def names(place: Place) -> set[str]:
        return {fold(name) for name in (place.name, *claims.surface_forms.get(place.place_id, ()))}

    def is_pair(a: Place, b: Place) -> bool:
        return len(wanted & names(a)) == len(wanted & names(b)) == 1

    assert any(is_pair(p.a, p.b) for p in claims.partnerships), f"{pair} is no pair"
    own = [d for d in claims.dates if is_pair(d.a, d.b)]
    chosen = choose([Founding(f"{d.edtf} {d.event}", d.edtf, d.event, d.basis, frozenset("1")) for d in own])
    return "-" if chosen is None else chosen.edtf + ("~" if chosen.basis is Basis.DERIVED else "")


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["id"])
def test_date(case: dict[str, Any], claims_of: ClaimsOf) -> None:
    claims = claims_of(_page(case))
    wanted = dict(pair.split(" = ") for pair in case["pairs"])
    assert {pair: _founded(claims, case["home"], pair) for pair in wanted} == wanted
