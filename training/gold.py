"""Annotated pages: the pages and their gold files, paired."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.gazetteer import fold


class Gold(NamedTuple):
    """A page and what a careful reader found on it (``data``: its gold file)."""

    path: Path
    data: dict[str, Any]


def read_gold(folders: Sequence[Path]) -> list[Gold]:
    """Return the annotated pages of PAGES GOLD PAGES GOLD ..., in the order of their names.

    Raises:
        SystemExit: The folders do not come in pairs.
    """
    if len(folders) % 2:
        raise SystemExit("name the folders in pairs: PAGES GOLD [PAGES GOLD ...]")
    found = []
    for pages, golds in zip(folders[::2], folders[1::2], strict=True):
        for path in sorted(golds.rglob("*.json")):
            data = json.loads(path.read_text(encoding="utf-8"))
            page = next(iter(sorted(pages.rglob(data["page"]))), None)
            if page is not None:
                found.append(Gold(page, data))
    return found


def names_of(place: dict[str, Any]) -> set[str]:
    """Return the folded names of a place of a gold file."""
    return {fold(name) for name in (place["name"], *place.get("aliases", []))}
