"""What differs between two folders of tables: facts added, gone and changed, with the words they rest on.

``stored`` reads a folder, ``text`` and ``html`` show what ``compare`` finds. Facts are matched by their ids,
which come from what a fact says: a pair of places whose partner is another one is another fact. Words that
have only moved, because the text of their page has changed elsewhere, are the same words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.diff.label import Labels
from pipeline.diff.stored import Row, Stored, load
from pipeline.schema import TABLES, FactType

__all__ = ["Change", "Diff", "TableDiff", "compare"]

_EVIDENCE = "evidence"
_FACTS = tuple(f"{kind}s" for kind in FactType)
_TEXT = "text"
_ID = "evidence_id"
_PLACE = frozenset({"start", "end", "prefix", "suffix"})


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is in one folder only, or not the same in both.

    ``what`` is ``added``, ``gone``, ``changed``, or ``evidence`` where a fact stands and only the words it
    rests on are others. ``columns`` maps each column that differs to its old and its new value (an empty
    text is null). ``old`` and ``new`` are the fact's rows of the table ``evidence``, each with the page's
    ``source``, in the order of the page.
    """

    table: str
    what: str
    key: str
    label: str
    columns: dict[str, tuple[str, str]]
    old: tuple[Row, ...] = ()
    new: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class TableDiff:
    """A table: its changes, the number of rows that are the same, and the columns of one side only."""

    name: str
    changes: tuple[Change, ...]
    same: int
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]

    def count(self, what: str) -> int:
        """Return the number of changes of a sort."""
        return sum(change.what == what for change in self.changes)


@dataclass(frozen=True, slots=True)
class Diff:
    """All that differs between two folders."""

    old: Path
    new: Path
    tables: tuple[TableDiff, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not any(table.changes or table.only_old or table.only_new for table in self.tables)

    def changes(self) -> Iterator[Change]:
        """Yield all changes, table by table."""
        for table in self.tables:
            yield from table.changes

    def as_dict(self) -> dict[str, object]:
        """Return all of it for JSON."""
        return {
            "same": self.same,
            "tables": {
                table.name: {
                    **{what: table.count(what) for what in ("added", "gone", "changed", "evidence")},
                    "same": table.same,
                    "columns": {"gone": list(table.only_old), "added": list(table.only_new)},
                }
                for table in self.tables
            },
            "changes": [
                {
                    "table": change.table,
                    "change": change.what,
                    "key": change.key,
                    "label": change.label,
                    "columns": {name: list(values) for name, values in change.columns.items()},
                    "evidence": {"old": list(change.old), "new": list(change.new)},
                }
                for change in self.changes()
            ],
        }


def compare(old: Path, new: Path, ignore: Collection[str] = ()) -> Diff:
    """Compare two folders of tables; they may be of different versions of Twintown.

    Args:
        old: A folder that ``twintown run`` wrote.
        new: Another.
        ignore: Names of columns that may differ.

    Raises:
        RunError: A folder is not there, is none of ours, or is damaged.
    """
    before, after = load(old), load(new)
    names = [table.name for table in TABLES if table.name != _EVIDENCE]
    return Diff(old, new, tuple(_Comparison(before, after, frozenset(ignore)).table(name) for name in names))


class _Comparison:
    def __init__(self, old: Stored, new: Stored, ignore: frozenset[str]) -> None:
        self._old, self._new, self._ignore = old, new, ignore
        self._labels = Labels(old), Labels(new)
        self._evidence = self._by_fact(old), self._by_fact(new)
        documents = old.rows("documents").keys() & new.rows("documents").keys()
        self._rewritten = {key for key in documents if old.text_digest(key) != new.text_digest(key)}

    def table(self, name: str) -> TableDiff:
        before, after = self._old.rows(name), self._new.rows(name)
        changes = [self._one_sided(name, "added", key) for key in after if key not in before]
        changes += [self._one_sided(name, "gone", key) for key in before if key not in after]
        changes += [change for key in before if key in after and (change := self._both(name, key))]
        changes.sort(key=lambda change: (change.label, change.key))
        both = len(before.keys() & after.keys())
        same = both - sum(change.what in ("changed", "evidence") for change in changes)
        return TableDiff(name, tuple(changes), same, *self._columns_of_one_side(name))

    def _columns_of_one_side(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        # The columns of evidence have no place of their own to be named.
        tables = (name, _EVIDENCE) if name == _FACTS[0] else (name,)
        gone: list[str] = []
        come: list[str] = []
        for table in tables:
            before, after = self._old.columns(table), self._new.columns(table)
            prefix = "" if table == name else f"{table}."
            gone += [prefix + c for c in before if c not in after and c not in self._ignore]
            come += [prefix + c for c in after if c not in before and c not in self._ignore]
        return tuple(gone), tuple(come)

    def _one_sided(self, name: str, what: str, key: str) -> Change:
        side = 1 if what == "added" else 0
        stored = (self._old, self._new)[side]
        label = self._labels[side].of(name, key)
        values = {column: value for column, value in stored.rows(name)[key].items() if value}
        columns = {column: ("", value) if side else (value, "") for column, value in values.items()}
        words = tuple(self._evidence[side].get((name, key), ()))
        return Change(name, what, key, label, columns, *(((), words) if side else (words, ())))

    def _both(self, name: str, key: str) -> Change | None:
        before, after = self._old.rows(name)[key], self._new.rows(name)[key]
        columns = {c: (before[c], after[c]) for c in self._common(name) if before[c] != after[c]}
        if name == "documents" and key in self._rewritten and _TEXT not in self._ignore:
            columns[_TEXT] = (self._old.text_digest(key), self._new.text_digest(key))
        old, new = (tuple(found.get((name, key), ())) for found in self._evidence)
        if not columns and self._says(old) == self._says(new):
            return None
        label = self._labels[1].of(name, key)
        return Change(name, "changed" if columns else "evidence", key, label, columns, old, new)

    def _says(self, rows: tuple[Row, ...]) -> list[tuple[str, ...]]:
        """Return what is compared of evidence: of words on a page whose text has changed, not the place."""
        found = []
        for row in rows:
            place = _PLACE if row.get("doc_id", "") in self._rewritten else frozenset()
            found.append(tuple(row[c] for c in self._common(_EVIDENCE) if c != _ID and c not in place))
        return sorted(found)

    def _common(self, name: str) -> list[str]:
        after = self._new.columns(name)
        return [c for c in self._old.columns(name) if c in after and c not in self._ignore]

    @staticmethod
    def _by_fact(stored: Stored) -> dict[tuple[str, str], list[Row]]:
        documents = stored.rows("documents")
        found: dict[tuple[str, str], list[Row]] = {}
        for row in stored.rows(_EVIDENCE).values():
            source = documents.get(row.get("doc_id", ""), {}).get("source", "")
            fact = f"{row.get('fact_type', '')}s", row.get("fact_id", "")
            found.setdefault(fact, []).append({"source": source, **row})
        return found
