"""What the partnership extractors find, before the findings of a page are put together."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Basis, Event, Evidence, Kind, Place, PlaceMention, Status, TriggerMention


@dataclass(frozen=True)
class _OfPair:
    """Something said of two places."""

    a: Place
    b: Place

    @property
    def key(self) -> tuple[str, str]:
        """The pair, in a fixed order."""
        first, second = sorted((self.a.place_id, self.b.place_id))
        return first, second


@dataclass(frozen=True)
class Finding(_OfPair):
    """One statement that two places are partners.

    ``weak`` marks a kind that the words leave open (Partnerschaft); a stronger statement of the page
    then decides. ``order`` is the offset at which the statement begins.
    """

    kind: Kind
    status: Status
    weak: bool
    order: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Dating(_OfPair):
    """One date for a pair, with the event it stands for."""

    edtf: str
    event: Event
    basis: Basis
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The findings and datings of one extractor."""

    findings: tuple[Finding, ...] = ()
    datings: tuple[Dating, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairs:
    """One side, its partners as they stand in a sentence, the trigger that binds them, and the rule.

    ``asserted`` ones were read with their words, so that what else the sentence denies is none of theirs.
    """

    anchor: Place
    partners: tuple[PlaceMention, ...]
    trigger: TriggerMention
    rule: str
    asserted: bool = False
