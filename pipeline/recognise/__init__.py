"""Recognise places, persons, offices, dates and triggers in a document, as typed spans.

>>> mentions = Recogniser().recognise(document)
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from pipeline.gazetteer.scan import LARGE_TOWN
from pipeline.lexicon import LANGUAGES
from pipeline.model import Document, Mentions, PersonMention, PlaceMention
from pipeline.recognise.dates import find_dates
from pipeline.recognise.models import load_model
from pipeline.recognise.offices import find_offices
from pipeline.recognise.persons import find_persons
from pipeline.recognise.places import find_places
from pipeline.recognise.sentences import find_sentences
from pipeline.recognise.triggers import find_triggers


class ModelNames(Protocol):
    """Names of the spaCy models a user asks for, None where the default will do."""

    @property
    def de(self) -> str | None:
        """Model for German."""

    @property
    def en(self) -> str | None:
        """Model for English."""


class Recogniser:
    """Recognises documents with one set of models.

    Raises:
        OSError: A model that was asked for is not installed.
    """

    def __init__(self, models: ModelNames | None = None) -> None:
        self._models = {lang: load_model(lang, getattr(models, lang, None)) for lang in LANGUAGES}

    def recognise(self, document: Document) -> Mentions:
        """Return all mentions in a document."""
        offices = find_offices(document)
        places, countries = find_places(document)
        persons = find_persons(document, offices, self._models, places)
        persons = tuple(p for p in persons if not _is_place(p, places))
        issues = self._models[document.lang].issues if offices else ()
        return Mentions(
            document=replace(document, issues=(*document.issues, *issues)) if issues else document,
            sentences=find_sentences(document),
            places=tuple(p for p in places if not _inside(p, persons)),
            countries=countries,
            persons=persons,
            offices=offices,
            dates=find_dates(document),
            triggers=find_triggers(document),
        )


def _inside(place: PlaceMention, persons: Sequence[PersonMention]) -> bool:
    """Whether a place's name is part of a person's; ``persons`` are sorted by start."""
    at = bisect_right(persons, place.start, key=lambda p: p.start) - 1
    return at >= 0 and place.start < persons[at].end


def _is_place(person: PersonMention, places: Sequence[PlaceMention]) -> bool:
    """Whether a name of one word is a large place; ``places`` are sorted by start."""
    words = [w for w in person.name.split() if w[0].isupper()]
    at = bisect_left(places, person.start, key=lambda p: p.start)
    inside = itertools.takewhile(lambda p: p.start < person.end, places[at : at + len(words) + 2])
    return len(words) == 1 and any(p.place.population >= LARGE_TOWN and p.form == "name" for p in inside)
