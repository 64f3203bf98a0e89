"""What one page said as bytes, and back: exactly the same claims or refusal, or nothing.

A line that names the format, a line with the SHA-256 of all that follows, a line that names what page it is,
then JSON, packed. It is data alone: nothing in it can run.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from pipeline.model import Claims, Rejected

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_FORMAT = b"twintown claims 1"


class Damaged(ValueError):
    """These bytes are not what was kept."""


def pack(key: str, outcome: Claims | Rejected) -> bytes:
    """Return what a page said as bytes; ``key`` names the page."""
    body = key.encode("ascii") + b"\n" + zlib.compress(_adapter().dump_json(outcome), 1)
    return b"\n".join((_FORMAT, hashlib.sha256(body).hexdigest().encode("ascii"), body))


def unpack(key: str, data: bytes) -> Claims | Rejected:
    """Return what ``pack`` was given.

    Raises:
        Damaged: The bytes are not whole, or not of this key.
    """
    try:
        form, checksum, body = data.split(b"\n", 2)
    except ValueError:
        raise Damaged("cut off") from None
    if form != _FORMAT or checksum != hashlib.sha256(body).hexdigest().encode("ascii"):
        raise Damaged("changed since it was written")
    name, _, packed = body.partition(b"\n")
    if name != key.encode("ascii"):
        raise Damaged("of another page")
    from pydantic import ValidationError

    try:
        found = _adapter().validate_json(zlib.decompress(packed))
    except (zlib.error, ValidationError) as error:
        raise Damaged("not what a page says") from error
    if isinstance(found, Rejected):
        return found
    return replace(
        found,
        partnerships=tuple(found.partnerships),
        dates=tuple(found.dates),
        mayors=tuple(found.mayors),
        themes=tuple(found.themes),
    )


@cache
def _adapter() -> TypeAdapter[Claims | Rejected]:
    # Made here: the workers that the changed pages need are started before the first entry is read.
    from pydantic import TypeAdapter

    return TypeAdapter(Claims | Rejected)
