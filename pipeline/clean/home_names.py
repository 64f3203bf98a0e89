"""The names in a text that may be its home's: what to look up, and how each stands there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.gazetteer import Gazetteer, units
from pipeline.gazetteer.scan import Hit
from pipeline.gazetteer.unit_names import Unit, unit_at
from pipeline.lexicon import all_words
from pipeline.lexicon import load as lexicon
from pipeline.tokens import Token

_HAMLET = 1_500


@cache
def _town_words(lang: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = lexicon(lang, "places")
    after = frozenset(w.split()[0] for w in data.get("town_after", []))
    return (
        frozenset(data["town_before"]),
        after,
        frozenset(data["partner_before"]),
    )


def club_words() -> frozenset[str]:
    """Words that make another thing of a town's name: Bristol City is a club."""
    return all_words("places", "club_words")


class Named(NamedTuple):
    """A name in a text: what to look up, whether it stands as a partner, whether it is called a town.

    ``bare`` is the name beside a county: Pinneberg for Kreis Pinneberg.
    """

    name: str
    partner: bool
    town: bool
    known: bool
    bare: str = ""


def names_in(tokens: list[Token], hits: list[Hit], gazetteer: Gazetteer, lang: str) -> Iterator[Named]:
    """Yield the names in a text in order."""
    before_words, after_words, partners = _town_words(lang)
    ends = {hit.last for hit in hits}
    inside = {i for hit in hits for i in range(hit.first, hit.last)}
    for hit in hits:
        if hit.country:
            continue
        last, name = hit.last, hit.name
        if tokens[last - 1].text in club_words() and last - hit.first > 1:
            best = gazetteer.candidates(name)
            if not (best and best[0].main):  # Lewes Town Council, Bristol City; but Kansas City
                last, name = last - 1, " ".join(t.text for t in tokens[hit.first : last - 1])
                best = gazetteer.candidates(name)
                if not best and tokens[last].text != "Council":
                    continue  # the River City
                if best and best[0].needs_context and best[0].place.population < _HAMLET:
                    continue  # the Marble City
        before = tokens[hit.first - 1].text if hit.first else ""
        unit = unit_at(tokens, hit)
        if unit is not None and _governs(tokens, unit):
            yield Named(unit.name, False, True, False, unit.bare)
            continue
        if before == "of" and hit.first > 1:
            before = tokens[hit.first - 2].text if tokens[hit.first - 2].text in before_words else before
        after = tokens[last].text if last < len(tokens) else ""
        called = before in before_words and (lang == "de" or tokens[hit.first - 1].text == "of")
        yield Named(name, before.casefold() in partners, called or after in after_words, True)
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
            yield Named(following.text, False, True, False)
        if (
            lang == "en"
            and token.text[0].isupper()
            and following.text in ("Town", "Parish", "Village")
            and i not in ends
        ):
            if i + 2 < len(tokens) and tokens[i + 2].text == "Council":
                yield Named(token.text, False, True, False)


def _governs(tokens: list[Token], unit: Unit) -> bool:
    """Whether a unit may be whose page it is: a Kreis, or a county whose council is named."""
    council = unit.last < len(tokens) and tokens[unit.last].text == "Council"
    first, last = unit.name.split()[0], unit.name.split()[-1]
    return units().before.get(first) == "county" or (council and units().after.get(last) == "county")
