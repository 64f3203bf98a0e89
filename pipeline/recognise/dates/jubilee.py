"""Spans of time that count back to a founding: jubilees, "seit 25 Jahren", "50 years ago"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.edtf import year
from pipeline.model import Basis, DateMention
from pipeline.recognise.dates.numbers import numbers
from pipeline.recognise.dates.scanner import Scanner
from pipeline.recognise.dates.vocabulary import alternatives, starting, vocabulary

_MOST = 200
# Characters before and after a span in which its year may stand.
_LONGEST_SENTENCE = 400
_HINT = re.compile(r"(?i)j[aä]hr|jubi|geburtstag|year|annivers|centur|decade|birthday")
_SENTENCE_END = re.compile(
    r"(?:[!?…]|(?<![ .][0-9])(?<![ .][0-9]{2})(?<!\b[A-Za-zÄÖÜ])\.)[\"”“»)]? (?=[\"„“(»]?[A-ZÄÖÜ])"
)
_LOOK_AHEAD = 60


@dataclass(frozen=True, slots=True)
class _Span:
    """A span of time: ``spoken`` counts from the day of writing (ago), not from a feast's year."""

    start: int
    end: int
    years: int
    about: bool
    spoken: bool


def jubilees(scanner: Scanner, lang: str) -> None:
    """Add the spans that count back. To be called when all stated dates are found."""
    if not _HINT.search(scanner.text):
        return
    grammar = _grammar(lang)
    spans = sorted(grammar.spans(scanner.text), key=lambda span: (span.start, -span.end))
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
        self.founding = re.compile(rf"\b{starting(table['founding_cues'])} $")
        present = words.words["relative"]["present"]
        self.offsets = [(re.compile(rf"\b{starting(each['words'])}\b"), int(each["add"])) for each in present]
        n = rf"(?P<n>\b[0-9]{{1,3}}|\b{count.cardinal_pattern})"
        nth = rf"(?P<nth>\b{count.ordinal_pattern}|\b[0-9]{{1,3}}(?:\.|st|nd|rd|th))"
        about = rf"(?:(?:(?P<about>{alternatives(table['about'])})|{alternatives(table['exactly'])}) ){{0,2}}"
        fixed = rf"(?P<fixed>{alternatives(table['spans'])})"
        feasts = "|".join(table["feasts"])
        metals = alternatives(table["metals"])
        adjectives = r"(?:[a-zäöüß][\wäöüß-]{1,25},? ){0,2}"
        noun = rf"[\w-]{{0,40}}?(?i:{'|'.join(self.nouns)})[\w-]{{0,30}}"
        birthday = "|".join(table["birthdays"])
        forms = _german if words.lang == "de" else _english
        pieces = {
            "n": n, "nth": nth, "about": about, "fixed": fixed, "feasts": feasts, "metals": metals,
            "adjectives": adjectives, "noun": noun, "birthday": birthday,
        }  # fmt: skip
        self.feast, self.spoken = (
            [(needle, re.compile(each)) for needle, each in group] for group in forms(pieces)
        )
        ahead = (
            r"\b[Ii]n (?P<n>{0}|[0-9]{{1,2}}) Jahren\b"
            if words.lang == "de"
            else r"\b[Ii]n (?P<n>{0}|[0-9]{{1,2}}) years['’]?(?: time)?\b"
        )
        self.ahead = re.compile(ahead.format(count.cardinal_pattern))

    def spans(self, text: str) -> Iterator[_Span]:
        """Yield all spans of a text, overlapping ones too."""
        lower = text.lower()
        for spoken, patterns in ((False, self.feast), (True, self.spoken)):
            for needle, pattern in patterns:
                if needle not in lower:
                    continue
                for match in pattern.finditer(text):
                    span = self._span(match, spoken)
                    if span is not None:
                        yield span

    def _span(self, match: re.Match[str], spoken: bool) -> _Span | None:
        groups = match.groupdict()
        if groups.get("birthday"):
            # A person's birthday otherwise.
            after = match.string[match.end() : match.end() + _LOOK_AHEAD].lower()
            after = re.split(r"[.;:!?]", after)[0]
            if not any(stem in after for stem in self.nouns):
                return None
        start = next(
            (match.start(name) for name in ("n", "nth", "fixed", "metal") if groups.get(name)), match.start()
        )
        if spoken:
            start = match.start()
        return _Span(
            start, match.end(), self.count(groups), bool(groups.get("about") or groups.get("decades")), spoken
        )

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


# The forms of each language, first the feasts, then those that count from the day of writing; each with
# a word without which it need not be tried.
_Forms = tuple[list[tuple[str, str]], list[tuple[str, str]]]


def _german(p: dict[str, str]) -> _Forms:
    opening = r"(?:^|(?<=[:–•|] )|(?<=[„\"(]))"
    feast = r"(?:[Ff]eier|[Jj]ubiläum|[Pp]artnerschaft|[Ff]reundschaft)\w{0,20}"
    count = rf"{p['n']} {p['adjectives']}(?:Jahren|(?P<decades>Jahrzehnten))"
    return [
        ("jährig", rf"{p['n']}[ -]?[Jj]ährige[nrsm]?s?,? {p['adjectives']}{p['noun']}"),
        ("jahr", rf"{p['n']}[- ]?[Jj]ahre?[- ]?{feast}"),
        ("tag", rf"{p['nth']} {p['adjectives']}(?:[\w-]{{1,40}}-?)?(?i:{p['feasts']})(?:s|en|e)?\b"),
        ("jub", rf"{p['nth']} {p['adjectives']}(?:[\w-]{{1,40}}-?)?(?i:{p['feasts']})(?:s|en|e)?\b"),
        # "2024 jährt sich die Unterzeichnung zum 60. Mal"
        ("jährt", rf"\bjährte? sich\b[^.!?]{{0,120}}?\bzum {p['nth']} Male?\b"),
        ("geburtstag", rf"{p['nth']} (?P<birthday>(?i:{p['birthday']}))s?\b"),
        ("jahre", rf"{p['n']} Jahren? {p['adjectives']}{p['noun']}"),
        ("jahre", rf"{opening}(?P<n>[0-9]{{0,2}}[05]) Jahre(?= [A-ZÀ-Þ][\w-]{{2}})"),
        ("jahrhundert", rf"{p['about']}{p['fixed']}\b"),
        (
            "jub",
            rf"\b(?P<metal>(?i:{p['metals']}))[nrsm]? {p['adjectives']}(?:[\w-]{{1,40}})?(?i:{p['feasts']})",
        ),
    ], [
        ("jahr", rf"\b(?:[Ss]eit|[Vv]or) {p['about']}(?:{count}|(?:einem |dem )?{p['fixed']})\b"),
    ]


def _english(p: dict[str, str]) -> _Forms:
    return [
        ("anniversar", rf"{p['nth']} {p['adjectives']}(?i:{p['feasts']})\b"),
        ("jubilee", rf"{p['nth']} {p['adjectives']}(?i:{p['feasts']})\b"),
        ("birthday", rf"{p['nth']} (?P<birthday>(?i:{p['birthday']}))\b"),
        ("year", rf"{p['n']}[- ][Yy]ear(?:[- ]old)? {p['adjectives']}{p['noun']}"),
        ("years", rf"{p['n']} [Yy]ears (?:of|as) {p['adjectives']}{p['noun']}"),
        ("years since", rf"{p['n']} [Yy]ears since\b"),
        ("century", rf"{p['about']}{p['fixed']}\b"),
        ("anniversar", rf"\b(?P<metal>(?i:{p['metals']})) (?:[\w-]{{1,25}} )?(?i:{p['feasts']})\b"),
        ("jubilee", rf"\b(?P<metal>(?i:{p['metals']})) (?:[\w-]{{1,25}} )?(?i:{p['feasts']})\b"),
    ], [
        ("for ", rf"\b[Ff]or {p['about']}(?:a )?(?:{p['n']} (?:years|(?P<decades>decades))|{p['fixed']})\b"),
        (" ago", rf"{p['about']}(?:\ba )?(?:{p['n']} (?:years?|(?P<decades>decades))|{p['fixed']}) ago\b"),
        ("over the", rf"\b[Oo]ver (?:the (?:past|last) ){p['n']} years\b"),
    ]


class _Context:
    """The dates and sentences that a span stands among."""

    def __init__(self, scanner: Scanner, grammar: _Grammar) -> None:
        self.text = scanner.text
        self.grammar = grammar
        self.published = year(scanner.published) if scanner.published else None
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
        # "60 years ... since 1958", told in 2018: the sum is right, so 1958 is the founding itself.
        for number in self.years:
            if number + span.years in self.sums:
                return f"{number:04d}"
        first, last = self._sentence(span)
        anchor = None if span.spoken else self._nearest(span, first, last)
        if anchor is None:
            # With a founding named in the block and another sum, the feast's year is not told.
            if self.foundings or self.published is None:
                return None
            anchor = self.published + (0 if span.spoken else self._offset(first, last))
        counted = anchor - span.years
        return None if counted < 1 else f"{counted:04d}" + ("~" if span.about else "")

    def _nearest(self, span: _Span, first: int, last: int) -> int | None:
        """Return the year that stands nearest to a span in its sentence, and is no founding."""
        index = bisect_left(self.starts, span.start)
        near = [item for item in self.beside[max(0, index - 1) : index + 1] if first <= item[0].start < last]
        if not near:
            return None
        return min(near, key=lambda item: max(item[0].start - span.end, span.start - item[0].end))[1]

    def _offset(self, first: int, last: int) -> int:
        """Return how many years from the page's own date a sentence places its feast."""
        ahead = self.grammar.ahead.search(self.text, first, last)
        if ahead is not None:
            return self.grammar.count(ahead.groupdict())
        return next(
            (add for pattern, add in self.grammar.offsets if pattern.search(self.text, first, last)), 0
        )

    def _sentence(self, span: _Span) -> tuple[int, int]:
        """Return the sentence, roughly, that a span stands in; no more than is near it."""
        index = bisect_right(self.ends, span.start)
        end = bisect_left(self.ends, span.end)
        first = self.ends[index - 1] if index else 0
        last = self.ends[end] if end < len(self.ends) else len(self.text)
        return max(first, span.start - _LONGEST_SENTENCE), min(last, span.end + _LONGEST_SENTENCE)
