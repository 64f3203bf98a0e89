"""A folder of hostile inputs: one run takes them all, leaves none out, and is done soon."""

from __future__ import annotations

import csv
import json
import os
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from _pytest.mark import ParameterSet

from pipeline.cli import main
from pipeline.schema import TABLES
from tests.hostile.generate import generated

HERE = Path(__file__).parent
SECONDS = 30  # of processor time for all inputs together, also while coverage is counted

Row = dict[str, str]
_DATA = tomllib.loads((HERE / "manifest.toml").read_text("utf-8"))
MANIFEST: dict[str, Row] = {entry["file"]: entry for entry in _DATA["input"]}
THREATS: list[dict[str, Any]] = _DATA["threat"]


class Outcome:
    """What a run over the folder returned and wrote."""

    def __init__(self, code: int, seconds: float, made: set[str], out: Path) -> None:
        self.code, self.seconds, self.made, self.out = code, seconds, made, out

    def rows(self, table: str) -> list[Row]:
        with (self.out / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def document(self, name: str) -> Row:
        return next(row for row in self.rows("documents") if row["source"] == name)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    top = tmp_path_factory.mktemp("hostile")
    folder, out = top / "pages", top / "out"
    made = set(fill(folder))
    start = _processor_time()
    code = main(["run", "-q", str(folder), "--out", str(out)])
    return Outcome(code, _processor_time() - start, made, out)


def _processor_time() -> float:
    """Return the processor time that we and the processes that we waited for have taken, in seconds."""
    return sum(os.times()[:4])


def fill(folder: Path) -> Iterator[str]:
    """Make the inputs in a folder and yield their names."""
    contents = generated()
    for path in sorted((HERE / "pages").iterdir()):
        assert path.name not in contents
        contents[path.name] = path.read_bytes()
    for name, data in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.write_bytes(data)
        except OSError:  # not every file system takes every name
            continue
        yield name
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.html")
        yield "pipe.html"
    try:
        (folder / "loop.html").symlink_to("loop.html")
        (folder / "around").symlink_to(folder, target_is_directory=True)
        (folder / "out-of-it.html").symlink_to(Path(os.__file__))
    except (OSError, NotImplementedError):
        return
    yield "loop.html"


def test_manifest_names_what_there_is() -> None:
    there = {*generated(), *(path.name for path in (HERE / "pages").iterdir()), "loop.html", "pipe.html"}
    assert set(MANIFEST) == there


@pytest.mark.parametrize("threat", THREATS, ids=lambda threat: threat["name"])
def test_each_threat_is_met(threat: dict[str, Any]) -> None:
    assert threat.get("inputs") or threat.get("tests")
    assert set(threat.get("inputs", ())) <= set(MANIFEST)
    for named in threat.get("tests", ()):
        file, _, function = named.partition("::")
        assert f"\ndef {function}(" in (HERE.parents[1] / file).read_text("utf-8"), named


def test_each_input_is_there_for_a_threat() -> None:
    assert set(MANIFEST) == {name for threat in THREATS for name in threat.get("inputs", ())}


def test_finished_with_some_rejected(outcome: Outcome) -> None:
    assert outcome.code == 1


def test_done_soon(outcome: Outcome) -> None:
    assert outcome.seconds < SECONDS


def test_every_input_is_accounted_for(outcome: Outcome) -> None:
    sources = [row["source"] for row in outcome.rows("documents")]
    assert len(sources) == len(set(sources))
    assert set(sources) == outcome.made


def _inputs() -> list[ParameterSet]:
    """Return the names of the inputs; those known to fail must fail."""
    return [
        pytest.param(name, marks=pytest.mark.xfail(reason=entry["bug"]) if "bug" in entry else ())
        for name, entry in sorted(MANIFEST.items())
    ]


@pytest.mark.parametrize("name", _inputs())
def test_outcome_is_that_of_the_manifest(outcome: Outcome, name: str) -> None:
    if name not in outcome.made:
        pytest.skip("cannot be made here")
    expected, row = MANIFEST[name], outcome.document(name)
    kinds = {issue.split(": ")[1] for issue in row["issue"].split(" | ") if issue}
    wanted = {expected["issue"]} if "issue" in expected else set()
    assert (row["status"], kinds) == (expected["expected"], wanted)
    if "states" in expected:
        facts = {found["fact_id"] for found in outcome.rows("evidence") if found["doc_id"] == row["doc_id"]}
        pairs = [pair for pair in outcome.rows("partnerships") if pair["partnership_id"] in facts]
        if "conflict" in expected:
            assert expected["conflict"] in {pair["conflict"] for pair in pairs}
        assert expected["states"] in {town for pair in pairs for town in (pair["place_a"], pair["place_b"])}


def test_nothing_of_this_machine_is_in_the_tables(outcome: Outcome) -> None:
    written = "".join(path.read_text("utf-8") for path in sorted(outcome.out.glob("*.csv")))
    assert str(outcome.out.parent) not in written
    hostname = Path("/etc/hostname")
    if hostname.exists() and len(hostname.read_text().strip()) > 5:
        assert hostname.read_text().strip() not in written


def test_tables_can_be_read_by_others(outcome: Outcome) -> None:
    assert json.loads((outcome.out / "datapackage.json").read_text("utf-8"))["resources"]
    for table in TABLES:
        rows = pq.read_table(outcome.out / f"{table.name}.parquet").to_pylist()
        assert len(rows) == len(outcome.rows(table.name)), table.name
        for row in outcome.rows(table.name):
            assert None not in row, "a row with more cells than the header"
            assert None not in row.values(), "a row with fewer cells than the header"
            assert "\x00" not in "".join(row.values())


def test_hidden_and_commented_towns_are_no_facts(outcome: Outcome) -> None:
    names = {row["name"] for row in outcome.rows("places")}
    assert not names & {"Kampen", "Killarney"}
    assert not names & {"Gubbio", "Szentendre", "Huntingdon"}, "cookie banners and footers are none either"
    founded = {row["date"][:4] for row in outcome.rows("founding_dates")}
    assert not founded & {"1996", "1997", "1998", "1999"}


def test_dates_and_kinds_that_disagree_all_stay(outcome: Outcome) -> None:
    pair = next(row for row in outcome.rows("partnerships") if "Aalen" in (row["place_a"], row["place_b"]))
    key = pair["partnership_id"]
    dates = {
        row["date"]: row["chosen"] for row in outcome.rows("founding_dates") if row["partnership_id"] == key
    }
    assert dates == {"1978-05-05": "true", "1981": "false"}
    kinds = {(row["doc_id"], row["kind"]) for row in outcome.rows("evidence") if row["fact_id"] == key}
    one, two = (outcome.document(f"two-dates-{number}.html")["doc_id"] for number in (1, 2))
    assert kinds == {(one, "twin"), (two, "friendship")}
    assert (pair["kind"], pair["founded"], pair["documents"]) == ("twin", "1978-05-05", "2")


def test_a_terminal_that_shows_the_texts_is_not_commanded(outcome: Outcome) -> None:
    document = outcome.document("control.html")
    text = (outcome.out / "texts" / f"{document['doc_id']}.txt").read_text("utf-8")
    assert "red" in text
    assert not [char for char in text if unicodedata.category(char) == "Cc" and char not in "\n\t"]
    assert not {row["person"] for row in outcome.rows("mayors")} & {"Root Admin"}


def test_page_text_is_kept_exact(outcome: Outcome) -> None:
    # A cell that a spreadsheet would take for a formula is data all the same: it is not rewritten.
    quotes = {row["doc_id"]: "" for row in outcome.rows("evidence")}
    for row in outcome.rows("evidence"):
        quotes[row["doc_id"]] += row["prefix"] + row["quote"] + row["suffix"]
    assert "=HYPERLINK(" in quotes[outcome.document("formula-as-town.html")["doc_id"]]
    assert "</script><img src=x onerror" in quotes[outcome.document("markup-as-town.html")["doc_id"]]
