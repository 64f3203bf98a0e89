"""Stage one: from files, folders and standard input to decoded pages, or to a named refusal."""

from __future__ import annotations

from pipeline.read.decode import decode
from pipeline.read.inputs import (
    MAX_BYTES,
    Input,
    InputError,
    Raw,
    fetch,
    find,
    find_corrections,
    read,
    read_all,
    read_bytes,
)

__all__ = [
    "MAX_BYTES",
    "Input",
    "InputError",
    "Raw",
    "decode",
    "fetch",
    "find",
    "find_corrections",
    "read",
    "read_all",
    "read_bytes",
]
