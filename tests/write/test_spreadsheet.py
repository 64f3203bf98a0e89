"""Copies for spreadsheets: nothing in them is a formula, all else is as in the tables."""

from __future__ import annotations

import csv
import io

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.schema import TABLES
from pipeline.write import write
from pipeline.write.spreadsheet import neutralised, spreadsheet_bytes

ATTACKS = [
    ('=HYPERLINK("http://e.invalid","x")', '\'=HYPERLINK("http://e.invalid","x")'),
    ("@SUM(1+1)*cmd|' /C calc'!A0", "'@SUM(1+1)*cmd|' /C calc'!A0"),
    ("+49 Viana", "'+49 Viana"),
    ("-1989", "'-1989"),
    ("\t=1+1", "'\t'=1+1"),
    ("\r=1", "'\r'=1"),
    ("  =1", "'  =1"),
    ("\ufeff=1", "'\ufeff=1"),
    ("\u200b\u00a0=1", "'\u200b\u00a0=1"),
    ('"=1', "'\"=1"),
    ("＝1+1", "'＝1+1"),
    ("|cmd", "'|cmd"),
    ("%0A=1", "'%0A=1"),
    ("Köln;=1+1", "Köln;'=1+1"),
    ("Köln\n@x", "Köln\n'@x"),
    ("=", "'="),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), ATTACKS)
def test_attacks(text, shown):
    assert neutralised(text) == shown


@pytest.mark.parametrize(
    "text", ["", "Köln", "Aix-en-Provence", "1964-07-11", "a=b", "x @ y", "p-12", "Ō; ō"]
)
def test_ordinary_texts_stay(text):
    assert neutralised(text) == text


def cells(data: bytes, delimiter: str = ","):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


PIECES = st.lists(st.sampled_from([*"=+-@|%;\t\r\n \"',aé1", "\ufeff", "\x00", "＝"])).map("".join)


@given(st.lists(st.none() | PIECES))
def test_no_cell_is_a_formula(texts):
    data = spreadsheet_bytes(pa.table({"text": pa.array(texts, pa.string())}))
    rows = cells(data)[1:]
    assert len(rows) == len(texts)
    for (cell,), text in zip(rows, texts, strict=True):
        assert cell[:1] not in tuple("=+-@|%\t\r\n＝＋－＠")
        for part in cell.replace("\n", ";").replace("\r", ";").replace("\t", ";").split(";"):
            assert part.lstrip(" \"'\ufeff\x00")[:1] not in tuple("=+-@|%＝") or part.startswith("'")
        assert cell.replace("'", "") == (text or "").replace("'", "")


def test_numbers_dates_and_flags_stay(tables):
    data = spreadsheet_bytes(tables.arrow("places"))
    assert data.startswith(b"\xef\xbb\xbf")
    (row, _) = (dict(zip(cells(data)[0], values, strict=True)) for values in cells(data)[1:])
    assert (row["longitude"], row["population"], row["name"]) == ("-1e-07", "34190", 'Tsu"meb,\r')
    dates = cells(spreadsheet_bytes(tables.arrow("founding_dates")))
    assert {"1960-01-01", "true"} <= set(dates[1])


def test_copies_lie_beside_the_tables_and_go_with_the_option(tables, tmp_path):
    out = tmp_path / "out"
    write(tables, out)
    exact = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    for _ in range(2):
        write(tables, out, spreadsheet=True)
        assert {p.name for p in (out / "spreadsheet").iterdir()} == {f"{table.name}.csv" for table in TABLES}
    assert b'"\'=HYPERLINK()"' in (out / "spreadsheet" / "documents.csv").read_bytes()
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == exact
    (out / "spreadsheet" / "mine.txt").write_text("dear")
    write(tables, out)
    assert [path.name for path in (out / "spreadsheet").iterdir()] == ["mine.txt"]
    (out / "spreadsheet" / "mine.txt").unlink()
    write(tables, out)
    assert not (out / "spreadsheet").exists()


def test_the_command(twintown, pages, tmp_path):
    out = tmp_path / "out"
    assert twintown("run", "-q", pages, "--out", out, "--spreadsheet-safe").code == 0
    assert (out / "spreadsheet" / "partnerships.csv").exists()
