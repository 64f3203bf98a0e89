"""Dates with their own precision: the part of EDTF level 1 that the tables use.

Values look like ``1964``, ``1964-07``, ``1964-07-11``, ``1964-22`` (summer), ``196X``, ``19XX``,
``1962/1963``, ``1958/..`` and may bear a qualifier (``1963~`` about, ``1963?`` perhaps, ``1963%``
both). Years are 0001 to 9999.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from enum import IntEnum
from functools import lru_cache

_SIMPLE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?[~?%]?"
)
_OPEN = ("..", "")


class Precision(IntEnum):
    """How much a value says; a higher one says more."""

    INTERVAL = 0
    CENTURY = 1
    DECADE = 2
    YEAR = 3
    SEASON = 4
    MONTH = 5
    DAY = 6


# First and last day (month, day, years to add). They overlap on purpose: a page's "spring" may be the
# weather's or the almanac's, and "winter 1964" may be either end of that year.
_SEASONS = {
    21: ((3, 1, 0), (6, 21, 0)),
    22: ((6, 1, 0), (9, 23, 0)),
    23: ((9, 1, 0), (12, 21, 0)),
    24: ((1, 1, 0), (3, 20, 1)),
}


@lru_cache(maxsize=4096)
def _simple(value: str) -> tuple[Precision, date, date] | None:
    """Read a value that is no interval: its precision, first and last day."""
    match = _SIMPLE.fullmatch(value)
    if match is None:
        return None
    year, month, day = match["year"], match["month"], match["day"]
    if "X" in year:
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        if month is not None or high == 0:
            return None
        precision = Precision.CENTURY if year.endswith("XX") else Precision.DECADE
        return precision, date(max(low, 1), 1, 1), date(high, 12, 31)
    number = int(year)
    if number == 0:
        return None
    if month is None or month == "XX":
        if day not in (None, "XX"):
            return None
        return Precision.YEAR, date(number, 1, 1), date(number, 12, 31)
    part = int(month)
    if part in _SEASONS:
        if day is not None or number == 9999:
            return None
        (m1, d1, y1), (m2, d2, y2) = _SEASONS[part]
        return Precision.SEASON, date(number + y1, m1, d1), date(number + y2, m2, d2)
    if not 1 <= part <= 12:
        return None
    last = monthrange(number, part)[1]
    if day is None or day == "XX":
        return Precision.MONTH, date(number, part, 1), date(number, part, last)
    if not 1 <= int(day) <= last:
        return None
    exact = date(number, part, int(day))
    return Precision.DAY, exact, exact


def _read(value: str) -> tuple[Precision, date, date] | None:
    if "/" not in value:
        return _simple(value)
    first, _, second = value.partition("/")
    start = None if first in _OPEN else _simple(first)
    end = None if second in _OPEN else _simple(second)
    if (start is None and first not in _OPEN) or (end is None and second not in _OPEN):
        return None
    if start is None and end is None:
        return None
    low = start[1] if start else date.min
    high = end[2] if end else date.max
    return (Precision.INTERVAL, low, high) if low <= high else None


def is_valid(edtf: str) -> bool:
    """Return whether a text is a value that this module reads (the calendar is checked too)."""
    return _read(edtf) is not None


def bounds(edtf: str) -> tuple[date, date]:
    """Return the first and the last day that a value may mean.

    A qualifier does not widen them: ``1963~`` has the bounds of ``1963``. An open end of an interval
    is ``date.min`` or ``date.max``.

    Raises:
        ValueError: The text is not EDTF as this module knows it.
    """
    return _known(edtf)[1:]


def precision(edtf: str) -> Precision:
    """Return how much a value says.

    Raises:
        ValueError: The text is not EDTF as this module knows it.
    """
    return _known(edtf)[0]


def year(edtf: str) -> int | None:
    """Return the calendar year of a value, or None where it spans several (decade, interval).

    ``1962-24`` (a winter) is of 1962, as it is written.

    Raises:
        ValueError: The text is not EDTF as this module knows it.
    """
    level, low, _ = _known(edtf)
    return low.year if level >= Precision.YEAR else None


def covers(coarse: str, fine: str) -> bool:
    """Return whether every day that ``fine`` may mean is one that ``coarse`` may mean.

    ``1950`` covers ``1950-07-11`` and itself; ``195X`` covers both.

    Raises:
        ValueError: One of the texts is not EDTF as this module knows it.
    """
    low, high = bounds(coarse)
    first, last = bounds(fine)
    return low <= first and last <= high


def is_qualified(edtf: str) -> bool:
    """Return whether a value is marked as approximate or uncertain."""
    return any(sign in edtf for sign in "~?%")


def of_day(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """Write a date as EDTF, as far as its parts are given; None where the calendar has no such day."""
    value = f"{year:04d}"
    if month is not None:
        value += f"-{month:02d}"
        if day is not None:
            value += f"-{day:02d}"
    return value if is_valid(value) else None


def _known(edtf: str) -> tuple[Precision, date, date]:
    value = _read(edtf)
    if value is None:
        raise ValueError(f"not an EDTF date: {edtf!r}")
    return value
