"""Getting and keeping the claims of pages, for one run."""

from __future__ import annotations

import hashlib
import json
import logging

from pipeline.cache.entry import Damaged, pack, unpack
from pipeline.cache.fingerprint import fingerprint
from pipeline.cache.folder import CacheFolder
from pipeline.chain import Models
from pipeline.model import Claims, Rejected
from pipeline.read import Raw

log = logging.getLogger(__name__)


class Entries:
    """What a folder holds for pages read with these models and this code.

    Nothing that goes wrong with it stops a run: what cannot be read is worked out again, and what cannot be
    kept is not, with a warning.
    """

    def __init__(self, folder: CacheFolder, models: Models) -> None:
        """Find out what the entries must be made with."""
        self._folder = folder
        self._fingerprint = fingerprint(models)
        self._full = False
        self._kept = 0

    def key(self, raw: Raw) -> str:
        """Return the name of a page's entry: a hash of all that its claims depend on."""
        # JSON keeps the parts apart whatever stands in them. A page's name tells its type, and is in its ids.
        parts = [self._fingerprint, raw.sha256, raw.source, raw.url]
        return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()

    def has(self, key: str) -> bool:
        """Whether there is an entry; that it is whole shows when it is got."""
        return self._folder.has(key)

    def get(self, key: str) -> Claims | Rejected | None:
        """Return what an unchanged page said, or None."""
        try:
            data = self._folder.get(key)
            return None if data is None else unpack(key, data)
        except (OSError, Damaged) as error:
            log.debug("the cache entry %s is of no use: %s", key, error)
            return None

    def put(self, key: str, outcome: Claims | Rejected) -> None:
        """Keep what a page said, or why it cannot be read; not that something broke, or took too much."""
        if self._full or (isinstance(outcome, Rejected) and not _lasting(outcome)):
            return
        try:
            self._folder.put(key, pack(key, outcome))
            self._kept += 1
        except ValueError as error:  # a text that is no UTF-8, which no page should have made
            log.debug("what is %s cannot be kept: %s", key, error)
        except OSError as error:
            self._full = True
            log.warning("the cache %s cannot be written: %s", self._folder.path, error.strerror)

    def close(self) -> None:
        """Make room, if anything was added."""
        if self._kept:
            self._folder.prune()


def _lasting(rejected: Rejected) -> bool:
    """Whether the next run would say the same: what was read, not what befell the process that read it."""
    return rejected.issue.stage == "read" and rejected.issue.kind != "crash"
