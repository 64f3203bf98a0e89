"""Copies of the CSV files that a spreadsheet can open: no cell of them is a formula.

The tables themselves keep every value as it is, and a page may name a town ``=HYPERLINK(...)``. In the copies
an apostrophe stands before such a text, so that it is shown and not computed. They begin with a byte order
mark, by which Excel knows UTF-8, and every cell stands in quotes.
"""

from __future__ import annotations

import re
from datetime import date

import pyarrow as pa

FOLDER = "spreadsheet"
"""Where the copies lie, beside the tables."""

_FORMULA = frozenset("=+-@|%\t\r\n＝＋－＠")
"""What begins a formula (OWASP), also in full width."""
_SKIPPED = " \"'\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff" + "".join(
    map(chr, {*range(0x20)} - {9, 10, 13})
)
# A spreadsheet that expects another separator splits a cell behind one of these.
_SPLITS = re.compile(r"(?<=[;\t\r\n])")


def spreadsheet_bytes(table: pa.Table) -> bytes:
    """Return a table as CSV for spreadsheets: UTF-8 with byte order mark, CRLF, every cell in quotes."""
    lines = [table.column_names, *zip(*(column.to_pylist() for column in table.columns), strict=True)]
    return "\ufeff".encode() + "".join(",".join(map(_cell, line)) + "\r\n" for line in lines).encode()


def neutralised(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; others stay as they are."""
    return "".join(f"'{part}" if _begins_a_formula(part) else part for part in _SPLITS.split(text))


def _begins_a_formula(text: str) -> bool:
    return text.lstrip(_SKIPPED)[:1] in _FORMULA


def _cell(value: object) -> str:
    if value is None:
        return '""'
    if isinstance(value, bool):
        return f'"{str(value).lower()}"'
    if isinstance(value, int | float):
        return f'"{value!r}"'
    text = value.isoformat() if isinstance(value, date) else neutralised(str(value))
    return '"' + text.replace('"', '""') + '"'
