"""The home town of a page: whose page it is.

Every place named in the title, the headings, the publisher's lines and the text gets a weight; the
heaviest is the home. A page that names no place has no home.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from pipeline.gazetteer import Gazetteer, load, units, unlinked
from pipeline.gazetteer.scan import Hit, scan
from pipeline.gazetteer.unit_names import Unit, unit_at, unit_place
from pipeline.lexicon import LANGUAGES
from pipeline.lexicon import load as lexicon
from pipeline.model import Home
from pipeline.tokens import Token, tokenise

_TITLE, _HEADING, _PUBLISHER, _TOWN, _BODY = 4.0, 4.0, 2.0, 3.0, 5.0


@cache
def _town_words(lang: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = lexicon(lang, "places")
    after = frozenset(w.split()[0] for w in data.get("town_after", []))
    return (
        frozenset(data["town_before"]),
        after,
        frozenset(data["partner_before"]),
    )


@cache
def _club_words() -> frozenset[str]:
    """Words that make another thing of a town's name: Bristol City is a club."""
    return frozenset(word for lang in LANGUAGES for word in lexicon(lang, "places")["club_words"])


@cache
def _country_signs() -> dict[str, re.Pattern[str]]:
    signs = {
        code: words for lang in LANGUAGES for code, words in lexicon(lang, "places")["country_signs"].items()
    }
    return {code: re.compile("|".join(words)) for code, words in signs.items()}


def _country_prior(texts: Sequence[str], named: Counter[str], lang: str) -> str:
    """Return the country that the page's own signs (postcodes, currency, offices) and names point to."""
    votes = Counter({code: 3 * count for code, count in named.items()})
    for code, sign in _country_signs().items():
        votes[code] += sum(min(3, len(sign.findall(text))) for text in texts)
    best = min(votes, key=lambda code: (-votes[code], code), default="")
    if best and votes[best]:
        return best
    return "DE" if lang == "de" else ""


class _Named(NamedTuple):
    """A name in a text: what to look up, how much it counts, whether it is called a town."""

    name: str
    share: float
    town: bool
    known: bool
    bare: str = ""  # the name beside a county: Pinneberg for Kreis Pinneberg


def _names(tokens: list[Token], hits: list[Hit], gazetteer: Gazetteer, lang: str) -> Iterator[_Named]:
    """Yield the names in a text in order; a partner's ("Partnerstadt X") counts less."""
    before_words, after_words, partners = _town_words(lang)
    ends = {hit.last for hit in hits}
    inside = {i for hit in hits for i in range(hit.first, hit.last)}
    for hit in hits:
        if hit.country:
            continue
        last, name = hit.last, hit.name
        if tokens[last - 1].text in _club_words() and last - hit.first > 1:
            best = gazetteer.candidates(name)
            if not (best and best[0].main):  # Lewes Town Council, Bristol City; but Kansas City
                last, name = last - 1, " ".join(t.text for t in tokens[hit.first : last - 1])
        before = tokens[hit.first - 1].text if hit.first else ""
        unit = unit_at(tokens, hit)
        if unit is not None and _governs(tokens, unit):
            yield _Named(unit.name, 1.0, True, False, unit.bare)
            continue
        if before == "of" and hit.first > 1:
            before = tokens[hit.first - 2].text if tokens[hit.first - 2].text in before_words else before
        after = tokens[last].text if last < len(tokens) else ""
        share = 0.3 if before.casefold() in partners else 1.0
        called = before in before_words and (lang == "de" or tokens[hit.first - 1].text == "of")
        yield _Named(name, share, called or after in after_words, True)
    for i, token in enumerate(tokens):  # Gemeinde X, X Town Council: a town that the gazetteer lacks
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if following is None or i in inside:
            continue
        if (
            token.text in before_words
            and lang == "de"
            and i + 1 not in inside
            and following.text[0].isupper()
        ):
            yield _Named(following.text, 1.0, True, False)
        if (
            lang == "en"
            and token.text[0].isupper()
            and following.text in ("Town", "Parish", "Village")
            and i not in ends
        ):
            if i + 2 < len(tokens) and tokens[i + 2].text == "Council":
                yield _Named(token.text, 1.0, True, False)


def _governs(tokens: list[Token], unit: Unit) -> bool:
    """Whether a unit may be whose page it is: a Kreis, or a county whose council is named."""
    council = unit.last < len(tokens) and tokens[unit.last].text == "Council"
    first, last = unit.name.split()[0], unit.name.split()[-1]
    return units().before.get(first) == "county" or (council and units().after.get(last) == "county")


class _Candidates:
    """The places that a page names, with what speaks for each as the home."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.gazetteer = load()
        self.scores: dict[str, float] = defaultdict(float)
        self.reasons: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self.regions: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        self.countries: Counter[str] = Counter()
        self.unknown: set[str] = set()
        self.units: dict[str, str] = {}

    def add(self, text: str, reason: str, weight: float, cap: float) -> None:
        """Count the names in one text, which may gain at most ``cap`` points each."""
        tokens = tokenise(text)
        hits = scan(tokens, self.gazetteer, self.lang)
        for hit, after in zip_longest(hits, hits[1:]):
            near = after is not None and after.first - hit.last <= 1
            beside = near and after.country and after.form != "adjective"
            if not hit.country:  # a namesake that is told apart ("Coventry, Connecticut") is seldom the home
                self.regions[hit.name][(after.country, after.admin1) if beside else ("", "")] += 1
            elif reason in ("title", "publisher") and hit.form != "adjective":
                self.countries[hit.country] += 1
        gained: dict[str, float] = defaultdict(float)
        for position, found in enumerate(_names(tokens, hits, self.gazetteer, self.lang)):
            if not found.known:  # too weak a sign for running text
                if reason == "frequency" and " " not in found.name:
                    continue
                self.unknown.add(found.name)
            if found.bare:
                self.units[found.name] = found.bare
            first = 1.0 if position == 0 or reason == "frequency" else 0.6
            gained[found.name] += weight * found.share * first + (
                _TOWN * min(weight, 1.0) if found.town else 0.0
            )
        total = max(gained.values(), default=0.0)
        for name, points in gained.items():
            points = cap * points / total if reason == "frequency" and total else min(points, cap)
            self.scores[name] += points
            self.reasons[name][reason] += points

    def join_variants(self) -> None:
        """Add what speaks for a short form to its full name: Newcastle, Newcastle upon Tyne."""
        for name in sorted(self.scores, key=len):
            longer = [
                n
                for n in self.scores
                if n.startswith(f"{name} ")
                and n.split()[-1] not in _club_words()
                and not n.startswith(f"{name} and ")  # Perth lies in Perth and Kinross
            ]
            if longer:
                best = max(longer, key=lambda n: (self.scores[n], n))
                self.scores[best] += self.scores[name]
                for reason, points in self.reasons[name].items():
                    self.reasons[best][reason] += points
                self.scores[name] = 0.0

    def best(self, prior: str) -> Home:
        """Return the heaviest place, linked."""
        name = min(self.scores, key=lambda n: (-self.scores[n], n))
        reason = max(sorted(self.reasons[name]), key=lambda r: self.reasons[name][r])
        if name in self.units:
            return Home(unit_place(self.gazetteer, name, self.units[name], "", prior), name, reason)
        if name in self.unknown and not self.gazetteer.candidates(name):
            return Home(unlinked(name, prior), name, reason)
        told = self.regions[name] or Counter({("", ""): 1})
        country, admin1 = min(told.items(), key=lambda item: (-item[1], item[0]))[0]
        return Home(self.gazetteer.link(name, country=country, admin1=admin1, prefer=prior), name, reason)


def find_home(
    title: str, headings: Sequence[str], publisher: Sequence[str], body: str, lang: str
) -> Home | None:
    """Return the place whose page this is, or None where no place is named.

    Args:
        title: The page's title.
        headings: Its headings of the first level.
        publisher: Short lines of the parts outside the content (site name, footer).
        body: The frozen text.
        lang: ``de`` or ``en``.
    """
    candidates = _Candidates(lang)
    candidates.add(title, "title", _TITLE, 6.0)
    for heading in headings[:2]:
        candidates.add(heading, "heading", _HEADING, 6.0)
    for line in publisher:
        candidates.add(line, "publisher", _PUBLISHER, 4.0)
    candidates.add(body, "frequency", 1.0, _BODY)
    if not candidates.scores:
        return None
    candidates.join_variants()
    return candidates.best(_country_prior([body, title, *publisher], candidates.countries, lang))
