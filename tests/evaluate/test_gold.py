"""Annotations: what is read, and what is said of a file that is not as it should be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluate.gold import GoldError, read_gold
from tests.conftest import ROOT

ULM, TSUMEB = {"name": "Ulm", "country": "DE"}, {"name": "Tsumeb", "country": "NA", "aliases": ["Otjisume"]}
PAIR = {"a": ULM, "b": TSUMEB, "kind": "twin", "status": "active", "founded": "1968", "quote": "x"}
MAYOR = {"person": "Nina Beck", "role": "mayor", "city": ULM}
PAGE: dict[str, Any] = {
    "page": "ulm.html",
    "lang": "de",
    "partnerships": [PAIR],
    "mayors": [MAYOR],
    "themes": [{"theme": "aid"}],
}


def write(folder: Path, data: object, name: str = "ulm.json") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def test_a_page_is_read(tmp_path: Path) -> None:
    write(tmp_path / "de", PAGE)
    (page,) = read_gold([tmp_path])
    assert (page.page, page.lang) == ("ulm.html", "de")
    assert page.partnerships[0].b.aliases == ("Otjisume",)
    assert page.partnerships[0].dates == {"1968"}
    assert page.mayors[0].quote == ""
    assert page.traps == ()


def test_own_annotations_are_read() -> None:
    folders = [ROOT / "tests" / "corpus_gold", ROOT / "tests" / "look" / "gold"]
    assert len(read_gold(folders)) == sum(len(list(folder.rglob("*.json"))) for folder in folders)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("{", "is not JSON"),
        ("[1]", "is not an object"),
        (PAGE | {"page": None}, "page is missing"),
        (PAGE | {"lang": "fr"}, "lang is 'fr', not one of de, en"),
        (PAGE | {"mayors": {}}, "mayors is not a list of objects"),
        (PAGE | {"partnerships": [PAIR, PAIR | {"kind": "twins"}]}, "partnerships[1].kind is 'twins'"),
        (PAGE | {"partnerships": [PAIR | {"founded": "May"}]}, "partnerships[0] has 'May'"),
        (PAGE | {"partnerships": [PAIR | {"a": "Ulm"}]}, "partnerships[0].a is not a place"),
        (PAGE | {"partnerships": [PAIR | {"a": ULM | {"aliases": "U"}}]}, "partnerships[0].a.aliases"),
        (PAGE | {"mayors": [MAYOR | {"role": "king"}]}, "mayors[0].role is 'king'"),
        (PAGE | {"themes": [{"theme": "beer"}]}, "themes[0].theme is 'beer'"),
        (PAGE | {"not_partnerships": [{"a": ULM}]}, "not_partnerships[0].b is not a place"),
    ],
)
def test_a_broken_file_is_named_with_its_cause(tmp_path: Path, data: object, said: str) -> None:
    path = write(tmp_path, data)
    with pytest.raises(GoldError) as caught:
        read_gold([tmp_path])
    assert str(path) in str(caught.value)
    assert said in str(caught.value)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "ulm.json").write_bytes(b"\xff\xfe{")
    with pytest.raises(GoldError, match="is not JSON"):
        read_gold([tmp_path])


def test_two_annotations_of_one_page(tmp_path: Path) -> None:
    write(tmp_path, PAGE)
    write(tmp_path, PAGE, "again.json")
    with pytest.raises(GoldError, match=r"again\.json and .*ulm\.json both annotate ulm\.html"):
        read_gold([tmp_path])


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no annotation"):
        read_gold([tmp_path])
    with pytest.raises(GoldError, match="no such file"):
        read_gold([tmp_path / "missing"])
