"""How likely a place is a partner of the home town, from its signs: a small model of our own.

A mention says so with a probability that is a logistic function of its signs and of those of its place; the
likeliest mention of a place decides. ``partner_weights.tsv`` has the weights.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.context import Context
from pipeline.extract.cues import has
from pipeline.extract.partnerships.finding import Finding
from pipeline.extract.partnerships.partner_company import Company
from pipeline.extract.partnerships.partner_reasons import (
    Reasons,
    by_the_way,
    denied_spans,
    is_told,
    taken_back,
)
from pipeline.extract.partnerships.partner_signs import MENTIONS, PartnerSigns
from pipeline.model import BlockKind, Place, PlaceMention
from pipeline.weights import load as weights_of

FILE = "partner_weights.tsv"
BIAS = "bias"
_BRACKET = 30


class Candidate(NamedTuple):
    """A place that may be a partner: its mentions, and the signs of each, those of the place among them."""

    place: Place
    mentions: Sequence[PlaceMention]
    signs: Sequence[Sequence[str]]


class Scale:
    """Weighs the places of one page with a home town."""

    def __init__(self, context: Context) -> None:
        """Look up where each place is named; lines of the page's frame and renamings name none."""
        self._context = context
        self._signs = PartnerSigns(context)
        self._read: Sequence[Finding] = ()
        self._denied = denied_spans(context)
        self.named: dict[str, list[PlaceMention]] = {}
        for mention in context.mentions.places:
            shown = context.document.blocks[mention.block].section >= 0
            if shown and not context.is_home(mention.place) and not self._is_no_partner(mention):
                self.named.setdefault(mention.place.place_id, []).append(mention)
        self._know(())

    def _know(self, findings: Sequence[Finding]) -> None:
        """Take these for what the rules read."""
        self._read = findings
        self._reasons = Reasons(self._context, findings)
        self._company = Company(self._context, self.named, findings)

    def _is_no_partner(self, mention: PlaceMention) -> bool:
        """Whether a mention names a place by the way, or denies that it is a partner."""
        denied = any(start <= mention.start < end for start, end in self._denied)
        if denied or _renamed(self._context, mention) or taken_back(self._context, mention):
            return True
        if by_the_way(self._context, mention):
            return True
        in_table = self._context.document.blocks[mention.block].kind is BlockKind.CELL
        return in_table and not is_told(self._context, mention)

    def reasons(self, findings: Sequence[Finding]) -> Reasons:
        """Return what the rules hold against places, given what they read."""
        if self._read is not findings:
            self._know(findings)
        return self._reasons

    def signs(self, place_id: str, findings: Sequence[Finding]) -> Iterator[tuple[PlaceMention, list[str]]]:
        """Yield the first mentions of a named place, each with its signs and those of the place.

        Args:
            place_id: A place of ``named``.
            findings: What the rules read on the page, nothing that binds the place to the home town.
        """
        mentions = self.named[place_id]
        place = mentions[0].place
        reasons = self.reasons(findings)
        of_place = [
            *self._company.of_place(place_id),
            *self._signs.of_place(place, mentions),
            *self._signs.of_findings(findings),
            *reasons.of_place(place),
        ]
        for mention in mentions[:MENTIONS]:
            yield mention, [*of_place, *self._signs.of_mention(mention), *reasons.of_mention(mention)]


def candidates(context: Context, findings: Sequence[Finding], scale: Scale | None = None) -> list[Candidate]:
    """Return the places of a page on which the rules did not decide, in the page's order.

    They decided on what they bound, be it to another town. What else they passed over is weighed with their
    reasons among its signs.

    Args:
        context: The document.
        findings: What the rules read.
        scale: That of the page, where there is one already.
    """
    home = context.home
    if home is None:
        return []
    decided = {f.b.place_id for f in findings}
    decided |= {f.a.place_id for f in findings if context.is_home(f.b)}
    scale = scale or Scale(context)
    found = []
    rows = scale.reasons(findings).rows
    for place_id, mentions in scale.named.items():
        if place_id not in decided and not all(mention.block in rows for mention in mentions):
            told = list(scale.signs(place_id, findings))
            found.append(Candidate(mentions[0].place, [m for m, _ in told], [signs for _, signs in told]))
    return found


def _renamed(context: Context, mention: PlaceMention) -> bool:
    """Whether a name in a bracket is another one of the place before it: "Brüx (heute Most)"."""
    start = max(0, mention.start - _BRACKET)
    before = context.text[start : mention.start]
    opened = start + before.rfind(" (")
    if not any(place.end == opened for place in context.places(start - _BRACKET, mention.start)):
        return False
    return has(before, context.document.blocks[mention.block].lang, "other_name")


def probability(signs: Sequence[str], weights: dict[str, float]) -> float:
    """Return how likely one mention shows a partner."""
    total = weights[BIAS] + sum(weights.get(sign, 0.0) for sign in signs)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def load() -> dict[str, float]:
    """Return the weights that the package ships: sign -> weight, in log-odds."""
    return weights_of(__package__, FILE)
