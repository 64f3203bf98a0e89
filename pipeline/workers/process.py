"""One worker process as its parent sees it."""

from __future__ import annotations

import logging
import multiprocessing
import time
from contextlib import suppress
from typing import Generic, TypeVar

import psutil

from pipeline.chain import RunError
from pipeline.limits import Limits
from pipeline.model import Claims, Rejected
from pipeline.read import Raw
from pipeline.workers.worker import Load, serve

_SPAWN = multiprocessing.get_context("spawn")
# It behaves alike on every system, and does not copy the threads of whoever calls us.

Key = TypeVar("Key")


class Died(Exception):
    """The process is gone, and with it what it was at."""


class WorkerProcess(Generic[Key]):
    """A process that has at most one page at a time, and a pipe to it that it shares with nobody.

    Pools have one pipe for all their processes, behind a lock: one that is killed while it holds the lock
    takes the others with it.
    """

    def __init__(self, load: Load, limits: Limits) -> None:
        """Start the process; it is ready when ``answer`` has said so."""
        verbose = logging.getLogger("pipeline").isEnabledFor(logging.DEBUG)
        self.pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(
            target=serve, args=(theirs, load, verbose, limits.seconds), daemon=True
        )
        self._process.start()
        theirs.close()  # else nobody would notice when the process is gone
        self._limits = limits
        self._began = 0.0
        self._had = 0
        self.ready = False
        self.job: tuple[Key, Raw] | None = None

    def begin(self, key: Key, raw: Raw) -> None:
        """Give a page to an idle process; that the process is gone shows when it should answer."""
        self.job = (key, raw)
        self._began = time.monotonic()
        self._had = self._memory()
        with suppress(OSError):
            self.pipe.send(raw)

    def answer(self) -> Claims | Rejected | None:
        """Return what the process has sent: an outcome, or None for its being ready.

        Raises:
            Died: The process is gone.
            RunError: It cannot get ready.
        """
        try:
            found: Claims | Rejected | RunError | None = self.pipe.recv()
        except (EOFError, OSError) as error:
            raise Died from error
        if isinstance(found, RunError):
            raise found
        self.ready = True
        return found

    def time_left(self) -> float | None:
        """Return the seconds until the page is due; None if it never is."""
        if self.job is None or self._limits.seconds is None:
            return None
        return max(0.0, self._began + self._limits.seconds - time.monotonic())

    def over_limit(self) -> Rejected | None:
        """Return the refusal of the page if it has taken too much."""
        if self.job is None:
            return None
        _, raw = self.job
        if self.time_left() == 0:
            return self._limits.too_slow(raw)
        if self._limits.megabytes is not None and self._memory() - self._had > self._limits.megabytes * 2**20:
            return self._limits.too_large(raw)
        return None

    def stop(self) -> None:
        """End the process, whatever it is at."""
        self.pipe.close()
        if self.job is None:
            self._process.join(1)  # an idle one ends by itself
        self._process.kill()
        self._process.join()
        self._process.close()

    def _memory(self) -> int:
        """Return the bytes that the process holds."""
        if self._limits.megabytes is None:
            return 0
        try:
            held: int = psutil.Process(self._process.pid).memory_info().rss
        except psutil.Error:
            return 0
        return held
