"""Small towns that only the words of a bond beside their name show: "Callan's twin town"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.gazetteer.countries import match_country
from pipeline.gazetteer.fold import fold
from pipeline.gazetteer.gazetteer import Candidate
from pipeline.gazetteer.tables import ordinary_words
from pipeline.lexicon import load
from pipeline.tokens import Token

_REACH = 14  # words behind a name


@cache
def _behind(lang: str, owned: bool) -> re.Pattern[str]:
    data = load(lang, "places")
    return re.compile("|".join(data["bond_of" if owned else "bond_behind"]))


def bonded(
    tokens: Sequence[Token], first: int, last: int, candidates: Sequence[Candidate], lang: str
) -> bool:
    """Whether the words behind a name bind it, or the adjective of the town's country stands before it.

    A name that is an ordinary word, too, needs more than these.
    """
    name = " ".join(t.text for t in tokens[first:last])
    if fold(name) in ordinary_words():
        return False
    before = tokens[first - 1].text if first else ""
    found = match_country([before], 0, lang) if before else None
    if found is not None and found[1].form == "adjective":
        if any(c.main and c.place.country == found[1].country for c in candidates):
            return True
    owned = tokens[last - 1].text.endswith(("'s", "’s")) or before in ("'", "’")
    behind = " ".join(t.text for t in tokens[last : last + _REACH])
    return _behind(lang, owned).match(behind) is not None


__all__ = ["bonded"]
