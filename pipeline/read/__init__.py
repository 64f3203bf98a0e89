"""Stage one: from files, folders and standard input to decoded pages, or to a named refusal."""

from __future__ import annotations

from pipeline.read.decode import decode
from pipeline.read.inputs import MAX_BYTES, InputError, read, read_bytes

__all__ = ["MAX_BYTES", "InputError", "decode", "read", "read_bytes"]
