"""What to call a row."""

from __future__ import annotations

from pipeline.diff.stored import Row, Stored


class Labels:
    """Names the rows of a folder for people; what they say is not made safe for any sink."""

    def __init__(self, stored: Stored) -> None:
        """Look names up in a folder."""
        self._stored = stored

    def of(self, table: str, key: str) -> str:
        """Return the name of a row; its key, where there is nothing better."""
        row = self._stored.rows(table).get(key)
        if row is None:
            return key
        get = row.get
        match table:
            case "documents":
                found = get("source", "")
            case "places":
                found = f"{_place(row, 'name', 'country')} {key}"
            case "partnerships":
                found = f"{_place(row, 'place_a', 'country_a')} - {_place(row, 'place_b', 'country_b')}"
            case "founding_dates":
                pair = self.of("partnerships", get("partnership_id", ""))
                found = f"{get('event', '')} {get('date', '')}, {get('basis', '')}: {pair}"
            case "mayors":
                found = f"{get('role', '')} {get('person', '')}: {_place(row, 'place', 'country')}"
            case "themes":
                pair, place = get("partnership_id", ""), get("place_id", "")
                about = self.of("partnerships", pair) if pair else self.of("places", place) if place else ""
                found = f"{get('theme', '')}: {about}" if about else get("theme", "")
            case _:
                found = ""
        return found or key


def _place(row: Row, name: str, country: str) -> str:
    return f"{row.get(name, '')} [{row.get(country) or '?'}]"
