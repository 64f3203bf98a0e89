"""Corrections and facts come together: what fits is applied, what fits nothing any more is reported.

Rows are applied in the order of the file. The key of a fact follows from what it says, so an edit may give it
another one (and makes it one with a fact that says the same already); later rows may name either key.

A correction is stale where pages and extraction have moved on: nothing has its key any more, an edit finds
another value than the one it names, or the quote of an addition has gone from its page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.clean import doc_id
from pipeline.model import Basis, Document, Event
from pipeline.normalise import ids
from pipeline.normalise.corrections import values
from pipeline.normalise.corrections.file import Correction, Corrections
from pipeline.normalise.dates import is_start
from pipeline.normalise.evidence import Row, passage
from pipeline.normalise.facts import Facts
from pipeline.normalise.mayors import seen_range
from pipeline.normalise.places import place_row
from pipeline.normalise.settle import CORRECTION, PICKED
from pipeline.schema import CORRECTIONS, Action, FactType, Outcome, Provenance, by_name

_SURE = 1.0


class Stale(Exception):
    """A correction fits nothing any more; the message says why."""


def apply(corrections: Corrections, facts: Facts, documents: Mapping[str, Document]) -> list[Row]:
    """Change facts by corrections, and return a row of the table ``reviews`` for each.

    Args:
        corrections: What reviewers say.
        facts: Settled facts, which are changed; they must be settled again.
        documents: The pages by source.
    """
    work = _Work(corrections, facts, documents)
    reviews = [work.review(row) for row in corrections.rows]
    for review in reviews:
        # A later row may have moved the fact on, or taken it away.
        review["fact_id"] = work.now(FactType(str(review["fact_type"])), str(review["fact_id"] or ""))
    return reviews


@dataclass(frozen=True, slots=True)
class _Applied:
    """What a correction did: key of the fact, what it said before, the edited column's value, a remark."""

    key: str
    fact: str | None = None
    previous: str | None = None
    message: str | None = None


class _Work:
    def __init__(self, corrections: Corrections, facts: Facts, documents: Mapping[str, Document]) -> None:
        self._text, self._facts, self._documents = corrections.text, facts, documents
        self._doc_id = doc_id(CORRECTIONS)
        self._moved: dict[str, str] = {}
        self._removed: dict[str, int] = {}

    def review(self, row: Correction) -> Row:
        """Apply one correction, if it fits, and say so."""
        outcome = Outcome.APPLIED
        try:
            match row.action:
                case Action.ADD:
                    done = self._add(row)
                case Action.EDIT:
                    done = self._edit(row)
                case Action.REJECT:
                    done = self._reject(row)
                case Action.ACCEPT:
                    done = self._accept(row)
        except Stale as stale:
            outcome, done = Outcome.STALE, _Applied("", message=str(stale))
        return {
            "review_id": ids.review_id(row.fact_type, row.fact_key, row.field, row.action, row.value),
            "line": row.line,
            "fact_type": str(row.fact_type),
            "fact_key": row.fact_key,
            "field": row.field or None,
            "action": str(row.action),
            "value": row.value or None,
            "previous": done.previous,
            "reviewer": row.reviewer,
            "date": row.date,
            "reason": row.reason,
            "outcome": str(outcome),
            "message": done.message,
            "fact": done.fact,
            "fact_id": done.key or None,
        }

    def now(self, kind: FactType, key: str) -> str | None:
        """Return the key under which a fact stands in its table, None if it does not."""
        rows = self._facts.rows[kind]
        seen = set()
        while key not in rows and key in self._moved and key not in seen:
            seen.add(key)
            key = self._moved[key]
        return key if key in rows else None

    def _found(self, kind: FactType, key: str) -> tuple[str, Row]:
        found = self.now(kind, key)
        if found is not None:
            return found, self._facts.rows[kind][found]
        if key in self._removed:
            raise Stale(f"line {self._removed[key]} rejects it")
        full = self._facts.joined.get(key)
        if full is not None and (row := self._facts.rows[FactType.MAYOR].get(full)):
            raise Stale(f"the surname is by now part of {full}, {row['person']}")
        raise Stale(f"no {kind} has this key any more: pages or extraction have changed")

    def _accept(self, row: Correction) -> _Applied:
        key, fact = self._found(row.fact_type, row.fact_key)
        self._sign(row, key)
        return _Applied(key, self._told(row.fact_type, fact))

    def _reject(self, row: Correction) -> _Applied:
        key, fact = self._found(row.fact_type, row.fact_key)
        told = self._told(row.fact_type, fact)
        gone = [(row.fact_type, key)]
        if row.fact_type is FactType.PARTNERSHIP:
            gone += [(FactType.FOUNDING_DATE, str(d["founding_id"])) for d in self._facts.dates_of(key)]
            gone += [(FactType.THEME, str(theme["theme_id"])) for theme in self._facts.themes_of(key)]
        for kind, one in gone:
            del self._facts.rows[kind][one]
            self._facts.book.drop(one)
            self._removed[one] = row.line
        self._removed[row.fact_key] = row.line
        more = f"with {len(gone) - 1} dates and themes of it" if gone[1:] else None
        return _Applied("", told, message=more)

    def _edit(self, row: Correction) -> _Applied:
        key, fact = self._found(row.fact_type, row.fact_key)
        told, previous = self._told(row.fact_type, fact), _text(fact.get(row.field))
        new = row.change.values[row.field]
        if row.change.expected is not None and (previous or "") not in (row.change.expected, new or ""):
            raise Stale(f"{row.field} is {previous or 'empty'} by now, not {row.change.expected}")
        if previous == (new or ""):
            self._sign(row, key)
            if row.field == "chosen":
                fact[PICKED] = True
            return _Applied(key, told, previous or None, "the pages say so by now")
        return _Applied(self._change(row, key, fact, row.change.values), told, previous or None)

    def _add(self, row: Correction) -> _Applied:
        document, start, end = self._quoted(row)
        self._enter_places(row)
        self._check_partnership(row.change.values)
        if known := self.now(row.fact_type, row.fact_key):
            fact = self._facts.rows[row.fact_type][known]
            told, key = self._told(row.fact_type, fact), known
            new = {name: value for name, value in row.change.values.items() if value and name != "chosen"}
            if any(_text(fact.get(name)) != value for name, value in new.items()):
                key = self._change(row, known, fact, new)
            else:
                self._sign(row, key)
            message: str | None = "the pages say so by now"
        else:
            columns = {name: value for name, value in row.change.values.items() if name != "chosen"}
            key, told, message = row.fact_key, None, None
            made: Row = {_key_of(row.fact_type): key, **columns, "provenance": str(Provenance.ADDED)}
            if row.fact_type is FactType.PARTNERSHIP:
                made |= _in_order(made)
            self._facts.rows[row.fact_type][key] = made
            self._sign(row, key)
        if row.change.values.get("chosen"):
            self._facts.rows[row.fact_type][key][PICKED] = True
        if document is not None:
            where = (document.doc_id, document.text, start, end, f"{CORRECTION}{row.action}")
            self._facts.book.enter(passage(row.fact_type, key, *where, _SURE))
        return _Applied(key, told, message=message)

    def _change(self, row: Correction, key: str, fact: Row, new: values.Values) -> str:
        """Set columns of a fact, and return the key that it has then."""
        self._check_partnership(new)
        changed: Row = {**fact, **new}
        self._enter_places(row)
        if row.fact_type is FactType.THEME and new.get("partnership_id"):
            changed["place_id"] = None
        elif row.fact_type is FactType.THEME and new.get("place_id"):
            changed["partnership_id"] = None
        elif row.fact_type is FactType.PARTNERSHIP:
            changed |= _in_order(changed)
            if changed["place_a_id"] == changed["place_b_id"]:
                raise Stale("it would make the place a partner of itself")
        elif row.fact_type is FactType.FOUNDING_DATE:
            starts = is_start(Event(str(changed["event"])), Basis(str(changed["basis"])))
            # A date that was right but for a detail is the one that was meant.
            if "chosen" in new or (fact.get("chosen") and starts):
                changed[PICKED] = True
        if changed["provenance"] != Provenance.ADDED:
            changed["provenance"] = str(Provenance.CORRECTED)
        return self._move(row, key, changed)

    def _move(self, row: Correction, key: str, changed: Row, kind: FactType | None = None) -> str:
        """Put a changed fact under the key that follows from what it says now, and sign it."""
        kind = kind or row.fact_type
        pages = sorted(str(e["doc_id"]) for e in self._facts.book.of(key) if e["doc_id"] != self._doc_id)
        to = values.key(kind, changed, pages[0] if pages else key)
        rows = self._facts.rows[kind]
        del rows[key]
        changed[_key_of(kind)] = to
        rows[to] = self._one(kind, rows[to], changed) if to in rows else changed
        self._sign(row, to, kind)
        if to == key:
            return key
        self._moved.pop(to, None)
        self._moved[key] = to
        self._facts.book.move(key, to)
        if kind is FactType.PARTNERSHIP:
            for date in self._facts.dates_of(key):
                self._follow(row, FactType.FOUNDING_DATE, date, to)
            for theme in self._facts.themes_of(key):
                self._follow(row, FactType.THEME, theme, to)
        return to

    def _follow(self, row: Correction, kind: FactType, fact: Row, partnership: str) -> None:
        changed = fact | {"partnership_id": partnership}
        if changed["provenance"] == Provenance.EXTRACTED:
            changed["provenance"] = str(Provenance.CORRECTED)
        self._move(row, str(fact[_key_of(kind)]), changed, kind)

    @staticmethod
    def _one(kind: FactType, known: Row, changed: Row) -> Row:
        """Make one of a fact and of another that says the same since it was corrected."""
        one = known | {"provenance": str(Provenance.CORRECTED)}
        if changed.get(PICKED):
            one[PICKED] = True
        if kind is FactType.MAYOR:
            spans = [known["seen_from"], known["seen_to"], changed["seen_from"], changed["seen_to"]]
            one["seen_from"], one["seen_to"] = seen_range(str(value) for value in spans if value)
        return one

    def _sign(self, row: Correction, key: str, kind: FactType | None = None) -> None:
        """Let the evidence of a fact point at the correction."""
        where = (self._doc_id, self._text, row.start, row.end, f"{CORRECTION}{row.action}")
        self._facts.book.enter(passage(kind or row.fact_type, key, *where, _SURE))

    def _enter_places(self, row: Correction) -> None:
        for place_id, place in row.change.places.items():
            self._facts.places.setdefault(place_id, place_row(place))

    def _check_partnership(self, new: values.Values) -> None:
        wanted = new.get("partnership_id")
        if wanted and wanted not in self._facts.rows[FactType.PARTNERSHIP]:
            raise Stale(f"its partnership {wanted} is in no table")

    def _quoted(self, row: Correction) -> tuple[Document | None, int, int]:
        """Return the page and the place of the words that an added fact rests on."""
        if not row.change.page:
            return None, 0, 0
        document = self._documents.get(row.change.page)
        if document is None:
            raise Stale(f"its page {row.change.page} is not among these, or cannot be read")
        words = r"\s+".join(map(re.escape, row.change.quote.split()))
        found = re.search(words, document.text)
        if found is None:
            raise Stale(f"{row.change.page} no longer has the words “{row.change.quote[:80]}”")
        return document, found.start(), found.end()

    def _told(self, kind: FactType, fact: Mapping[str, object]) -> str:
        """Say in words what a fact says."""
        match kind:
            case FactType.PARTNERSHIP:
                founded = f", founded {fact['founded']}" if fact.get("founded") else ""
                return f"{self._pair(fact)}: {fact['kind']}, {fact['status']}{founded}"
            case FactType.FOUNDING_DATE:
                pair = self._facts.rows[FactType.PARTNERSHIP].get(str(fact["partnership_id"]))
                of = f" of {self._pair(pair)}" if pair else ""
                return f"{fact['date']}, {fact['event']}, {fact['basis']}{of}"
            case FactType.MAYOR:
                seen = f", seen {fact['seen_from']} to {fact['seen_to']}" if fact["seen_from"] else ""
                return f"{fact['person']}, {fact['role']} of {self._name(fact['place_id'])}{seen}"
            case FactType.THEME:
                pair = self._facts.rows[FactType.PARTNERSHIP].get(str(fact["partnership_id"]))
                place = self._name(fact["place_id"]) if fact["place_id"] else "a town without a name"
                return f"{fact['theme']} of {self._pair(pair) if pair else place}"

    def _pair(self, fact: Mapping[str, object]) -> str:
        return f"{self._name(fact['place_a_id'])} - {self._name(fact['place_b_id'])}"

    def _name(self, place_id: object) -> str:
        return str(self._facts.places[str(place_id)]["name"])


def _key_of(kind: FactType) -> str:
    return by_name(values.TABLES[kind]).key


def _in_order(pair: Mapping[str, object]) -> Row:
    first, second = sorted((str(pair["place_a_id"]), str(pair["place_b_id"])))
    return {"place_a_id": first, "place_b_id": second}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
