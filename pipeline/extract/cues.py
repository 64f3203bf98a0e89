"""Whether a stretch of text states a partnership, denies or wishes it, and what became of it."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.lexicon import load
from pipeline.model import Event, Status

_CLAUSE = {
    "de": re.compile(
        r"[;:–—]\s|,\s(?=(?:aber|doch|jedoch)\b)|,?\s(?=(?:sondern|nicht aber|nicht jedoch)\b)"
        r"|,\s(?=(?:nicht|weil|obwohl|obgleich|wenngleich|auch wenn)\b)"
    ),
    "en": re.compile(r"[;:–—]\s|,?\s(?=(?:but|and not|although|while|whereas)\b)|,\s(?=not\b)"),
}


_AND = re.compile(r"\b(?:und|and|sowie)\b")


# A cue farther from its date than this decides nothing.
_CUE_REACH = 400


@cache
def _pattern(lang: str, name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in load(lang, "cues")[name]), re.IGNORECASE)


@cache
def _events(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(r"(?<!\w)(?:" + "|".join(words) + r")(?!\w)", re.IGNORECASE))
        for name, words in load(lang, "cues")["events"].items()
    )


@lru_cache(maxsize=4096)
def has(text: str, lang: str, cue: str) -> bool:
    """Whether a text shows the cue, a key of ``cues.toml`` (``denial``, ``wish``, ``joining``, ...)."""
    return _pattern(lang, cue).search(text.strip()) is not None


def asks(text: str) -> bool:
    """Whether a sentence ends as a question, also within quotation marks."""
    return text.rstrip("”“\"»«’‘') ").endswith("?")


def cue_words(text: str, lang: str, cue: str) -> str:
    """Return the words by which a text shows the cue, empty if it does not."""
    found = _pattern(lang, cue).search(text.strip())
    return found.group() if found is not None else ""


def without(text: str, lang: str, cue: str) -> str:
    """Return a text without the words by which it shows a cue."""
    return _pattern(lang, cue).sub(" ", text)


def clause(text: str, start: int, end: int, at: int, lang: str) -> tuple[int, int]:
    """Return the clause of ``text[start:end]`` that holds offset ``at``; marks and "but" part them."""
    left = start
    for border in _CLAUSE[lang].finditer(text, start, end):
        if border.start() > at:
            return left, border.start()
        left = border.end()
    return left, end


def statements(text: str, start: int, end: int, lang: str) -> list[tuple[int, int]]:
    """Split a sentence at semicolons and at words like "while", which part two statements."""
    cuts = [m.end() for m in _pattern(lang, "parting").finditer(text, start, end)]
    edges = [start, *cuts, end]
    return [(a, b) for a, b in itertools.pairwise(edges) if a < b]


@dataclass(frozen=True, slots=True)
class Polarity:
    """How a text stands to the partnership that it names."""

    denied: bool
    wished: bool
    status: Status

    @property
    def states(self) -> bool:
        """Whether the text can be taken as a statement that the partnership is, was or will be."""
        return not self.denied and (not self.wished or self.status is Status.PLANNED)


@lru_cache(maxsize=4096)
def polarity(text: str, lang: str) -> Polarity:
    """Read denial, wish and status from a clause or sentence."""
    status = Status.ACTIVE
    lasting = without(text, lang, "no_more")
    if lasting != text:
        return Polarity(has(lasting, lang, "denial"), has(lasting, lang, "wish"), Status.ENDED)
    for candidate in (Status.SUSPENDED, Status.ENDED, Status.PLANNED):
        if has(text, lang, candidate.value) and not (
            candidate is Status.ENDED and has(text, lang, "not_ended")
        ):
            status = candidate
            break
    if status in (Status.SUSPENDED, Status.ENDED) and has(text, lang, "unaffected"):
        status = Status.ACTIVE  # what rests or ended is something else, or came back
    return Polarity(has(text, lang, "denial"), has(text, lang, "wish"), status)


def heading_status(text: str, lang: str) -> Status:
    """Return what a heading says of all that stands below it: "Ruhend", "Former links"."""
    for status in (Status.SUSPENDED, Status.ENDED, Status.PLANNED):
        if has(text, lang, f"{status.value}_below"):
            return status
    return polarity(text, lang).status


def cue_at(text: str, start: int, end: int, lang: str, at: tuple[int, int]) -> str:
    """Return the event that the words around the date ``at`` speak of, or an empty text.

    The nearest cue in ``text[start:end]`` decides; a comma, a semicolon or "and" between counts as distance,
    and plain "since" gives way to any other word of the clause. ``other`` stands for a date of something
    else (a birth, a building).
    """
    best: tuple[int, int, str] | None = None
    start, end = max(start, at[0] - _CUE_REACH), min(end, at[1] + _CUE_REACH)
    for name, pattern in _events(lang):
        for match in pattern.finditer(text, start, end):
            if match.start() < at[0] and at[1] < match.end():
                best = min(best or (0, match.start(), name), (0, match.start(), name))  # "lief 2012 aus"
                continue
            if match.start() < at[1] and at[0] < match.end():
                continue
            gap = text[match.end() : at[0]] if match.end() <= at[0] else text[at[1] : match.start()]
            cost = len(gap) + 25 * gap.count(",") + 60 * sum(gap.count(mark) for mark in ";:–.")
            cost += 30 * len(_AND.findall(gap))
            if match.group().casefold() in ("seit", "since"):
                cost += 30
            if name == "since" and match.group().casefold() not in ("seit", "since"):
                cost += 40
            if name == "renewed":
                cost -= 12  # "der Vertrag wurde 2008 feierlich erneuert": the verb, not what it is done to
            key = (cost, match.start(), name)
            if best is None or key < best:
                best = key
    return best[2] if best is not None else ""


def event_at(text: str, start: int, end: int, lang: str, at: tuple[int, int]) -> Event | None:
    """Return the event of ``cue_at``, or None; that of a vote which undoes something is an end."""
    cue = cue_at(text, start, end, lang, at)
    if cue in ("", "other"):
        return None
    if cue == "decided" and (
        has(text[start:end], lang, "undoing") or has(text[start:end], lang, "suspended")
    ):
        return Event.ENDED  # "voted to suspend": what was decided is not the bond
    return Event(cue)


def other_event(text: str, lang: str) -> bool:
    """Whether a text speaks of an event that founds no partnership (a birth, a building, a war)."""
    return dict(_events(lang))["other"].search(text) is not None


@lru_cache(maxsize=4096)
def speaks_of(text: str, lang: str, event: str) -> bool:
    """Whether a text holds a word for an event, a key of ``events`` in ``cues.toml``."""
    return dict(_events(lang))[event].search(text) is not None


@lru_cache(maxsize=4096)
def begins(text: str, lang: str) -> bool:
    """Whether a text tells that something began, by more than the word "since"."""
    found = dict(_events(lang))["since"].finditer(text)
    return any(match.group().casefold() not in ("seit", "since", "seitdem") for match in found)
