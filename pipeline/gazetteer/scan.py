"""Names of places and countries in a stretch of text, before anything is linked."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import zip_longest
from typing import NamedTuple

from pipeline.gazetteer import (
    Candidate,
    CountryHit,
    Gazetteer,
    country_code,
    fold,
    match_country,
    units,
    words_opened,
)
from pipeline.gazetteer.bonded import bonded
from pipeline.gazetteer.not_names import abbreviated, dated, initialled, thing_there
from pipeline.gazetteer.partner_regions import is_island, is_partner
from pipeline.gazetteer.shortened import spelled_out_tail
from pipeline.gazetteer.tables import function_words
from pipeline.lexicon import LANGUAGES, all_words, load
from pipeline.model import Place
from pipeline.tokens import Token

MAX_WORDS = 6
LARGE_TOWN = 100_000
KNOWN_TOWN = 3_000
# What counts where GeoNames does not know the population (districts of large cities).
_UNKNOWN = 1_000
# In a sentence, one word that is a place's own name is it from this size on ...
_NAMED_TOWN = 500
# ... but where settlers named villages after persons and things, only behind a word that leads to a place.
_SETTLED = frozenset({"US", "CA", "AU", "NZ", "ZA"})
_KNOWN_SPELLING = 9_000
_ALIKE = 0.6
# A town of this size is known even where its name, another word too, is all that a cell or term holds.
_GERMAN_SPEAKING = frozenset({"DE", "AT", "CH", "LI", "LU"})
_KNOWN_LABEL = 20_000
_SENTENCE_START = frozenset('.!?:;"“”„(–—-*•')


# Between a town and the country or region that it lies in.
LOCATING = ([","], ["("], ["/"], ["in"], ["in", "the"])


class Hit(NamedTuple):
    """A name found: tokens ``first`` to ``last`` (exclusive), and what it may be.

    ``name`` is what to look up: the surface without its genitive. ``country`` is set for the name,
    adjective or region of a country, and empty for a place of the gazetteer.
    """

    first: int
    last: int
    start: int
    end: int
    name: str
    form: str
    country: str = ""
    admin1: str = ""


@cache
def _surroundings(lang: str) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    data = load(lang, "places")
    followed, preceded = frozenset(data["followed"]), frozenset(data["preceded"])
    common = (
        followed
        | preceded
        | frozenset(data["nouns"] + data["town_before"] + data["never"])
        | frozenset(units().before)
    )
    return followed, preceded, frozenset(data["prepositions"]), common


@cache
def _given_names() -> frozenset[str]:
    """Given names, but for those that open a sentence as other words do (Will, May)."""
    names = {
        name
        for lang in LANGUAGES
        for words in load(lang, "names")["given"].values()
        for name in words.split()
    }
    offices = {
        name for lang in LANGUAGES for office in load(lang, "offices")["office"] for name in office["names"]
    }
    return frozenset(name for name in names - offices if fold(name) not in function_words())


def _named_so(tokens: list[Token], first: int, hits: list[Hit]) -> bool:
    """Whether a given name stands before a word, which is a surname then: Jack London, Pat English."""
    at = first - 1
    if at > 0 and tokens[at].text in ("van", "von", "de"):
        at -= 1
    before = tokens[at].text if at >= 0 else ""
    return before in _given_names() and not (hits and hits[-1].last > at)


def possessive(word: str) -> str:
    """Return a word without its possessive mark: Duisburg's."""
    for mark in ("'s", "’s", "´s", "`s"):
        if word.endswith(mark) and len(word) > len(mark) + 2:
            return word[: -len(mark)]
    return word


def _german_genitive(word: str) -> str | None:
    """Return the name in a German genitive, or None: Duisburgs."""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 4 else None


def _vetoed(tokens: list[Token], first: int, last: int, name: str, gazetteer: Gazetteer, lang: str) -> bool:
    """Whether the words beside a name show that it is a street, a club or a person."""
    followed, preceded, prepositions, common = _surroundings(lang)
    if name in common:
        return True
    if last < len(tokens) and tokens[last].text in followed:
        return True
    if lang == "en" and [t.text for t in tokens[last : last + 2]] == ["Borough", "of"]:
        return True  # London Borough of Camden
    before = tokens[first - 1].text if first else ""
    if before in preceded or (before == "." and first > 1 and tokens[first - 2].text in preceded):
        return True
    candidates = gazetteer.candidates(name)
    if not candidates:
        return False
    if lang == "de" and (
        _articled(tokens, first, last, candidates[0].place) or _other_word(name, candidates[0].place)
    ):
        return True
    if _given_first(tokens, first, last, candidates[0].place.population, lang):
        return True
    if lang == "en" and candidates[0].place.population < LARGE_TOWN:
        inside = first > 1 and tokens[first - 2].text not in _SENTENCE_START
        named = (
            before[:1].isupper()
            and len(before) > 2
            and before not in common
            and before.casefold() not in prepositions
            and possessive(before) == before  # Wicklow's Montigny-le-Bretonneux
        )
        unit = candidates[0].place.feature != "city" or _unit_follows(tokens, last)
        if (named and inside and last - first == 1) or (before == "the" and not unit):
            return True  # Harriet Penrose, the North Sea
    if (
        name.startswith(("St ", "St. "))
        and last < len(tokens)
        and tokens[last - 1].text.endswith(("'s", "’s"))
    ):
        return True  # St George's
    if last - first > 1 and tokens[last - 1].text in followed and candidates[0].place.population < KNOWN_TOWN:
        return True  # Old Road
    if last - first > 1:  # a nickname of several words ("The City") needs more than its words
        return not candidates[0].main and tokens[first].text in ("The", "Die", "Der", "Das", "City", "Stadt")
    after = tokens[last].text if last < len(tokens) else ""
    if candidates[0].needs_context:
        if dated(tokens, first, last, lang) or thing_there(tokens, first, last, candidates, lang):
            return True
        large = candidates[0].place.population > LARGE_TOWN // 2
        hardly = candidates[0].place.population < _KNOWN_LABEL
        alone = (
            first == 0
            and (large or first + 1 < len(tokens) or candidates[0].place.population >= _KNOWN_LABEL)
            and (after in ("", ",", "(", ":", "–", "-", "."))
            and not (after == ":" and hardly and _amount(tokens, last + 1))
        )
        states = (
            after in all_words("places", "stating") and candidates[0].place.population > LARGE_TOWN // 2
        )  # Bath has, Essen is
        located = _located(tokens, first, last, lang)
        if lang == "en" and candidates[0].main and _inside_sentence(tokens, first, last):
            return name in _given_names() or candidates[0].place.population < LARGE_TOWN
        located = located or bonded(tokens, first, last, candidates, lang)
        word = name.isascii() and _small_abroad(candidates[0].place, lang)
        firm = _firm(lang) if word else prepositions
        placed = before.casefold() in firm and _same_letters(name, candidates[0].place.name)
        return not (located or alone or states or placed or after == "(")
    whole = first == 0 and last == len(tokens)  # a cell or line of its own
    whole = whole or bonded(tokens, first, last, candidates, lang)
    small = _small_town(before, after, name, candidates, lang)
    return not (whole or _well_known(name, candidates, small) or _located(tokens, first, last, lang))


@cache
def _articles() -> frozenset[str]:
    return frozenset(load("de", "places")["thing_articles"])


@cache
def _firm(lang: str) -> frozenset[str]:
    return frozenset(load(lang, "places")["firm_prepositions"])


def _small_abroad(place: Place, lang: str) -> bool:
    """Whether a German page hardly means a place by a common word: small, and where no German is spoken."""
    return lang == "de" and place.population < _KNOWN_LABEL and place.country not in _GERMAN_SPEAKING


def _amount(tokens: list[Token], at: int) -> bool:
    """Whether no word stands at ``at``, but a number or a sum: Price: £40."""
    return at < len(tokens) and not tokens[at].text[0].isalpha()


def _articled(tokens: list[Token], first: int, last: int, place: Place) -> bool:
    """Whether an article makes a thing of a German name: "über die Alpen"; not a relative pronoun."""
    if not first or tokens[first - 1].text.lower() not in _articles():
        return False
    if place.feature != "city" or _unit_follows(tokens, last):
        return False
    ahead = [t.text for t in tokens[max(0, first - 3) : first - 1]]
    return "," not in ahead  # Wolfsburg, mit dem Zwickau wetteifert


def _other_word(name: str, place: Place) -> bool:
    """Whether an umlaut makes another word of a smaller town's name: Käser is not Kaser, Dämme not Damme."""
    umlaut = any(c in "äöüÄÖÜ" for c in name)
    return (
        umlaut and place.name.isascii() and fold(name) == fold(place.name) and place.population < LARGE_TOWN
    )


def _unit_follows(tokens: list[Token], last: int) -> bool:
    """Whether a unit makes a county of a name: the Waldshut district."""
    return last < len(tokens) and tokens[last].text.capitalize() in units().after


def _given_first(tokens: list[Token], first: int, last: int, population: int, lang: str) -> bool:
    """Whether a small town's name is the given name of a person: Jack London."""
    after = tokens[last] if last < len(tokens) else None
    return (
        after is not None
        and last - first == 1
        and population < LARGE_TOWN
        and after.text[0].isupper()
        and after.start == tokens[first].end + 1
        and tokens[first].text in _given_names()
        and match_country([after.text], 0, lang) is None
        and not _unit_follows(tokens, last)
    )


def _inside_sentence(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a capital letter is due to the word itself: small words, or a comma, stand around it."""
    before = tokens[first - 1].text if first else ""
    after = tokens[last].text if last < len(tokens) else ""
    return (before.islower() or (before == "," and first > 1)) and (after.islower() and after.isalpha())


def _enumerated(tokens: list[Token], place: Hit, hits: list[Hit]) -> bool:
    """Whether a common word continues an enumeration of places: "mit Mâcon, Lincoln und Essen"."""
    if not hits or hits[-1].country or place.last - place.first > 1:
        return False
    between = [t.text for t in tokens[hits[-1].last : place.first]]
    after = tokens[place.last].text if place.last < len(tokens) else "."
    return between in ([","], ["und"], ["and"]) and after in (",", "und", "and", ".", "(")


def _owner(place: Hit, gazetteer: Gazetteer, lang: str) -> bool:
    """Whether a possessive shows that a common word is a town: Essen's Lord Mayor."""
    saint = place.name.startswith(("St ", "St. ", "Saint "))  # St George's is a church
    large = gazetteer.candidates(place.name)[0].place.population >= LARGE_TOWN
    return lang == "en" and place.form == "genitive" and large and not saint


@cache
def _people_words() -> frozenset[str]:
    """Words of persons that small towns are called by, too: given names, offices."""
    offices = {
        word
        for lang in LANGUAGES
        for office in load(lang, "offices")["office"]
        for name in office["names"]
        for word in name.split()
    }
    given = {
        name
        for lang in LANGUAGES
        for words in load(lang, "names")["given"].values()
        for name in words.split()
    }
    return frozenset(offices | given)


@cache
def _leading(lang: str) -> frozenset[str]:
    """Words before a name that make it a place's: in, from, twinned with, of."""
    data = load(lang, "places")
    return frozenset([*data["partner_before"], *data["behind"]["of"]])


def _small_town(before: str, after: str, name: str, candidates: tuple[Candidate, ...], lang: str) -> bool:
    """Whether a name may be a small town's: no given name's nor an office's, and none who acts.

    Nor is it a town where a longer name begins that the gazetteer lacks: Vila do ...
    """
    if name in _people_words() or after in all_words("places", "saying") | all_words("places", "continuing"):
        return False
    if before in load(lang, "places")["agents"]:
        return False
    if candidates[0].place.country in _SETTLED:
        return before.casefold() in _leading(lang)
    return True


def _well_known(name: str, candidates: tuple[Candidate, ...], small: bool) -> bool:
    """Whether one word is a place's own name, as it is spelt there, and the place is no hamlet.

    ``small`` says whether it may be one below the size of a known town.
    """
    least = _NAMED_TOWN if small else KNOWN_TOWN
    return any(
        (c.main or c.place.name.startswith((f"{name} ", f"{name}-")))
        and ((c.place.population or _UNKNOWN) >= least or c.place.feature != "city" or not c.place.linked)
        and (c.usual or _same_letters(name, c.place.name))
        for c in candidates[:5]
    ) or any(c.place.population >= _KNOWN_SPELLING and respelt(name, c.place.name) for c in candidates[:1])


@lru_cache(maxsize=1 << 12)
def respelt(name: str, usual: str) -> bool:
    """Whether a name is another spelling of the usual one (Poltawa, Clonmel), and no other word for it."""
    alike = SequenceMatcher(None, fold(name), fold(usual), autojunk=False).ratio()
    return len(name) > 4 and alike >= _ALIKE


def _same_letters(surface: str, name: str) -> bool:
    """Whether a name has no accents that the surface lacks, but for one in a long name.

    "Kultur" is not Kültür, "Rehovot" is Reẖovot. A foreign name of a place is fine as it stands.
    """
    if fold(surface) != fold(name) or not surface.isascii():
        return True
    accents = sum(unicodedata.combining(c) > 0 for c in unicodedata.normalize("NFD", name))
    return accents == 0 or (accents == 1 and len(surface) >= 5)


def same_spelling(surface: str, place: Place) -> bool:
    """Whether a name is spelt as a place that bears it, and is no other word but for its accents."""
    marked = (
        len(surface) < 5 and "’" in place.name and "’" not in surface.replace("'", "’")
    )  # Mae is not Ma’e
    umlaut = fold(surface) == fold(place.name) and any(c in "äöü" for c in place.name) and surface.isascii()
    return _same_letters(surface, place.name) and not (_other_word(surface, place) or marked or umlaut)


def _located(tokens: list[Token], first: int, last: int, lang: str) -> bool:
    """Whether a country follows, or a word for a town stands before."""
    data = load(lang, "places")
    if first and tokens[first - 1].text in data["town_before"]:
        return True
    before = [t.text for t in tokens[max(0, first - 2) : first]]
    if len(before) > 1 and before[0] in data["expellees"] and before[1] in data["of_home"]:
        return True  # die Heimatvertriebenen aus Komotau
    words = [t.text for t in tokens[last : last + 5]]
    if not words or words[0] not in (",", "(", "in", "im", "/", "–", "-"):
        return False
    for skip in (1, 2, 3):
        if skip < len(words) and match_country(words, skip, lang) is not None:
            return True
    return words[0] == "(" and len(words) > 1 and country_code(words[1]) is not None


def _names(
    tokens: list[Token], words: list[str], bare: list[str], i: int, gazetteer: Gazetteer, lang: str
) -> Hit | None:
    """Return the place that begins at token ``i``, or None. ``bare`` are the words without possessive 's."""
    if i + 1 < len(tokens) and words[i + 1] in "'’" and words[i].endswith(("s", "x", "z", "ß")):
        if tokens[i + 1].start == tokens[i].end and gazetteer.match(bare, i, 1):  # Calais', Amiens'
            return Hit(i, i + 2, tokens[i].start, tokens[i + 1].end, bare[i], "genitive")
    count = gazetteer.match(bare, i, MAX_WORDS)
    if bare[i : i + MAX_WORDS] != words[i : i + MAX_WORDS]:
        whole = gazetteer.match(words, i, MAX_WORDS)
        if whole > max(1, count) and words[i + whole - 1] == bare[i + whole - 1]:
            bare, count = words, whole  # King's Lynn
    count = _trimmed(words, i, count) if count else 0
    if not count and lang == "de":  # Duisburgs, Bad Homburgs
        for length in range(min(4, len(words) - i), 0, -1):
            if words[i + length - 1][-1] != "s":
                continue
            stripped = _german_genitive(words[i + length - 1])
            if stripped and stripped[0].isupper():
                name = " ".join([*bare[i : i + length - 1], stripped])
                if gazetteer.candidates(name):
                    return Hit(i, i + length, tokens[i].start, tokens[i + length - 1].end, name, "genitive")
    if not count:
        return None
    end = i + count
    name = " ".join(bare[i:end])
    if count > 1 and _part_of(name, " ".join(bare[i + 1 : end]), gazetteer, lang):
        return None
    if bare[end - 1] != words[end - 1]:
        stop = tokens[end - 1].start + len(bare[end - 1])
        return Hit(i, end, tokens[i].start, stop, name, "genitive")
    stripped = _german_genitive(words[i]) if count == 1 and lang == "de" else None
    if stripped:  # Madrids is a place too, and a far smaller one
        known, meant = gazetteer.candidates(name), gazetteer.candidates(stripped)
        if meant and (not known[0].main or meant[0].place.population > 20 * known[0].place.population):
            return Hit(i, end, tokens[i].start, tokens[end - 1].end, stripped, "genitive")
    if end + 1 < len(words) and (full := spelled_out_tail(name, words, end, gazetteer)):
        return Hit(i, full[1], tokens[i].start, tokens[full[1] - 1].end, full[0], "name")
    if lettered := _lettered_tail(name, words, end, gazetteer):
        return Hit(i, lettered[1], tokens[i].start, tokens[lettered[1] - 1].end, lettered[0], "name")
    # Frankfurt (Oder), Neustadt (Dosse): the bracket belongs to the name where the gazetteer says so
    if end + 2 < len(words) and words[end] == "(" and words[end + 2] == ")" and words[end + 1][0].isalpha():
        longer = f"{name} ({words[end + 1]})"
        if match_country(words, end + 1, lang) is None and gazetteer.candidates(longer):
            return Hit(i, end + 3, tokens[i].start, tokens[end + 2].end, longer, "name")
    return Hit(i, end, tokens[i].start, tokens[end - 1].end, name, "name")


def _lettered_tail(name: str, words: list[str], end: int, gazetteer: Gazetteer) -> tuple[str, int] | None:
    """Return the name with the two letters behind its comma, and where it ends: Washington, D.C."""
    if words[end : end + 1] != [","] or not len(tail := words[end + 1 : end + 5]) >= 4:
        return None
    if tail[1] != "." or tail[3] != "." or not all(len(w) == 1 and w.isupper() for w in tail[::2]):
        return None
    longer = f"{name}, {tail[0]}.{tail[2]}."
    return (longer, end + 5) if gazetteer.candidates(longer) else None


def _part_of(name: str, rest: str, gazetteer: Gazetteer, lang: str) -> bool:
    """Whether a name is a part's of the town that it rather calls one: Stadt Winterthur (Kreis 1)."""
    if name.partition(" ")[0] not in load(lang, "places")["town_before"]:
        return False
    part, town = gazetteer.candidates(name)[0], gazetteer.candidates(rest)[:1]
    return bool(town) and town[0].main and town[0].place.population > part.place.population


def _rather_a_place(
    tokens: list[Token],
    place: Hit,
    region: CountryHit,
    length: int,
    hits: list[Hit],
    gazetteer: Gazetteer,
    lang: str,
) -> bool:
    """Whether a region's name means a town (Salzburg) or the region as a partner (Chiba Prefecture)."""
    if place.last - place.first < length or region.form != "name":
        return False
    best = gazetteer.candidates(place.name)[0]
    town = (hits[-1].last, hits[-1].name) if hits and not hits[-1].country else None
    if best.place.feature == "island":
        return is_island(tokens, place.first, place.last, best.place.country, town, gazetteer)
    if not region.region:
        return False
    if best.place.feature != "city":
        return is_partner(tokens, place.first, place.last, best.place, town, gazetteer, lang)
    if not region.admin1:
        return False
    follows = hits and [t.text for t in tokens[hits[-1].last : place.first]] in ([","], ["("], ["in"], ["im"])
    return best.main and best.place.population > LARGE_TOWN and not follows


def _trimmed(words: list[str], i: int, count: int) -> int:
    """Return the length of a match without the marks at its end."""
    while count > 1 and not words[i + count - 1][0].isalnum():
        if words[i + count - 1] == "." and len(words[i + count - 2]) <= 3:
            break  # U.S., St.
        count -= 1
    return count


def scan(tokens: list[Token], gazetteer: Gazetteer, lang: str) -> list[Hit]:
    """Return the names of places and countries among the tokens, left to right, longest first.

    Args:
        tokens: The tokens of one block (``pipeline.tokens.tokenise``).
        gazetteer: The places to look for.
        lang: ``de`` or ``en``; for the words that veto a name, and for country adjectives.
    """
    words = [t.text for t in tokens]
    bare = [possessive(w) if w[-1] == "s" else w for w in words]
    german = lang == "de"
    # Only a German adjective of a country is written small.
    openings = [i for i, w in enumerate(words) if w[0].isupper() or (german and words_opened(w, lang))]
    hits: list[Hit] = []
    free = 0
    for i in openings:
        if i < free:
            continue
        hit = _hit_at(tokens, words, bare, i, hits, gazetteer, lang)
        if hit is not None:
            hits.append(hit)
            free = hit.last
        else:
            free = i + _passed_over(words, i, gazetteer)
    return [_town_of_region(hit, after, tokens, gazetteer) for hit, after in zip_longest(hits, hits[1:])]


def _passed_over(words: list[str], i: int, gazetteer: Gazetteer) -> int:
    """Return the words of a large town's name that is a thing's: no York in the New York Times."""
    if i + 1 >= len(words) or not words[i + 1][0].isupper():
        return 0
    count = gazetteer.match(words, i, MAX_WORDS)
    large = count > 1 and any(
        c.place.population >= LARGE_TOWN for c in gazetteer.candidates(" ".join(words[i : i + count]))[:1]
    )
    return count if large else 0


def _hit_at(
    tokens: list[Token],
    words: list[str],
    bare: list[str],
    i: int,
    hits: list[Hit],
    gazetteer: Gazetteer,
    lang: str,
) -> Hit | None:
    """Return the country or place that begins at token ``i``, behind the ``hits`` found, or None."""
    word = words[i]
    country = match_country(words, i, lang) if words_opened(word, lang) else None
    if country is not None:
        country = _trimmed(words, i, country[0]), country[1]
        if lang == "en" and country[1].form == "adjective" and _named_so(tokens, i, hits):
            country = None
    if not word[0].isupper():
        adjective = country is not None and country[1].form == "adjective"
        return _country_hit(tokens, i, *country, word) if country is not None and adjective else None
    place = _names(tokens, words, bare, i, gazetteer, lang)
    if country and place and _rather_a_place(tokens, place, country[1], country[0], hits, gazetteer, lang):
        country = None
    if country and (place is None or country[0] >= place.last - place.first):
        return _country_hit(tokens, i, *country, " ".join(words[i : i + country[0]]))
    if place is None or (place.last - place.first == 1 and not place.country and _named_so(tokens, i, hits)):
        return None
    if abbreviated(tokens, place.first, place.last):
        return None
    if initialled(tokens, place.first, place.last, gazetteer.candidates(place.name)[0].place.population):
        return None
    if _enumerated(tokens, place, hits) or _owner(place, gazetteer, lang):
        return place
    return None if _vetoed(tokens, place.first, place.last, place.name, gazetteer, lang) else place


def _country_hit(tokens: list[Token], i: int, count: int, country: CountryHit, name: str) -> Hit:
    last = i + count
    return Hit(
        i, last, tokens[i].start, tokens[last - 1].end, name, country.form, country.country, country.admin1
    )


def _town_of_region(hit: Hit, after: Hit | None, tokens: list[Token], gazetteer: Gazetteer) -> Hit:
    """Turn a region before another country's name into its namesake there: Cornwall, Ontario; Norfolk/USA."""
    if not (
        hit.admin1
        and hit.form == "name"
        and after is not None
        and after.country
        and after.country != hit.country
    ):
        return hit
    between = [t.text for t in tokens[hit.last : after.first]]
    if between in LOCATING and any(c.place.country == after.country for c in gazetteer.candidates(hit.name)):
        return hit._replace(country="", admin1="")
    return hit
