"""An evaluation as one HTML page: no script, nothing loaded, everything that pages say escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files

from pipeline import report
from pipeline.evaluate import Evaluation
from pipeline.evaluate.figures import NAMES, by_language, by_rule, by_type, figures, macro_f1
from pipeline.evaluate.scoring import PAIR_MISSED, PageScore, Passage, Verdict
from pipeline.evaluate.text import share
from pipeline.report import shown
from pipeline.schema import FactType

_AROUND = 120
_PASSAGES = 4


def page(evaluation: Evaluation) -> str:
    """Return the page: the figures, then every fact that is wrong or missed, its words marked in context."""
    style = files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    body = [
        "<h1>How well the pages are read</h1>",
        *_figures(evaluation),
        "<h2>Rules</h2>",
        *_rules(evaluation.pages),
        "<h2>Confidence</h2>",
        *_reliability(evaluation),
        "<h2>Wrong and missed</h2>",
        *(part for scored in evaluation.pages for part in _page(scored)),
    ]
    return report.page("Twintown: evaluation", style, body)


def _row(cells: Sequence[object], cell: str = "td", kind: str = "") -> str:
    inside = "".join(f"<{cell}>{content}</{cell}>" for content in cells)
    return f'<tr class="{kind}">{inside}</tr>' if kind else f"<tr>{inside}</tr>"


def _figures(evaluation: Evaluation) -> Iterator[str]:
    pages = evaluation.pages
    languages = by_language(pages)
    tallies = {"": by_type(pages)} | {lang: by_type(found) for lang, found in languages.items()}
    yield "<table>"
    yield _row(["", "precision", "recall", "F1", "right", "wrong", "missed"], "th")
    for kind in FactType:
        for lang, counted in tallies.items():
            counts = counted[kind]
            label = lang or NAMES[kind].replace("_", " ")
            shares = [share(n) for n in (counts.precision, counts.recall, counts.f1)]
            yield _row([label, *shares, counts.right, counts.wrong, counts.missed], kind="part" * bool(lang))
    for lang, counted in tallies.items():
        label = lang or "mean F1"
        yield _row([label, "", "", share(macro_f1(counted)), "", "", ""], kind="part" * bool(lang))
    yield "</table>"
    found = figures(pages)
    yield (
        f"<p>{len(pages)} annotated pages. Of the right facts, {share(found['kind_accuracy'])} have the "
        f"right kind, {share(found['status_accuracy'])} the right status, {share(found['role_accuracy'])} "
        f"the right role. Of {found['quotes']} quotes {share(found['grounded'])} stand on their page. "
        f"Traps stepped into: {found['traps_hit']}.</p>"
    )


def _rules(pages: Sequence[PageScore]) -> Iterator[str]:
    yield "<table>"
    yield _row(["rule", "right", "wrong", "precision", "right by it alone"], "th")
    for row in by_rule(pages):
        yield _row([shown(row.rule), row.right, row.wrong, share(row.precision), row.alone])
    yield "</table>"


def _reliability(evaluation: Evaluation) -> Iterator[str]:
    yield "<table>"
    yield _row(["confidence", "facts", "mean", "right"], "th")
    for found in evaluation.reliability():
        label = f"{found.low:.2f} to {found.high:.2f}"
        yield _row([label, found.number, share(found.mean), share(found.right)])
    yield "</table>"


def _page(scored: PageScore) -> Iterator[str]:
    entries = [*_outcomes(scored), *_values(scored), *_others(scored)]
    if entries:
        yield f"<h3>{shown(scored.page)}</h3>"
        yield from entries


def _outcomes(scored: PageScore) -> Iterator[str]:
    for verdict in (Verdict.WRONG, Verdict.MISSED):
        for outcome in scored.outcomes:
            if outcome.verdict is verdict:
                what = f"{verdict} {outcome.fact_type.replace('_', ' ')}"
                passages = () if outcome.note == PAIR_MISSED else outcome.passages
                yield from _entry(scored, verdict, what, outcome.label, outcome.note, passages)


def _values(scored: PageScore) -> Iterator[str]:
    for value in scored.values:
        if not value.right:
            note = f"{value.found} for {value.wanted}"
            yield from _entry(scored, "wrong", f"wrong {value.column}", value.label, note, value.passages)


def _others(scored: PageScore) -> Iterator[str]:
    if scored.missing:
        yield "<p>The page is not among those that were read.</p>"
    for passage in scored.ungrounded:
        yield from _entry(scored, "wrong", "quote not on the page", "", "", (passage,))
    for trap in scored.traps:
        yield from _entry(scored, "wrong", "trap", trap, "", ())


def _entry(
    scored: PageScore, kind: str, what: str, label: str, note: str, passages: Sequence[Passage]
) -> Iterator[str]:
    after = f' <span class="note">{shown(note)}</span>' if note else ""
    yield f'<article class="{kind}"><p>{shown(what)}: <strong>{shown(label)}</strong>{after}</p>'
    for passage in passages[:_PASSAGES]:
        yield f"<blockquote>{_in_context(scored.text, passage)}</blockquote>"
    yield "</article>"


def _in_context(text: str, passage: Passage) -> str:
    if passage.start < 0:
        quote = f"<q>{shown(passage.quote)}</q>"
        return f'{quote} <span class="note">does not stand in the cleaned text</span>'
    before, after = text[: passage.start][-_AROUND:], text[passage.end :][:_AROUND]
    if len(before) < passage.start:
        before = "… " + before.partition(" ")[2]
    if passage.end + len(after) < len(text):
        after = after.rpartition(" ")[0] + " …"
    rule = f" <code>{shown(passage.rule)}</code>" if passage.rule else ""
    # White space at the borders is one space, so that words do not run together.
    left, right = (" " if side and side.isspace() else "" for side in (before[-1:], after[:1]))
    quote = shown(text[passage.start : passage.end])
    return f"{shown(before)}{left}<mark>{quote}</mark>{right}{shown(after)}{rule}"
