"""Dates told from another one: the year before them in the block, or the page's own date."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from typing import Any

from pipeline.edtf import Precision, bounds, of_day, precision, year
from pipeline.model import Basis, DateMention
from pipeline.recognise.dates.numbers import Numbers, numbers
from pipeline.recognise.dates.scanner import Scanner
from pipeline.recognise.dates.vocabulary import Vocabulary, alternatives, hint, starting, vocabulary

# How far from the page's own date a day without a year may lie to be of the same year.
_NEAR = timedelta(days=92)
# How far apart two days of one year may stand, in characters.
_PAIR_GAP = 60
_MOST = 150
# How far before "after five years" its year may stand, and how far before a day its year, in characters.
_AFTER_GAP = 200
_APART = re.compile(r"[!?;.]|.{40}")
# The forms with a month in them, and how far they reach before and after its beginning; all others have
# a word for a year, or are the whole words for a day.
_DATED = {"month": (50, 60), "month_present": (50, 60), "day": (50, 24), "us_day": (30, 30)}
_YEAR_WORD = re.compile(r"Jahr|jahr|Year|year|Heuer|heuer|YEAR|JAHR")


def relative_dates(scanner: Scanner, lang: str) -> None:
    """Add "neunzehn Jahre später", "in the same year", "this year", "24. November".

    To be called when all stated dates are found: they are the anchors. A relative date is an anchor too.
    """
    grammar = _grammar(lang)
    hints = (grammar.words.month_hint, _YEAR_WORD, grammar.day_hint)
    if not any([scanner.spots(each) for each in hints]):
        return
    pending: list[tuple[int, re.Match[str], str]] = []
    by_year = scanner.near(_YEAR_WORD, 50, 50)
    for kind, pattern in grammar.patterns:
        if kind in _DATED:
            near = scanner.near(grammar.words.month_hint, *_DATED[kind])
        else:
            near = scanner.near(grammar.day_hint, 1, 60) if kind == "days" else by_year
        for first, last in near:
            pending += [(match.start(), match, kind) for match in pattern.finditer(scanner.rest, first, last)]
    if not pending:
        return
    anchors = _Anchors(scanner.stated(), scanner.label)
    taken = 0
    for start, match, kind in sorted(pending, key=lambda item: (item[0], -item[1].end())):
        if start < taken:
            continue
        mention = grammar.mention(scanner, anchors, match, kind)
        if mention is not None:
            scanner.add(mention)
            anchors.last = mention if mention.edtf else anchors.last
            anchors.told = mention if kind == "phrase" else None
            taken = match.end()


class _Anchors:
    """The dates that others may be told from; to be asked in the order of the text."""

    def __init__(self, stated: list[DateMention], label: str | None) -> None:
        self.stated = stated
        self.label = label
        self.starts = [mention.start for mention in stated]
        self.last: DateMention | None = None
        # "In the same year" and the like, while nothing else has come after it.
        self.told: DateMention | None = None

    def year(self, position: int) -> int | None:
        """Return the year of ``date``; None also if that spans several years."""
        before = self.date(position)
        return year(before) if before else None

    def date(self, position: int) -> str | None:
        """Return the last date before a position, or else that of the block's label, as EDTF."""
        before = self.stated_before(position)
        if before is None or (self.last is not None and self.last.start > before.start):
            before = self.last
        return before.edtf if before is not None else self.label

    def stated_before(self, position: int) -> DateMention | None:
        """Return the last stated date before a position."""
        index = bisect_right(self.starts, position)
        return self.stated[index - 1] if index else None

    def around(self, position: int) -> list[DateMention]:
        """Return the stated dates next to a position."""
        index = bisect_right(self.starts, position)
        return self.stated[max(0, index - 2) : index + 2]


class _Grammar:
    """The relative forms of one language."""

    def __init__(self, words: Vocabulary) -> None:
        table: dict[str, Any] = words.words["relative"]
        self.words = words
        self.numbers: Numbers = numbers(words.lang)
        ordinal, cardinal = self.numbers.ordinal_pattern, self.numbers.cardinal_pattern
        self.phrases = _offsets(table["phrases"])
        self.genitives = _offsets(table["genitives"])
        self.page_phrases = _offsets(table["page_phrases"])
        self.days = _offsets(table["days"])
        self.day_hint = hint(_words(table["days"]))
        self.present = _offsets(table["present"]) | _offsets(table["present_genitives"])
        # Present in form, but a history may tell its own year so.
        self.told = frozenset(
            word.lower() for each in table["present"] if each.get("told") for word in each["words"]
        )
        self.later = frozenset(table["later"])
        self.weekdays = dict(zip(words.words["weekdays"], words.words["weekday_numbers"], strict=True))
        day = rf"(?:(?<![0-9.,:/])(?P<d>[0-9]{{1,2}})(?:\.|st|nd|rd|th)?|\b(?P<dw>{ordinal}))"
        weekday = rf"(?:\b(?P<wd>{alternatives(self.weekdays)})\.?,? (?:dem |den |the )?)?"
        month = rf"(?P<m>{words.months})"
        dated = rf"(?:{day}(?: day)?(?: of)? )?{month}"
        later = alternatives([*table["later"], *table["earlier"]])
        years = alternatives(table["year_words"])
        shapes = {
            "month": rf"{dated} (?P<rel>{alternatives(_words(table['genitives']))})\b",
            "month_present": rf"{dated} (?P<rel>{alternatives(_words(table['present_genitives']))})\b",
            # Not "the year before the war".
            "phrase": (
                rf"\b(?P<rel>{starting(_words([*table['phrases'], *table['page_phrases']]))})\b"
                r"(?! (?:the|a|an|its|their|our|his|her|der|die|das|dem|den)\b)"
            ),
            "days": rf"\b(?P<rel>{starting(_words(table['days']))})\b",
            # Not "after five years of war", "nach fünf Jahren Pause".
            "after": (
                rf"\b{starting(table['after'])} (?P<n>[0-9]{{1,3}}|{cardinal}) "
                rf"{alternatives(table['after_words'])}\b(?! (?:of|as|at|in|als|im)\b)(?! [A-ZÄÖÜ])"
            ),
            "later": rf"\b(?P<n>[0-9]{{1,3}}|{cardinal}) {years} (?P<rel>{later})\b",
            "present": rf"\b(?P<rel>{starting(_words(table['present']))})\b",
            "day": rf"{weekday}{day}(?: of)? ?{month}(?!\w)(?!,? ?[0-9])",
        }
        if words.lang == "en":
            shapes["us_day"] = (
                rf"{weekday}{month} (?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?!\w)(?!,? [0-9])(?![.,:/-][0-9])"
            )
        self.patterns = [(kind, re.compile(shape)) for kind, shape in shapes.items()]
        names = words.words["name_cues"]
        self.names = re.compile(rf"\b{alternatives(names)} $")

    def mention(
        self, scanner: Scanner, anchors: _Anchors, match: re.Match[str], kind: str
    ) -> DateMention | None:
        """Return the mention a match is, or None if it is none."""
        start, end = match.span()
        if kind in ("day", "us_day"):
            return self._day(scanner, anchors, match)
        if kind == "after":
            return self._after(scanner, anchors, match)
        rel = match["rel"].lower()
        if kind == "days":
            return DateMention(start, end, _shifted(anchors.date(start), self.days[rel]), 0, Basis.DERIVED)
        base, month, day = anchors.year(start), None, None
        if kind.startswith("month"):
            month = self.words.month(match["m"])
            day = self._number(match) if match["d"] or match["dw"] else None
        if kind in ("present", "month_present"):
            own, add = _number(scanner.published), self.present[rel]
            base = None if rel in self.told and base not in (None, own) else own
        elif kind == "month":
            add = self.genitives[rel]
        elif kind == "phrase":
            if rel in self.page_phrases:
                base = base if base is not None or anchors.date(start) else _number(scanner.published)
            add = self.phrases[rel] if rel in self.phrases else self.page_phrases[rel]
        else:
            word = match["n"].lower()
            count = int(word) if word.isdigit() else self.numbers.cardinal.get(word, 0)
            add = count if rel in self.later else -count
            if not 1 <= count <= _MOST:
                return None
        value = None if base is None or not 1 <= base + add <= 9999 else of_day(base + add, month, day)
        return DateMention(start, end, value, 0, Basis.DERIVED)

    def _after(self, scanner: Scanner, anchors: _Anchors, match: re.Match[str]) -> DateMention | None:
        """Return what "after five years" is told from: a year that stands not far before it."""
        word, near = match["n"].lower(), anchors.stated_before(match.start())
        count = int(word) if word.isdigit() else self.numbers.cardinal.get(word, 0)
        if near is None or match.start() - near.end > _AFTER_GAP or not 1 <= count <= _MOST:
            return None
        base = year(near.edtf or "")
        if base is None:
            return None
        return DateMention(match.start(), match.end(), f"{base + count:04d}", 0, Basis.DERIVED)

    def _number(self, match: re.Match[str]) -> int:
        groups = match.groupdict()
        return int(groups["d"]) if groups["d"] else self.numbers.ordinal.get(groups["dw"].lower(), 0)

    def _day(self, scanner: Scanner, anchors: _Anchors, match: re.Match[str]) -> DateMention | None:
        month, day = self.words.month(match["m"]), self._number(match)
        if (
            month is None
            or of_day(2000, month, day) is None
            or self.names.search(scanner.before(match.start("m"), 20))
        ):
            return None
        start = match.start("d") if match["d"] or "dw" not in match.groupdict() else match.start("dw")
        end = match.end()
        if match.groupdict().get("d") and match.start("m") < start:
            start = match.start("m")
        told = anchors.told
        if told is not None and not _APART.search(scanner.text, told.end, start):
            # "Noch im selben Jahr, am 3. Oktober": the day takes the year that was told for it, or none.
            value = of_day(int(told.edtf), month, day) if told.edtf and told.edtf.isdigit() else None
            return DateMention(start, end, value, 0, Basis.DERIVED)
        found = _ellipsis(scanner, anchors, start, end, month, day)
        if found is None:
            found = _near(scanner.published, month, day, self.weekdays.get(match["wd"] or ""))
            before = anchors.year(start)
            # A history's year stands before it, so the page's own need not be meant.
            if found is not None and before is not None and before != year(found) and not match["wd"]:
                found = None
        return DateMention(start, end, found, 0, Basis.DERIVED)


@cache
def _grammar(lang: str) -> _Grammar:
    return _Grammar(vocabulary(lang))


def _offsets(entries: list[dict[str, Any]]) -> dict[str, int]:
    return {word.lower(): entry["add"] for entry in entries for word in entry["words"]}


def _words(entries: list[dict[str, Any]]) -> list[str]:
    return [word for entry in entries for word in entry["words"]]


def _shifted(anchor: str | None, days: int) -> str | None:
    """Return a day so many days after another, None where the other is no single day."""
    if anchor is None or precision(anchor) is not Precision.DAY:
        return None
    first, last = bounds(anchor)
    try:
        return (first + timedelta(days=days)).isoformat() if first == last else None
    except OverflowError:
        return None


def _number(published: str | None) -> int | None:
    return year(published) if published else None


def _ellipsis(scanner: Scanner, anchors: _Anchors, start: int, end: int, month: int, day: int) -> str | None:
    """Return the value of a day whose year stands with its neighbour ("12. März in A, 4. Mai 1958 in B")."""
    for mention in anchors.around(start):
        if mention.edtf is None or precision(mention.edtf) is not Precision.DAY:
            continue
        other = bounds(mention.edtf)[0]
        gap = scanner.text[end : mention.start] if mention.start >= end else scanner.text[mention.end : start]
        ordered = (
            (month, day) < (other.month, other.day)
            if mention.start >= end
            else (month, day) > (other.month, other.day)
        )
        if ordered and len(gap) <= _PAIR_GAP and not re.search(r"[!?;]|\D\. ", gap):
            return of_day(other.year, month, day)
    return None


def _near(published: str | None, month: int, day: int, weekday: int | None) -> str | None:
    """Return a day of the page's own year, where it is clear that this year is meant."""
    own = _number(published)
    if own is None or published is None:
        return None
    value = of_day(own, month, day)
    if value is None:
        return None
    when = bounds(value)[0]
    if weekday is not None:
        return value if when.weekday() == weekday else None
    if precision(published) < Precision.MONTH:
        return None
    first, last = bounds(published)
    return value if first - _NEAR <= when <= last + _NEAR and isinstance(when, date) else None
