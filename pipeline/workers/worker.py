"""What runs in a worker process: load once, then one page after the other."""

from __future__ import annotations

import atexit
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import Connection

from pipeline.chain import RunError
from pipeline.model import Claims, Rejected
from pipeline.read import Raw
from pipeline.terminal import log_to_stderr

Work = Callable[[Raw], Claims | Rejected]
"""What is done to a page."""

Load = Callable[[], Work]
"""Gets a process ready for work; must be picklable, and may raise RunError."""

_GRACE = 10
"""Seconds after which a process whose parent did not stop it stops itself."""


def serve(pipe: Connection, load: Load, verbose: bool, seconds: float | None) -> None:
    """Say whether the process is ready (None, or a RunError), then answer each page with its outcome.

    Args:
        pipe: The parent's end is the only other one.
        load: What to begin with.
        verbose: Whether tracebacks go to standard error.
        seconds: The limit of a page, which the parent enforces.
    """
    atexit.register(os._exit, 0)  # to take apart what has been loaded takes a fifth of a second
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches us all; the parent decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    log_to_stderr(verbose)
    try:
        work = load()
    except RunError as error:
        pipe.send(error)
        return
    pipe.send(None)
    while True:
        try:
            raw = pipe.recv()
        except EOFError:
            return
        _stop_myself_after(seconds)
        outcome = work(raw)
        _stop_myself_after(None)
        pipe.send(outcome)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _stop_myself_after(seconds: float | None) -> None:
    """Have the system end this process: even one whose parent is gone, stuck below Python."""
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.setitimer(signal.ITIMER_REAL, 0 if seconds is None else seconds + _GRACE)
