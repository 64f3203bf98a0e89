"""The gazetteer: which places bear a name, and which of them is meant."""

from __future__ import annotations

import math
import threading
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.gazetteer import store
from pipeline.gazetteer.fold import fold, slug
from pipeline.gazetteer.tables import INDEX_FILE, Region, regions, settler_countries
from pipeline.gazetteer.units import unit_feature
from pipeline.model import Place

# A region is listed after the places of this size that share its name, and before the smaller ones; a
# district or a municipality that GeoNames lacks ranks as a town of usual size.
REGION_RANK = 250_000
_RANKS = {"district": 50_000, "city": 10_000}
# See Gazetteer.link.
MAIN_BONUS = 50.0
USUAL_BONUS = 8.0
EXACT_BONUS = 2.0
PREFERRED_BONUS = 20.0
PREFERRED_ALTERNATE_BONUS = 5.0
ACCENT_BONUS = 50.0
SETTLER_MALUS = 10.0
NEAR_BONUS = 5.0
NEAR_KM = 50.0
UNKNOWN_POPULATION = 500
_LARGE = 100_000
_CACHE_LIMIT = 1 << 16
# No name is longer; what is longer is not looked up, nor kept.
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that bears a name.

    ``main`` says that the name is its main name or a well-known one of another language.
    ``needs_context`` says that the name is an ordinary word, a person's name or a country's as well, so
    that a page which does not treat it as a place probably does not mean one. ``usual`` says that the
    supplement names the place as the one that German and English pages call so.
    """

    place: Place
    main: bool
    needs_context: bool
    usual: bool = False


class Gazetteer:
    """An index of the world's places of 500 inhabitants and more, and of regions. Reading it is thread safe.

    GeoNames' places have the feature ``city`` (the source does not tell towns, villages and city districts
    apart), those of the supplement ``region``, ``state``, ``county``, ``prefecture`` and so on.
    """

    def __init__(self, path: Path = INDEX_FILE) -> None:
        """Read an index.

        Raises:
            OSError: The file cannot be read.
            pipeline.gazetteer.store.IndexFileError: It is damaged.
        """
        self._store = store.read(path)
        self._heads: dict[str, tuple[str, bool, bool]] = {}
        self._found: dict[str, tuple[Candidate, ...]] = {}
        self._regions: dict[str, tuple[Region, ...]] = {}
        self._region_places: dict[str, Place] = {}
        for region in regions():
            self._region_places.setdefault(region.place_id, _region_place(region))
            for name in region.all_names:
                key = fold(name)
                self._regions[key] = (*self._regions.get(key, ()), region)
        self._by_id: list[int] | None = None
        self._lock = threading.Lock()

    @property
    def source(self) -> str:
        """What the index was built from, with its version."""
        return self._store.source

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return all places that bear a name, in any spelling, most populous first (regions see below).

        A region has no population here; it stands before the places of less than its rank.
        """
        if len(name) > _LONGEST:
            return ()
        key = fold(name)
        found = self._found.get(key)
        if found is None:
            found = tuple(self._candidates(key))
            if len(self._found) < _CACHE_LIMIT:
                self._found[key] = found
        return found

    def match(self, words: Sequence[str], i: int, max_words: int = 6) -> int:
        """Return how many words from ``i`` make the longest place name of the index; 0 for none.

        Words are surface words as ``WORD`` splits them. A name starts with a capital, and ends with a word
        that has one, unless the place writes it otherwise (*Novo mesto*): *Frankfurt oder* is not Frankfurt
        (Oder). One word of up to three capitals is taken for an abbreviation.
        """
        head = self._heads.get(words[i])
        if head is None:
            head = self._head(words[i])
        key, alone, longer = head
        best = 1 if alone else 0
        end = min(len(words), i + max_words)
        trie = self._store.trie
        j = i + 1
        while longer and j < end:
            word = words[j]
            folded = fold(word) if len(word) <= _LONGEST else ""
            if not folded:
                break
            key = f"{key} {folded}"
            number = trie.get(key)
            j += 1
            if number is not None and (not word.islower() or self._store.key_flags[number] & store.LOWER_END):
                best = j - i
            longer = next(iter(trie.iterkeys(key + " ")), None) is not None
        return best

    def by_id(self, place_id: str) -> Place | None:
        """Return the place of a ``geonames:`` id or of a region's id; None for any other."""
        if place_id in self._region_places:
            return self._region_places[place_id]
        scheme, _, number = place_id.partition(":")
        if scheme != "geonames" or not (number.isascii() and number.isdigit() and len(number) < 10):
            return None
        ids = self._store.ids
        with self._lock:
            if self._by_id is None:
                self._by_id = sorted(range(len(ids)), key=ids.__getitem__)
        at = bisect_left(self._by_id, int(number), key=ids.__getitem__)
        if at < len(ids) and ids[self._by_id[at]] == int(number):
            return self._place(self._by_id[at])
        return None

    def all_places(self) -> Iterator[Place]:
        """Return GeoNames' places, the most populous first."""
        return map(self._place, range(len(self._store.ids)))

    def link(
        self, name: str, *, country: str = "", admin1: str = "", near: Place | None = None, prefer: str = ""
    ) -> Place:
        """Return the place that is most likely meant by a name; never fails.

        ``country`` and ``admin1`` are what the page says: only places there come into question, and if there
        are none the place is unlinked, with that country. Among the places in question the largest
        population wins after these weights (0 counts as ``UNKNOWN_POPULATION``):

        - a main name, or a well-known foreign one, counts ``MAIN_BONUS`` times, so that *Paris* is not the
          place that has it among its nicknames; ``EXACT_BONUS`` times more in the very spelling of the main
          name, ``USUAL_BONUS`` times more if the supplement names it as the usual bearer (*Bethlehem*);
        - a place of the country ``prefer`` (or else of ``near``'s) counts ``PREFERRED_BONUS`` times if the
          name is a main one, ``PREFERRED_ALTERNATE_BONUS`` times if not: a home namesake wins unless a
          foreign one is more than that many times as populous;
        - a place of a country of settlers counts ``SETTLER_MALUS`` times less on a page of another country;
        - a place within ``NEAR_KM`` of ``near`` counts ``NEAR_BONUS`` times.
        """
        found = [
            candidate
            for candidate in self.candidates(name)
            if (not country or candidate.place.country == country)
            and (not admin1 or candidate.place.admin1 == admin1)
        ]
        if not found:
            return unlinked(name, country)
        home = prefer or (near.country if near else "")
        surface = name.strip()

        def weight(candidate: Candidate) -> float:
            place = candidate.place
            size = named_weight(candidate, surface, home, UNKNOWN_POPULATION)
            if place.country == home:
                size *= PREFERRED_BONUS if candidate.main else PREFERRED_ALTERNATE_BONUS
            if near is not None and distance_km(place, near) <= NEAR_KM:
                size *= NEAR_BONUS
            return size

        # max() keeps the first of equals, and candidates come in a fixed order.
        return max(found, key=weight).place

    def _head(self, word: str) -> tuple[str, bool, bool]:
        """Return a first word folded, whether it is a name alone, and whether longer names begin with it."""
        if len(word) > _LONGEST:
            return ("", False, False)
        key = fold(word)
        trie = self._store.trie
        if not key or word[0].islower():
            head = (key, False, False)
        else:
            alone = key in trie and not (len(word) <= 3 and word.isupper())
            head = (key, alone, next(iter(trie.iterkeys(key + " ")), None) is not None)
        if len(self._heads) < _CACHE_LIMIT:
            self._heads[word] = head
        return head

    def _candidates(self, key: str) -> Iterator[Candidate]:
        number = self._store.trie.get(key)
        needs_context = number is not None and bool(self._store.key_flags[number] & store.NEEDS_CONTEXT)
        waiting = [
            Candidate(self._region_places[r.place_id], True, needs_context and r.own in _RANKS)
            for r in self._regions.get(key, ())
        ]
        waiting.sort(key=lambda c: -region_rank(c.place))
        if number is not None:
            for at in range(self._store.starts[number], self._store.starts[number + 1]):
                posting = self._store.postings[at]
                place = self._place(posting >> store.POSTING_SHIFT)
                while waiting and place.population < region_rank(waiting[0].place):
                    yield waiting.pop(0)
                yield Candidate(place, bool(posting & store.MAIN), needs_context, bool(posting & store.USUAL))
        yield from waiting

    def _place(self, record: int) -> Place:
        data = self._store
        country, _, admin1 = data.division_names[data.divisions[record]].partition(".")
        return Place(
            place_id=f"geonames:{data.ids[record]}",
            name=data.name(record),
            country=country,
            feature="city",
            latitude=data.latitudes[record] / store.COORDINATE_SCALE,
            longitude=data.longitudes[record] / store.COORDINATE_SCALE,
            population=data.populations[record],
            admin1=admin1,
        )


def named_weight(candidate: Candidate, surface: str, country: str, unknown: float) -> float:
    """Return how much a place counts among the bearers of a name: its population, times what ``link`` says.

    Args:
        candidate: The place.
        surface: The name as it is written.
        country: The country of the page or of what is near, or empty.
        unknown: What counts for a population that is not known.
    """
    place = candidate.place
    town = place.linked and place.feature == "city"
    size = float(place.population or unknown) if town else float(region_rank(place))
    fuller = place.name.startswith(f"{surface} ")  # Königstein (im Taunus)
    if candidate.main or fuller:
        size *= MAIN_BONUS
    if candidate.usual:
        size *= USUAL_BONUS
    if place.name == surface:
        size *= EXACT_BONUS
    known = candidate.usual and place.population >= _LARGE  # Brügge is first of all in Flanders
    if not surface.isascii() and (fuller or known or place.name == surface):
        size *= ACCENT_BONUS  # with its accents, a name is hardly another's: Mâcon, Macon
    settlers = settler_countries()
    if country and country not in settlers and place.country in settlers:
        size /= SETTLER_MALUS
    return size


def region_rank(place: Place) -> int:
    """Return among towns of which size a place of the supplement counts."""
    return _RANKS.get(place.feature, REGION_RANK)


def unlinked(name: str, country: str = "") -> Place:
    """Return a place that the gazetteer lacks: its id is made of the country and the folded name."""
    return Place(f"unlinked:{country}:{slug(name)}", name.strip(), country, unit_feature(name.strip()))


@cache
def _loaded() -> Gazetteer:
    return Gazetteer()


_load_lock = threading.Lock()


def load() -> Gazetteer:
    """Return the gazetteer that comes with the package, read once a process."""
    with _load_lock:
        return _loaded()


def _region_place(region: Region) -> Place:
    return Place(
        place_id=region.place_id,
        name=region.name,
        country=region.country,
        feature=region.feature,
        admin1=region.admin1,
    )


def distance_km(a: Place, b: Place) -> float:
    """Return the great-circle distance, infinite where a place has no coordinates."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return math.inf
    lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
    across = math.radians(b.longitude - a.longitude)
    half = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(across / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))
