"""Full dates in the short lines that may stamp a page: "14.03.2024", "July 8, 2025", "Mon, 10/09/2017"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from functools import cache

from pipeline.lexicon import LANGUAGES, load

_FIRST_YEAR, _LAST_YEAR = 1990, 2099
_ISO = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})([./])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?![\d.]\d)")


@cache
def _months() -> dict[str, int]:
    return {
        name: number
        for lang in LANGUAGES
        for number, names in enumerate(load(lang, "clean_stamps")["months"], start=1)
        for name in names
    }


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of "4. Juli 2020", "July 4, 2020" and of what may stand beside a bare date."""
    names = "|".join(sorted(_months(), key=lambda name: (-len(name), name)))
    days = "|".join(_days())
    day_first = re.compile(
        rf"(?:\b(\d{{1,2}})(?:\.|st|nd|rd|th)?\s?(?:of\s)?)?\b({names})\.?,?\s(\d{{4}})\b", re.IGNORECASE
    )
    month_first = re.compile(rf"\b({names})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s(\d{{4}})\b", re.IGNORECASE)
    beside = re.compile(
        rf"\b(?:{days})\b\.?,?|\b\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?(?!\d)(?:\s?[ap]\.?m\b\.?)?"
        r"|\b\d{1,2}(?=\s?(?:uhr|[ap]\.?m\b))|\b[ap]\.?m\b\.?|\buhr\b|\bo'clock\b|\bat\b|\bum\b|\bden\b|\bthe\b"
        r"|\b(?:ce?s?t|gmt|utc|m?ez|mesz)\b",
        re.IGNORECASE,
    )
    return day_first, month_first, beside


@cache
def _weekday() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{'|'.join(d for d in _days() if len(d) > 3)})\b")


def names_weekday(text: str) -> bool:
    """Whether a text names a day of the week in full."""
    return _weekday().search(text) is not None


@cache
def _days() -> tuple[str, ...]:
    """Return the names of weekdays, the longest first."""
    names = {day for lang in LANGUAGES for day in load(lang, "clean_stamps")["weekdays"]}
    return tuple(sorted(names, key=lambda day: (-len(day), day)))


def without_time(text: str) -> str:
    """Return a text without weekdays, times and the small words that stand beside a date."""
    return _patterns()[2].sub(" ", text)


def writes_month_first(lines: Iterable[str]) -> bool:
    """Whether lines write days the American way: "July 8, 2025" or "07/18/2025", and never "8 July 2025"."""
    day_first, month_first, _ = _patterns()
    american = False
    for line in lines:
        if any(match[1] for match in day_first.finditer(line)):
            return False
        american = american or month_first.search(line) is not None
        for match in _NUMERIC.finditer(line):
            if match[2] == "/" and int(match[1]) > 12:
                return False
            american = american or (match[2] == "/" and int(match[3]) > 12)
    return american


def is_open(line: str) -> bool:
    """Whether a line holds a date as "10/09/2017", of which day and month may change places."""
    return any(match[2] == "/" and int(match[1]) <= 12 >= int(match[3]) for match in _NUMERIC.finditer(line))


def read_dates(text: str, american: bool = False) -> list[tuple[int, int, str]]:
    """Return (start, end, EDTF) of the full dates and months with a year in a short text.

    Args:
        text: A line.
        american: Whether "10/09/2017" is the 9th of October.
    """
    day_first, month_first, _ = _patterns()
    found: list[tuple[int, int, str]] = []
    for match in _ISO.finditer(text):
        _add(found, match, match[1], match[2], match[3])
    for match in _NUMERIC.finditer(text):
        day, month, year = match[1], match[3], match[4]
        if match[2] == "/" and (int(month) > 12 or (american and int(day) <= 12)):
            day, month = month, day
        if len(year) == 2:
            year = f"20{year}" if int(year) < 70 else f"19{year}"
        _add(found, match, year, month, day)
    for match in month_first.finditer(text):
        _add(found, match, match[3], str(_months()[match[1].lower()]), match[2])
    for match in day_first.finditer(text):
        _add(found, match, match[3], str(_months()[match[2].lower()]), match[1])
    return sorted(found)


def _add(
    found: list[tuple[int, int, str]], match: re.Match[str], year: str, month: str, day: str | None
) -> None:
    if not (_FIRST_YEAR <= int(year) <= _LAST_YEAR and 1 <= int(month) <= 12):
        return
    if any(start < match.end() and match.start() < end for start, end, _ in found):
        return
    if day is None or not 1 <= int(day) <= calendar.monthrange(int(year), int(month))[1]:
        found.append((match.start(), match.end(), f"{int(year):04}-{int(month):02}"))
    else:
        found.append((match.start(), match.end(), f"{int(year):04}-{int(month):02}-{int(day):02}"))


__all__ = ["is_open", "names_weekday", "read_dates", "without_time", "writes_month_first"]
