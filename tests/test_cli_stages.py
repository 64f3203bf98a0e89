"""The commands that show what one stage makes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Twintown

PAGE_STAGES = ("read", "clean", "recognise", "extract")
STAGES = (*PAGE_STAGES, "normalise")
HOSTILE = "\x1b]0;owned\x07\x1b[31mrot\x9b2J‮umgedreht⁦\x7f"


@pytest.mark.parametrize("stage", STAGES)
def test_for_people(twintown: Twintown, pages: Path, stage: str) -> None:
    result = twintown(stage, pages / "goettingen.html", pages / "cheltenham.html")
    assert result.code == 0
    assert result.err == ""
    assert "Göttingen" in result.out
    assert "Cheltenham" in result.out


@pytest.mark.parametrize("stage", PAGE_STAGES)
def test_json_is_one_object_a_line_and_page(twintown: Twintown, pages: Path, stage: str) -> None:
    (pages / "empty.html").write_bytes(b"")
    result = twintown(stage, "--json", pages)
    assert result.code == 1
    assert "empty.html" in result.err
    records = [json.loads(line) for line in result.out.splitlines()]
    assert len(records) == 3
    assert records[1]["issue"]["kind"] == "empty"
    assert result.out.isascii()


def test_json_of_the_tables(twintown: Twintown, pages: Path) -> None:
    tables = json.loads(twintown("normalise", "--json", pages).out)
    assert {row["source"] for row in tables["documents"]} == {"cheltenham.html", "goettingen.html"}


def test_json_of_a_document_keeps_offsets(twintown: Twintown, pages: Path) -> None:
    document = json.loads(twintown("clean", "--json", pages / "goettingen.html").out)
    words = [document["text"][block["start"] : block["end"]] for block in document["blocks"]]
    assert "Partnerstädte der Stadt Göttingen" in words


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_page_text_cannot_command_the_terminal(
    twintown: Twintown, tmp_path: Path, stage: str, flags: list[str]
) -> None:
    page = tmp_path / "\x1b[32mpage\x07.html"
    page.write_text(
        f"<html lang=de><title>Partnerstadt {HOSTILE}</title><h1>Städtepartnerschaft {HOSTILE}</h1>"
        f"<p>Göttingen {HOSTILE} ist seit 1951 Partnerstadt von Cheltenham {HOSTILE}.</p>",
        encoding="utf-8",
    )
    result = twintown(stage, *flags, page)
    shown = result.out + result.err
    assert not {char for char in shown if not char.isprintable()} - {"\n", "\xa0"}


def test_crash_is_reported_and_not_thrown(
    twintown: Twintown, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pipeline.clean

    def broken(page):
        raise RecursionError("deep")

    monkeypatch.setattr(pipeline.clean, "clean", broken)
    result = twintown("clean", pages / "goettingen.html")
    assert result.code == 1
    assert "RecursionError" in result.err
    assert "Traceback" not in result.err
    assert "Traceback" in twintown("clean", "-v", pages / "goettingen.html").err


@pytest.mark.parametrize("stage", STAGES)
def test_missing_page(twintown: Twintown, tmp_path: Path, stage: str) -> None:
    result = twintown(stage, tmp_path / "missing.html")
    assert result.code == 2
    assert result.out == ""
    assert "missing.html" in result.err
