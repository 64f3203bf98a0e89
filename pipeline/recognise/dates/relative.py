"""Dates told from another one: the date before them in the block, or the page's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any

from pipeline.edtf import Precision, bounds, of_day, precision, year
from pipeline.model import Basis, DateMention
from pipeline.recognise.dates.anchors import Anchors
from pipeline.recognise.dates.days import days
from pipeline.recognise.dates.moments import moments
from pipeline.recognise.dates.numbers import Numbers, numbers
from pipeline.recognise.dates.scanner import Scanner
from pipeline.recognise.dates.vocabulary import Vocabulary, alternatives, starting, vocabulary

_MOST = 150
# How far before "after five years" its year may stand, in characters.
_AFTER_GAP = 200
# How far a form reaches before and after the beginning of the word that hints at it.
_REACH = (50, 50)


def relative_dates(scanner: Scanner, lang: str) -> None:
    """Add "neunzehn Jahre später", "in the same year", "this year", "24. November", "im Mai".

    To be called when all stated dates are found: they are the anchors. A relative date is an anchor too.
    """
    forms = (_spans(lang), days(lang), moments(lang))
    pending = [(match, kind, form) for form in forms for match, kind in form.find(scanner)]
    if not pending:
        return
    anchors = Anchors(scanner.text, scanner.stated(), scanner.label, leads=scanner.leads)
    taken = 0
    for match, kind, form in sorted(pending, key=lambda item: (_start(item[0]), -item[0].end())):
        if _start(match) < taken:
            continue
        mention = form.mention(scanner, anchors, match, kind)
        if mention is not None:
            scanner.add(mention)
            anchors.add(mention, told=kind == "phrase")
            taken = match.end()


def _start(match: re.Match[str]) -> int:
    return match.start("span" if "span" in match.re.groupindex else 0)


class _Spans:
    """The forms of one language that count years, months or days from a date."""

    def __init__(self, words: Vocabulary) -> None:
        table: dict[str, Any] = words.words["relative"]
        self._words = words
        self._numbers: Numbers = numbers(words.lang)
        self._seasons: dict[str, int] = {word.lower(): n for word, n in words.words["seasons"].items()}
        cardinal = self._numbers.cardinal_pattern
        self._phrases = _offsets(table["phrases"])
        self._genitives = _offsets(table["genitives"])
        self._page_phrases = _offsets(table["page_phrases"])
        self._days, self._page_days = _offsets(table["days"]), _offsets(table["page_days"])
        self._months, self._page_months = _offsets(table["months"]), _offsets(table["page_months"])
        self._present = _offsets(table["present"]) | _offsets(table["present_genitives"])
        # Present in form, but a history may tell its own year so.
        self._told = frozenset(
            word.lower() for each in table["present"] if each.get("told") for word in each["words"]
        )
        self._later = frozenset(table["later"])
        self._units = {word.lower(): each["unit"] for each in table["units"] for word in each["words"]}
        ordinal = self._numbers.ordinal_pattern
        day = rf"(?:(?<![0-9.,:/])(?P<d>[0-9]{{1,2}})(?:\.|st|nd|rd|th)?|\b(?P<dw>{ordinal}))"
        dated = rf"(?:{day}(?: day)?(?: of)? )?(?P<m>{words.months})"
        later = alternatives([*table["later"], *table["earlier"]])
        number = rf"(?P<n>[0-9]{{1,3}}|{cardinal})"
        # Not "the year before the war".
        alone = r"\b(?! (?:the|a|an|its|their|our|his|her|der|die|das|dem|den)\b)"
        shapes = {
            "month": ("month", rf"{dated} (?P<rel>{alternatives(_words(table['genitives']))})\b"),
            "month_present": (
                "month",
                rf"{dated} (?P<rel>{alternatives(_words(table['present_genitives']))})\b",
            ),
            "phrase": (
                "year",
                rf"\b(?P<rel>{starting([*_words(table['phrases']), *_words(table['page_phrases'])])}){alone}",
            ),
            # Not "after five years of war", "nach fünf Jahren Pause".
            "after": (
                "year",
                rf"\b{starting(table['after'])} (?P<n>[0-9]{{1,3}}|{cardinal}) "
                rf"{alternatives(table['after_words'])}\b(?! (?:of|as|at|in|als|im)\b)(?! [A-ZÄÖÜ])",
            ),
            "present": ("year", rf"\b(?P<rel>{starting(_words(table['present']))})\b"),
            "days": (
                "day",
                rf"\b(?P<rel>{starting([*_words(table['days']), *_words(table['page_days'])])}){alone}",
            ),
            "months": (
                "day",
                rf"\b(?P<rel>{starting([*_words(table['months']), *_words(table['page_months'])])}){alone}",
            ),
        }
        counted = (
            rf"(?<!\bhalf )\b{number} (?P<unit>{alternatives(_words(table['units']))}) (?P<rel>{later})\b"
        )
        shapes |= {f"later {hint}": (hint, counted) for hint in ("year", "day", "season")}
        counting = re.compile(rf"{alternatives(_words(table['units']))} {later}\b")
        self._needed = dict.fromkeys((kind for kind in shapes if kind.startswith("later")), counting)
        self._needed["month"] = re.compile(rf" {alternatives(_words(table['genitives']))}\b")
        self._needed["month_present"] = re.compile(rf" {alternatives(_words(table['present_genitives']))}\b")
        self._patterns = [(kind, hint, re.compile(shape)) for kind, (hint, shape) in shapes.items()]

    def find(self, scanner: Scanner) -> Iterator[tuple[re.Match[str], str]]:
        """Yield what may be such a date, with its kind."""
        for kind, hint, pattern in self._patterns:
            if hint not in scanner.kinds:
                continue
            # A number in words or an ordinal is a long pattern to try in vain.
            if kind in self._needed and not self._needed[kind].search(scanner.rest):
                continue
            for first, last in scanner.near(self._words.hints[hint], *_REACH):
                for match in pattern.finditer(scanner.rest, first, last):
                    yield match, kind

    def mention(
        self, scanner: Scanner, anchors: Anchors, match: re.Match[str], kind: str
    ) -> DateMention | None:
        """Return the mention that a match is, or None if it is none."""
        if kind == "after":
            return self._after(anchors, match)
        start, end = match.span()
        rel = match["rel"].lower()
        if kind.startswith("later"):
            count = self._count(match)
            if not 1 <= count <= _MOST:
                return None
            value = self._counted(scanner, anchors, match, count if rel in self._later else -count)
        elif kind == "days":
            own = rel in self._page_days
            anchor = scanner.published if own else _day(anchors, scanner, start)
            value = _shifted(anchor, self._page_days[rel] if own else self._days[rel])
        elif kind == "months":
            own = rel in self._page_months
            anchor = scanner.published if own else anchors.date(start)
            value = _moved(anchor, self._page_months[rel] if own else self._months[rel])
        else:
            value = self._of_year(scanner, anchors, match, kind)
        return DateMention(start, end, value, 0, Basis.DERIVED)

    def _of_year(self, scanner: Scanner, anchors: Anchors, match: re.Match[str], kind: str) -> str | None:
        rel, start = match["rel"].lower(), match.start()
        base, month, day = anchors.year(start), None, None
        if kind.startswith("month"):
            month = self._words.month(match["m"])
            day = self._day_number(match) if match["d"] or match["dw"] else None
        if kind in ("present", "month_present"):
            own, add = _number(scanner.published), self._present[rel]
            base = None if rel in self._told and base not in (None, own) else own
        elif kind == "month":
            add = self._genitives[rel]
        else:
            if rel in self._page_phrases:
                base = base if base is not None or anchors.date(start) else _number(scanner.published)
            add = self._phrases[rel] if rel in self._phrases else self._page_phrases[rel]
        return None if base is None or not 1 <= base + add <= 9999 else of_day(base + add, month, day)

    def _counted(self, scanner: Scanner, anchors: Anchors, match: re.Match[str], count: int) -> str | None:
        """Return what lies so many years, seasons, months or days from the date before a match."""
        unit = self._units[match["unit"].lower()]
        if unit == "day":
            return _shifted(_day(anchors, scanner, match.start()), count)
        if unit == "month":
            return _moved(anchors.date(match.start()), count)
        base = anchors.year(match.start())
        if base is None or not 1 <= base + count * (10 if unit == "decade" else 1) <= 9999:
            return None
        if unit == "decade":
            return f"{base + 10 * count:04d}~"
        return of_day(base + count, self._seasons[unit] if unit != "year" else None)

    def _after(self, anchors: Anchors, match: re.Match[str]) -> DateMention | None:
        """Return what "after five years" is told from: a year that stands not far before it."""
        near, count = anchors.stated_before(match.start()), self._count(match)
        if near is None or match.start() - near.end > _AFTER_GAP or not 1 <= count <= _MOST:
            return None
        base = year(near.edtf or "")
        if base is None:
            return None
        return DateMention(match.start(), match.end(), f"{base + count:04d}", 0, Basis.DERIVED)

    def _count(self, match: re.Match[str]) -> int:
        word = match["n"].lower()
        return int(word) if word.isdigit() else self._numbers.cardinal.get(word, 0)

    def _day_number(self, match: re.Match[str]) -> int:
        return int(match["d"]) if match["d"] else self._numbers.ordinal.get(match["dw"].lower(), 0)


@cache
def _spans(lang: str) -> _Spans:
    return _Spans(vocabulary(lang))


def _offsets(entries: list[dict[str, Any]]) -> dict[str, int]:
    return {word.lower(): entry["add"] for entry in entries for word in entry["words"]}


def _words(entries: list[dict[str, Any]]) -> list[str]:
    return [word for entry in entries for word in entry["words"]]


def _number(published: str | None) -> int | None:
    return year(published) if published else None


def _day(anchors: Anchors, scanner: Scanner, position: int) -> str | None:
    """Return the date before a position, or else the day that the page reports on."""
    before = anchors.date(position)
    return before if before is not None else scanner.reported


def _shifted(anchor: str | None, count: int) -> str | None:
    """Return a day so many days after another, None where the other is no single day."""
    if anchor is None or precision(anchor) is not Precision.DAY:
        return None
    first, last = bounds(anchor)
    try:
        return (first + timedelta(days=count)).isoformat() if first == last else None
    except OverflowError:
        return None


def _moved(anchor: str | None, count: int) -> str | None:
    """Return a month so many months after another, None where the other is not known to the month."""
    if anchor is None or precision(anchor) < Precision.MONTH:
        return None
    first = bounds(anchor)[0]
    months = 12 * first.year + first.month - 1 + count
    return of_day(months // 12, months % 12 + 1) if 12 <= months < 120_000 else None
