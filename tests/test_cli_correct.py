"""``twintown correct``, and corrections in ``run`` and ``normalise``."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.conftest import Twintown, tree

HEAD = "fact_type,fact_key,field,action,value,reviewer,date,reason\n"
GOETTINGEN, CHELTENHAM, ANNECY = "geonames:2918632", "geonames:2653261", "geonames:3037543"


def rows(out: Path, table: str) -> list[dict[str, str]]:
    with (out / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pair(out: Path, *towns: str) -> dict[str, str]:
    return next(row for row in rows(out, "partnerships") if {row["place_a"], row["place_b"]} == set(towns))


def test_corrections_survive_reruns(twintown: Twintown, pages: Path, tmp_path: Path) -> None:
    out, file = tmp_path / "out", pages / "corrections.csv"
    assert twintown("run", "-q", pages, "--out", out).code == 0
    plain = tree(out)
    key = pair(out, "Cheltenham", "Annecy")["partnership_id"]
    signed = ("--reviewer", "Ada", "--date", "2026-02-28", "--reason", "read the charter")
    result = twintown("correct", file, "--add", f"partnership,{key},kind,edit,twin -> friendship", *signed)
    assert result == (0, f"{file} line 2: edit partnership {key}\n", "")
    assert twintown("correct", file) == (0, f"{file}: 1 correction, all valid\n", "")

    result = twintown("run", pages, "--out", out)
    assert (result.code, result.err) == (0, "")
    assert "2 pages (2 ok)" in result.out
    assert "1 correction (1 applied, 0 stale)" in result.out
    row = pair(out, "Cheltenham", "Annecy")
    assert (row["kind"], row["provenance"], row["confidence"]) == ("friendship", "corrected", "1.0")
    first = tree(out)
    assert twintown("run", "-q", pages, "--out", out, "--workers", "2").code == 0
    assert tree(out) == first

    file.unlink()
    assert twintown("run", "-q", pages, "--out", out).code == 0
    assert tree(out) == plain


def test_stale_corrections_are_told_and_recorded(twintown: Twintown, pages: Path, tmp_path: Path) -> None:
    out, file = tmp_path / "out", tmp_path / "review\x1b[2J.csv"
    file.write_text(HEAD + "theme,t-\u202e0,,reject,,Ada,2026-02-28,no\n", encoding="utf-8")
    result = twintown("run", "-q", pages, "--out", out, "--corrections", file)
    assert result.code == 1
    assert result.err.startswith("stale: corrections.csv line 2: no theme has this key any more")
    (review,) = rows(out, "reviews")
    assert (review["outcome"], review["reviewer"]) == ("stale", "Ada")
    (document,) = (row for row in rows(out, "documents") if row["status"] == "corrections")
    assert "normalise: stale: line 2" in document["issue"]


def test_malformed_corrections_stop_the_run_before_anything_is_replaced(
    twintown: Twintown, pages: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert twintown("run", "-q", pages, "--out", out).code == 0
    before = tree(out)
    file = pages / "corrections.csv"
    file.write_text(HEAD + "theme,t-1,,reject,,Ada,yesterday,no\x1b[31m\n", encoding="utf-8")
    result = twintown("run", pages, "--out", out)
    assert result.code == 2
    assert f"{file}: line 2: " in result.err
    assert "\x1b" not in result.err
    assert tree(out) == before
    assert twintown("normalise", pages).code == 2


def test_every_problem_is_listed(twintown: Twintown, tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    file.write_text(HEAD + "a\n" * 3, encoding="utf-8")
    result = twintown("correct", file)
    assert (result.code, result.out) == (2, "")
    assert [line.split(": ")[2] for line in result.err.splitlines()] == ["line 2", "line 3", "line 4"]
    assert twintown("correct", tmp_path / "none.csv").code == 2


def test_a_page_named_corrections_is_refused(twintown: Twintown, pages: Path, tmp_path: Path) -> None:
    file = pages / "corrections.csv"
    file.write_text(HEAD, encoding="utf-8")
    result = twintown("run", pages, file, "--out", tmp_path / "out")
    assert result.code == 2
    assert "--corrections" in result.err


def test_normalise_applies_them_and_eval_does_not(twintown: Twintown, pages: Path, tmp_path: Path) -> None:
    row = f"partnership,,,add,place_a_id={GOETTINGEN}; place_b_id={ANNECY}; kind=twin"
    signed = ("--reviewer", "Ada", "--reason", "charter")
    assert twintown("correct", pages / "corrections.csv", "--add", row, *signed).code == 0
    tables = json.loads(twintown("normalise", "--json", pages).out)
    assert {pair["provenance"] for pair in tables["partnerships"]} == {"extracted", "added"}
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "goettingen.json").write_text(
        json.dumps(
            {
                "page": "goettingen.html",
                "lang": "de",
                "home": None,
                "published": None,
                "partnerships": [],
                "mayors": [],
                "themes": [],
            }
        ),
        encoding="utf-8",
    )
    result = twintown("eval", pages, gold)
    assert "Annecy" not in result.out


@pytest.mark.parametrize("more", [(), ("--reviewer", "Ada")])
def test_a_row_without_reviewer_or_reason_is_refused(
    twintown: Twintown, tmp_path: Path, more: tuple[str, ...]
) -> None:
    file = tmp_path / "corrections.csv"
    result = twintown("correct", file, "--add", "theme,t-1,,accept", *more)
    assert result.code == 2
    assert ("reason" if more else "reviewer") + " is missing" in result.err
    assert not file.exists()
