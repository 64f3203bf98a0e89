"""Bonds of a town named before: "Die Partnerschaft gibt es seit 1991", "Mit ihnen besteht sie noch"."""

from __future__ import annotations

from pipeline.extract.cues import has
from pipeline.extract.partnerships.acted import act_of, names_another, party, points_to_one
from pipeline.extract.partnerships.finding import Pairs
from pipeline.extract.partnerships.statement import Statement, owned
from pipeline.extract.partnerships.undone import undone
from pipeline.model import Kind, PlaceMention, TriggerMention


def acted_pair(reading: Statement) -> list[Pairs]:
    """Read "OB A und der Maire von B besiegelten 1962 den Bund", "Am 23. Juni wurde unterschrieben"."""
    context, discourse = reading.context, reading.discourse
    topical = context.home is not None and context.speaks_of_partners and reading.states
    if not topical or discourse.entry(reading.block):
        return []
    trigger = act_of(reading)
    if trigger is None or context.home is None:
        return []
    group = party(reading)
    named = any(not context.is_home(p.mention.place) for p in reading.parts)
    if not group and not named and not names_another(reading, trigger):
        group = _spoken_of(reading)
    return reading.pairs(group, trigger, "partnership:acted", reading.sentence.start) if group else []


def undone_bond(reading: Statement) -> list[Pairs]:
    """Read "2011 hob man den Vertrag auf", "Die Verbindung ruht": the end of a bond spoken of."""
    found, home = undone(reading, reading.discourse), reading.context.home
    if found is None or home is None:
        return []
    return [Pairs(home, (found[0],), found[1], "partnership:pointed")]


def pointed(reading: Statement) -> list[Pairs]:
    """Read "Mit ihnen hat man sich 1990 verschwistert": the partner is the place spoken of."""
    context, home = reading.context, reading.context.home
    if home is None or not context.speaks_of_partners:
        return []
    couple = _with_described(reading)
    if couple:
        return couple
    if any(not context.is_home(p.mention.place) for p in reading.parts):
        return []
    bonds = (t for t in reading.triggers if t.form in ("verb", "relation") and not t.plural)
    trigger = next((t for t in bonds if points_to_one(reading, t) and not names_another(reading, t)), None)
    group = _spoken_of(reading) if trigger is not None else []
    return (
        [Pairs(home, tuple(group), trigger, "partnership:pointed")] if group and trigger is not None else []
    )


def _with_described(reading: Statement) -> list[Pairs]:
    """Read "Aus Sopron kam ein Chor: Die ungarische Stadt und Kempten sind seit 1987 Partner"."""
    context, lang = reading.context, reading.block.lang
    home = next((p.mention for p in reading.parts if context.is_home(p.mention.place)), None)
    trigger = next((t for t in reading.triggers if t.form != "relation" and t.form != "act"), None)
    if home is None or trigger is None or not reading.states:
        return []
    if not has(context.text[max(reading.sentence.start, home.start - 40) : home.start], lang, "town_and"):
        return []
    ahead = [p.mention for p in reading.parts if p.mention.end < home.start]
    group = ahead if len(ahead) == 1 else [] if ahead else _spoken_of(reading)
    return [Pairs(home.place, tuple(group), trigger, "partnership:pointed")] if group else []


def _spoken_of(reading: Statement) -> list[PlaceMention]:
    """Return the one place that a sentence without a name speaks of, if it is not bound already."""
    spoken, last = reading.discourse.spoken_of(reading), reading.discourse.last
    bound = last is not None and spoken is not None and spoken.place in [m.place for m in last.partners]
    return [] if spoken is None or bound else [spoken]


def anaphora(reading: Statement) -> list[Pairs]:
    """Read "Die Partnerschaft gibt es seit 1991", "It is our twin city", after the place was named."""
    context, home = reading.context, reading.context.home
    if home is None or not context.speaks_of_partners or not reading.states:
        return []
    if any(not context.is_home(p.mention.place) for p in reading.parts) or reading.discourse.entry(
        reading.block
    ):
        return []
    general = (t for t in reading.triggers if t.form == "relation" and not t.plural and _definite(reading, t))
    both = has(reading.text, reading.block.lang, "both")
    named = next(
        (t for t in general if t.kind is not Kind.SPONSORSHIP and (both or t.weak or not t.generic)), None
    )
    bond = (named if reading.dated or both else None) or _called_partner(reading)
    partner, last = reading.discourse.antecedent(reading.block), reading.discourse.last
    if bond is None or partner is None or names_another(reading, bond):
        return []
    if last is not None and partner.place in [last.anchor, *(m.place for m in last.partners)]:
        return []  # what is said goes to the pair that was just named
    return [Pairs(home, (partner,), bond, "partnership:anaphora")]


def _definite(reading: Statement, trigger: TriggerMention) -> bool:
    """Whether a word for a bond means a certain one, not "the twinning committee" or "twinning is fun"."""
    text, lang = reading.context.text, reading.block.lang
    before = text[max(reading.sentence.start, trigger.start - 40) : trigger.start]
    if has(text[trigger.start : trigger.end + 30], lang, "committee"):
        return False
    return has(before, lang, "definite")


def _called_partner(reading: Statement) -> TriggerMention | None:
    """Return the partner word of "The metropolis is Duisburg's twin city"."""
    text, lang = reading.context.text, reading.block.lang
    for trigger in reading.triggers:
        strong = trigger.form == "partner" and not trigger.weak and not trigger.plural
        if (
            strong
            and owned(reading, trigger)
            and has(text[reading.sentence.start : trigger.start], lang, "copula")
        ):
            return trigger
    return None
