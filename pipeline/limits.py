"""What one page may take before it is given up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Issue, Rejected

if TYPE_CHECKING:
    from pipeline.read import Raw

SECONDS = 60.0
"""A page of usual length takes a tenth of a second, a megabyte of prose seven."""

MEGABYTES = 2048
"""The largest page that is read, twenty megabytes of prose, takes 1300."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one page; None is no limit.

    ``seconds`` counts from the moment a process begins with the page, ``megabytes`` (2**20 bytes) what the
    process takes in addition to what it had then.
    """

    seconds: float | None = SECONDS
    megabytes: float | None = MEGABYTES

    def __bool__(self) -> bool:
        """Whether there is any limit."""
        return self.seconds is not None or self.megabytes is not None

    def too_slow(self, raw: Raw) -> Rejected:
        """Refuse a page that took too long."""
        return _refused(raw, "timeout", f"took longer than {self.seconds:g} seconds (--page-seconds)")

    def too_large(self, raw: Raw) -> Rejected:
        """Refuse a page that took too much memory."""
        return _refused(raw, "memory", f"took more than {self.megabytes:g} MB of memory (--page-memory)")


def _refused(raw: Raw, kind: str, what: str) -> Rejected:
    return Rejected(raw.source, Issue("run", kind, f"{raw.source} {what}"), raw.sha256, raw.url)
