"""Fetches the libraries in ``vendor/`` anew: ``python -m pipeline.audit.fetch``, or ``make libraries``.

Needs npm. Each package of ``vendor/manifest.toml`` is packed at its version, its files are copied, and their
checksums compared with the manifest's. After a version was changed there, ``--renew`` writes new checksums.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from pipeline.audit.libraries import FOLDER, Library, manifest
from pipeline.disk import replace_file


def fetch(folder: Path = FOLDER, renew: bool = False) -> list[str]:
    """Replace the libraries in a folder by what npm has.

    Args:
        folder: Where ``manifest.toml`` is and the files go.
        renew: Whether checksums that differ are written into the manifest.

    Returns:
        The files whose checksum differs from the manifest's; they are replaced only with ``renew``.

    Raises:
        OSError: npm is missing, or the disk refused.
        subprocess.CalledProcessError: npm failed.
        KeyError: A package lacks a file that the manifest names.
    """
    text = (folder / "manifest.toml").read_text(encoding="utf-8")
    changed = []
    for library in manifest(folder):
        with tempfile.TemporaryDirectory() as work:
            packed = _pack(library, Path(work))
            for key, member, target, known in (
                ("", library.member, library.file, library.sha256),
                ("licence_", "LICENSE", library.licence_file, library.licence_sha256),
            ):
                data = _member(packed, f"package/{member}")
                found = hashlib.sha256(data).hexdigest()
                if found != known:
                    changed.append(target)
                    if not renew:
                        continue
                    line = f'{key}file = "{target}"\n{key}sha256 = '
                    text = text.replace(f'{line}"{known}"', f'{line}"{found}"')
                (folder / target).write_bytes(data)
    if renew:
        replace_file(folder / "manifest.toml", text)
    return changed


def _pack(library: Library, work: Path) -> Path:
    command = ["npm", "pack", "--silent", f"{library.name}@{library.version}"]
    subprocess.run(command, cwd=work, check=True, stdout=subprocess.DEVNULL)
    return next(work.glob("*.tgz"))


def _member(packed: Path, name: str) -> bytes:
    with tarfile.open(packed) as archive:
        file = archive.extractfile(name)
        if file is None:
            raise KeyError(name)
        return file.read()


def main() -> int:
    """Fetch, say what differs, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.audit.fetch", description=fetch.__doc__)
    parser.add_argument("--renew", action="store_true", help="write checksums that differ into the manifest")
    renew: bool = parser.parse_args().renew
    changed = fetch(renew=renew)
    for name in changed:
        print(f"{name}: {'renewed' if renew else 'not what the manifest says; left as it is'}")
    return 1 if changed and not renew else 0


if __name__ == "__main__":
    sys.exit(main())
