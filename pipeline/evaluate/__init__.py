"""How well pages are read, measured against pages annotated by hand.

The figures are those of the annotators' ``score.py``, to the digit; here they come with every fact that is
wrong or missed, and with what each rule contributes.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.chain import Models
from pipeline.evaluate.figures import by_language, by_rule, figures
from pipeline.evaluate.gold import GoldError, GoldPage, read_gold
from pipeline.evaluate.matching import visible
from pipeline.evaluate.reliability import Bin, reliability
from pipeline.evaluate.scoring import Outcome, PageScore, Verdict, score
from pipeline.model import MediaType, Page, Rejected
from pipeline.run import collect, read_pages

__all__ = ["Evaluation", "GoldError", "Outcome", "PageScore", "Verdict", "evaluate"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of the annotated pages.

    ``unscored`` counts the pages that were read and that nobody annotated, ``rejected`` holds those that
    could not be read. ``sha256`` is of the annotations and of the pages they are of: figures can be compared
    only where it is the same.
    """

    pages: tuple[PageScore, ...]
    unscored: int
    rejected: tuple[Rejected, ...]
    sha256: str

    def figures(self) -> dict[str, Any]:
        """Return all figures by name: over all pages, by ``languages``, ``rules`` and confidence."""
        found = figures(self.pages)
        found["languages"] = {lang: figures(pages) for lang, pages in by_language(self.pages).items()}
        found["rules"] = {
            row.rule: {
                "p": round(row.precision, 4),
                "right": row.right,
                "wrong": row.wrong,
                "alone": row.alone,
            }
            for row in by_rule(self.pages)
        }
        found["reliability"] = [asdict(row) for row in self.reliability()]
        return found

    def reliability(self) -> list[Bin]:
        """Return how often facts of like confidence were right; empty if none has a confidence."""
        stated = [
            outcome
            for page in self.pages
            for outcome in (*page.outcomes, *page.passed_over)
            if outcome.verdict is not Verdict.MISSED
        ]
        return reliability(
            (outcome.confidence, outcome.verdict is Verdict.RIGHT)
            for outcome in stated
            if outcome.confidence is not None
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the figures, and as ``facts`` all that is wrong or missed."""
        facts = [
            {"page": page.page, "lang": page.lang, **asdict(outcome)}
            for page in self.pages
            for outcome in page.outcomes
            if outcome.verdict is not Verdict.RIGHT
        ]
        values = [
            {"page": page.page, "lang": page.lang, **asdict(value)}
            for page in self.pages
            for value in page.values
            if not value.right
        ]
        return {**self.figures(), "facts": facts, "values": values}


def evaluate(
    pages: Sequence[str | Path],
    gold: Sequence[str | Path],
    *,
    workers: int = 1,
    models: Models | None = None,
) -> Evaluation:
    """Read pages, and judge the tables made of them by the annotations.

    All pages are normalised together, as in a run: pages without an annotation are not scored, but may
    settle what others leave open.

    Args:
        pages: Files and folders; an annotation finds its page by file name, wherever it lies in them.
        gold: Annotations, files and folders.
        workers: Number of processes; the figures do not depend on it.
        models: The models to recognise with.

    Raises:
        GoldError: An annotation cannot be used, or two pages have the file name that it gives.
        RunError: An input is missing, no page was found, or a model is missing.
    """
    annotated = read_gold(gold)
    seen = {page.source: _visible(page) for page in read_pages(pages) if isinstance(page, Page)}
    found = collect(pages, workers=workers, models=models)
    tables = found.tables
    hashes = {str(row["source"]): str(row["sha256"]) for row in tables.rows("documents")}
    _check_one_each(annotated, list(hashes))
    judged = score(tables, annotated, seen)
    scored = sum(not page.missing for page in judged)
    return Evaluation(judged, len(hashes) - scored, found.rejected, _digest(annotated, hashes))


def _visible(page: Page) -> str:
    return visible(page.text, markup=page.media_type is not MediaType.TEXT)


def _digest(gold: Sequence[GoldPage], hashes: Mapping[str, str]) -> str:
    of_page = {source.rsplit("/", 1)[-1]: sha256 for source, sha256 in hashes.items()}
    lines = sorted(f"{page.page} {page.digest} {of_page.get(page.page)}\n" for page in gold)
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def _check_one_each(gold: Sequence[GoldPage], sources: Sequence[str]) -> None:
    named: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        named[source.rsplit("/", 1)[-1]].append(source)
    for page in gold:
        if len(named[page.page]) > 1:
            raise GoldError(f"which page is {page.page}? There are " + " and ".join(sorted(named[page.page])))
