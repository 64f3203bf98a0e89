"""Merging what pages say about mayors.

A fact is a person in an office of a place. A lone surname ("Mayor Horn", "OB von Beust") joins the full
name of the same place and office that ends in it, if there is exactly one, on whatever page. The full
name's id does not depend on that; a lone surname that joins has no row, and so no id, of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from pipeline import edtf
from pipeline.normalise.ids import fold


def is_surname(person: str) -> bool:
    """Return whether a name is a surname alone, particles such as "von" aside."""
    return all(word[:1].islower() for word in person.split()[:-1])


def full_names(persons: Iterable[str]) -> dict[str, str]:
    """Map each name seen in one office of one place to the folded name under which it is merged.

    That is its own, but for a surname the only full name that ends in it.
    """
    # Hyphens hold a double name together here: "Müller" is no short form of "Schmidt-Müller".
    spelled: dict[str, list[str]] = defaultdict(list)
    for person in sorted(set(persons)):
        spelled[fold(person)].append(person)
    # "Von Beust" at the start of a sentence is a surname if "von Beust" is.
    full = {key: _words(names[0]) for key, names in spelled.items() if not any(map(is_surname, names))}
    found: dict[str, str] = {}
    for key, names in spelled.items():
        target = key
        if key not in full:
            words = _words(names[0])
            fits = [k for k, longer in full.items() if longer[-len(words) :] == words]
            target = fits[0] if len(fits) == 1 else key
        found |= {name: target for name in names}
    return found


def best_spelling(documents: Mapping[str, int]) -> str:
    """Return the spelling to show, given how many documents have each.

    Not one all in capitals if there is another; then the most frequent one.
    """
    return min(documents, key=lambda name: (name.isupper(), -documents[name], name))


def seen_range(dates: Iterable[str]) -> tuple[str | None, str | None]:
    """Return the earliest and the latest of EDTF dates, (None, None) if there is none."""
    known = sorted(set(dates))
    if not known:
        return None, None

    def earliest(value: str) -> tuple[date, date, str]:
        first, last = edtf.bounds(value)
        return first, last, value

    def latest(value: str) -> tuple[date, date, str]:
        first, last = edtf.bounds(value)
        return last, first, value

    return min(known, key=earliest), max(known, key=latest)


def _words(person: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in person.split())
