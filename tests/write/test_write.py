"""What stands in the output folder."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import frictionless
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.schema import TABLES
from pipeline.write import OutputError, csv_bytes, write


def read_csv(data: bytes):
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))


def test_files(tables, tmp_path):
    write(tables, tmp_path / "deep" / "out")
    names = sorted(p.relative_to(tmp_path / "deep").as_posix() for p in (tmp_path / "deep").rglob("*"))
    wanted = {f"out/{table.name}.{ending}" for table in TABLES for ending in ("csv", "parquet")}
    assert names == sorted(wanted | {"out", "out/datapackage.json", "out/texts", "out/texts/a-1.txt"})
    text = (tmp_path / "deep/out/texts/a-1.txt").read_bytes().decode("utf-8")
    assert text == tables.texts["a-1"]


def test_csv_is_golden(tables, tmp_path, file_regression):
    write(tables, tmp_path / "out")
    data = b"".join((tmp_path / "out" / f"{table.name}.csv").read_bytes() + b"\n" for table in TABLES)
    file_regression.check(data, binary=True, extension=".txt")


def test_parquet_is_golden(tables, tmp_path, data_regression):
    write(tables, tmp_path / "out")
    found = {}
    for table in TABLES:
        data = pq.read_table(tmp_path / "out" / f"{table.name}.parquet")
        found[table.name] = {
            "schema": [f"{f.name}: {f.type}{'' if f.nullable else ' not null'}" for f in data.schema],
            "metadata": sorted(key.decode() for key in data.schema.metadata),
            "rows": [{key: repr(value) for key, value in row.items()} for row in data.to_pylist()],
        }
        assert data.schema.equals(table.arrow(), check_metadata=True)
    data_regression.check(found)


def test_twice_the_same_bytes(tables, tmp_path):
    snapshots = []
    for _ in range(2):
        write(tables, tmp_path / "out")
        snapshots.append({p: p.read_bytes() for p in sorted((tmp_path / "out").rglob("*")) if p.is_file()})
    assert snapshots[0] == snapshots[1]


def test_a_stranger_finds_the_package_valid(tables, tmp_path):
    write(tables, tmp_path / "out")
    path = tmp_path / "out" / "datapackage.json"
    report = frictionless.validate(str(path))
    assert report.flatten(["message"]) == []
    assert report.valid
    package = frictionless.Package(str(path))
    rows = package.get_resource("partnerships").read_rows()
    assert (rows[0]["country_a"], rows[0]["country_b"], rows[0]["documents"]) == ("NA", None, 1)
    assert package.get_resource("founding_dates").read_rows()[0]["chosen"] is True


def test_a_stranger_notices_a_broken_foreign_key(tables, tmp_path):
    write(tables, tmp_path / "out")
    path = tmp_path / "out" / "mayors.csv"
    path.write_text(path.read_text().replace("geonames:1", "geonames:9"))
    assert not frictionless.validate(str(tmp_path / "out" / "datapackage.json")).valid


def test_package_has_relative_paths_and_no_time(tables, tmp_path):
    write(tables, tmp_path / "out")
    text = (tmp_path / "out" / "datapackage.json").read_text()
    assert "created" not in json.loads(text)
    assert str(tmp_path) not in text


def test_pandas_reads_back_what_was_written(tables, tmp_path):
    write(tables, tmp_path / "out")
    frame = pd.read_csv(tmp_path / "out" / "places.csv", keep_default_na=False, na_values=[""])
    assert frame["country"].tolist()[0] == "NA"
    assert frame["latitude"].tolist()[0] == 0.1 + 0.2


HOSTILE = st.one_of(
    st.sampled_from(
        ["=HYPERLINK(1)", '"', '""', "a\rb", "\n", "\r\n", ",", "NA", "None", "nan", "null", "-1", "+1",
         " x ", "\t", "\ufeff", "\u2028", "\x00", "1e5", "true", "\x85"]
    ),
    st.text(min_size=1),
)  # fmt: skip


@given(
    st.lists(st.tuples(HOSTILE, st.none() | HOSTILE, st.none() | st.floats(allow_nan=False), st.booleans()))
)
def test_csv_round_trip(rows):
    names = ["text", "maybe", "number", "flag"]
    types = [pa.string(), pa.string(), pa.float64(), pa.bool_()]
    columns = list(zip(*rows, strict=True)) or [()] * 4
    table = pa.table(dict(zip(names, map(pa.array, columns, types), strict=True)))
    data = csv_bytes(table)
    header, *cells = read_csv(data)
    assert header == names
    back = [
        (text, maybe or None, float(number) if number else None, {"true": True, "false": False}[flag])
        for text, maybe, number, flag in cells
    ]
    assert back == [tuple(row) for row in rows]


BROKEN = [
    ("places", lambda f: pd.concat([f, f]), "a key occurs twice"),
    ("places", lambda f: f.assign(name=None), "is null"),
    ("places", lambda f: f.assign(feature=""), "empty text"),
    ("places", lambda f: f.iloc[:1], "not in places"),
    ("partnerships", lambda f: f.assign(kind="married"), "undeclared value 'married'"),
]


@pytest.mark.parametrize(("name", "change", "says"), BROKEN)
def test_broken_tables_are_not_written(tables, tmp_path, name, change, says):
    schema, frame = tables.arrow(name).schema, change(tables[name])
    broken = pa.table([pa.array(frame[field.name], field.type) for field in schema], schema=schema)
    with pytest.raises(OutputError, match=says):
        write(replace(tables, data={**tables.data, name: broken}), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "", "a\x00b", "x" * 300])
def test_unsafe_names_are_refused(tables, tmp_path, name):
    with pytest.raises(OutputError, match="no safe file name"):
        write(replace(tables, texts={name: "x"}), tmp_path / "out")
    with pytest.raises(OutputError, match="no safe file name"):
        write(tables, tmp_path / "out", {name: b""})
    assert list(tmp_path.iterdir()) == []


def test_extra_files_are_written_along(tables, tmp_path):
    write(tables, tmp_path / "out", {"run.json": b"{}"})
    assert (tmp_path / "out" / "run.json").read_bytes() == b"{}"
    for taken in ("datapackage.json", "places.csv"):
        with pytest.raises(OutputError, match="another output"):
            write(tables, tmp_path / "out", {taken: b""})
