"""Many pages: from inputs to tables on disk.

What an unchanged page said in an earlier run is taken from the cache; any other page goes through the stages
by itself, here or in a worker process. Only the claims come together. A page that breaks a stage is recorded
and the run goes on.
"""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pipeline.chain import Chain, Models, RunError
from pipeline.limits import Limits
from pipeline.model import Claims, Page, Rejected

if TYPE_CHECKING:
    from pipeline.cache import CacheFolder, Entries
    from pipeline.normalise import Tables
    from pipeline.normalise.corrections import Corrections
    from pipeline.read import Input, Raw
    from pipeline.workers import Work

Progress = Callable[[int, Claims | Rejected], None]
"""Called when a page is done, with the number of pages that there are, and with what it said."""

_NEXT = ("pyarrow", "pandas", "pipeline.normalise", "pipeline.write")
"""What is imported while the workers are at the last pages."""

_Job = tuple[int, str]
"""Number of a page among all, and its key in the cache."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run made.

    ``pages`` counts documents by status (``ok``, ``irrelevant``, ``rejected``), ``rows`` the rows of
    each table. ``rejected`` holds the pages that could not be read, in the order of the inputs, ``stale``
    the corrections that fit nothing any more, each with its line and the cause. ``unchanged`` counts the
    pages whose claims came from the cache.
    """

    out: Path
    pages: dict[str, int]
    rows: dict[str, int]
    rejected: tuple[Rejected, ...]
    stale: tuple[str, ...] = ()
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Collected:
    """The tables of all inputs; ``rejected`` and ``unchanged`` as in ``Summary``."""

    tables: Tables
    rejected: tuple[Rejected, ...]
    unchanged: int


def run(
    inputs: Sequence[str | Path],
    out: str | Path,
    *,
    workers: int = 1,
    limits: Limits | None = None,
    cache: CacheFolder | None = None,
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
        limits: Of each page. With any, and with several workers, pages are worked out in processes of
            their own; else in this one.
        cache: Where the claims of pages are kept from run to run; None keeps nothing.
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
    reviewed = read_corrections(inputs, corrections)
    with _no_garbage(_elsewhere(workers, limits)):
        found = collect(
            inputs,
            workers=workers,
            limits=limits,
            cache=cache,
            models=models,
            corrections=reviewed,
            progress=progress,
            stdin=stdin,
        )
        from pipeline.write import write

        try:
            with _no_garbage():
                write(found.tables, Path(out), spreadsheet=spreadsheet)
        except OSError as error:
            raise RunError(str(error)) from error
    return _summary(Path(out), found)


def collect(
    inputs: Sequence[str | Path],
    *,
    workers: int = 1,
    limits: Limits | None = None,
    cache: CacheFolder | None = None,
    models: Models | None = None,
    corrections: Corrections | None = None,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> Collected:
    """Make the tables of all inputs, and write nothing; arguments and errors are those of ``run``.

    Only the corrections that are given are applied.
    """
    models = models or Models()
    items, stdin = _find(inputs, stdin)
    entries: Entries | None = None
    if cache is not None:
        from pipeline.cache import Entries

        entries = Entries(cache, models)
    outcomes: dict[int, Claims | Rejected] = {}
    unchanged = 0

    def done(index: int, outcome: Claims | Rejected) -> None:
        outcomes[index] = outcome
        if progress is not None:
            progress(len(items), outcome)

    def changed() -> Iterator[tuple[_Job, Raw] | None]:
        nonlocal unchanged
        from pipeline.read import fetch

        # First what has changed, so that the workers begin at once; what they need not do is read meanwhile.
        entered: list[tuple[_Job, Raw | None]] = []
        for index, item in enumerate(items):
            raw = fetch(item, stdin)
            if isinstance(raw, Rejected):
                done(index, raw)
                continue
            key = entries.key(raw) if entries else ""
            if entries and entries.has(key):
                entered.append(((index, key), raw if item.path is None else None))
                yield None
            else:
                yield (index, key), raw
        for (index, key), held in entered:
            known = entries.get(key) if entries else None
            if known is not None:
                unchanged += 1
                done(index, known)
                yield None
                continue
            raw = held or fetch(items[index], stdin)
            if isinstance(raw, Rejected):
                done(index, raw)
            else:
                yield (index, entries.key(raw) if entries else ""), raw
        for name in _NEXT:
            import_module(name)
            yield None

    elsewhere = _elsewhere(workers, limits)
    worked_out = _by_workers if elsewhere else _here
    with _no_garbage(elsewhere):
        for (index, key), outcome in worked_out(changed(), workers, limits, models):
            if entries is not None:
                entries.put(key, outcome)
            done(index, outcome)
    if entries is not None:
        entries.close()
    from pipeline.normalise import normalise

    ordered = [outcomes[index] for index in range(len(items))]
    claims = [outcome for outcome in ordered if isinstance(outcome, Claims)]
    rejected = [outcome for outcome in ordered if isinstance(outcome, Rejected)]
    with _no_garbage():
        tables = normalise(claims, rejected, corrections)
    return Collected(tables, tuple(rejected), unchanged)


def read_corrections(inputs: Sequence[str | Path], named: Path | None) -> Corrections | None:
    """Return the corrections of a named file, or else of the one beside the pages, if there is one.

    Raises:
        RunError: The file is missing, or not valid.
    """
    from pipeline.read import InputError, find_corrections

    try:
        path = named or find_corrections(inputs)
    except InputError as error:
        raise RunError(str(error)) from error
    if path is None:
        return None
    from pipeline.normalise.corrections import CorrectionError, read

    try:
        return read(path)
    except CorrectionError as error:
        raise RunError(str(error)) from error


def read_pages(inputs: Sequence[str | Path], stdin: BinaryIO | None = None) -> Iterator[Page | Rejected]:
    """Yield the pages of files, folders and ``-`` (standard input), each read when it is asked for.

    Raises:
        RunError: An input is missing, or there is no page in any.
    """
    from pipeline.read import read_all

    items, stdin = _find(inputs, stdin)
    return read_all(items, stdin)


def _find(inputs: Sequence[str | Path], stdin: BinaryIO | None) -> tuple[list[Input], BinaryIO | None]:
    from pipeline.read import InputError, find

    if stdin is None and sys.stdin is not None:
        stdin = sys.stdin.buffer
    try:
        found = find(inputs, stdin)
    except InputError as error:
        raise RunError(str(error)) from error
    if not found:
        raise RunError("no pages found in " + ", ".join(map(str, inputs)))
    return found, stdin


def _elsewhere(workers: int, limits: Limits | None) -> bool:
    """Whether pages are worked out in other processes."""
    return workers > 1 or bool(limits)


def _by_workers(
    pages: Iterator[tuple[_Job, Raw] | None], workers: int, limits: Limits | None, models: Models
) -> Iterator[tuple[_Job, Claims | Rejected]]:
    from pipeline.workers import outcomes

    yield from outcomes(pages, workers, partial(_load, models), limits or Limits(None, None))


def _here(
    pages: Iterator[tuple[_Job, Raw] | None], _workers: int, _limits: Limits | None, models: Models
) -> Iterator[tuple[_Job, Claims | Rejected]]:
    work: Work | None = None
    for page in pages:
        if page is not None:
            work = work or _load(models)  # not before there is a page that needs it
            job, raw = page
            yield job, work(raw)


def _load(models: Models) -> Work:
    return Chain(models).claims_of


@contextmanager
def _no_garbage(spare: bool = True) -> Iterator[None]:
    """Spare us the search for cycles of garbage where there are none, in claims and rows.

    It walks through all of them again and again: a fifth of the time of a run in which little has changed.
    """
    enabled = gc.isenabled()
    if spare:
        gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _summary(out: Path, found: Collected) -> Summary:
    from pipeline.schema import CORRECTIONS, TABLES, DocumentStatus, Outcome

    tables = found.tables
    statuses = Counter(tables["documents"]["status"])
    pages = {s: statuses[s] for s in map(str, DocumentStatus) if s != DocumentStatus.CORRECTIONS}
    rows = {table.name: len(tables[table.name]) for table in TABLES}
    reviews = [row for row in tables.rows("reviews") if row["outcome"] == Outcome.STALE]
    stale = tuple(f"{CORRECTIONS} line {row['line']}: {row['message']}" for row in reviews)
    return Summary(out, pages, rows, found.rejected, stale, found.unchanged)
