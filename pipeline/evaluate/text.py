"""An evaluation as lines for people, aligned and safe for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.evaluate import Evaluation
from pipeline.evaluate.figures import COLUMNS, NAMES, by_language, by_rule, by_type, figures, macro_f1
from pipeline.evaluate.reliability import lines as reliability_table
from pipeline.evaluate.scoring import PAIR_MISSED, Outcome, PageScore, Passage, Verdict
from pipeline.schema import FactType
from pipeline.terminal import printable

_QUOTE = 160
_PASSAGES = 2
_ORDER = (Verdict.WRONG, Verdict.MISSED)


def lines(evaluation: Evaluation, listing: bool = True) -> Iterator[str]:
    """Yield the figures and, if ``listing``, every fact that is wrong or missed, page by page."""
    pages = evaluation.pages
    yield from _figures(pages, evaluation.unscored)
    yield ""
    yield from _rules(pages)
    bins = evaluation.reliability()
    if bins:
        yield ""
        yield from reliability_table(bins)
    if listing:
        for page in pages:
            yield from _faults(page)


def share(number: float) -> str:
    """Return a share as it is shown: .937, 1.00."""
    return f"{number:.3f}".removeprefix("0") if number < 0.9995 else "1.00"


def _figures(pages: Sequence[PageScore], unscored: int) -> Iterator[str]:
    languages = by_language(pages)
    parts = ", ".join(f"{len(found)} {lang}" for lang, found in languages.items())
    noun = "page" if len(pages) == 1 else "pages"
    yield f"{len(pages)} annotated {noun} ({parts})" + (f", {unscored} not annotated" if unscored else "")
    yield ""
    yield f"{'':18} {'prec.':>6} {'recall':>6} {'F1':>6} {'right':>6} {'wrong':>6} {'missed':>6}"
    tallies = {"": by_type(pages)} | {lang: by_type(found) for lang, found in languages.items()}
    for kind in FactType:
        for lang, counted in tallies.items():
            counts = counted[kind]
            label = f"  {lang}" if lang else NAMES[kind].replace("_", " ")
            shares = " ".join(f"{share(n):>6}" for n in (counts.precision, counts.recall, counts.f1))
            yield f"{label:18} {shares} {counts.right:6} {counts.wrong:6} {counts.missed:6}"
    mean = "  ".join(f"{lang} {share(macro_f1(counted))}".strip() for lang, counted in tallies.items())
    yield f"{'mean F1':32} {mean.strip():>6}"
    found = figures(pages)
    yield ""
    yield "right of these: " + ", ".join(f"{name} {share(found[f'{name}_accuracy'])}" for name in COLUMNS)
    yield f"quotes that stand on their page: {share(found['grounded'])} of {found['quotes']}"
    yield f"traps stepped into: {found['traps_hit']}"
    if found["missing_documents"]:
        yield "not among the pages: " + ", ".join(map(printable, found["missing_documents"]))


def _rules(pages: Sequence[PageScore]) -> Iterator[str]:
    rows = by_rule(pages)
    width = max((len(row.rule) for row in rows), default=0)
    yield f"{'rule':{width}} {'right':>6} {'wrong':>6} {'prec.':>6} {'alone':>6}"
    for row in rows:
        counts = f"{row.right:6} {row.wrong:6} {share(row.precision):>6} {row.alone:6}"
        yield f"{printable(row.rule):{width}} {counts}"


def _faults(page: PageScore) -> Iterator[str]:
    entries = [*_wrong_or_missed(page), *_wrong_values(page)]
    if not (entries or page.ungrounded or page.traps or page.missing):
        return
    yield ""
    yield printable(page.page) + (" is not among the pages" if page.missing else "")
    yield from entries
    for passage in page.ungrounded:
        yield "  quote not on the page"
        yield _quoted(passage)
    for trap in page.traps:
        yield f"  trap    {printable(trap)}"


def _wrong_or_missed(page: PageScore) -> Iterator[str]:
    for verdict in _ORDER:
        for outcome in page.outcomes:
            if outcome.verdict is verdict:
                yield _headline(outcome)
                if outcome.note != PAIR_MISSED:
                    yield from map(_quoted, outcome.passages[:_PASSAGES])


def _headline(outcome: Outcome) -> str:
    kind = outcome.fact_type.replace("_", " ")
    note = f" ({outcome.note})" if outcome.note else ""
    return f"  {outcome.verdict:6}  {kind:13}  {printable(outcome.label + note)}"


def _wrong_values(page: PageScore) -> Iterator[str]:
    for value in page.values:
        if not value.right:
            yield f"  {value.column:6}  {printable(f'{value.label}: {value.found} for {value.wanted}')}"
            yield from map(_quoted, value.passages[:_PASSAGES])


def _quoted(passage: Passage) -> str:
    words = " ".join(passage.quote.split())
    if len(words) > _QUOTE:
        words = words[: _QUOTE - 1].rstrip() + "…"
    after = (
        f"  [{passage.rule}]" if passage.rule else "" if passage.start >= 0 else "  (not in the cleaned text)"
    )
    return printable(f"          “{words}”{after}")
