"""How a person's name looks: capitalised words, initials and particles, without titles.

Purely of the writing; what stands around a name (an office, a title) is looked at in ``persons``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipeline.lexicon import LANGUAGES, all_words, load, one_of

_WORD = re.compile(r"[^\W\d_]+(?:[-‑'’][^\W\d_]+)*")
_INITIAL = re.compile(r"[^\W\d_]\.(?:-?[^\W\d_]\.){0,2}(?=\s?[^\W\d_])")
_POSSESSIVE = re.compile(r"['’]s$")
# Louis d'Estaing, Micheál Ó hUiginn; Josef „Sepp“ Brandl.
_ELIDED = re.compile(r"(?:[dl]['’]|h)[^\W\d_a-zäöüß]")
_NICKNAME = re.compile(r"""["“„'‘(][^\W\d_]{2,12}["”“'’)]\s(?=[^\W\d_])""")
_PARTICLES = ("De", "Le", "La", "Van", "Von", "Di", "Du", "Del", "Della")
_MOST_WORDS = 5
# A line of no fewer characters is wrapped: a name may go on in the next.
_WRAPPED = 55


class Span(NamedTuple):
    """A name in the text: offsets, and its words (particles included)."""

    start: int
    end: int
    words: tuple[str, ...]


@cache
def _given() -> dict[str, frozenset[str]]:
    """Return the languages of each given name, by its form in lower case."""
    names: dict[str, set[str]] = {}
    for file in LANGUAGES:
        for lang, words in load(file, "names")["given"].items():
            for word in words.split():
                names.setdefault(word.lower(), set()).add(lang)
    return {name: frozenset(langs) for name, langs in names.items()}


def given_in(word: str) -> frozenset[str]:
    """Return the languages where a word, or the first part of a double one, is a given name."""
    return _given().get(word.lower()) or _given().get(word.lower().split("-")[0]) or frozenset()


def _words_of(key: str) -> frozenset[str]:
    return all_words("titles", key)


@cache
def _honours() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{one_of(_words_of('honours'))})(?![^\W_])\s)+")


def is_given(word: str) -> bool:
    """Whether a word is a known given name (of a double name its first part, of a longer one all parts)."""
    known = _given()
    word = word.lower()
    if word in known or "-" not in word:
        return word in known
    parts = word.split("-")
    whole = all(part in known for part in parts)
    return whole or (len(parts) == 2 and parts[0] in known and not names_house(word))


@cache
def _houses() -> tuple[tuple[str, ...], frozenset[str]]:
    endings = load("de", "titles")["houses"]
    return tuple(w for w in endings if len(w) > 4), frozenset([*endings, *load("en", "titles")["houses"]])


def names_house(word: str) -> bool:
    """Whether the name beside (or before, in a compound) this word is one of a school, street or prize."""
    endings, words = _houses()
    low = word.lower().rstrip(".")
    return low.split("-")[-1] in words or low.endswith(endings)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(w for lang in LANGUAGES for w in load(lang, "clean_stopwords")["words"].split())


def is_function_word(word: str) -> bool:
    """Whether a word is an article, a preposition or the like, of whatever case."""
    return word.lower() in _function_words()


def is_month(word: str) -> bool:
    """Whether a surname or first name is a month's name as well."""
    return word in _words_of("months")


def is_name_word(word: str) -> bool:
    """Whether a word can be part of a name: capitalised, no abbreviation, no common word."""
    if not word[:1].isupper() or _POSSESSIVE.sub("", word) in _words_of("not_names"):
        return False
    return (len(word) > 1 or word == "Ó") and not (word.isupper() and 1 < len(word) <= 4)


def skip_honours(text: str, pos: int, end: int) -> int:
    """Return the position after titles such as "Dr." or "Sir" at ``pos``."""
    match = _honours().match(text, pos, end)
    if match is None:
        return pos
    last = match.group().split()[-1]
    if is_given(last):  # Don Antonio Ruiz; but Don Miller
        name = _WORD.match(text, match.end(), end)
        if name is None or not is_given(name.group()):
            return match.end() - len(last) - 1
    return match.end()


def _initial(text: str, pos: int, end: int) -> int:
    """Return the end of an initial (R., J.P., H.-P.) at ``pos``, or ``pos``."""
    match = _INITIAL.match(text, pos, end)
    return match.end() if match and text[pos].isupper() else pos


def starts_name(text: str, pos: int, end: int) -> bool:
    """Whether a name can start at ``pos`` (after titles)."""
    if pos >= end:
        return False
    pos = skip_honours(text, pos, end)
    if _initial(text, pos, end) > pos:
        return True
    match = _WORD.match(text, pos, end)
    return match is not None and is_name_word(match.group())


def read_name(
    text: str,
    pos: int,
    end: int,
    lang: str,
    cuts: frozenset[int] = frozenset(),
    *,
    titled: bool = False,
    whole: bool = False,
    office: bool = False,
) -> Span | None:
    """Read the name that starts at ``pos``, after its titles.

    Args:
        text: The document's text.
        pos: Where to start.
        end: Where to stop at the latest.
        lang: Language of the block; German nouns are capitalised, so German names end sooner.
        cuts: Starts of place names, which end a name of two words or more.
        titled: Whether a title stands before, after which a name may open with a particle (Frau van Dyck).
        whole: Whether nothing but the name can stand there, so that a German one may be as long as others.
        office: Whether an office or a title stands right before, so that a common noun may be a surname.

    Returns:
        The span without titles and without a possessive ending, or None.
    """
    pos = skip_honours(text, pos, end)
    parts: list[tuple[int, int, str]] = []
    particles, after_von = _words_of("particles"), _words_of("after_von")
    p = pos
    while p < end and len(parts) < _MOST_WORDS + 2:
        stop = _initial(text, p, end)
        if stop > p:
            parts.append((p, stop, text[p:stop]))
            p = stop + 1 if text[stop : stop + 1].isspace() else stop
            continue
        nick = _NICKNAME.match(text, p, end) if len(parts) == 1 and is_given(parts[0][2]) else None
        p = nick.end() if nick else p
        match = _WORD.match(text, p, end)
        if match is None:
            break
        word = match.group()
        if parts and _ELIDED.match(word):
            pass
        elif word in particles and _may_open(text, match, end, titled, bool(parts)):
            if _is_origin(parts, match.end() + 1, cuts):
                break
            if word in ("von", "vom") and len(_solid(parts)) >= 2 and not is_given(parts[-1][2]):
                break
        elif word in after_von and parts and parts[-1][2] in ("von", "van", "und"):
            pass
        elif (
            not is_name_word(word)
            and not _month_as_name(text, match, end, bool(parts) or titled)
            and not _surname_too(text, match, end, parts, lang if office else "")
            and not _given_too(text, match, end, parts, lang)
        ) or (p in cuts and len(_solid(parts)) >= 2):
            break
        parts.append((match.start(), match.end(), word))
        if not _goes_on(text, match.end()) or _POSSESSIVE.search(word):
            break
        p = match.end() + 1
    return _trim(parts, "" if whole else lang, text, end)


def _goes_on(text: str, at: int) -> bool:
    """Whether a space stands at ``at``, or the break of a line that was wrapped for its length."""
    return text[at : at + 1] == " " or (
        text[at : at + 1] == "\n" and at - text.rfind("\n", max(0, at - _WRAPPED), at) > _WRAPPED
    )


def _may_open(text: str, match: re.Match[str], end: int, titled: bool, inside: bool) -> bool:
    """Whether a particle is part of a name: inside one before a capital, or opening one (van der Laan)."""
    following = _WORD.match(text, match.end() + 1, end)
    if following is None:
        return False
    double = following.group() in _words_of("after_von")
    opens = match.group() in ("von", "van") and double
    if not inside and not opens and not (titled and match.group() in ("von", "van", "de")):
        return False
    if not double:
        return following.group()[0].isupper()
    surname = _WORD.match(text, following.end() + 1, end)
    return match.group() in ("von", "van", "vom") and surname is not None and is_name_word(surname.group())


def _month_as_name(text: str, match: re.Match[str], end: int, inside: bool) -> bool:
    """Whether a word such as August or June is a name: a first name before another, or a surname."""
    if inside:  # Cllr Diann March; but not "Anna Weber March 2019"
        return (
            is_month(match.group())
            and re.match(r"\s?\d", text[match.end() : min(end, match.end() + 3)]) is None
        )
    following = _WORD.match(text, match.end() + 1, end)
    given = is_given(match.group()) and is_month(match.group())
    return given and following is not None and is_name_word(following.group())


def _surname_too(
    text: str, match: re.Match[str], end: int, parts: list[tuple[int, int, str]], lang: str
) -> bool:
    """Whether a common noun is a surname: a lone given name stands before it, no noun behind it.

    ``lang`` is the language of the passage where an office stands before: there German nouns of any kind are.
    """
    word = match.group()
    noun = (
        lang == "de"
        and len(word) > 3
        and word in load("de", "titles")["not_names"]
        and not is_function_word(word)
    )
    if len(parts) != 1 or not is_given(parts[0][2]) or not (noun or word in _words_of("surnames_too")):
        return False
    following = _WORD.match(text, match.end() + 1, end)
    return text[match.end() : match.end() + 1] != " " or following is None or following.group()[0].islower()


def _given_too(
    text: str, match: re.Match[str], end: int, parts: list[tuple[int, int, str]], lang: str
) -> bool:
    """Whether a word that ends names of another language opens one: Des Walsh, German Hacker."""
    if parts or match.group() not in load(lang, "titles")["given_too"]:
        return False
    following = _WORD.match(text, match.end() + 1, end)
    return following is not None and is_name_word(following.group())


def _name_before(text: str, start: int, parts: list[tuple[int, int, str]]) -> bool:
    """Whether the word at ``start`` is a month's name borne by a person: August Seeling, Mayor."""
    match = _WORD.match(text, start)
    return match is not None and is_given(match.group()) and match.group()[0].isupper() and len(parts) == 1


def _is_origin(parts: list[tuple[int, int, str]], following: int, cuts: frozenset[int]) -> bool:
    """Whether "von Besançon" tells where somebody is from, and is no part of the name."""
    return following in cuts and (len(_solid(parts)) >= 2 or not (parts and is_given(parts[0][2])))


def _solid(parts: list[tuple[int, int, str]]) -> list[str]:
    return [word for _, _, word in parts if word[0].isupper()]


def _trim(parts: list[tuple[int, int, str]], lang: str, text: str, end: int) -> Span | None:
    """Cut a run of words down to what is a name.

    A German name ends after two words unless something shows that it goes on, for nouns are
    capitalised; so does an English one in a headline that capitalises every word.
    """
    most = 2 if lang == "de" or _is_headline(parts, text, end) else 4
    kept: list[tuple[int, int, str]] = []
    solid = 0
    for number, (start, stop, word) in enumerate(parts):
        if word[0].isupper():
            if solid >= most and not (_carries_on(parts, number) or _opens_latin(parts, number)):
                break
            if "." not in word and not _opens_surname(parts, number):
                solid += 1
        kept.append((start, stop, word))
    while kept and (
        (kept[-1][2][0].islower() and not _ELIDED.match(kept[-1][2]))
        or kept[-1][2].endswith(".")
        or _dangles(kept)
    ):
        kept.pop()
    if not kept:
        return None
    start, stop, last = kept[-1]
    bare = _POSSESSIVE.sub("", last)
    kept[-1] = (start, stop - (len(last) - len(bare)), bare)
    return Span(kept[0][0], kept[-1][1], tuple(word for _, _, word in kept))


def _opens_surname(parts: list[tuple[int, int, str]], number: int) -> bool:
    """Whether a word is the capital particle of a surname: Piet De Smet, Yann Le Bihan."""
    low = parts[number][2].lower()
    return 0 < number < len(parts) - 1 and low in _words_of("particles") | _words_of("capital_particles")


def _opens_latin(parts: list[tuple[int, int, str]], number: int) -> bool:
    """Whether a word is a particle of two words' surname at the end: Alberto Felice De Toni."""
    return number == len(parts) - 2 and parts[number][2] in _PARTICLES


def _dangles(kept: list[tuple[int, int, str]]) -> bool:
    """Whether a name ends in a capital particle, so that its surname is missing: Piet De."""
    return len(kept) > 1 and kept[-1][2] in _PARTICLES


def _is_headline(parts: list[tuple[int, int, str]], text: str, end: int) -> bool:
    if len(_solid(parts)) < 3:
        return False
    following = _WORD.match(text, parts[-1][1] + 1, end)
    return (
        text[parts[-1][1] : parts[-1][1] + 1] == " "
        and following is not None
        and following.group()[0].isupper()
    )


def _carries_on(parts: list[tuple[int, int, str]], number: int) -> bool:
    """Whether a German name of two words goes on: after a given name, a particle, a foreign letter."""
    before = parts[number - 1][2]
    if before[0].islower() or before.endswith(".") or _opens_surname(parts, number - 1):
        return True
    foreign = any(
        ch.isalpha() and ch not in "äöüÄÖÜß" and ord(ch) > 127 for _, _, w in parts[: number + 1] for ch in w
    )
    if (
        number == 2 and is_given(before) and is_given(parts[0][2])
    ):  # Jan Edo Albers; but not Wilhelm Pip Zeuge
        return foreign or bool(given_in(parts[0][2]) & given_in(before))
    return number <= 3 and (is_given(before) or foreign)


def _opening_particle(text: str, low: int, part: tuple[int, int, str], titles: frozenset[str]) -> bool:
    """Whether a particle opens a name: Frau von Dyck; but not "der Rat von Adorf"."""
    before = re.search(r"([^\W\d_]+\.?)\s$", text[low : part[0]])
    return part[2] in ("von", "van", "de") and (before is None or before.group(1) in titles)


def read_back(text: str, low: int, pos: int, lang: str) -> Span | None:
    """Read the name of two words or more that ends at ``pos``.

    Args:
        text: The document's text.
        low: Where the name starts at the earliest.
        pos: Where it ends.
        lang: Language of the block.
    """
    particles, after_von = _words_of("particles"), _words_of("after_von")
    window = max(low, pos - 70)
    tokens = [
        (m.start(), m.end(), m.group())
        for m in re.finditer(r"[^\W\d_]\.|[^\W\d_]+(?:[-‑'’][^\W\d_]+)*", text[window:pos])
    ]
    parts: list[tuple[int, int, str]] = []
    right = pos
    for start, stop, word in reversed(tokens):
        start, stop = start + window, stop + window
        gap = text[stop:right]
        if gap not in ("", " ") or (gap == "" and right != pos and not word.endswith(".")):
            break
        linked = word in after_von and re.search(r"\b(?:von|van|auf)\s$", text[window:start]) is not None
        initial = word.endswith(".") and word[0].isupper()
        given = re.search(r"([^\W\d_]+)\s$", text[window:start])
        surname = not parts and word in _words_of("surnames_too") and given and is_given(given.group(1))
        if not (
            surname
            or is_name_word(word)
            or word in particles
            or linked
            or initial
            or (parts and _name_before(text, start, parts))
        ):
            break
        parts.insert(0, (start, stop, word))
        right = start
    titles = _words_of("titles") | _words_of("honours")
    while len(parts) > 1 and parts[0][2] in titles:  # Mme Y. Le Goff
        parts.pop(0)
    while parts and parts[0][2][0].islower() and not _opening_particle(text, window, parts[0], titles):
        parts.pop(0)
    while (
        len(_solid(parts)) > 2
        and not is_given(parts[0][2])
        and not parts[0][2].endswith(".")
        and (is_given(parts[1][2]) or (lang == "de" and not parts[1][2][0].islower()))
    ):
        parts.pop(0)
    if len(_solid(parts)) < 2 or parts[-1][2].endswith("."):
        return None
    return Span(parts[0][0], parts[-1][1], tuple(word for _, _, word in parts))
