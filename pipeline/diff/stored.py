"""Tables as they lie on disk, of whatever version of ours: all values as text, an empty text is null."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path

from pipeline.chain import RunError
from pipeline.schema import PACKAGE, TABLES, by_name

Row = dict[str, str]

_LONGEST = 2**31 - 1
"""Code points of a cell; a page's title may be longer than what the csv module takes by itself."""


class Stored:
    """The tables of a folder, their rows by key, in the order of the files."""

    def __init__(self, folder: Path, tables: dict[str, tuple[tuple[str, ...], dict[str, Row]]]) -> None:
        """Hold what ``load`` has read."""
        self._folder, self._tables = folder, tables

    def columns(self, name: str) -> tuple[str, ...]:
        """Return the columns of a table; none if an older version of ours did not write it."""
        return self._tables[name][0] if name in self._tables else ()

    def rows(self, name: str) -> dict[str, Row]:
        """Return the rows of a table by their keys."""
        return self._tables[name][1] if name in self._tables else {}

    def text_digest(self, doc_id: str) -> str:
        """Return the beginning of the SHA-256 of a page's frozen text; nothing if it has none."""
        if not doc_id.replace("-", "").isalnum():  # it must not lead elsewhere
            return ""
        try:
            data = (self._folder / "texts" / f"{doc_id}.txt").read_bytes()
        except OSError:
            return ""
        return f"sha256 {hashlib.sha256(data).hexdigest()[:12]}"


def load(folder: Path) -> Stored:
    """Read the tables of a folder.

    Raises:
        RunError: It is not there, is none of ours, or a table is damaged.
    """
    manifest = folder / "datapackage.json"
    try:
        package = json.loads(manifest.read_bytes())
        ours = package["name"] == PACKAGE
        named = {resource["name"] for resource in package["resources"]}
    except FileNotFoundError as error:
        what = "holds no tables of ours" if folder.is_dir() else "is no folder"
        raise RunError(f"{folder} {what}") from error
    except OSError as error:
        raise RunError(f"{manifest} cannot be read: {error.strerror}") from error
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise RunError(f"{manifest} is damaged") from error
    if not ours:
        raise RunError(f"{folder} holds no tables of ours")
    return Stored(folder, {table.name: _table(folder, table.name) for table in TABLES if table.name in named})


def _table(folder: Path, name: str) -> tuple[tuple[str, ...], dict[str, Row]]:
    path, key = folder / f"{name}.csv", by_name(name).key
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise RunError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RunError(f"{path} is no UTF-8 (byte {error.start})") from error
    rows: dict[str, Row] = {}
    records = _records(path, text)
    header = tuple(next(records, (0, []))[1])
    if key not in header or len(set(header)) < len(header):
        raise RunError(f"{path}, line 1: no header of the table {name}")
    for line, values in records:
        if len(values) != len(header):
            raise RunError(f"{path}, line {line}: {len(values)} cells under a header of {len(header)}")
        row = dict(zip(header, values, strict=True))
        if not row[key] or row[key] in rows:
            raise RunError(f"{path}, line {line}: {key} {row[key]!r} is missing or occurs twice")
        rows[row[key]] = row
    return header, rows


def _records(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    before = csv.field_size_limit(_LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for values in reader:
            yield reader.line_num, values
    except csv.Error as error:
        raise RunError(f"{path}, line {reader.line_num}: {error}") from error
    finally:
        csv.field_size_limit(before)
