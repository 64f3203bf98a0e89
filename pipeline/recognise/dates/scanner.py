"""A text from which date expressions are taken one kind after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pipeline.model import Basis, DateMention

# Stands where something was taken; no pattern matches it, and it is no letter or digit.
TAKEN = "\x00"
# Stretches of a text, as (start, end), that do not overlap.
Windows = list[tuple[int, int]]


def windows(spots: Iterable[int], before: int, after: int) -> Windows:
    """Return the stretches around ascending spots, merged where they touch.

    A long pattern is run in them instead of the whole text. ``before`` and ``after`` must be larger than
    what the pattern can match on either side of a spot: a window's end looks to it like the text's end.
    """
    found: Windows = []
    for spot in spots:
        first, last = max(0, spot - before), spot + after
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


@dataclass(slots=True)
class Scanner:
    """One block's text on its way through the grammars.

    ``rest`` is as long as ``text``; what was recognised, or must not be, is blotted out in it, so that
    a later grammar cannot see half of an earlier one's date. ``published`` is the page's year or None,
    ``label`` the date the text is told under (of its row, term or heading) or None, which ``leads`` where
    it opens the row or section, so that all of the text is told of its time; ``reported`` is the day
    that the page has last told of, or None. ``kinds`` are the kinds of date words that the text holds.
    """

    text: str
    published: str | None = None
    label: str | None = None
    leads: bool = True
    reported: str | None = None
    kinds: frozenset[str] = frozenset()
    rest: str = field(init=False)
    found: list[DateMention] = field(default_factory=list)
    _spots: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Start with the whole text."""
        self.rest = self.text

    def spots(self, hint: re.Pattern[str]) -> list[int]:
        """Return where a hint stands in the text; kept, since several grammars ask for the same."""
        spots = self._spots.get(id(hint))  # the hash of a pattern reads all of it
        if spots is None:
            spots = [match.start() for match in hint.finditer(self.text)]
            self._spots[id(hint)] = spots
        return spots

    def near(self, hint: re.Pattern[str], before: int, after: int) -> Windows:
        """Return the windows around a hint (see ``windows``), where it is not blotted out by now."""
        spots = self.spots(hint)
        return windows([s for s in spots if self.rest[s] != TAKEN], before, after) if spots else []

    def take(
        self, pattern: re.Pattern[str], read: Callable[[re.Match[str]], str | None], where: Windows
    ) -> None:
        """Record each match within the windows that ``read`` gives a value.

        The span is group ``span``, or the match.
        """
        if not where:
            return
        spans: Windows = []
        for first, last in where:
            for match in pattern.finditer(self.rest, first, last):
                value = read(match)
                if value is not None:
                    start, end = match.span("span" if "span" in pattern.groupindex else 0)
                    self.found.append(DateMention(start, end, value, 0))
                    spans.append((start, end))
        self._blot(spans)

    def add(self, mention: DateMention) -> None:
        """Record a mention that a grammar made itself (it blots nothing out)."""
        self.found.append(mention)

    def drop(self, pattern: re.Pattern[str], where: Windows | None = None, *, unless: str = "") -> None:
        """Blot out each match within the windows, or anywhere.

        A match in which the group named ``unless`` took part stays.
        """
        spans: Windows = []
        for first, last in [(0, len(self.rest))] if where is None else where:
            for match in pattern.finditer(self.rest, first, last):
                if not (unless and match[unless]):
                    spans.append(match.span())
        self._blot(spans)

    def _blot(self, spans: Windows) -> None:
        if not spans:
            return
        pieces, at = [], 0
        for start, end in spans:
            pieces += [self.rest[at:start], TAKEN * (end - start)]
            at = end
        self.rest = "".join(pieces) + self.rest[at:]

    def before(self, position: int, length: int) -> str:
        """Return up to ``length`` characters of the text before a position."""
        return self.text[max(0, position - length) : position]

    def stated(self) -> list[DateMention]:
        """Return the stated dates found so far, in order of the text."""
        return sorted((m for m in self.found if m.basis is Basis.STATED), key=lambda m: m.start)
