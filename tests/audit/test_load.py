"""Reading output folders, and saying what is wrong with one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.audit import AuditError, load, page
from pipeline.schema import TABLES
from tests.audit.made import Maker, pair
from tests.conftest import ROOT, Twintown, tree

Break = Callable[[Path], object]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A copy of the project's outputs."""
    return Path(shutil.copytree(ROOT / "outputs", tmp_path / "out"))


def rewrite(path: Path, change: Callable[[pa.Table], pa.Table]) -> None:
    pq.write_table(change(pq.read_table(path)), path)


def test_loads_all_tables_and_texts() -> None:
    found = load(ROOT / "outputs")
    assert list(found.tables) == [table.name for table in TABLES]
    assert len(found.texts) == len(found.tables["documents"])


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda out: shutil.rmtree(out), "is no folder of outputs; make one: twintown run"),
        (lambda out: (out / "datapackage.json").unlink(), "it has no datapackage.json"),
        (lambda out: (out / "datapackage.json").write_text("{"), "datapackage.json is not JSON"),
        (lambda out: (out / "datapackage.json").write_text("[" * 100_000), "datapackage.json is not JSON"),
        (lambda out: (out / "datapackage.json").write_text('{"name": "x"}'), "describes no outputs of ours"),
        (lambda out: (out / "mayors.parquet").unlink(), "mayors.parquet is missing"),
        (lambda out: (out / "mayors.parquet").write_bytes(b"PAR1"), "mayors.parquet cannot be read as"),
        (
            lambda out: rewrite(out / "evidence.parquet", lambda table: table.drop_columns(["rule"])),
            "evidence.parquet lacks the column 'rule'",
        ),
        (
            lambda out: rewrite(
                out / "evidence.parquet",
                lambda table: table.set_column(4, "start", pa.array(["x"] * len(table))),
            ),
            "evidence.parquet: the column 'start' is not of type int64",
        ),
        (
            lambda out: rewrite(
                out / "evidence.parquet",
                lambda table: table.set_column(2, "fact_id", pa.array(["p-gone"] * len(table))),
            ),
            "evidence names 'p-gone', which is in no table",
        ),
        (
            lambda out: rewrite(out / "mayors.parquet", lambda table: pa.concat_tables([table, table])),
            "mayors: a key occurs twice",
        ),
        (
            lambda out: next((out / "texts").iterdir()).write_bytes(b"\xff"),
            ".txt is not UTF-8: invalid start byte at byte 0",
        ),
    ],
)  # fmt: skip
def test_broken_outputs_are_named_with_their_cause(
    out: Path, harm: Break, said: str, twintown: Twintown
) -> None:
    harm(out)
    with pytest.raises(AuditError) as raised:
        page(out)
    assert said in str(raised.value)
    result = twintown("audit", out)
    assert result.code == 2
    assert said in result.err
    assert not (out / "audit.html").exists()


def test_missing_text_is_shown_by_its_quotes(out: Path) -> None:
    gone = sorted((out / "texts").iterdir())[0]
    gone.unlink()
    assert gone.stem not in load(out).texts
    data, texts = data_of(page(out))
    quotes = [
        row["quote"]
        for row in pq.read_table(out / "evidence.parquet").to_pylist()
        if row["doc_id"] == gone.stem
    ]
    assert quotes
    assert list(data["misplaced"].values()) == quotes
    assert texts.count(None) == 1


def test_columns_and_tables_that_came_later_are_kept(out: Path) -> None:
    rewrite(
        out / "mayors.parquet",
        lambda table: table.append_column("mood", pa.array(["good"] * len(table))),
    )
    pq.write_table(pa.table({"visit_id": ["v-1"], "guests": ["40"]}), out / "visits.parquet")
    package = json.loads((out / "datapackage.json").read_text())
    package["resources"] += [{"name": "visits"}, {"name": "../../etc/passwd"}, {"name": 7}, "x"]
    (out / "datapackage.json").write_text(json.dumps(package))
    tables = load(out).tables
    assert tables["visits"].to_pylist() == [{"visit_id": "v-1", "guests": "40"}]
    assert "mood" in tables["mayors"].column_names
    assert len(tables) == len(TABLES) + 1


def test_empty_outputs_make_a_page(tmp_path: Path) -> None:
    assert "<title>Twintown audit</title>" in page(Maker().write(tmp_path / "out"))


def test_document_id_never_leaves_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret words")
    made = Maker()
    made.document("../../secret", lang="en")
    made.parts = {}
    assert load(made.write(tmp_path / "out")).texts == {}


def test_command_writes_one_page_that_says_nothing_of_this_machine(
    out: Path, tmp_path: Path, twintown: Twintown
) -> None:
    before = tree(out)
    result = twintown("audit", out)
    assert result.code == 0
    assert result.out.startswith(f"{out / 'audit.html'}, 0.")
    after = tree(out)
    made = after.pop("audit.html")
    assert after == before
    elsewhere = tmp_path / "elsewhere.html"
    assert twintown("audit", ROOT / "outputs", "--html", elsewhere).code == 0
    assert elsewhere.read_bytes() == made
    assert str(tmp_path).encode() not in made


def test_unwritable_page_leaves_the_old_one(out: Path, twintown: Twintown) -> None:
    result = twintown("audit", out, "--html", out / "nowhere" / "audit.html")
    assert result.code == 2
    assert "audit.html cannot be written: No such file or directory" in result.err


def test_next_run_takes_the_page_of_the_old_tables_away(
    pages: Path, tmp_path: Path, twintown: Twintown
) -> None:
    out = tmp_path / "tables"
    assert twintown("run", "-q", pages, "--out", out).code == 0
    assert twintown("audit", out).code == 0
    (out / "notes.txt").write_text("mine")
    assert twintown("run", "-q", pages, "--out", out).code == 0
    assert not (out / "audit.html").exists()
    assert (out / "notes.txt").read_text() == "mine"


def data_of(html: str) -> tuple[dict, list]:
    parts = html.split('<script type="application/json" id="')
    found = {part.split('">', 1)[0]: part.split('">', 1)[1].split("</script>", 1)[0] for part in parts[1:]}
    return json.loads(found["data"]), json.loads(found["texts"])


def test_conflicting_pair_of_a_made_folder_is_there(tmp_path: Path) -> None:
    made = Maker()
    made.place("geonames:1", "Duisburg")
    made.place("geonames:2", "Perm")
    made.document("doc-1", lang="de")
    values = pair("p-1", ("geonames:1", "Duisburg"), ("geonames:2", "Perm"), conflict="status: active, ended")
    made.fact("partnerships", "partnership", values, "doc-1", "Perm \U0001f3d8 ruht.")
    data, texts = data_of(page(made.write(tmp_path / "out")))
    assert data["tables"]["partnerships"]["conflict"] == ["status: active, ended"]
    assert data["tables"]["evidence"]["end"] == [len("Perm \U0001f3d8 ruht.") + 1]
    assert texts == ["Perm \U0001f3d8 ruht.\n"]
