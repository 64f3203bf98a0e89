"""``corrections.csv``: reading and checking it.

A spreadsheet may have saved it: a byte order mark, semicolons for commas, CRLF, empty rows and empty cells at
the end are all right. It must be UTF-8, and every row must be one that could be applied.
"""

from __future__ import annotations

import csv
import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pipeline.normalise.corrections import values
from pipeline.normalise.corrections.values import Change, ValueProblem
from pipeline.schema import Action, FactType

COLUMNS = ("fact_type", "fact_key", "field", "action", "value", "reviewer", "date", "reason")
"""Its header."""

Member = TypeVar("Member", bound=StrEnum)

BOM = b"\xef\xbb\xbf"
"""What a spreadsheet puts before UTF-8."""

_MAX_BYTES = 20_000_000


class CorrectionError(ValueError):
    """A file of corrections that cannot be applied.

    ``problems`` holds a sentence for each thing that is wrong, with its line; the message has the first.
    """

    def __init__(self, path: Path, problems: Sequence[str]) -> None:
        more = f" (and {len(problems) - 1} more: twintown correct {path} lists them)" if problems[1:] else ""
        super().__init__(f"{path}: {problems[0]}{more}")
        self.path, self.problems = path, tuple(problems)


@dataclass(frozen=True, slots=True)
class Correction:
    """One row of the file; ``start`` and ``end`` are its place in the file's text, ``line`` counts from 1.

    ``change`` is what ``value`` means. ``fact_key`` of an addition is the key that the fact gets.
    """

    line: int
    start: int
    end: int
    fact_type: FactType
    fact_key: str
    field: str
    action: Action
    value: str
    reviewer: str
    date: date
    reason: str
    change: Change


@dataclass(frozen=True, slots=True)
class Corrections:
    """A file of corrections: its text (NFC, lines end in LF), the hash of its bytes, and its rows."""

    text: str
    sha256: str
    rows: tuple[Correction, ...]


def read(path: Path) -> Corrections:
    """Read and check a file of corrections.

    Raises:
        CorrectionError: It cannot be read, or one of its rows could not be applied to anything.
    """
    try:
        if not path.is_file():
            raise CorrectionError(path, ["there is no such file"])
        with path.open("rb") as file:
            return parse(file.read(_MAX_BYTES + 1), path)
    except OSError as error:
        raise CorrectionError(path, [f"cannot be read: {error.strerror or error}"]) from error


def parse(data: bytes, path: Path) -> Corrections:
    """Check the contents of a file of corrections; ``path`` is named in messages.

    Raises:
        CorrectionError: They are not what such a file holds; all that is wrong is listed.
    """
    if len(data) > _MAX_BYTES:
        raise CorrectionError(path, [f"is larger than {_MAX_BYTES // 1_000_000} MB"])
    try:
        text = data.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CorrectionError(path, [f"line {line}: is not UTF-8; save it as “CSV UTF-8”"]) from error
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    found: list[Correction] = []
    problems: list[str] = []
    try:
        for line, start, end, cells in _records(text):
            try:
                found.append(_correction(line, start, end, cells))
            except ValueProblem as problem:
                problems.append(f"line {line}: {problem}")
    except ValueProblem as problem:
        problems.append(str(problem))
    problems += _contradictions(found)
    if problems:
        raise CorrectionError(path, sorted(problems, key=_line_of))
    return Corrections(text, hashlib.sha256(data).hexdigest(), tuple(found))


def delimiter_of(text: str) -> str:
    """Return what separates the cells of a row, by the first line of a text: a semicolon or a comma."""
    header = text.partition("\n")[0]
    return ";" if ";" in header and "," not in header else ","


def _records(text: str) -> Iterator[tuple[int, int, int, list[str]]]:
    """Yield line, start, end and cells of each row below the header."""
    lines = text.split("\n")
    starts = [0]
    for one in lines:
        starts.append(starts[-1] + len(one) + 1)
    reader = csv.reader((one + "\n" for one in lines), delimiter=delimiter_of(text), strict=True)
    first = True
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise ValueProblem(f"line {line}: is not CSV: {error}") from error
        if cells is None:
            break
        cells = [cell.strip() for cell in cells]
        while len(cells) > len(COLUMNS) and not cells[-1]:
            cells.pop()
        if first and tuple(cells) != COLUMNS:
            raise ValueProblem(f"line 1: the header must be {','.join(COLUMNS)}")
        if not first and any(cells):
            yield line, starts[line - 1], starts[reader.line_num] - 1, cells
        first = False


def _correction(line: int, start: int, end: int, cells: Sequence[str]) -> Correction:
    if len(cells) != len(COLUMNS):
        raise ValueProblem(
            f"has {len(cells)} cells, not {len(COLUMNS)}; put quotes around a cell with commas"
        )
    row = dict(zip(COLUMNS, cells, strict=True))
    for name, text in row.items():
        if odd := [char for char in text if unicodedata.category(char) == "Cc" and char not in "\n\t"]:
            raise ValueProblem(f"{name} holds the control character U+{ord(odd[0]):04X}")
    kind, action = _member(FactType, "fact_type", row), _member(Action, "action", row)
    day = values.day(row["date"])
    if unsigned := [name for name in ("reviewer", "reason") if not row[name]]:
        raise ValueProblem(f"{unsigned[0]} is missing")
    key, field, value = row["fact_key"], row["field"], row["value"]
    change = Change()
    if field and action is not Action.EDIT:
        raise ValueProblem(f"{action} has no field; {field} goes with edit")
    if action is Action.EDIT:
        change = values.edit(kind, field, value)
    elif action is Action.ADD:
        change = values.addition(kind, value)
        made = values.key(kind, change.values)
        if key not in ("", made):
            raise ValueProblem(f"the fact_key of this {kind} is {made}; leave it empty, and it is found")
        key = made
    elif value:
        raise ValueProblem(f"{action} has no value")
    if not key:
        raise ValueProblem("fact_key is missing")
    return Correction(
        *(line, start, end, kind, key, field, action, value, row["reviewer"], day, row["reason"], change)
    )


def _member(of: type[Member], name: str, row: dict[str, str]) -> Member:
    try:
        return of(row[name])
    except ValueError:
        raise ValueProblem(f"{name} is “{row[name][:60]}”; it is one of {', '.join(of)}") from None


def _contradictions(rows: Sequence[Correction]) -> Iterator[str]:
    """Name the rows that say the same as an earlier one, or that cannot both hold."""
    changes: dict[tuple[FactType, str, str], Correction] = {}
    verdicts: dict[tuple[FactType, str], dict[bool, Correction]] = {}
    for row in rows:
        what = f"{row.action} {row.field}".strip()
        first = changes.setdefault((row.fact_type, row.fact_key, what), row)
        if first is not row:
            same = first.value == row.value
            yield f"line {row.line}: " + ("repeats" if same else "contradicts") + f" line {first.line}"
            continue
        rejects = row.action is Action.REJECT
        known = verdicts.setdefault((row.fact_type, row.fact_key), {})
        known.setdefault(rejects, row)
        if other := known.get(not rejects):
            yield f"line {row.line}: contradicts line {other.line}: a fact is rejected, or it is not"


def _line_of(problem: str) -> int:
    number = problem.removeprefix("line ").partition(":")[0]
    return int(number) if number.isdigit() else 0
