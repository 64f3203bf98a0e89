"""A row more in ``corrections.csv``: the file is replaced whole, or stays as it is."""

from __future__ import annotations

import csv
import io
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pipeline.normalise.corrections.file import (
    BOM,
    COLUMNS,
    Correction,
    CorrectionError,
    delimiter_of,
    parse,
)

if sys.platform != "win32":
    import fcntl


def add(path: Path, row: str, filled: Mapping[str, str]) -> Correction:
    """Add a row to a file of corrections, which is made if it is missing.

    Args:
        path: The file.
        row: The row as it is to stand in the file; cells at its end may be missing.
        filled: Values of columns that the row leaves empty. The date is today's, unless one is given.

    Returns:
        The row as it stands in the file now.

    Raises:
        CorrectionError: The file, or the file with this row, is not valid, or the disk refused.
    """
    cells = _cells(row, path)
    for at, name in enumerate(COLUMNS):
        cells[at] = cells[at] or filled.get(name, "")
    cells[COLUMNS.index("date")] = cells[COLUMNS.index("date")] or date.today().isoformat()
    target = Path(os.path.realpath(path))
    try:
        with _alone(target.parent):
            data = target.read_bytes() if target.exists() else b""
            new, added = with_row(data, cells, path)
            _replace(target, new)
    except OSError as error:
        raise CorrectionError(path, [f"cannot be written: {error.strerror or error}"]) from error
    return added


def with_row(data: bytes, cells: Sequence[str], path: Path) -> tuple[bytes, Correction]:
    """Return the contents of a file with a row at its end, and that row as it will be read.

    The rows that are there stay as they are, byte for byte; the new one has their separator and line end. An
    empty file gets a header first. The key of an addition is filled in.

    Raises:
        CorrectionError: The file, or the file with this row, is not valid.
    """
    if not data.removeprefix(BOM).strip():
        data = (",".join(COLUMNS) + "\n").encode()
    before = parse(data, path)
    end = "\r\n" if b"\r\n" in data else "\n"
    if not data.endswith((b"\n", b"\r")):
        data += end.encode()

    def appended(row: Sequence[str]) -> bytes:
        line = io.StringIO()
        csv.writer(line, delimiter=delimiter_of(before.text), lineterminator=end).writerow(row)
        return data + line.getvalue().encode("utf-8", "replace")

    new = parse(appended(cells), path).rows[-1]
    row = [new.fact_key if name == "fact_key" else cell for name, cell in zip(COLUMNS, cells, strict=True)]
    return appended(row), new


def _cells(row: str, path: Path) -> list[str]:
    try:
        rows = list(
            csv.reader(io.StringIO(row.strip(), newline=""), delimiter=delimiter_of(row), strict=True)
        )
    except csv.Error as error:
        raise CorrectionError(path, [f"the new row is not CSV: {error}"]) from error
    cells = rows[0] if rows else []
    if len(rows) != 1 or len(cells) > len(COLUMNS):
        raise CorrectionError(
            path, [f"the new row must be one, of {len(COLUMNS)} cells: {','.join(COLUMNS)}"]
        )
    return [*cells, *[""] * (len(COLUMNS) - len(cells))]


def _replace(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, beside)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until nobody else adds a row in this folder."""
    if sys.platform == "win32":  # two at once are not kept apart there
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
