"""Partners named before the word that binds them: by a relative clause, or behind "besides"."""

from __future__ import annotations

from pipeline.extract.cues import has
from pipeline.extract.partnerships.reading import Reading
from pipeline.extract.roles import Part
from pipeline.model import Place, PlaceMention, TriggerMention

_BOND_AHEAD = 90  # characters between a name and the trigger in its relative clause


def related(reading: Reading) -> tuple[Part, TriggerMention, Place | None] | None:
    """Return the name that a relative clause binds, its trigger, and the other side where it is named.

    "Como, mit dem Fulda seit 1960 verschwistert ist", "Stargard, dessen Partnerstadt Stralsund ist".
    """
    context, lang = reading.context, reading.block.lang
    for trigger in reading.triggers:
        if trigger.plural:
            continue
        for part in reversed(reading.parts):
            gap = context.text[part.mention.end : trigger.start]
            far = part.mention.end > trigger.start or len(gap) > _BOND_AHEAD
            if far or context.is_home(part.mention.place) or part.mention.form == "adjective":
                continue
            inside = [p for p in reading.parts if part.mention.end < p.mention.start < trigger.start]
            lead = inside[0] if inside else None
            if lead is not None and has(
                context.text[part.mention.end : lead.mention.start], lang, "relative_subject"
            ):
                inside, theirs = inside[1:], lead  # Como, mit dem Fulda: no partner
            else:
                theirs = None
            if trigger.form == "partner":
                if has(gap, lang, "relative_owner"):
                    return part, trigger, _after(reading, trigger)
            elif any(p.role == "with" and not context.is_home(p.mention.place) for p in inside) or _passing(
                reading, part, owned=theirs is not None
            ):
                continue
            elif has(gap, lang, "relative_with") or has(gap, lang, "last_town"):
                named = (p.mention.place for p in inside if p.role in ("bare", "with"))
                owner = theirs.mention.place if theirs is not None else next(named, None)
                return part, trigger, owner
    return None


def _passing(reading: Reading, part: Part, *, owned: bool) -> bool:
    """Whether a name only says where something else lies: "ein Dorf bei Dodoma, mit dem".

    With somebody from there no other town (``owned``) has a bond: "ein Chor aus Como, mit dem Fulda".
    """
    ahead = reading.context.text[max(reading.sentence.start, part.mention.start - 25) : part.mention.start]
    if reading.sentence.start + len(ahead) == part.mention.start and len(ahead.split()) == 1:
        return False  # In A, mit dem: nothing else is there yet
    lang = reading.block.lang
    return has(ahead, lang, "passing") or (not owned and has(ahead, lang, "somebody_from"))


def _after(reading: Reading, trigger: TriggerMention) -> Place | None:
    """Return the place right behind the partner word: "dessen Partnerstadt Stralsund seit 1987 ist"."""
    behind = [p.mention for p in reading.parts if 0 < p.mention.start - trigger.end <= 12]
    return behind[0].place if behind else None


def counted(reading: Reading) -> tuple[list[PlaceMention], TriggerMention] | None:
    """Return the names of an enumeration that goes round "besides", with the partner word."""
    context, lang = reading.context, reading.block.lang
    trigger = next((t for t in reading.triggers if t.form == "partner" and not t.weak), None)
    if trigger is None or not has(reading.text, lang, "counted"):
        return None
    kept = [
        p.mention
        for p in reading.parts
        if not context.is_home(p.mention.place)
        and p.role not in ("genitive", "of", "with", "to")
        and (p.role != "in" or _beside(reading, reading.parts[p.head].mention))
    ]
    beside = any(_beside(reading, m) for m in kept)
    return (kept, trigger) if beside and len(kept) > 1 else None


def guests(reading: Reading) -> tuple[list[PlaceMention], TriggerMention] | None:
    """Return where the guests of the partners come from: "aus den Partnerstädten Gäste aus A und B"."""
    context, lang, start = reading.context, reading.block.lang, reading.sentence.start
    for trigger in reading.triggers:
        if trigger.form != "partner" or trigger.weak or not trigger.plural:
            continue
        if not has(context.text[max(start, trigger.start - 45) : trigger.start], lang, "from_partners"):
            continue
        for i in reading.heads("in", "of"):
            gap = context.text[trigger.end : reading.parts[i].mention.start]
            if reading.parts[i].mention.start > trigger.end and has(gap, lang, "guests"):
                return reading.group(i), trigger
    return None


def _beside(reading: Reading, mention: PlaceMention) -> bool:
    ahead = reading.context.text[max(reading.sentence.start, mention.start - 40) : mention.start]
    return has(ahead, reading.block.lang, "beside")


__all__ = ["counted", "guests", "related"]
