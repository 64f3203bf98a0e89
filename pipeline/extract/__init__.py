"""Extract what one page says: partnerships, founding dates, mayors and themes, each with its words."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.context import Context
from pipeline.extract.mayors import extract_mayors
from pipeline.extract.partnerships import extract_partnerships
from pipeline.extract.themes import extract_themes
from pipeline.extract.trace import Note
from pipeline.model import Claims, Home, Mentions


def extract(mentions: Mentions, notes: list[Note] | None = None) -> Claims:
    """Return the claims of one page, in the order in which the page makes them.

    Args:
        mentions: What was recognised in one document.
        notes: A list that takes what stood against partnerships that were about to be read.
    """
    context = Context(mentions, notes=[] if notes is None else notes)
    partnerships, dates = extract_partnerships(context)
    return Claims(
        document=mentions.document,
        partnerships=tuple(partnerships),
        dates=tuple(dates),
        mayors=tuple(extract_mayors(mentions, partnerships)),
        themes=tuple(extract_themes(mentions, partnerships)),
        relevant=any(not trigger.weak for trigger in mentions.triggers),
        surface_forms=_surface_forms(mentions),
    )


def _surface_forms(mentions: Mentions) -> dict[str, tuple[str, ...]]:
    """Return the names that each place bears on the page, demonyms and genitives left out."""
    forms: dict[str, dict[str, None]] = {}
    for mention in mentions.places:
        if mention.form == "name":
            surface = mentions.document.text[mention.start : mention.end]
            forms.setdefault(mention.place.place_id, {})[surface] = None
    home = mentions.document.home
    if home is not None:
        for place_id, name in _told_apart(mentions, home):
            forms[place_id][name] = None
        forms.setdefault(home.place.place_id, {})[home.surface] = None
    return {place_id: tuple(sorted(names)) for place_id, names in forms.items()}


def _told_apart(mentions: Mentions, home: Home) -> Iterator[tuple[str, str]]:
    """Yield the full names by which a page of Dunedin tells its namesake from it: Dunedin, Florida."""
    text = mentions.document.text
    regions = {c.start: c for c in mentions.countries if c.form == "name"}
    for mention in mentions.places:
        own = text[mention.start : mention.end] in (home.surface, home.place.name)
        region = regions.get(mention.end + 2) if own and text[mention.end : mention.end + 2] == ", " else None
        if region is not None and mention.form == "name" and mention.place != home.place:
            yield mention.place.place_id, text[mention.start : region.end]
