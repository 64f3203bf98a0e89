"""The folder of the cache: entries whole or not at all, others' files untouched, a bound on its size."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from pipeline.cache.folder import CacheFolder, default_folder
from pipeline.chain import RunError
from tests.conftest import tree


def key(number: int) -> str:
    return f"{number:02x}" * 32


def entry(folder: CacheFolder, number: int) -> Path:
    return folder.path / "claims" / key(number)[:2] / key(number)


@pytest.fixture
def folder(tmp_path: Path) -> CacheFolder:
    return CacheFolder(tmp_path / "some" / "cache")


def test_what_was_put_is_got(folder: CacheFolder) -> None:
    assert folder.get(key(1)) is None
    assert not folder.path.exists(), "looking makes nothing"
    folder.put(key(1), b"one")
    folder.put(key(2), b"two")
    folder.put(key(2), b"two")
    assert CacheFolder(folder.path).get(key(1)) == b"one"
    assert folder.size() == (2, 6)
    assert (
        (folder.path / "CACHEDIR.TAG").read_bytes().startswith(b"Signature: 8a477f597d28d172789f06886806bc55")
    )
    assert folder.path.stat().st_mode & 0o077 == 0, "what pages say is nobody else's business"


def test_folder_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "novel.txt").write_text("dear")
    with pytest.raises(RunError, match="no cache of ours"):
        CacheFolder(tmp_path)
    with pytest.raises(RunError, match="cannot be read"):
        CacheFolder(tmp_path / "novel.txt")


def test_clear_takes_our_files_only(folder: CacheFolder) -> None:
    folder.put(key(1), b"one")
    mine = folder.path / "claims" / "01" / "mine.txt"
    mine.write_bytes(b"mine")
    (folder.path / "claims" / "link").symlink_to("/")
    folder.clear()
    assert tree(folder.path) == {"claims/01/mine.txt": b"mine"}
    mine.unlink()
    (folder.path / "claims" / "link").unlink()
    folder.clear()
    assert not folder.path.exists()
    folder.clear()


def test_prune_takes_the_longest_unused(folder: CacheFolder) -> None:
    now = time.time()
    for number, age in enumerate([100, 5, 50, 10_000]):
        folder.put(key(number), b"x" * 10)
        os.utime(entry(folder, number), (now - age, now - age))
    folder.prune(max_bytes=30, max_age=5000)
    assert [folder.get(key(n)) is not None for n in range(4)] == [True, True, True, False]
    folder.prune(max_bytes=25, max_age=5000)
    assert [folder.get(key(n)) is not None for n in range(4)] == [False, True, True, False]


def test_prune_takes_what_was_never_finished(folder: CacheFolder) -> None:
    folder.put(key(1), b"one")
    fresh, stale = (entry(folder, 1).with_name(f".new-{name}") for name in ("fresh", "stale"))
    for path in (fresh, stale):
        path.write_bytes(b"half")
    os.utime(stale, (0, 0))
    folder.prune()
    assert fresh.exists(), "a run may be writing it"
    assert not stale.exists()
    assert folder.size() == (1, 3)


def test_use_keeps_an_entry(folder: CacheFolder) -> None:
    folder.put(key(1), b"one")
    old = time.time() - 29 * 86400
    os.utime(entry(folder, 1), (old, old))
    folder.get(key(1))
    assert entry(folder, 1).stat().st_mtime > old + 86400


def test_runs_and_a_clear_at_the_same_time(folder: CacheFolder) -> None:
    wrong = []

    def writing() -> None:
        own = CacheFolder(folder.path)
        for n in range(150):
            try:
                own.put(key(n % 7), b"entry" * 1000)
            except OSError:  # the folder went in this very moment: a run warns, and goes on
                continue
            if own.get(key(n % 7)) not in (None, b"entry" * 1000):
                wrong.append(n)

    threads = [threading.Thread(target=writing) for _ in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        folder.clear()
    assert wrong == []


def test_place_of_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TWINTOWN_CACHE", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.delenv("TWINTOWN_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder().name == "twintown"
