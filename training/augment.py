"""Names to put into sentences: persons of many origins, towns of the gazetteer; and the swapping of names."""

from __future__ import annotations

import random
import tomllib
from bisect import bisect
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path

from pipeline.gazetteer import country_of
from pipeline.gazetteer import load as load_gazetteer
from pipeline.gazetteer.tables import exonyms
from pipeline.model import Place
from training.convert import Entity, Sentence, entities

NAMES = Path(__file__).with_name("names.toml")
# Countries whose towns are drawn more often than their number says, for they are twins more often.
_NEAR = {
    "de": "DE AT CH FR GB PL IT NL CZ HU TR UA ES US CN JP IL RO",
    "en": "GB US IE FR DE ES IT PL JP CN CA AU MX",
}
_LEAST_POPULATION = 2_000


class Names:
    """Draws names; the same seed gives the same ones."""

    def __init__(self, chance: random.Random) -> None:
        """Read the lists."""
        self.chance = chance
        self._origins = tomllib.loads(NAMES.read_text(encoding="utf-8"))
        self._weights = [origin["weight"] for origin in self._origins.values()]

    def person(self) -> tuple[list[str], list[str]]:
        """Return the given names and the words of a surname."""
        origin = self.chance.choices(list(self._origins.values()), self._weights)[0]
        # As the lists are split at plain spaces only, a surname may be of several words.
        given = [self.chance.choice(origin["given"].split(" "))]
        surname = self._surname(origin).replace("\u00a0", " ").split(" ")
        odd = self.chance.random()
        if odd < 0.04:
            given.append(self.chance.choice(origin["given"].split(" ")))
        elif odd < 0.08:
            given.append(f"{self.chance.choice('ABCDEFGHJKLMPRSTW')}.")
        elif odd < 0.11:
            given = [f"{given[0][0]}."]
        if odd > 0.95 and len(surname) == 1:
            surname = [f"{surname[0]}-{self._surname(origin).split(chr(160))[-1]}"]
        return given, surname

    def _surname(self, origin: dict[str, str]) -> str:
        if "start" in origin and self.chance.random() < 0.35:
            halves = (self.chance.choice(origin[half].split(" ")) for half in ("start", "end"))
            return "".join(halves)
        return self.chance.choice(origin["family"].split(" "))

    def town(self, lang: str) -> tuple[str, str]:
        """Return a town's name as a page of a language writes it, and its country (ISO 3166-1 alpha-2)."""
        if self.chance.random() < 0.12:
            return self.chance.choice(_exonyms())
        towns, bounds = _towns(lang)
        return towns[bisect(bounds, self.chance.random() * bounds[-1])]


@cache
def _exonyms() -> list[tuple[str, str]]:
    return [(name, country) for name, country, _ in exonyms()]


@cache
def _towns(lang: str) -> tuple[list[tuple[str, str]], list[float]]:
    """Return towns and the bounds of their shares, which grow slowly with the population."""
    gazetteer = load_gazetteer()
    near_by = _NEAR[lang].split()
    towns, weights = [], []
    for record in range(len(gazetteer._store.ids)):
        place: Place = gazetteer._place(record)
        if (place.population or 0) < _LEAST_POPULATION or len(place.name) > 30:
            continue
        towns.append((place.name, place.country))
        near = 6.0 if place.country in near_by else 1.0
        weights.append(near * float(place.population or 0) ** 0.35)
    return towns, list(accumulate(weights))


def swap(sentence: Sentence, names: Names, share: float) -> Sentence:
    """Return a sentence with other names in the place of its persons and towns, each with a probability.

    Equal names are swapped equally. The spaces between its words are unknown then.
    """
    found = [e for e in entities(sentence.tags) if e.label in ("PER", "LOC")]
    if not found:
        return sentence
    words, tags = list(sentence.words), list(sentence.tags)
    chosen: dict[tuple[str, ...], list[str] | None] = {}
    for entity in reversed(found):
        old = tuple(words[entity.start : entity.end])
        if old not in chosen:
            new = _other(old, entity, sentence.lang, names) if names.chance.random() < share else None
            chosen[old] = new
        other = chosen[old]
        if other:
            words[entity.start : entity.end] = other
            tags[entity.start : entity.end] = [f"B-{entity.label}"] + [f"I-{entity.label}"] * (len(other) - 1)
    return Sentence(sentence.lang, tuple(words), tuple(tags))


def _other(old: Sequence[str], entity: Entity, lang: str, names: Names) -> list[str] | None:
    """Return the words of another name of the same kind, or None to keep this one."""
    if not (old[0][:1].isupper() and old[-1][:1].isupper()):
        return None
    if any(word.isupper() for word in old if len(word) > 2):
        return None
    if entity.label == "PER":
        given, surname = names.person()
        if len(old) == 1:
            return split_words(" ".join(given[:1] if names.chance.random() < 0.25 else surname), lang)
        return split_words(" ".join([*given, *surname]), lang) if len(old) <= 5 else None
    name = " ".join(old)
    if len(old) > 3 or country_of(name, lang) is not None or not load_gazetteer().candidates(name):
        return None
    town = names.town(lang)[0]
    return split_words(town, lang)


def split_words(name: str, lang: str) -> list[str]:
    """Return a name's words much as the tokenizer of a language splits them."""
    for mark in "(),/":
        name = name.replace(mark, f" {mark} ")
    return (name.replace("-", " - ") if lang == "en" else name).split()


def capitals(sentence: Sentence) -> Sentence:
    """Return a sentence in capitals, as headlines are."""
    return sentence._replace(words=tuple(word.upper() for word in sentence.words))


def join(sentences: Sequence[Sentence]) -> Sentence:
    """Return sentences of one language as one text, as the blocks of a page are."""
    if len(sentences) == 1:
        return sentences[0]
    spaces: tuple[bool, ...] = ()
    for sentence in sentences:
        spaces += sentence.spaces or (True,) * len(sentence.words)
        spaces = (*spaces[:-1], True)
    return Sentence(
        sentences[0].lang,
        tuple(word for s in sentences for word in s.words),
        tuple(tag for s in sentences for tag in s.tags),
        spaces,
    )
