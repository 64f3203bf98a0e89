"""A text from which date expressions are taken one kind after the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.model import Basis, DateMention

# Stands where something was taken; no pattern matches it, and it is no letter or digit.
TAKEN = "\x00"


@dataclass(slots=True)
class Scanner:
    """One block's text on its way through the grammars.

    ``rest`` is as long as ``text``; what was recognised, or must not be, is blotted out in it, so that
    a later grammar cannot see half of an earlier one's date. ``published`` is the page's year or None.
    """

    text: str
    published: str | None = None
    rest: str = field(init=False)
    found: list[DateMention] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start with the whole text."""
        self.rest = self.text

    def take(self, pattern: re.Pattern[str], read: Callable[[re.Match[str]], str | None]) -> None:
        """Record each match that ``read`` gives a value; the span is group ``span``, or the match."""
        inner = "span" in pattern.groupindex

        def blot(match: re.Match[str]) -> str:
            value = read(match)
            if value is None:
                return match[0]
            start, end = match.span("span") if inner else match.span()
            self.found.append(DateMention(start, end, value, 0))
            return self.blotted(match, start, end)

        self.rest = pattern.sub(blot, self.rest)

    def add(self, mention: DateMention) -> None:
        """Record a mention that a grammar made itself (it blots nothing out)."""
        self.found.append(mention)

    def drop(self, pattern: re.Pattern[str], *, unless: str = "") -> None:
        """Blot out each match, but not one in which the group named ``unless`` took part."""

        def blot(match: re.Match[str]) -> str:
            return match[0] if unless and match[unless] else TAKEN * len(match[0])

        self.rest = pattern.sub(blot, self.rest)

    @staticmethod
    def blotted(match: re.Match[str], start: int, end: int) -> str:
        """Return a match's text with the span blotted out."""
        head, tail = start - match.start(), end - match.start()
        return match[0][:head] + TAKEN * (end - start) + match[0][tail:]

    def before(self, position: int, length: int) -> str:
        """Return up to ``length`` characters of the text before a position."""
        return self.text[max(0, position - length) : position]

    def stated(self) -> list[DateMention]:
        """Return the stated dates found so far, in order of the text."""
        return sorted((m for m in self.found if m.basis is Basis.STATED), key=lambda m: m.start)
