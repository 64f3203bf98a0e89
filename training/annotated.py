"""Annotated pages, which the scorers learn from: each page with what a careful reader found on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.evaluate.gold import GoldPage, read_gold
from pipeline.model import Page
from pipeline.read import read


class Annotated(NamedTuple):
    """A page and its annotation; ``folder`` is the one that the page was read from."""

    page: Page
    gold: GoldPage
    folder: str


def annotated(folders: Sequence[str]) -> list[Annotated]:
    """Return the annotated pages of PAGES GOLD PAGES GOLD ..., in the order in which they are read.

    Raises:
        SystemExit: The folders do not come in pairs.
        GoldError: An annotation cannot be read.
    """
    if len(folders) % 2:
        raise SystemExit("name the folders in pairs: PAGES GOLD [PAGES GOLD ...]")
    found = []
    for pages, golds in zip(folders[::2], folders[1::2], strict=True):
        wanted = {gold.page: gold for gold in read_gold([golds])}
        for page in read([pages]):
            name = Path(page.source).name
            if isinstance(page, Page) and name in wanted:
                found.append(Annotated(page, wanted[name], pages))
    return found
