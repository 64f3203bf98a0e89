"""Which of a page's dates founds a pair: weighs the candidates that passages and rules offer.

The weights, one a feature, are in ``dater.toml``; ``training/dater.py`` learns them from annotated pages. The
candidates of a pair and "none of them" share out a chance of one. A date that is likely enough is kept as
one of a start, even where no rule could read it; a rule's date that is unlikely is left out.
"""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from pipeline.edtf import covers
from pipeline.extract.context import Context
from pipeline.extract.partnerships.clues import Bond, Candidate, bonds_of, candidates
from pipeline.extract.partnerships.datings import dating
from pipeline.extract.partnerships.finding import Dating
from pipeline.extract.partnerships.reckoned import reckoned
from pipeline.model import Basis, Event, Place

RULE = "founding:weighed"
LIKELY = 0.42
"""From here on a date founds the pair."""
DOUBTFUL = 0.42
"""Below this a rule's date of a start is no such date."""
RIVAL = 0.45
"""Below this it is none beside a likely one, unless it is that of a signing: then below half of this."""
_TAKEN_BACK = {"feast", "led-on", "bracket-other", "absent-since", "in-office", "of-others", "told-end"}
"""What shows a date to be another's than the bond's, whatever the rules read."""
_VOID = {"of-visits", "of-thing", "of-other", "of-end"}
"""What shows a date to be no bond's at all: that of a letter, of another's, of a vote to end it."""
_RANK = (Event.SIGNED, Event.PROCLAIMED, Event.DECIDED, Event.SINCE, Event.ANNIVERSARY)


@dataclass(slots=True)
class Option:
    """A value that may be the date of a pair, with what speaks for it.

    ``ruled`` are the rules' datings of this value, ``offered`` the candidates of the passages.
    """

    edtf: str
    ruled: list[Dating] = field(default_factory=list)
    offered: list[Candidate] = field(default_factory=list)

    def features(self, choice: set[str]) -> list[set[str]]:
        """Return the features of each candidate, those of the rules added; ``choice`` are the rules' own."""
        extra = {f"rule:{d.event}" for d in self.ruled}
        extra |= {f"by:{e.rule.partition(':')[2]}" for d in self.ruled for e in d.evidence}
        if choice:
            extra.add("ruled" if self.edtf in choice else "overruled")
        if not self.offered:
            return [{"rule-only", *extra}]
        return [c.features if c.features & _TAKEN_BACK else c.features | extra for c in self.offered]


def options(
    context: Context, pairs: Sequence[tuple[Place, Place]], datings: Sequence[Dating]
) -> list[tuple[list[Option], set[str]]]:
    """Return the options of each pair, and which of them the rules would choose."""
    bonds = bonds_of(context, pairs)
    by_pair: dict[frozenset[str], list[Dating]] = defaultdict(list)
    for each in datings:
        by_pair[frozenset({each.a.place_id, each.b.place_id})].append(each)
    result = []
    for bond, offered in zip(bonds, candidates(context, bonds), strict=True):
        found: dict[str, Option] = {}
        void: set[str] = set()
        ruled = by_pair[frozenset({bond.a.place_id, bond.b.place_id})]
        for candidate in offered:
            if bond.foreign and "named" not in candidate.features and not _of_bond(context, candidate, bond):
                continue  # what the page tells on and on about is the home
            if _of_one(candidate, bond):
                continue
            edtf = _as_dating(bond.a, bond.b, candidate).edtf
            told = "of-bond" in candidate.features  # "Abkommen vom Mai 2013"
            if candidate.features & _VOID and not told and candidate.date.years is None:
                void.add(edtf)
                continue
            found.setdefault(edtf, Option(edtf)).offered.append(candidate)
        void -= set(found)
        ruled = [d for d in ruled if d.edtf not in void]
        for each in ruled:
            found.setdefault(each.edtf, Option(each.edtf)).ruled.append(each)
        result.append((list(found.values()), _choice(ruled)))
    return result


def _of_bond(context: Context, candidate: Candidate, bond: Bond) -> bool:
    """Whether the words of a date name both places of a bond and tell no end."""
    if candidate.event is Event.ENDED:
        return False
    named = {m.place.place_id for m in context.places(candidate.start, candidate.end)}
    return {bond.a.place_id, bond.b.place_id} <= named


def _of_one(candidate: Candidate, bond: Bond) -> bool:
    """Whether a sentence names but one of two towns abroad from home, and nothing that has begun."""
    alone = bond.foreign and not bond.hub and "foreign-1" in candidate.features
    return alone and "owner" not in candidate.features and candidate.event is not Event.SINCE


def weigh(found: Sequence[Option], choice: set[str], weights: dict[str, float]) -> dict[str, float]:
    """Return the chance of each option; what is missing to one is the chance of none."""
    scores: list[tuple[str, float]] = [
        (option.edtf, weights.get("bias", 0.0) + sum(weights.get(f, 0.0) for f in sorted(features)))
        for option in found
        for features in option.features(choice)
    ]
    top = max([0.0, *(score for _, score in scores)])
    total = math.exp(-top) + sum(math.exp(score - top) for _, score in scores)
    chances: dict[str, float] = defaultdict(float)
    for edtf, score in scores:
        chances[edtf] += math.exp(score - top) / total
    return chances


def weighed(
    context: Context, pairs: Sequence[tuple[Place, Place]], datings: Sequence[Dating]
) -> list[Dating]:
    """Return the datings of all pairs: those of the rules that hold, and what the passages add."""
    kept: list[Dating] = []
    dated: dict[int, str] = {}
    for index, ((a, b), (found, choice)) in enumerate(
        zip(pairs, options(context, pairs, datings), strict=True)
    ):
        chances = weigh(found, choice, _weights())
        best = max(found, key=lambda option: (chances[option.edtf], option.edtf), default=None)
        if best is not None and (chances[best.edtf] < LIKELY or "X" in best.edtf):
            best = None
        for option in found:
            chance = chances[option.edtf]
            held = option.ruled
            if option is best:
                held = _started(a, b, option)
            elif not _holds(option, chance, best):
                held = [d for d in option.ruled if not _start(d)]
            if any(_start(d) for d in held) and (option is best or best is None):
                dated[index] = option.edtf
            kept += held
    keys = {frozenset({a.place_id, b.place_id}) for a, b in pairs}
    kept += [d for d in datings if d.event is Event.ENDED and frozenset(d.key) in keys and d not in kept]
    return kept + reckoned(context, bonds_of(context, pairs), dated)


def _holds(option: Option, chance: float, best: Option | None) -> bool:
    """Whether a rule's date of a start is kept: a decade is, and what says the same as the likeliest."""
    if best is None:
        return chance >= DOUBTFUL or "X" in option.edtf
    if any(c.features & _TAKEN_BACK for c in option.offered):
        return False
    events = {d.event for d in option.ruled}
    if (
        Event.DECIDED in events
        and Event.SIGNED not in events
        and any(d.event is Event.SIGNED for d in best.ruled)
    ):
        return True  # what was decided first is told beside the signing, and never chosen before it
    signed = Event.SIGNED in events
    return (
        chance >= (RIVAL / 2 if signed else RIVAL)
        or covers(option.edtf, best.edtf)
        or covers(best.edtf, option.edtf)
    )


def _started(a: Place, b: Place, option: Option) -> list[Dating]:
    """Return the datings of an option that founds the pair; at least one is of a start."""
    if any(_start(d) for d in option.ruled):
        return option.ruled
    first = next(
        (c for c in option.offered if c.event in _RANK), option.offered[0] if option.offered else None
    )
    if first is None:
        d = option.ruled[0]
        return [*option.ruled, Dating(d.a, d.b, d.edtf, Event.SINCE, d.basis, d.evidence)]
    return [*option.ruled, _as_dating(a, b, first)]


def _as_dating(a: Place, b: Place, candidate: Candidate) -> Dating:
    event = candidate.event if candidate.event in _RANK else Event.SINCE
    if candidate.date.years is not None:
        event = Event.ANNIVERSARY
    return dating(a, b, candidate.date, event, (candidate.start, candidate.end), RULE)


def _start(dating: Dating) -> bool:
    """Whether a dating is one of a start."""
    if dating.event is Event.ANNIVERSARY:
        return dating.basis is Basis.DERIVED
    return dating.event in _RANK


def _choice(ruled: Sequence[Dating]) -> set[str]:
    """Return the values that the rules put first: stated before derived, the formal act before the rest."""
    starts = [(d.basis is not Basis.STATED, _RANK.index(d.event), d.edtf) for d in ruled if _start(d)]
    if not starts:
        return set()
    best = min(starts)[:2]
    return {edtf for *rank, edtf in starts if tuple(rank) == best}


@cache
def _weights() -> dict[str, float]:
    text = (files("pipeline.extract.partnerships") / "dater.toml").read_text(encoding="utf-8")
    return {name: float(weight) for name, weight in tomllib.loads(text)["weights"].items()}
