"""Spans of time that count back to a founding: jubilees, "seit 25 Jahren", "50 years ago"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.edtf import year
from pipeline.lexicon import load
from pipeline.model import Basis, DateMention
from pipeline.recognise.dates.jubilee_forms import forms
from pipeline.recognise.dates.numbers import numbers
from pipeline.recognise.dates.scanner import Scanner, windows
from pipeline.recognise.dates.vocabulary import alternatives, starting, vocabulary

_MOST = 200
# Characters before and after a span in which its year may stand.
_LONGEST_SENTENCE = 400
_SENTENCE_END = re.compile(
    r"(?:[!?…]|(?<![ .][0-9])(?<![ .][0-9]{2})(?<!\b[A-Za-zÄÖÜ])\.)[\"”“»)]? (?=[\"„“(»]?[A-ZÄÖÜ])"
)
_LOOK_AHEAD = 60
# A town before the day of a report.
_PLACED = re.compile(r"[A-ZÀ-Þ][\w .()-]{2,30}, (?:den |the )?")
# "the partnership's 50th birthday"
_OWNER = re.compile(r"\b([\w-]{1,40})['’]s $")


@dataclass(frozen=True, slots=True)
class _Span:
    """A span of time: ``spoken`` counts from the day of writing (ago), not from a feast's year.

    ``lasting`` ("seit 25 Jahren", "for 25 years") may be the age of anything.
    """

    start: int
    end: int
    years: int
    about: bool
    spoken: bool
    lasting: bool = False


def has_span(text: str, lang: str) -> bool:
    """Return whether a text may hold such a span (most do not, and are spared the patterns)."""
    lower = text.lower()
    # A loop over plain words is several times faster than one pattern of them.
    for stem in _stems(lang):  # noqa: SIM110
        if stem in lower:
            return True
    return False


@cache
def _needle(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _stems(lang: str) -> tuple[str, ...]:
    return tuple(load(vocabulary(lang).lang, "dates")["jubilee"]["stems"])


def jubilees(scanner: Scanner, lang: str) -> None:
    """Add the spans that count back. To be called when all stated dates are found.

    The year of a feast is the one beside it, or else that of the block's label, or else the page's own.
    """
    lower = scanner.text.lower()
    grammar = _grammar(lang)
    spans = sorted(grammar.spans(scanner.text, lower), key=lambda span: (span.start, -span.end))
    if not spans:
        return
    context = _Context(scanner, grammar)
    others = sorted(scanner.found, key=lambda mention: mention.start)
    starts = [mention.start for mention in others]
    taken = 0
    for span in spans:
        index = bisect_left(starts, span.end)
        free = span.start >= taken and (index == 0 or others[index - 1].end <= span.start)
        if free and 1 <= span.years <= _MOST:
            value = context.founding(span)
            scanner.add(DateMention(span.start, span.end, value, 0, Basis.DERIVED, span.years))
            taken = span.end


class _Grammar:
    """The forms of one language."""

    def __init__(self, lang: str) -> None:
        words = vocabulary(lang)
        table: dict[str, Any] = words.words["jubilee"]
        count = numbers(words.lang)
        self.cardinal, self.ordinal = count.cardinal, count.ordinal
        self.nouns: tuple[str, ...] = tuple(table["nouns"])
        self.fixed: dict[str, int] = {word.lower(): n for word, n in table["spans"].items()}
        self.metals: dict[str, int] = table["metals"]
        self.birthdays: tuple[str, ...] = tuple(table["birthdays"])
        self.bonds: tuple[str, ...] = tuple(table["bonds"])
        self.denied = re.compile(rf"\b(?i:{'|'.join(table['denials'])}) (?:[\w-]{{1,30}} ){{0,2}}$")
        self.founding = re.compile(rf"\b{starting(table['founding_cues'])} $")
        self.past = re.compile(rf"\b(?:{'|'.join(table['past'])})\b")
        self.at = re.compile(rf"\b(?i:{'|'.join(table['at'])}) (?:(?i:the year|Jahre?) )?$")
        present = words.words["relative"]["present"]
        self.offsets = [(re.compile(rf"\b{starting(each['words'])}\b"), int(each["add"])) for each in present]
        number = rf"\b(?<![0-9][.,])[0-9]{{1,3}}|\b{count.cardinal_pattern}"
        n = rf"(?P<n>(?!(?i:an?)\b)(?:{number}))"
        nth = rf"(?P<nth>\b{count.ordinal_pattern}|\b[0-9]{{1,3}}(?:\.|st|nd|rd|th))"
        about = rf"(?:(?:(?P<about>{alternatives(table['about'])})|{alternatives(table['exactly'])}) ){{0,2}}"
        fixed = rf"(?P<fixed>{alternatives(table['spans'])})"
        feasts = "|".join(table["feasts"])
        metals = alternatives(table["metals"])
        adjectives = r"(?:[a-zäöüß][\wäöüß-]{1,25},? ){0,2}"
        noun = rf"[\w-]{{0,40}}?(?i:{'|'.join(self.nouns)})[\w-]{{0,30}}"
        birthday = "|".join(table["birthdays"])
        pieces = {
            "n": n, "ago": rf"(?P<n>{number})", "nth": nth, "about": about,
            "fixed": fixed, "feasts": feasts, "metals": metals,
            "adjectives": adjectives, "noun": noun, "birthday": birthday,
            "weddings": "|".join(table["weddings"]), "bond": "|".join(table["bond_nouns"]),
            "turns": alternatives(table["turns"]), "looks_back": alternatives(table["looks_back"]),
            "this_year": "|".join(table.get("this_year", ())),
        }  # fmt: skip
        self.feast, self.spoken = (
            [(needle, before, after, re.compile(each)) for needle, before, after, each in group]
            for group in forms(words.lang, pieces)
        )
        ahead = (
            r"\b[Ii]n (?P<n>{0}|[0-9]{{1,2}}) Jahren\b"
            if words.lang == "de"
            else r"\b[Ii]n (?P<n>{0}|[0-9]{{1,2}}) years['’]?(?: time)?\b"
        )
        self.ahead = re.compile(ahead.format(count.cardinal_pattern))

    def spans(self, text: str, lower: str) -> Iterator[_Span]:
        """Yield all spans of a text, overlapping ones too."""
        for spoken, patterns in ((False, self.feast), (True, self.spoken)):
            for needle, before, after, pattern in patterns:
                if needle.isalpha() and needle not in lower:
                    continue
                near = windows((match.start() for match in _needle(needle).finditer(lower)), before, after)
                if len(lower) != len(text):  # a few letters are longer in lower case
                    near = near and [(0, len(text))]
                for first, last in near:
                    for match in pattern.finditer(text, first, last):
                        span = self._span(match, spoken)
                        if span is not None:
                            yield span

    def _span(self, match: re.Match[str], spoken: bool) -> _Span | None:
        groups = match.groupdict()
        if groups.get("birthday"):
            # A person's birthday otherwise.
            after = match.string[match.end() : match.end() + _LOOK_AHEAD].lower()
            after = re.split(r"[.;:!?]", after)[0]
            owner = _OWNER.search(match.string, max(0, match.start() - _LOOK_AHEAD), match.start())
            told = after + " " + (owner[1].lower() if owner else "")
            if not any(stem in told for stem in (self.bonds if groups.get("metal") else self.nouns)):
                return None
        start = next(
            (match.start(name) for name in ("n", "nth", "fixed", "metal") if groups.get(name)), match.start()
        )
        if spoken:
            start = match.start()
        years = self.count(groups)
        if groups.get("round") is not None and years % 5:
            return None
        if groups.get("running") is not None:
            years -= 1  # what is in its 25th year is 24 years old, or nearly 25
        about = bool(groups.get("about") or groups.get("decades")) or groups.get("running") is not None
        lasting = groups.get("lasting") is not None or groups.get("together") is not None
        return _Span(start, match.end(), years, about, spoken, lasting)

    def count(self, groups: dict[str, Any]) -> int:
        """Return the number of years that a match counts, 0 if none."""
        if groups.get("fixed"):
            return self.fixed[groups["fixed"].lower()]
        if groups.get("metal"):
            return next((n for word, n in self.metals.items() if groups["metal"].lower().startswith(word)), 0)
        word = str(groups.get("n") or groups.get("nth") or "").lower()
        digits = re.match("[0-9]+", word)
        number = int(digits[0]) if digits else self.cardinal.get(word) or self.ordinal.get(word) or 0
        return number * 10 if groups.get("decades") else number


@cache
def _grammar(lang: str) -> _Grammar:
    return _Grammar(lang)


def _dateline(scanner: Scanner) -> int | None:
    """Return the year of the day that opens a report: "ADORF, 14. August 2006. Am Samstag ..."."""
    first = min(scanner.stated(), key=lambda m: m.start, default=None)
    if first is None or len(first.edtf or "") != 10:
        return None
    before, after = scanner.text[: first.start], scanner.text[first.end : first.end + 2]
    return (
        year(first.edtf or "")
        if _PLACED.fullmatch(before) and after.strip(" ")[:1] in tuple(".:–-")
        else None
    )


class _Context:
    """The dates and sentences that a span stands among."""

    def __init__(self, scanner: Scanner, grammar: _Grammar) -> None:
        self.text = scanner.text
        self.grammar = grammar
        self.published = year(scanner.published) if scanner.published else _dateline(scanner)
        self.label = year(scanner.label) if scanner.label else None
        self.ends = [match.end() for match in _SENTENCE_END.finditer(scanner.text)]
        dated = [(m, number) for m in scanner.stated() if (number := year(m.edtf or "")) is not None]
        cued = {n for m, n in dated if grammar.founding.search(scanner.before(m.start, 40))}
        self.years = list(dict.fromkeys(number for _, number in dated))
        self.foundings = cued
        self.beside = [(m, number) for m, number in dated if number not in cued]
        self.starts = [m.start for m, _ in self.beside]
        own = self.published
        self.sums = set(self.years) | ({own - 1, own, own + 1} if own is not None else set())

    def founding(self, span: _Span) -> str | None:
        """Return the year that a span counts back to, as EDTF, or None where its other end is unknown."""
        first, last = self._sentence(span)
        ahead = None if span.spoken else self._ahead(first, last)
        # "60 years ... since 1958", told in 2018: the sum is right, so 1958 is the founding itself.
        sums = self.sums if ahead is None else {ahead}
        for number in self.years:
            if number + span.years in sums:
                return f"{number:04d}"
        if ahead is not None:
            return f"{ahead - span.years:04d}" if ahead > span.years else None
        if span.lasting and not self._of_bond(span, first, last):
            return None
        told = not span.spoken or (span.lasting and self._then(span, first, last))
        anchor = self._nearest(span, first, last) if told else None
        if anchor is None:
            # With a founding named in the block and another sum, only "this year" tells the feast's year.
            if self.foundings and not self._of_now(first, last):
                return None
            if self.label is not None and not span.spoken:
                return f"{self.label - span.years:04d}" if self.label > span.years else None
            if self.published is None:
                return None
            anchor = self.published + (0 if span.spoken else self._offset(first, last))
        counted = anchor - span.years
        return None if counted < 1 else f"{counted:04d}" + ("~" if span.about else "")

    def _then(self, span: _Span, first: int, last: int) -> bool:
        """Return whether "for 25 years" is counted from a year of its sentence: "By 2006 it had been ..."."""
        if self.published is not None and not self.grammar.past.search(self.text, first, last):
            return False
        dates = [m for m, _ in self.beside if first <= m.start < last]
        return any(
            len(m.edtf or "") == 10 or self.grammar.at.search(self.text[max(first, m.start - 20) : m.start])
            for m in dates
        )

    def _of_bond(self, span: _Span, first: int, last: int) -> bool:
        """Return whether a sentence speaks of a bond, or says nothing but the span (a cell, a caption)."""
        before, after = self.text[first : span.start].lower(), self.text[span.end : last].lower()
        if not any(letter.isalpha() for letter in before + after):
            return True
        if self.grammar.denied.search(before):
            return False
        return any(stem in before or stem in after for stem in self.grammar.bonds)

    def _nearest(self, span: _Span, first: int, last: int) -> int | None:
        """Return the year that stands nearest to a span in its sentence, and is no founding."""
        index = bisect_left(self.starts, span.start)
        near = [item for item in self.beside[max(0, index - 1) : index + 1] if first <= item[0].start < last]
        if not near:
            return None
        return min(near, key=lambda item: max(item[0].start - span.end, span.start - item[0].end))[1]

    def _ahead(self, first: int, last: int) -> int | None:
        """Return the year of a feast that a sentence places "in two years", from the page's own."""
        match = self.grammar.ahead.search(self.text, first, last)
        if match is None or self.published is None:
            return None
        return self.published + self.grammar.count(match.groupdict())

    def _of_now(self, first: int, last: int) -> bool:
        """Return whether a sentence tells its year from the page's own."""
        return any(pattern.search(self.text, first, last) for pattern, _ in self.grammar.offsets)

    def _offset(self, first: int, last: int) -> int:
        """Return how many years from the page's own date a sentence places its feast."""
        offsets = self.grammar.offsets
        return next((add for pattern, add in offsets if pattern.search(self.text, first, last)), 0)

    def _sentence(self, span: _Span) -> tuple[int, int]:
        """Return the sentence, roughly, that a span stands in; no more than is near it."""
        index = bisect_right(self.ends, span.start)
        end = bisect_left(self.ends, span.end)
        first = self.ends[index - 1] if index else 0
        last = self.ends[end] if end < len(self.ends) else len(self.text)
        return max(first, span.start - _LONGEST_SENTENCE), min(last, span.end + _LONGEST_SENTENCE)
