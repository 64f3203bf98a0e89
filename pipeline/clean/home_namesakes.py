"""Which of the places of one name a page means: those of its country, with the page's other places around.

A page that names Oamaru and Christchurch, "pōwhiri" and ".govt.nz" is of the Dunedin in New Zealand, though
another lies in Florida. What the page says of its partners does not count: a name with a country beside it
tells of no home.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.gazetteer import Candidate, Gazetteer
from pipeline.gazetteer.gazetteer import PREFERRED_ALTERNATE_BONUS, PREFERRED_BONUS, named_weight
from pipeline.model import Place

# Places within the first distance are neighbours, beyond the second they are not.
_NEAR_KM, _FAR_KM = 30.0, 110.0
_KM_A_DEGREE = 111.2
# Of the places of one name, so many are looked at, the most populous first.
_MOST = 16
# Neighbours that make a crowd, and the share of a place that is looked at for one.
_LEAST_CROWD, _LIKELY_SHARE = 0.8, 0.5
# Of an unknown population are hamlets and parts of towns.
_HAMLET = 100.0
# What the best neighbourhood, and a region that the page names, multiply a place's weight by.
_NEIGHBOUR, _MOST_NEIGHBOURS = 1.6, 4.0
_REGION = 2.5
# What the country's signs multiply it by, beside the bonus of the best country.
_SIGN = 1.2


class Evidence(NamedTuple):
    """What a page says of where it is at home.

    ``prior`` is the country that its signs point to, ``sure`` how clearly from 0 to 1, ``countries`` the
    number of signs for each country,
    ``regions`` those that it names by themselves: (country, admin1).
    """

    prior: str
    sure: float
    countries: Mapping[str, float]
    regions: Mapping[tuple[str, str], int]


class Neighbours:
    """The places that a page names without a country, on a grid of degrees.

    Each place of a name counts the less the more populous ones bear the name, too.
    """

    def __init__(self, names: Iterable[str], gazetteer: Gazetteer) -> None:
        """Lay out the names."""
        self._grid: dict[tuple[int, int], list[tuple[str, Place, float]]] = defaultdict(list)
        for name in names:
            known = [c.place for c in gazetteer.candidates(name)[:_MOST] if c.main and c.place.population]
            for rank, place in enumerate(known, 1):
                if place.latitude is not None and place.longitude is not None:
                    cell = (math.floor(place.latitude), math.floor(place.longitude))
                    self._grid[cell].append((name, place, 1 / math.sqrt(rank)))

    def crowds(self) -> dict[str, float]:
        """Return for each country how many names of the page have neighbours there."""
        found: dict[str, float] = defaultdict(float)
        for places in list(self._grid.values()):
            for name, place, share in places:
                if share >= _LIKELY_SHARE:
                    around = self.around(place, (name,))
                    if around >= _LEAST_CROWD:
                        found[place.country] += share
        return found

    def around(self, place: Place, names: Iterable[str] = ()) -> float:
        """Return how many other names of the page have a place near one; ``names`` are its own."""
        if place.latitude is None or place.longitude is None:
            return 0.0
        own = {place.name, *names}
        north, east = math.floor(place.latitude), math.floor(place.longitude)
        stretch = math.cos(math.radians(place.latitude))
        wide = 1 if stretch > 0.9 else 2
        best: dict[str, float] = {}
        for row in range(north - 1, north + 2):
            for column in range(east - wide, east + wide + 1):
                for name, other, share in self._grid.get((row, column), ()):
                    if name in own or other.place_id == place.place_id:
                        continue
                    assert other.latitude is not None and other.longitude is not None
                    far = _KM_A_DEGREE * math.hypot(
                        other.latitude - place.latitude, stretch * (other.longitude - place.longitude)
                    )
                    near = share * min(1.0, max(0.0, (_FAR_KM - far) / (_FAR_KM - _NEAR_KM)))
                    best[name] = max(best.get(name, 0.0), near)
        return sum(best.values())


def choose(
    surface: str, found: Sequence[Candidate], evidence: Evidence, neighbours: Neighbours
) -> tuple[Place, float]:
    """Return the place that a page means by its home's name, and how sure that is from 0 to 1.

    Args:
        surface: The name.
        found: The places that bear it, at least one.
        evidence: What the page says of its country.
        neighbours: The page's other places.
    """
    found = [*found[:_MOST], *[c for c in found[_MOST:] if c.place.country == evidence.prior][:_MOST]]
    weights = [_weight(surface, candidate, evidence, neighbours) for candidate in found]
    best = max(range(len(found)), key=lambda i: (weights[i], -i))
    sure = 1 / sum(math.exp(max(-30.0, weight - weights[best])) for weight in weights)
    return found[best].place, sure


def _weight(surface: str, candidate: Candidate, evidence: Evidence, neighbours: Neighbours) -> float:
    """Return the logarithm of a place's weight: as ``Gazetteer.link``, and by the page's own evidence."""
    place = candidate.place
    size = named_weight(candidate, surface, evidence.prior, _HAMLET)
    if place.country == evidence.prior:
        size *= (PREFERRED_BONUS if candidate.main else PREFERRED_ALTERNATE_BONUS) ** evidence.sure
    around = min(_MOST_NEIGHBOURS, neighbours.around(place, (surface,)))
    region = (place.country, place.admin1) in evidence.regions
    signs = math.log1p(evidence.countries.get(place.country, 0.0))
    return math.log(size) + _NEIGHBOUR * around + _REGION * region + _SIGN * signs
