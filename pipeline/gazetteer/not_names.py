"""What stands beside a capitalised word that is no town's name: "Tab. 14", "V. Brook", "Sommer 2024"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipeline.gazetteer.countries import match_country
from pipeline.gazetteer.gazetteer import Candidate
from pipeline.lexicon import load
from pipeline.tokens import Token

_SHORT = 5
"""Letters of an abbreviation, at most."""
_LARGE = 100_000
_GOING_ON = frozenset(",;:)")
_OPENING = frozenset("([")


def abbreviated(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a short word ends in the point of an abbreviation: the text goes on behind it.

    A number shows so only where the word opens the block or a bracket, as a sentence may begin with one.
    """
    word = tokens[first]
    if last - first > 1 or len(word.text) > _SHORT or last + 1 >= len(tokens):
        return False
    point, after = tokens[last], tokens[last + 1]
    if point.text != "." or point.start != word.end:
        return False
    opens = first == 0 or tokens[first - 1].text in _OPENING
    return after.text in _GOING_ON or after.text[0].islower() or (opens and after.text[0].isdigit())


def initialled(tokens: Sequence[Token], first: int, last: int, population: int) -> bool:
    """Whether the initial of a given name stands before a word, which is a surname then: "V. Brook"."""
    if first < 2 or last - first > 1 or population >= _LARGE or tokens[first - 1].text != ".":
        return False
    initial = tokens[first - 2]
    return len(initial.text) == 1 and initial.text.isupper() and tokens[first - 1].start == initial.end


def dated(tokens: Sequence[Token], first: int, last: int, lang: str) -> bool:
    """Whether a year follows a common word that nothing before leads to as to a place: "für Sommer 2024"."""
    after = tokens[last].text if last < len(tokens) else ""
    if not first or len(after) != 4 or not after.isdigit() or after[:2] not in ("18", "19", "20"):
        return False
    return tokens[first - 1].text.casefold() not in _leading(lang)


@cache
def _leading(lang: str) -> frozenset[str]:
    data = load(lang, "places")
    return frozenset([*data["where"], *data["bonds_with"], "and", "und"])


def thing_there(
    tokens: Sequence[Token], first: int, last: int, candidates: Sequence[Candidate], lang: str
) -> bool:
    """Whether "in" joins a common word to a country that has no town of that name: "Lage in Israel"."""
    if last + 1 >= len(tokens) or tokens[last].text not in ("in", "im"):
        return False
    words = [t.text for t in tokens[last + 1 : last + 4]]
    found = match_country(words, 0, lang)
    if found is None and words[0].casefold() in ("the", "der", "den", "dem") and len(words) > 1:
        found = match_country(words, 1, lang)
    if found is None or found[1].form == "adjective":
        return False
    lands = {found[1].country, *(other.country for other in found[1].alternatives)}
    return not any(c.place.country in lands for c in candidates)


__all__ = ["abbreviated", "dated", "initialled", "thing_there"]
