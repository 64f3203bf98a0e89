"""The tables of some pages against what was annotated of them, fact by fact.

What counts as right is decided as the shared ``score.py`` does it:

- A partnership is right if both places are those of an annotated pair; its kind and status are looked at
  apart. Annotated pairs choose in their order, each partnership serves once.
- Of a right pair's dates the chosen ones count, or all where none is chosen; one that a reader would accept
  is enough. A decade that nobody annotated is passed over. A wrong date is also one missed, where the page
  gives another. A wrong pair's dates are wrong, a missed pair's are missed.
- A mayor is right by person and town, the role is looked at apart; a theme by its name, once a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pipeline import edtf
from pipeline.evaluate.gold import GoldMayor, GoldPage, GoldPair, GoldPlace
from pipeline.evaluate.matching import Locator, folded, names_of, same_person, same_place, squeeze
from pipeline.model import Basis, Event
from pipeline.normalise import Tables
from pipeline.normalise.confidence import main_rule
from pipeline.normalise.dates import is_start
from pipeline.schema import FactType

_TABLES = {
    FactType.PARTNERSHIP: ("partnerships", "partnership_id"),
    FactType.FOUNDING_DATE: ("founding_dates", "founding_id"),
    FactType.MAYOR: ("mayors", "mayor_id"),
    FactType.THEME: ("themes", "theme_id"),
}
Row = dict[str, Any]

PAIR_MISSED = "its pair is missed"
"""Said of a date that stands in the same quote as its pair, which is missed too."""


class Verdict(StrEnum):
    """What became of a fact."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a page: our evidence with its rule, or an annotator's quote without one.

    ``start`` is -1 where the words do not stand in the cleaned text.
    """

    quote: str
    start: int
    end: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One fact that is right, wrong or missed.

    ``note`` says what stands for what ("1999 for 1974"), ``confidence`` is that of the tables.
    """

    fact_type: FactType
    verdict: Verdict
    label: str
    passages: tuple[Passage, ...]
    note: str = ""
    confidence: float | None = None

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that gave the fact, each once; what a rule adds (``section.scope``) is the rule's."""
        return tuple(dict.fromkeys(main_rule(passage.rule) for passage in self.passages if passage.rule))


@dataclass(frozen=True, slots=True)
class Value:
    """A kind, status or role that a right fact has, and the one it should have."""

    column: str
    label: str
    found: str
    wanted: str
    passages: tuple[Passage, ...]

    @property
    def right(self) -> bool:
        """Whether they are the same."""
        return self.found == self.wanted


@dataclass(frozen=True, slots=True)
class PageScore:
    """All that is to be said of one annotated page.

    ``quotes`` counts its pieces of evidence, ``ungrounded`` holds those that do not stand on the page;
    ``traps`` names the wrong pairs that the annotator warned of. ``passed_over`` are dates of a start that
    were not chosen, right if a reader would accept them or one within them: no figure counts them. ``text``
    is the cleaned text. ``missing`` marks a page that was not among those read.
    """

    page: str
    lang: str
    outcomes: tuple[Outcome, ...]
    values: tuple[Value, ...] = ()
    quotes: int = 0
    ungrounded: tuple[Passage, ...] = ()
    traps: tuple[str, ...] = ()
    passed_over: tuple[Outcome, ...] = ()
    text: str = ""
    missing: bool = False


def score(tables: Tables, gold: Sequence[GoldPage], visible: Mapping[str, str]) -> tuple[PageScore, ...]:
    """Judge the tables page by page.

    Args:
        tables: Those of all pages together.
        gold: The annotations.
        visible: What a reader sees of each page (``matching.visible``), by its source.

    Returns:
        One record an annotation, in their order.
    """
    found = _Found(tables, visible)
    return tuple(found.judged(page) for page in gold)


class _Found:
    """The tables, looked up by page."""

    def __init__(self, tables: Tables, visible: Mapping[str, str]) -> None:
        self._texts = tables.texts
        self._visible = visible
        self._documents = {_name(row["source"]): row for row in _rows(tables, "documents")}
        self._facts = {
            kind: {row[key]: row for row in _rows(tables, name)} for kind, (name, key) in _TABLES.items()
        }
        self._evidence: dict[str, list[Row]] = defaultdict(list)
        for row in _rows(tables, "evidence"):
            self._evidence[row["doc_id"]].append(row)
        self._names = {
            row["place_id"]: folded([row["name"], *(row["surface_forms"] or "").split("|")])
            for row in _rows(tables, "places")
        }

    def judged(self, gold: GoldPage) -> PageScore:
        document = self._documents.get(gold.page)
        if document is None:
            return _Judge(self, gold, [], "").verdict(missing=True)
        evidence = self._evidence[document["doc_id"]]
        judge = _Judge(self, gold, evidence, self._texts.get(document["doc_id"], ""))
        seen = self._visible.get(document["source"])
        if seen is None:
            return judge.verdict()
        squeezed = squeeze(seen)
        lost = tuple(_passage(row) for row in evidence if squeeze(row["quote"]) not in squeezed)
        return judge.verdict(quotes=len(evidence), ungrounded=lost)

    def rows(self, kind: FactType, evidence: Sequence[Row]) -> list[Row]:
        """Return the facts of a kind that the evidence is for, each once."""
        ids = dict.fromkeys(row["fact_id"] for row in evidence if row["fact_type"] == kind)
        return [self._facts[kind][key] for key in ids]

    def names(self, place_id: str, shown: str) -> frozenset[str]:
        """Return all names of a place, as they are compared."""
        return self._names.get(place_id, frozenset()) | folded([shown])


class _Judge:
    """Judges one page."""

    def __init__(self, found: _Found, gold: GoldPage, evidence: Sequence[Row], text: str) -> None:
        self._found = found
        self._gold = gold
        self._evidence = evidence
        self._text = text
        self._locator = Locator(text)
        self._outcomes: list[Outcome] = []
        self._values: list[Value] = []
        self._traps: list[str] = []
        self._passed_over: list[Outcome] = []

    def verdict(
        self, quotes: int = 0, ungrounded: tuple[Passage, ...] = (), missing: bool = False
    ) -> PageScore:
        self._partnerships()
        self._mayors()
        self._themes()
        return PageScore(
            page=self._gold.page,
            lang=self._gold.lang,
            outcomes=tuple(self._outcomes),
            values=tuple(self._values),
            quotes=quotes,
            ungrounded=ungrounded,
            traps=tuple(self._traps),
            passed_over=tuple(self._passed_over),
            text=self._text,
            missing=missing,
        )

    def _partnerships(self) -> None:
        rows = self._found.rows(FactType.PARTNERSHIP, self._evidence)
        dates: dict[str, list[Row]] = defaultdict(list)
        for date in self._found.rows(FactType.FOUNDING_DATE, self._evidence):
            dates[date["partnership_id"]].append(date)
        for pair in self._gold.partnerships:
            hit = next((row for row in rows if self._is_pair(row, pair.a, pair.b)), None)
            if hit is None:
                self._missed(FactType.PARTNERSHIP, f"{pair.label} [{pair.kind}]", pair.quote)
                if pair.dates:
                    note = PAIR_MISSED
                    self._missed(
                        FactType.FOUNDING_DATE, f"{pair.label}: {_any_of(pair.dates)}", pair.quote, note
                    )
                continue
            rows.remove(hit)
            self._add(FactType.PARTNERSHIP, Verdict.RIGHT, f"{pair.label} [{hit['kind']}]", [hit])
            self._value("kind", pair.label, hit["kind"], pair.kind, hit)
            self._value("status", pair.label, hit["status"], pair.status, hit)
            self._date(pair, dates[hit["partnership_id"]])
        for row in rows:
            label = f"{row['place_a']} - {row['place_b']}"
            self._add(FactType.PARTNERSHIP, Verdict.WRONG, f"{label} [{row['kind']}]", [row])
            given = [date for date in dates[row["partnership_id"]] if "X" not in date["date"]]
            if given:
                values = _any_of(date["date"] for date in given)
                self._add(
                    FactType.FOUNDING_DATE, Verdict.WRONG, f"{label}: {values}", given, "its pair is wrong"
                )
            for trap in self._gold.traps:
                if self._is_trap(row, trap.a, trap.b):
                    self._traps.append(f"{label}: {trap.why}")

    def _is_pair(self, row: Row, one: GoldPlace, other: GoldPlace) -> bool:
        a, b = self._sides(row)
        return (same_place(one, *a) and same_place(other, *b)) or (
            same_place(one, *b) and same_place(other, *a)
        )

    def _is_trap(self, row: Row, one: GoldPlace, other: GoldPlace) -> bool:
        (a, _), (b, _) = self._sides(row)
        one_names, other_names = names_of(one), names_of(other)
        return bool((one_names & a and other_names & b) or (one_names & b and other_names & a))

    def _sides(self, row: Row) -> tuple[tuple[frozenset[str], str | None], ...]:
        return tuple(
            (self._found.names(row[f"place_{side}_id"], row[f"place_{side}"]), row[f"country_{side}"])
            for side in "ab"
        )

    def _date(self, pair: GoldPair, dates: Sequence[Row]) -> None:
        given = [row for row in dates if row["chosen"]] or list(dates)
        given = [row for row in given if row["date"] in pair.dates or "X" not in row["date"]]
        right = [row for row in given if row["date"] in pair.dates]
        found, wanted = _any_of(row["date"] for row in given), _any_of(pair.dates)
        self._judge_passed_over(pair, [row for row in dates if row not in given])
        if right:
            self._add(FactType.FOUNDING_DATE, Verdict.RIGHT, f"{pair.label}: {found}", right)
            return
        if pair.dates:
            note = f"found {found}" if given else ""
            self._missed(FactType.FOUNDING_DATE, f"{pair.label}: {wanted}", pair.quote, note)
        if given:
            note = f"for {wanted}" if pair.dates else "the page gives none"
            self._add(FactType.FOUNDING_DATE, Verdict.WRONG, f"{pair.label}: {found}", given, note)

    def _judge_passed_over(self, pair: GoldPair, dates: Sequence[Row]) -> None:
        for row in dates:
            if "X" in row["date"] or not is_start(Event(row["event"]), Basis(row["basis"])):
                continue
            near = any(
                edtf.covers(row["date"], date) or edtf.covers(date, row["date"]) for date in pair.dates
            )
            verdict = Verdict.RIGHT if near else Verdict.WRONG
            label = f"{pair.label}: {row['date']}"
            self._passed_over.append(self._outcome(FactType.FOUNDING_DATE, verdict, label, [row]))

    def _mayors(self) -> None:
        rows = self._found.rows(FactType.MAYOR, self._evidence)
        for mayor in self._gold.mayors:
            label = f"{mayor.person}, {mayor.city.name}"
            hit = next((row for row in rows if self._is_mayor(row, mayor)), None)
            if hit is None:
                self._missed(FactType.MAYOR, f"{label} [{mayor.role}]", mayor.quote)
                continue
            rows.remove(hit)
            self._add(FactType.MAYOR, Verdict.RIGHT, f"{label} [{hit['role']}]", [hit])
            self._value("role", label, hit["role"], mayor.role, hit)
        for row in rows:
            label = f"{row['person']}, {row['place']} [{row['role']}]"
            self._add(FactType.MAYOR, Verdict.WRONG, label, [row])

    def _is_mayor(self, row: Row, mayor: GoldMayor) -> bool:
        names = self._found.names(row["place_id"], row["place"])
        return same_person(mayor.person, row["person"]) and same_place(mayor.city, names, row["country"])

    def _themes(self) -> None:
        given: dict[str, list[Row]] = defaultdict(list)
        for row in self._found.rows(FactType.THEME, self._evidence):
            given[row["theme"]].append(row)
        wanted = {theme.theme: theme.quote for theme in self._gold.themes}
        for theme, rows in sorted(given.items()):
            self._add(FactType.THEME, Verdict.RIGHT if theme in wanted else Verdict.WRONG, theme, rows)
        for theme, quote in wanted.items():
            if theme not in given:
                self._missed(FactType.THEME, theme, quote)

    def _add(self, kind: FactType, verdict: Verdict, label: str, rows: Sequence[Row], note: str = "") -> None:
        self._outcomes.append(self._outcome(kind, verdict, label, rows, note))

    def _outcome(
        self, kind: FactType, verdict: Verdict, label: str, rows: Sequence[Row], note: str = ""
    ) -> Outcome:
        sure = [row["confidence"] for row in rows if row["confidence"] is not None]
        return Outcome(kind, verdict, label, self._passages(kind, rows), note, max(sure, default=None))

    def _missed(self, kind: FactType, label: str, quote: str, note: str = "") -> None:
        start, end = self._locator.find(quote) or (-1, -1)
        passages = (Passage(quote, start, end),) if quote else ()
        self._outcomes.append(Outcome(kind, Verdict.MISSED, label, passages, note))

    def _value(self, column: str, label: str, found: str, wanted: str, row: Row) -> None:
        kind = FactType.MAYOR if column == "role" else FactType.PARTNERSHIP
        self._values.append(Value(column, label, found, wanted, self._passages(kind, [row])))

    def _passages(self, kind: FactType, rows: Sequence[Row]) -> tuple[Passage, ...]:
        ids = {row[_TABLES[kind][1]] for row in rows}
        return tuple(_passage(row) for row in self._evidence if row["fact_id"] in ids)


def _rows(tables: Tables, name: str) -> list[Row]:
    return list(tables.rows(name))


def _passage(row: Row) -> Passage:
    return Passage(row["quote"], row["start"], row["end"], row["rule"])


def _any_of(values: Any) -> str:
    return " or ".join(sorted(set(values)))


def _name(source: str) -> str:
    return source.rsplit("/", 1)[-1]
