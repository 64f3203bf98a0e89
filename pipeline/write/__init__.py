"""Stage six: the tables go to disk, all at once or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pipeline.normalise import Tables
from pipeline.schema import TABLES
from pipeline.write.render import csv_bytes, package_bytes, parquet_bytes
from pipeline.write.spreadsheet import FOLDER, spreadsheet_bytes
from pipeline.write.swap import OutputError, recover, replace_folder
from pipeline.write.verify import problems

__all__ = ["OutputError", "csv_bytes", "recover", "write"]

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")


def write(
    tables: Tables, out: Path, extra: Mapping[str, bytes] | None = None, *, spreadsheet: bool = False
) -> None:
    """Write tables, data package and frozen texts into a folder, which is replaced as a whole.

    A reader sees the old folder or the new one. Files of others in the old folder are carried over.

    Args:
        tables: What ``normalise`` made.
        out: The folder; it and its parents are made if they are missing.
        extra: Further files of ours by name, written along with the tables.
        spreadsheet: Whether to write copies of the CSV files that are safe to open in a spreadsheet.

    Raises:
        OutputError: The tables break their declaration, ``out`` holds a stranger's files but no outputs
            of ours, or the disk refused. What was there before is whole.
    """
    arrow = {table.name: tables.arrow(table.name) for table in TABLES}
    if broken := problems(arrow):
        raise OutputError("the tables are not as declared: " + "; ".join(broken[:5]))
    files: dict[str, bytes] = {}
    for name, table in arrow.items():
        files[f"{name}.csv"] = csv_bytes(table)
        files[f"{name}.parquet"] = parquet_bytes(table)
        if spreadsheet:
            files[f"{FOLDER}/{name}.csv"] = spreadsheet_bytes(table)
    for doc_id, text in tables.texts.items():
        files[f"texts/{_safe(doc_id)}.txt"] = text.encode("utf-8")
    files["datapackage.json"] = package_bytes()
    for name, data in (extra or {}).items():
        if name in files:
            raise OutputError(f"{name} is the name of another output")
        files[_safe(name)] = data
    replace_folder(out, files)


def _safe(name: str) -> str:
    if not _SAFE.fullmatch(name):
        raise OutputError(f"{name!r} is no safe file name")
    return name
