"""Every command and every line of Python in the README works as it stands there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = ROOT / "README.md"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_READ_ONLY = ("cd", "git", "head", "ls")


def blocks(language: str) -> list[str]:
    text = README.read_text(encoding="utf-8") if README.exists() else ""
    return [code for found, code in _FENCE.findall(text) if found == language]


def commands() -> list[str]:
    lines = "".join(blocks("sh")).replace("\\\n", " ").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's pages and outputs in a folder where a command may write."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("corpus", "outputs", "tests/corpus_gold"):
        shutil.copytree(ROOT / name, folder / name)
    program = folder / "bin" / "twintown"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pipeline "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return folder


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(folder / "bin"), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_readme_shows_the_two_commands() -> None:
    assert {"make run", "make test"} <= {re.sub(r"\s*#.*", "", command) for command in commands()}


@pytest.mark.parametrize("command", commands())
def test_command(command: str, copy: Path) -> None:
    words = command.split()
    if words[0] == "make":
        targets = set(
            re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        )
        named = {word for word in re.sub(r"\s#.*", "", command).split()[1:] if "=" not in word}
        assert named <= targets
    elif words[0] == "twintown":
        done = run(["sh", "-c", command], copy)
        assert done.returncode in (0, 1), done.stderr
    else:
        assert words[0] in _READ_ONLY, f"nothing checks this command: {command}"


def shown() -> list[tuple[str, str]]:
    """The blocks of commands that the README shows with what they print."""
    text = README.read_text(encoding="utf-8")
    pattern = r"^```sh\n((?:twintown [^\n]*\n)+)```\n\n```text\n(.*?)^```$"
    return re.findall(pattern, text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("command", "expected"), shown())
def test_output(command: str, expected: str, copy: Path) -> None:
    """A line of three dots stands for any lines left out."""
    printed = run(["sh", "-c", command], copy).stdout
    position = 0
    for part in expected.split("...\n"):
        found = printed.find(part, position)
        assert found >= 0, part
        position = found + len(part)


def test_some_output_is_shown() -> None:
    assert shown()


@pytest.mark.parametrize("code", blocks("python"))
def test_python(code: str, copy: Path) -> None:
    done = run([sys.executable, "-c", code], copy)
    assert done.returncode == 0, done.stderr
