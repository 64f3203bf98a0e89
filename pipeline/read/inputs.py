"""Finding the pages behind the names a user gives, and reading each once.

``find`` names the pages, ``fetch`` gets the bytes of one, ``read_bytes`` makes a page of them; ``read`` does
all three.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.model import Issue, Page, Rejected
from pipeline.read.decode import decode
from pipeline.read.sniff import PAGE_SUFFIXES, binary_kind, media_type
from pipeline.schema import CORRECTIONS

MAX_BYTES = 20_000_000
"""Size of the largest page that is read, in bytes."""

_SHARE_LOST = 0.01


class InputError(ValueError):
    """What the user named does not exist, or is not clear: the run does not happen."""


@dataclass(frozen=True, slots=True)
class Input:
    """A page that is there to be read: its file (None is standard input), and its name in the tables."""

    path: Path | None
    source: str


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of a page as they came; ``sha256`` is theirs, hexadecimal."""

    source: str
    data: bytes
    sha256: str
    url: str | None = None


def find(inputs: Sequence[str | Path], stdin: BinaryIO | None = None) -> list[Input]:
    """Name the pages in files, folders and standard input, without opening any.

    Folders are walked in sorted order; hidden files, links that lead out of the folder, a README and files
    whose suffix is not that of a page are passed over. A file given by name is always tried.

    Args:
        inputs: Paths of files and folders; ``-`` is one page from ``stdin``.
        stdin: Where ``-`` is read from.

    Returns:
        One record a page, each real file once, in the order of the inputs.

    Raises:
        InputError: A path does not exist or names corrections, or ``-`` was given without ``stdin``.
            Raised before the first page is read.
    """
    found: list[Input] = []
    seen: set[str] = set()
    for given in inputs:
        if str(given) == "-":
            if stdin is None:
                raise InputError("'-' was given, but there is no standard input to read")
            if "-" not in seen:
                seen.add("-")
                found.append(Input(None, "-"))
            continue
        root = Path(given)
        if root.name == CORRECTIONS and not root.is_dir():
            raise InputError(f"{given} holds corrections, and is no page: name it with --corrections")
        if not os.path.lexists(root):
            raise InputError(f"there is no such file or folder: {given}")
        if root.is_dir():
            pages = [(path, path.relative_to(root).as_posix()) for path in _walk(root)]
        else:
            pages = [(root, root.name)]
        for path, source in pages:
            real = os.path.realpath(path)
            if real not in seen:
                seen.add(real)
                # A file name may hold bytes that are no UTF-8; a source must go into every table.
                name = source.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
                found.append(Input(path, name))
    return _tell_apart(found)


def find_corrections(inputs: Sequence[str | Path]) -> Path | None:
    """Return the file of corrections that lies in a folder among the inputs, None if there is none.

    Raises:
        InputError: There are several.
    """
    files = [Path(given) / CORRECTIONS for given in inputs if str(given) != "-"]
    found = {path.resolve(): path for path in files if path.exists()}
    if len(found) > 1:
        first, second, *_ = found.values()
        raise InputError(f"{second}: {first} is there as well; say which one with --corrections")
    return next(iter(found.values()), None)


def fetch(item: Input, stdin: BinaryIO | None = None) -> Raw | Rejected:
    """Return the bytes of a page, not looked at yet, or a refusal of kind ``unreadable`` or ``too_large``."""
    path, source = item.path, item.source
    if path is None:
        assert stdin is not None
        return _raw(stdin.read(MAX_BYTES + 1), source)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _rejected(source, "unreadable", "is not a regular file")
        if status.st_size > MAX_BYTES:
            return _too_large(source, status.st_size)
        with path.open("rb") as file:
            # One byte more than allowed, in case the file is growing.
            return _raw(file.read(MAX_BYTES + 1), source)
    except OSError as error:
        return _rejected(source, "unreadable", f"cannot be read: {error.strerror or type(error).__name__}")


def read(inputs: Sequence[str | Path], stdin: BinaryIO | None = None) -> Iterator[Page | Rejected]:
    """Read pages from files, folders and standard input; arguments and errors are those of ``find``.

    Yields:
        One record a page, each real file once, in the order of the inputs.
    """
    return read_all(find(inputs, stdin), stdin)  # a missing input is said before the first page is asked for


def read_all(found: Iterable[Input], stdin: BinaryIO | None = None) -> Iterator[Page | Rejected]:
    """Read the pages that ``find`` named, each when it is asked for."""
    for item in found:
        raw = fetch(item, stdin)
        yield raw if isinstance(raw, Rejected) else read_bytes(raw.data, raw.source, raw.url)


def read_bytes(data: bytes, source: str, url: str | None = None) -> Page | Rejected:
    """Make a page of bytes.

    Args:
        data: The bytes as they came.
        source: The page's name in the tables.
        url: Where it was fetched, if known.

    Returns:
        The decoded page, or a refusal of kind ``too_large``, ``empty`` or ``binary``.
    """
    if len(data) > MAX_BYTES:
        return _too_large(source, len(data), url)
    sha256 = hashlib.sha256(data).hexdigest()
    if not data.strip():
        return _rejected(source, "empty", "has no content", sha256, url)
    what = binary_kind(data)
    if what:
        return _rejected(source, "binary", f"is not a page but {what}", sha256, url)
    text, encoding, lost = decode(data)
    if not text.strip("\ufeff \t\r\n\f\v\xa0"):
        return _rejected(source, "empty", "holds white space only", sha256, url)
    issues: tuple[Issue, ...] = ()
    if lost > _SHARE_LOST * len(text):
        issues = (
            Issue("read", "undecodable", f"{source}: {lost} characters could not be decoded as {encoding}"),
        )
    return Page(source, text, media_type(text, source), sha256, encoding, lost, url, issues)


def _walk(root: Path) -> Iterator[Path]:
    """Yield the files of a folder that look like pages, sorted by their path."""
    top = os.path.realpath(root)
    visited: set[str] = set()
    files: list[Path] = []
    for folder, folders, names in os.walk(root, followlinks=True):
        real = os.path.realpath(folder)
        # Links may lead around in a circle, or out of the folder the user meant.
        if real in visited or not _inside(real, top):
            folders[:] = []
            continue
        visited.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(folder, name)
            about = path.stem.upper() == "README"  # says what the folder is, and is none of its pages
            if name.startswith(".") or about or path.suffix.lower() not in PAGE_SUFFIXES:
                continue
            if path.is_symlink() and not _inside(os.path.realpath(path), top):
                continue
            files.append(path)
    yield from sorted(files, key=lambda path: path.relative_to(root).parts)


def _inside(real: str, top: str) -> bool:
    return real == top or real.startswith(top.rstrip(os.sep) + os.sep)


def _tell_apart(found: list[Input]) -> list[Input]:
    """Prefix parent folders to sources that two inputs share, until they differ."""
    by_source: dict[str, list[int]] = {}
    for index, item in enumerate(found):
        by_source.setdefault(item.source, []).append(index)
    result = list(found)
    taken = {source for source, indices in by_source.items() if len(indices) == 1}
    for source, indices in by_source.items():
        if len(indices) == 1:
            continue
        parts = {i: Path(os.path.abspath(p)).parts[1:] for i in indices if (p := found[i].path) is not None}
        depth = source.count("/") + 1
        deepest = max((len(names) for names in parts.values()), default=0)
        for extra in range(1, deepest + 1):
            names = {i: "/".join(names[-(depth + extra) :]) for i, names in parts.items()}
            if len(set(names.values())) == len(names) and not taken & set(names.values()):
                break
        for i, name in names.items():
            result[i] = Input(found[i].path, name)
        taken |= set(names.values())
    return result


def _raw(data: bytes, source: str) -> Raw | Rejected:
    if len(data) > MAX_BYTES:
        return _too_large(source, len(data))
    return Raw(source, data, hashlib.sha256(data).hexdigest())


def _too_large(source: str, size: int, url: str | None = None) -> Rejected:
    limit = MAX_BYTES // 1_000_000
    return _rejected(source, "too_large", f"has {size:,} bytes or more, the limit is {limit} MB", url=url)


def _rejected(source: str, kind: str, cause: str, sha256: str = "", url: str | None = None) -> Rejected:
    return Rejected(source, Issue("read", kind, f"{source} {cause}"), sha256, url)
