"""Tables as bytes: CSV, Parquet, and the descriptor of the package."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schema import package


def csv_bytes(table: pa.Table) -> bytes:
    """Return a table as CSV: UTF-8, LF, a header, RFC 4180 quoting, empty = null.

    Values stand as they are: numbers in the shortest form that reads back exactly, booleans as ``true``
    and ``false``, dates as ISO 8601, and nothing is put before a text that looks like a formula.
    """
    # Neither csv nor pandas quotes a lone carriage return in lines that end in LF (CPython before 3.13),
    # and a reader takes it for the end of the row.
    lines = [",".join(map(_text, table.column_names))]
    columns = [_cells(column) for column in table.columns]
    lines += map(",".join, zip(*columns, strict=True))
    return ("\n".join(lines) + "\n").encode("utf-8")


def _cells(column: pa.ChunkedArray) -> list[str]:
    values = column.to_pylist()
    if pa.types.is_string(column.type):
        texts = [value or "" for value in values]
        # Looked for in all at once: most columns hold ids and words of ours.
        return list(map(_text, texts)) if _needs_quotes("".join(texts)) else texts
    return [_FORMS[type(value)](value) for value in values]


def _text(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if _needs_quotes(value) else value


def _needs_quotes(text: str) -> bool:
    return "," in text or '"' in text or "\n" in text or "\r" in text


_FORMS: Mapping[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    bool: lambda value: "true" if value else "false",
    int: str,
    float: repr,
    date: date.isoformat,
}


def parquet_bytes(table: pa.Table) -> bytes:
    """Return a table as Parquet, its schema (with descriptions and keys) as declared."""
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


def package_bytes() -> bytes:
    """Return ``datapackage.json``."""
    return (json.dumps(package(), ensure_ascii=False, indent=2) + "\n").encode("utf-8")
