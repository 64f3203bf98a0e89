"""Pages through the stages in processes of their own, each page within its limits.

``worker`` is what runs in a process, ``process`` one process as its parent sees it, ``supervise`` hands out
the pages and deals with the processes that die or hang.
"""

from __future__ import annotations

from pipeline.workers.supervise import outcomes
from pipeline.workers.worker import Load, Work

__all__ = ["Load", "Work", "outcomes"]
