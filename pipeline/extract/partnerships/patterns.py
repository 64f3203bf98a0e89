"""How a sentence binds two places: the patterns, tried in a fixed order.

Each pattern stands for a family of phrasings in both languages and has a name, which the evidence
bears as its rule. A pattern returns the pairs that it reads; denial, status and dates come later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

from pipeline.extract.cues import clause, has, polarity
from pipeline.extract.partnerships.acted import act_of, names_another, party, points_to_one
from pipeline.extract.partnerships.anchor import Discourse
from pipeline.extract.partnerships.coupled import coupled
from pipeline.extract.partnerships.datings import usable
from pipeline.extract.partnerships.enumerated import enumerated
from pipeline.extract.partnerships.finding import Pairs
from pipeline.extract.partnerships.gapped import gapped
from pipeline.extract.partnerships.phrased import phrased
from pipeline.extract.partnerships.reading import Reading
from pipeline.extract.partnerships.relative import counted, guests, related
from pipeline.extract.partnerships.undone import undone
from pipeline.lexicon import load
from pipeline.model import BlockKind, Kind, Place, PlaceMention, Status, TriggerMention
from pipeline.tokens import tokenise

_BESIDE = 25
_ACROSS = 90  # characters between a subject and the word that makes it a partner


@cache
def _vocabulary(lang: str, name: str) -> frozenset[str]:
    return frozenset(load(lang, "roles")[name])


@dataclass(frozen=True)
class Statement(Reading):
    """A sentence in its discourse, which knows the side that the sentence leaves out."""

    discourse: Discourse

    def pairs(
        self, group: list[PlaceMention], trigger: TriggerMention, rule: str, before: int
    ) -> list[Pairs]:
        """Bind a group of partners to the side that the sentence or the text before names."""
        anchor = self.discourse.anchor(self, trigger, {m.place.place_id for m in group}, before)
        if anchor is None and len(group) > 1:
            return self.among(group, trigger, rule)
        partners = tuple(m for m in group if m.place != anchor)
        return [Pairs(anchor, partners, trigger, rule)] if anchor is not None and partners else []

    def among(self, group: list[PlaceMention], trigger: TriggerMention, rule: str) -> list[Pairs]:
        """Bind the home, where it is one of a group, to the others; else the first to the others."""
        first = next((m for m in group if self.context.is_home(m.place)), group[0])
        partners = tuple(m for m in group if m.place != first.place)
        return [Pairs(first.place, partners, trigger, rule)] if partners else []


def stated(reading: Statement) -> list[Pairs]:
    """Return the pairs of a sentence by the first pattern that fits, with what the sentence adds to them."""
    pairs: list[Pairs] = []
    strong = [t for t in reading.triggers if not t.weak]
    weak = [t for t in reading.triggers if t.weak and t.form != "act"]
    acts = [t for t in reading.triggers if t.form == "act"]
    if reading.discourse.asked or has(reading.text, reading.block.lang, "listing"):
        pairs = _listing(reading)
    listed = bool(pairs)
    if not listed:
        pairs = gapped(reading) or coupled(reading) or phrased(reading, reading.discourse)
    pairs = pairs or enumerated(reading)
    told, taken = len(pairs), {place for p in pairs for place in (p.anchor, *(m.place for m in p.partners))}
    if not listed and (strong or weak):
        for pattern in (
            _between,
            _ring,
            _counted,
            _related,
            _with,
            _onward,
            _sponsored,
            _apposition,
            _apposed,
            _subjects,
            _copula,
        ):
            used = {place for p in pairs[told:] for place in (p.anchor, *(m.place for m in p.partners))}
            rest = [p for q in pattern(reading) for p in _without(q, set() if pattern is _ring else taken)]
            pairs += [p for p in rest if _ours(reading, p) or not any(m.place in used for m in p.partners)]
        if not strong:
            pairs = [p for p in pairs if p.rule in _WEAK_RULES]
    further = not pairs or (reading.block.lang == "en" and not listed and len(pairs) == told)
    if further and acts and not strong and _topical(reading):
        rest = [p for q in _with(reading) + _toward(reading) for p in _without(q, taken)]
        pairs += [p for p in rest if p.rule in _WEAK_RULES]
    if not pairs and acts:
        pairs = _related(reading)
    if not pairs:
        pairs = (
            _joining(reading)
            or _undone(reading)
            or _acted(reading)
            or _anaphora(reading)
            or _pointed(reading)
        )
    pairs = [
        p for p in pairs if not (_borrowed(reading, p) or _of_body(reading, p) or _among_them(reading, p))
    ]
    return _continued(reading, pairs)


def _of_body(reading: Statement, pairs: Pairs) -> bool:
    """Whether it is a university or a club of a third town that is bound: "Die Universität A und B"."""
    context, start, lang = reading.context, reading.sentence.start, reading.block.lang
    if context.is_home(pairs.anchor) or pairs.asserted:
        return False
    named = [p.mention for p in reading.parts if p.mention.place == pairs.anchor]
    return any(has(context.text[max(start, m.start - 40) : m.start], lang, "body_of") for m in named[:1])


def _among_them(reading: Statement, pairs: Pairs) -> bool:
    """Whether a word that seldom names a bond joins two other towns of one land: "A works with B"."""
    sides = [pairs.anchor, *(m.place for m in pairs.partners)]
    if any(reading.context.is_home(place) for place in sides) or len({p.country for p in sides}) > 1:
        return False
    between = [p.mention for p in reading.parts if p.mention.place == pairs.anchor]
    another = any(pairs.trigger.end <= m.start < pairs.partners[0].start for m in between)
    weak = pairs.trigger.weak and pairs.trigger.form == "verb"
    return pairs.rule == "partnership:with" and (weak or another)


def _borrowed(reading: Statement, pairs: Pairs) -> bool:
    """Whether an English sentence of two other towns names one of them only by the way, or not at all.

    Such a sentence is mostly of the home, or of a town without a name: who is bound is not known.
    """
    context, lang, start = reading.context, reading.block.lang, reading.sentence.start
    sides = {pairs.anchor, *(m.place for m in pairs.partners)}
    if lang != "en" or pairs.rule not in _GUESSING or any(context.is_home(place) for place in sides):
        return False
    if pairs.anchor == reading.discourse.owner_before(reading):
        return False
    at = pairs.trigger.start
    before = context.text[max(start, at - 30) : at]
    if has(before, lang, "it_is") or has(before, lang, "theirs"):
        return False  # in Leeds everyone knew it was twinned with B; its partnership with B
    named = [p for p in reading.parts if p.mention.place == pairs.anchor]
    if any(_OWNING.match(context.text, p.mention.end) for p in named):
        return False  # from colleagues in Leeds, whose partnership with B
    return context.home is not None and not any(
        p.role != "in"
        and not has(context.text[max(start, p.mention.start - 40) : p.mention.start], lang, "locating")
        for p in named
    )


_OWNING = re.compile(r"(?:,? in [A-Z][\w-]+)?, (?:which|whose|who)\s")
_GUESSING = {"partnership:with", "partnership:copula", "partnership:joining", "partnership:subject"}


def _ours(reading: Statement, pairs: Pairs) -> bool:
    """Whether a name is called our partner, whatever bond of its own is told of beside that, in German."""
    before = reading.context.text[max(0, pairs.trigger.start - _BESIDE) : pairs.trigger.start]
    called = pairs.rule in ("partnership:owned", "partnership:apposed") and reading.block.lang == "de"
    return called and reading.context.is_home(pairs.anchor) and has(before, "de", "speakers")


def _without(pairs: Pairs, taken: set[Place]) -> list[Pairs]:
    """Leave out the partners of whom a phrase has told already."""
    partners = tuple(m for m in pairs.partners if m.place not in taken)
    return [replace(pairs, partners=partners)] if partners else []


_WEAK_RULES = {
    "partnership:coupled",
    "partnership:gapped",
    "partnership:phrase",
    "partnership:subject",
    "partnership:between",
    "partnership:with",
    "partnership:owned",
    "partnership:toward",
    "partnership:relative",
}


def _announced(reading: Statement) -> bool:
    context = reading.context
    scopes = [context.scopes[i] for i in reading.block.path if i in context.scopes]
    return any(scope.strong for scope in [*scopes, *([context.page_scope] if context.page_scope else [])])


def _topical(reading: Statement) -> bool:
    """Whether words for an act count: below an announcement, or with the beginning or end of a bond."""
    since = reading.dated and has(reading.text, reading.block.lang, "bound_since")
    since = since or polarity(reading.text, reading.block.lang).status is not Status.ACTIVE
    return _announced(reading) or (since and reading.context.speaks_of_partners)


def _between(reading: Statement) -> list[Pairs]:
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


def _ring(reading: Statement) -> list[Pairs]:
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


def _with(reading: Statement) -> list[Pairs]:
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
    return reading.block.lang != "en" or 0 <= name.start - trigger.end <= _BESIDE


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
    return end - start > _ACROSS or ";" in gap or not _predicated(reading, start, end)


def _bond_beside(reading: Statement, group: list[PlaceMention]) -> bool:
    """Whether a word for the bond stands close to "to B": "links to B", "zu B eine Partnerschaft"."""
    german = reading.block.lang == "de"
    return any(
        (t.end < group[0].start <= t.end + 30 and t.form != "partner")
        or (german and t.form == "relation" and 0 < t.start - group[-1].end <= 25)
        for t in reading.triggers
    )


def _related(reading: Statement) -> list[Pairs]:
    """Read "Aus B, mit dem man seit 1990 verschwistert ist", "B, dessen Partnerstadt A ist"."""
    found = related(reading)
    if found is None:
        return []
    part, trigger, owner = found
    if owner is not None:
        return [Pairs(owner, (part.mention,), trigger, "partnership:relative")]
    return reading.pairs([part.mention], trigger, "partnership:relative", part.mention.start)


def _counted(reading: Statement) -> list[Pairs]:
    """Read "Zu den Partnerstädten zählen neben A und B auch C", "aus den Partnerstädten Gäste aus A"."""
    found = counted(reading) or guests(reading)
    if found is None:
        return []
    group, trigger = found
    return reading.pairs(group, trigger, "partnership:counted", trigger.start)


def _toward(reading: Statement, roles: tuple[str, ...] = ("toward", "for")) -> list[Pairs]:
    """Read "Die älteste Verbindung führt nach B", "die Urkunde für B"."""
    for i in reading.heads(*roles):
        group = reading.group(i)
        reach = 30 if reading.parts[i].role == "toward" else 12
        trigger = next((t for t in reading.triggers if 0 < group[0].start - t.end <= reach), None)
        if trigger is not None:
            return reading.pairs(group, trigger, "partnership:toward", group[0].start)
    return []


def _onward(reading: Statement) -> list[Pairs]:
    """Read "As Bande nach B gehören zu den ältesten"."""
    bonds = any(t.form == "relation" and not t.plural for t in reading.triggers)
    return _toward(reading, ("toward",)) if bonds else []


def _sponsored(reading: Statement) -> list[Pairs]:
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
            direct = (
                first.start > trigger.end
                and role == "bare"
                and _linked_gap(reading, trigger.end, first.start)
            )
            if ahead or behind or direct:
                return reading.pairs(group, trigger, "partnership:sponsored", trigger.start)
    return []


def _apposition(reading: Statement) -> list[Pairs]:
    """Read "Duisburgs Partnerstadt Gaziantep", "our sister cities are A, B", "Partnerstädte von X sind A"."""
    pairs = []
    for trigger in reading.triggers:
        if trigger.form in ("verb", "act") or (trigger.weak and not _owned(reading, trigger)):
            continue
        after = [i for i, p in enumerate(reading.parts) if p.mention.start >= trigger.end and p.head == i]
        if not after:
            continue
        owner, following = _owner_after(reading, trigger, after)
        role = "" if following is None else reading.parts[following].role
        ours = role == "of" and _owned(reading, trigger)  # "our German twin town of B" names the partner
        if following is None or (role in ("in", "to", "toward", "of", "with", "between") and not ours):
            continue  # "Partnerstadt von X" names the other side
        first = reading.parts[following].mention
        group = reading.group(following)
        if reading.context.text.startswith(" aus ", first.end):
            continue  # unsere Partnerstädte Abordnungen aus A
        begin = owner.end if owner is not None else trigger.end
        if not (_linked_gap(reading, begin, first.start) or _relative(reading, trigger, group)):
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
        first.role == "of" and not trigger.plural and _owned(reading, trigger) and trigger.form == "partner"
    )
    if near and not named and (first.role == "of" or (genitive and (subject or len(after) > 1))):
        return first.mention, after[1] if len(after) > 1 else None
    return None, after[0]


def _relative(reading: Statement, trigger: TriggerMention, group: list[PlaceMention]) -> bool:
    """Whether a relative clause names both sides: "die Partnerschaft, die A und B eingingen"."""
    words = [t.text for t in tokenise(reading.context.text, trigger.end, group[0].start)]
    both = len(group) == 2 and any(reading.context.is_home(m.place) for m in group)
    return both and trigger.form == "relation" and len(words) <= 3 and words[:1] == [","]


def _owned(reading: Statement, trigger: TriggerMention) -> bool:
    """Whether a weak word has an owner before it: "its oldest partner", "Sunderland's partner"."""
    if trigger.form != "partner":
        return False
    before = [
        t.text.casefold()
        for t in tokenise(
            reading.context.text, max(reading.sentence.start, trigger.start - 30), trigger.start
        )
    ][-3:]
    owner = any(p.role == "genitive" and 0 <= trigger.start - p.mention.end <= 20 for p in reading.parts)
    return owner or any(word in _vocabulary(reading.block.lang, "owning") for word in before)


def _closed(reading: Statement, start: int) -> bool:
    """Whether the name at ``start``, which a comma opens, is closed by a mark, as an apposition is."""
    end = next(p.mention.end for p in reading.parts if p.mention.start == start)
    return reading.context.text[end : end + 2].rstrip() in (",", ".", "", " –")


def _linked_gap(reading: Statement, start: int, end: int) -> bool:
    """Whether only linking words, figures and marks stand between a trigger and a name."""
    context, linking = reading.context, _vocabulary(reading.block.lang, "linking")
    gap = context.text[start:end].rstrip()
    if gap.endswith(":") and len(gap) <= 80 and not any(mark in gap for mark in ".;?!"):
        return True  # zehn Partnerstädte in Europa und Übersee: A, B und C
    tokens = tokenise(context.text, start, end)
    countries = context.countries(start, end)
    for token in tokens:
        if token.text[0].isalpha() and token.text.lower() not in linking:
            if not any(c.start <= token.start < c.end for c in countries):
                return False
        elif token.text in ".;":
            return False
    commas = [i for i, t in enumerate(tokens) if t.text == ","]  # "our French twin town, Ermont, ..."
    return len(tokens) <= 8 and (not commas or (commas == [0] and _closed(reading, end)))


def _apposed(reading: Statement) -> list[Pairs]:
    """Read "aus Leeds, der englischen Partnerstadt Dortmunds", "Calais, our first twin town"."""
    lang = reading.block.lang
    opening = _vocabulary(lang, "opening") | _vocabulary(lang, "owning")
    for trigger in reading.triggers:
        if trigger.form != "partner" or trigger.plural or (trigger.weak and not _owned(reading, trigger)):
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


def _subjects(reading: Statement) -> list[Pairs]:
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
            if home or (len(group) == 2 and not _each_its_date(reading, group)):
                return reading.among(group, trigger, "partnership:subject")
            if _each_its_date(reading, group):
                return reading.pairs(group, trigger, "partnership:subject", reading.sentence.start)
    return []


def _with_others(reading: Statement, group: list[PlaceMention], trigger: TriggerMention) -> bool:
    """Whether subjects are bound to others that are not named: "A and B are twinned with other places"."""
    beyond = reading.context.text[group[-1].end : min(reading.sentence.end, trigger.end + _BESIDE)]
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


def _copula(reading: Statement) -> list[Pairs]:
    """Read "B war Freiburgs erste Partnerstadt", "gehört B zu As Partnerstädten", "B was twinned in 1980"."""
    for trigger in reading.triggers:
        if trigger.form in ("relation", "act") or (trigger.weak and not _owned(reading, trigger)):
            continue
        rule = "partnership:owned" if trigger.weak else "partnership:copula"
        for i in reversed(reading.heads("bare")):
            group = reading.group(i)
            if group[-1].end > trigger.start or trigger.start - group[-1].end > _ACROSS:
                continue
            if _with_others(reading, group, trigger):
                continue
            stranger = _has_it(reading, group, trigger) or _with_stranger(reading, trigger)
            if stranger or not _predicated(reading, group[-1].end, trigger.start):
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


def _predicated(reading: Statement, start: int, end: int) -> bool:
    """Whether a subject that ends at ``start`` may be what is called a partner: no clause lies between."""
    return not has(reading.context.text[start:end], reading.block.lang, "subordinate")


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


def _joining(reading: Statement) -> list[Pairs]:
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
        subject = reading.parts[subjects[0]].mention.place
        with_it = tuple(m for i in bound for m in reading.group(i) if m.place != subject)
        return [Pairs(subject, with_it, last.trigger, "partnership:joining")] if with_it else []
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
    near = context.dates(max(start, mention.start - _ACROSS), min(end, mention.end + _ACROSS))
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


def _listing(reading: Statement) -> list[Pairs]:
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


def _acted(reading: Statement) -> list[Pairs]:
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


def _undone(reading: Statement) -> list[Pairs]:
    """Read "2011 hob man den Vertrag auf", "Die Verbindung ruht": the end of a bond spoken of."""
    found, home = undone(reading, reading.discourse), reading.context.home
    if found is None or home is None:
        return []
    return [Pairs(home, (found[0],), found[1], "partnership:pointed")]


def _pointed(reading: Statement) -> list[Pairs]:
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


def _anaphora(reading: Statement) -> list[Pairs]:
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
            and _owned(reading, trigger)
            and has(text[reading.sentence.start : trigger.start], lang, "copula")
        ):
            return trigger
    return None


def _continued(reading: Statement, pairs: list[Pairs]) -> list[Pairs]:
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
