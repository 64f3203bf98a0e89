"""Bonds told of a subject: "A und B sind Partnerstädte", "B war Freiburgs erste Partnerstadt"."""

from __future__ import annotations

from pipeline.extract.cues import has
from pipeline.extract.partnerships.datings import usable
from pipeline.extract.partnerships.finding import Pairs
from pipeline.extract.partnerships.statement import ACROSS, BESIDE, Statement, owned, predicated
from pipeline.model import Kind, PlaceMention, TriggerMention


def subjects(reading: Statement) -> list[Pairs]:
    """Read "A and B were twinned in 1980", "2022 feierten A und B ihre Partnerschaft"."""
    for trigger in reading.triggers:
        pair_only = trigger.form == "relation"  # a bond is of two; partners may be of a third
        if trigger.form == "act" or (trigger.form == "partner" and not trigger.plural):
            continue
        couple = trigger.weak and trigger.form == "verb" and reading.dated  # A und B sind seit 1957 ein Paar
        if (trigger.weak and not (pair_only or couple)) or (pair_only and not reading.dated):
            continue
        for i in reading.heads("bare"):
            group = reading.group(i)
            if len(group) < 2 or group[-1].end > trigger.start or (pair_only and len(group) != 2):
                continue
            home = any(reading.context.is_home(m.place) for m in group)
            if not home and _with_others(reading, group, trigger):
                continue
            if not (home or pair_only) and _of_a_third(reading, trigger):
                continue
            if any(p.role == "genitive" and 0 <= p.mention.start - trigger.end <= 3 for p in reading.parts):
                return reading.pairs(group, trigger, "partnership:subject", reading.sentence.start)
            ahead = reading.context.text[group[-1].end : trigger.start]
            if not home and not pair_only and has(ahead, reading.block.lang, "further"):
                return reading.pairs(group, trigger, "partnership:subject", reading.sentence.start)
            if home or (len(group) == 2 and not _each_its_date(reading, group)):
                return reading.among(group, trigger, "partnership:subject")
            if _each_its_date(reading, group):
                return reading.pairs(group, trigger, "partnership:subject", reading.sentence.start)
    return []


def _with_others(reading: Statement, group: list[PlaceMention], trigger: TriggerMention) -> bool:
    """Whether subjects are bound to others that are not named: "A and B are twinned with other places"."""
    beyond = reading.context.text[group[-1].end : min(reading.sentence.end, trigger.end + BESIDE)]
    return has(beyond, reading.block.lang, "with_others")


def _of_a_third(reading: Statement, trigger: TriggerMention) -> bool:
    """Whether what is named are the partners of a third: "have A and B among their sister cities"."""
    context, lang, start = reading.context, reading.block.lang, reading.sentence.start
    before, after = context.text[max(start, trigger.start - 40) : trigger.start], trigger.end
    behind = any(p.role == "of" and 0 <= p.mention.start - after <= 12 for p in reading.parts)
    return behind or has(before, lang, "among_theirs")


def _each_its_date(reading: Statement, group: list[PlaceMention]) -> bool:
    """Whether "A und B sind seit 1982 respektive 1987 Partnerstädte" of a third, not of each other."""
    after = [
        d for d in reading.context.dates(group[-1].end, reading.sentence.end) if usable(reading.context, d)
    ]
    return len(after) >= len(group) and after[len(group) - 1].end - after[0].start <= 18 * len(group)


def copula(reading: Statement) -> list[Pairs]:
    """Read "B war Freiburgs erste Partnerstadt", "gehört B zu As Partnerstädten", "B was twinned in 1980"."""
    for trigger in reading.triggers:
        if trigger.form in ("relation", "act") or (trigger.weak and not owned(reading, trigger)):
            continue
        rule = "partnership:owned" if trigger.weak else "partnership:copula"
        for i in reversed(reading.heads("bare")):
            group = reading.group(i)
            if group[-1].end > trigger.start or trigger.start - group[-1].end > ACROSS:
                continue
            if _with_others(reading, group, trigger):
                continue
            stranger = _has_it(reading, group, trigger) or _with_stranger(reading, trigger)
            if stranger or not predicated(reading, group[-1].end, trigger.start):
                continue
            if trigger.weak and reading.block.lang == "en" and len(group) > 1:
                continue  # A and B have their own twin; C has A and B as its twins
            if trigger.kind is Kind.SPONSORSHIP and all(reading.context.is_home(m.place) for m in group):
                continue
            pairs = _as_subject(reading, trigger, group, rule)
            if pairs:
                return pairs
    return []


def _with_stranger(reading: Statement, trigger: TriggerMention) -> bool:
    """Whether a bond is with a name that is no known place: "B is twinned with Xhausen"."""
    context, start = reading.context, trigger.end
    behind = context.text[start : reading.sentence.end]
    region = next(iter(context.countries(start, min(reading.sentence.end, start + 45))), None)
    if region is not None and has(context.text[start : region.start], reading.block.lang, "of_region"):
        return True
    named = any(0 <= p.mention.start - trigger.end <= 30 for p in reading.parts)
    return trigger.form == "verb" and not named and has(behind, reading.block.lang, "with_stranger")


def _has_it(reading: Statement, group: list[PlaceMention], trigger: TriggerMention) -> bool:
    """Whether a subject has the partner rather than is it: "A hat auch seine eigene Partnerstadt"."""
    context, lang = reading.context, reading.block.lang
    gap = context.text[group[-1].end : trigger.start]
    return not context.is_home(group[-1].place) and has(gap, lang, "has_it")


def _as_subject(
    reading: Statement, trigger: TriggerMention, group: list[PlaceMention], rule: str
) -> list[Pairs]:
    """Bind "B is a partner of X": X may be "of X", and several of them."""
    owners = [
        m
        for i in reading.heads("of", "to")
        for m in reading.group(i)
        if 0 <= reading.parts[i].mention.start - trigger.end <= 60
        and m.place not in [g.place for g in group]
        and not (
            reading.parts[i].role == "to"
            and "," in reading.context.text[trigger.end : reading.parts[i].mention.start]
        )
    ]
    if len(owners) == len(group) == 1 and trigger.form == "partner":
        return [Pairs(owners[0].place, (group[0],), trigger, rule)]
    if owners and trigger.form == "partner" and len(group) == 1:
        return [Pairs(group[0].place, tuple(owners), trigger, rule)]
    return reading.pairs(group, trigger, rule, reading.sentence.start)
