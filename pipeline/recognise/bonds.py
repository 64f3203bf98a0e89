"""The words that may stand between an office and the person who holds it.

``follows`` reads what stands between an office and the name after it ("Mayor *of Boston* Anne
Dorrian"), ``precedes`` what stands between a name and the office after it ("Sören Link*, *
Oberbürgermeister"). Both say how strong the bond is, 0 for none.
"""

from __future__ import annotations

import re

_CAPS = r"(?:[A-ZÀ-ÖØ-ÞĀ-Žİ][\w'’.‑-]{1,30})"
_PLACE = (
    rf"\s(?:of|von|vom|aus|in|de|di|der|des|of the)\s(?:the\s|der\s|des\s|American\s|German\s)?"
    rf"(?:(?:City|city|Town|town|Stadt|Landeshauptstadt|Hansestadt|Gemeinde|Bundesstadt|Partnerstadt)\s(?:of\s)?)?"
    rf"(?:{_CAPS}(?:\s(?:am|an\sder|im|in|der|upon|on|de|la|ob|bei|den|and|und|du|le|sur|del)\s{_CAPS}|[\s]{_CAPS}){{0,3}})"
    rf"(?:,\s{_CAPS}(?:\s{_CAPS})?)?"
)
_TIME = r"(?:\s(?:there|dort|at\sth(?:e|at)\stime|at\sthe\sday|of\sthe\sday|damals|seinerzeit|then))"
_VERB = (
    r"\s(?:ist|war|wurde|bleibt|heißt|is|was|remains)\s"
    r"(?:(?:seit|since|von|from|ab|in|im|jetzt|currently|now|weiterhin|erneut)\s?(?:\d{4}\s)?)?"
)
_FOLLOWS_DIRECT = re.compile(
    rf"(?:{_TIME})?\s?(?:\((?:CDU|SPD|FDP|parteilos|Grüne|Bündnis\s90/Die\sGrünen)\))?\s"
)
_NOW = (
    r"(?:(?:at present|at the moment|currently|now|today|namely"
    r"|derzeit|zurzeit|aktuell|heute|gegenwärtig|nämlich)\s)?"
)
_FOLLOWS_MARK = re.compile(rf"(?:{_TIME})?(?:,|:|\s–|\s-|\s\()\s?{_NOW}")
_FOLLOWS_PLACE = re.compile(rf"{_PLACE}{_TIME}?(?P<mark>,|:|\s–|\s-|\s\()?\s?{_TIME}?\s?")
_FOLLOWS_VERB = re.compile(rf"(?:{_PLACE})?{_VERB}")

_BANNED = re.compile(
    r"\b(?:und|and|with|mit|met|bei|beim|wife|husband|secretary|chief|für|gegen|against|for|to|an|Büro|office|nicht|not|never"
    r"|sowie|or|oder|thanked|told|asked|on behalf|dankte|begrüßte|traf|besuchte|lud|überreichte"
    r"|gegenüber|vor|von"
    r"|(?:Vertreter|Stellvertreter|Sprecher|Referent|Mitarbeiter)(?:in)?|deputy of"
    r"|Frau|Mann|Sohn|Tochter|Gattin|Witwe"
    r"|son|daughter|widow|spokesman|spokeswoman|representative|assistant|adviser|Kandidat|Kandidatin)\b"
)
_PARTY = r"(?:\s?\([\w\s.,/-]{1,25}\)|\s?/[A-ZÄÖÜ][\w\s./]{1,24})?"
_PRECEDES_MARK = re.compile(rf"{_PARTY}(?:,|\s\(|\s–|\s-|/|\s/|:)\s?(?P<fill>[^,;:.()!?\n\t]{{0,60}}?)")
_PRECEDES_VERB = re.compile(
    r"\s(?:ist|war|wurde|is|was|became|has been|served as|als|as)\s(?P<fill>[^,;:.()!?\n\t]{0,40}?)"
)
_LED = re.compile(
    r",?\s(?:who\s)?(?:has\s)?(?:led|leads|headed|heads|governed|governs|runs|ran)\s(?P<fill>[^,;:.()!?\n\t]{0,40}?)\bas\s"
)


def follows(gap: str) -> int:
    """Return how an office is bound to the name that stands ``gap`` after it.

    Returns:
        3 with nothing but a space between, 2 with a place or a verb, 1 with a mark, 0 not at all.
        A bond of 1 needs a name of two words.
    """
    if _FOLLOWS_DIRECT.fullmatch(gap):
        return 3
    if _FOLLOWS_PLACE.fullmatch(gap) or _FOLLOWS_VERB.fullmatch(gap):
        return 2
    return 1 if _FOLLOWS_MARK.fullmatch(gap) else 0


def _fill_ok(fill: str) -> bool:
    words = fill.split()
    if len(words) > 8 or _BANNED.search(fill):
        return False
    capitals = [w for w in words if w[0].isupper() and not re.search(r"['’]s$|s['’]$|s$", w)]
    return len(capitals) <= 1


def precedes(gap: str) -> int:
    """Return how a name is bound to the office that stands ``gap`` after it: 2 a mark, 1 a verb, 0 not."""
    if _LED.fullmatch(gap):
        return 2
    if (match := _PRECEDES_MARK.fullmatch(gap)) and _fill_ok(match.group("fill")):
        return 2
    if (match := _PRECEDES_VERB.fullmatch(gap)) and _fill_ok(match.group("fill")):
        return 1
    return 0
