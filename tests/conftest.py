"""Fixtures for all stages: a few small pages, and the command line called in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]

PAGE_DE = """<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><title>Partnerstädte der Stadt Göttingen</title></head>
<body><main><h1>Partnerstädte der Stadt Göttingen</h1>
<p>Göttingen pflegt Städtepartnerschaften mit Cheltenham (Großbritannien) seit 1951 und mit Toruń in Polen.
Die Urkunde mit Toruń wurde am 17. Oktober 1978 unterzeichnet.</p>
<p>Oberbürgermeisterin Petra Broistedt lobte den Jugendaustausch.</p>
</main></body></html>
"""

PAGE_EN = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Town twinning - Cheltenham Borough Council</title></head>
<body><main><h1>Cheltenham's twin towns</h1>
<p>Cheltenham has been twinned with Göttingen in Germany since 1951 and with Annecy in France since 1956.</p>
<p>School exchanges and concerts keep the links alive.</p>
</main></body></html>
"""


class Result(NamedTuple):
    """What a command returned and printed."""

    code: int
    out: str
    err: str


Twintown = Callable[..., Result]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests away from the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TWINTOWN_CACHE", str(tmp_path_factory.mktemp("cache") / "twintown"))
        yield


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder of one German and one English page."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "cheltenham.html").write_text(PAGE_EN, encoding="utf-8")
    (folder / "goettingen.html").write_text(PAGE_DE, encoding="utf-8")
    return folder


@pytest.fixture
def twintown(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Twintown:
    """Call the command line, with an empty cache.

    Pages have no limits unless a test sets some, so that all happens in this process: quickly, and with what
    a test has patched.
    """
    from pipeline import limits
    from pipeline.cli import main

    monkeypatch.setenv("TWINTOWN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(limits, "SECONDS", 0)
    monkeypatch.setattr(limits, "MEGABYTES", 0)

    def call(*arguments: str | Path) -> Result:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:  # argparse: --help, --version, and what it does not understand
            code = end.code if isinstance(end.code, int) else 0
        return Result(code, *capsys.readouterr())

    return call


def tree(folder: Path) -> dict[str, bytes]:
    """Return the contents of all files below a folder, by their paths in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
