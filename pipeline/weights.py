"""The weights that small models of our own ship with: a sign and its weight a line, parted by a tab."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def load(package: str, file: str) -> dict[str, float]:
    """Return the weights in a file of a package: sign -> weight, in log-odds. Lines with ``#`` are notes."""
    lines = files(package).joinpath(file).read_text(encoding="utf-8").splitlines()
    rows = (line.rsplit("\t", 1) for line in lines if line and not line.startswith("#"))
    return {sign: float(weight) for sign, weight in rows}
