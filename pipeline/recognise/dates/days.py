"""Days with a month but no year: "am 24. November", "Tue 8 July"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache

from pipeline.edtf import Precision, bounds, of_day, precision, year
from pipeline.model import Basis, DateMention
from pipeline.recognise.dates.anchors import Anchors
from pipeline.recognise.dates.numbers import numbers
from pipeline.recognise.dates.scanner import Scanner
from pipeline.recognise.dates.vocabulary import Vocabulary, alternatives, vocabulary

# How far from the page's own date a day without a year may lie to be of the same year.
_NEAR = timedelta(days=92)
# How far apart two days of one year may stand, in characters.
_PAIR_GAP = 60
_APART = re.compile(r"[!?;.]|.{40}")
# How far a form reaches before and after the beginning of its month.
_REACH = {"day": (50, 24), "us_day": (30, 30)}


class Days:
    """The forms of one language."""

    def __init__(self, words: Vocabulary) -> None:
        """Build the patterns."""
        self._words = words
        self._ordinals = numbers(words.lang).ordinal
        self._weekdays = dict(zip(words.words["weekdays"], words.words["weekday_numbers"], strict=True))
        self._names = re.compile(rf"\b{alternatives(words.words['name_cues'])} $")
        day = (
            r"(?:(?<![0-9.,:/])(?P<d>[0-9]{1,2})(?:\.|st|nd|rd|th)?"
            rf"|\b(?P<dw>{numbers(words.lang).ordinal_pattern}))"
        )
        weekday = rf"(?:\b(?P<wd>{alternatives(self._weekdays)})\.?,? (?:dem |den |the )?)?"
        month = rf"(?P<m>{words.months})"
        shapes = {"day": rf"{weekday}{day}(?: of)? ?{month}(?!\w)(?!,? ?[0-9])"}
        if words.lang == "en":
            shapes["us_day"] = (
                rf"{weekday}{month} (?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?!\w)(?!,? [0-9])(?![.,:/-][0-9])"
            )
        self._patterns = [(kind, re.compile(shape)) for kind, shape in shapes.items()]

    def find(self, scanner: Scanner) -> Iterator[tuple[re.Match[str], str]]:
        """Yield what may be such a day, with its kind."""
        if "month" not in scanner.kinds:
            return
        for kind, pattern in self._patterns:
            for first, last in scanner.near(self._words.hints["month"], *_REACH[kind]):
                for match in pattern.finditer(scanner.rest, first, last):
                    yield match, kind

    def mention(
        self, scanner: Scanner, anchors: Anchors, match: re.Match[str], kind: str
    ) -> DateMention | None:
        """Return the day, without a value where nothing tells its year; None if it is none.

        Its year is that of "in the same year" right before it, of the day beside it, of the block's label
        (then it is as good as stated), of the page's own date near by, or that which the text tells of.
        """
        month, day = self._words.month(match["m"]), self._number(match)
        named = self._names.search(scanner.before(match.start("m"), 20))
        if month is None or of_day(2000, month, day) is None or named:
            return None
        by_word = "dw" in match.groupdict() and match["dw"]
        start, end = match.start("dw" if by_word else "d"), match.end()
        start = min(start, match.start("m"))
        told = anchors.told
        if told is not None and not _APART.search(scanner.text, told.end, start):
            value = of_day(int(told.edtf), month, day) if told.edtf and told.edtf.isdigit() else None
            return DateMention(start, end, value, 0, Basis.DERIVED)
        value = _ellipsis(scanner, anchors, start, end, month, day)
        if value is None and scanner.leads and scanner.label and anchors.date(start) == scanner.label:
            own = year(scanner.label)
            value = of_day(own, month, day) if own is not None else None
            return DateMention(start, end, value, 0, Basis.STATED if value else Basis.DERIVED)
        if value is None:
            value = self._by_context(scanner, anchors, match, start, month, day)
        return DateMention(start, end, value, 0, Basis.DERIVED)

    def _by_context(
        self, scanner: Scanner, anchors: Anchors, match: re.Match[str], start: int, month: int, day: int
    ) -> str | None:
        found = _near(scanner.published, month, day, self._weekdays.get(match["wd"] or ""))
        frame = anchors.frame(start)
        if found is None:
            # No day of the page's own year: then of the year that the text tells of.
            own = frame.year_of(month) if frame else None
            far = own is not None and scanner.published is not None and own != year(scanner.published)
            alone = own is not None and scanner.published is None
            return of_day(own, month, day) if own is not None and (far or alone) and not match["wd"] else None
        before = anchors.year(start)
        # A history's year stands before it, so the page's own need not be meant.
        if before is not None and before != year(found) and not match["wd"]:
            return None
        return found

    def _number(self, match: re.Match[str]) -> int:
        groups = match.groupdict()
        return int(groups["d"]) if groups["d"] else self._ordinals.get(groups["dw"].lower(), 0)


@cache
def days(lang: str) -> Days:
    """Return the forms of ``de`` or ``en``."""
    return Days(vocabulary(lang))


def _ellipsis(scanner: Scanner, anchors: Anchors, start: int, end: int, month: int, day: int) -> str | None:
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
    own = year(published) if published else None
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
    return value if first - _NEAR <= when <= last + _NEAR else None
