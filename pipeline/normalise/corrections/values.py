"""What a correction may put into a fact: the columns of each type of fact, and their values.

An edit has one value. It may name the one it replaces before it (``suspended -> active``): then the
correction is stale as soon as the pages say something else than either.

The value of an addition is a list: ``place_a_id=geonames:2820256; place_b_id=geonames:3352593; kind=twin``.
It may end in ``page=en/links.html; quote=the words that say so``, words of a page of the same run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from unicodedata import category

from pipeline import edtf, gazetteer
from pipeline.model import Basis, Event, Place, Role, Status
from pipeline.normalise import ids
from pipeline.schema import FactType, by_name

Values = Mapping[str, str | None]

TABLES = {
    FactType.PARTNERSHIP: "partnerships",
    FactType.FOUNDING_DATE: "founding_dates",
    FactType.MAYOR: "mayors",
    FactType.THEME: "themes",
}
"""The table of each type of fact."""

EDITABLE = {
    FactType.PARTNERSHIP: ("place_a_id", "place_b_id", "kind", "status"),
    FactType.FOUNDING_DATE: ("partnership_id", "date", "event", "basis", "chosen"),
    FactType.MAYOR: ("person", "role", "place_id", "seen_from", "seen_to"),
    FactType.THEME: ("theme", "partnership_id", "place_id"),
}
"""The columns that make a fact; all others follow from them."""

_NEEDED = {
    FactType.PARTNERSHIP: ("place_a_id", "place_b_id", "kind"),
    FactType.FOUNDING_DATE: ("partnership_id", "date", "event"),
    FactType.MAYOR: ("person", "role", "place_id"),
    FactType.THEME: ("theme",),
}
_DEFAULTS: dict[FactType, dict[str, str | None]] = {
    FactType.PARTNERSHIP: {"status": str(Status.ACTIVE)},
    FactType.FOUNDING_DATE: {"basis": str(Basis.STATED)},
    FactType.MAYOR: {"seen_from": None, "seen_to": None},
    FactType.THEME: {"partnership_id": None, "place_id": None},
}
_OF_A_PAIR = ("place_a_id", "place_b_id")
_SOURCE = ("page", "quote")
_DATES = ("date", "seen_from", "seen_to")
_MAY_BE_EMPTY = ("seen_from", "seen_to")
_PART = re.compile(r"(?:^|;)\s*([a-z_]+)\s*=")
_UNLINKED = re.compile(r"unlinked:([A-Z]{2})?:(.+)")
_PARTNERSHIP_ID = re.compile(r"p-[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Change:
    """What a correction does to a fact.

    ``values`` are the columns that an edit or an addition sets, ``places`` the places among them by id.
    ``expected`` is what an edit wants to find in its column (None: anything). ``page`` and ``quote`` are the
    words that an added fact rests on, or empty.
    """

    values: Values = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    expected: str | None = None
    page: str = ""
    quote: str = ""


class ValueProblem(ValueError):
    """A value that a fact cannot have; the message is for people."""


def edit(kind: FactType, column: str, value: str) -> Change:
    """Return what an edit of a column does.

    Raises:
        ValueProblem: The column cannot be edited, or cannot hold the value.
    """
    if column not in EDITABLE[kind]:
        hint = "; edit the founding date, or add one" if column.startswith("founded") else ""
        raise ValueProblem(f"{_quoted(column)} of a {kind} cannot be edited; {_any_of(EDITABLE[kind])}{hint}")
    expected, arrow, new = value.rpartition("->")
    new = new.strip()
    if not new and column not in _MAY_BE_EMPTY:
        raise ValueProblem(f"the new {column} is missing")
    values = {column: checked(kind, column, new)}
    return Change(values, _places([new]), expected.strip() if arrow else None)


def addition(kind: FactType, value: str) -> Change:
    """Return what an addition does: the columns of a new fact, and the words that state it.

    Raises:
        ValueProblem: A part is missing, unknown, given twice, or cannot be what it says.
    """
    parts = _parts(value)
    allowed = (*EDITABLE[kind], *_SOURCE)
    if kind in (FactType.FOUNDING_DATE, FactType.THEME):
        allowed += _OF_A_PAIR
    if unknown := [name for name in parts if name not in allowed]:
        raise ValueProblem(f"a {kind} has no {_quoted(unknown[0])}; {_any_of(allowed)}")
    page, quote = (parts.pop(name, "") for name in _SOURCE)
    if bool(page) != bool(quote):
        raise ValueProblem("page and quote go together")
    if kind is not FactType.PARTNERSHIP and set(_OF_A_PAIR) <= parts.keys():
        pair = [str(checked(FactType.PARTNERSHIP, name, parts.pop(name))) for name in _OF_A_PAIR]
        parts.setdefault("partnership_id", ids.partnership_id(*pair))
    if missing := [name for name in _NEEDED[kind] if not parts.get(name)]:
        raise ValueProblem(f"{missing[0]}=... is missing")
    found = _DEFAULTS[kind] | {name: checked(kind, name, text) for name, text in parts.items()}
    if kind is FactType.PARTNERSHIP and found["place_a_id"] == found["place_b_id"]:
        raise ValueProblem("a place is no partner of itself")
    if kind is FactType.THEME and bool(found["partnership_id"]) == bool(found["place_id"]):
        raise ValueProblem("a theme has either partnership_id=... or place_id=...")
    return Change(found, _places(parts.values()), None, page, quote)


def key(kind: FactType, values: Mapping[str, object], document: str = "") -> str:
    """Return the key of the fact that has these values; ``document`` stands for the place of a theme without.

    Raises:
        KeyError: A column that the key is made of is missing.
    """
    text = {name: str(value) for name, value in values.items() if value is not None}
    match kind:
        case FactType.PARTNERSHIP:
            return ids.partnership_id(text["place_a_id"], text["place_b_id"])
        case FactType.FOUNDING_DATE:
            event, basis = Event(text["event"]), Basis(text["basis"])
            return ids.founding_id(text["partnership_id"], text["date"], event, basis)
        case FactType.MAYOR:
            return ids.mayor_id(text["person"], text["place_id"], Role(text["role"]))
        case FactType.THEME:
            return ids.theme_id(text["theme"], text.get("partnership_id") or text.get("place_id") or document)


def checked(kind: FactType, column: str, value: str) -> str | None:
    """Return a value as the tables have it, None for an empty one.

    Raises:
        ValueProblem: The column cannot hold it.
    """
    declared = next(found for found in by_name(TABLES[kind]).fields if found.name == column)
    if not value:
        return None
    if declared.values and value not in declared.values:
        raise ValueProblem(f"{column} cannot be {_quoted(value)}; {_any_of(declared.values)}")
    if declared.references == "places":
        return place(value).place_id
    if column == "partnership_id" and not _PARTNERSHIP_ID.fullmatch(value):
        raise ValueProblem(f"{_quoted(value)} is no partnership_id (p- and 16 digits or letters a to f)")
    if column == "chosen" and value != "true":
        raise ValueProblem("chosen can only become true; another date is chosen by making it so there")
    if column in _DATES and not edtf.is_valid(value):
        raise ValueProblem(f"{_quoted(value)} is no date; write 1964, 1964-07 or 1964-07-11 (EDTF)")
    if column == "person" and not any(category(char)[0] == "L" for char in value):
        raise ValueProblem(f"{_quoted(value)} is no name")
    return value


def day(value: str) -> date:
    """Return a day written as 2026-02-28.

    Raises:
        ValueProblem: It is written otherwise, or the calendar has no such day.
    """
    try:
        found = date.fromisoformat(value)
    except ValueError:
        found = None
    if found is None or found.isoformat() != value:
        raise ValueProblem(f"date is {_quoted(value)}; write it as 2026-02-28")
    return found


@cache
def place(value: str) -> Place:
    """Return the place of an id: ``geonames:2820256``, ``unlinked:FR:Vale-sur-Rien``, or a region's.

    Raises:
        ValueProblem: There is no such place; if it is a name, the message gives ids of places that bear it.
    """
    known = gazetteer.load().by_id(value)
    if known is not None:
        return known
    if match := _UNLINKED.fullmatch(value):
        return gazetteer.unlinked(match[2], match[1] or "")
    if value.startswith(("geonames:", "unlinked:")):
        raise ValueProblem(
            f"the gazetteer has no {_quoted(value)}; a place that it lacks is unlinked:COUNTRY:NAME"
        )
    bearers = [candidate.place for candidate in gazetteer.load().candidates(value)[:3]]
    named = ", ".join(f"{found.place_id} ({found.name}, {found.country})" for found in bearers)
    raise ValueProblem(
        f"{_quoted(value)} is no place id; " + (f"did you mean {named}?" if named else "see places.csv")
    )


def _places(texts: Iterable[str]) -> dict[str, Place]:
    found = [place(text) for text in texts if text.startswith(("geonames:", "unlinked:"))]
    return {one.place_id: one for one in found}


def _parts(value: str) -> dict[str, str]:
    """Split ``a=1; b=2``. A quote is the last part, and may hold anything."""
    found: dict[str, str] = {}
    rest = value
    while rest.strip(" ;"):
        match = _PART.match(rest)
        if match is None:
            raise ValueProblem(f"{_quoted(rest.strip())} is not of the form column=value; column=value")
        name = match[1]
        if name in found:
            raise ValueProblem(f"{name} is given twice")
        after = None if name == "quote" else _PART.search(rest, match.end())
        end = after.start() if after else len(rest)
        found[name] = rest[match.end() : end].strip()
        rest = rest[end:]
    return found


def _quoted(text: str) -> str:
    return f"“{text[:60]}”"


def _any_of(names: tuple[str, ...]) -> str:
    return "it is one of " + ", ".join(names)
