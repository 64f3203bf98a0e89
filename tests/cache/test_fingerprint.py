"""What a page's claims depend on is in the fingerprint."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from pipeline.cache import fingerprint as module
from pipeline.cache.fingerprint import LIBRARIES, ONLOOKERS, PACKAGE, fingerprint
from pipeline.chain import Models
from tests.conftest import ROOT


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, small enough to be quick."""
    copy = tmp_path / "pipeline"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("*.bin", "data", "__pycache__"))
    monkeypatch.setattr(module, "PACKAGE", copy)
    return copy


def test_it_stays(package: Path) -> None:
    before = fingerprint(Models())
    (package / "clean" / "__pycache__").mkdir()
    (package / "clean" / "__pycache__" / "walk.pyc").write_bytes(b"x")
    (package / "cli.py").write_text("")
    assert fingerprint(Models()) == before


@pytest.mark.parametrize(
    "path",
    [
        "clean/walk.py",
        "lexicon/de/triggers.toml",
        "normalise/check.py",
        "model.py",
        "cache/entry.py",
        "new.py",
    ],
)
def test_code_and_vocabulary(package: Path, path: str) -> None:
    before = fingerprint(Models())
    with (package / path).open("a") as file:
        file.write("\n")
    assert fingerprint(Models()) != before


def test_file_that_moves(package: Path) -> None:
    before = fingerprint(Models())
    (package / "edtf.py").rename(package / "edtf2.py")
    assert fingerprint(Models()) != before


def test_model_and_what_is_in_it(package: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "weights").write_bytes(b"1")
    found = {fingerprint(Models()), fingerprint(Models(de=str(folder))), fingerprint(Models(en=str(folder)))}
    (folder / "weights").write_bytes(b"2")
    found.add(fingerprint(Models(de=str(folder))))
    found.add(fingerprint(Models(de="no_such_model")))
    assert len(found) == 5


def test_versions_of_libraries(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint(Models())
    real = metadata.distribution

    def newer(name: str):
        found = real(name)
        if name == "numpy":  # which spaCy is built on
            monkeypatch.setattr(type(found), "version", property(lambda _: "99"))
        return found

    monkeypatch.setattr(metadata, "distribution", newer)
    assert fingerprint(Models()) != before


def test_libraries_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {module._NAME.match(line).group() for line in project["dependencies"]}
    assert set(LIBRARIES) == names


def test_no_page_goes_through_an_onlooker(pages: Path) -> None:
    code = """
import json, sys
from pathlib import Path
from pipeline.chain import Chain
from pipeline.read import fetch, find
chain = Chain()
for item in find(sys.argv[1:]):
    chain.claims_of(fetch(item))
print(json.dumps([name for name in sys.modules if name.startswith("pipeline.")]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(pages)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = {name.split(".")[1] for name in json.loads(done.stdout)}
    assert {"clean", "extract", "normalise"} <= names
    assert not names & {name.removesuffix(".py") for name in ONLOOKERS}
    for name in ONLOOKERS - {"diff"}:
        assert (PACKAGE / name).exists(), name
