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

Progress = Callable[[int, Claims | Rejected], None]
"""Called with the number of pages done, and with the last one's outcome."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run made.

    ``pages`` counts documents by status (``ok``, ``irrelevant``, ``rejected``), ``rows`` the rows of
    each table. ``rejected`` holds the pages that could not be read, in the order of the inputs.
    """

    out: Path
    pages: dict[str, int]
    rows: dict[str, int]
    rejected: tuple[Rejected, ...]


def run(
    inputs: Sequence[str | Path],
    out: str | Path,
    *,
    workers: int = 1,
    models: Models | None = None,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> Summary:
    """Read all inputs, extract and normalise their facts, and write the tables to ``out``.

    Args:
        inputs: Files and folders; ``-`` is one page from standard input.
        out: The folder of the tables; what stands there is replaced at the end, at once.
        workers: Number of processes. The tables do not depend on it.
        models: The models to recognise with.
        progress: Called after each page.
        stdin: Where ``-`` is read from; standard input, if None.

    Returns:
        Counts of what was found, and the pages that could not be read.

    Raises:
        RunError: An input is missing, no page was found, a model is missing, or the tables cannot
            be written. The old tables are untouched then.
    """
    from pipeline.write import write

    tables, rejected = collect(inputs, workers=workers, models=models, progress=progress, stdin=stdin)
    try:
        write(tables, Path(out))
    except OSError as error:
        raise RunError(str(error)) from error
    return _summary(Path(out), tables, rejected)


def collect(
    inputs: Sequence[str | Path],
    *,
    workers: int = 1,
    models: Models | None = None,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> tuple[Tables, tuple[Rejected, ...]]:
    """Make the tables of all inputs, and write nothing; arguments and errors are those of ``run``."""
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
    return normalise(claims, rejected), tuple(rejected)


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
    from pipeline.schema import TABLES, DocumentStatus

    statuses = Counter(tables["documents"]["status"])
    pages = {str(status): statuses[status] for status in DocumentStatus}
    return Summary(out, pages, {table.name: len(tables[table.name]) for table in TABLES}, rejected)
