"""``make rerun``: what it costs to run again when one page of many has changed, and what two workers gain.

A thousand pages are made of those in ``corpus/``, each with a comment of its own. They are read once; one is
changed; they are read again, and once more without the cache: the outputs must be the same, byte for byte,
and the second run must take at most a twentieth of the first. With ``--kills N`` a run over a few of them is
killed N times, each time at another moment, and the run after it must give what an undisturbed one gives.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SUFFIXES = (".html", ".txt", ".md")
AT_MOST = 0.05
SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)


def make_pages(folder: Path, number: int) -> None:
    """Write so many pages, no two alike."""
    corpus = HERE.parent / "corpus"
    models = sorted(p for p in corpus.rglob("*") if p.suffix in SUFFIXES and p.stem != "README")
    folder.mkdir()
    for n in range(number):
        model = models[n % len(models)]
        own = f"\n<!-- {n} -->\n" if model.suffix == ".html" else f"\n\n{n}\n"
        (folder / f"{n:05}-{model.name}").write_bytes(model.read_bytes() + own.encode())


def command(pages: Path, out: Path, cache: Path | None, *more: str) -> list[str]:
    kept = ["--no-cache"] if cache is None else ["--cache", str(cache)]
    return [sys.executable, "-m", "pipeline", "run", "-q", str(pages), "--out", str(out), *kept, *more]


def seconds(command: list[str]) -> tuple[float, float]:
    """Run a command; return its seconds, and those of the processor, which other programs do not change."""
    start, before = time.perf_counter(), os.times()
    subprocess.run(command, cwd=HERE.parent, check=True)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, cpu


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def rerun(work: Path, number: int) -> bool:
    """Measure; True if the second run is quick enough, and right."""
    pages, cache = work / "pages", work / "cache"
    make_pages(pages, number)
    first = seconds(command(pages, work / "out", cache))
    say(f"first run over {number} pages", first)
    page = sorted(pages.iterdir())[number // 2]
    page.write_bytes(page.read_bytes().replace(b"19", b"18"))
    second = seconds(command(pages, work / "out", cache))
    share = second[0] / first[0]
    say("with one page changed", second, f"{share:.1%} (at most {AT_MOST:.0%})")
    full = seconds(command(pages, work / "full", None))
    same = contents(work / "out") == contents(work / "full")
    say("without the cache", full, "same bytes" if same else "OTHER BYTES")
    two = seconds(command(pages, work / "two", None, "--workers", "2"))
    alike = contents(work / "two") == contents(work / "full")
    speed = f"{full[0] / two[0]:.2f} times the speed"
    say("with two workers", two, f"{speed}, {'same bytes' if alike else 'OTHER BYTES'}")
    return share <= AT_MOST and same and alike


def say(what: str, taken: tuple[float, float], more: str = "") -> None:
    print(f"{what:30}{taken[0]:8.2f} s{taken[1]:8.2f} s of processor  {more}", flush=True)


def kills(work: Path, number: int, pages: int) -> bool:
    """Kill runs at moments spread over their whole length; True if each was survived."""
    chance, folder = random.Random(1), work / "killed"  # noqa: S311
    folder.mkdir()
    make_pages(folder / "pages", pages)
    arguments = command(folder / "pages", folder / "out", folder / "cache", "--workers", "2")
    seconds(arguments)
    old = contents(folder / "out")
    for page in (folder / "pages").iterdir():
        page.write_bytes(page.read_bytes().replace(b"19", b"18"))
    start = work / "start"
    shutil.copytree(folder, start)
    usual, _ = seconds(arguments)
    new = contents(folder / "out")
    survived = hit = 0
    for n in range(number):
        shutil.rmtree(folder)
        shutil.copytree(start, folder)
        with subprocess.Popen(arguments, cwd=HERE.parent, stderr=subprocess.DEVNULL) as process:
            time.sleep(usual * (n + chance.random()) / number)
            process.send_signal(SIGNALS[n % len(SIGNALS)])
        hit += process.returncode != 0
        whole = not (folder / "out").exists() or contents(folder / "out") in (old, new)
        seconds(arguments)
        clean = sorted(p.name for p in folder.iterdir()) == ["cache", "out", "pages"]
        survived += whole and clean and contents(folder / "out") == new
    print(f"killed at {number} moments ({hit} before the end), survived {survived}", flush=True)
    return survived == number


def main() -> None:
    parser = argparse.ArgumentParser(prog="rerun", description=__doc__)
    parser.add_argument("--pages", type=int, default=1000, metavar="N", help="pages (1000)")
    parser.add_argument("--kills", type=int, default=0, metavar="N", help="kill so many runs, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        good = rerun(work, options.pages)
        if options.kills:
            good = kills(work, options.kills, 12) and good
    sys.exit(not good)


if __name__ == "__main__":
    main()
