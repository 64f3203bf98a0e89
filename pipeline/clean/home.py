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

from pipeline.gazetteer import load
from pipeline.gazetteer.scan import Hit, scan
from pipeline.lexicon import LANGUAGES
from pipeline.lexicon import load as lexicon
from pipeline.model import Home, Place
from pipeline.tokens import Token, tokenise

_TITLE, _HEADING, _PUBLISHER, _TOWN, _BODY = 4.0, 4.0, 2.0, 3.0, 5.0


@cache
def _town_words(lang: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = lexicon(lang, "places")
    after = frozenset(w.split()[0] for w in data.get("town_after", []))
    return (
        frozenset(data["town_before"]),
        after,
        frozenset(data["prepositions"]) - {"von", "of", "stadt", "für", "for", "is"},
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


def _country_prior(texts: Sequence[str], lang: str) -> str:
    """Return the country that the page's own signs (postcodes, currency, offices) point to."""
    votes = {
        code: sum(min(3, len(sign.findall(t))) for t in texts) for code, sign in _country_signs().items()
    }
    best = max(votes, key=lambda code: votes[code])
    if votes[best]:
        return best
    return "DE" if lang == "de" else ""


def _weights(tokens: list[Token], hits: list[Hit], lang: str) -> Iterator[tuple[str, float, bool]]:
    """Yield (name, weight, named as a town) for each place hit; partners' prepositions count less."""
    before_words, after_words, partners = _town_words(lang)
    for hit in hits:
        if hit.country or tokens[hit.last - 1].text in _club_words():
            continue
        before = tokens[hit.first - 1].text if hit.first else ""
        if before == "of" and hit.first > 1:
            before = tokens[hit.first - 2].text if tokens[hit.first - 2].text in before_words else before
        after = tokens[hit.last].text if hit.last < len(tokens) else ""
        town = before in before_words or after in after_words
        yield hit.name, (0.3 if before.casefold() in partners else 1.0), town


def _join_variants(scores: dict[str, float], reasons: dict[str, dict[str, float]]) -> None:
    """Add what speaks for a short form to its full name: Newcastle, Newcastle upon Tyne."""
    for name in sorted(scores, key=len):
        longer = [n for n in scores if n.startswith(f"{name} ") and n.split()[-1] not in _club_words()]
        if longer:
            best = max(longer, key=lambda n: (scores[n], n))
            scores[best] += scores[name]
            for reason, points in reasons[name].items():
                reasons[best][reason] += points
            scores[name] = 0.0


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
    gazetteer = load()
    scores: dict[str, float] = defaultdict(float)
    reasons: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    surfaces: dict[str, str] = {}
    regions: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)

    def add(text: str, reason: str, weight: float, cap: float) -> None:
        tokens = tokenise(text)
        hits = scan(tokens, gazetteer, lang)
        for hit, after in zip_longest(hits, hits[1:]):
            beside = (
                after is not None
                and after.country
                and after.form != "adjective"
                and after.first - hit.last <= 1
            )
            if not hit.country:  # a namesake that is told apart ("Coventry, Connecticut") is seldom the home
                regions[hit.name][(after.country, after.admin1) if beside else ("", "")] += 1
        gained: dict[str, float] = defaultdict(float)
        for position, (name, share, town) in enumerate(_weights(tokens, hits, lang)):
            surfaces.setdefault(name, name)
            first = 1.0 if position == 0 or reason == "frequency" else 0.6
            gained[name] += weight * share * first + (_TOWN * min(weight, 1.0) if town else 0.0)
        total = max(gained.values(), default=0.0)
        for name, points in gained.items():
            points = cap * points / total if reason == "frequency" and total else min(points, cap)
            scores[name] += points
            reasons[name][reason] += points

    add(title, "title", _TITLE, 6.0)
    for heading in headings[:2]:
        add(heading, "heading", _HEADING, 6.0)
    for line in publisher:
        add(line, "publisher", _PUBLISHER, 4.0)
    add(body, "frequency", 1.0, _BODY)
    if not scores:
        return None
    _join_variants(scores, reasons)
    prior = _country_prior([body, title, *publisher], lang)
    name = min(scores, key=lambda n: (-scores[n], n))
    country, admin1 = min(regions[name].items(), key=lambda item: (-item[1], item[0]))[0]
    place: Place = gazetteer.link(name, country=country, admin1=admin1, prefer=prior)
    reason = max(sorted(reasons[name]), key=lambda r: reasons[name][r])
    return Home(place, surfaces[name], reason)
