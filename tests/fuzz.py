"""Mutated pages through the whole program: ``python -m tests.fuzz 50000 --seed 7``.

Pieces of the pages of ``corpus/``, of the annotated pages and, where it is there, of the goldset are damaged
and read. No stage may break, none may take longer than the limit, each page must be accounted for in
``documents``, and every quote must stand at its offsets. A page that breaks this is kept in ``build/fuzz/``.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.chain import Chain
from pipeline.clean import doc_id
from pipeline.model import Claims, Rejected
from pipeline.normalise import normalise
from pipeline.read import read_bytes
from pipeline.schema import TABLES
from pipeline.write.verify import problems
from tests.mutations import FULL, NAMES, Mutation, mutate

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 10
"""Longest time of the processor that one page may take."""

_FOLDERS = ("corpus/*", "tests/annotated/*/pages", "../shared/goldset/pages")
_BATCH = 200
_LENGTHS = (100, 300, 600, 1_000)
_WHOLE = 50
"""One in so many pages is damaged as a whole."""
_REFUSALS = {"empty", "binary"}


class Broken(AssertionError):
    """A page that the program does not survive; the message says how."""


def pages(folders: Sequence[str] = _FOLDERS) -> dict[str, bytes]:
    """Return the pages to damage by their paths, in order."""
    files = (path for folder in folders for path in ROOT.glob(f"{folder}/*"))
    return {os.path.relpath(path, ROOT): path.read_bytes() for path in sorted(files)}


def damaged(seed: int, originals: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield damaged pieces of pages, and now and then a whole one, without end, each with a name.

    The same pages and the same seed give the same.
    """
    chance = random.Random(seed)
    names = sorted(originals)
    for number in itertools.count():
        name = chance.choice(names)
        page = originals[name]
        # Small pieces, so that many are read in little time; the words at the start name the town.
        length = chance.choice(_LENGTHS) if chance.randrange(_WHOLE) else len(page)
        start = chance.randrange(max(1, len(page) - length))
        data = page[:200] * chance.randrange(2) + page[start : start + length]
        changes: list[Mutation] = [
            (chance.choice(NAMES), *(chance.randrange(FULL) for _ in range(3)))
            for _ in range(chance.randint(1, 4))
        ]
        yield f"{number:06}-{seed}{Path(name).suffix}", mutate(data, changes)


def fuzz(count: int, seed: int, originals: dict[str, bytes], keep: Path | None = None) -> Counter[str]:
    """Read damaged pages and return how many were read, and how many refused for what.

    Raises:
        Broken: A page broke the program.
    """
    chain, found = Chain(), Counter[str]()
    stream = itertools.islice(damaged(seed, originals), count)
    while batch := list(itertools.islice(stream, _BATCH)):
        outcomes = []
        for name, data in batch:
            try:
                outcomes.append(_outcome(chain, name, data))
            except Broken:
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / name).write_bytes(data)
                raise
        _check_tables(outcomes)
        found.update(o.issue.kind if isinstance(o, Rejected) else "read" for o in outcomes)
    return found


def _outcome(chain: Chain, name: str, data: bytes) -> Claims | Rejected:
    start = time.process_time()
    with _limit(6 * SECONDS, name):
        outcome = chain.claims(read_bytes(data, name))
    if isinstance(outcome, Rejected) and outcome.issue.kind not in _REFUSALS:
        raise Broken(f"{name}: {outcome.issue.message}")
    if (taken := time.process_time() - start) > SECONDS:
        raise Broken(f"{name} took {taken:.0f} seconds")
    return outcome


def _check_tables(outcomes: Sequence[Claims | Rejected]) -> None:
    read = [outcome for outcome in outcomes if isinstance(outcome, Claims)]
    tables = normalise(read, [outcome for outcome in outcomes if isinstance(outcome, Rejected)])
    if broken := problems({table.name: tables.arrow(table.name) for table in TABLES}):
        raise Broken(broken[0])
    sources = {o.source if isinstance(o, Rejected) else o.document.source for o in outcomes}
    if {row["doc_id"] for row in tables.rows("documents")} != {doc_id(source) for source in sources}:
        raise Broken("a page is missing from documents")
    for row in tables.rows("evidence"):
        start, end = row["start"], row["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        if not row["quote"] or tables.texts[str(row["doc_id"])][start:end] != row["quote"]:
            raise Broken(f"the quote {row['quote']!r} is not at its offsets")


@contextmanager
def _limit(seconds: float, name: str) -> Iterator[None]:
    """Break off what hangs, where the system can."""
    if not hasattr(signal, "SIGPROF"):
        yield
        return

    def stop(*_: object) -> None:
        raise TimeoutError(f"{name} hangs")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def main() -> int:
    """Read as many pages as were asked for; return 1 if one broke the program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    start = time.process_time()
    try:
        found = fuzz(options.count, options.seed, pages(), ROOT / "build" / "fuzz")
    except Broken as broken:
        print(broken, file=sys.stderr)
        return 1
    taken = time.process_time() - start
    print(f"{found.total()} pages in {taken:.0f} s: " + ", ".join(f"{n} {what}" for what, n in found.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
