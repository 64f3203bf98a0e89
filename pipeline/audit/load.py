"""Reading an output folder: its tables, as declared, and the frozen texts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schema import PACKAGE, TABLES, Table

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")


class AuditError(ValueError):
    """The outputs cannot be read. The message is for people and names the file."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """What stands in an output folder.

    ``tables`` holds the declared tables by name, with the columns that the folder has beyond the declared
    ones, then those that only the folder's data package names. ``texts`` holds the frozen texts by document
    id; a text that is missing is left out.
    """

    tables: dict[str, pa.Table]
    texts: dict[str, str]


def load(out: Path) -> Outputs:
    """Read an output folder.

    Raises:
        AuditError: There are no outputs there, a table is missing or broken, lacks a declared column, or a
            text is not UTF-8.
    """
    names = _resources(out)
    tables = {table.name: _declared(out, table) for table in TABLES}
    for name in names:
        if name not in tables and (out / f"{name}.parquet").is_file():
            tables[name] = _read(out / f"{name}.parquet")
    texts = {}
    for doc_id in tables["documents"]["doc_id"].to_pylist():
        text = _text(out, doc_id)
        if text is not None:
            texts[doc_id] = text
    return Outputs(tables, texts)


def _resources(out: Path) -> list[str]:
    """Return the names of the tables in the folder's data package."""
    path = out / "datapackage.json"
    if not out.is_dir():
        raise AuditError(f"{out} is no folder of outputs; make one: twintown run PAGES --out {out}")
    try:
        package = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise AuditError(f"{out} holds no outputs of ours: it has no datapackage.json") from None
    except OSError as error:
        raise AuditError(f"{path} cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise AuditError(f"{path} is not JSON: {error}") from error
    if not isinstance(package, dict) or package.get("name") != PACKAGE:
        raise AuditError(f"{path} describes no outputs of ours")
    resources = package.get("resources")
    found = [entry.get("name") for entry in resources if isinstance(entry, dict)] if resources else []
    return [name for name in found if isinstance(name, str) and _SAFE.fullmatch(name)]


def _read(path: Path) -> pa.Table:
    try:
        return pq.read_table(path)
    except FileNotFoundError:
        raise AuditError(f"{path} is missing") from None
    except (OSError, pa.ArrowException) as error:
        raise AuditError(f"{path} cannot be read as Parquet: {error}") from error


def _declared(out: Path, table: Table) -> pa.Table:
    path = out / f"{table.name}.parquet"
    found = _read(path)
    for field in table.arrow():
        position = found.schema.get_field_index(field.name)
        if position < 0:
            raise AuditError(f"{path} lacks the column {field.name!r}: run Twintown again to write it anew")
        try:
            column = found.column(position).cast(field.type)
        except pa.ArrowException as error:
            raise AuditError(f"{path}: the column {field.name!r} is not of type {field.type}") from error
        found = found.set_column(position, pa.field(field.name, field.type), column)
    return found


def _text(out: Path, doc_id: str) -> str | None:
    if not isinstance(doc_id, str) or not _SAFE.fullmatch(doc_id):
        return None
    path = out / "texts" / f"{doc_id}.txt"
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise AuditError(f"{path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise AuditError(f"{path} is not UTF-8: {error.reason} at byte {error.start}") from error
