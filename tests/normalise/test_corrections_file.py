"""``corrections.csv``: what is read, what is refused and why, and how a row is added."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalise.corrections import COLUMNS, CorrectionError, add, parse, read
from pipeline.schema import Action, FactType

HEAD = ",".join(COLUMNS) + "\n"
SIGNED = "Ada,2026-02-28,asked the town"
KEY = "p-018d96b5346c20cd"


def parsed(rows: str, head: str = HEAD):
    return parse((head + rows).encode(), Path("corrections.csv"))


def test_rows_are_read_with_their_place():
    rows = f"partnership,{KEY},kind,edit,twin -> friendship,{SIGNED}\n"
    rows += 'mayor,m-1,,reject,,Bob,2025-12-31,"no,\nnever"\n'
    found = parsed(rows)
    first, second = found.rows
    assert (first.line, first.fact_type, first.action, first.field) == (
        2,
        FactType.PARTNERSHIP,
        Action.EDIT,
        "kind",
    )
    assert (first.change.expected, dict(first.change.values)) == ("twin", {"kind": "friendship"})
    assert first.date == date(2026, 2, 28)
    assert (second.line, second.reason) == (3, "no,\nnever")
    assert found.text[second.start : second.end] == rows.splitlines(keepends=True)[1] + 'never"'


SPREADSHEETS = {
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "semicolons": lambda data: data.replace(b",", b";"),
    "crlf": lambda data: data.replace(b"\n", b"\r\n"),
    "old mac": lambda data: data.replace(b"\n", b"\r"),
    "empty rows": lambda data: data.replace(b"\n", b"\n,,,,,,,\n\n"),
    "empty cells": lambda data: data.replace(b"\n", b",,\n"),
    "spaces": lambda data: data.replace(b",", b" , "),
    "no end": lambda data: data.rstrip(),
    "all quoted": lambda data: b"\n".join(
        b",".join(b'"' + cell + b'"' for cell in line.split(b",")) for line in data.splitlines()
    ),
}


@pytest.mark.parametrize("how", SPREADSHEETS)
def test_what_spreadsheets_make_of_it_is_read(how):
    data = SPREADSHEETS[how](f"{HEAD}partnership,{KEY},status,edit,ended,{SIGNED}\n".encode())
    (row,) = parse(data, Path("x")).rows
    assert (row.fact_key, row.value, row.reviewer, row.reason) == (KEY, "ended", "Ada", "asked the town")


ADDED = [
    (
        "partnership",
        "place_a_id=geonames:3352593;place_b_id=geonames:2820256; kind=twin",
        "p-b4b127525d660959",
        {"place_a_id": "geonames:3352593", "place_b_id": "geonames:2820256", "kind": "twin",
         "status": "active"},
    ),
    (
        "founding_date",
        "place_a_id=geonames:2820256; place_b_id=geonames:3352593; date=1969-05-03; event=signed",
        "f-d812a53c115b3ea4",
        {"partnership_id": "p-b4b127525d660959", "date": "1969-05-03", "event": "signed", "basis": "stated"},
    ),
    (
        "mayor",
        "person=Nina Müller-Beck; role=lord_mayor; place_id=geonames:2820256; seen_from=2019",
        "m-bdc6e824b73a0e7d",
        {
            "person": "Nina Müller-Beck",
            "role": "lord_mayor",
            "place_id": "geonames:2820256",
            "seen_from": "2019",
            "seen_to": None,
        },
    ),
    (
        "theme",
        "theme=culture; place_id=geonames:2820256",
        "t-fcf6465d8a8c472d",
        {"theme": "culture", "partnership_id": None, "place_id": "geonames:2820256"},
    ),
    (
        "theme",
        "theme=sport; partnership_id=p-b4b127525d660959",
        "t-137579d94581cb8c",
        {"theme": "sport", "partnership_id": "p-b4b127525d660959", "place_id": None},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "key", "columns"), ADDED)
def test_an_addition_gets_the_key_that_such_a_fact_has_in_the_tables(kind, value, key, columns):
    (row,) = parsed(f'{kind},,,add,"{value}",{SIGNED}\n').rows
    assert (row.fact_key, dict(row.change.values)) == (key, columns)


def test_a_quote_is_the_last_part_and_may_hold_anything():
    value = "theme=aid; place_id=geonames:2820256; page=a.html; quote=x; kind=1; y=, z"
    (row,) = parsed(f'theme,,,add,"{value}",{SIGNED}\n').rows
    assert (row.change.page, row.change.quote) == ("a.html", "x; kind=1; y=, z")


def test_a_place_that_the_gazetteer_lacks_is_given_by_country_and_name():
    value = "theme=aid; place_id=unlinked:FR:Vale-sur-Rien"
    (row,) = parsed(f"theme,,,add,{value},{SIGNED}\n").rows
    assert row.change.values["place_id"] == "unlinked:FR:vale-sur-rien"


PAIR = "place_a_id=geonames:2820256; place_b_id=geonames:3352593"
REFUSED = [
    (f"partnership,{KEY},kind,edit,married,{SIGNED}",
     "line 2: kind cannot be “married”; it is one of twin, "),
    (f"partnership,{KEY},kind,edit,,{SIGNED}", "the new kind is missing"),
    (f"partnership,{KEY},kind,edit,twin ->,{SIGNED}", "the new kind is missing"),
    (f"partnership,{KEY},founded,edit,1964,{SIGNED}",
     "“founded” of a partnership cannot be edited.*founding date"),
    (f"partnership,{KEY},,edit,1964,{SIGNED}", "“” of a partnership cannot be edited"),
    (f"partnership,{KEY},place_a_id,edit,geonames:999999999,{SIGNED}",
     "the gazetteer has no “geonames:999999999”"),
    (f"partnership,{KEY},place_a_id,edit,Tsumeb,{SIGNED}",
     r"no place id; did you mean geonames:3352593 \(Tsumeb"),
    (f"partnership,{KEY},place_a_id,edit,Xyzzyq,{SIGNED}", "“Xyzzyq” is no place id; see places.csv"),
    (f"founding_date,f-1,date,edit,1964-02-30,{SIGNED}", "“1964-02-30” is no date; write 1964"),
    (f"founding_date,f-1,date,edit,03.05.1969,{SIGNED}", "“03.05.1969” is no date"),
    (f"founding_date,f-1,chosen,edit,false,{SIGNED}", "chosen c"),
    (f"founding_date,f-1,partnership_id,edit,x,{SIGNED}", "“x” is no partnership_id"),
    (f"mayor,m-1,person,edit,=1+1,{SIGNED}", "“=1\\+1” is no name"),
    (f"mayor,m-1,role,edit,king,{SIGNED}", "role cannot be “king”"),
    (f"theme,t-1,theme,edit,war,{SIGNED}", "theme cannot be “war”"),
    (f"town,t-1,theme,edit,aid,{SIGNED}", "fact_type is “town”; it is one of partnership, "),
    (f"theme,t-1,theme,change,aid,{SIGNED}", "action is “change”; it is one of accept, reject, edit, add"),
    (f"theme,,,accept,,{SIGNED}", "fact_key is missing"),
    (f"theme,t-1,theme,accept,,{SIGNED}", "accept has no field"),
    (f"theme,t-1,,reject,aid,{SIGNED}", "reject has no value"),
    (f"partnership,,,add,{PAIR},{SIGNED}", "kind=... is missing"),
    (f"partnership,{KEY},,add,{PAIR}; kind=twin,{SIGNED}",
     "fact_key of this partnership is p-b4b127525d660959"),
    (f"partnership,,,add,{PAIR}; kind=twin; page=a,{SIGNED}", "page and quote go together"),
    (f"partnership,,,add,{PAIR}; kind=twin; kind=twin,{SIGNED}", "kind is given twice"),
    (f"partnership,,,add,{PAIR}; kind=twin; colour=red,{SIGNED}", "has no “colour”; it is one of"),
    (f"partnership,,,add,twin,{SIGNED}", "“twin” is not of the form column=value"),
    (f"partnership,,,add,place_a_id=geonames:1; {PAIR[28:]}; kind=twin,{SIGNED}", "the gazetteer has no"),
    (f"partnership,,,add,{PAIR.replace('3352593', '2820256')}; kind=twin,{SIGNED}", "no partner of itself"),
    (f"theme,,,add,theme=aid,{SIGNED}", "either partnership_id=... or place_id=..."),
    ("theme,t-1,,accept,,Ada,28.02.2026,yes", "date is “28.02.2026”; write it as 2026-02-28"),
    ("theme,t-1,,accept,,Ada,20260228,yes", "write it as"),
    ("theme,t-1,,accept,,Ada,2026-02-30,yes", "write it as"),
    ("theme,t-1,,accept,,,2026-02-28,yes", "reviewer is missing"),
    ("theme,t-1,,accept,,Ada,2026-02-28,", "reason is missing"),
    ("theme,t-1,,accept,,Ada", "has 6 cells, not 8"),
    ("theme,t-1,,accept,,Ada,2026-02-28,yes, and no", "has 9 cells, not 8; put quotes"),
    ("theme,t-1,,accept,,Ada\x1b[31m,2026-02-28,yes", r"reviewer holds the control character U\+001B"),
    ('theme,t-1,,accept,,Ada,2026-02-28,"yes', "line 2: is not CSV"),
    (f"theme,t-1,,accept,,{SIGNED}\ntheme,t-1,,accept,,{SIGNED}", "line 3: repeats line 2"),
    (f"theme,t-1,,accept,,{SIGNED}\n\ntheme,t-1,,reject,,{SIGNED}", "line 4: contradicts line 2"),
    (f"theme,t-1,theme,edit,aid,{SIGNED}\ntheme,t-1,theme,edit,sport,{SIGNED}", "line 3: contradicts line 2"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "says"), REFUSED)
def test_what_could_not_be_applied_is_refused_with_line_and_cause(rows, says):
    with pytest.raises(CorrectionError, match=says) as caught:
        parsed(rows + "\n")
    assert str(caught.value).startswith("corrections.csv: line ")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "line 1: the header must be fact_type,fact_key"),
        (b"fact_type,fact_key\n", "line 1: the header must be"),
        (HEAD.encode() + b"theme,t-1,,accept,,B\xf6ll,2026-02-28,yes\n", "line 2: is not UTF-8"),
        (b"\x00" * 50, "header"),
        (b"x" * 20_000_001, "larger than 20 MB"),
        (HEAD.encode() + b'"' + b"x" * 200_000 + b'"\n', "line 2: is not CSV: field larger"),
    ],
)
def test_what_is_no_such_file_is_refused(data, says):
    csv.field_size_limit(131_072)  # Python's own, which a library that another test uses takes away
    with pytest.raises(CorrectionError, match=says):
        parse(data, Path("corrections.csv"))


def test_all_problems_are_listed_in_the_order_of_lines():
    with pytest.raises(CorrectionError, match="and 2 more") as caught:
        parsed("theme,t-1,,accept,,,,\n" + f"theme,t-1,,accept,,{SIGNED}\n" * 2 + "x\n" * 1)
    lines = [problem.partition(":")[0] for problem in caught.value.problems]
    assert lines == ["line 2", "line 4", "line 5"]


@given(st.binary() | st.text().map(str.encode) | st.text().map(lambda text: (HEAD + text).encode()))
def test_whatever_stands_in_it_is_read_or_refused(data):
    try:
        found = parse(data, Path("x"))
    except CorrectionError:
        return
    for row in found.rows:
        assert found.text[row.start : row.end].strip()


def test_a_missing_file_or_a_folder_is_named(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(CorrectionError, match="no such file") as caught:
            read(path)
        assert str(path) in str(caught.value)


ROW = f"partnership,{KEY},status,edit,ended"
FILLED = {"reviewer": "Ada", "date": "2026-02-28", "reason": 'she said "no", twice'}


@pytest.mark.parametrize("how", SPREADSHEETS)
def test_adding_leaves_what_is_there_as_it_is(tmp_path, how):
    path = tmp_path / "corrections.csv"
    before = SPREADSHEETS[how](f"{HEAD}theme,t-1,,accept,,{SIGNED}\n".encode())
    path.write_bytes(before)
    path.chmod(0o640)
    added = add(path, ROW, FILLED)
    after = path.read_bytes()
    assert after.startswith(before)
    assert [row.fact_key for row in read(path).rows] == ["t-1", KEY]
    assert (added.reviewer, added.reason) == ("Ada", FILLED["reason"])
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_adding_makes_the_file_and_fills_in_key_and_day(tmp_path):
    path = tmp_path / "corrections.csv"
    kind, value, key, _ = ADDED[0]
    added = add(path, f'{kind},,,add,"{value}"', {"reviewer": "Ada", "reason": "charter"})
    assert (added.line, added.fact_key) == (2, key)
    (row,) = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    assert (row["fact_key"], row["date"]) == (key, date.today().isoformat())


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (f"partnership,{KEY},status,edit,never", "status cannot be"),
        (f"{ROW},,,,more", "the new row must be one, of 8 cells"),
        (f"{ROW}\n{ROW}", "the new row must be one"),
        ("", "the new row must be one"),
        ('"', "the new row is not CSV"),
        ("theme,t-1,,accept", "repeats line 2"),
    ],
)
def test_a_row_that_is_not_valid_changes_nothing(tmp_path, row, says):
    path = tmp_path / "corrections.csv"
    path.write_text(f"{HEAD}theme,t-1,,accept,,{SIGNED}\n")
    before = path.read_bytes()
    with pytest.raises(CorrectionError, match=says):
        add(path, row, FILLED)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_not_valid_is_not_added_to(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_text("my notes\n")
    with pytest.raises(CorrectionError, match="header"):
        add(path, ROW, FILLED)
    assert path.read_text() == "my notes\n"


def test_a_disk_that_refuses_leaves_the_file_whole(tmp_path, monkeypatch):
    path = tmp_path / "corrections.csv"
    path.write_text(HEAD)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CorrectionError, match="No space left"):
        add(path, ROW, FILLED)
    assert path.read_text() == HEAD
    assert list(tmp_path.iterdir()) == [path]
