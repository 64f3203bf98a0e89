"""The old outputs or the new ones: whatever happens in between."""

from __future__ import annotations

import errno
import os
import resource
import sys
from itertools import count
from pathlib import Path

import pytest

from pipeline.write.swap import OutputError, recover, replace_folder

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs POSIX")

PACKAGE = b'{"name": "twintown"}'
OLD = {
    "datapackage.json": PACKAGE,
    "documents.csv": b"doc_id,source\na-1,a\ngone-2,b\n",
    "texts/a-1.txt": b"old",
    "texts/gone-2.txt": b"old",
}
NEW = {
    "datapackage.json": PACKAGE,
    "documents.csv": b"doc_id,source\na-1,a\n",
    "texts/a-1.txt": b"new" * 5000,
}
MINE = {"notes.txt": b"mine", "texts/readme": b"mine", "lab/book/1.txt": b"mine"}
CHANGES = {
    "open",
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.link",
    "os.chmod",
    "os.symlink",
    "os.utime",
}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def out(tmp_path) -> Path:
    """A folder with old outputs and a stranger's files."""
    folder = tmp_path / "out"
    replace_folder(folder, OLD)
    for name, data in MINE.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def in_child(work, at: int | None = None, happen=None) -> int:
    """Run work in a child process in which something happens at the nth change of the disk.

    Returns its exit code: 0 done, 3 OutputError, 9 killed, 4 any other exception.
    """
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    code = 4
    try:
        seen = 0

        def step(event, _=None):
            nonlocal seen
            if event in CHANGES:
                seen += 1
                if seen == at:
                    happen()

        if at is not None:
            fsync = os.fsync
            os.fsync = lambda handle: (step("open"), fsync(handle))[1]
            sys.addaudithook(step)
        work()
        code = 0
    except OutputError:
        code = 3
    finally:
        os._exit(code)


def fail():
    raise OSError(errno.ENOSPC, "No space left on device")


def test_replaces_and_keeps_what_is_not_ours(out):
    (out / "link").symlink_to("lab/book")
    (out / "lab" / "book").chmod(0o500)
    replace_folder(out, NEW)
    assert snapshot(out) == {**NEW, **MINE}
    assert os.readlink(out / "link") == "lab/book"
    assert (out / "lab/book").stat().st_mode & 0o777 == 0o500
    assert [p.name for p in out.parent.iterdir()] == ["out"]


def test_what_stays_the_same_is_linked_and_all_else_written(out, monkeypatch):
    elsewhere = out.with_name("elsewhere.txt")
    elsewhere.write_bytes(b"same")
    (out / "texts/link.txt").symlink_to(elsewhere)
    (out / "texts/folder.txt").mkdir()
    before = os.stat(out / "datapackage.json").st_ino
    new = {**NEW, "texts/link.txt": b"same"}
    (out / "documents.csv").write_bytes(b"doc_id\na-1\ngone-2\nlink\n")
    replace_folder(out, new)
    assert os.stat(out / "datapackage.json").st_ino == before
    assert not (out / "texts/link.txt").is_symlink()
    assert not (out / "texts/link.txt").samefile(elsewhere)
    assert {name: (out / name).read_bytes() for name in new} == new

    monkeypatch.setattr(
        os, "link", lambda *_: (_ for _ in ()).throw(PermissionError(errno.EPERM, "no links"))
    )
    replace_folder(out, NEW)
    assert os.stat(out / "datapackage.json").st_ino != before
    assert {name: (out / name).read_bytes() for name in NEW} == NEW


def test_killed_anywhere_leaves_old_or_new(out):
    old, new = {**OLD, **MINE}, {**NEW, **MINE}
    results = []
    for at in count(1):
        code = in_child(lambda: replace_folder(out, NEW), at, lambda: os._exit(9))
        found = snapshot(out) if out.exists() else None
        recover(out)
        after = snapshot(out)
        assert after in (old, new)
        assert found in (after, None), "a reader sees a whole folder or, for an instant, none"
        assert [p.name for p in out.parent.iterdir()] == ["out"]
        results.append(after == new)
        if code == 0:
            break
        assert code == 9
        if after == new:
            replace_folder(out, OLD)
            assert snapshot(out) == old
    assert 20 < at < 120
    assert results == sorted(results), "old up to one point, new from there"
    assert results[-1]


def test_killed_in_the_first_write_leaves_nothing_or_all(tmp_path):
    out = tmp_path / "out"
    for at in count(1):
        code = in_child(lambda: replace_folder(out, NEW), at, lambda: os._exit(9))
        recover(out)
        if out.exists():
            assert snapshot(out) == NEW
            break
        assert list(tmp_path.iterdir()) == []
        assert code == 9


def test_an_error_anywhere_leaves_the_old_outputs(out):
    old, new = {**OLD, **MINE}, {**NEW, **MINE}
    failures = successes = 0
    for at in count(1):
        before = snapshot(out)
        code = in_child(lambda: replace_folder(out, NEW), at, fail)
        assert code in (0, 3)
        assert snapshot(out) == (before if code == 3 else new)
        failures += code == 3
        # Past the swap only remnants are removed, and an error there is none of the outputs'.
        successes = successes + 1 if code == 0 else 0
        if code == 0:
            recover(out)
            assert [p.name for p in out.parent.iterdir()] == ["out"]
            if successes == 25:
                break
            replace_folder(out, OLD)
            assert snapshot(out) == old
    assert failures > 20


@pytest.mark.parametrize("limit", [0, 1, 5000, 14999])
def test_full_disk(out, limit):
    def work():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        replace_folder(out, NEW)

    assert in_child(work) == 3
    assert snapshot(out) == {**OLD, **MINE}
    assert [p.name for p in out.parent.iterdir()] == ["out"]


def test_read_only_parent(out, monkeypatch):
    def refuse(*args, **kwargs):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "mkdir", refuse)
    with pytest.raises(OutputError, match=r"cannot write .*out: Permission denied"):
        replace_folder(out, NEW)
    assert snapshot(out) == {**OLD, **MINE}


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_truly_read_only_parent(out):
    out.parent.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="Permission denied"):
            replace_folder(out, NEW)
    finally:
        out.parent.chmod(0o700)
    assert snapshot(out) == {**OLD, **MINE}


def test_a_strangers_folder_is_refused(tmp_path):
    out = tmp_path / "thesis"
    out.mkdir()
    replace_folder(out, NEW)  # an empty one is not
    (out / "datapackage.json").write_text('{"name": "another"}')
    before = snapshot(out)
    for _ in range(2):
        with pytest.raises(OutputError, match="no outputs of ours"):
            replace_folder(out, NEW)
        assert snapshot(out) == before
        (out / "datapackage.json").write_text("[" * 100000)
        before = snapshot(out)


def test_a_file_or_the_current_folder_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(OutputError, match="is a file"):
        replace_folder(file, NEW)
    with pytest.raises(OutputError, match="cannot write"):
        replace_folder(file / "below", NEW)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(OutputError, match="the folder you are in"):
        replace_folder(Path("."), NEW)
    assert file.read_text() == "x"


def test_a_link_keeps_pointing(out):
    link = out.with_name("latest")
    link.symlink_to("out")
    replace_folder(link, NEW)
    assert link.is_symlink()
    assert snapshot(out) == {**NEW, **MINE}


def test_a_pipe_in_the_folder_is_refused(out):
    os.mkfifo(out / "pipe")
    with pytest.raises(OutputError, match="neither a file nor a folder"):
        replace_folder(out, NEW)
    (out / "pipe").unlink()
    assert snapshot(out) == {**OLD, **MINE}


def test_another_run_at_the_same_time_is_refused(out):
    from pipeline.write.swap import _beside, _lock

    new = _beside(out)[0]
    new.mkdir()
    handle = _lock(new)
    for work in (lambda: replace_folder(out, NEW), lambda: recover(out)):
        with pytest.raises(OutputError, match="another run"):
            work()
    assert new.exists()
    os.close(handle)
    replace_folder(out, NEW)
    assert snapshot(out) == {**NEW, **MINE}


def test_recover_without_anything_to_recover(tmp_path):
    recover(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
