"""The command ``twintown eval``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Twintown
from tests.parsed import Page

GOETTINGEN, CHELTENHAM = {"name": "Göttingen", "country": "DE"}, {"name": "Cheltenham", "country": "GB"}
TORUN, ANNECY = {"name": "Toruń", "country": "PL"}, {"name": "Annecy", "country": "FR"}
HOSTILE = "\x1b]0;owned\x07</mark><script>alert(1)</script>\u202egnud"


def pair(b: dict[str, str], founded: str | None, quote: str) -> dict[str, object]:
    return {"a": GOETTINGEN, "b": b, "kind": "twin", "status": "active", "founded": founded, "quote": quote}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Annotations of the German page, of which one partner is missed and one mayor."""
    folder = tmp_path / "gold" / "de"
    folder.mkdir(parents=True)
    mayor = {
        "person": "Petra Broistedt",
        "role": "lord_mayor",
        "city": GOETTINGEN,
        "quote": "Petra Broistedt",
    }
    page = {
        "page": "goettingen.html",
        "lang": "de",
        "partnerships": [
            pair(CHELTENHAM, "1951", "mit Cheltenham (Großbritannien) seit 1951"),
            pair(TORUN, "1978-10-17", "mit Toruń in Polen"),
            pair(ANNECY, None, f"Annecy {HOSTILE}"),
        ],
        "mayors": [mayor, {**mayor, "person": "Ina Rau", "quote": "lobte den Jugendaustausch"}],
        "themes": [{"theme": "youth", "quote": "Jugendaustausch"}],
    }
    (folder / "goettingen.json").write_text(json.dumps(page), encoding="utf-8")
    return folder.parent


def test_figures_and_faults(twintown: Twintown, pages: Path, gold: Path) -> None:
    result = twintown("eval", pages, gold)
    assert result.code == 0
    assert result.out.startswith("1 annotated page (1 de), 1 not annotated\n")
    assert re.search(r"^partnerships +1\.00 +\.667 +\.800 +2 +0 +1$", result.out, re.MULTILINE)
    assert re.search(r"^mean F1 +\.\d+ +de \.\d+$", result.out, re.MULTILINE)
    assert "\nconfidence   facts   mean  right\n" in result.out
    assert "missed  mayor          Ina Rau, Göttingen [lord_mayor]" in result.out
    assert "“lobte den Jugendaustausch”\n" in result.out
    assert "(not in the cleaned text)" in result.out
    assert "Ina Rau" not in twintown("eval", "-q", pages, gold).out


def test_json(twintown: Twintown, pages: Path, gold: Path) -> None:
    result = twintown("eval", "--json", pages, gold)
    found = json.loads(result.out)
    assert found["partnerships"]["fn"] == 1
    assert found["languages"]["de"]["partnerships"] == found["partnerships"]
    assert {fact["verdict"] for fact in found["facts"]} == {"missed"}
    assert result.out.isascii()


def test_page_to_read(twintown: Twintown, pages: Path, gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "eval.html"
    assert twintown("eval", pages, gold, "--html", out).code == 0
    text = out.read_text(encoding="utf-8")
    page = Page(text)
    assert "script" not in page.tags
    assert "alert(1)" in page.text
    assert "Broistedt lobte den Jugendaustausch." in page.text
    assert "<mark>lobte den Jugendaustausch</mark>" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", text)
    assert not re.search(r"""(?:src|href)=|url\(|@import""", text)


def test_page_that_cannot_be_written(twintown: Twintown, pages: Path, gold: Path, tmp_path: Path) -> None:
    result = twintown("eval", pages, gold, "--html", tmp_path / "none" / "eval.html")
    assert result.code == 2
    assert "eval.html cannot be written" in result.err


def test_terminal_is_not_commanded(twintown: Twintown, pages: Path, gold: Path) -> None:
    result = twintown("eval", pages, gold)
    assert not {char for char in result.out + result.err if not char.isprintable()} - {"\n"}


def test_floors(twintown: Twintown, pages: Path, gold: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    assert twintown("eval", "-q", pages, gold, "--floors", floors).code == 2
    assert twintown("eval", "-q", pages, gold, "--raise-floors").code == 2
    assert twintown("eval", "-q", pages, gold, "--floors", floors, "--raise-floors").code == 0
    assert json.loads(floors.read_text(encoding="utf-8"))["at_least"]["partnerships.f1"] == 0.8
    assert twintown("eval", "-q", pages, gold, "--floors", floors).code == 0

    (pages / "goettingen.html").write_text("<h1>Partnerstadt</h1>", encoding="utf-8")
    before = floors.read_bytes()
    failed = twintown("eval", "-q", pages, gold, "--floors", floors)
    assert failed.code == 1
    assert "FAIL partnerships.f1: 0.0, floor 0.8" in failed.err
    assert "FAIL these are not the 1 annotated pages" in failed.err
    assert twintown("eval", "-q", pages, gold, "--floors", floors, "--raise-floors").code == 2
    assert floors.read_bytes() == before


def test_a_page_that_is_not_there(twintown: Twintown, pages: Path, gold: Path) -> None:
    (pages / "goettingen.html").unlink()
    result = twintown("eval", pages, gold)
    assert result.code == 0
    assert "not among the pages: goettingen.html" in result.out


def test_two_pages_of_one_name(twintown: Twintown, pages: Path, gold: Path) -> None:
    (pages / "old").mkdir()
    (pages / "old" / "goettingen.html").write_text("<p>Partnerstadt</p>", encoding="utf-8")
    result = twintown("eval", pages, gold)
    assert result.code == 2
    assert "which page is goettingen.html?" in result.err


def test_rejected_page(twintown: Twintown, pages: Path, gold: Path) -> None:
    (pages / "empty.html").write_bytes(b"")
    result = twintown("eval", "-q", pages, gold)
    assert result.code == 1
    assert "rejected: empty.html" in result.err


def test_nothing_to_do(twintown: Twintown, pages: Path, gold: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    for arguments in ((pages, missing), (missing, gold)):
        result = twintown("eval", *arguments)
        assert result.code == 2
        assert "no such file or folder" in result.err
