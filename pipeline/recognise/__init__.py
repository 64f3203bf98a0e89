"""Recognise places, persons, offices, dates and triggers in a document, as typed spans.

>>> mentions = Recogniser().recognise(document)
"""

from __future__ import annotations

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
        named = [(p.start, p.end) for p in persons]
        return Mentions(
            document=document,
            sentences=find_sentences(document),
            places=tuple(p for p in places if not any(a <= p.start < b for a, b in named)),
            countries=countries,
            persons=persons,
            offices=offices,
            dates=find_dates(document),
            triggers=find_triggers(document),
        )


def _is_place(person: PersonMention, places: tuple[PlaceMention, ...]) -> bool:
    """Whether a name of one word is a large place, and no name of a person on the page ends in it."""
    words = [w for w in person.name.split() if w[0].isupper()]
    return len(words) == 1 and any(
        person.start <= p.start < person.end and p.place.population >= LARGE_TOWN and p.form == "name"
        for p in places
    )
