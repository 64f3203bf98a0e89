"""Units of administration (Kreis Unna, Tochigi Prefecture, the province of Jiangsu) and their features."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.lexicon import LANGUAGES, load


class Units(NamedTuple):
    """The words for units in all languages, as pages name foreign units in either.

    ``before`` and ``after`` map a word before or after a name to a feature, inflected forms included;
    ``plain`` maps inflected forms to the plain ones, ``nations``
    units of one country only to that country. The other fields are those of ``units.toml``.
    """

    before: dict[str, str]
    after: dict[str, str]
    plain: dict[str, str]
    nations: dict[str, str]
    parts: frozenset[str]
    towns: frozenset[str]
    telling: frozenset[str]
    locative: frozenset[str]
    articles: frozenset[str]
    council_after: frozenset[str]
    town_districts: frozenset[str]


@cache
def units() -> Units:
    """Return the words for units of administration."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    plain: dict[str, str] = {}
    forms: dict[str, set[str]] = {}
    for lang in LANGUAGES:
        data = load(lang, "units")
        for words, found in ((data["before"], before), (data["after"], after)):
            found.update((word, feature) for feature, names in words.items() for word in names)
        for name, words in data["forms"].items():
            forms.setdefault(name, set()).update(words)
    for pair in forms.pop("inflected"):
        form, _, word = pair.partition(" ")
        plain[form], before[form] = word, before[word]
    nations = dict(pair.split() for pair in forms.pop("nations"))
    return Units(before, after, plain, nations, **{name: frozenset(words) for name, words in forms.items()})


@lru_cache(maxsize=4096)
def unit_feature(name: str) -> str:
    """Return the feature that the first or last word of a place's name gives it; empty for a town."""
    first, _, rest = name.partition(" ")
    if not rest:
        return "county" if name.endswith(("-Kreis", "kreis")) else ""
    known = units()
    if rest.startswith("of "):  # Province of Limburg
        return known.after.get(first, "")
    last = rest.rpartition(" ")[2]
    return known.before.get(first) or known.after.get(last, "")
