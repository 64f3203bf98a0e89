"""The home town of a page: whose page it is.

Every place named in the title, the headings, the publisher's lines, around the content and in the text is
a candidate, and has signs: how often and where it is named, whether it owns partnerships, whether a country
is given with it. The signs are weighed (``home_weights.json``, trained by ``training/home.py``), and the
heaviest is the home. A page that names no place has no home.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from typing import NamedTuple

from pipeline.clean.home_country import evidence, home_countries, tongue_countries
from pipeline.clean.home_doubtful import doubtful_names, recurring_names
from pipeline.clean.home_names import club_words, names_in
from pipeline.clean.home_namesakes import Neighbours, choose
from pipeline.clean.home_signs import authorities, home_signs, institutions, weather
from pipeline.clean.home_speech import clubs, speech_signs
from pipeline.clean.home_titles import title_signs
from pipeline.gazetteer import Candidate, fold, load, unlinked
from pipeline.gazetteer.region_towns import as_towns, called_towns
from pipeline.gazetteer.scan import Hit, scan
from pipeline.gazetteer.unit_names import unit_place
from pipeline.model import Home, Place
from pipeline.tokens import Token, tokenise

# Longer chrome is a site map.
_CHROME_MAX = 20_000
_TINY = 1_500
_SMALL, _METROPOLIS = 4_000, 400_000
_FEW = 3
_DIGITS = 3
_EARLY = 600  # characters: the head of the content
_MASTHEAD = 150  # characters: the head of what is around the content
_CROWD = 3  # neighbours of a place on the page
# What tells less where a town abroad is: a page about a partner bears its name, too.
_FOREMOST = ("title:", "heading:", "publisher:", "body:")
# What many places of a page have tells a reader little.
_GENERAL = frozenset({"own-country", "own-language", "mother-tongue", "near", "near:chrome"})
# A name in these parts is a place, whatever else the word means.
_SURE = frozenset({"title:share", "heading:share", "publisher:share"})


class Texts(NamedTuple):
    """The parts of a page: its title, headings of the first level, publisher's lines, chrome, and content.

    ``locale`` is what its markup says of its language: ``en-GB``, ``de_AT``.
    """

    title: str
    headings: Sequence[str]
    publisher: Sequence[str]
    chrome: str
    body: str
    locale: str = ""


class Candidates:
    """The places that a page names, with the signs that each is its home.

    ``signs`` maps a name to its signs, each from 0 to about 1; the names of one place are joined.
    """

    def __init__(self, texts: Texts, lang: str) -> None:
        """Observe a page."""
        self._lang = lang
        self._gazetteer = load()
        self.signs: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self._regions: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        self._addresses: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        self._countries: Counter[str] = Counter()
        self._around: dict[str, str] = {}  # the names without a country beside them, and where they stand
        self._institutions: Counter[str] = Counter()
        self._alone: Counter[tuple[str, str]] = Counter()  # the regions beside no town
        self._unknown: set[str] = set()
        self._units: dict[str, str] = {}
        self._named: Counter[str] = Counter()
        self._title: tuple[list[Token], list[Hit]] = ([], [])
        read_in = {
            "title": [texts.title],
            "heading": texts.headings[:2],
            "publisher": texts.publisher,
            "chrome": [texts.chrome[:_CHROME_MAX]],
            "body": [texts.body],
        }
        scanned = {part: [self._scan(text) for text in read] for part, read in read_in.items()}
        self._called = {
            name
            for read in scanned.values()
            for _, tokens, hits in read
            for name in called_towns(tokens, hits, self._gazetteer, lang)
        }
        for part, read in scanned.items():
            told = [(text, tokens, as_towns(tokens, hits, self._called)) for text, tokens, hits in read]
            self._read(part, told, texts.headings)
        self._neighbours = Neighbours(self._around, self._gazetteer)
        parts = [texts.body, texts.title, texts.chrome[:_CHROME_MAX], *texts.publisher]
        self._evidence = evidence(parts, texts.locale, self._countries, self._alone, self._neighbours, lang)
        self.prior = self._evidence.prior
        beside = [name for name, part in self._around.items() if part in ("chrome", "publisher")]
        self._beside = Neighbours(beside, self._gazetteer)
        self._join_names()
        for name, signs in self.signs.items():
            self._judge_country(name, signs)
        self._compare(texts.body)

    def _scan(self, text: str) -> tuple[str, list[Token], list[Hit]]:
        tokens = tokenise(text)
        return text, tokens, scan(tokens, self._gazetteer, self._lang)

    def _read(
        self, part: str, texts: Sequence[tuple[str, list[Token], list[Hit]]], headings: Sequence[str]
    ) -> None:
        counts: Counter[str] = Counter()
        partners: Counter[str] = Counter()
        behind: Counter[tuple[str, str]] = Counter()  # the prepositions before a name
        for text, tokens, hits in texts:
            self._note_countries(part, hits)
            if part == "title":
                self._title = (tokens, hits)
            units_here: dict[str, str] = {}
            for position, named in enumerate(names_in(tokens, hits, self._gazetteer, self._lang)):
                if not named.known:
                    if part in ("chrome", "body") and named.name not in self.signs:
                        continue  # too weak a sign by itself
                    self._unknown.add(named.name)
                if named.bare:
                    self._units[named.name] = named.bare
                    units_here[named.bare] = named.name
                counts[named.name] += 1
                partners[named.name] += named.partner
                if position == 0 and part != "chrome":
                    self.signs[named.name][f"{part}:first"] = 1.0
                if named.town:
                    self.signs[named.name]["town" if named.known else "authority"] = 1.0
            if part in ("title", "heading", "publisher"):
                for name in authorities(tokens, self._lang):
                    counts[name] += 1
                    self.signs[name]["authority"] = 1.0
                    if not self._gazetteer.candidates(name):
                        self._unknown.add(name)
            if part == "chrome":
                for name in authorities(tokens, self._lang):
                    if name in self.signs or self._gazetteer.candidates(name):
                        self.signs[name]["chrome:authority"] = 1.0
                for hit in hits:
                    if hit.start < _MASTHEAD and not hit.country:
                        self.signs[hit.name]["masthead"] = 1.0
            for name, sign in home_signs(text, tokens, hits, self._gazetteer, self._lang, headings):
                if sign == "listed" and part != "body":
                    continue
                if sign.startswith("behind"):
                    behind[name, sign] += part == "body"
                    continue
                signs = self.signs[name]
                signs[sign] = min(1.0, signs[sign] + 1 / 3)
                if part != "body" and sign.startswith("demonym"):
                    signs["title:demonym" if part == "heading" else f"{part}:demonym"] = 1.0
            for name in clubs(tokens, hits, self._gazetteer, self._lang):
                counts[name] += 1
                self.signs[name]["town"] = 1.0
            if part == "body":
                self._listen(text, tokens, hits)
            if part in ("chrome", "body"):
                self._institutions.update(institutions(tokens, hits, self._gazetteer, self._lang))
            if part in ("chrome", "publisher"):
                for name in weather(text, self._gazetteer):
                    self.signs[name]["weather"] = 1.0
            if part == "body":
                for hit in hits:
                    if hit.start < _EARLY and not hit.country and hit.name in self.signs:
                        signs = self.signs[hit.name]
                        signs["body:early"] = max(signs["body:early"], 1 - hit.start / _EARLY)
            if part in ("title", "heading"):
                for name, sign in title_signs(tokens, hits, self._gazetteer, self._lang):
                    self.signs[units_here.get(name, name)][f"{part}:{sign}"] = 1.0
        if part == "body":
            self._add_doubtful(text, tokens, hits)
            self._count_doubtful(text, counts)
        # Around the content, a name in a crowd says little.
        most = counts.total() if part == "chrome" else max(counts.values(), default=1)
        if part == "body":
            most = max(most, _FEW)  # to be named once, of names that all are, says little
        self._named += counts
        for name, count in counts.items():
            self.signs[name][f"{part}:share"] = count / most
            if part in ("body", "chrome"):
                self.signs[name][f"{part}:count"] = math.log1p(count) / 3
            if part == "body":
                self.signs[name]["as-partner"] = partners[name] / count
        for (name, sign), count in behind.items():
            self.signs[name][sign] = count / max(_FEW, counts[name])

    def _listen(self, text: str, tokens: list[Token], hits: list[Hit]) -> None:
        tongue = tongue_countries(self._lang)
        abroad = set()
        for hit, after in zip_longest(hits, hits[1:]):
            if not hit.country:
                best = self._gazetteer.candidates(hit.name)[:1]
                told = after is not None and after.first - hit.last <= 1 and after.country
                if (told or (best[0].place.country if best else "")) not in tongue:
                    abroad.add(hit.name)
        for name, signs in speech_signs(text, tokens, hits, self._lang, abroad).items():
            if name in self.signs:
                self.signs[name].update(signs)

    def _add_doubtful(self, text: str, tokens: list[Token], hits: list[Hit]) -> None:
        """Note the names that were passed over and that the text treats as towns."""
        for name, count in doubtful_names(text, tokens, hits, self._gazetteer, self._lang).items():
            signs = self.signs.get(name, {})
            if count > 1 or not _SURE.isdisjoint(signs):
                self.signs[name]["passed-over"] = 1.0
            if name in self.signs:
                self._regions[name]["", ""] += count
        for name in recurring_names(*self._title, text, tokens, self._lang):
            if not self._gazetteer.candidates(name):
                self._unknown.add(name)
                self.signs[name]["passed-over"] = 1.0

    def _count_doubtful(self, text: str, counts: Counter[str]) -> None:
        """Count the words that are passed over in running text where the title names the town (Essen)."""
        for name, signs in self.signs.items():
            if "passed-over" in signs or (
                not signs.keys().isdisjoint(_SURE) and (name not in self._unknown or "authority" in signs)
            ):
                found = re.findall(rf"(?<![\w-]){re.escape(name)}s?(?![\w])", text)
                if len(found) > counts[name]:
                    counts[name] = len(found)

    def _note_countries(self, part: str, hits: Sequence[Hit]) -> None:
        last = -2  # behind the place before
        for hit, after in zip_longest(hits, hits[1:]):
            near = after is not None and after.first - hit.last <= 1
            beside = near and after.country and after.form != "adjective"
            if not hit.country:  # a namesake that is told apart ("Coventry, Connecticut") is seldom the home
                region = (after.country, after.admin1) if beside else ("", "")
                self._regions[hit.name][region] += 1
                if part == "publisher":  # an address
                    self._addresses[hit.name][region] += 1
                if not beside:
                    self._around.setdefault(hit.name, part)
                last = hit.last
                continue
            if hit.form == "adjective":
                continue
            if part in ("title", "publisher"):
                self._countries[hit.country] += 1
            if hit.admin1 and hit.first - last > 1:
                self._alone[hit.country, hit.admin1] += 1

    def _join_names(self) -> None:
        """Add the signs of the names of one place to its most frequent one, of a short form to the full one.

        Nürnberg and Nuremberg, BAYREUTH and Bayreuth; Newcastle and Newcastle upon Tyne.
        """
        usual: dict[str, str] = {}
        spelt_out: set[str] = set()  # short names whose own full form is on the page
        for name in sorted(self.signs, key=lambda n: (n.isupper(), -self._named[n], n)):
            place = self._gazetteer.link(name, prefer=self.prior)
            key = place.place_id if place.linked else fold(name)
            if key in usual:
                self._add(name, usual[key])
                if name.startswith(f"{usual[key]} "):
                    spelt_out.add(usual[key])
            else:
                usual[key] = name
        for name in sorted(self.signs, key=len):
            longer = [
                other
                for other in self.signs
                if other.startswith(f"{name} ")
                and other.split()[-1] not in club_words()
                and not fold(other).startswith(f"{fold(name)} and ")  # Perth lies in Perth and Kinross
                and not self._apart(name, other)
            ]
            if longer and name not in spelt_out:
                self._add(name, max(longer, key=lambda n: (weigh(self.signs[n], _weights()), n)))

    def _apart(self, name: str, longer: str) -> bool:
        """Whether a page that seldom names the longer one means another town by the short name."""
        if longer in self._units:
            return self._named[name] > 2 * self._named[longer]
        places = [self._gazetteer.link(n, prefer=self.prior) for n in (name, longer)]
        far = places[0].place_id != places[1].place_id and all(place.linked for place in places)
        if places[1].country == self.prior != places[0].country:
            return False
        return far and self._named[name] > 2 * self._named[longer]

    def _add(self, name: str, other: str) -> None:
        for sign, value in self.signs.pop(name).items():
            self.signs[other][sign] = max(self.signs[other][sign], value)
        for told in (self._regions, self._addresses):
            told[other].update(told.pop(name, Counter()))

    def _judge_country(self, name: str, signs: dict[str, float]) -> None:
        told = self._regions[name] - self._addresses[name]
        if told:
            abroad = sum(n for (c, _), n in told.items() if c and c not in home_countries(self._lang))
            here = sum(n for (c, a), n in told.items() if a and c == self.prior)  # Salem, Oregon
            signs["country-given"] = 1 - (told[("", "")] + abroad + here) / told.total()
            if here:
                signs["region-given"] = here / told.total()
            signs["abroad-given"] = abroad / told.total()
        candidates = self._gazetteer.candidates(
            self._units.get(name, name)
        )  # a county lies where its town does
        if not candidates:
            signs["unknown"] = 1.0
            if "authority" in signs:
                signs["unknown:authority"] = 1.0
            return
        self._judge_size(name, signs, candidates)
        if "own-language" not in signs:
            for sign in [s for s in signs if s.startswith(_FOREMOST) and not s.endswith(":first")]:
                signs[f"{sign}:abroad"] = signs[sign]

    def _compare(self, body: str) -> None:
        """Compare the towns of the page's own country: which is named most, which first."""
        own = [n for n, signs in self.signs.items() if signs.get("own-country") and "body:share" in signs]
        if not own:
            return
        most = max(self.signs[n]["body:share"] for n in own)
        for name in own:
            self.signs[name]["own:most"] = self.signs[name]["body:share"] / most
        first = min(own, key=lambda n: (body.find(n) % (len(body) + 1), n))
        self.signs[first]["own:first"] = 1.0

    def _judge_size(self, name: str, signs: dict[str, float], candidates: Sequence[Candidate]) -> None:
        if "body:share" not in signs:
            signs["absent"] = 1.0
            signs["publisher:absent"] = signs.get("publisher:share", 0.0)
        place = self.link(name)
        countries = {candidates[0].place.country, place.country}
        if not countries.isdisjoint(home_countries(self._lang)):
            signs["own-language"] = 1.0
        if not countries.isdisjoint(tongue_countries(self._lang)):
            signs["mother-tongue"] = 1.0
        if any(c.place.country == self.prior for c in candidates[:3]):
            signs["own-country"] = self._evidence.sure
        if name in self._units:
            signs["unit"] = 1.0
            self._judge_surroundings(signs, self._units[name], self.link(self._units[name]))
            return
        if name in self._units.values():
            signs["seat"] = 1.0
        if candidates[0].needs_context or not candidates[0].main:
            signs["doubtful"] = 1.0
        if candidates[0].place.feature != "city":
            signs["region"] = 1.0
            return
        size = max((c.place.population for c in candidates[:3] if c.place.country == self.prior), default=0)
        if _SURE.isdisjoint(signs):
            if size >= _METROPOLIS:
                signs["metropolis"] = 1.0
            if 0 < size < _SMALL:
                signs["small"] = 1.0
        if candidates[0].place.population < _TINY and candidates[0].place.linked:
            signs["tiny"] = 1.0
            if candidates[0].needs_context:
                signs["tiny:doubtful"] = 1.0
        self._judge_surroundings(signs, name, place)
        if self._institutions[name]:
            signs["institution"] = min(1.0, self._institutions[name] / _FEW)

    def _judge_surroundings(self, signs: dict[str, float], name: str, place: Place) -> None:
        signs["near"] = min(1.0, self._neighbours.around(place, (name,)) / _CROWD)
        signs["near:chrome"] = min(1.0, self._beside.around(place, (name,)) / _CROWD)

    def best(self) -> Home | None:
        """Return the heaviest place, linked, with its weightiest sign; None where no place is named."""
        if not self.signs:
            return None
        weights = _weights()
        odds = {n: weigh(signs, weights) for n, signs in self.signs.items()}
        name = min(odds, key=lambda n: (-odds[n], n))
        chance = 1 / sum(math.exp(max(-30.0, other - odds[name])) for other in odds.values())
        telling = sorted(self.signs[name].keys() - _GENERAL) or sorted(self.signs[name])
        reason = max(telling, key=lambda s: weights.get(s, 0.0) * self.signs[name][s])
        place, sure = self._linked(name)
        return Home(place, name, reason, round(chance * sure, _DIGITS))

    def link(self, name: str) -> Place:
        """Return the place that the page means by a name."""
        return self._linked(name)[0]

    def _linked(self, name: str) -> tuple[Place, float]:
        """Return the place that the page means by a name, and how sure that is."""
        candidates = self._gazetteer.candidates(name)
        if name in self._units:
            return unit_place(self._gazetteer, name, self._units[name], "", self.prior), 1.0
        if name in self._unknown and not candidates:
            return unlinked(name, self.prior), 1.0
        told = self._regions[name]
        if name in self._called:  # Suffolk, Virginia; but not Suffolk, England, which is no town
            candidates = tuple(c for c in candidates if c.place.feature == "city")
            told = Counter(
                {region: n for region, n in told.items() if region[0] and _within(candidates, *region)}
            )
        told = told or Counter({("", ""): 1})
        country, admin1 = min(told.items(), key=lambda item: (-item[1], item[0]))[0]
        found = _within(candidates, country, admin1)
        return (
            choose(name, found, self._evidence, self._neighbours) if found else (unlinked(name, country), 1.0)
        )


def _within(candidates: Sequence[Candidate], country: str, admin1: str) -> list[Candidate]:
    """Return the candidates of a country and of a part of it; "" is any."""
    return [c for c in candidates if country in ("", c.place.country) and admin1 in ("", c.place.admin1)]


def weigh(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the weight of a place's signs."""
    return sum(value * weights.get(sign, 0.0) for sign, value in signs.items())


@cache
def _weights() -> dict[str, float]:
    data = json.loads(files(__package__).joinpath("home_weights.json").read_text(encoding="utf-8"))
    return {sign: float(weight) for sign, weight in data["weights"].items()}


def find_home(texts: Texts, lang: str) -> Home | None:
    """Return the place whose page this is, or None where no place is named.

    Args:
        texts: The parts of the page.
        lang: ``de`` or ``en``.
    """
    return Candidates(texts, lang).best()
