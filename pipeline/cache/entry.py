"""The claims of one page as bytes, and back: exactly the same claims, or nothing.

A line that names the format, a line with the SHA-256 of all that follows, a line that names what the claims
are of, then JSON, packed. It is data alone: nothing in it can run.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace

from pydantic import TypeAdapter, ValidationError

from pipeline.model import Claims

_FORMAT = b"twintown claims 1"
_CLAIMS = TypeAdapter(Claims)


class Damaged(ValueError):
    """These bytes are not what was kept."""


def pack(key: str, claims: Claims) -> bytes:
    """Return the claims as bytes; ``key`` names what they are of."""
    body = key.encode("ascii") + b"\n" + zlib.compress(_CLAIMS.dump_json(claims), 1)
    return b"\n".join((_FORMAT, hashlib.sha256(body).hexdigest().encode("ascii"), body))


def unpack(key: str, data: bytes) -> Claims:
    """Return the claims that ``pack`` was given.

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
    try:
        claims = _CLAIMS.validate_json(zlib.decompress(packed))
    except (zlib.error, ValidationError) as error:
        raise Damaged("not the claims of a page") from error
    return replace(
        claims,
        partnerships=tuple(claims.partnerships),
        dates=tuple(claims.dates),
        mayors=tuple(claims.mayors),
        themes=tuple(claims.themes),
    )
