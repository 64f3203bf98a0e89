"""Corrections by reviewers: one file beside the pages, applied on every run.

``file`` reads and checks ``corrections.csv``, ``values`` says what a value may be, ``add`` puts a row in,
``apply`` changes the facts.
"""

from __future__ import annotations

from pipeline.normalise.corrections.add import add
from pipeline.normalise.corrections.apply import apply
from pipeline.normalise.corrections.file import (
    COLUMNS,
    Correction,
    CorrectionError,
    Corrections,
    parse,
    read,
)

__all__ = [
    "COLUMNS",
    "Correction",
    "CorrectionError",
    "Corrections",
    "add",
    "apply",
    "parse",
    "read",
]
