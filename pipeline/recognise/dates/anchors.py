"""The dates that others in a block are told from."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from pipeline.edtf import Precision, bounds, precision, year
from pipeline.lexicon import all_words, one_of
from pipeline.model import DateMention

# How far after a date a text may still tell of its year, in characters.
_FRAME_REACH = 260
_BEFORE = 140
_NO_FRAME = re.compile(rf"\b(?i:{one_of(all_words('dates', 'no_frames'))}) $")
_ASIDE = re.compile(rf",(?: \w+)? (?:{one_of(all_words('dates', 'relative_pronouns'))}) [^,;.!?]*$")
_BORDER = re.compile(r"[;!?…]|(?<![ .][0-9])(?<![ .][0-9]{2})\.(?= )")


@dataclass(frozen=True, slots=True)
class Frame:
    """The time that a text tells of at some point.

    ``edtf`` is None where it is not known to the year. ``near`` is False if an earlier sentence told it:
    the text may have gone on to another time.
    """

    edtf: str | None
    near: bool = True

    @property
    def year(self) -> int | None:
        """Its year, None also for a decade or a span."""
        return year(self.edtf) if self.edtf else None

    def year_of(self, month: int) -> int | None:
        """Return the year of a month that the text tells next; None for one that would be told backwards."""
        if self.edtf is None or precision(self.edtf) < Precision.MONTH:
            return self.year
        return self.year if month >= bounds(self.edtf)[0].month else None


class Anchors:
    """The dates of one block that others may be told from; to be asked in the order of the text."""

    def __init__(self, text: str, stated: list[DateMention], label: str | None, *, leads: bool) -> None:
        """Start before the first relative date.

        Args:
            text: The block.
            stated: Its stated dates, in order.
            label: The date that the block stands under.
            leads: The label opens its row or section: all of the block is told of its time.
        """
        self._text = text
        self._stated = stated
        self._label = label
        self._leads = leads
        self._starts = [mention.start for mention in stated]
        self._last: DateMention | None = None
        # "In the same year" and the like, while nothing else has come after it.
        self.told: DateMention | None = None

    def add(self, mention: DateMention, *, told: bool) -> None:
        """Take in a relative date: those after it may be told from it."""
        self._last = mention if mention.edtf else self._last
        self.told = mention if told else None

    def year(self, position: int) -> int | None:
        """Return the year of ``date``; None also if that spans several years."""
        before = self.date(position)
        return year(before) if before else None

    def date(self, position: int) -> str | None:
        """Return the last date before a position, or else that of the block's label, as EDTF."""
        before = self._before(position)
        return before.edtf if before is not None else self._label

    def stated_before(self, position: int) -> DateMention | None:
        """Return the last stated date before a position."""
        index = bisect_right(self._starts, position)
        return self._stated[index - 1] if index else None

    def around(self, position: int) -> list[DateMention]:
        """Return the stated dates next to a position."""
        index = bisect_right(self._starts, position)
        return self._stated[max(0, index - 2) : index + 2]

    def frame(self, position: int) -> Frame | None:
        """Return the time that the text before a position tells of, or None where it tells none.

        "1990 reiste der Rat ..." opens a frame; "seit 1990", "(1990)" and a year in a relative clause of
        an earlier sentence are named by the way. Without any, the block's label is the frame.
        """
        last = self._last
        if last is not None and last is self._before(position):
            return Frame(last.edtf, self._near(last, position))
        for mention in reversed(self._stated[: bisect_right(self._starts, position)]):
            if position - mention.end > _FRAME_REACH:
                break
            if not self._by_the_way(mention, position):
                coarse = mention.edtf is None or precision(mention.edtf) < Precision.YEAR
                return Frame(None if coarse else mention.edtf, self._near(mention, position))
        return Frame(self._label) if self._label and self._leads else None

    def _near(self, mention: DateMention, position: int) -> bool:
        """Whether a sentence is still of a date's time: it is its own, or the label says so too."""
        if not _BORDER.search(self._text, mention.end, position):
            return True
        own = year(self._label) if self._label and self._leads else None
        return own is not None and mention.edtf is not None and own == year(mention.edtf)

    def _by_the_way(self, mention: DateMention, position: int) -> bool:
        before = self._text[max(0, mention.start - _BEFORE) : mention.start]
        bracketed = before.endswith("(") and self._text.startswith(")", mention.end)
        if bracketed or _NO_FRAME.search(before):
            return True
        return bool(_ASIDE.search(before)) and bool(_BORDER.search(self._text, mention.end, position))

    def _before(self, position: int) -> DateMention | None:
        before = self.stated_before(position)
        if before is None or (self._last is not None and self._last.start > before.start):
            return self._last
        return before
