"""What differs between two folders of tables, and how it is shown."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.normalise.corrections import COLUMNS
from pipeline.run import run
from pipeline.schema import CORRECTIONS, TABLES
from tests.conftest import PAGE_DE, PAGE_EN, Twintown
from tests.parsed import Page

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("diff")
    pages = folder / "pages"
    pages.mkdir()
    (pages / "cheltenham.html").write_text(PAGE_EN, encoding="utf-8")
    (pages / "goettingen.html").write_text(PAGE_DE, encoding="utf-8")
    run([pages], folder / "out")
    return folder / "out"


@pytest.fixture(scope="module")
def reviewed(made: Path) -> Path:
    """The tables of the same pages after a review, so that no table is empty."""
    with (made / "partnerships.csv").open(encoding="utf-8", newline="") as file:
        key = next(csv.DictReader(file))["partnership_id"]
    row = f"partnership,{key},,accept,,Ada,2026-02-28,asked the town"
    corrections = made.parent / CORRECTIONS
    corrections.write_text(",".join(COLUMNS) + f"\n{row}\n", encoding="utf-8")
    run([made.parent / "pages"], made.parent / "reviewed", corrections=corrections)
    return made.parent / "reviewed"


@pytest.fixture
def old(reviewed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(reviewed, tmp_path / "old"))


@pytest.fixture
def new(reviewed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(reviewed, tmp_path / "new"))


def edit(folder: Path, table: str, change: Callable[[Rows], object]) -> None:
    """Change the rows of a table on disk."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, columns = list(reader), list(reader.fieldnames or ())
    change(rows)
    for row in rows:
        columns += [name for name in row if name not in columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def run_over(folder: Path, page: str, out: Path) -> Path:
    folder.mkdir()
    (folder / "cheltenham.html").write_text(PAGE_EN, encoding="utf-8")
    (folder / "goettingen.html").write_text(page, encoding="utf-8")
    run([folder], out)
    return out


def test_same(twintown: Twintown, old: Path, new: Path) -> None:
    result = twintown("diff", old, new)
    assert result.code == 0
    assert result.err == ""
    assert re.search(r"^partnerships +3$", result.out, re.MULTILINE)
    assert json.loads(twintown("diff", "--json", old, new).out)["same"] is True


def test_page_that_says_something_else(twintown: Twintown, made: Path, tmp_path: Path) -> None:
    page = PAGE_DE.replace("17. Oktober 1978", "18. November 1979").replace("Jugendaustausch", "Sport")
    new = run_over(tmp_path / "pages", page, tmp_path / "new")
    result = twintown("diff", made, new)
    assert result.code == 1
    lines = result.out.splitlines()
    assert "~ goettingen.html" in lines
    at = lines.index("- signed 1978-10-17, stated: Göttingen [DE] - Toruń [PL]")
    assert lines[at + 1].startswith("    - goettingen.html ")
    assert "17. Oktober 1978 unterzeichnet" in lines[at + 1]
    at = lines.index("+ signed 1979-11-18, stated: Göttingen [DE] - Toruń [PL]")
    assert lines[at + 1].startswith("    + goettingen.html ")
    assert "+ sport: Göttingen [DE] geonames:2918632" in lines
    assert "      founded: 1978-10-17 -> 1979-11-18" in lines
    assert twintown("diff", "-q", made, new).out == result.out.partition("\n\n")[0] + "\n"

    back = twintown("diff", new, made).out
    assert "+ signed 1978-10-17, stated: Göttingen [DE] - Toruń [PL]" in back


def test_words_that_only_moved_are_the_same(twintown: Twintown, made: Path, tmp_path: Path) -> None:
    page = PAGE_DE.replace("<p>Oberb", "<p>Das Rathaus ist heute zu.</p><p>Oberb")
    new = run_over(tmp_path / "pages", page, tmp_path / "new")
    found = json.loads(twintown("diff", "--json", "--ignore", "confidence", made, new).out)
    assert [(change["table"], change["label"]) for change in found["changes"]] == [
        ("documents", "goettingen.html")
    ]
    assert set(found["changes"][0]["columns"]) == {"sha256", "chars", "text"}


def test_json_has_all_of_it(twintown: Twintown, old: Path, new: Path) -> None:
    edit(new, "partnerships", lambda rows: rows[0].update(kind="friendship"))
    edit(new, "mayors", lambda rows: rows.clear())
    result = twintown("diff", "--json", old, new)
    assert result.code == 1
    assert result.out.isascii()
    found = json.loads(result.out)
    assert found["tables"]["partnerships"] == {
        **{"added": 0, "gone": 0, "changed": 1, "evidence": 0, "same": 2},
        "columns": {"gone": [], "added": []},
    }
    kind, mayor = found["changes"]
    assert kind["columns"] == {"kind": ["twin", "friendship"]}
    assert kind["evidence"]["old"] == kind["evidence"]["new"] != []
    assert (mayor["table"], mayor["change"], mayor["label"]) == (
        "mayors",
        "gone",
        "lord_mayor Petra Broistedt: Göttingen [DE]",
    )
    assert mayor["columns"]["person"] == ["Petra Broistedt", ""]
    assert mayor["evidence"]["old"][0]["source"] == "goettingen.html"
    assert "Petra Broistedt" in mayor["evidence"]["old"][0]["quote"]
    assert mayor["evidence"]["new"] == []


def test_other_evidence_for_the_same_fact(twintown: Twintown, old: Path, new: Path) -> None:
    mayor = next(csv.DictReader((old / "mayors.csv").open(encoding="utf-8")))["mayor_id"]
    edit(new, "evidence", lambda rows: [row.update(rule="x:y") for row in rows if row["fact_id"] == mayor])
    result = twintown("diff", old, new)
    assert result.code == 1
    assert '\n" lord_mayor Petra Broistedt: Göttingen [DE]\n    - goettingen.html' in result.out
    assert "[x:y]" in result.out
    assert twintown("diff", "--ignore", "rule", old, new).code == 0


def test_other_text_of_a_page(twintown: Twintown, old: Path, new: Path) -> None:
    text = next((new / "texts").iterdir())
    text.write_text(text.read_text(encoding="utf-8").upper(), encoding="utf-8")
    result = twintown("diff", old, new)
    assert result.code == 1
    assert "      text: sha256 " in result.out


@pytest.mark.parametrize("table", [table.name for table in TABLES])
@pytest.mark.parametrize("column", [0, -1])
def test_any_column_of_any_table_is_compared(
    twintown: Twintown, old: Path, new: Path, table: str, column: int
) -> None:
    name = next(found for found in TABLES if found.name == table).columns[column]
    edit(new, table, lambda rows: rows[0].update({name: "0.123"}))
    # An evidence row's id says nothing that its other columns do not say.
    assert twintown("diff", old, new).code == (0 if name == "evidence_id" else 1)


def test_columns_and_tables_of_other_versions(twintown: Twintown, old: Path, new: Path) -> None:
    edit(new, "places", lambda rows: [row.update(mood="good") for row in rows])
    edit(new, "evidence", lambda rows: [row.update(weight="1") for row in rows])
    result = twintown("diff", old, new)
    assert result.code == 1
    assert "+ column mood of places\n" in result.out
    assert "evidence.weight" in result.out
    assert "- column mood of places\n" in twintown("diff", new, old).out
    assert twintown("diff", "--ignore", "mood", "--ignore", "weight", old, new).code == 0

    package = json.loads((old / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [found for found in package["resources"] if found["name"] != "themes"]
    (old / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (old / "themes.csv").unlink()
    assert re.search(r"^themes +\d+$", twintown("diff", old, new, "-q").out, re.MULTILINE)


def damage(name: str, data: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(data)


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (shutil.rmtree, "is no folder"),
        (lambda folder: (folder / "datapackage.json").unlink(), "holds no tables of ours"),
        (damage("datapackage.json", b"{"), "datapackage.json is damaged"),
        (damage("datapackage.json", b"[1]"), "datapackage.json is damaged"),
        (damage("datapackage.json", b'{"name": "x", "resources": []}'), "holds no tables of ours"),
        (lambda folder: (folder / "mayors.csv").unlink(), "mayors.csv cannot be read: No such file"),
        (damage("mayors.csv", b""), "mayors.csv, line 1: no header"),
        (damage("mayors.csv", b"mayor_id,person\nm-1,A\nm-1,B\n"), "mayors.csv, line 3: mayor_id 'm-1'"),
        (damage("mayors.csv", b"mayor_id,person\nm-1\n"), "mayors.csv, line 2: 1 cells under a header of 2"),
        (damage("mayors.csv", b'mayor_id\n"m-1'), "mayors.csv, line 2: unexpected end of data"),
        (damage("mayors.csv", b"mayor_id\n\xff\n"), "mayors.csv is no UTF-8 (byte 9)"),
    ],
)
def test_trouble(twintown: Twintown, old: Path, new: Path, break_it, message: str) -> None:
    break_it(new)
    for arguments in ((old, new), (new, old)):
        result = twintown("diff", *arguments)
        assert result.code == 2
        assert message in result.err
        assert result.out == ""


HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e\n'\"&"


def test_hostile_words_are_shown_as_words(twintown: Twintown, old: Path, new: Path, tmp_path: Path) -> None:
    safe = {"doc_id", "fact_id", "fact_type", "partnership_id"}
    for table in TABLES:
        names = [f.name for f in table.fields if f.type == "string" and f.name not in {table.key, *safe}]
        hostile = dict.fromkeys(names, HOSTILE)
        edit(new, table.name, lambda rows, hostile=hostile: rows[0].update(hostile))
    html = tmp_path / "diff.html"
    result = twintown("diff", old, new, "--html", html)
    assert result.code == 1
    assert not {char for char in result.out + result.err if not char.isprintable()} - {"\n"}
    text = html.read_text(encoding="utf-8")
    page = Page(text)
    assert "script" not in page.tags
    assert "<script>alert(1)</script>" in page.text
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", text)
    assert not re.search(r"""<[^>]*(?:src|href)=|url\(|@import""", text)
    assert {"ins", "del"} <= set(page.tags)


def test_page_that_cannot_be_written(twintown: Twintown, old: Path, new: Path, tmp_path: Path) -> None:
    result = twintown("diff", old, new, "--html", tmp_path / "none" / "diff.html")
    assert result.code == 2
    assert "diff.html cannot be written" in result.err
