"""Measure recognition mention by mention, on pages annotated by hand.

    python -m benchmarks.mentions [ANNOTATIONS] [CORPUS] [--misses] [--no-search]

A row a page and a total: precision, recall and F1 of persons (exact span; span and full name), of places
(exact span; span and link) and of dates, the share of the places found that are linked rightly, and the
recall of regions. A place is linked rightly when its id is the annotated one or, where the gazetteer lacks
it, when it is unlinked with the same name and country. A region may come as a place or as a country's
division. A date is right when the spans overlap and the EDTF value is the same.

What is annotated as ``optional`` (a town's name inside a firm's, a people's name) counts neither as found
nor as false. ``search_dates`` of dateparser reads the same blocks; since it always returns a whole day, its
days are cut to the annotated precision, in its favour.

Where cleaning has changed a page since it was annotated, each mark is searched near its old place; what
is not found again is counted as lost and left out, and what the text has gained is not annotated.
"""

from __future__ import annotations

import argparse
import re
import time
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from benchmarks.marks import Annotation, Mark, pages
from pipeline.model import Basis, Document, Mentions, Place
from pipeline.recognise import Recogniser
from pipeline.recognise.dates import find_dates

ROOT = Path(__file__).resolve().parents[1]
REGION = "region"


class Found(NamedTuple):
    """A recognised span: its value, and for a place the place."""

    start: int
    end: int
    value: str | None = None
    place: Place | None = None


Span = Mark | Found


@dataclass
class Tally:
    """How many are annotated, found, and right."""

    gold: int = 0
    found: int = 0
    right: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Return the sum."""
        return Tally(self.gold + other.gold, self.found + other.found, self.right + other.right)

    @property
    def precision(self) -> float:
        """The share of what is found that is right, 1 where nothing is found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is annotated that is found, 1 where nothing is annotated."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.gold + self.found
        return 2 * self.right / total if total else 1.0


@dataclass
class Scores:
    """Tallies by measure, and the errors as ``(measure, sort, words)``."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    errors: list[tuple[str, str, str]] = field(default_factory=list)

    def __add__(self, other: Scores) -> Scores:
        """Return both together."""
        names = {**self.tallies, **other.tallies}
        sums = {n: self.tallies.get(n, Tally()) + other.tallies.get(n, Tally()) for n in names}
        return Scores(sums, self.errors + other.errors)


def score(marked: Annotation, mentions: Mentions) -> Scores:
    """Compare what is recognised on a page with its annotation."""
    scores = Scores()
    _score_persons(scores, marked, mentions)
    _score_places(scores, marked, mentions)
    _score_dates(scores, marked, mentions)
    return scores


def _score_persons(scores: Scores, marked: Annotation, mentions: Mentions) -> None:
    people = marked.marks["persons"]
    found = [Found(p.start, p.end, p.name) for p in mentions.persons]
    found = _outside(found, _optional(marked, "person"), people)
    hits = _exact(people, found)
    _tally(scores, "PER", mentions.document, people, found, hits)
    wrong = {mark: hit for mark, hit in hits.items() if hit.value != mark.value[0]}
    scores.tallies["PER+name"] = Tally(len(people), len(found), len(hits) - len(wrong))
    for mark, hit in wrong.items():
        scores.errors.append(("PER+name", "wrong", f"{hit.value!r}, not {mark.value[0]!r}"))


def _score_places(scores: Scores, marked: Annotation, mentions: Mentions) -> None:
    document = mentions.document
    towns = [mark for mark in marked.marks["places"] if mark.value[0] != REGION]
    regions = [mark for mark in marked.marks["places"] if mark.value[0] == REGION]
    places = [Found(p.start, p.end, p.form, p.place) for p in mentions.places]
    settled = _outside(places, [*_optional(marked, "place"), *regions], towns)
    hits = _exact(towns, settled)
    _tally(scores, "place", document, towns, settled, hits)
    wrong = {mark: hit for mark, hit in hits.items() if hit.place and not _same_place(mark, hit.place)}
    right = len(hits) - len(wrong)
    scores.tallies["place+link"] = Tally(len(towns), len(settled), right)
    scores.tallies["link"] = Tally(len(hits), len(hits), right)
    for mark, hit in wrong.items():
        what = f"{hit.place.place_id} {hit.place.name}" if hit.place else ""
        scores.errors.append(("link", "wrong", _words(document, mark, f"{what}, not {_texts(mark)}")))
    divisions = [Found(c.start, c.end, c.country) for c in mentions.countries if c.admin1]
    divisions += [Found(p.start, p.end, p.place.country) for p in places if p.place]
    hits = {mark: hit for mark, hit in _exact(regions, divisions).items() if hit.value == mark.value[2]}
    _tally(scores, "region", document, regions, list(hits.values()), hits)


def _score_dates(scores: Scores, marked: Annotation, mentions: Mentions) -> None:
    explicit, relative = marked.marks["dates"], marked.marks["relative"]
    every = [(Found(d.start, d.end, d.edtf), d.basis) for d in mentions.dates if d.edtf]
    stated = [d for d, basis in every if basis is Basis.STATED or any(_overlap(d, m) for m in explicit)]
    stated = [d for d in stated if not any(_overlap(d, m) and m.value[0] == d.value for m in relative)]
    others = [d for d, _ in every if d not in stated]
    stated = _outside(stated, _optional(marked, "date"), explicit)
    _tally(scores, "date", mentions.document, explicit, stated, _valued(explicit, stated))
    told = [mark for mark in relative if mark.value[0]]
    _tally(scores, "relative", mentions.document, told, others, _valued(told, others))


def _tally(
    scores: Scores,
    measure: str,
    document: Document,
    gold: Sequence[Mark],
    found: Sequence[Found],
    hits: dict[Mark, Found],
) -> None:
    """Note how many are right, and which are missed or false."""
    scores.tallies[measure] = Tally(len(gold), len(found), len(hits))
    missed = [_words(document, mark, _texts(mark)) for mark in gold if mark not in hits]
    scores.errors += [(measure, "missed", words) for words in missed]
    for each in found:
        if each not in hits.values():
            value = each.place.place_id if each.place else each.value
            scores.errors.append((measure, "false", _words(document, each, value)))


def searched(marked: Annotation, document: Document, settings: dict[str, object]) -> tuple[Tally, float]:
    """Return how right ``search_dates`` is on a page's explicit dates, and the seconds it took."""
    from dateparser.search import search_dates

    found, seconds = [], 0.0
    for block in document.blocks:
        text, at = document.words(block), 0
        start = time.process_time()
        hits = search_dates(text, languages=[block.lang], settings=settings) or []
        seconds += time.process_time() - start
        for words, value in hits:  # it gives no offsets
            here = text.find(words, at)
            at = here + len(words) if here >= 0 else at
            if here >= 0:
                found.append(Found(block.start + here, block.start + at, value.date().isoformat()))
    explicit = marked.marks["dates"]
    found = _outside(found, [*marked.marks["relative"], *_optional(marked, "date")], explicit)
    right = 0
    for mark in explicit:
        edtf = mark.value[0] or ""
        cut = edtf if re.fullmatch(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?", edtf) else edtf[:4].rstrip("X")
        right += any(_overlap(mark, f) and (f.value or "").startswith(cut) for f in found)
    return Tally(len(explicit), len(found), right), seconds


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _outside(found: Iterable[Found], ignored: Sequence[Mark], gold: Sequence[Mark]) -> list[Found]:
    """Return what does not touch an ignored span, unless it touches an annotated one as well."""
    return [f for f in found if any(_overlap(f, g) for g in gold) or not any(_overlap(f, i) for i in ignored)]


def _optional(marked: Annotation, kind: str) -> list[Mark]:
    return [mark for mark in marked.marks["optional"] if mark.value[0] == kind]


def _exact(gold: Sequence[Mark], found: Sequence[Found]) -> dict[Mark, Found]:
    by_span = {(f.start, f.end): f for f in found}
    return {g: by_span[g.start, g.end] for g in gold if (g.start, g.end) in by_span}


def _valued(gold: Sequence[Mark], found: Sequence[Found]) -> dict[Mark, Found]:
    """Pair each date with the first free one that overlaps it and has its value."""
    hits: dict[Mark, Found] = {}
    for mark in gold:
        free = (f for f in found if f not in hits.values() and _overlap(mark, f) and f.value == mark.value[0])
        if hit := next(free, None):
            hits[mark] = hit
    return hits


def _same_place(mark: Mark, place: Place) -> bool:
    _, name, country, geonames = mark.value
    if geonames:
        return place.place_id == f"geonames:{geonames}"
    return not place.linked and place.country == country and place.name in (name, mark.surface)


def _texts(mark: Mark) -> str:
    return "; ".join(each for each in mark.value if each)


def _words(document: Document, span: Span, value: str | None) -> str:
    text, start, end = document.text, span.start, span.end
    line = f"{text[max(0, start - 30) : start]}[{text[start:end]}]{text[end : end + 30]} = {value}"
    return line.replace("\n", "/").replace("\t", "|")


_COLUMNS = ("PER", "PER+name", "place", "place+link", "link", "region", "date", "relative")


def _row(name: str, tallies: dict[str, Tally]) -> str:
    cells = []
    for measure in _COLUMNS:
        t = tallies.get(measure, Tally())
        one = measure in ("link", "region")
        cells.append(f"{t.recall:13.3f}" if one else f"  {t.precision:.2f}/{t.recall:.2f}/{t.f1:.3f}")
    return f"{name:40}" + "".join(f"{cell:>17}" for cell in cells)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = ROOT / "tests" / "recognise" / "mentions"
    parser.add_argument("annotations", type=Path, nargs="?", default=default)
    parser.add_argument("corpus", type=Path, nargs="?", default=ROOT / "corpus")
    parser.add_argument("--misses", action="store_true", help="print every error")
    parser.add_argument("--no-search", action="store_true", help="leave dateparser's search out")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    recogniser, total = Recogniser(), Scores()
    annotated = pages(arguments.annotations, arguments.corpus)
    print(f"{'':40}" + "".join(f"{name:>17}" for name in _COLUMNS))
    for document, marked in annotated:
        scores = score(marked, recogniser.recognise(document))
        total += scores
        lost = f"  text changed, {len(marked.lost)} marks lost {marked.lost}" if marked.moved else ""
        print(_row(marked.page, scores.tallies) + lost)
        if arguments.misses:
            for measure, sort, words in scores.errors:
                print(f"    {measure:9}{sort:8}{words}")
    print(_row("all (precision/recall/F1)", total.tallies))
    for name in _COLUMNS:
        t = total.tallies[name]
        print(f"{name:12}{t.gold:5} annotated{t.found:5} found{t.right:5} right")
    if not arguments.no_search:
        _compare(annotated, total.tallies["date"])


def _compare(annotated: Sequence[tuple[Document, Annotation]], ours: Tally) -> None:
    """Print explicit dates and processor time beside ``search_dates``, as it comes and restricted."""
    base: dict[str, object] = {"RELATIVE_BASE": datetime(2000, 1, 1), "DATE_ORDER": "DMY"}
    strict = {**base, "REQUIRE_PARTS": ["year"], "PARSERS": ["absolute-time"]}
    characters = sum(len(document.text) for document, _ in annotated)
    best = float("inf")
    for _ in range(10):
        start = time.process_time()
        for document, _ in annotated:
            find_dates(document)
        best = min(best, time.process_time() - start)
    print(f"\n{f'explicit dates, {characters} characters':33}", end="")
    print(f"{'precision':>15}{'recall':>9}{'seconds':>10}{'ratio':>8}")
    print(f"{'grammar':33}{ours.precision:15.3f}{ours.recall:9.3f}{best:10.3f}{1:8}")
    for name, settings in (("search_dates", base), ("search_dates, year required", strict)):
        tallies, seconds = [], float("inf")
        for _ in range(2):
            runs = [searched(marked, document, settings) for document, marked in annotated]
            seconds = min(seconds, sum(each for _, each in runs))
            tallies = [tally for tally, _ in runs]
        t = sum(tallies, Tally())
        print(f"{name:33}{t.precision:15.3f}{t.recall:9.3f}{seconds:10.3f}{seconds / best:8.0f}")


if __name__ == "__main__":
    main()
