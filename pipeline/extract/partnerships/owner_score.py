"""Bonds of other towns than the home, weighed by their signs: a small model of our own.

A pair is told with a probability that is a logistic function of its signs; ``owner_weights.tsv`` has the
weights. A partner has one owner in a sentence, and whoever is a partner there owns none: the likeliest pair
stands.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.context import Context
from pipeline.extract.cues import asks, clause, has, polarity
from pipeline.extract.partnerships.finding import Finding
from pipeline.extract.partnerships.kinds import governing
from pipeline.extract.partnerships.owner_signs import OwnerSigns, Told
from pipeline.extract.partnerships.partner_score import probability
from pipeline.extract.trace import Veto
from pipeline.lexicon import load as load_words
from pipeline.model import Evidence, Kind, PlaceMention, Sentence
from pipeline.weights import load as weights_of

FILE = "owner_weights.tsv"
RULE = "partnership:owner"
LIKELY = 0.6
"""From here on a pair is taken for told, and its partner in that sentence for the home's no longer ..."""
UNSPOKEN = 0.8
"""... and from here on where the sentence has no word for a bond."""
SAME, OTHER = 0.7, 0.3
"""What another bond of the same owner in a sentence beside adds to a pair's log-odds, and one of others."""
OUTWEIGHED = 0.3
"""Below that what a rule read of two other towns gives way to a likely pair of one of them."""
_AHEAD = 30
_BEHIND = 40
_LOCATING = 20  # characters between a town and the name that tells where it lies
_PARSED = ("partnership:gapped", "partnership:coupled")
"""Rules that tell several pairs of one sentence apart."""
_LAYOUT = ("partnership:table", "partnership:section", "partnership:list-item", "partnership:definition")


class Weighed(NamedTuple):
    """A pair that a sentence tells, and how likely."""

    told: Told
    chance: float

    @property
    def key(self) -> tuple[str, str]:
        """The pair, in a fixed order."""
        return _key(self.told)


def resolved(
    context: Context, findings: Sequence[Finding], weights: dict[str, float] | None = None
) -> list[Finding]:
    """Return the findings with the bonds of other towns: some added, some taken from the home's.

    ``weights`` are those that the package ships if they are not given.
    """
    if not context.mentions.triggers:
        return list(findings)
    used = load() if weights is None else weights
    told = _together(
        [Weighed(t, probability(t.signs, used)) for t in OwnerSigns(context, findings).candidates()]
    )
    findings = [f for f in findings if not _outweighed(context, f, told)]
    first = _applied(context, findings, chosen(context, findings, told))
    if {f.key for f in first} == {f.key for f in findings}:
        return first
    return _applied(context, findings, chosen(context, first, told))  # a bond told leads on to the next


def _together(told: Sequence[Weighed]) -> list[Weighed]:
    """Give the members of an enumeration at least the mean of their log-odds, as they have one owner."""
    groups: dict[tuple[str, int, int], list[Weighed]] = {}
    for each in told:
        part = each.told.line.part(each.told.partner)
        head = -1 - each.told.partner.start if part is None else part.head
        key = (each.told.owner.place.place_id, each.told.line.sentence.start, head)
        groups.setdefault(key, []).append(each)
    found = []
    for group in groups.values():
        odds = sum(math.log((w.chance + 1e-6) / (1 - w.chance + 1e-6)) for w in group) / len(group)
        found += [Weighed(w.told, max(w.chance, 1 / (1 + math.exp(-odds)))) for w in group]
    return found


def _outweighed(context: Context, finding: Finding, told: Sequence[Weighed]) -> bool:
    """Whether the words in which a rule read a pair of other towns rather give one of them another owner."""
    if context.is_home(finding.a) or context.is_home(finding.b):
        return False
    if any(e.rule.split(".")[0] in (*_LAYOUT, *_PARSED) for e in finding.evidence):
        return False
    here = [
        w
        for w in told
        if w.told.partner.place.place_id in finding.key
        and all(_meets(w.told.line.sentence, e) for e in finding.evidence)
    ]
    own = max((w.chance for w in here if w.key == finding.key), default=1.0)
    return own < OUTWEIGHED and any(w.chance >= least(w.told) for w in here if w.key != finding.key)


def _meets(sentence: Sentence, evidence: Evidence) -> bool:
    return evidence.start < sentence.end and evidence.end > sentence.start


def _applied(context: Context, findings: Sequence[Finding], weighed: Sequence[Weighed]) -> list[Finding]:
    """Return the findings with the pairs that are told, without those whose partner is told of another."""
    known = {f.key for f in findings}
    kept = [f for f in findings if not any(_takes(context, w, f) for w in weighed)]
    added: dict[tuple[str, str], Finding] = {}
    for each in weighed:
        if each.key not in known:
            added.setdefault(each.key, _finding(context, each.told))
    return [*kept, *added.values()]


def chosen(context: Context, findings: Sequence[Finding], told: Sequence[Weighed]) -> list[Weighed]:
    """Return those pairs of ``told`` that are likely and do not contradict each other, the likeliest first.

    What the rules read of other towns holds.
    """
    near = _told_near(context, findings)
    weighed = [Weighed(w.told, _raised(w.chance, w.told, near)) for w in told]
    refused = {place.place_id for n in context.notes if n.veto is Veto.UNSTATED for place in n.places}
    likely = [w for w in weighed if w.chance >= least(w.told) and _may_be(context, w.told, refused)]
    likely.sort(key=lambda w: (-w.chance, w.told.partner.start, w.told.owner.start))
    bound: dict[tuple[int, str], set[tuple[str, str]]] = {}  # in a sentence: the pairs of each place ...
    owned: dict[tuple[int, str], set[tuple[str, str]]] = {}  # ... and of each partner
    for finding in findings:
        if context.is_home(finding.a) or context.is_home(finding.b):
            continue
        for sentence in {s for e in finding.evidence for s in context.sentences(e.start, e.end)}:
            bound.setdefault((sentence.start, finding.a.place_id), set()).add(finding.key)
            for pairs in (bound, owned):
                pairs.setdefault((sentence.start, finding.b.place_id), set()).add(finding.key)
    found = []
    for each in likely:
        start = each.told.line.sentence.start
        partner = (start, each.told.partner.place.place_id)
        own = {each.key}
        owner = (start, each.told.owner.place.place_id)
        if bound.get(partner, own) <= own and owned.get(owner, own) <= own:
            bound[partner] = owned[partner] = own
            found.append(each)
    return found


def _told_near(context: Context, findings: Sequence[Finding]) -> dict[int, set[tuple[str, tuple[str, str]]]]:
    """Return, for each sentence, whose bonds the one before it and the one behind tell, and which."""
    found: dict[int, set[tuple[str, tuple[str, str]]]] = {}
    sentences = context.mentions.sentences
    for finding in findings:
        if context.is_home(finding.a) or context.is_home(finding.b):
            continue
        for evidence in finding.evidence:
            at = bisect_left(sentences, evidence.start, key=lambda s: s.start)
            for beside in (*sentences[max(0, at - 1) : at], *sentences[at + 1 : at + 2]):
                found.setdefault(beside.start, set()).add((finding.a.place_id, finding.key))
    return found


def _raised(chance: float, told: Told, near: dict[int, set[tuple[str, tuple[str, str]]]]) -> float:
    """Return a chance, raised where a sentence beside tells another bond of the same owner, or of others."""
    key = _key(told)
    owners = {owner for owner, pair in near.get(told.line.sentence.start, ()) if pair != key}
    if not owners:
        return chance
    odds = chance / (1 - chance + 1e-9) * math.exp(SAME if told.owner.place.place_id in owners else OTHER)
    return odds / (1 + odds)


def _key(told: Told) -> tuple[str, str]:
    first, second = sorted((told.owner.place.place_id, told.partner.place.place_id))
    return first, second


def least(told: Told) -> float:
    """Return from which chance on a pair is taken for told."""
    return LIKELY if told.line.bonds else UNSPOKEN


def _may_be(context: Context, told: Told, refused: set[str]) -> bool:
    """Whether nothing in the sentence speaks against a pair: a denial, or a partner that only locates.

    ``refused`` are the places of partnerships that the page denies or only wishes.
    """
    sentence, lang, text = told.line.sentence, told.line.block.lang, context.text
    at = told.partner.start
    within = sentence.start <= told.owner.start
    if told.line.home and not within:
        return False
    if within and polarity(text[told.owner.start : told.partner.end], lang).denied:
        return False
    owned = text[max(sentence.start, told.owner.start - _BEHIND) : told.owner.start] if within else ""
    likened = owned.split()[-1:] and owned.split()[-1].lower() in load_words(lang, "owners")["likened"]
    if likened or has(owned, lang, "body_of") or has(owned, lang, "along"):
        return False  # like A with B; the university of A; together with A the sponsorship for B
    if within and _locates(context, told.owner, sentence.start, lang):
        return False
    ahead = text[max(sentence.start, at - _AHEAD) : at]
    if has(ahead, lang, "passing") or asks(text[sentence.start : sentence.end]):
        return False
    if told.partner.place.place_id in refused and told.owner.place.place_id in refused:
        return False
    return not polarity(text[slice(*clause(text, sentence.start, sentence.end, at, lang))], lang).denied


def _locates(context: Context, owner: PlaceMention, start: int, lang: str) -> bool:
    """Whether an owner is but where another place lies: Madrid in "Collado Villalba, near Madrid"."""
    before = context.places(start, owner.start)[-1:]
    gap = context.text[before[0].end : owner.start] if before else ""
    return bool(gap) and len(gap) <= _LOCATING and has(gap, lang, "passing")


def _takes(context: Context, weighed: Weighed, finding: Finding) -> bool:
    """Whether what the rules read as the home's bond is that of another town, told in the same sentence."""
    home = context.is_home(finding.a) or context.is_home(finding.b)
    if not home or weighed.told.partner.place.place_id not in finding.key:
        return False
    sentence = weighed.told.line.sentence
    return all(e.rule.split(".")[0] not in _LAYOUT and _meets(sentence, e) for e in finding.evidence)


def _finding(context: Context, told: Told) -> Finding:
    """Return the partnership that a sentence tells, with the sentence for evidence."""
    sentence, block = told.line.sentence, told.line.block
    own = clause(context.text, sentence.start, sentence.end, told.partner.start, block.lang)
    triggers = context.triggers(sentence.start, sentence.end)
    kind, weak = Kind.TWIN, True
    if triggers:
        trigger = governing(triggers, told.partner.start, own)
        kind, weak = trigger.kind, trigger.weak
    status = polarity(context.text[slice(*own)], block.lang).status
    evidence = Evidence(sentence.start, sentence.end, RULE)
    return Finding(told.owner.place, told.partner.place, kind, status, weak, sentence.start, (evidence,))


def load() -> dict[str, float]:
    """Return the weights that the package ships: sign -> weight, in log-odds."""
    return weights_of(__package__, FILE)
