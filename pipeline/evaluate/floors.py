"""Floors: figures that must not get worse.

A floors file is JSON: ``at_least`` and ``at_most`` hold a bound by the figure's name (that of a figure
within another joined by dots: ``languages.de.mayors.f1``), ``measured_on`` the annotated pages on which they
were set. Bounds get stricter by ``raised``; nothing here loosens one: that is done by hand, where a reviewer
sees it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.chain import RunError
from pipeline.disk import replace_file
from pipeline.terminal import printable

_SIDES = ("at_least", "at_most")
_FIRST = (
    *("macro_f1", "partnerships.f1", "founding_dates.f1", "mayors.f1", "themes.f1"),
    *("kind_accuracy", "status_accuracy", "role_accuracy", "grounded"),
)
_FIRST_AT_MOST = ("missing_documents", "traps_hit")


class FloorError(RunError):
    """The floors cannot be read or raised; the message says why."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure beside its bound. ``got`` is None where there is no such figure."""

    name: str
    got: float | None
    bound: float
    lower: bool

    @property
    def holds(self) -> bool:
        """Whether the figure is on the right side."""
        if self.got is None:
            return False
        return self.got >= self.bound if self.lower else self.got <= self.bound


@dataclass(frozen=True, slots=True)
class Floors:
    """The bounds of a file. ``pages`` and ``sha256`` are of what they were set on, empty if unknown."""

    at_least: Mapping[str, float]
    at_most: Mapping[str, float]
    pages: int = 0
    sha256: str = ""

    def check(self, figures: Mapping[str, Any]) -> list[Bound]:
        """Return every bound with its figure."""
        rows = [Bound(name, value(figures, name), bound, True) for name, bound in self.at_least.items()]
        return rows + [
            Bound(name, value(figures, name), bound, False) for name, bound in self.at_most.items()
        ]

    def same_pages(self, sha256: str) -> bool:
        """Whether they were set on these pages, or on pages that nobody noted."""
        return self.sha256 in ("", sha256)

    def raised(self, figures: Mapping[str, Any], pages: int, sha256: str) -> Floors:
        """Return the bounds moved to these figures, where those are better.

        Raises:
            FloorError: A figure is beyond its bound, so that moving there would loosen it.
        """
        broken = [row.name for row in self.check(figures) if not row.holds]
        if broken:
            raise FloorError(f"the floors stay as they are, for these are not held: {', '.join(broken)}")
        at_least = {name: value(figures, name) or 0 for name in self.at_least}
        at_most = {name: value(figures, name) or 0 for name in self.at_most}
        return replace(self, at_least=at_least, at_most=at_most, pages=pages, sha256=sha256)


def value(figures: Mapping[str, Any], name: str) -> float | None:
    """Return the figure of a dotted name; of a list its length; None if there is none."""
    found: Any = figures
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, list):
        return len(found)
    return found if isinstance(found, int | float) else None


def first(figures: Mapping[str, Any]) -> Floors:
    """Return bounds that nothing breaks, for a file that is not there yet."""
    languages = [f"languages.{lang}.{name}" for lang in figures.get("languages", {}) for name in _FIRST[:5]]
    return Floors(dict.fromkeys((*_FIRST, *languages), 0.0), dict.fromkeys(_FIRST_AT_MOST, float("inf")))


def read_floors(path: Path) -> Floors:
    """Read a floors file.

    Raises:
        FloorError: It cannot be read, or it is not as described above.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        sides = [_numbers(data.get(side, {})) for side in _SIDES]
        pinned = data.get("measured_on", {})
        floors = Floors(sides[0], sides[1], int(pinned.get("pages", 0)), str(pinned.get("sha256", "")))
    except OSError as error:
        raise FloorError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise FloorError(f"{path} is no floors file: {error}") from error
    if not any(sides):
        raise FloorError(f"{path} holds no floors")
    return floors


def write_floors(path: Path, floors: Floors) -> None:
    """Write a floors file, whole or not at all.

    Raises:
        FloorError: The disk refused; the old file is whole.
    """
    data: dict[str, Any] = {"at_least": dict(floors.at_least), "at_most": dict(floors.at_most)}
    data["measured_on"] = {"pages": floors.pages, "sha256": floors.sha256}
    try:
        replace_file(path, json.dumps(data, indent=2) + "\n")
    except OSError as error:
        raise FloorError(f"{path} cannot be written: {error.strerror}") from error


def lines(rows: list[Bound]) -> list[str]:
    """Return the bounds as lines for people; those that hold in one line, since nothing is to be done."""
    broken = [row for row in rows if not row.holds]
    said = [
        f"FAIL {printable(row.name)}: {row.got}, {'floor' if row.lower else 'ceiling'} {row.bound}"
        for row in broken
    ]
    return [*said, f"{len(rows) - len(broken)} of {len(rows)} floors hold"]


def _numbers(data: Any) -> dict[str, float]:
    for name, bound in data.items():
        if isinstance(bound, bool) or not isinstance(bound, int | float):
            raise TypeError(f"{name} is no number")
    return dict(data)
