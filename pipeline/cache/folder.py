"""Where entries lie on disk, and for how long.

``FOLDER/claims/ab/abcdef...`` is an entry; its name is a hash of everything that it depends on, so that
it is never changed, only made or removed. Any number of runs may use a folder at the same time.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.chain import RunError

VARIABLE = "TWINTOWN_CACHE"
"""The environment variable that names the folder."""

MAX_BYTES = 2 * 2**30
MAX_AGE = 30 * 86400
"""Seconds after which an entry that nobody asked for goes."""

_USED = 86400  # how exactly we know when an entry was asked for, in seconds
_UNFINISHED = 3600
_TAG = "CACHEDIR.TAG"
_TAG_TEXT = """Signature: 8a477f597d28d172789f06886806bc55
# What town pages said when twintown read them; it can be removed at any time (twintown cache --clear).
# For information about cache directory tags see https://bford.info/cachedir/
"""
_CLAIMS = "claims"
_ENTRY = re.compile(r"[0-9a-f]{64}")
_NEW = ".new-"


def default_folder() -> Path:
    """Return the folder that ``TWINTOWN_CACHE`` names, else the one that is usual on this system."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_cache_path("twintown", appauthor=False)


@dataclass(frozen=True, slots=True)
class _Kept:
    path: Path
    size: int
    used: float
    finished: bool


class CacheFolder:
    """A folder of entries."""

    def __init__(self, path: str | Path) -> None:
        """Name the folder; it is made when there is something to put into it.

        Raises:
            RunError: It is no folder, or holds files of others.
        """
        self.path = Path(path)
        try:
            names = {entry.name for entry in os.scandir(self.path)}
        except FileNotFoundError:
            return
        except OSError as error:
            raise RunError(f"the cache {path} cannot be read: {error.strerror}") from error
        if not names <= {_TAG, _CLAIMS}:
            raise RunError(f"{path} holds files, but no cache of ours; name a new or an empty folder")

    def has(self, key: str) -> bool:
        """Whether an entry is there."""
        return os.path.lexists(self._path(key))

    def get(self, key: str) -> bytes | None:
        """Return an entry, or None.

        Raises:
            OSError: It is there, but cannot be read.
        """
        path = self._path(key)
        try:
            with path.open("rb") as file:
                data = file.read()
                used = os.fstat(file.fileno()).st_mtime
        except FileNotFoundError:
            return None
        if time.time() - used > _USED:
            with suppress(OSError):  # a folder that we may only read
                os.utime(path)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep an entry: whole, or not at all.

        Raises:
            OSError: The disk refused.
        """
        path = self._path(key)
        try:
            handle, new = tempfile.mkstemp(prefix=_NEW, dir=path.parent)
        except FileNotFoundError:
            self._make(path.parent)
            handle, new = tempfile.mkstemp(prefix=_NEW, dir=path.parent)
        try:
            # Not forced to disk: what a power cut leaves of it has another checksum.
            with open(handle, "wb") as file:
                file.write(data)
            os.replace(new, path)
        except BaseException:
            Path(new).unlink(missing_ok=True)
            raise

    def size(self) -> tuple[int, int]:
        """Return the number of entries and their bytes."""
        kept = [entry for entry in self._kept() if entry.finished]
        return len(kept), sum(entry.size for entry in kept)

    def prune(self, max_bytes: int = MAX_BYTES, max_age: float = MAX_AGE) -> None:
        """Remove what nobody asked for in ``max_age`` seconds, then the longest unused beyond ``max_bytes``.

        What broken-off runs left half written goes as well.
        """
        now, total = time.time(), 0
        for entry in sorted(self._kept(), key=lambda entry: (-entry.used, entry.path)):
            age = now - entry.used
            if not entry.finished:
                keep = age < _UNFINISHED  # another run may be writing it
            else:
                keep = age < max_age and total + entry.size <= max_bytes
            if keep:
                total += entry.size
            else:
                with suppress(OSError):
                    entry.path.unlink()

    def clear(self) -> None:
        """Remove all entries, and the folder if nothing is left in it.

        Raises:
            OSError: Something cannot be removed.
        """
        for entry in list(self._kept()):
            entry.path.unlink(missing_ok=True)
        below = self.path / _CLAIMS
        (self.path / _TAG).unlink(missing_ok=True)
        for folder in (*_folders(below), below, self.path):
            with suppress(OSError):  # another run has just put something into it, or it was never there
                folder.rmdir()

    def _path(self, key: str) -> Path:
        return self.path / _CLAIMS / key[:2] / key

    def _make(self, folder: Path) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(parents=True, exist_ok=True)
        tag = self.path / _TAG
        if not tag.exists():
            tag.write_text(_TAG_TEXT, encoding="ascii")

    def _kept(self) -> Iterator[_Kept]:
        for folder in _folders(self.path / _CLAIMS):
            try:
                found = list(os.scandir(folder))
            except OSError:
                continue
            for entry in found:
                finished = bool(_ENTRY.fullmatch(entry.name))
                if finished or entry.name.startswith(_NEW):
                    try:
                        status = entry.stat(follow_symlinks=False)
                    except OSError:
                        continue
                    yield _Kept(Path(entry.path), status.st_size, status.st_mtime, finished)


def _folders(path: Path) -> list[Path]:
    try:
        return sorted(Path(e.path) for e in os.scandir(path) if e.is_dir(follow_symlinks=False))
    except OSError:
        return []
