"""Tables and texts as JSON that can stand inside a page."""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from pipeline import __version__
from pipeline.audit.load import AuditError, Outputs
from pipeline.schema import TABLES, FactType, Table, Type, by_name

TABLE_OF: dict[str, str] = {
    FactType.PARTNERSHIP: "partnerships",
    FactType.FOUNDING_DATE: "founding_dates",
    FactType.MAYOR: "mayors",
    FactType.THEME: "themes",
}
"""Table of each type of fact."""

# In a script element, `</script` and `<!--` end or bend it whatever surrounds them, and U+2028 and U+2029
# were line ends to JavaScript once.
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}

# What the page has from the texts, or does not show.
_LEFT_OUT = frozenset({"evidence_id", "fact_id", "doc_id", "quote", "prefix", "suffix"})


def as_json(outputs: Outputs) -> tuple[str, str]:
    """Return tables and texts as two JSON texts, safe inside a script element.

    Columns are lists; where few values recur, ``{"of": values, "at": positions}``. Evidence names its fact
    and its document by their row, and its place in UTF-16 units, which is how JavaScript counts. Its quote
    is left to the text; ``misplaced`` holds the quotes, by row, that do not stand where they should.

    Raises:
        AuditError: Evidence names a fact or a document that is in no table.
    """
    tables = {
        name: {column: _packed(_values(table[column])) for column in table.column_names}
        for name, table in outputs.tables.items()
        if name != "evidence"
    }
    evidence, misplaced = _evidence(outputs)
    data = {
        "version": __version__,
        "counts": {name: len(table) for name, table in outputs.tables.items()},
        "tables": tables | {"evidence": evidence},
        "misplaced": misplaced,
        "choices": {table.name: _choices(table) for table in TABLES},
    }
    ids = outputs.tables["documents"]["doc_id"].to_pylist()
    return _script_safe(data), _script_safe([outputs.texts.get(doc_id) for doc_id in ids])


def _choices(table: Table) -> dict[str, list[str]]:
    """Return the values that each column may have, where they are few."""
    yes_no = [field.name for field in table.fields if field.type is Type.BOOLEAN]
    listed = {field.name: list(field.values) for field in table.fields if field.values}
    return listed | {name: ["true", "false"] for name in yes_no}


def _script_safe(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_ESCAPES)


def _values(column: pa.ChunkedArray) -> list[Any]:
    return [_plain(value) for value in column.to_pylist()]


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)


def _packed(values: Sequence[Any]) -> object:
    distinct = {(type(value), value): value for value in values}
    if len(distinct) * 4 > len(values):
        return values
    place = {key: position for position, key in enumerate(distinct)}
    return {"of": list(distinct.values()), "at": [place[type(value), value] for value in values]}


def _evidence(outputs: Outputs) -> tuple[dict[str, object], dict[int, str]]:
    table = outputs.tables["evidence"]
    columns = {
        name: _values(table[name]) for name in table.column_names if name not in _LEFT_OUT | {"start", "end"}
    }
    rows = {kind: _rows(outputs.tables[name], by_name(name).key, name) for kind, name in TABLE_OF.items()}
    documents = _rows(outputs.tables["documents"], "doc_id", "documents")
    units = {doc_id: _Utf16(text) for doc_id, text in outputs.texts.items()}
    facts, docs, starts, ends = [], [], [], []
    misplaced: dict[int, str] = {}
    cells = (table[name].to_pylist() for name in ("fact_type", "fact_id", "doc_id", "start", "end", "quote"))
    for number, (kind, fact_id, doc_id, start, end, quote) in enumerate(zip(*cells, strict=True)):
        try:
            facts.append(rows[kind][fact_id])
            docs.append(documents[doc_id])
        except KeyError as error:
            raise AuditError(f"evidence names {error.args[0]!r}, which is in no table") from None
        text = outputs.texts.get(doc_id)
        if text is None or not 0 <= start <= end <= len(text) or text[start:end] != quote:
            misplaced[number] = quote
            start = end = 0
        starts.append(units[doc_id].at(start) if start else 0)
        ends.append(units[doc_id].at(end) if end else 0)
    columns |= {"fact": facts, "doc": docs, "start": starts, "end": ends}
    return {name: _packed(values) for name, values in columns.items()}, misplaced


def _rows(table: pa.Table, key: str, name: str) -> dict[str, int]:
    rows = {value: number for number, value in enumerate(table[key].to_pylist())}
    if len(rows) != len(table):
        raise AuditError(f"{name}: a key occurs twice")
    return rows


class _Utf16:
    """Turns offsets in code points into offsets in UTF-16 units."""

    def __init__(self, text: str) -> None:
        self._astral = [i for i, char in enumerate(text) if char > "\uffff"] if not text.isascii() else []

    def at(self, offset: int) -> int:
        return offset + bisect_left(self._astral, offset)
