"""How sure a fact is: a share of facts that were right, where people had checked them.

``confidence.toml`` holds what was counted on annotated pages (``training/calibrate.py`` makes it). For each
type of fact: how often each rule was right where it stood alone, what it adds to the odds that several
passages of a page say the same, and what to expect of a rule that no annotated page knows.

A fact is as sure as its surest page makes it: pages copy each other, so many are not surer than one.
A founding date that was not chosen is one that something speaks against.
"""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.schema import FactType

FILE = "confidence.toml"
_LEAST, _MOST = 0.01, 0.99
_DIGITS = 2


@dataclass(frozen=True, slots=True)
class OfType:
    """What was counted of one type of fact.

    ``rules`` holds the share of right facts that rest on one passage by that rule, ``unseen`` that of a rule
    not among them; ``several`` is added to the log-odds where passages of one page agree. ``passed_over`` is
    the share of right ones among dates that were not chosen.
    """

    rules: Mapping[str, float] = field(default_factory=dict)
    unseen: float | None = None
    several: float = 0.0
    passed_over: float | None = None


_NOTHING = OfType()


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was counted, by type of fact; of a type that is not there, nothing is known."""

    types: Mapping[FactType, OfType]

    def of_evidence(self, kind: FactType, rule: str) -> float | None:
        """Return how sure a fact is that rests on one passage, or None if nothing is known."""
        found = self.types.get(kind, _NOTHING)
        return found.rules.get(main_rule(rule), found.unseen)

    def of_page(self, kind: FactType, passages: Iterable[tuple[str, float | None]]) -> float | None:
        """Return how sure a fact is that one page states in some passages, each with rule and confidence."""
        known = [(rule, sure) for rule, sure in passages if sure is not None]
        if not known:
            return None
        best = max(sure for _, sure in known)
        agreeing = sum(rule == main_rule(rule) for rule, _ in known)
        if agreeing < 2:
            return _rounded(best)
        return _rounded(_probability(log_odds(best) + self.types.get(kind, _NOTHING).several))

    def of_passed_over(self, sure: float | None) -> float | None:
        """Return how sure a founding date is that was not chosen, given what its passages say."""
        limit = self.types.get(FactType.FOUNDING_DATE, _NOTHING).passed_over
        return sure if sure is None or limit is None else min(sure, limit)


def main_rule(rule: str) -> str:
    """Return a rule without what it found besides: ``partnership:section`` for its ``.scope``."""
    return rule.split(".")[0]


def log_odds(probability: float) -> float:
    """Return the natural logarithm of the odds, of what is kept off 0 and 1."""
    kept = min(max(probability, _LEAST), _MOST)
    return math.log(kept / (1 - kept))


def by_fact(evidence: Iterable[Mapping[str, Any]], calibration: Calibration) -> dict[str, float | None]:
    """Return the confidence of each fact that rows of the table ``evidence`` are for, by its id."""
    pages: dict[tuple[str, str], dict[str, list[tuple[str, float | None]]]] = defaultdict(dict)
    for row in evidence:
        fact = pages[row["fact_id"], row["fact_type"]]
        fact.setdefault(row["doc_id"], []).append((row["rule"], row["confidence"]))
    of_page = cache(calibration.of_page)  # few rules, many pages
    found: dict[str, float | None] = {}
    for (key, name), documents in pages.items():
        kind = FactType(name)
        sure = [of_page(kind, passages) for passages in set(map(tuple, documents.values()))]
        found[key] = max((value for value in sure if value is not None), default=None)
    return found


@cache
def load() -> Calibration:
    """Return what was counted on the annotated pages."""
    data = tomllib.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    return Calibration({FactType(kind): OfType(**counted) for kind, counted in data.items()})


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _rounded(probability: float) -> float:
    return round(min(max(probability, _LEAST), _MOST), _DIGITS)
