"""Names that the scan takes for places and that are none by what stands around them.

"Charlotte Melser", "bei Regen", "Boulder Weekly": the gazetteer knows the words, the page means a person, the
weather, a paper. A small model weighs the signs of each name (``place_signs``), and a name that is doubtful
wherever it stands on the page is dropped. ``doubtful_places.tsv`` has the weights.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.gazetteer import Gazetteer
from pipeline.gazetteer.scan import Hit
from pipeline.recognise.likely_places import log_odds
from pipeline.recognise.place_signs import Around, signs_of
from pipeline.weights import load as weights_of

WEIGHTS = "doubtful_places.tsv"
TOLD = "told"
"""The sign that words beside a name, or the layout, tell its country."""
DOUBTFUL = 0.35
"""A name less likely a place than this, at each of its mentions, is dropped."""


HARDLY = 0.12
"""A mention less likely a place than this is dropped, though the name may stand for one elsewhere."""


def hardly(signs: Sequence[str], weights: Mapping[str, float]) -> bool:
    """Whether a mention of these signs is no place, whatever the name is elsewhere: University of Otago."""
    return log_odds(signs, weights) < math.log(HARDLY / (1 - HARDLY))


def doubtful_names(
    found: Iterable[tuple[str, Sequence[str]]], weights: Mapping[str, float]
) -> frozenset[str]:
    """Return the names that are no places, from the signs of each mention."""
    best: dict[str, float] = {}
    for name, signs in found:
        best[name] = max(best.get(name, -math.inf), log_odds(signs, weights))
    least = math.log(DOUBTFUL / (1 - DOUBTFUL))
    return frozenset(name for name, odds in best.items() if odds < least)


def signed_hits(
    around: Around, hits: Sequence[Sequence[Hit]], told: Mapping[int, bool], gazetteer: Gazetteer
) -> Iterator[tuple[Hit, list[str]]]:
    """Yield the places that the scan found, each with its signs.

    Args:
        around: The page.
        hits: What the scan found in each block.
        told: Whether the country of a name is told, by where the name starts; others are left out.
        gazetteer: The places that bear a name.
    """
    for block in around.document.blocks:
        for hit in hits[block.index]:
            if not hit.country and hit.start in told:
                signs = signs_of(around, block, hit.first, hit.last, hit.name, gazetteer)
                yield hit, [*signs, TOLD] if told[hit.start] else signs


def load_weights() -> dict[str, float]:
    """Return the weights that the package ships: sign -> weight, in log-odds."""
    return weights_of(__package__, WEIGHTS)
