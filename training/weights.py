"""The data file that a scorer's weights are written to; ``pipeline.weights`` reads it."""

from __future__ import annotations

from collections.abc import Mapping


def table(weights: Mapping[str, float], pages: int, script: str) -> str:
    """Return the text of the file: what was learned from, and a line for each sign."""
    head = f"# Learned from {pages} pages by training/{script}.py; not to be edited."
    return "\n".join([head, *(f"{sign}\t{weight}" for sign, weight in sorted(weights.items())), ""])
