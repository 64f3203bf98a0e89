"""Bonds that a text goes on to name: "Innsbruck kam 1963 hinzu", "Dazu gehören A, B und C"."""

from __future__ import annotations

from pipeline.extract.cues import clause, has, polarity
from pipeline.extract.partnerships.datings import usable
from pipeline.extract.partnerships.finding import Pairs
from pipeline.extract.partnerships.statement import ACROSS, Statement
from pipeline.model import BlockKind, Place, PlaceMention, TriggerMention


def joining(reading: Statement) -> list[Pairs]:
    """Read "Innsbruck kam 1963 hinzu, Padua 1967": further partners of the place spoken of."""
    last = reading.discourse.last or _page_bond(reading)
    told = has(reading.text, reading.block.lang, "told_time")
    timed = reading.dated or told or bool(reading.context.label_dates(reading.block))
    if last is None or not reading.joins or not timed or not reading.states:
        return []
    if not reading.context.is_home(last.anchor) and any(
        reading.context.is_home(p.mention.place) for p in reading.parts
    ):
        return []  # the text is back at the home
    if has(reading.text, reading.block.lang, "other_talk"):
        return []
    entry = reading.discourse.entry(reading.block)
    if entry is not None and entry.block.kind is not BlockKind.PARAGRAPH:
        return []
    bound, subjects = reading.heads("with"), reading.heads("bare")
    if bound and subjects and subjects[0] < bound[0]:  # Grenoble is the same: they're with A and B
        subject, first = reading.parts[subjects[0]].mention, reading.parts[bound[0]].mention
        with_it = tuple(m for i in bound for m in reading.group(i) if m.place != subject.place)
        if not reading.context.dates(subject.end, first.start):  # A joined in 1992, and the bond with B ...
            return [Pairs(subject.place, with_it, last.trigger, "partnership:joining")] if with_it else []
    group = [m for i in reading.heads("bare", "with") for m in reading.group(i) if m.place != last.anchor]
    home_among = any(reading.context.is_home(m.place) for m in group)
    if home_among and reading.block.lang == "en" and len(group) > 1:
        return []  # of the home and another, not of the town spoken of before
    if reading.block.lang == "en" and len(group) == 1 and not (reading.triggers or told):
        group = [m for m in group if _dated_beside(reading, m)]  # and went on to Athlone
    return [Pairs(last.anchor, tuple(group), last.trigger, "partnership:joining")] if group else []


def _dated_beside(reading: Statement, mention: PlaceMention) -> bool:
    """Whether a date that can found a bond stands within some words of a name, in its own clause."""
    context, sentence = reading.context, reading.sentence
    start, end = clause(context.text, sentence.start, sentence.end, mention.start, reading.block.lang)
    near = context.dates(max(start, mention.start - ACROSS), min(end, mention.end + ACROSS))
    return any(usable(context, d) for d in near)


def _page_bond(reading: Statement) -> Pairs | None:
    """Return a bond of the home, to be joined to where the page announces its partners elsewhere."""
    context = reading.context
    scope = context.scope_of(reading.block) if reading.block.lang == "de" else None
    if scope is None or context.home is None:
        return None
    if reading.discourse.home_bond is not None:
        return reading.discourse.home_bond
    start = reading.sentence.start
    kind = TriggerMention(start, start, scope.kind, "relation", reading.block.index, weak=True)
    return Pairs(context.home, (), kind, "partnership:joining")


def listing(reading: Statement) -> list[Pairs]:
    """Read "Dazu gehören A, B und C" after a sentence that speaks of partnerships and names none."""
    pending, context = reading.discourse.pending, reading.context
    anchor = reading.discourse.pending_anchor or context.home
    if pending is None or not reading.states:
        return []
    answers = reading.discourse.asked and any(
        p.mention.start - reading.sentence.start <= 12 for p in reading.parts[:1]
    )
    if not (answers or has(reading.text, reading.block.lang, "listing")):
        return []
    group = [
        m
        for i in reading.heads("bare")
        for m in reading.group(i)
        if m.place != anchor and not context.is_home(m.place)
    ]
    return (
        [Pairs(anchor, tuple(group), pending, "partnership:listing")] if group and anchor is not None else []
    )


def continued(reading: Statement, pairs: list[Pairs]) -> list[Pairs]:
    """Add the partners that the same sentence goes on to name, each with its date: "...; B folgte 1989"."""
    going_on = has(reading.text, reading.block.lang, "going_on")
    if not pairs or not going_on or pairs[-1].rule == "partnership:joining":
        return pairs
    last = pairs[-1]
    known: set[Place] = {m.place for p in pairs for m in p.partners} | {p.anchor for p in pairs}
    further = [
        m
        for i in reading.heads("bare", "with", "in")
        for m in reading.group(i)
        if m.start > last.partners[-1].end and m.place not in known and _followed_up(reading, m)
    ]
    if not further:
        return pairs
    return [*pairs[:-1], Pairs(last.anchor, (*last.partners, *further), last.trigger, last.rule)]


def _followed_up(reading: Statement, mention: PlaceMention) -> bool:
    """Whether a date stands close to a further name, or "followed by" before it."""
    start, end = clause(
        reading.context.text, reading.sentence.start, reading.sentence.end, mention.start, reading.block.lang
    )
    if not polarity(reading.context.text[start:end], reading.block.lang).states:
        return False
    near = reading.context.dates(
        max(reading.sentence.start, mention.start - 30), min(reading.sentence.end, mention.end + 12)
    )
    lead = reading.context.text[max(reading.sentence.start, mention.start - 16) : mention.start]
    return any(usable(reading.context, d) for d in near) or has(lead, reading.block.lang, "lead_on")
