"""Bonds of which only the end is told, of a partner named before: "2011 hob man den Vertrag auf"."""

from __future__ import annotations

from pipeline.extract.cues import polarity
from pipeline.extract.partnerships.acted import names_another
from pipeline.extract.partnerships.anchor import Discourse
from pipeline.extract.partnerships.reading import Reading
from pipeline.model import Kind, PlaceMention, Status, TriggerMention


def undone(reading: Reading, discourse: Discourse) -> tuple[PlaceMention, TriggerMention] | None:
    """Return the partner of the home whose bond a German sentence ends, and the word for that."""
    context, block = reading.context, reading.block
    if block.lang != "de" or context.home is None or not context.speaks_of_partners:
        return None
    others = [p for p in reading.parts if not context.is_home(p.mention.place)]
    bare = all(p.role == "bare" and p.mention.form == "name" for p in others)
    if len(others) > 1 or not bare or discourse.entry(block):
        return None
    stance = polarity(reading.text, block.lang)
    if stance.denied or stance.wished or stance.status not in (Status.ENDED, Status.SUSPENDED):
        return None
    bonds = (t for t in reading.triggers if t.form in ("relation", "act") and not t.plural)
    trigger = next((t for t in bonds if t.kind is not Kind.SPONSORSHIP), None)
    if trigger is None or names_another(reading, trigger):
        return None
    if others and others[0].mention.start < trigger.start:
        return others[0].mention, trigger  # B ist abhandengekommen; der Rat hat die Partnerschaft beendet
    partner = None if others else discourse.bound_here(block) or discourse.spoken_of(reading)
    return (partner, trigger) if partner is not None else None


__all__ = ["undone"]
