"""Pages in processes of their own: what one of them does to itself, and to the others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator

import psutil
import pytest

from pipeline.chain import RunError
from pipeline.limits import Limits
from pipeline.model import Claims, Issue, Rejected
from pipeline.read import Raw
from pipeline.workers import Work, outcomes
from tests.conftest import ROOT

NONE = Limits(None, None)


def page(text: str) -> Raw:
    return Raw(f"{text}.txt", text.encode(), "00")


def work(raw: Raw) -> Claims | Rejected:
    """Stand for the stages: answer with the process's id, or do what the page says."""
    word, _, rest = raw.data.decode().partition(" ")
    if word == "exit":
        os._exit(9)
    if word == "kill":
        os.kill(os.getpid(), getattr(signal, rest))
    if word == "hang":
        time.sleep(3600)
    if word == "spin":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGALRM})
        while True:
            pass
    if word == "eat":
        held = []
        while True:
            held.append(b"x" * 10_000_000)
            time.sleep(0.001)
    if word == "once":  # dies the first time, whose trace is a file
        if not os.path.exists(rest):
            open(rest, "w").close()
            os._exit(9)
    if word == "slow":
        time.sleep(float(rest))
    return Rejected(raw.source, Issue("test", "done", str(os.getpid())))


def load() -> Work:
    return work


def load_nothing() -> Work:
    raise RunError("no model here")


def load_and_die() -> Work:
    os._exit(1)


def run(texts: list[str], workers: int = 2, limits: Limits = NONE) -> dict[str, Rejected]:
    jobs = ((text, page(text)) for text in texts)
    found = {}
    for key, outcome in outcomes(jobs, workers, load, limits):
        assert isinstance(outcome, Rejected)
        assert key not in found
        assert outcome.source == f"{key}.txt"
        found[key] = outcome
    return found


def kinds(found: dict[str, Rejected]) -> dict[str, str]:
    return {key: outcome.issue.kind for key, outcome in found.items()}


def test_every_page_has_its_outcome() -> None:
    texts = [str(n) for n in range(40)]
    found = run(texts, workers=3)
    assert kinds(found) == dict.fromkeys(texts, "done")
    assert len({outcome.issue.message for outcome in found.values()}) <= 3, "processes are used again"


def test_no_page_no_process() -> None:
    assert run([]) == {}


@pytest.mark.parametrize("killer", ["exit", "kill SIGKILL", "kill SIGSEGV", "kill SIGTERM"])
def test_page_that_kills_its_process_is_rejected_alone(killer: str) -> None:
    found = kinds(run(["a", killer, "b", "c"]))
    assert found == {"a": "done", killer: "crash", "b": "done", "c": "done"}


def test_page_whose_process_was_killed_by_others_is_read_again(tmp_path) -> None:
    unlucky = f"once {tmp_path / 'seen'}"
    assert kinds(run(["a", unlucky, "b"])) == {"a": "done", unlucky: "done", "b": "done"}


@pytest.mark.parametrize("stuck", ["hang", "spin"])
def test_page_that_hangs_is_stopped_at_its_limit(stuck: str) -> None:
    start = time.monotonic()
    found = run([stuck, *"abcdef"], limits=Limits(1, None))
    assert kinds(found) == {stuck: "timeout", **dict.fromkeys("abcdef", "done")}
    assert found[stuck].issue.message == f"{stuck}.txt took longer than 1 seconds (--page-seconds)"
    assert time.monotonic() - start < 10


def test_page_that_hangs_holds_nobody_up() -> None:
    texts = ["hang", *map(str, range(50))]
    assert list(run(texts, limits=Limits(3, None)))[-1] == "hang", "the others were done meanwhile"


def test_page_that_eats_memory_is_stopped_at_its_limit() -> None:
    found = run(["a", "eat", "b", "c"], limits=Limits(60, 100))
    assert kinds(found) == {"a": "done", "eat": "memory", "b": "done", "c": "done"}
    assert "more than 100 MB" in found["eat"].issue.message


def test_limits_hold_with_one_process_too() -> None:
    found = run(["hang", "eat", "exit", "a"], workers=1, limits=Limits(1, 100))
    assert kinds(found) == {"hang": "timeout", "eat": "memory", "exit": "crash", "a": "done"}


def test_pages_in_flight_elsewhere_are_not_worked_out_again() -> None:
    # A page of the other process is under way when "exit" dies, twice, and is not begun anew.
    start = time.monotonic()
    found = run(["slow 2", "exit", "a", "b"])
    assert kinds(found)["slow 2"] == "done"
    assert time.monotonic() - start < 2 + 2.5


def test_limits_hold_while_the_next_page_is_looked_for() -> None:
    def pages() -> Iterator[tuple[str, Raw] | None]:
        yield "hang", page("hang")
        for _ in range(300):
            time.sleep(0.01)
            yield None

    start = time.monotonic()
    _, outcome = next(outcomes(pages(), 1, load, Limits(0.5, None)))
    assert isinstance(outcome, Rejected)
    assert outcome.issue.kind == "timeout"
    assert time.monotonic() - start < 2.9, "well before the pages are at an end"


@pytest.mark.parametrize(
    ("loader", "message"), [(load_nothing, "no model here"), (load_and_die, "die before")]
)
def test_failed_start_stops_the_run(loader, message: str) -> None:
    with pytest.raises(RunError, match=message):
        list(outcomes(iter([("a", page("a"))]), 2, loader, NONE))


def test_pages_are_read_as_they_are_needed() -> None:
    asked = 0

    def endless() -> Iterator[tuple[int, Raw]]:
        nonlocal asked
        while True:
            asked += 1
            yield asked, page(str(asked))

    before = set(psutil.Process().children(recursive=True))
    found = outcomes(endless(), 2, load, NONE)
    next(found)
    found.close()
    assert asked <= 5
    left = set(psutil.Process().children(recursive=True)) - before
    assert all("resource_tracker" in " ".join(child.cmdline()) for child in left)


def test_processes_end_with_a_parent_that_was_killed() -> None:
    code = """
        import os, sys
        from pipeline.limits import Limits
        from pipeline.workers import outcomes
        from tests.workers.test_workers import load, page

        def pages():
            yield "hang", page("hang")
            yield "a", page("a")

        if __name__ == "__main__":
            for key, _ in outcomes(pages(), 2, load, Limits(None, None)):
                print(key, flush=True)
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "a\n"
        children = psutil.Process(parent.pid).children(recursive=True)
        parent.kill()
    assert len(children) >= 2
    _, alive = psutil.wait_procs(children, timeout=5)
    assert alive == []
