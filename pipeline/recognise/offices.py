"""Offices: the titles of heads of municipalities, of their deputies, and words for a counterpart.

A mention spans the title with the small words that belong to it ("der frühere Oberbürgermeister"
without its article). Compounds (Bürgermeisteramt), possessives (the Mayor's diary), candidacies and
persons *named* Mayor are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pipeline.lexicon import LANGUAGES, load, one_of
from pipeline.model import Block, Document, OfficeMention, Role
from pipeline.recognise.names import is_given, starts_name

_ENDINGS = {
    "person": r"(?P<end>(?:[*:_/]-?|-)?[iI]n(?:nen)?|en|n|s)?",
    "plain": r"(?P<end>s|n)?",
    "short": r"(?P<end>\.?(?:in|s)?)",
    "english": r"(?P<end>s)?",
}
# A hyphen after the word makes it the first part of a compound (Bürgermeister-Wahl).
_AFTER = r"(?![^\W_])(?!-[^\W\d_])"
_LOOK_BACK = 60
# A line of a text in easy language, where each sentence has its own.
_LINE = 120
# A title may open so long before the word that gives it away (stellvertretender Ober|bürgermeister).
_LONGEST_LEAD = 48
# A page that names a fire brigade or its ranks so often is about one.
_OFTEN = 5
_STARTS = re.compile(r"(?<![^\W_])(?=[^\W_])")


@dataclass(frozen=True, slots=True)
class _Kind:
    role: Role
    lang: str
    before_name: bool
    plural: bool


@cache
def _offices() -> tuple[re.Pattern[str], tuple[_Kind, ...]]:
    """Return one pattern for all offices; the group ``kN`` tells the kind."""
    entries: list[tuple[str, str, _Kind]] = []
    for lang in LANGUAGES:
        for office in load(lang, "offices")["office"]:
            kind = _Kind(
                Role(office["role"]), lang, *(bool(office.get(k)) for k in ("before_name", "plural"))
            )
            entries += [(name, office["endings"], kind) for name in office["names"]]
    entries.sort(key=lambda entry: (-len(entry[0]), entry[0]))
    parts: list[str] = []
    prefixes = "|".join(
        re.escape(p) for lang in LANGUAGES for p in load(lang, "offices")["modifiers"]["former_prefix"]
    )
    for number, (name, endings, kind) in enumerate(entries):
        body = re.escape(name).replace(r"\ ", r"\s")
        ending = _ENDINGS[endings].replace("?P<end>", f"?P<e{number}>")
        parts.append(f"(?P<k{number}>{body if kind.before_name else f'(?i:{body})'}{ending})")
    parties = (p for lang in LANGUAGES for p in load(lang, "offices")["modifiers"]["parties"])
    opens = "|".join(["(?<![^\\W\\d_]-)", *(f"(?<={re.escape(p)}-)" for p in parties)])
    pattern = re.compile(rf"(?<![^\W_])(?:{opens})(?P<former>(?i:{prefixes}))?(?:{'|'.join(parts)}){_AFTER}")
    return pattern, tuple(kind for _, _, kind in entries)


@cache
def _stems() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return strings of which every office holds one: in lower case, and those whose case counts.

    Looking for them is far cheaper than the pattern.
    """
    offices = [office for lang in LANGUAGES for office in load(lang, "offices")["office"]]
    short = tuple(name for office in offices if office.get("before_name") for name in office["names"])
    long = {name.lower() for office in offices if not office.get("before_name") for name in office["names"]}
    names = sorted(long, key=lambda n: (len(n), n))
    stems: list[str] = []
    for name in names:
        if not any(stem in name for stem in stems):
            stems.append(name)
    return tuple(stems), short


@cache
def _modifiers() -> dict[str, tuple[str, ...]]:
    """Return the small words before an office: word -> the properties it gives."""
    found: dict[str, tuple[str, ...]] = {}
    for lang in LANGUAGES:
        data: dict[str, Any] = load(lang, "offices")["modifiers"]
        for key in ("deputy", "first", "former", "neutral"):
            for word in data[key]:
                found[word] = (*found.get(word, ()), key)
    return found


@cache
def _vetoes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    before = [w for lang in LANGUAGES for w in load(lang, "offices")["not_before"]["words"]]
    after = load("en", "offices")["not_after"]["words"]
    return (
        re.compile(
            rf"(?<!\w)(?:{'|'.join(map(re.escape, before))})\s(?:the\s|a\s|der\s|des\s|zum\s)?$",
            re.IGNORECASE,
        ),
        re.compile(rf"\s?(?:{'|'.join(map(re.escape, after))})(?!\w)"),
    )


@cache
def _ranks() -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the short titles that are ranks of a fire brigade as well, and the words that speak of one."""
    data = load("de", "offices")["ranks"]
    return frozenset(data["names"]), re.compile(rf"(?:{'|'.join(map(re.escape, data['words']))})")


def _of_brigade(text: str, low: int, high: int) -> bool:
    """Whether a passage, or the page again and again, speaks of a fire brigade."""
    words = _ranks()[1]
    return words.search(text, low, high) is not None or len(words.findall(text)) >= _OFTEN


@cache
def _counterparts() -> re.Pattern[str]:
    german = load("de", "offices")["counterpart"]
    stems = "|".join(german["names"])
    whole = "|".join(german["whole"])
    mine = "|".join(german["possessives"])
    abroad = load("en", "offices")["counterpart"]
    english = "|".join(map(re.escape, abroad["names"]))
    bare = "|".join(abroad["bare"])
    theirs = "|".join(abroad["possessives"])
    deputies, owners = (one_of([*german[key], *abroad[key]]) for key in ("deputies", "possessives"))
    return re.compile(
        rf"(?P<mine>(?<!\w)(?i:{mine})\s(?:(?:[a-zäöüß]{{3,20}}|[A-ZÄÖÜ][a-zäöüß-]{{2,25}}er)\s)?)?(?<!\w)"
        rf"(?:(?P<word>(?:{stems})(?P<end>e|en|in|innen))|(?P<whole>{whole}))(?!\w)"
        rf"|(?<!\w)(?P<en>{english})(?P<ens>s)?(?!\w)"
        rf"|(?P<their>(?<!\w)(?i:{theirs})\s(?:[A-Z][\w’'-]{{2,25}}\s)?)(?P<bare>{bare})(?P<bares>s)?(?!\w)"
        rf"|(?<!\w)(?i:{owners})\s(?P<deputy>{deputies})(?!\w)"
    )


@cache
def _counterpart_stems() -> tuple[str, ...]:
    data = [load(lang, "offices")["counterpart"] for lang in LANGUAGES]
    words = [w for entry in data for w in entry["names"]]
    words += [w for entry in data for key in ("bare", "deputies", "whole") for w in entry.get(key, ())]
    return tuple(w.lower() for w in words)


def _words_before(text: str, start: int, low: int) -> tuple[int, set[str]]:
    """Return where the modifiers before an office begin, and what they say."""
    found: set[str] = set()
    modifiers = _modifiers()
    while True:
        match = re.search(
            r"(?<![^\W_])([^\W_][^\s,;()]{0,24}?)(?:\s|(?<=-))$", text[max(low, start - _LOOK_BACK) : start]
        )
        if match is None:
            return start, found
        word = match.group(1)
        keys = modifiers.get(word) or modifiers.get(word.lower()) or modifiers.get(word.rstrip("-").lower())
        if not keys:
            return start, found
        found.update(keys)
        start = max(low, start - _LOOK_BACK) + match.start(1)


@cache
def _retired() -> tuple[str, ...]:
    words = (w for lang in LANGUAGES for w in load(lang, "offices")["modifiers"]["former_after"])
    return tuple(sorted(words, key=lambda w: (-len(w), w)))  # "a.D." before "a.D"


def _after_words(text: str, end: int, high: int) -> tuple[int, bool]:
    """Return the end of an office with its "a. D.", and whether there is one."""
    for word in _retired():
        if text.startswith(word, end + 1, high) and text[end : end + 1].isspace():
            return end + 1 + len(word), True
    return end, False


def _is_surname(text: str, start: int, end: int, low: int, high: int) -> bool:
    """Whether a capitalised Mayor is somebody's surname: Oscar Mayor, 81; Mr. Alan Mayor."""
    if not text[start].isupper() or starts_name(text, end + 1, high):
        return False
    before = re.search(r"([^\W\d_]+)\.?\s$", text[max(low, start - 30) : start])
    return before is not None and before.group(1)[0].isupper() and is_given(before.group(1))


@cache
def _plurals() -> tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...], re.Pattern[str]]:
    data = [load(lang, "offices")["plurals"] for lang in LANGUAGES]
    words, both, verbs = (
        one_of(w for entry in data for w in entry[key]) for key in ("words", "both", "verbs")
    )
    endings = tuple(e for entry in data for e in entry["endings"])
    return (
        re.compile(rf"(?<!\w)(?:{words})\s$"),
        re.compile(rf"(?:{both})\s"),
        endings,
        re.compile(rf"\s(?:{verbs})(?!\w)"),
    )


def _plural(text: str, low: int, start: int, stop: int, end: str, kind: _Kind) -> bool:
    before, _, endings, verbs = _plurals()
    if kind.plural or end in endings or end.endswith("nnen"):
        return True
    if kind.lang == "en":
        return end == "s"
    if end and end != "en":
        return end == "s" and kind.before_name
    return (
        verbs.match(text, stop) is not None
        or before.search(text[max(low, start - 30) : start].lower()) is not None
    )


def _spots(text: str) -> list[int]:
    """Return where the stems of offices stand in a text, in order."""
    anywhere, short = _stems()
    lowered = text.lower()
    if len(lowered) != len(text):  # one capital becomes two letters (İ)
        lowered = "".join(letter.lower()[:1] for letter in text)
    spots = {at for stem in anywhere for at in _occurrences(lowered, stem)}
    return sorted(spots | {at for stem in short for at in _occurrences(text, stem)})


def _matches(text: str, low: int, high: int, spots: list[int]) -> Iterator[re.Match[str]]:
    """Yield the titles of office in a stretch of text, trying the words before and around each stem."""
    pattern, _ = _offices()
    done = low
    for hit in spots[bisect_left(spots, low) : bisect_left(spots, high)]:
        for start in _STARTS.finditer(text, max(done, hit - _LONGEST_LEAD), hit + 1):
            if match := pattern.match(text, start.start(), high):
                yield match
                done = match.end()
                break


def _occurrences(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _in_block(document: Document, block: Block, spots: list[int], has_lord: bool) -> list[OfficeMention]:
    text, low, high = document.text, block.start, block.end
    _, kinds = _offices()
    not_before, not_after = _vetoes()
    found: list[OfficeMention] = []
    for match in _matches(text, low, high, spots):
        number = next(int(k[1:]) for k, v in match.groupdict().items() if v and k[0] == "k")
        kind, ending = kinds[number], match.group(f"e{number}") or ""
        prefix = match.group("former")
        start, end = match.span()
        if kind.before_name and not starts_name(text, end + 1, high):
            continue
        if kind.before_name and match.group().rstrip(".") in _ranks()[0] and _of_brigade(text, low, high):
            continue  # OBM Voss of the fire brigade
        if kind.lang == "en" and (
            not_after.match(text, end, high) or _is_surname(text, start, end, low, high)
        ):
            continue
        begin, said = _words_before(text, start, low)
        if not_before.search(text, max(low, begin - _LOOK_BACK), begin):
            continue
        role = kind.role
        both = _plurals()[1].search(text[begin:start].lower()) is not None
        plural = both or _plural(text, low, begin, end, ending, kind)
        if "deputy" in said and not (plural and role is Role.LORD_MAYOR):
            role = Role.DEPUTY_MAYOR
        if "first" in said and role is Role.MAYOR and has_lord:
            role = Role.DEPUTY_MAYOR
        end, retired = _after_words(text, end, high)
        former = bool(prefix) or retired or "former" in said
        found.append(OfficeMention(begin, end, role, block.index, former, False, plural))
    return found


def _counterparts_in(document: Document, block: Block, found: list[OfficeMention]) -> list[OfficeMention]:
    text = document.text
    extra: list[OfficeMention] = []
    lowered = text[block.start : block.end].lower()
    if not any(stem in lowered for stem in _counterpart_stems()):
        return []
    for match in _counterparts().finditer(text, block.start, block.end):
        group = next(name for name in ("word", "whole", "en", "bare", "deputy") if match.group(name))
        start, end = match.start(group), match.end()
        before = [o for o in found if o.start < start]
        bare = group in ("bare", "whole") or (group == "word" and not match.group("word").startswith("Amts"))
        if bare and not (
            (match.group("mine") or match.group("their")) and before and before[-1].block == block.index
        ):
            continue
        if group == "deputy":
            lines = block.end - block.start <= _LINE and document.blocks[block.index - 1].kind is block.kind
            near = before and block.index - before[-1].block <= (1 if lines else 0)
            if near and before[-1].role is not Role.DEPUTY_MAYOR:
                extra.append(OfficeMention(start, end, Role.DEPUTY_MAYOR, block.index, False, True, False))
            continue
        suffix = match.group("end") or ""
        mine = (match.group("mine") or "").split()
        plural = (
            suffix == "innen"
            or bool(match.group("ens") or match.group("bares"))
            or (suffix == "en" and bool(mine) and mine[0].lower() in ("seine", "ihre"))
        )
        if not before and not found:
            role = Role.MAYOR
        else:
            role = (before[-1] if before else found[0]).role
        extra.append(OfficeMention(start, end, role, block.index, False, True, plural))
    return extra


def find_offices(document: Document) -> tuple[OfficeMention, ...]:
    """Return the offices that a document names, sorted by start.

    Args:
        document: A cleaned page.

    Returns:
        Mentions of offices and of counterparts; a counterpart has the role of the office named
        last before it, and ``MAYOR`` where there is none.
    """
    has_lord = "berbürgermeister" in document.text
    spots = _spots(document.text)
    found: list[OfficeMention] = []
    for block in document.blocks:
        found += _in_block(document, block, spots, has_lord)
    extra: list[OfficeMention] = []
    for block in document.blocks:
        extra += _counterparts_in(document, block, found)
    taken = sorted([*found, *extra], key=lambda o: (o.start, -o.end))
    result: list[OfficeMention] = []
    for office in taken:
        if result and office.start < result[-1].end:
            continue
        result.append(office)
    return tuple(replace(o) for o in result)
