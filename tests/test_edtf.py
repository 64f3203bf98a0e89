"""EDTF values: bounds, precision, comparison."""

from __future__ import annotations

from datetime import date

import edtf as reference
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edtf import Precision, bounds, covers, is_qualified, is_valid, of_day, precision, year

GOOD = [
    ("1964", Precision.YEAR, date(1964, 1, 1), date(1964, 12, 31), 1964),
    ("1964-07", Precision.MONTH, date(1964, 7, 1), date(1964, 7, 31), 1964),
    ("2024-02", Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29), 2024),
    ("1964-07-11", Precision.DAY, date(1964, 7, 11), date(1964, 7, 11), 1964),
    ("1964-21", Precision.SEASON, date(1964, 3, 1), date(1964, 6, 21), 1964),
    ("1964-22", Precision.SEASON, date(1964, 6, 1), date(1964, 9, 23), 1964),
    ("1964-23", Precision.SEASON, date(1964, 9, 1), date(1964, 12, 21), 1964),
    ("1962-24", Precision.SEASON, date(1962, 1, 1), date(1963, 3, 20), 1962),
    ("196X", Precision.DECADE, date(1960, 1, 1), date(1969, 12, 31), None),
    ("19XX", Precision.CENTURY, date(1900, 1, 1), date(1999, 12, 31), None),
    ("000X", Precision.DECADE, date(1, 1, 1), date(9, 12, 31), None),
    ("1964-XX", Precision.YEAR, date(1964, 1, 1), date(1964, 12, 31), 1964),
    ("1964-XX-XX", Precision.YEAR, date(1964, 1, 1), date(1964, 12, 31), 1964),
    ("1964-07-XX", Precision.MONTH, date(1964, 7, 1), date(1964, 7, 31), 1964),
    ("1963~", Precision.YEAR, date(1963, 1, 1), date(1963, 12, 31), 1963),
    ("1963-05?", Precision.MONTH, date(1963, 5, 1), date(1963, 5, 31), 1963),
    ("1963%", Precision.YEAR, date(1963, 1, 1), date(1963, 12, 31), 1963),
    ("1962/1963", Precision.INTERVAL, date(1962, 1, 1), date(1963, 12, 31), None),
    ("2003-10-04/2003-10-05", Precision.INTERVAL, date(2003, 10, 4), date(2003, 10, 5), None),
    ("1990-05/1990-07", Precision.INTERVAL, date(1990, 5, 1), date(1990, 7, 31), None),
    ("1958/..", Precision.INTERVAL, date(1958, 1, 1), date.max, None),
    # An unknown end is read as an open one.
    ("1958/", Precision.INTERVAL, date(1958, 1, 1), date.max, None),
    ("../1958", Precision.INTERVAL, date.min, date(1958, 12, 31), None),
]

BAD = [
    "",
    "x",
    "64",
    "19645",
    "1964-13",
    "1964-00",
    "1964-25",
    "1964-7",
    "1964-02-30",
    "2023-02-29",
    "1964-22-01",
    "0000",
    "000X-01",
    "196X-05",
    "1964/x",
    "../..",
    "/",
    "1970/1964",
    "1964-07-11T10:00",
    "1964 ",
    "١٩٦٤",
    "1964-XX-11",
    "1964/1965/1966",
    "9999-24",
    "1964~~",
]


@pytest.mark.parametrize(("value", "level", "first", "last", "number"), GOOD)
def test_a_good_value(value: str, level: Precision, first: date, last: date, number: int | None) -> None:
    assert is_valid(value)
    assert (precision(value), bounds(value), year(value)) == (level, (first, last), number)


@pytest.mark.parametrize("value", BAD)
def test_a_bad_value(value: str) -> None:
    assert not is_valid(value)
    for function in (bounds, precision, year):
        with pytest.raises(ValueError, match="not an EDTF date"):
            function(value)


@pytest.mark.parametrize("value", [value for value, *_ in GOOD])
def test_the_reference_library_reads_the_same_values(value: str) -> None:
    assert reference.parse_edtf(value) is not None


@pytest.mark.parametrize(
    ("coarse", "fine", "expected"),
    [
        ("1950", "1950-07-11", True),
        ("1950", "1950", True),
        ("1950-07", "1950-07-11", True),
        ("1950-07-11", "1950", False),
        ("1950", "1951-07-11", False),
        ("195X", "1950-07", True),
        ("19XX", "195X", True),
        ("195X", "1960", False),
        ("1950-22", "1950-07", True),
        ("1950-22", "1950-05", False),
        ("1962/1963", "1963-02", True),
        ("1962/1963", "1964", False),
        ("1950~", "1950-07", True),
        ("1958/..", "2020", True),
    ],
)
def test_covers(coarse: str, fine: str, expected: bool) -> None:
    assert covers(coarse, fine) is expected


def test_qualifiers_are_seen() -> None:
    assert is_qualified("1963~")
    assert is_qualified("1962?/1963")
    assert not is_qualified("1963-05")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((1964,), "1964"),
        ((1964, 7), "1964-07"),
        ((1964, 7, 11), "1964-07-11"),
        ((2023, 2, 29), None),
        ((1964, 13), None),
        ((1964, 7, 0), None),
        ((1964, 22, 1), None),
        ((98,), "0098"),
    ],
)
def test_of_day(parts: tuple[int, ...], expected: str | None) -> None:
    assert of_day(*parts) == expected


@given(st.dates())
def test_days_months_and_years_nest(day: date) -> None:
    exact, month, whole = (
        of_day(*part) for part in ((day.year, day.month, day.day), (day.year, day.month), (day.year,))
    )
    assert exact == day.isoformat()
    assert month == exact[:7]
    assert whole == exact[:4]
    assert bounds(exact) == (day, day)
    assert covers(month, exact)
    assert covers(whole, month)


@given(st.text(alphabet="0123456789X-/~?%.T", max_size=24))
def test_any_text_is_valid_or_refused(text: str) -> None:
    if is_valid(text):
        first, last = bounds(text)
        assert first <= last
        assert covers(text, text)
    else:
        with pytest.raises(ValueError, match="not an EDTF date"):
            bounds(text)
