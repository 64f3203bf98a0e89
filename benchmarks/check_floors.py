"""Holds the scores against their floors.

``python -m benchmarks.check_floors SCORES.json FLOORS.json`` exits 0 only if every score is at or above its
floor (``at_least``), or at or below its ceiling (``at_most``). ``--update`` moves them to today's scores
where those are better, and never the other way. Names of nested scores are joined by dots.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any


def value(scores: dict[str, Any], name: str) -> float | None:
    """Return the score of a dotted name; of a list its length; None if there is none."""
    found: Any = scores
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    if isinstance(found, list):
        return len(found)
    return found if isinstance(found, int | float) else None


def check(scores: dict[str, Any], bounds: dict[str, dict[str, float]]) -> list[tuple[str, str, bool]]:
    """Return for each bounded score its name, a sentence, and whether it holds."""
    rows = []
    for name, floor in bounds.get("at_least", {}).items():
        got = value(scores, name)
        rows.append((name, f"{got} (floor {floor})", got is not None and got >= floor))
    for name, ceiling in bounds.get("at_most", {}).items():
        got = value(scores, name)
        rows.append((name, f"{got} (ceiling {ceiling})", got is not None and got <= ceiling))
    return rows


def tightened(scores: dict[str, Any], bounds: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Return the bounds, moved to today's scores where those are better."""
    better = {"at_least": max, "at_most": min}
    return {
        side: {
            name: bound if (got := value(scores, name)) is None else better[side](bound, got)
            for name, bound in named.items()
        }
        for side, named in bounds.items()
    }


def main(argv: list[str] | None = None) -> int:
    """Print every bounded score and return the exit code."""
    parser = argparse.ArgumentParser(prog="check_floors")
    parser.add_argument("scores", type=Path)
    parser.add_argument("bounds", type=Path)
    parser.add_argument("--update", action="store_true", help="move bounds to better scores")
    options = parser.parse_args(argv)
    scores = json.loads(options.scores.read_text(encoding="utf-8"))
    bounds = json.loads(options.bounds.read_text(encoding="utf-8"))
    rows = check(scores, bounds)
    for name, sentence, holds in rows:
        print(f"{'ok  ' if holds else 'FAIL'} {name:24} {sentence}")
    if not rows:
        print("FAIL no floors")
    if options.update:
        beside = options.bounds.with_suffix(".new")
        beside.write_text(json.dumps(tightened(scores, bounds), indent=2) + "\n", encoding="utf-8")
        os.replace(beside, options.bounds)
    return 0 if rows and all(holds for _, _, holds in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
