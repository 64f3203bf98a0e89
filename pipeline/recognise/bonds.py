"""The words that may stand between an office and the person who holds it.

``follows`` reads what stands between an office and the name after it ("Mayor *of Boston* Anne
Dorrian"), ``precedes`` what stands between a name and the office after it ("Sören Link*, *
Oberbürgermeister"). Both say how strong the bond is, 0 for none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import all_words, any_of, one_of

_CAPS = r"(?:[A-ZÀ-ÖØ-ÞĀ-Žİ][\w'’.‑-]{1,30})"
_PARTY = r"(?:\s?\([\w\s.,/–-]{1,25}\)|\s?/[A-ZÄÖÜ][\w\s./]{1,24})?"
# What may open a block before the name of who signs it: a title, "Ihr".
_OPENS = re.compile(r"(?:[^\W\d_]{1,5}\.?\s){0,2}")
# Behind a name: John Brown, Jr., who was mayor.
_SUFFIX = re.compile(
    r"^,?\s(?:(?:Jr|Sr|jun|sen|II|III|IV)\.?(?=[,\s])|(?:himself|herself|selbst|persönlich)(?=,\s))"
)
_FILL = r"[^,;:.()!?\n\t]"


def _one(key: str) -> str:
    return any_of("bonds", key)


@dataclass(frozen=True)
class _Patterns:
    """The patterns for what stands after an office, up to the name, and after a name, up to the office."""

    direct: re.Pattern[str]
    mark: re.Pattern[str]
    also: re.Pattern[str]
    place: re.Pattern[str]
    verb: re.Pattern[str]
    banned: re.Pattern[str]
    title: re.Pattern[str]
    takes: re.Pattern[str]
    led: re.Pattern[str]
    years: re.Pattern[str]
    once: re.Pattern[str]
    was: re.Pattern[str]
    still: re.Pattern[str]
    closes: re.Pattern[str]
    consort: re.Pattern[str]
    portfolio: re.Pattern[str]
    post: re.Pattern[str]
    who: re.Pattern[str]
    relative: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    inside = rf"\s{_one('place_inside')}\s{_CAPS}"
    endings = one_of(all_words("bonds", "place_fill_endings"))
    fill = rf"(?:(?:{_one('place_fill')}|[a-zäöü]{{2,20}}(?:{endings}))\s){{0,2}}(?:{_one('place_nouns')}\s)?"
    name = rf"{_CAPS}(?:{inside}|[\s/]{_CAPS}){{0,3}}"
    place = (
        rf"\s(?:{_one('place_before')}\s{fill}{name}(?:,\s{_CAPS}(?:\s{_CAPS})?|\s\([^()\n]{{2,30}}\))?"
        rf"|(?:of\s)?{_one('both')})"
    )
    years = one_of(all_words("bonds", "years")).replace("%s", r"\d{4}").replace(r"/\d{4}", r"/\d{2,4}")
    then = rf"(?:\s(?:{_one('then')}|{years}))"
    since = rf"(?:\s{_one('since')}\s(?:[\w.]{{1,12}}\s?){{1,3}})"
    mark = r"(?:,|:|\s–|\s-|\s\()"
    called = rf"(?:{_one('called')}\s)?(?:{_one('now')}\s)?"
    when = rf"(?:{_one('adverbs')}|{years}|{_one('since')}\s?\d{{4}}|{_one('since')})"
    verb = rf"\s{_one('verbs')}\s(?:{when}\s){{0,2}}{called}"
    # A town that only a noun stands for: "of the amalgamated city", "of our twin town"
    unnamed = rf"\s{_one('place_before')}\s(?:[a-zäöüß-]{{2,20}}\s){{0,3}}{_one('place_alone')}"
    function = rf"(?:{_one('function_leads')}\s)?[^\W_]*{_one('functions')}"
    takes = rf"\s{_one('takes')}\s(?P<fill>{_FILL}{{0,40}}?)"
    term = rf"['’]s?\s(?P<fill2>[a-zäöüß\s-]{{0,25}}?)\b{_one('term')}\sas\s(?:the\s)?"
    return _Patterns(
        re.compile(rf"{then}?\s?(?:\([^(){{}}\n]{{1,40}}\))?\s"),
        re.compile(rf"(?:{unnamed})?(?:{then}|{since})?{mark}\s?{called}"),
        re.compile(rf"\s(?:und|and|sowie|&)\s{function}\s"),
        re.compile(rf"{then}?{place}{then}?(?P<mark>,|:|\s–|\s-|\s\()?{then}?\s?{called}"),
        re.compile(rf"(?:{place}|{unnamed})?(?:{then}|{since})?{verb}"),
        re.compile(rf"\b{_one('banned')}\b"),
        re.compile(
            rf"{_PARTY}(?:,\s(?P<first>{_FILL}{{1,30}}))?(?:,|\s\(|\s–|\s-|/|\s/|:)\s?(?P<fill>{_FILL}{{0,60}}?)"
        ),
        re.compile(rf"{takes}|{term}"),
        re.compile(rf",?\s(?:who\s)?(?:has\s)?{_one('led')}\s(?P<fill>{_FILL}{{0,40}}?)\bas\s"),
        re.compile(rf"(?<![^\W_])(?:{years})\s"),
        re.compile(rf",\s(?:[^\W_]{{2,12}}\s){{1,2}}{_one('once')}\s(?:the\s|der\s|die\s|a\s)?"),
        re.compile(rf"(?<![^\W_]){_one('was')}\s(?:{_one('still')}\s)?$"),
        re.compile(rf"\s(?:{_one('still')}\s){{0,2}}"),
        re.compile(rf"(?:\s[^,;.:]{{2,40}})?\s{_one('was')}(?![^\W_])"),
        re.compile(rf"\s(?:and|und|&|mit)\s{_one('consorts')}(?![^\W_])"),
        re.compile(rf"^\s{_one('portfolio')}\s{_FILL}{{3,60}}(?=,\s)"),
        re.compile(rf"(?<![^\W_]){_one('post')}\s$"),
        re.compile(rf",\s{_one('who')}\s(?:{_one('about_fill')}\s){{0,2}}"),
        re.compile(
            rf",\s(?:der|die)\s(?:(?:{_one('still')}|{_one('about_fill')}|{_one('since')}\s\d{{4}}|bis\s\d{{4}}|{years})\s){{0,2}}"
        ),
    )


def follows(gap: str) -> int:
    """Return how an office is bound to the name that stands ``gap`` after it.

    Returns:
        3 with nothing but a space between, 2 with a place or a verb, 1 with a mark, 0 not at all.
        A bond of 1 needs a name of two words.
    """
    patterns = _patterns()
    gap = patterns.portfolio.sub("", patterns.consort.sub("", gap))
    if patterns.direct.fullmatch(gap):
        return 3
    if any(p.fullmatch(gap) for p in (patterns.place, patterns.verb, patterns.also)):
        return 2
    return 1 if patterns.mark.fullmatch(gap) else 0


def _fill_ok(fill: str | None) -> bool:
    words = (fill or "").split()
    if len(words) > 8 or _patterns().banned.search(fill or ""):
        return False
    capitals = [w for w in words if w[0].isupper() and not re.search(r"['’]s$|s['’]$|s$", w)]
    return len(capitals) <= 1


def precedes(gap: str) -> int:
    """Return how a name is bound to the office that stands ``gap`` after it: 2 a mark, 1 a verb, 0 not."""
    patterns = _patterns()
    gap = patterns.years.sub("", _SUFFIX.sub("", gap))
    if any(p.fullmatch(gap) for p in (patterns.led, patterns.once, patterns.who)):
        return 2
    match = patterns.title.fullmatch(patterns.post.sub("", gap))
    if match and _fill_ok(match.group("first")) and _fill_ok(match.group("fill")):
        return 2
    match = patterns.takes.fullmatch(gap)
    return 1 if match and _fill_ok(match.group("fill")) else 0


def may_enclose(gap: str) -> bool:
    """Whether a verb may tie a name to the office ``gap`` after it: Jan Voss noch Bürgermeister."""
    patterns = _patterns()
    return patterns.still.fullmatch(gap) is not None or patterns.relative.fullmatch(gap) is not None


def encloses(before: str, gap: str, after: str) -> bool:
    """Whether a German verb ties a name to the office behind it, or a signature does.

    "Da war Jan Voss noch Bürgermeister", "Ihr Jan Voss Bürgermeister".

    Args:
        before: What stands before the name.
        gap: What stands between name and office.
        after: What stands behind the office.
    """
    patterns = _patterns()
    if gap == " " and _OPENS.fullmatch(before):  # two lines of a signature
        return True
    if patterns.relative.fullmatch(gap):  # Jan Voss, der damals Bürgermeister war
        return patterns.closes.match(after) is not None
    around = patterns.was.search(before) or patterns.closes.match(after)
    return may_enclose(gap) and around is not None
