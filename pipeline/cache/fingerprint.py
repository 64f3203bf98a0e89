"""All that can change what a page says, but the page itself: code, vocabulary, models, libraries, Python.

A run with another fingerprint finds nothing of what earlier ones kept.
"""

from __future__ import annotations

import hashlib
import platform
import re
import sys
import unicodedata
from collections.abc import Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from pipeline.chain import Models

PACKAGE = Path(__file__).resolve().parents[1]

ONLOOKERS = frozenset(
    {
        *("__main__.py", "cli.py", "show.py", "terminal.py", "progress.py", "report.py"),
        *("run.py", "limits.py", "workers", "write", "evaluate", "explain", "diff", "audit"),
    }
)
"""What of the package no page goes through on its way to claims; whatever is not named here counts."""

LIBRARIES = (
    *("spacy", "beautifulsoup4", "lxml", "dateparser", "marisa-trie"),
    *("pandas", "pyarrow", "pydantic", "psutil", "platformdirs", "tqdm"),
)
"""The packages that Twintown is built on; what they are built on counts as well."""

_NAME = re.compile(r"[A-Za-z0-9._-]+")


def fingerprint(models: Models) -> str:
    """Return a hash, hexadecimal, of all that makes a page's claims with these models.

    Raises:
        OSError: A file of the package or of a model cannot be read.
    """
    digest = hashlib.sha256()
    for part in (*_machine(), *_libraries(), *_code(), *_models(models)):
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _machine() -> Iterator[str]:
    yield sys.version
    yield unicodedata.unidata_version
    yield f"{platform.system()} {platform.machine()} {sys.byteorder}"  # floats may differ in the last bit


def _libraries() -> Iterator[str]:
    seen: set[str] = set()
    waiting = list(LIBRARIES)
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # for another system or another Python
            continue
        yield f"{name} {found.version}"
        for requirement in found.requires or ():
            matched = _NAME.match(requirement)
            if matched and "extra ==" not in requirement:
                waiting.append(matched.group())


def _code() -> Iterator[str | bytes]:
    for path in sorted(PACKAGE.iterdir()):
        if path.name not in ONLOOKERS:
            yield from _contents(path)


def _models(models: Models) -> Iterator[str | bytes]:
    named = {lang: name for lang, name in (("de", models.de), ("en", models.en)) if name is not None}
    for lang, name in named.items():
        yield f"model-{lang} {name}"
        where = _model_folder(name)
        if where is not None:  # else the run will say that it is missing
            yield from _contents(where)
    if named:  # a model of others may need any package
        yield from sorted(f"{found.name} {found.version}" for found in metadata.distributions())


def _model_folder(name: str) -> Path | None:
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        spec = None
    if spec is not None and spec.origin:
        return Path(spec.origin).parent
    return Path(name) if Path(name).exists() else None


def _contents(path: Path) -> Iterator[str | bytes]:
    """Yield names and bytes of a file, or of the files below a folder, in a fixed order."""
    files = sorted(found for found in path.rglob("*") if found.is_file()) if path.is_dir() else [path]
    for file in files:
        relative = file.relative_to(path.parent)
        if "__pycache__" not in relative.parts and not file.name.startswith("."):
            yield relative.as_posix()
            yield file.read_bytes()
