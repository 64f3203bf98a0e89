"""The gate that figures must pass, and that only moves up."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluate.floors import FloorError, Floors, first, read_floors, write_floors

FIGURES: dict[str, Any] = {"macro_f1": 0.8, "mayors": {"f1": 0.9}, "missing_documents": ["a"], "traps_hit": 0}


@pytest.mark.parametrize(
    ("at_least", "at_most", "held"),
    [
        ({"macro_f1": 0.8, "mayors.f1": 0.85}, {"missing_documents": 1}, True),
        ({"macro_f1": 0.81}, {}, False),
        ({"mayors.f1": 0.91}, {}, False),
        ({}, {"missing_documents": 0}, False),
        ({"no_such_figure": 0.0}, {}, False),
        ({"mayors": 0.0}, {}, False),
    ],
)
def test_check(at_least: dict[str, float], at_most: dict[str, float], held: bool) -> None:
    assert all(row.holds for row in Floors(at_least, at_most).check(FIGURES)) is held


def test_floors_are_raised_to_the_figures() -> None:
    floors = Floors({"macro_f1": 0.5, "mayors.f1": 0.9}, {"missing_documents": 3}).raised(FIGURES, 7, "ab")
    assert floors == Floors({"macro_f1": 0.8, "mayors.f1": 0.9}, {"missing_documents": 1}, 7, "ab")


@pytest.mark.parametrize(
    "floors", [Floors({"macro_f1": 0.5, "mayors.f1": 0.95}, {}), Floors({}, {"missing_documents": 0})]
)
def test_no_floor_is_lowered(floors: Floors) -> None:
    with pytest.raises(FloorError, match="stay as they are"):
        floors.raised(FIGURES, 7, "ab")


def test_first_floors_take_any_figures() -> None:
    floors = first({"languages": {"de": {}}})
    assert "languages.de.mayors.f1" in floors.at_least
    assert "languages.en.mayors.f1" not in floors.at_least


def test_pages_that_they_were_set_on() -> None:
    assert Floors({}, {}).same_pages("any")
    assert not Floors({}, {}, 7, "ab").same_pages("cd")


def test_file_is_read_as_written(tmp_path: Path) -> None:
    floors, path = Floors({"macro_f1": 0.8125}, {"traps_hit": 0}, 7, "ab"), tmp_path / "floors.json"
    write_floors(path, floors)
    assert read_floors(path) == floors
    assert [found.name for found in tmp_path.iterdir()] == ["floors.json"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "floors.json"
    path.write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FloorError, match="No space left"):
        write_floors(path, Floors({"macro_f1": 0.8}, {}))
    assert path.read_text(encoding="utf-8") == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["floors.json"]


@pytest.mark.parametrize("data", ["{", "[]", "{}", {"at_least": {"macro_f1": "high"}}, {"at_most": [1]}])
def test_a_broken_file_is_named(tmp_path: Path, data: object) -> None:
    path = tmp_path / "floors.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    with pytest.raises(FloorError, match=r"floors\.json"):
        read_floors(path)
    with pytest.raises(FloorError, match="cannot be read"):
        read_floors(tmp_path / "missing.json")
