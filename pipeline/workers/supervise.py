"""Handing out pages to processes, and dealing with the processes that die or hang."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Hashable, Iterator
from multiprocessing.connection import wait
from typing import Generic, TypeVar

from pipeline.chain import RunError, crash
from pipeline.limits import Limits
from pipeline.model import Claims, Rejected
from pipeline.read import Raw
from pipeline.workers.process import Died, WorkerProcess
from pipeline.workers.worker import Load

_LOOK = 0.1
"""Seconds between two looks at the memory of the processes."""

_TURN = 0.02
"""Seconds for which pages are taken while a process may have something to say."""

_STARTS = 3
"""So many processes in a row may die before they are ready."""

Key = TypeVar("Key", bound=Hashable)


def outcomes(
    pages: Iterator[tuple[Key, Raw] | None], workers: int, load: Load, limits: Limits
) -> Iterator[tuple[Key, Claims | Rejected]]:
    """Yield what each page says, as it is finished, worked out in at most ``workers`` processes.

    A page that goes beyond a limit is rejected, and its process ended. A page whose process dies (out of
    memory, a crash below Python, somebody's kill) has a second try before it is rejected. Other pages
    notice nothing of either.

    Args:
        pages: Taken as they are needed, one ahead of the processes; None where it takes a while to find the
            next. A key comes back with its page, and is no other's.
        workers: Processes; one is started when there is a page for it.
        load: Called once in each process.
        limits: Of each page.

    Raises:
        RunError: ``load`` raised it, or the processes die before they are ready.
    """
    supervisor = _Supervisor(pages, workers, load, limits)
    try:
        yield from supervisor.run()
    finally:
        supervisor.stop()


class _Supervisor(Generic[Key]):
    def __init__(
        self, pages: Iterator[tuple[Key, Raw] | None], workers: int, load: Load, limits: Limits
    ) -> None:
        self._pages, self._workers, self._load, self._limits = pages, workers, load, limits
        self._more = True
        self._waiting: deque[tuple[Key, Raw]] = deque()
        self._tried: set[Key] = set()  # pages whose process has died
        self._processes: list[WorkerProcess[Key]] = []
        self._false_starts = 0

    def run(self) -> Iterator[tuple[Key, Claims | Rejected]]:
        while True:
            self._hand_out()
            interrupted = self._take()
            self._hand_out()
            busy = [process for process in self._processes if process.job or not process.ready]
            if busy:
                yield from self._listen(busy, 0 if interrupted else self._patience(busy))
            elif not self._more and not self._waiting:
                return

    def stop(self) -> None:
        for process in self._processes:
            process.stop()
        self._processes.clear()

    def _take(self) -> bool:
        """Take as many pages as there will be processes for, and one; True if it stopped to listen."""
        start = time.monotonic()
        while self._more and len(self._waiting) <= self._unoccupied():
            try:
                page = next(self._pages)
            except StopIteration:
                self._more = False
                return False
            if page is not None:
                self._waiting.append(page)
                self._start()
            elif self._processes and time.monotonic() - start > _TURN:
                return True
        return False

    def _unoccupied(self) -> int:
        return sum(process.job is None for process in self._processes)

    def _start(self) -> None:
        while len(self._waiting) > self._unoccupied() and len(self._processes) < self._workers:
            self._processes.append(WorkerProcess(self._load, self._limits))

    def _hand_out(self) -> None:
        self._start()  # in place of one that died, perhaps
        for process in self._processes:
            if self._waiting and process.ready and process.job is None:
                process.begin(*self._waiting.popleft())

    def _patience(self, busy: list[WorkerProcess[Key]]) -> float | None:
        """Return for how many seconds there is nothing to do but listen; None: for as long as it takes."""
        due = [left for process in busy if (left := process.time_left()) is not None]
        if self._limits.megabytes is not None:
            due.append(_LOOK)
        return min(due, default=None)

    def _listen(
        self, busy: list[WorkerProcess[Key]], seconds: float | None
    ) -> Iterator[tuple[Key, Claims | Rejected]]:
        heard = wait([process.pipe for process in busy], seconds)
        for process in busy:
            if process.pipe in heard:
                yield from self._hear(process)
            elif process.job is not None and (refused := process.over_limit()):
                self._end(process)
                yield process.job[0], refused

    def _hear(self, process: WorkerProcess[Key]) -> Iterator[tuple[Key, Claims | Rejected]]:
        try:
            outcome = process.answer()
        except Died:
            self._end(process)
            if process.job is not None:
                yield from self._died(*process.job)
                return
            self._false_starts += 1
            if self._false_starts == _STARTS:
                raise RunError("the processes for the pages die before they are ready (see -v)") from None
            return
        self._false_starts = 0
        if outcome is not None and process.job is not None:
            key, _ = process.job
            process.job = None
            yield key, outcome

    def _died(self, key: Key, raw: Raw) -> Iterator[tuple[Key, Claims | Rejected]]:
        # Its own fault, or that of a neighbour that took the memory, or of somebody who killed the process.
        if key in self._tried:
            yield key, crash(raw, "run", "killed the process that worked on it")
        else:
            self._tried.add(key)
            self._waiting.appendleft((key, raw))

    def _end(self, process: WorkerProcess[Key]) -> None:
        self._processes.remove(process)
        process.stop()
