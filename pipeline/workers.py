"""Pages through the stages in many processes, in order, and with care for those that kill theirs."""

from __future__ import annotations

import logging
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from pipeline.chain import RunError, crash
from pipeline.model import Claims, Page, Rejected
from pipeline.terminal import log_to_stderr

_WINDOW = 4
"""Pages in flight per worker: enough to keep it busy, few enough to hold in memory."""

_Job = tuple[Page, Future[Claims | Rejected] | None]

Work = Callable[[Page], Claims | Rejected]
"""What is done to a page."""

Load = Callable[[], Work]
"""Gets a process ready for work; must be picklable, and may raise RunError."""

_work: Work | RunError | None = None
"""What this worker process loaded at its start, or why it could not: its first page says so."""


def claims_in_processes(
    pages: Iterator[Page | Rejected], workers: int, load: Load
) -> Iterator[Claims | Rejected]:
    """Yield what each page says, in order, worked out in ``workers`` processes (each calls ``load`` once).

    A page whose process dies (out of memory, a crash below Python) is rejected; pages that were in
    flight with it run again.

    Raises:
        RunError: ``load`` raised it.
    """
    pool = _pool(workers, load)
    waiting: deque[_Job | Rejected] = deque()
    try:
        more = True
        while more or waiting:
            while more and len(waiting) < workers * _WINDOW:
                page = next(pages, None)
                if page is None:
                    more = False
                else:
                    waiting.append(page if isinstance(page, Rejected) else _submit(pool, page))
            if not waiting:
                return
            job = waiting.popleft()
            if isinstance(job, Rejected):
                yield job
                continue
            page, future = job
            try:
                if future is None:
                    raise BrokenProcessPool
                yield future.result()
            except BrokenProcessPool:
                # A worker died, and the pool with it. This page may be the cause or not: alone it shows.
                pool.shutdown(wait=True, cancel_futures=True)
                yield _alone(page, load)
                pool = _pool(workers, load)
                waiting = deque(_again(pool, job) for job in waiting)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pool(workers: int, load: Load) -> ProcessPoolExecutor:
    # "spawn" behaves alike on every system, and does not copy the threads of whoever calls us.
    return ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start,
        initargs=(load, logging.getLogger("pipeline").isEnabledFor(logging.DEBUG)),
    )


def _start(load: Load, verbose: bool) -> None:
    global _work
    log_to_stderr(verbose)
    try:
        _work = load()
    except RunError as error:
        _work = error


def _do(page: Page) -> Claims | Rejected:
    assert _work is not None
    if isinstance(_work, RunError):
        raise _work
    return _work(page)


def _submit(pool: ProcessPoolExecutor, page: Page) -> _Job:
    try:
        return page, pool.submit(_do, page)
    except BrokenProcessPool:
        return page, None  # dealt with when its turn comes


def _again(pool: ProcessPoolExecutor, job: _Job | Rejected) -> _Job | Rejected:
    if isinstance(job, Rejected):
        return job
    page, future = job
    finished = future is not None and future.done() and not future.cancelled() and not future.exception()
    return job if finished else _submit(pool, page)


def _alone(page: Page, load: Load) -> Claims | Rejected:
    with _pool(1, load) as pool:
        try:
            return pool.submit(_do, page).result()
        except BrokenProcessPool:
            return crash(page, "run", "killed the process that worked on it")
