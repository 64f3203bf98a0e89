"""Series of pairs with one verb: "A twinned with B, C with D and E with F"."""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.cues import has
from pipeline.extract.partnerships.finding import Pairs
from pipeline.extract.partnerships.kinds import governing
from pipeline.extract.partnerships.phrases import FIRST, Marked, mark
from pipeline.extract.partnerships.reading import Reading
from pipeline.lexicon import load
from pipeline.model import Kind, TriggerMention

RULE = "partnership:gapped"
_LEAST = 4
"""Places of two pairs."""


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of the first pair, of one that goes on without a verb, and of one with its own."""
    words = load(lang, "series")
    owner = rf"(?P<a>[\ue000-\uefff])(?:{words['aside']})?"
    by = rf"(?P<by>{words['by']})"
    partner = rf"(?:{words['before']})?(?P<b>[\ue000-\uefff])(?:{words['aside']})*"
    told = rf"(?P<told>(?:{words['told']}))"
    joined = rf"(?:{words['join']})"
    return (
        re.compile(rf"{owner} {told}{by} {partner}"),
        re.compile(rf"{joined}{owner}(?:{words['likewise']})? {by} {partner}"),
        re.compile(rf"{joined}{owner} {told}{by} {partner}"),
    )


def gapped(reading: Reading) -> list[Pairs]:
    """Return the pairs of a series in which at least one leaves out the verb of the first.

    The first has a word for a bond; on a page that speaks of partners one for taking a partner will do.
    """
    if len(reading.parts) < _LEAST or not reading.states:
        return []
    marked = mark(reading.context, reading.sentence, reading.block.lang)
    first, onward, anew = _patterns(reading.block.lang)
    for begun in first.finditer(marked.text):
        if not _binds(reading, marked, begun):
            continue
        series, silent = [begun], False
        while True:
            further = onward.match(marked.text, series[-1].end())
            if further is not None and further["by"] == begun["by"]:
                silent = True
            else:
                further = anew.match(marked.text, series[-1].end())
                if further is None or not _binds(reading, marked, further):
                    break
            series.append(further)
        if silent:
            return [p for each in series if (p := _pair(reading, marked, each, begun)) is not None]
    return []


def _binds(reading: Reading, marked: Marked, told: re.Match[str]) -> bool:
    """Whether the words between two names bind them."""
    words, lang, context = told["told"], reading.block.lang, reading.context
    if has(words, lang, "denial") or has(words, lang, "other_talk") or has(words, lang, "subordinate"):
        return False
    start, end = marked.origin[told.start()], marked.origin[told.end()]
    if any(start <= t.start < end and t.form != "act" for t in reading.triggers):
        return True
    taking = set(load(lang, "series")["taking"])
    return context.speaks_of_partners and not taking.isdisjoint(words.lower().split())


def _pair(reading: Reading, marked: Marked, told: re.Match[str], begun: re.Match[str]) -> Pairs | None:
    owner, partner = (marked.places[ord(told[side]) - FIRST] for side in ("a", "b"))
    if owner.place == partner.place:
        return None
    start, end = marked.origin[begun.start()], marked.origin[begun.end()]
    words = [t for t in reading.triggers if start <= t.start < end and t.form != "act"]
    at = owner.end
    word = TriggerMention(at, at, Kind.TWIN, "verb", reading.block.index, weak=True)
    trigger = governing(words, start, (start, end)) if words else word
    return Pairs(owner.place, (partner,), trigger, RULE)


__all__ = ["gapped"]
