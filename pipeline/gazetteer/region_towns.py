"""Towns that bear a region's name: on a page of the City of Norfolk, "Norfolk" is the town in Virginia."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pipeline.gazetteer.countries import match_country
from pipeline.gazetteer.gazetteer import Gazetteer
from pipeline.gazetteer.scan import LOCATING, Hit
from pipeline.lexicon import load
from pipeline.tokens import Token


def called_towns(
    tokens: Sequence[Token], hits: Sequence[Hit], gazetteer: Gazetteer, lang: str
) -> Iterator[str]:
    """Yield the names of regions that a text calls towns: "City of Kent", "Suffolk City Council".

    Args:
        tokens: The tokens of a text.
        hits: The names among them.
        gazetteer: The places to look for.
        lang: ``de`` or ``en``.
    """
    data = load(lang, "places")
    before = frozenset(data["town_before"])
    after = [words.split() for words in data.get("town_after", []) if " " in words]
    for hit in hits:
        at = hit.first
        if lang == "en" and at and tokens[at - 1].text == "of":
            at -= 1
        called = at > 0 and tokens[at - 1].text in before and (lang == "de" or at < hit.first)
        behind = [t.text for t in tokens[hit.last : hit.last + 3]]
        called = called or any(behind[: len(words)] == words for words in after)
        if called and _names_region(hit.name, lang) and _names_town(hit.name, gazetteer):
            yield hit.name


def as_towns(tokens: Sequence[Token], hits: Sequence[Hit], names: Collection[str]) -> list[Hit]:
    """Return the hits with the regions of these names as towns, but where they tell where a place lies."""
    found: list[Hit] = []
    for hit in hits:
        if hit.name in names and _is_region(hit) and not _locates(tokens, found, hit):
            hit = hit._replace(country="", admin1="")
        found.append(hit)
    return found


def _is_region(hit: Hit) -> bool:
    return bool(hit.country and hit.admin1) and hit.form != "adjective"


def _names_region(name: str, lang: str) -> bool:
    words = name.split()
    found = match_country(words, 0, lang)
    return found is not None and found[0] == len(words) and bool(found[1].admin1)


def _names_town(name: str, gazetteer: Gazetteer) -> bool:
    return any(c.place.feature == "city" for c in gazetteer.candidates(name))


def _locates(tokens: Sequence[Token], before: Sequence[Hit], hit: Hit) -> bool:
    """Whether a region is but where the place before it lies: King's Lynn, Norfolk."""
    if not before or before[-1].country:
        return False
    return [t.text for t in tokens[before[-1].last : hit.first]] in LOCATING
