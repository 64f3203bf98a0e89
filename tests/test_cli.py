"""The command ``twintown run``, and the rules that hold for every command."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import __version__
from tests.conftest import PAGE_DE, ROOT, Twintown, tree


def documents(out: Path) -> dict[str, dict[str, str]]:
    text = (out / "documents.csv").read_text(encoding="utf-8")
    return {row["source"]: row for row in csv.DictReader(io.StringIO(text))}


def test_run_writes_tables_and_says_what_and_where(twintown: Twintown, pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = twintown("run", pages, "--out", out)
    assert result.code == 0
    assert result.err == ""
    assert result.out.splitlines()[0] == "2 pages (2 ok)"
    assert "partnerships" in result.out
    assert str(out) in result.out
    assert set(documents(out)) == {"cheltenham.html", "goettingen.html"}


def test_quiet_prints_nothing(twintown: Twintown, pages: Path, tmp_path: Path) -> None:
    assert twintown("run", "-q", pages, "--out", tmp_path / "out") == (0, "", "")


def test_rejected_page_is_recorded_and_the_run_goes_on(
    twintown: Twintown, pages: Path, tmp_path: Path
) -> None:
    (pages / "empty.html").write_bytes(b"")
    out = tmp_path / "out"
    result = twintown("run", pages, "--out", out)
    assert result.code == 1
    assert "empty.html" in result.err
    assert "1 rejected" in result.out
    found = documents(out)
    assert found["empty.html"]["status"] == "rejected"
    assert found["goettingen.html"]["status"] == "ok"


def test_page_that_breaks_a_stage_is_rejected_alone(
    twintown: Twintown, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pipeline.clean

    real = pipeline.clean.clean

    def brittle(page):
        if "Cheltenham Borough" in page.text:
            raise ZeroDivisionError("/home/somebody/secret")
        return real(page)

    monkeypatch.setattr(pipeline.clean, "clean", brittle)
    out = tmp_path / "out"
    result = twintown("run", pages, "--out", out)
    assert result.code == 1
    found = documents(out)
    assert found["goettingen.html"]["status"] == "ok"
    assert found["cheltenham.html"]["status"] == "rejected"
    assert found["cheltenham.html"]["issue"].startswith("clean: crash: ")
    assert "ZeroDivisionError" in found["cheltenham.html"]["issue"]
    assert "secret" not in "".join(map(str, tree(out).values())) + result.err
    assert "secret" in twintown("run", "-v", pages, "--out", out).err


@pytest.mark.parametrize("make", [lambda pages: pages / "missing.html", lambda pages: pages / "none"])
def test_nothing_to_read_leaves_old_outputs_alone(
    twintown: Twintown, pages: Path, tmp_path: Path, make
) -> None:
    out = tmp_path / "out"
    (pages / "none").mkdir()
    assert twintown("run", "-q", pages, "--out", out).code == 0
    before = tree(out)
    result = twintown("run", make(pages), "--out", out)
    assert result.code == 2
    assert result.err.startswith("twintown: ")
    assert tree(out) == before


def test_out_that_is_not_ours_is_refused(twintown: Twintown, pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "novel.txt").write_text("dear", encoding="utf-8")
    assert twintown("run", "-q", pages, "--out", out).code == 2
    assert tree(out) == {"novel.txt": b"dear"}


def test_missing_model(twintown: Twintown, pages: Path, tmp_path: Path) -> None:
    result = twintown("run", pages, "--out", tmp_path / "out", "--model-en", "no_such_model")
    assert result.code == 2
    assert "no_such_model" in result.err
    assert not (tmp_path / "out").exists()


def test_bug_outside_the_pages_is_no_success(
    twintown: Twintown, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pipeline.normalise

    def broken(claims, rejected, corrections):
        raise KeyError("\x1b[31m")

    monkeypatch.setattr(pipeline.normalise, "normalise", broken)
    result = twintown("run", pages, "--out", tmp_path / "out")
    assert result.code == 2
    assert "KeyError" in result.err
    assert "\x1b" not in result.err
    assert not (tmp_path / "out").exists()


def test_progress_on_a_terminal_only(
    twintown: Twintown, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    (pages / "bell\x07.html").write_bytes(b"")
    for quiet, expected in (([], True), (["-q"], False)):
        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)
        twintown("run", *quiet, pages, "--out", tmp_path / "out")
        assert ("of 3 pages, " in terminal.getvalue()) is expected
        assert (" facts" in terminal.getvalue()) is expected
        assert (" left" in terminal.getvalue()) is expected
        assert r"bell\x07.html" in terminal.getvalue()
        assert "\x07" not in terminal.getvalue()


def test_interrupt_writes_nothing(
    twintown: Twintown, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pipeline.clean

    def interrupted(page):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline.clean, "clean", interrupted)
    assert twintown("run", pages, "--out", tmp_path / "out").code == 2
    assert not (tmp_path / "out").exists()


def test_standard_input(twintown: Twintown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE_DE.encode())))
    out = tmp_path / "out"
    assert twintown("run", "-q", "-", "--out", out).code == 0
    assert set(documents(out)) == {"-"}


def test_outputs_do_not_depend_on_workers_or_order(twintown: Twintown, pages: Path, tmp_path: Path) -> None:
    (pages / "broken.html").write_bytes(b"")
    one, two, three = (tmp_path / name for name in ("one", "two", "three"))
    assert twintown("run", "-q", pages, "--out", one).code == 1
    assert twintown("run", "-q", pages, "--out", two, "--workers", "2").code == 1
    assert twintown("run", "-q", *sorted(pages.iterdir(), reverse=True), "--out", three).code == 1
    assert tree(one) == tree(two)
    assert tree(one) == tree(three)


@pytest.mark.parametrize(
    "arguments",
    [[], ["run"], ["fly"], ["run", "x", "--workers", "0"], ["run", "x", "--workers", "many"], ["clean"]],
)
def test_misuse(twintown: Twintown, arguments: list[str]) -> None:
    result = twintown(*arguments)
    assert result.code == 2
    assert "usage: twintown" in result.err


def test_version(twintown: Twintown) -> None:
    assert twintown("--version") == (0, f"twintown {__version__}\n", "")


def test_tables_are_described(twintown: Twintown) -> None:
    result = twintown("tables")
    assert result.code == 0
    assert "### founding_dates" in result.out


def test_models_are_listed(twintown: Twintown) -> None:
    result = twintown("models")
    assert result.code == 0
    assert "de: twintown-ner" in result.out


def test_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    page = tmp_path / "long.txt"
    page.write_text("Partnerstadt Göttingen\n" * 50_000, encoding="utf-8")
    command = [sys.executable, "-m", "pipeline", "read", str(page)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_start_without_heavy_imports() -> None:
    code = "import sys, pipeline.cli; print({'spacy', 'pandas', 'pyarrow', 'lxml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
