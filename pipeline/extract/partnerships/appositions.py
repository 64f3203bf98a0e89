"""Bonds told by a name beside a word for a partner: "Duisburgs Partnerstadt Gaziantep"."""

from __future__ import annotations

from pipeline.extract.partnerships.finding import Pairs
from pipeline.extract.partnerships.statement import Statement, linked_gap, owned, vocabulary
from pipeline.model import PlaceMention, TriggerMention
from pipeline.tokens import tokenise


def apposition(reading: Statement) -> list[Pairs]:
    """Read "Duisburgs Partnerstadt Gaziantep", "our sister cities are A, B", "Partnerstädte von X sind A"."""
    pairs = []
    for trigger in reading.triggers:
        if trigger.form in ("verb", "act") or (trigger.weak and not owned(reading, trigger)):
            continue
        after = [i for i, p in enumerate(reading.parts) if p.mention.start >= trigger.end and p.head == i]
        if not after:
            continue
        owner, following = _owner_after(reading, trigger, after)
        role = "" if following is None else reading.parts[following].role
        ours = role == "of" and owned(reading, trigger)  # "our German twin town of B" names the partner
        if following is None or (role in ("in", "to", "toward", "of", "with", "between") and not ours):
            continue  # "Partnerstadt von X" names the other side
        first = reading.parts[following].mention
        group = reading.group(following)
        if reading.context.text.startswith(" aus ", first.end):
            continue  # unsere Partnerstädte Abordnungen aus A
        begin = owner.end if owner is not None else trigger.end
        if not (linked_gap(reading, begin, first.start) or _relative(reading, trigger, group)):
            continue
        rule = "partnership:owned" if trigger.weak else "partnership:apposition"
        home = any(reading.context.is_home(m.place) for m in group)
        bare = not reading.context.text[begin : first.start].strip()
        if owner is not None:
            partners = tuple(m for m in group if m.place != owner.place)
            pairs += [Pairs(owner.place, partners, trigger, rule)] if partners else []
        elif trigger.form == "relation" and len(group) == 2 and (bare or home):
            pairs += reading.among(group, trigger, rule)
        else:
            pairs += reading.pairs(group, trigger, rule, trigger.start)
    return pairs


def _owner_after(
    reading: Statement, trigger: TriggerMention, after: list[int]
) -> tuple[PlaceMention | None, int | None]:
    """Return the owner that follows a partner word ("Partnerstädte von X sind A"), and the part after it.

    "der Stadt X" is an owner where it is the home and something else stands before the trigger or behind.
    """
    first = reading.parts[after[0]]
    if reading.block.lang == "de" and first.role == "genitive" and first.mention.start - trigger.end <= 3:
        return first.mention, after[1] if len(after) > 1 else None  # die Partnerstadt Dortmunds, Leeds
    near = first.mention.start - trigger.end <= 25 and len(reading.group(after[0])) == 1
    words = {t.text for t in tokenise(reading.context.text, trigger.end, first.mention.start)}
    genitive = reading.context.is_home(first.mention.place) and bool(words & {"der", "des"})
    subject = any(p.role == "bare" and p.mention.end <= trigger.start for p in reading.parts)
    named = (
        first.role == "of" and not trigger.plural and owned(reading, trigger) and trigger.form == "partner"
    )
    if near and not named and (first.role == "of" or (genitive and (subject or len(after) > 1))):
        return first.mention, after[1] if len(after) > 1 else None
    return None, after[0]


def _relative(reading: Statement, trigger: TriggerMention, group: list[PlaceMention]) -> bool:
    """Whether a relative clause names both sides: "die Partnerschaft, die A und B eingingen"."""
    words = [t.text for t in tokenise(reading.context.text, trigger.end, group[0].start)]
    both = len(group) == 2 and any(reading.context.is_home(m.place) for m in group)
    return both and trigger.form == "relation" and len(words) <= 3 and words[:1] == [","]


def apposed(reading: Statement) -> list[Pairs]:
    """Read "aus Leeds, der englischen Partnerstadt Dortmunds", "Calais, our first twin town"."""
    lang = reading.block.lang
    opening = vocabulary(lang, "opening") | vocabulary(lang, "owning")
    for trigger in reading.triggers:
        if trigger.form != "partner" or trigger.plural or (trigger.weak and not owned(reading, trigger)):
            continue
        before = [p.mention for p in reading.parts if p.mention.end <= trigger.start and p.role != "genitive"]
        if not before:
            continue
        words = [t.text for t in tokenise(reading.context.text, before[-1].end, trigger.start)]
        at = words.index(",") if "," in words else len(words)
        small = all(not w[0].isupper() for w in words) and "." not in words
        if len(words) <= 6 and small and at + 1 < len(words) and words[at + 1] in opening:
            rule = "partnership:owned" if trigger.weak else "partnership:apposed"
            return reading.pairs([before[-1]], trigger, rule, before[-1].start)
    return []
