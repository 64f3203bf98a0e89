"""The pairs that set phrases state: whom "we", "its", "the Dutch city", "the two" and "the charter" mean."""

from __future__ import annotations

import re

from pipeline.extract.cues import clause, has, polarity
from pipeline.extract.partnerships.anchor import Discourse
from pipeline.extract.partnerships.county import acts, county_of
from pipeline.extract.partnerships.finding import Pairs
from pipeline.extract.partnerships.phrases import Told, told
from pipeline.extract.partnerships.reading import Reading
from pipeline.model import Place, PlaceMention, Sentence

_RELATIVE = re.compile(r",? (?:which|who|that)\b")  # it is of A that the clause speaks
_OPENING = 3


def phrased(reading: Reading, discourse: Discourse, *, asked: bool = False) -> list[Pairs]:
    """Read the set phrases of the lexicon: "A also has a German twin, B", "B came on board in 1994".

    A question (``asked``) says only what it presupposes: "Does A's twinning with B cover us?".
    """
    pairs: list[Pairs] = []
    taken: set[Place] = set()
    denied: set[Place] = set()
    for said in told(
        reading.context, reading.sentence, reading.block, reading.triggers, dated=reading.dated, asked=asked
    ):
        named = {m.place for m in said.b}
        if named & taken or (named & denied and not said.phrase.asserted):
            continue  # the first phrase that a partner stands in decides
        if _negated(reading, said) or not (said.phrase.asserted or _affirmed(reading, said)):
            denied |= named
            continue
        bound = [] if _locates(reading, said) else _bound(reading, discourse, said)
        taken |= {m.place for p in bound for m in p.partners}
        pairs += bound
    return pairs


def _bound(reading: Reading, discourse: Discourse, said: Told) -> list[Pairs]:
    """Return the pairs of a phrase; one that asks for partners abroad may have others beside them."""
    home = reading.context.home
    if "this" in said.pronouns and reading.block.lang == "en" and any(m.place != home for m in said.a):
        return []  # The town is twinned with A: ours
    pairs = []
    partners = said.b or _meant(reading, discourse, said)
    for anchor in _owners(reading, discourse, said, partners):
        group = tuple(m for m in partners if m.place != anchor)
        if home is not None and len(said.a) == 1 and [m.place for m in group] == [home]:
            anchor, group = home, said.a  # B is a sister city of ours: told of us
        elif home is not None and group and group[0].place == home and _each_dated(reading, group):
            # B became a sister city of ours in 1992, C in 1980
            anchor, group = home, (*said.a, *group[1:])
        near = said.phrase.abroad and all(m.place.country == anchor.country for m in group)
        if group and not near:
            pairs.append(Pairs(anchor, group, said.trigger, "partnership:phrase", asserted=True))
    return pairs


def _each_dated(reading: Reading, group: tuple[PlaceMention, ...]) -> bool:
    """Whether a date, and no "with", stands between two names: the second is a subject like the first one."""
    if len(group) < 2:
        return False
    gap = reading.context.text[group[0].end : group[1].start]
    dated = bool(reading.context.dates(group[0].end, group[1].start))
    return dated and not gap.endswith((" with ", " to ", " of "))


def _headed(reading: Reading, discourse: Discourse) -> Place | None:
    """Return the town next door that the heading above tells of: "Example 1: Tiverton", "Twins: A and B"."""
    context, home = reading.context, reading.context.home
    above = context.heading_of(reading.block)
    if above is None or home is None or discourse.entry(reading.block) is not None:
        return None
    named = {m.place for m in context.places(above.start, above.end) if m.form == "name"}
    return next(iter(named)) if len(named) == 1 and all(p.country == home.country for p in named) else None


def _portrayed(reading: Reading, discourse: Discourse, said: Told) -> Place | None:
    """Return the other town whose partners the text has turned to: "A has more twins. B joined in 1994"."""
    context = reading.context
    asked = (said.phrase.about or said.phrase.dated) and "we" not in said.pronouns
    named = {m.place for m in said.b}
    other = any(p.mention.place not in named for p in reading.parts)  # B joined two years after C, our twin
    if not asked or other or has(reading.text, reading.block.lang, "speakers"):
        return None
    before = context.sentences(reading.block.start, reading.sentence.start)[-1:]
    last, turned = discourse.last, discourse.pending_anchor if discourse.pending is not None else None
    if turned is None and before and last is not None and before[0].start <= last.trigger.start:
        turned = last.anchor
    elif turned is None and before:
        turned = _holder(reading, before[0])
    return None if turned is None or context.is_home(turned) else turned


def _holder(reading: Reading, sentence: Sentence) -> Place | None:
    """Return the town whose bonds a sentence opens with, named or not: "A has other twins too"."""
    context, lang = reading.context, reading.block.lang
    lead = next(iter(context.places(sentence.start, sentence.end)), None)
    if (
        lead is None
        or not context.triggers(sentence.start, sentence.end)
        or lead.start - sentence.start > _OPENING
    ):
        return None
    if has(context.text[sentence.start : sentence.end], lang, "speakers"):
        return None
    return lead.place if has(context.text[lead.end : sentence.end], lang, "holds_bonds") else None


def _affirmed(reading: Reading, said: Told) -> bool:
    """Whether the words before a phrase leave it a statement: its own words deny nothing."""
    context, sentence, lang = reading.context, reading.sentence, reading.block.lang
    left, _ = clause(context.text, sentence.start, sentence.end, said.start, lang)
    states = polarity(context.text[left : said.trigger.end], lang).states
    return states and not has(reading.text, lang, "body")


def _negated(reading: Reading, said: Told) -> bool:
    """Whether a phrase that states a pair has a no among its own words: "ist keine Partnerstadt"."""
    own = reading.context.text[said.start : said.trigger.end]
    return said.phrase.asserted and has(own, reading.block.lang, "negated")


def _locates(reading: Reading, said: Told) -> bool:
    """Whether what a phrase opens with only tells where a place lies: "south of A is twinned with B"."""
    context, lang = reading.context, reading.block.lang
    before = context.text[max(reading.sentence.start, said.start - 40) : said.start]
    own = any(side and side[0].start == said.start for side in (said.a, said.b))
    behind = context.text[said.a[-1].end : said.a[-1].end + 8] if own and said.a else ""
    if not own or _RELATIVE.match(behind):
        return False
    if has(before, lang, "body_of"):
        return True  # the university of A has a partnership with B
    return lang == "en" and not has(before, lang, "people_of") and has(before, lang, "locating")


def _meant(reading: Reading, discourse: Discourse, said: Told) -> tuple[PlaceMention, ...]:
    """Return the partner that a phrase without its name means."""
    block, home = reading.block, reading.context.home
    known = {*(m.place for m in said.a), home}
    beside = said.a[0].place if said.a else home
    ahead = [p.mention for p in reading.parts if p.mention.end <= said.start and p.role != "in"]
    inside = [m for m in ahead if m.place not in known]
    found = discourse.of_country(said.country, block) if said.country else discourse.antecedent(block)
    two = tuple(inside) if len(inside) == 2 else () if inside else discourse.two(block)
    if "both" in said.pronouns and two:
        return two
    begun = reading.block.lang == "en" and said.start - reading.sentence.start > _OPENING and not said.country
    if inside and (begun or not said.pronouns & {"this", "link"}):
        # B, we signed with them in 1989
        return (inside[-1],) if block.lang == "de" else _abroad(beside, inside[-1])
    entry = discourse.entry(block) if block.lang == "de" else None
    if entry is not None:
        return () if entry.mention.place in known else (entry.mention,)
    if block.lang == "de" and not said.country and (told_of := discourse.bound_here(block)) is not None:
        return () if told_of.place in known else (told_of,)
    if found is None or found.place in known:
        return ()
    known_one = discourse.spoken_of(reading) if block.lang == "de" else None
    if known_one is not None and known_one.place == found.place and known_one.block == block.index:
        return (found,)
    return _abroad(beside, found)


def _abroad(owner: Place | None, found: PlaceMention) -> tuple[PlaceMention, ...]:
    """Leave out a place of the owner's country: what has no name is hardly the town next door."""
    return () if owner is not None and found.place.country == owner.country else (found,)


def _among_whom(reading: Reading, said: Told, taken: set[Place]) -> Place | None:
    """Return the place whose people a sentence tells of: "Nobody in A minds B, its twin"."""
    context, start, lang = reading.context, reading.sentence.start, reading.block.lang
    for part in reversed(reading.parts):
        before = context.text[max(start, part.mention.start - 40) : part.mention.start]
        opening = part.role == "in" and part.mention.start - start <= 4
        near = part.role == "of" or opening or has(before, lang, "people_of")
        if near and part.mention.end <= said.start and part.mention.place not in taken:
            return part.mention.place
    return None


def _owners(
    reading: Reading, discourse: Discourse, said: Told, partners: tuple[PlaceMention, ...]
) -> list[Place]:
    """Return the places whose partners a phrase names."""
    if not said.a and acts(reading):
        county = county_of(reading.context)
        return [county] if county is not None else []
    home, block = reading.context.home, reading.block
    taken = {m.place for m in partners}
    owner: Place | None
    if said.a:
        return list(dict.fromkeys(m.place for m in said.a))
    if "both" in said.pronouns and len(partners) == 2:
        return [partners[0].place]
    if "ours" in said.pronouns:
        owner = discourse.bound_in(said.country)
    elif "it" in said.pronouns:
        inside = [p.mention.place for p in reading.parts if p.mention.end <= said.start]
        owner = inside[-1] if inside else discourse.it_means(block)
    elif said.phrase.dated and has(reading.text, block.lang, "joined_us"):
        owner = home  # A is twinned with B; C joined us in 1994
    elif said.phrase.about != "near" and (other := _portrayed(reading, discourse, said)) is not None:
        owner = other
    elif said.phrase.dated and said.b and discourse.last is not None:
        owner = discourse.last.anchor  # B came in the nineties
    elif said.phrase.about == "near" and "we" not in said.pronouns:  # A has two twins; the first is B
        subjects = [
            p.mention.place for p in reading.parts if p.role == "bare" and p.mention.end <= said.start
        ]
        being = " being " in reading.context.text[said.start : said.trigger.end]
        people = None if said.a or subjects else _among_whom(reading, said, taken)
        owner = subjects[0] if subjects and being else people or discourse.pending_anchor or home
    elif said.phrase.about or "we" in said.pronouns:
        owner = home if "we" in said.pronouns else _headed(reading, discourse) or home
    else:  # B, its own sister
        named = (p.mention.place for p in reading.parts if p.role in ("bare", "genitive"))
        owner = next((place for place in named if place not in taken), None)
        owner = owner or _among_whom(reading, said, taken) or discourse.it_means(block)
    return [owner] if owner is not None and owner not in taken else []
