"""The index file: written by the builder, read in one go.

A file is the magic, the length of a JSON header (4 bytes), the header, then the sections. The header names
each section with its length; every section but the trie is zlib-compressed, numbers little-endian and split
into byte planes (all first bytes, then all second bytes, ...), which compresses far better. Nothing in it
depends on the day, the machine or the order of a set, so the same input gives the same bytes.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import marisa_trie

MAGIC = b"TTGZ0001"
# Flags of a key (an index name).
NEEDS_CONTEXT = 1
LOWER_END = 2  # some place writes the last word of this name small
# A posting is a record number shifted by two; the low bits say that the name is a main one, and that the
# table of exonyms names this place as its usual bearer.
MAIN = 1
USUAL = 2
POSTING_SHIFT = 2
COORDINATE_SCALE = 100_000

_NUMBERS = {
    "key_flags": "B",
    "key_counts": "H",
    "postings": "I",
    "ids": "I",
    "latitudes": "i",
    "longitudes": "i",
    "populations": "I",
    "divisions": "H",
}


class IndexFileError(ValueError):
    """The index file is not one, or is damaged; rebuild it with ``python -m pipeline.gazetteer.build``."""


@dataclass(slots=True)
class Store:
    """The index in memory.

    Keys are folded names; key ``k`` owns ``postings[starts[k]:starts[k + 1]]``, most populous place first.
    Records are places, most populous first; record ``r`` has the columns ``ids[r]`` (GeoNames id),
    ``latitudes[r]``/``longitudes[r]`` (degrees times ``COORDINATE_SCALE``), ``populations[r]`` (0 unknown),
    ``division_names[divisions[r]]`` (``CC.admin1``) and a name.
    """

    source: str
    trie: marisa_trie.Trie
    key_flags: Sequence[int]
    starts: Sequence[int]
    postings: Sequence[int]
    ids: Sequence[int]
    latitudes: Sequence[int]
    longitudes: Sequence[int]
    populations: Sequence[int]
    divisions: Sequence[int]
    division_names: Sequence[str]
    names: bytes
    name_starts: Sequence[int]

    def name(self, record: int) -> str:
        """Return the main name of a record."""
        return self.names[self.name_starts[record] : self.name_starts[record + 1]].decode("utf-8")


def write(
    path: Path,
    source: str,
    trie: marisa_trie.Trie,
    columns: dict[str, list[int]],
    divisions: list[str],
    names: list[str],
) -> None:
    """Write an index file, replacing an old one at once.

    ``columns`` holds the lists named in ``Store``, with ``key_counts`` in the place of ``starts``.
    """
    encoded = [name.encode("utf-8") for name in names]
    sections = {"trie": trie.tobytes()}
    for section, code in _NUMBERS.items():
        sections[section] = _pack(columns[section], code)
    sections["name_lengths"] = _pack([len(name) for name in encoded], "H")
    sections["names"] = zlib.compress(b"".join(encoded), 9)
    header = {
        "source": source,
        "division_names": divisions,
        "sections": [[section, len(data)] for section, data in sections.items()],
    }
    head = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(MAGIC + len(head).to_bytes(4, "little") + head + b"".join(sections.values()))
    fresh.replace(path)


def read(path: Path) -> Store:
    """Read an index file.

    Raises:
        OSError: The file cannot be read.
        IndexFileError: It is not an index file, or it is damaged.
    """
    data = path.read_bytes()
    if not data.startswith(MAGIC):
        raise IndexFileError(f"{path.name} is not a gazetteer index")
    start = len(MAGIC) + 4
    end = start + int.from_bytes(data[len(MAGIC) : start], "little")
    try:
        header = json.loads(data[start:end])
        parts: dict[str, bytes] = {}
        for section, length in header["sections"]:
            parts[section] = data[end : end + length]
            end += length
        numbers = {section: _unpack(parts[section], code) for section, code in _NUMBERS.items()}
        lengths = _unpack(parts["name_lengths"], "H")
        names = zlib.decompress(parts["names"])
        trie = marisa_trie.Trie()
        trie.frombytes(parts["trie"])
    except (ValueError, KeyError, TypeError, RuntimeError, zlib.error) as error:
        raise IndexFileError(f"{path.name} is damaged: {error}") from error
    if end != len(data) or len(numbers["key_counts"]) != len(trie):
        raise IndexFileError(f"{path.name} is damaged: its parts do not fit together")
    return Store(
        source=header["source"],
        trie=trie,
        key_flags=numbers["key_flags"],
        starts=array("I", accumulate(numbers["key_counts"], initial=0)),
        postings=numbers["postings"],
        ids=numbers["ids"],
        latitudes=numbers["latitudes"],
        longitudes=numbers["longitudes"],
        populations=numbers["populations"],
        divisions=numbers["divisions"],
        division_names=header["division_names"],
        names=names,
        name_starts=array("I", accumulate(lengths, initial=0)),
    )


def _pack(values: Sequence[int], code: str) -> bytes:
    numbers = array(code, values)
    if sys.byteorder == "big":
        numbers.byteswap()
    data, size = numbers.tobytes(), numbers.itemsize
    return zlib.compress(b"".join(data[plane::size] for plane in range(size)), 9)


def _unpack(packed: bytes, code: str) -> array[int]:
    numbers: array[int] = array(code)
    planes, size = zlib.decompress(packed), numbers.itemsize
    count = len(planes) // size
    data = bytearray(count * size)
    for plane in range(size):
        data[plane::size] = planes[plane * count : (plane + 1) * count]
    numbers.frombytes(bytes(data))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
