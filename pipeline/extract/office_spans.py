"""The persons and offices of a document, looked up by block and place; and who is tied to which."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from pipeline.extract.context import Context
from pipeline.model import OfficeMention, PersonMention
from pipeline.recognise.names import skip_honours


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in an office.

    ``way`` tells how the text says so: ``before`` (name, office), ``after`` (office name), ``plural`` (one
    office, several names), ``beside`` (two short blocks), ``heir`` (a predecessor or successor),
    ``anaphor`` (a sentence about the person named in the one before), ``called`` (the name follows later:
    "At present that is Ann Grey"), ``signed`` (who signs a letter).
    ``place_in_series`` counts the names of a plural from 0.
    """

    office: OfficeMention
    person: PersonMention
    way: str
    place_in_series: int = 0
    word: tuple[int, int] | None = None


def starts_at(span: PersonMention | OfficeMention) -> int:
    """Return the start of a mention, to sort and search by."""
    return span.start


def untitled(text: str, start: int, end: int) -> str:
    """Return ``text[start:end]`` without the titles at its end."""
    for match in re.finditer(r"(?<=[\s(])", text[start:end]):
        pos = start + match.start()
        if skip_honours(text, pos, end) == end:
            return text[start:pos]
    return text[start:end]


class Spans:
    """The persons and offices of one document, and the holders found so far."""

    def __init__(self, context: Context) -> None:
        mentions = context.mentions
        self.document = mentions.document
        self.text = self.document.text
        self.context = context
        self.sentences = mentions.sentences
        self.persons: dict[int, list[PersonMention]] = {}
        self.offices: dict[int, list[OfficeMention]] = {}
        for person in mentions.persons:
            self.persons.setdefault(person.block, []).append(person)
        for office in mentions.offices:
            self.offices.setdefault(office.block, []).append(office)
        self.towns = {p.start: p.end for p in mentions.places}
        self.held: list[Holder] = []

    @property
    def bound(self) -> set[int]:
        """The starts of the offices whose holders are known."""
        return {h.office.start for h in self.held}

    def offices_in(self, block: int, start: int, end: int) -> list[OfficeMention]:
        """Return the offices of a block that start inside a span."""
        offices = self.offices.get(block, [])
        return offices[bisect_left(offices, start, key=starts_at) : bisect_left(offices, end, key=starts_at)]

    def persons_in(self, block: int, start: int, end: int) -> list[PersonMention]:
        """Return the persons of a block that start inside a span."""
        persons = self.persons.get(block, [])
        return persons[bisect_left(persons, start, key=starts_at) : bisect_left(persons, end, key=starts_at)]
