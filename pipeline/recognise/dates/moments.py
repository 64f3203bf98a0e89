"""Months, seasons and days of the week without a year: told from the text before, or the page's date.

"Im Mai" is of the year that the text tells of. Where it tells of none, it is the May nearest to the page's
own date, or, by the words of its sentence, the last or the next one; a day of the week likewise.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal

from pipeline.edtf import Precision, bounds, of_day, precision, year
from pipeline.model import Basis, DateMention
from pipeline.recognise.dates.anchors import Anchors, Frame
from pipeline.recognise.dates.scanner import Scanner
from pipeline.recognise.dates.vocabulary import Vocabulary, alternatives, starting, vocabulary

Turn = Literal["last", "next", "this", "that", "after", "before", ""]
"""Which of many Mays: "last", "next" and "this" as told from the page's date, else from the text."""

_SENTENCE = 160
_WORD = re.compile(r"[\w-]+")
_BORDER = re.compile(r"[;:!?…\n]|(?<![ .][0-9])(?<![ .][0-9]{2})\.(?= )")
_REACH = (60, 50)
# A month that shares the year of the next one: "im Mai und im Oktober 1990".
_SHARES = re.compile(r"^,?(?: (?:und|and|oder|or|bzw\.)|,)(?: [a-zäöü]+){0,2} $")


class Moments:
    """The forms of one language."""

    def __init__(self, words: Vocabulary) -> None:
        """Build the patterns."""
        table: dict[str, Any] = words.words["moments"]
        self._words = words
        self._seasons: dict[str, int] = {word.lower(): n for word, n in words.words["seasons"].items()}
        self._weekdays = {
            word.lower(): number
            for word, number in zip(words.words["weekdays"], words.words["weekday_numbers"], strict=True)
        }
        self._turns: dict[str, Turn] = {w.lower(): e["turn"] for e in table["turns"] for w in e["words"]}
        self._posts: dict[str, Turn] = {w.lower(): e["turn"] for e in table["posts"] for w in e["words"]}
        turn = starting(word for each in table["turns"] for word in each["words"])
        post = alternatives(word for each in table["posts"] for word in each["words"])
        part = rf"(?:{starting(words.words['parts'])}[ -](?:{alternatives(words.words['part_links'])} )?)?"
        after = rf"(?: (?P<post>{post})\b(?! (?:the|der|die|das|dem)\b))?(?![\w–-])(?!/\w)(?![’'][a-z])"
        undated = r"(?!\.?,? ?(?:den |dem |the |of )?['’]?[0-9\x00])"

        def shape(cues: str, span: str) -> re.Pattern[str]:
            cue = starting(table[cues])
            return re.compile(rf"\b(?:(?P<cue>{cue}) )?(?P<span>{part}{span}{after}){undated}")

        self.patterns = {
            "month": shape("month_cues", rf"(?:(?P<turn>{turn}) )?(?P<m>{words.months})"),
            "season": shape(
                "season_cues", rf"(?:(?P<turn>{turn}) )?(?P<s>{alternatives(words.words['seasons'])})"
            ),
            "weekday": shape(
                "day_cues",
                rf"(?:(?P<turn>{turn}) )?(?P<w>{alternatives(table['weekdays'])})"
                rf"(?:{table['day_part_sign']}{alternatives(table['day_parts'])})?",
            ),
        }
        self._ahead = frozenset(word.lower() for word in table["ahead_cues"])
        self._habits, self._past, self._future = (_Cues(table[key]) for key in ("habits", "past", "future"))
        names = alternatives([*words.words["weekdays"], *words.words["seasons"], *words.words["months"]])
        links = alternatives(table["list_links"])
        self._listed = re.compile(rf"^(?:,| ?/| ?[–-]|,? {links}) ?(?:\w{{1,4}} ){{0,2}}{names}\b")
        self._lists = re.compile(rf"\b{names}(?:,| ?/| ?[–-]|,? {links})(?: \w{{1,4}}){{0,2}} ?$")

    def find(self, scanner: Scanner) -> Iterator[tuple[re.Match[str], str]]:
        """Yield what may be such a date, with its kind."""
        for kind, pattern in self.patterns.items():
            if kind in scanner.kinds:
                for first, last in scanner.near(self._words.hints[kind], *_REACH):
                    for match in pattern.finditer(scanner.rest, first, last):
                        if match["cue"] or match["turn"] or match["post"]:
                            yield match, kind

    def mention(
        self, scanner: Scanner, anchors: Anchors, match: re.Match[str], kind: str
    ) -> DateMention | None:
        """Return the date that a match is (no value where nothing tells its year); None if it is none."""
        start, end = match.span("span")
        first, last = self._sentence(scanner, start, end)
        sentence = _WORD.findall(scanner.text[first:last].lower())
        if self._habits.among(sentence):
            return None
        shared = self._shared(anchors, match) if kind == "month" else None
        if not (shared or match["turn"]) and self._is_list(scanner.text, start, end):
            return None
        turn: Turn = self._turns.get((match["turn"] or "").lower(), "")
        turn = self._posts.get((match["post"] or "").lower(), turn)
        tense = self._tense(sentence, (match["cue"] or "").lower())
        if kind == "weekday":
            value = self._weekday(scanner, anchors, match, turn, tense)
        elif shared:
            value = shared
        else:
            value = self._of_year(scanner, anchors, match, turn, tense)
        return DateMention(start, end, value, 0, Basis.DERIVED)

    def _of_year(
        self, scanner: Scanner, anchors: Anchors, match: re.Match[str], turn: Turn, tense: Turn
    ) -> str | None:
        groups = match.groupdict()
        if groups.get("m"):
            month = self._words.month(match["m"])
            first_month = month or 13
        else:
            month = self._seasons[match["s"].lower()]
            first_month = 3 * (month - 20)  # March for a spring

        def value(number: int) -> str | None:
            return of_day(number, month)

        if turn in ("that", "after", "before"):
            return self._told(anchors.date(match.start()), value, turn, first_month)
        if not turn:
            frame = anchors.frame(match.start())
            if frame is not None and not self._beside(frame, scanner, tense):
                own = frame.year_of(first_month)
                sure = frame.near or (tense == "last" and scanner.published is None)
                return value(own) if own is not None and sure else None
        return nearest_year(scanner.published, value, turn, tense)

    @staticmethod
    def _beside(frame: Frame, scanner: Scanner, tense: Turn) -> bool:
        """Whether a sentence leaves an earlier sentence's time for that of the page."""
        own = year(scanner.published) if scanner.published else None
        return not frame.near and (tense == "next" or frame.year == own)

    def _told(
        self, anchor: str | None, value: Callable[[int], str | None], turn: Turn, month: int
    ) -> str | None:
        own = year(anchor) if anchor else None
        if anchor is None or own is None:
            return None
        if turn == "that":
            return value(own)
        level = precision(anchor)
        known = bounds(anchor)[0].month if level >= Precision.SEASON else None
        if turn == "after":
            return value(own if known is not None and month > known else own + 1)
        return value(own if known is not None and month < known else own - 1)

    def _shared(self, anchors: Anchors, match: re.Match[str]) -> str | None:
        """Return the month with the year of the month or day that follows it in one breath."""
        month = self._words.month(match["m"])
        for other in anchors.around(match.end()):
            if other.edtf is None or other.start < match.end():
                continue
            if not _SHARES.search(match.string[match.end() : other.start].replace("\x00", "?")):
                return None
            own = year(other.edtf) if precision(other.edtf) >= Precision.MONTH else None
            return of_day(own, month) if own is not None else None
        return None

    def _weekday(
        self, scanner: Scanner, anchors: Anchors, match: re.Match[str], turn: Turn, tense: Turn
    ) -> str | None:
        frame = anchors.frame(match.start())
        base, own = scanner.published, year(scanner.published) if scanner.published else None
        if frame is not None and not turn:
            if frame.edtf is None:
                return None
            if precision(frame.edtf) is Precision.DAY:
                base = frame.edtf
            elif frame.year != own:
                return None
        if base is None or precision(base) is not Precision.DAY:
            return None
        day, number = bounds(base)[0], self._weekdays[match["w"].lower()]
        ahead = (number - day.weekday()) % 7
        if turn == "next" or (turn != "last" and tense == "next"):
            shift = ahead or (7 if turn == "next" else 0)
        elif turn == "last" or tense == "last":
            shift = -((day.weekday() - number) % 7) or (-7 if turn == "last" else 0)
        else:
            shift = ahead if ahead <= 3 else ahead - 7
        return (day + timedelta(days=shift)).isoformat()

    def _is_list(self, text: str, start: int, end: int) -> bool:
        """Whether a word stands in a row of its like: opening hours, the months of a season."""
        return bool(
            self._listed.search(text[end : end + 40]) or self._lists.search(text[max(0, start - 30) : start])
        )

    def _tense(self, sentence: list[str], cue: str) -> Turn:
        past = self._past.among(sentence)
        if self._future.among(sentence):
            return "" if past else "next"
        return "last" if past else "next" if cue in self._ahead else ""

    @staticmethod
    def _sentence(scanner: Scanner, start: int, end: int) -> tuple[int, int]:
        borders = scanner.spots(_BORDER)  # of one character each
        before, after = bisect_left(borders, start), bisect_left(borders, end)
        first, last = max(0, start - _SENTENCE), min(len(scanner.text), end + _SENTENCE)
        if before:
            first = max(first, borders[before - 1] + 1)
        return first, min(last, borders[after]) if after < len(borders) else last


class _Cues:
    """Words and phrases of a sentence; a set of words is several times faster than a pattern of them."""

    def __init__(self, cues: list[str]) -> None:
        split = [tuple(cue.lower().split()) for cue in cues]
        self._words = frozenset(words[0] for words in split if len(words) == 1)
        self._phrases = tuple(f" {' '.join(words)} " for words in split if len(words) > 1)

    def among(self, sentence: list[str]) -> bool:
        """Return whether one of them is in a sentence, given as its words in lower case."""
        if not self._words.isdisjoint(sentence):
            return True
        if not self._phrases:
            return False
        text = f" {' '.join(sentence)} "
        return any(phrase in text for phrase in self._phrases)


@cache
def moments(lang: str) -> Moments:
    """Return the forms of ``de`` or ``en``."""
    return Moments(vocabulary(lang))


def nearest_year(
    published: str | None, value: Callable[[int], str | None], turn: Turn, tense: Turn = ""
) -> str | None:
    """Return the value of the year that a page of some date means.

    Args:
        published: The page's own date.
        value: Makes a value (a month, a season) of a year.
        turn: ``last`` for the last one that was over by then, ``next`` for the first that had not begun,
            ``this`` for that of the same year.
        tense: Without a turn, ``last`` for the last one that had begun by then, ``next`` for the first
            that was not over, else the nearest.
    """
    own = year(published) if published else None
    if own is None or published is None:
        return None
    if turn == "this" or precision(published) < Precision.MONTH:
        return value(own) if turn in ("this", "") else None
    low, high = bounds(published)
    near = [(each, *bounds(each)) for n in (own - 1, own, own + 1) if (each := value(n)) is not None]
    if turn or tense == "last":
        if turn == "next":
            return next((each for each, first, _ in near if first > high), None)
        past = [each for each, first, end in near if (end < low if turn else first <= high)]
        return past[-1] if past else None
    if tense == "next":
        return next((each for each, _, end in near if end >= low), None)

    def gap(first: date, end: date) -> timedelta:
        return max(first - high, low - end, timedelta())

    return min(near, key=lambda item: gap(item[1], item[2]))[0] if near else None
