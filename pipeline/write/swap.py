"""Replacing a folder as a whole.

The new folder is built beside the old one (``.NAME.twintown-new``) and forced to disk, with hard links to
those files of the old one that stay as they are; then the old one is
moved aside (``.NAME.twintown-old``), the new one takes its place, and the old one is removed. Whatever
stops this, the old folder stands, complete, in its place or beside it, until the new one is in place;
``recover`` (which every write begins with) puts it back and removes what was half built.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pipeline.schema import AUDIT, PACKAGE, TABLES
from pipeline.write.spreadsheet import FOLDER

if sys.platform != "win32":
    import fcntl

_MANIFEST = "datapackage.json"


class OutputError(OSError):
    """The outputs cannot be written; what was there before is whole. The message is for people."""


def replace_folder(out: Path, files: Mapping[str, bytes]) -> None:
    """Make ``out`` a folder of these files and of what strangers left in it.

    Args:
        out: The folder. If it is there, it must be empty or hold a data package of ours.
        files: Contents by path inside the folder, with ``/``.

    Raises:
        OutputError: ``out`` is not ours to replace, another run is writing it, or the disk refused.
    """
    out = _absolute(out)
    with _as_output_error(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        recover(out)
        _check_ours(out)
        new, old = _beside(out)
        new.mkdir()
        lock = _lock(new)
        in_place = False
        try:
            for name, data in files.items():
                _put(new / name, data, out / name)
            if out.exists():
                _carry_over(out, new, _our_files(out) | files.keys())
                shutil.copymode(out, new)
            for folder in sorted({(new / name).parent for name in files}):
                _sync(folder)
            if out.exists():
                os.rename(out, old)
            os.rename(new, out)
            in_place = True
            _sync(out.parent)
        except BaseException:
            if in_place:
                os.rename(out, new)
            if old.exists() and not out.exists():
                os.rename(old, out)
            shutil.rmtree(new, ignore_errors=True)
            raise
        finally:
            if lock is not None:
                os.close(lock)
        # The outputs are in place: a remnant that cannot be removed now is removed by the next write.
        shutil.rmtree(old, ignore_errors=True)


def recover(out: Path) -> None:
    """Put right what an interrupted write left beside ``out``; without one, do nothing.

    Raises:
        OutputError: Another run is writing there at this moment, or the disk refused.
    """
    out = _absolute(out)
    with _as_output_error(out):
        new, old = _beside(out)
        if new.exists():
            lock = _lock(new)
            try:
                if old.exists() and not out.exists():
                    os.rename(old, out)
                shutil.rmtree(new)
            finally:
                if lock is not None:
                    os.close(lock)
        if old.exists():
            if out.exists():
                shutil.rmtree(old, ignore_errors=True)
            else:
                os.rename(old, out)


@contextmanager
def _as_output_error(out: Path) -> Iterator[None]:
    try:
        yield
    except OutputError:
        raise
    except OSError as error:
        raise OutputError(f"cannot write {out}: {error.strerror or error}") from error


def _absolute(out: Path) -> Path:
    # A link stays a link: what it points to is replaced.
    return Path(os.path.realpath(out))


def _beside(out: Path) -> tuple[Path, Path]:
    return out.with_name(f".{out.name}.twintown-new"), out.with_name(f".{out.name}.twintown-old")


def _check_ours(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputError(f"{out} is a file, not a folder")
    here = Path(os.path.realpath(os.curdir))
    if out == here or out in here.parents:
        raise OutputError(f"{out} is the folder you are in, which cannot be replaced; name another one")
    if any(out.iterdir()) and _package_name(out) != PACKAGE:
        raise OutputError(f"{out} holds files, but no outputs of ours; name a new or an empty folder")


def _package_name(out: Path) -> object:
    try:
        found = json.loads((out / _MANIFEST).read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        return None
    return found.get("name") if isinstance(found, dict) else None


def _our_files(out: Path) -> frozenset[str]:
    """Return the files that we may have put there; any other is a stranger's.

    An audit page is of the tables beside it, so it goes with them.
    """
    names = {f"{table.name}.{ending}" for table in TABLES for ending in ("csv", "parquet")}
    names |= {f"{FOLDER}/{table.name}.csv" for table in TABLES}
    names |= {_MANIFEST, AUDIT}
    try:
        with (out / "documents.csv").open(encoding="utf-8", newline="") as file:
            names |= {f"texts/{row.get('doc_id')}.txt" for row in csv.DictReader(file)}
    except (FileNotFoundError, UnicodeDecodeError, csv.Error):
        pass  # then its texts are kept, as if they were a stranger's
    return frozenset(names)


def _carry_over(out: Path, new: Path, ours: frozenset[str]) -> None:
    """Bring the files of strangers into the new folder: no byte is copied where a hard link will do."""
    made: list[tuple[Path, Path]] = []
    for folder, folders, names in os.walk(out, onerror=_raise):
        here = Path(folder)
        links = [name for name in folders if (here / name).is_symlink()]
        for name in sorted(set(folders) - set(links)):
            relative = (here / name).relative_to(out)
            if relative.as_posix() not in ("texts", FOLDER):
                (new / relative).mkdir(parents=True)
                made.append((here / name, new / relative))
        for name in sorted([*names, *links]):
            source = here / name
            relative = source.relative_to(out)
            if relative.as_posix() in ours:
                continue
            target = new / relative
            target.parent.mkdir(exist_ok=True)
            if source.is_symlink():
                target.symlink_to(os.readlink(source))
            elif source.is_file():
                _link_or_copy(source, target)
            else:
                raise OutputError(f"{source} is neither a file nor a folder; move it away first")
    # Inside out, and last: a folder may be closed to writing, and its time changes with its contents.
    for before, after in reversed(made):
        shutil.copystat(before, after)


def _raise(error: OSError) -> None:
    raise error


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
        _sync(target)


def _put(path: Path, data: bytes, before: Path) -> None:
    """Make a file; where the one before it is the same, it stays, and is on disk already."""
    path.parent.mkdir(exist_ok=True)
    if _holds(before, data):
        try:
            os.link(before, path)
            return
        except OSError:  # another user's, or a disk without hard links
            pass
    _write(path, data)


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file, and no link to one, holds these bytes."""
    try:
        status = os.lstat(path)
        if not stat.S_ISREG(status.st_mode) or status.st_size != len(data):
            return False
        return path.read_bytes() == data
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    """Force a file, or a folder's list of names, to disk."""
    if sys.platform == "win32":  # folders cannot be opened there
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lock(folder: Path) -> int | None:
    """Hold a folder for this process; the lock goes when the process does, however it ends."""
    if sys.platform == "win32":  # two runs at once into one folder are not noticed there
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise OutputError(f"another run is writing {folder.parent}") from None
    return handle
