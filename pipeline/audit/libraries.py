"""The libraries of others in ``vendor/``, by their manifest."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "vendor"


@dataclass(frozen=True, slots=True)
class Library:
    """A package of npm, of which one file and the licence are carried along.

    ``member`` is the file's path in the package, ``file`` its name in the folder; checksums are SHA-256,
    hexadecimal.
    """

    name: str
    version: str
    licence: str
    use: str
    member: str
    file: str
    sha256: str
    licence_file: str
    licence_sha256: str

    def text(self, folder: Path = FOLDER) -> str:
        """Return the contents of the file."""
        return (folder / self.file).read_text(encoding="utf-8")


def manifest(folder: Path = FOLDER) -> list[Library]:
    """Return the libraries in the order in which they load."""
    data = tomllib.loads((folder / "manifest.toml").read_text(encoding="utf-8"))
    return [Library(**entry) for entry in data["library"]]
