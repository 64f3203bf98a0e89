"""Which full name a surname, or an initial with a surname, stands for on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.model import PersonMention


def full_names(persons: Iterable[PersonMention]) -> dict[str, str]:
    """Return the full name for each surname that only one full name on the page has."""
    full: dict[str, Counter[str]] = {}
    for person in persons:
        words = person.name.split()
        if len(words) > 1:
            full.setdefault(words[-1], Counter())[person.name] += 1
    found = {}
    for surname, names in full.items():
        longest = max(names, key=lambda n: (len(n.split()), "." not in n, names[n], n))
        if all(_short_for(n.split(), longest.split()) for n in names):
            found[surname] = longest
    return found


def _short_for(words: list[str], longest: list[str]) -> bool:
    """Whether all words of a name, or the names that its initials stand for, are in a longer one."""
    return all(
        w in longest or (len(w) == 2 and w[1] == "." and any(n[0] == w[0] for n in longest)) for w in words
    )


def full_name(name: str, full: dict[str, str]) -> str:
    """Return the fullest form of a name, or the name; ``full`` is what ``full_names`` gives."""
    words = name.split()
    surname = words[-1]
    for form in (surname, surname[:-1] if surname.endswith("s") else surname):
        longest = full.get(form)
        if longest is not None and _short_for([*words[:-1], form], longest.split()):
            return longest
    return name
