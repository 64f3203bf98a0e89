"""Runs that are killed, or whose disk is full: the old outputs stand, and the next run is as any other."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from pipeline.cache import CacheFolder, entries
from pipeline.chain import Chain, Models, RunError
from pipeline.run import run
from tests.conftest import PAGE_DE, PAGE_EN, ROOT, tree

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs POSIX")

CHANGES = {
    "open",
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.link",
    "os.utime",
    "tempfile.mkstemp",
}
DONE, REFUSED, BROKEN = 0, 2, 4
EVERY = 25
"""Of so many points one is tried, not always the same ones as the code changes; the benchmark tries all."""


@pytest.fixture(scope="module")
def ready() -> Iterator[None]:
    """Do once, for all children, what takes long and changes nothing on disk."""
    import pipeline.write  # noqa: F401

    Chain()
    made = entries.fingerprint(Models())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entries, "fingerprint", lambda _: made)
        yield


class Place:
    """Pages, outputs of an earlier state of theirs, and a cache."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.pages = folder, folder / "pages"
        self.out, self.cache = folder / "out", folder / "cache"

    def fill(self) -> None:
        self.pages.mkdir(parents=True)
        (self.pages / "goettingen.html").write_text(PAGE_DE, encoding="utf-8")
        (self.pages / "cheltenham.html").write_text(PAGE_EN, encoding="utf-8")
        assert in_child(self.work) == DONE
        self.old = tree(self.out)
        page = self.pages / "goettingen.html"
        page.write_text(PAGE_DE.replace("1951", "1952"), encoding="utf-8")
        shutil.copytree(self.folder, self.folder.with_name("start"))
        assert in_child(self.work) == DONE
        self.new = tree(self.out)
        assert self.new != self.old

    def reset(self) -> None:
        """Go back to before the second run."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.folder.with_name("start"), self.folder)

    def work(self) -> None:
        run([self.pages], self.out, cache=CacheFolder(self.cache))

    def check(self) -> None:
        """The outputs are the old ones, whole (or for an instant aside); the next run succeeds."""
        if self.out.exists():
            assert tree(self.out) in (self.old, self.new)
        assert in_child(self.work) == DONE
        assert tree(self.out) == self.new
        assert sorted(path.name for path in self.folder.iterdir()) == ["cache", "out", "pages"]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, ready: None) -> Place:
    found = Place(tmp_path_factory.mktemp("killed") / "place")
    found.fill()
    return found


@pytest.fixture
def place(filled: Place) -> Place:
    filled.reset()
    return filled


def in_child(work: Callable[[], None], at: int | None = None) -> int:
    """Do it in a child process that is killed at its nth change of the disk; return the exit code."""
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    code = BROKEN
    try:
        seen = 0

        def step(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal seen
            # Reading a file is no change of the disk.
            if event in CHANGES and not (event == "open" and arguments[1] in ("r", "rb")):
                seen += 1
                if seen == at:
                    os.kill(os.getpid(), signal.SIGKILL)

        if at is not None:
            fsync = os.fsync
            os.fsync = lambda handle: (step("os.mkdir", ()), fsync(handle))[1]
            sys.addaudithook(step)
        work()
        code = DONE
    except RunError:
        code = REFUSED
    finally:
        os._exit(code)


def test_killed_anywhere(place: Place) -> None:
    at, points = 1, 0
    while (code := in_child(place.work, at)) != DONE:
        assert code == -signal.SIGKILL
        place.check()
        place.reset()
        points += 1
        at += EVERY
    assert tree(place.out) == place.new
    assert points * EVERY > 60, "a run has that many steps"


@pytest.mark.parametrize("limit", [0, 3_000])
def test_full_disk(place: Place, limit: int) -> None:
    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        place.work()

    assert in_child(work) == REFUSED
    assert tree(place.out) == place.old
    place.check()


def command(place: Place) -> list[str]:
    arguments = [
        "-q",
        str(place.pages),
        "--out",
        str(place.out),
        "--cache",
        str(place.cache),
        "--workers",
        "2",
    ]
    return [sys.executable, "-m", "pipeline", "run", *arguments]


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_command_killed_at_some_time(place: Place, sign: signal.Signals) -> None:
    shutil.rmtree(place.cache)
    seconds = random.Random(sign.value).uniform(0.2, 1.5)
    with subprocess.Popen(command(place), cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        time.sleep(seconds)
        children = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(sign)
    assert psutil.wait_procs(children, timeout=5)[1] == [], "nobody is left behind"
    place.check()


def test_workers_killed_at_some_time(place: Place) -> None:
    shutil.rmtree(place.cache)
    with subprocess.Popen(command(place), cwd=ROOT) as process:
        killed, end = 0, time.monotonic() + 20
        while process.poll() is None and time.monotonic() < end:
            time.sleep(0.3)
            workers = [
                c for c in psutil.Process(process.pid).children() if "spawn_main" in "".join(c.cmdline())
            ]
            if workers and killed < 2:
                workers[0].kill()
                killed += 1
    assert killed == 2
    assert process.returncode == 0
    assert tree(place.out) == place.new
