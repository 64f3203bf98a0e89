"""Outcomes counted: precision, recall and F1 per fact type and language, and how each rule did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.evaluate.scoring import Outcome, PageScore, Verdict
from pipeline.lexicon import LANGUAGES
from pipeline.schema import FactType

COLUMNS = ("kind", "status", "role")
NAMES = {
    FactType.PARTNERSHIP: "partnerships",
    FactType.FOUNDING_DATE: "founding_dates",
    FactType.MAYOR: "mayors",
    FactType.THEME: "themes",
}
"""What the figures of a fact type are called: by its table."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Facts that were right, wrong and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was said that is right; 0 if nothing was said."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of what there was to say that was said; 0 if there was nothing."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def figures(self) -> dict[str, float]:
        """Return all by name, as ``score.py`` names and rounds them."""
        return {
            "p": round(self.precision, 4),
            "r": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "tp": self.right,
            "fp": self.wrong,
            "fn": self.missed,
        }


@dataclass(frozen=True, slots=True)
class RuleTally:
    """How a rule did on facts of one type: ``alone`` counts the right ones that no other rule gave."""

    fact_type: FactType
    rule: str
    right: int
    wrong: int
    alone: int

    @property
    def precision(self) -> float:
        """Share of its facts that are right."""
        return _share(self.right, self.right + self.wrong)


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """Count outcomes."""
    counts = Counter(outcome.verdict for outcome in outcomes)
    return Tally(counts[Verdict.RIGHT], counts[Verdict.WRONG], counts[Verdict.MISSED])


def by_type(pages: Sequence[PageScore]) -> dict[FactType, Tally]:
    """Count the outcomes of pages, fact type by fact type."""
    outcomes = [outcome for page in pages for outcome in page.outcomes]
    return {kind: tally(o for o in outcomes if o.fact_type is kind) for kind in FactType}


def macro_f1(tallies: dict[FactType, Tally]) -> float:
    """Return the mean F1 over the fact types."""
    return sum(round(found.f1, 4) for found in tallies.values()) / len(tallies)


def figures(pages: Sequence[PageScore]) -> dict[str, Any]:
    """Return the figures of pages under the names that ``score.py`` gives them."""
    tallies = by_type(pages)
    found: dict[str, Any] = {NAMES[kind]: counts.figures() for kind, counts in tallies.items()}
    found["macro_f1"] = round(macro_f1(tallies), 4)
    for column in COLUMNS:
        values = [value for page in pages for value in page.values if value.column == column]
        found[f"{column}_accuracy"] = round(_share(sum(v.right for v in values), len(values)), 4)
    quotes = sum(page.quotes for page in pages)
    found["grounded"] = round(_share(quotes - sum(len(page.ungrounded) for page in pages), quotes), 4)
    found["quotes"] = quotes
    found["traps_hit"] = sum(len(page.traps) for page in pages)
    found["missing_documents"] = [page.page for page in pages if page.missing]
    return found


def by_language(pages: Sequence[PageScore]) -> dict[str, list[PageScore]]:
    """Part pages by the language that the annotator gave; languages without a page are left out."""
    parted = {lang: [page for page in pages if page.lang == lang] for lang in LANGUAGES}
    return {lang: found for lang, found in parted.items() if found}


def by_rule(pages: Sequence[PageScore]) -> list[RuleTally]:
    """Return how each rule did, fact types in order, the rules with most facts first."""
    right: Counter[tuple[FactType, str]] = Counter()
    wrong: Counter[tuple[FactType, str]] = Counter()
    alone: Counter[tuple[FactType, str]] = Counter()
    for outcome in (outcome for page in pages for outcome in page.outcomes):
        counts = right if outcome.verdict is Verdict.RIGHT else wrong
        counts.update((outcome.fact_type, rule) for rule in outcome.rules)
        if outcome.verdict is Verdict.RIGHT and len(outcome.rules) == 1:
            alone[outcome.fact_type, outcome.rules[0]] += 1
    rows = [RuleTally(*key, right[key], wrong[key], alone[key]) for key in right.keys() | wrong.keys()]
    kinds = list(FactType)
    return sorted(rows, key=lambda row: (kinds.index(row.fact_type), -row.right - row.wrong, row.rule))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
