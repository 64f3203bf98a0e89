"""A second run over pages of which few have changed: quick, and the same as a run over all of them."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cache import CacheFolder, entries
from pipeline.chain import Chain
from pipeline.run import run
from tests.conftest import PAGE_DE, PAGE_EN, ROOT, Twintown, tree

Damage = Callable[[Path, Path], object]


class Counted(list[str]):
    """The pages that went through the stages."""


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Counted:
    found = Counted()
    real = Chain.claims_of

    def counting(self, raw):
        found.append(raw.source)
        return real(self, raw)

    monkeypatch.setattr(Chain, "claims_of", counting)
    return found


@pytest.fixture
def cache(tmp_path: Path) -> CacheFolder:
    return CacheFolder(tmp_path / "cache")


@pytest.fixture
def some(tmp_path: Path) -> Path:
    """A few pages of the corpus, one of which cannot be read."""
    folder = tmp_path / "some"
    folder.mkdir()
    for path in sorted((ROOT / "corpus" / "de").glob("*.html"))[:4]:
        shutil.copy(path, folder)
    (folder / "empty.html").write_bytes(b"")
    return folder


def full(pages: Path, tmp_path: Path) -> dict[str, bytes]:
    out = tmp_path / "full"
    run([pages], out)
    return tree(out)


def test_one_page_of_many_changed(tmp_path: Path, cache: CacheFolder, read: Counted) -> None:
    pages, out = tmp_path / "pages", tmp_path / "out"
    pages.mkdir()
    for number in range(60):
        text = (PAGE_DE, PAGE_EN)[number % 2].replace("1951", str(1951 + number % 60))
        (pages / f"{number:03}.html").write_text(text, encoding="utf-8")
    first = run([pages], out, cache=cache)
    assert (len(read), first.unchanged) == (60, 0)
    before = tree(out)
    read.clear()

    page = pages / "017.html"
    page.write_text(page.read_text(encoding="utf-8").replace("Annecy", "Weihai"), encoding="utf-8")
    second = run([pages], out, cache=cache)
    assert (read, second.unchanged) == (["017.html"], 59)
    assert tree(out) != before
    assert tree(out) == full(pages, tmp_path)


def test_nothing_changed(
    some: Path, tmp_path: Path, cache: CacheFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    run([some], out, cache=cache)
    before = tree(out)
    # Not even the models are loaded.
    monkeypatch.setattr(Chain, "__init__", lambda *_: pytest.fail("a page was read again"))
    again = run([some], out, cache=cache)
    assert again.unchanged == 5
    assert [rejected.source for rejected in again.rejected] == ["empty.html"]
    assert tree(out) == before


def swap(entry: Path, other: Path) -> None:
    data = entry.read_bytes()
    entry.write_bytes(other.read_bytes())
    other.write_bytes(data)


def replace_by_folder(entry: Path, _: Path) -> None:
    entry.unlink()
    entry.mkdir()


@pytest.mark.parametrize(
    "damage",
    [
        lambda entry, _: entry.write_bytes(b""),
        lambda entry, _: entry.write_bytes(entry.read_bytes()[:-1]),
        lambda entry, _: entry.write_bytes(b"\x80\x05cos\nsystem\n(S'exit 1'\ntR."),
        lambda entry, other: entry.write_bytes(other.read_bytes()),
        swap,
        replace_by_folder,
        lambda entry, _: (entry.unlink(), entry.symlink_to("/etc/passwd")),
        lambda entry, _: (entry.unlink(), entry.symlink_to(entry.name)),
    ],
)
def test_damaged_entry_is_worked_out_anew(
    some: Path, tmp_path: Path, cache: CacheFolder, read: Counted, damage: Damage
) -> None:
    out = tmp_path / "out"
    run([some], out, cache=cache)
    before = tree(out)
    kept = sorted(path for path in cache.path.rglob("*") if len(path.name) == 64)
    assert len(kept) == 5
    damage(kept[0], kept[1])
    read.clear()
    run([some], out, cache=cache)
    assert 1 <= len(read) <= 2
    assert tree(out) == before
    read.clear()
    if damage is not replace_by_folder:  # what nobody could have put there stays
        run([some], out, cache=cache)
        assert read == []


def test_damaged_entry_of_standard_input(tmp_path: Path, cache: CacheFolder, read: Counted) -> None:
    out, page = tmp_path / "out", PAGE_DE.encode()
    run(["-"], out, cache=cache, stdin=io.BytesIO(page))
    before = tree(out)
    assert run(["-"], out, cache=cache, stdin=io.BytesIO(page)).unchanged == 1
    (entry,) = (path for path in cache.path.rglob("*") if len(path.name) == 64)
    entry.write_bytes(entry.read_bytes()[:-1])
    assert run(["-"], out, cache=cache, stdin=io.BytesIO(page)).unchanged == 0
    assert read == ["-", "-"]
    assert tree(out) == before


def test_page_that_changes_or_goes_while_its_entry_is_read(
    some: Path, tmp_path: Path, cache: CacheFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    run([some], out, cache=cache)
    changed, gone = sorted(some.glob("d*.html"))[:2]
    real = entries.Entries.get

    def late(self, key):
        if not gone.exists():
            return real(self, key)
        changed.write_bytes(changed.read_bytes().replace(b"19", b"18"))
        gone.unlink()
        shutil.rmtree(cache.path)
        return None

    monkeypatch.setattr(entries.Entries, "get", late)
    summary = run([some], out, cache=cache)
    assert summary.unchanged == 0
    assert [rejected.source for rejected in summary.rejected] == [gone.name, "empty.html"]
    gone.symlink_to("nowhere")  # so that it is named, and cannot be read
    assert tree(out) == full(some, tmp_path)


def test_what_is_imported_for_which_part() -> None:
    code = """
import sys
heavy = {"pandas", "pyarrow", "spacy", "pydantic", "bs4", "numpy"}
import pipeline.cli, pipeline.workers, pipeline.cache, pipeline.read
assert not heavy & set(sys.modules), heavy & set(sys.modules)
from pipeline.chain import Chain
from pipeline.read import Raw
Chain().claims_of(Raw("a.html", b"<p>Bonn ist seit 1. Mai 1964 Partnerstadt von Oxford.", ""))
assert not {"pandas", "pyarrow", "pydantic"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_page_that_moves_or_goes(some: Path, tmp_path: Path, cache: CacheFolder, read: Counted) -> None:
    out = tmp_path / "out"
    run([some], out, cache=cache)
    one, two = sorted(some.glob("d*.html"))[:2]
    one.rename(some / "a-new-name.txt")
    two.unlink()
    read.clear()
    run([some], out, cache=cache)
    assert "a-new-name.txt" in read, "a name is part of what a page says"
    assert tree(out) == full(some, tmp_path)


def test_other_code_or_models_make_all_entries_stale(
    some: Path, tmp_path: Path, cache: CacheFolder, read: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    run([some], out, cache=cache)
    read.clear()
    monkeypatch.setattr(entries, "fingerprint", lambda _: "another")
    assert run([some], out, cache=cache).unchanged == 0
    assert len(read) == 5
    monkeypatch.undo()
    assert run([some], out, cache=cache).unchanged == 5, "the old ones are still there"


def test_page_that_a_limit_stopped_is_read_again(twintown: Twintown, some: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    stopped = twintown("run", some, "--out", out, "--page-seconds", "0.001")
    assert stopped.code == 1
    assert "4 ok" not in stopped.out
    assert "took longer than 0.001 seconds" in stopped.err
    done = twintown("run", some, "--out", out)
    assert "5 pages (4 ok, 1 rejected)" in done.out
    assert tree(out) == full(some, tmp_path)


def test_page_that_broke_a_stage_is_read_again(
    some: Path, tmp_path: Path, cache: CacheFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pipeline.clean

    def broken(page):
        raise MemoryError

    monkeypatch.setattr(pipeline.clean, "clean", broken)
    assert len(run([some], tmp_path / "out", cache=cache).rejected) == 5
    monkeypatch.undo()
    run([some], tmp_path / "out", cache=cache)
    assert tree(tmp_path / "out") == full(some, tmp_path)


def test_cache_that_cannot_be_written_is_no_failure(twintown: Twintown, some: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "claims").write_text("in the way")
    result = twintown("run", some, "--out", tmp_path / "out", "--cache", kept)
    assert result.code == 1
    assert result.err.count("cannot be written: ") == 1
    assert tree(tmp_path / "out") == full(some, tmp_path)


def test_command_line(twintown: Twintown, pages: Path, tmp_path: Path) -> None:
    out, kept = tmp_path / "out", tmp_path / "kept"
    assert "unchanged" not in twintown("run", pages, "--out", out, "--no-cache", "--cache", kept).out
    assert not kept.exists()
    assert "unchanged" not in twintown("run", pages, "--out", out, "--cache", kept).out
    again = twintown("run", pages, "--out", out, "--cache", kept, "--workers", "2").out
    assert again.startswith("2 pages (2 ok), 2 unchanged since an earlier run\n")
    assert "unchanged" not in twintown("run", pages, "--out", out, "--cache", kept, "--no-cache").out

    said = twintown("cache", "--cache", kept)
    assert said.code == 0
    assert said.out.startswith("2 pages, ")
    assert said.out.endswith(f"{kept}\n")
    assert twintown("cache", "--clear", "--cache", kept).out.startswith("forgotten: 2 pages, ")
    assert not kept.exists()
    assert twintown("cache", "--cache", kept).out.startswith("0 pages, ")
    refused = twintown("cache", "--clear", "--cache", pages)
    assert refused.code == 2
    assert "no cache of ours" in refused.err
    assert len(list(pages.iterdir())) == 2
