"""How likely a place is a partner of the home town, from its signs: a small model of our own.

A mention says so with a probability that is a logistic function of its signs and of those of its place; the
likeliest mention of a place decides. ``partner_weights.tsv`` has the weights.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pipeline.extract.context import Context
from pipeline.extract.cues import has
from pipeline.extract.partnerships.finding import Finding
from pipeline.extract.partnerships.partner_reasons import Reasons
from pipeline.extract.partnerships.partner_signs import MENTIONS, PartnerSigns
from pipeline.model import Place, PlaceMention

FILE = "partner_weights.tsv"
BIAS = "bias"
_BRACKET = 30


class Candidate(NamedTuple):
    """A place that may be a partner: its mentions, and the signs of each, those of the place among them."""

    place: Place
    mentions: Sequence[PlaceMention]
    signs: Sequence[Sequence[str]]


def candidates(context: Context, findings: Sequence[Finding]) -> list[Candidate]:
    """Return the places of a page on which the rules did not decide, in the page's order.

    They decided on what they bound, be it to another town. What they refused (the page denies it, or only
    wishes it) is weighed with their reasons among its signs. Lines of the page's frame name none.
    """
    home = context.home
    if home is None:
        return []
    decided = {f.b.place_id for f in findings}
    decided |= {f.a.place_id for f in findings if context.is_home(f.b)}
    decided.add(home.place_id)
    named: dict[str, list[PlaceMention]] = {}
    for mention in context.mentions.places:
        shown = context.document.blocks[mention.block].section >= 0
        if mention.place.place_id not in decided and shown and not _renamed(context, mention):
            named.setdefault(mention.place.place_id, []).append(mention)
    signs = PartnerSigns(context, findings)
    reasons = Reasons(context, findings)
    found = []
    for mentions in named.values():
        place = mentions[0].place
        of_place = [*signs.of_place(place, mentions), *reasons.of_place(place)]
        asked = mentions[:MENTIONS]
        told = [[*of_place, *signs.of_mention(m), *reasons.of_mention(m)] for m in asked]
        found.append(Candidate(place, asked, told))
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


@cache
def load() -> dict[str, float]:
    """Return the weights that the package ships: sign -> weight, in log-odds."""
    lines = files(__package__).joinpath(FILE).read_text(encoding="utf-8").splitlines()
    rows = (line.rsplit("\t", 1) for line in lines if line and not line.startswith("#"))
    return {sign: float(weight) for sign, weight in rows}
