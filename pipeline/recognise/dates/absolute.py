"""Dates that tell their own year and at least a month or a season."""

from __future__ import annotations

import re
from functools import cache

from pipeline.edtf import of_day
from pipeline.recognise.dates.numbers import numbers
from pipeline.recognise.dates.scanner import Scanner
from pipeline.recognise.dates.vocabulary import (
    DASH,
    NO_LETTER,
    SHORT_YEAR,
    YEAR,
    Vocabulary,
    alternatives,
    starting,
    vocabulary,
)

_ROMAN_NUMBERS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN_MONTHS = {name: number for number, name in enumerate(_ROMAN_NUMBERS, 1)}
# Pages without a date of their own are read as if of this year, where a year has two digits only.
_LAST_YEAR = 2029
# Where a date in digits may stand: all of them have this in them.
_DIGITS = re.compile(r"[0-9][./-] ?[0-9IVX]")
_TOLD = re.compile(r"\b(?:am|vom|dem|zum|on) $")
_FREE = r"(?<![\w/])(?<![0-9][.,:–-])"
_ENDS = NO_LETTER + r"(?!/)(?![.,:][0-9])(?!-\w)"

_ISO = re.compile(rf"{_FREE}(?P<y>{YEAR})-(?P<m>[01][0-9])-(?P<d>[0-3][0-9])(?=T[0-9]{{2}}:|{_ENDS})")
_NUMERIC = re.compile(
    rf"{_FREE}(?<!-)(?P<d>[0-9]{{1,2}})(?P<sign>\. ?|[/-])(?P<m>[0-9]{{1,2}})(?P=sign)"
    rf"(?P<y>{YEAR}|{SHORT_YEAR}|[0-9]{{2}}){_ENDS}"
)
_NUMERIC_RANGE = re.compile(
    rf"{_FREE}(?P<d1>[0-9]{{1,2}})\.(?: ?(?P<m1>[0-9]{{1,2}})\.(?P<y1>{YEAR})?)?"
    rf"(?: ?{DASH} ?| bis(?: zum)? |(?<=\.) und )"
    rf"(?P<d2>[0-9]{{1,2}})\. ?(?P<m2>[0-9]{{1,2}})\. ?(?P<y2>{YEAR}){_ENDS}"
)
_ROMAN = re.compile(
    rf"{_FREE}(?P<d>[0-9]{{1,2}})\. ?(?P<m>XII|XI|IX|IV|VI{{1,3}}|I{{1,3}}|V|X)\.? ?(?P<y>{YEAR}){_ENDS}"
)
_NUMERIC_MONTH = re.compile(rf"{_FREE}(?<!-)(?P<m>0[1-9]|1[0-2])(?P<sign>[./])(?P<y>{YEAR}){_ENDS}")


def absolute_dates(scanner: Scanner, lang: str, *, month_first: bool = False) -> None:
    """Take the dates that need no other date, from the longest form to the shortest.

    Args:
        scanner: The text.
        lang: ``de`` or ``en``.
        month_first: Read 8/10/1982 as the tenth of August (no effect on ``8.10.1982``).
    """
    last = int(scanner.published[:4]) if scanner.published else _LAST_YEAR

    def full(year: str) -> int:
        digits = year.lstrip("'’‘")
        if len(digits) == 4:
            return int(digits)
        # The latest year of that ending that is not in the future.
        return int(digits) + (2000 if 2000 + int(digits) <= last else 1900)

    def numeric(match: re.Match[str]) -> str | None:
        day, month = match["d"], match["m"]
        # 1.2.34 numbers a chapter; a date with a short year is written out, or told: 01.02.34, am 1.2.34
        written_out = len(day) == len(month) == 2 or match["sign"] == ". "
        if len(match["y"]) == 2 and not (written_out or _TOLD.search(scanner.before(match.start(), 6))):
            return None
        first, second = int(day), int(month)
        if match["sign"] in "/-" and second <= 31 and (second > 12 or (month_first and first <= 12)):
            first, second = second, first
        return of_day(full(match["y"]), second, first)

    if near := scanner.near(_DIGITS, 40, 60):
        scanner.take(_ISO, lambda m: of_day(int(m["y"]), int(m["m"]), int(m["d"])), near)
        scanner.take(_NUMERIC_RANGE, _numeric_range, near)
        scanner.take(_NUMERIC, numeric, near)
        scanner.take(_ROMAN, lambda m: of_day(int(m["y"]), _ROMAN_MONTHS[m["m"]], int(m["d"])), near)
    grammar = _grammar(lang)
    words = grammar.words

    def written(match: re.Match[str]) -> str | None:
        return of_day(full(match["y"]), words.month(match["m"]) or 13, grammar.day(match["d"]))

    def registered(match: re.Match[str]) -> str | None:
        year, month, day = (match[name] or match[f"{name}2"] for name in "ymd")
        return of_day(int(year), words.month(month) or 13, int(day))

    def days(match: re.Match[str]) -> str | None:
        month = words.month(match["m"]) or 13
        earlier = words.month(match["m1"]) or 13 if match["m1"] else month
        year = full(match["y"])
        return _interval(
            of_day(year, earlier, grammar.day(match["d1"])), of_day(year, month, grammar.day(match["d2"]))
        )

    def us_days(match: re.Match[str]) -> str | None:
        month, year = words.month(match["m"]) or 13, full(match["y"])
        return _interval(of_day(year, month, int(match["d1"])), of_day(year, month, int(match["d2"])))

    def months(match: re.Match[str]) -> str | None:
        year = full(match["y"])
        first, second = words.month(match["m1"]) or 13, words.month(match["m2"]) or 13
        return _interval(of_day(year, first), of_day(year, second))

    def month(match: re.Match[str]) -> str | None:
        if grammar.names.search(scanner.before(match.start("m"), 20)):
            return None
        return of_day(full(match["y"]), words.month(match["m"]) or 13)

    def season_span(match: re.Match[str]) -> str | None:
        first, last = full(match["y"]), int(match["y2"])
        return f"{first:04d}/{last:04d}" if last == first + 1 else None

    def season(match: re.Match[str]) -> str | None:
        return f"{full(match['y']):04d}-{grammar.seasons[match['s'].lower()]}"

    if "month" in scanner.kinds:
        spot = words.hints["month"]
        scanner.take(grammar.day_range, days, scanner.near(spot, 70, 50))
        scanner.take(grammar.us_day_range, us_days, scanner.near(spot, 1, 80))
        scanner.take(grammar.day_month_year, written, scanner.near(spot, 50, 50))
        scanner.take(grammar.registered, registered, scanner.near(spot, 10, 20))
        here = scanner.near(spot, 1, 80)
        scanner.take(grammar.month_day_year, written, here)
        scanner.take(grammar.month_range, months, here)
        scanner.take(grammar.month_year, month, scanner.near(spot, 50, 50))
    if "season" in scanner.kinds:
        near_season = scanner.near(words.hints["season"], 50, 80)
        scanner.take(grammar.season_span, season_span, near_season)
        scanner.take(grammar.season_year, season, near_season)
    scanner.take(_NUMERIC_MONTH, lambda m: of_day(int(m["y"]), int(m["m"])), near)


class _Grammar:
    """The patterns of one language for dates with words in them."""

    def __init__(self, words: Vocabulary) -> None:
        table = words.words
        self.words = words
        self.ordinals = numbers(words.lang).ordinal
        self.seasons: dict[str, int] = {word.lower(): code for word, code in table["seasons"].items()}
        self.names = re.compile(rf"\b{alternatives(table['name_cues'])} $")
        month = words.months
        ordinal = numbers(words.lang).ordinal_pattern
        number = r"(?<![0-9])(?<![0-9][.,:/-])[0-9]{1,2}"
        day = rf"(?:{number}(?:\.|st|nd|rd|th|ten)?|\b{ordinal})"
        second = rf"(?:[0-9]{{1,2}}(?:\.|st|nd|rd|th|ten)?|\b{ordinal})"
        links = alternatives(table["year_links"])
        year = rf"(?P<y>{YEAR}(?![0-9])|{SHORT_YEAR}(?!\w))"
        to_year = rf"(?:,? (?:{links} )?|,)"
        part = rf"(?:\b{starting(table['parts'])}[ -](?:{alternatives(table['part_links'])} )?)?"
        of = r"(?:(?: day)? of)?"
        until = rf"(?: ?{DASH} ?| bis(?: zum)? | und | to(?: the)? | and | & )"
        self.day_month_year = re.compile(rf"(?P<d>{day}){of} ?(?P<m>{month}){to_year}{year}")
        # As registers write it: 1996-SEP-21, 21-Sep-1996.
        self.registered = re.compile(
            rf"{_FREE}(?:(?P<y>{YEAR})-(?P<m>{month})-(?P<d>[0-3]?[0-9])"
            rf"|(?P<d2>[0-3]?[0-9])-(?P<m2>{month})-(?P<y2>{YEAR})){_ENDS}"
        )
        self.month_day_year = re.compile(
            rf"(?P<m>{month}) (?:the )?(?P<d>[0-9]{{1,2}}(?:st|nd|rd|th)?\b|{ordinal}\b){to_year}{year}"
        )
        self.day_range = re.compile(
            rf"(?P<d1>{day})(?: (?P<m1>{month}))?{until}(?P<d2>{second}){of} ?(?P<m>{month}){to_year}{year}"
        )
        self.us_day_range = re.compile(
            rf"(?P<m>{month}) (?P<d1>[0-9]{{1,2}})(?:st|nd|rd|th)?{until}"
            rf"(?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?{to_year}{year}"
        )
        self.month_range = re.compile(rf"(?P<m1>{month})(?:{until}|/)(?P<m2>{month}){to_year}{year}")
        self.month_year = re.compile(rf"{part}(?P<m>{month}){to_year}{year}")
        season = starting(table["seasons"])
        self.season_span = re.compile(
            rf"{part}\b(?P<s>{season}){to_year}{year}"
            rf"(?: ?{DASH} ?| to | bis | and | und )(?P<y2>{YEAR}){_ENDS}"
        )
        self.season_year = re.compile(
            rf"{part}\b(?P<s>{season}){to_year}{year}(?:/(?:[0-9]{{4}}|[0-9]{{2}})\b)?"
        )

    def day(self, text: str) -> int:
        """Return the day of a month that ``8.``, ``8th`` or ``achten`` means, or 0."""
        digits = re.match("[0-9]{1,2}", text)
        return int(digits[0]) if digits else self.ordinals.get(text.lower(), 0)


@cache
def _grammar(lang: str) -> _Grammar:
    return _Grammar(vocabulary(lang))


def _interval(first: str | None, second: str | None) -> str | None:
    if first is None or second is None or first >= second:
        return None
    return f"{first}/{second}"


def _numeric_range(match: re.Match[str]) -> str | None:
    year, month = int(match["y2"]), int(match["m2"])
    first = of_day(int(match["y1"] or year), int(match["m1"] or month), int(match["d1"]))
    return _interval(first, of_day(year, month, int(match["d2"])))
