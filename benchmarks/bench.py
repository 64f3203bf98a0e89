"""``make bench``: twintown beside the script that somebody might write in an afternoon.

Both read the same pages, one after the other, in a process of their own each; the best of three rounds
counts, since another program can only slow them down. Nothing here is a test: times are for reading.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE_SUFFIXES = (".html", ".htm", ".txt", ".md")
ROUNDS = 3


@dataclass(frozen=True)
class Run:
    """One process: seconds from start to end, its processor seconds, and its largest memory in MiB."""

    wall: float
    cpu: float
    memory: float


def measure(command: list[str], rounds: int = ROUNDS) -> Run:
    """Run a command some times and return the quickest; a failed command ends the program."""
    best: Run | None = None
    for _ in range(rounds):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=HERE.parent)
        _, status, usage = os.wait4(process.pid, 0)  # the usage of this child alone, not of all so far
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):  # 1: some pages were rejected
            sys.exit(f"failed with {process.returncode}: {' '.join(command)}")
        unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere
        run = Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 2**20)
        best = run if best is None or run.wall < best.wall else best
    assert best is not None
    return best


def side_by_side(pages: Path, work: Path) -> None:
    """Print speed and memory of both programs, and their ratio."""
    count = sum(path.suffix.lower() in PAGE_SUFFIXES for path in pages.rglob("*") if path.is_file())
    script = [sys.executable, str(HERE / "weekend_script.py")]
    ours = [sys.executable, "-m", "pipeline", "run", "-q"]
    one = work / "one"
    one.mkdir()
    # Start-up: a page with a single word, so that all is loaded and nothing is to be done.
    (one / "page.txt").write_text("Partnerstadt\n", encoding="utf-8")
    out = str(work / "out")
    runs = {
        "script": (measure([*script, str(one), out + "a"]), measure([*script, str(pages), out + "b"])),
        "twintown": (
            measure([*ours, str(one), "--out", out + "c"]),
            measure([*ours, str(pages), "--out", out + "d"]),
        ),
    }
    rows: dict[str, Callable[[Run, Run], float]] = {
        "wall, s": lambda _, full: full.wall,
        "start-up, s": lambda start, _: start.wall,
        "processor, s": lambda _, full: full.cpu,
        "pages/s": lambda _, full: count / full.wall,
        "pages/s without start-up": lambda start, full: count / max(full.wall - start.wall, 1e-9),
        "peak memory, MiB": lambda _, full: full.memory,
    }
    print(f"{count} pages, best of {ROUNDS} rounds, one process\n")
    print(f"{'':26}{'script':>10}{'twintown':>10}{'ratio':>8}")
    for name, figure in rows.items():
        theirs, own = figure(*runs["script"]), figure(*runs["twintown"])
        print(f"{name:26}{theirs:10.2f}{own:10.2f}{own / theirs:8.2f}")
    theirs, own = (macro_f1(pages, out + run) for run in "bd")
    if theirs and own:
        print(f"{'macro F1':26}{theirs:10.2f}{own:10.2f}{own / theirs:8.2f}")


def macro_f1(pages: Path, out: str) -> float | None:
    """Return the score of an output folder; None for pages without gold beside them."""
    gold, scorer = pages.parent / "gold", pages.parent.parent / "score.py"
    if not (gold.is_dir() and scorer.is_file()):
        return None
    command = [sys.executable, str(scorer), out, str(gold), str(pages), "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    score: float = json.loads(done.stdout)["macro_f1"]
    return score


def stages(pages: Path, out: Path) -> dict[str, float]:
    """Return the seconds that each stage takes for all pages, in this process; models are loaded already."""
    from pipeline.chain import Models, load_recogniser
    from pipeline.clean import clean
    from pipeline.extract import extract
    from pipeline.model import Rejected
    from pipeline.normalise import normalise
    from pipeline.read import read
    from pipeline.write import write

    spent: dict[str, float] = {}

    def timed(name: str, work: Callable[[], object]) -> object:
        start = time.perf_counter()
        try:
            return work()
        finally:
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - start

    recogniser = timed("load models", lambda: load_recogniser(Models()))
    records = timed("read", lambda: list(read([pages])))
    rejected = [record for record in records if isinstance(record, Rejected)]
    claims = []
    for page in (record for record in records if not isinstance(record, Rejected)):
        document = timed("clean", lambda page=page: clean(page))
        mentions = timed("recognise", lambda document=document: recogniser.recognise(document))
        claims.append(timed("extract", lambda mentions=mentions: extract(mentions)))
    tables = timed("normalise", lambda: normalise(claims, rejected))
    timed("write", lambda: write(tables, out))
    return spent


def print_stages(pages: Path, work: Path) -> None:
    """Print the seconds of each stage, measured in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.bench", "--stages", str(work / "stages"), str(pages)]
    done = subprocess.run(command, cwd=HERE.parent, check=True, capture_output=True, text=True)
    spent = json.loads(done.stdout)
    total = sum(spent.values())
    print(f"\n{'stage':26}{'s':>10}{'share':>10}")
    for name, seconds in spent.items():
        print(f"{name:26}{seconds:10.3f}{seconds / total:10.0%}")


def default_pages() -> Path:
    """Return the gold pages if they are there, else the corpus."""
    gold = HERE.parent.parent / "shared" / "goldset" / "pages"
    return gold if gold.is_dir() else HERE.parent / "corpus"


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("pages", nargs="?", type=Path, default=default_pages())
    parser.add_argument("--stages", type=Path, metavar="OUT", help="only time the stages, print JSON")
    options = parser.parse_args()
    if options.stages:
        print(json.dumps(stages(options.pages, options.stages)))
        return
    with tempfile.TemporaryDirectory() as folder:
        side_by_side(options.pages.resolve(), Path(folder))
        print_stages(options.pages.resolve(), Path(folder))


if __name__ == "__main__":
    main()
