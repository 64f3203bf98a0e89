"""Bonds told by a preposition: "verschwistert mit B", "twinning between A and B", "Patenschaft für B"."""

from __future__ import annotations

from itertools import combinations

from pipeline.extract.cues import clause, has
from pipeline.extract.partnerships.finding import Pairs
from pipeline.extract.partnerships.relative import counted, guests, related
from pipeline.extract.partnerships.statement import ACROSS, BESIDE, Statement, linked_gap, predicated
from pipeline.lexicon import load
from pipeline.model import Kind, PlaceMention, TriggerMention


def between(reading: Statement) -> list[Pairs]:
    """Read "Partnerschaft zwischen A und B"."""
    pairs = []
    for i in reading.heads("between"):
        group = reading.group(i)
        trigger, home = reading.governing(group[0]), reading.context.home
        if len(group) > 1:
            pairs += reading.among(group, trigger, "partnership:between")
        elif (
            home is not None and group[0].place != home and has(reading.text, reading.block.lang, "our_town")
        ):
            pairs.append(Pairs(home, (group[0],), trigger, "partnership:between"))
    return pairs


def ring(reading: Statement) -> list[Pairs]:
    """Read "A, B and C are all twinned with each other": every pair of them."""
    context, sentence, lang = reading.context, reading.sentence, reading.block.lang
    trigger = next((t for t in reading.triggers if not t.weak), None)
    if trigger is None:
        return []
    start, end = clause(context.text, sentence.start, sentence.end, trigger.start, lang)
    if not has(context.text[start:end], lang, "ring"):
        return []
    group = [m for i in reading.heads("bare") for m in reading.group(i) if start <= m.start < end]
    return [
        Pairs(a.place, (b,), trigger, "partnership:ring")
        for a, b in combinations(group, 2)
        if a.place != b.place
    ]


def bound_with(reading: Statement) -> list[Pairs]:
    """Read "A ist mit B und C verschwistert", "twinning agreements with B and C", "Partnerschaft mit B"."""
    pairs = []
    for i in reading.heads("with", "to"):
        part = reading.parts[i]
        group = reading.group(i)
        if part.role == "to" and not _bond_beside(reading, group):
            continue
        trigger = reading.governing(group[0])
        if trigger.weak and trigger.form == "partner" and not _right_before(reading, trigger, group[0]):
            continue
        behind = reading.context.text[group[0].end : reading.sentence.end]
        if part.role == "with" and has(behind, reading.block.lang, "body_behind"):
            continue  # a twinning certificate with a Prague pub
        several = _enumerated_with_home(reading, trigger, group)
        if several:
            pairs.append(Pairs(group[0].place, tuple(several), trigger, "partnership:with"))
            continue
        ahead = reading.context.text[max(reading.sentence.start, group[0].start - 40) : group[0].start]
        if trigger.kind is Kind.SPONSORSHIP and has(ahead, reading.block.lang, "along"):
            continue  # gemeinsam mit A die Patenschaft für B
        pairs += reading.pairs(group, trigger, "partnership:with", group[0].start)
    return pairs


def _right_before(reading: Statement, trigger: TriggerMention, name: PlaceMention) -> bool:
    """Whether an English word for any partner is what "with" belongs to: "partners with B"."""
    return reading.block.lang != "en" or 0 <= name.start - trigger.end <= BESIDE


def _enumerated_with_home(
    reading: Statement, trigger: TriggerMention, group: list[PlaceMention]
) -> list[PlaceMention]:
    """Return the subjects of "A, B and C are twinned with us", where ``group`` is the home alone."""
    if len(group) != 1 or not reading.context.is_home(group[0].place) or reading.block.lang != "en":
        return []
    for i in reversed(reading.heads("bare")):
        subjects = reading.group(i)
        if subjects[-1].end <= trigger.start and not _closed_off(reading, subjects[-1].end, trigger.start):
            return subjects if len(subjects) > 1 else []
    return []


def _closed_off(reading: Statement, start: int, end: int) -> bool:
    """Whether a clause lies between a subject and a word for the bond."""
    gap = reading.context.text[start:end]
    return end - start > ACROSS or ";" in gap or not predicated(reading, start, end)


def _bond_beside(reading: Statement, group: list[PlaceMention]) -> bool:
    """Whether a word for the bond stands close to "to B": "links to B", "zu B eine Partnerschaft"."""
    german = reading.block.lang == "de"
    return any(
        (t.end < group[0].start <= t.end + 30 and t.form != "partner")
        or (german and t.form == "relation" and 0 < t.start - group[-1].end <= 25)
        for t in reading.triggers
    )


def related_pair(reading: Statement) -> list[Pairs]:
    """Read "Aus B, mit dem man seit 1990 verschwistert ist", "B, dessen Partnerstadt A ist"."""
    found = related(reading)
    if found is None:
        return []
    part, trigger, owner = found
    if owner is not None:
        return [Pairs(owner, (part.mention,), trigger, "partnership:relative")]
    return reading.pairs([part.mention], trigger, "partnership:relative", part.mention.start)


def counted_pairs(reading: Statement) -> list[Pairs]:
    """Read "Zu den Partnerstädten zählen neben A und B auch C", "aus den Partnerstädten Gäste aus A"."""
    found = counted(reading) or guests(reading)
    if found is None:
        return []
    group, trigger = found
    return reading.pairs(group, trigger, "partnership:counted", trigger.start)


def toward(reading: Statement, roles: tuple[str, ...] = ("toward", "for")) -> list[Pairs]:
    """Read "Die älteste Verbindung führt nach B", "die Urkunde für B"."""
    for i in reading.heads(*roles):
        group = reading.group(i)
        reach = 30 if reading.parts[i].role == "toward" else 12
        trigger = next((t for t in reading.triggers if 0 < group[0].start - t.end <= reach), None)
        if trigger is not None:
            return reading.pairs(group, trigger, "partnership:toward", group[0].start)
    return []


def onward(reading: Statement) -> list[Pairs]:
    """Read "As Bande nach B gehören zu den ältesten"."""
    bonds = any(t.form == "relation" and not t.plural for t in reading.triggers)
    return toward(reading, ("toward",)) if bonds else []


def sponsored(reading: Statement) -> list[Pairs]:
    """Read "Patenschaft für B", "Patenstadt der Vertriebenen aus B"."""
    for trigger in reading.triggers:
        if trigger.kind is not Kind.SPONSORSHIP or trigger.weak:
            continue
        for i in reading.heads("for", "in", "of", "bare"):
            group = reading.group(i)
            if any(reading.context.is_home(m.place) for m in group):
                continue
            role, first = reading.parts[i].role, group[0]
            ahead = first.end < trigger.start and role in ("for", "in") and trigger.form == "partner"
            behind = 0 < first.start - trigger.end <= 70 and role != "bare"
            if role == "in" and reading.context.text.startswith((" zwischen ", " between "), trigger.end):
                continue  # Patenschaft zwischen unserem Zug und den Kameraden in B
            direct = (
                first.start > trigger.end
                and role == "bare"
                and (
                    linked_gap(reading, trigger.end, first.start)
                    or _of_expellees(reading, trigger.end, first.start)
                )
            )
            if ahead or behind or direct:
                return reading.pairs(group, trigger, "partnership:sponsored", trigger.start)
    return []


def _of_expellees(reading: Statement, start: int, end: int) -> bool:
    """Whether those who lived in a town stand before its name: "über die Vertriebenen der Stadt B"."""
    words, data = reading.context.text[start:end].split(), load(reading.block.lang, "places")
    lived = bool(set(words) & set(data["expellees"])) and len(words) <= 7
    return lived and words[-1] in data["town_before"]
