"""The gate that scores must pass."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.check_floors import main

SCORES = {"macro_f1": 0.8, "partnerships": {"f1": 0.9}, "missing_documents": []}


def gate(folder: Path, bounds: object, *flags: str) -> int:
    (folder / "scores.json").write_text(json.dumps(SCORES), encoding="utf-8")
    (folder / "floors.json").write_text(json.dumps(bounds), encoding="utf-8")
    return main([str(folder / "scores.json"), str(folder / "floors.json"), *flags])


@pytest.mark.parametrize(
    ("bounds", "code"),
    [
        ({"at_least": {"macro_f1": 0.8, "partnerships.f1": 0.85}, "at_most": {"missing_documents": 0}}, 0),
        ({"at_least": {"macro_f1": 0.81}}, 1),
        ({"at_least": {"partnerships.f1": 0.91}}, 1),
        ({"at_most": {"macro_f1": 0.79}}, 1),
        ({"at_least": {"no_such_score": 0.0}}, 1),
        ({}, 1),
    ],
)
def test_gate(tmp_path: Path, bounds: object, code: int) -> None:
    assert gate(tmp_path, bounds) == code


def test_update_moves_floors_up_only(tmp_path: Path) -> None:
    bounds = {"at_least": {"macro_f1": 0.5, "partnerships.f1": 0.95}, "at_most": {"missing_documents": 3}}
    assert gate(tmp_path, bounds, "--update") == 1
    assert json.loads((tmp_path / "floors.json").read_text(encoding="utf-8")) == {
        "at_least": {"macro_f1": 0.8, "partnerships.f1": 0.95},
        "at_most": {"missing_documents": 0},
    }
