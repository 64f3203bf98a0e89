"""Many pages: from inputs to tables on disk.

Each page goes through the stages by itself, here or in a worker process; only the claims come
together. A page that breaks a stage is recorded and the run goes on.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pipeline.chain import Chain, Models, RunError
from pipeline.model import Claims, Page, Rejected

if TYPE_CHECKING:
    from pipeline.normalise import Tables
    from pipeline.normalise.corrections import Corrections

Progress = Callable[[int, Claims | Rejected], None]
"""Called with the number of pages done, and with the last one's outcome."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run made.

    ``pages`` counts documents by status (``ok``, ``irrelevant``, ``rejected``), ``rows`` the rows of
    each table. ``rejected`` holds the pages that could not be read, in the order of the inputs, ``stale``
    the corrections that fit nothing any more, each with its line and the cause.
    """

    out: Path
    pages: dict[str, int]
    rows: dict[str, int]
    rejected: tuple[Rejected, ...]
    stale: tuple[str, ...] = ()


def run(
    inputs: Sequence[str | Path],
    out: str | Path,
    *,
    workers: int = 1,
    models: Models | None = None,
    corrections: Path | None = None,
    spreadsheet: bool = False,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> Summary:
    """Read all inputs, extract and normalise their facts, and write the tables to ``out``.

    Args:
        inputs: Files and folders; ``-`` is one page from standard input.
        out: The folder of the tables; what stands there is replaced at the end, at once.
        workers: Number of processes. The tables do not depend on it.
        models: The models to recognise with.
        corrections: A file of corrections; if None, the ``corrections.csv`` in a folder of the inputs.
        spreadsheet: Whether to write copies of the CSV files that are safe to open in a spreadsheet.
        progress: Called after each page.
        stdin: Where ``-`` is read from; standard input, if None.

    Returns:
        Counts of what was found, and the pages that could not be read.

    Raises:
        RunError: An input is missing, no page was found, a model is missing, the corrections are not
            valid, or the tables cannot be written. The old tables are untouched then.
    """
    from pipeline.write import write

    found = read_corrections(inputs, corrections)
    tables, rejected = collect(
        inputs, workers=workers, models=models, corrections=found, progress=progress, stdin=stdin
    )
    try:
        write(tables, Path(out), spreadsheet=spreadsheet)
    except OSError as error:
        raise RunError(str(error)) from error
    return _summary(Path(out), tables, rejected)


def collect(
    inputs: Sequence[str | Path],
    *,
    workers: int = 1,
    models: Models | None = None,
    corrections: Corrections | None = None,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> tuple[Tables, tuple[Rejected, ...]]:
    """Make the tables of all inputs, and write nothing; arguments and errors are those of ``run``.

    Only the corrections that are given are applied.
    """
    from pipeline.normalise import normalise

    claims: list[Claims] = []
    rejected: list[Rejected] = []
    pages = read_pages(inputs, stdin)
    for done, outcome in enumerate(_outcomes(pages, workers, models or Models()), start=1):
        if isinstance(outcome, Rejected):
            rejected.append(outcome)
        else:
            claims.append(outcome)
        if progress is not None:
            progress(done, outcome)
    return normalise(claims, rejected, corrections), tuple(rejected)


def read_corrections(inputs: Sequence[str | Path], named: Path | None) -> Corrections | None:
    """Return the corrections of a named file, or else of the one beside the pages, if there is one.

    Raises:
        RunError: The file is missing, or not valid.
    """
    from pipeline.normalise.corrections import CorrectionError, beside, read

    try:
        path = named or beside(inputs)
        return None if path is None else read(path)
    except CorrectionError as error:
        raise RunError(str(error)) from error


def read_pages(inputs: Sequence[str | Path], stdin: BinaryIO | None = None) -> Iterator[Page | Rejected]:
    """Yield the pages of files, folders and ``-`` (standard input), each read when it is asked for.

    Raises:
        RunError: An input is missing, or there is no page in any.
    """
    from pipeline.read import InputError, read

    if stdin is None and sys.stdin is not None:
        stdin = sys.stdin.buffer
    try:
        pages = read(inputs, stdin)
        first = next(pages, None)
    except InputError as error:
        raise RunError(str(error)) from error
    if first is None:
        raise RunError("no pages found in " + ", ".join(map(str, inputs)))
    yield first
    yield from pages


def _outcomes(pages: Iterator[Page | Rejected], workers: int, models: Models) -> Iterator[Claims | Rejected]:
    if workers > 1:
        from pipeline.workers import claims_in_processes

        yield from claims_in_processes(pages, workers, partial(_load, models))
        return
    chain: Chain | None = None
    for page in pages:  # a missing input is found before the models are loaded
        chain = chain or Chain(models)
        yield chain.claims(page)


def _load(models: Models) -> Callable[[Page | Rejected], Claims | Rejected]:
    return Chain(models).claims


def _summary(out: Path, tables: Tables, rejected: tuple[Rejected, ...]) -> Summary:
    from pipeline.schema import CORRECTIONS, TABLES, DocumentStatus, Outcome

    statuses = Counter(tables["documents"]["status"])
    pages = {s: statuses[s] for s in map(str, DocumentStatus) if s != DocumentStatus.CORRECTIONS}
    rows = {table.name: len(tables[table.name]) for table in TABLES}
    reviews = [row for row in tables.rows("reviews") if row["outcome"] == Outcome.STALE]
    stale = tuple(f"{CORRECTIONS} line {row['line']}: {row['message']}" for row in reviews)
    return Summary(out, pages, rows, rejected, stale)
