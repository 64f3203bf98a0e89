"""Why the extractors passed something over, noted where it is decided."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model import Place


class Veto(StrEnum):
    """What stood against a partnership that was about to be read."""

    UNSTATED = "unstated"
    """The clause denies it, or only wishes it."""
    BODY = "body"
    """It is a firm's, a school's or a club's."""
    UNANNOUNCED = "unannounced"
    """A name leads a block, but neither headings nor its passage speak of partners."""
    PASSAGE = "passage"
    """A name leads a block, whose passage denies it."""
    INSIDE = "inside"
    """A name leads a block within another partner's section."""
    TABLE = "table"
    """Nothing above a table or in it speaks of partners."""
    COLUMNS = "columns"
    """No column of a table holds names of places."""
    COMPARISON = "comparison"
    """A table compares towns by numbers."""
    ROW = "row"
    """A row of a table denies it, or only wishes it."""
    DOUBTED = "doubted"
    """A rule read it, but the rest of the page makes it very unlikely."""


@dataclass(frozen=True, slots=True)
class Note:
    """A veto, with the span that it is about and the places that would have been partners."""

    veto: Veto
    start: int
    end: int
    places: tuple[Place, ...] = ()
