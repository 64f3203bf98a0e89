"""The pairs that set phrases state: whom "we", "its", "the Dutch city", "the two" and "the charter" mean."""

from __future__ import annotations

import re

from pipeline.extract.cues import clause, has, polarity
from pipeline.extract.partnerships.anchor import Discourse
from pipeline.extract.partnerships.finding import Pairs
from pipeline.extract.partnerships.phrases import Told, told
from pipeline.extract.partnerships.reading import Reading
from pipeline.model import Place, PlaceMention

_RELATIVE = re.compile(r",? (?:which|who|that)\b")  # it is of A that the clause speaks


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
        if not (said.phrase.asserted or _affirmed(reading, said)):
            denied |= named
            continue
        bound = [] if _locates(reading, said) else _bound(reading, discourse, said)
        taken |= {m.place for p in bound for m in p.partners}
        pairs += bound
    return pairs


def _bound(reading: Reading, discourse: Discourse, said: Told) -> list[Pairs]:
    """Return the pairs of a phrase; one that asks for partners abroad may have others beside them."""
    pairs = []
    partners = said.b or _meant(reading, discourse, said)
    for anchor in _owners(reading, discourse, said, partners):
        group = tuple(m for m in partners if m.place != anchor)
        near = said.phrase.abroad and all(m.place.country == anchor.country for m in group)
        if group and not near:
            pairs.append(Pairs(anchor, group, said.trigger, "partnership:phrase", asserted=True))
    return pairs


def _affirmed(reading: Reading, said: Told) -> bool:
    """Whether the words before a phrase leave it a statement: its own words deny nothing."""
    context, sentence, lang = reading.context, reading.sentence, reading.block.lang
    left, _ = clause(context.text, sentence.start, sentence.end, said.start, lang)
    states = polarity(context.text[left : said.trigger.end], lang).states
    return states and not has(reading.text, lang, "body")


def _locates(reading: Reading, said: Told) -> bool:
    """Whether the owner of a phrase only tells where another place lies: "south of A is twinned with B"."""
    context, lang = reading.context, reading.block.lang
    before = context.text[max(reading.sentence.start, said.start - 40) : said.start]
    own = bool(said.a) and said.a[0].start == said.start
    behind = context.text[said.a[-1].end : said.a[-1].end + 8] if own else ""
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
    if inside and not said.pronouns & {"this", "link"}:
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
    elif said.phrase.dated and said.b and discourse.last is not None:
        owner = discourse.last.anchor  # B came in the nineties
    elif said.phrase.about or "we" in said.pronouns:
        owner = home
    else:  # B, its own sister
        subjects = (p.mention.place for p in reading.parts if p.role in ("bare", "genitive"))
        owner = next((place for place in subjects if place not in taken), None)
        owner = owner or _among_whom(reading, said, taken) or discourse.it_means(block)
    return [owner] if owner is not None and owner not in taken else []
