"""Tables as bytes: CSV, Parquet, and the descriptor of the package."""

from __future__ import annotations

import io
import json
from datetime import date

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
    lines = [",".join(map(_cell, table.column_names))]
    columns = [_cells(column) for column in table.columns]
    lines += map(",".join, zip(*columns, strict=True))
    return ("\n".join(lines) + "\n").encode("utf-8")


def _cells(column: pa.ChunkedArray) -> list[str]:
    values = column.to_pylist()
    if pa.types.is_string(column.type):
        texts = [value or "" for value in values]
        if not _needs_quotes("".join(texts)):  # most columns hold ids and words of ours
            return texts
    return [_cell(value) for value in values]


def _needs_quotes(text: str) -> bool:
    return '"' in text or "," in text or "\n" in text or "\r" in text


def _cell(value: object) -> str:
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"' if _needs_quotes(value) else value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def parquet_bytes(table: pa.Table) -> bytes:
    """Return a table as Parquet, its schema (with descriptions and keys) as declared."""
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


def package_bytes() -> bytes:
    """Return ``datapackage.json``."""
    return (json.dumps(package(), ensure_ascii=False, indent=2) + "\n").encode("utf-8")
