"""Names that the gazetteer lacks, where grammar or layout shows that they are places."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from pipeline.gazetteer import Gazetteer, country_code, country_of, fold, ordinary_words, units
from pipeline.gazetteer.not_names import initialled
from pipeline.gazetteer.scan import Hit
from pipeline.lexicon import load
from pipeline.model import Block, Document
from pipeline.recognise.triggers import triggers_in
from pipeline.tokens import Token

_MAX_WORDS = 5


class Unknown(NamedTuple):
    """A name without an entry in the gazetteer; ``country`` is empty where nothing tells it.

    ``bare`` is the name beside the unit of one that has one: Fischhausen for Kreis Fischhausen;
    ``feature`` is ``district`` for a part of a town.
    """

    start: int
    end: int
    name: str
    country: str
    bare: str = ""
    feature: str = ""


@cache
def _particles(lang: str) -> frozenset[str]:
    return frozenset(load(lang, "places")["particles"])


@cache
def _articles(lang: str) -> frozenset[str]:
    return frozenset(load(lang, "places")["articles"])


@cache
def _common(lang: str) -> frozenset[str]:
    data = load(lang, "places")
    return frozenset(
        [
            *data["nouns"],
            *units().before,
            *data["town_before"],
            *data["preceded"],
            *units().parts,
            *units().towns,
        ]
    )


def _capitalised(tokens: list[Token], i: int, particles: frozenset[str], hits: dict[int, Hit]) -> int:
    """Return the end of the run of capitalised words that begins at ``i`` (particles inside allowed)."""
    j = last = i
    while j < len(tokens) and j < i + _MAX_WORDS + 2:
        text = tokens[j].text
        if j in hits and j != i:
            break
        if tokens[j].is_word and text[0].isupper():
            last = j = j + 1
        elif j > i and text in particles:
            j += 1
        else:
            break
    return last


def _country_next(tokens: list[Token], j: int, hits: dict[int, Hit], lang: str) -> str:
    """Return the country in ", France", "(France", "(F)" or, in English, "in France" at token ``j``."""
    if j + 1 >= len(tokens) or tokens[j].text not in (
        (",", "(", "/", "in") if lang == "en" else (",", "(", "/")
    ):
        return ""
    hit = hits.get(j + 1)
    if hit is not None and hit.country and hit.form != "adjective":
        return hit.country
    if tokens[j].text == "(" and j + 2 < len(tokens) and tokens[j + 2].text == ")":
        code = country_code(tokens[j + 1].text)
        return code.country if code is not None else ""
    return ""


def _of_unit(tokens: list[Token], i: int, gazetteer: Gazetteer) -> Unknown | None:
    """Return the name at ``i`` where a unit or a word for a municipality before it shows a place."""
    known = units()
    before = tokens[i - 1].text if i else ""
    of = before == "of" and i > 1
    word = tokens[i - 2].text if of else known.plain.get(before, before)
    bare = tokens[i].text
    if not (word in known.telling or word in known.parts or word in known.towns):
        if not (of and word.capitalize() in known.telling):
            return None
    if len(bare) < 4 or bare.isupper() or fold(bare) in ordinary_words():
        return None
    if word in known.parts or word in known.towns:
        feature = "district" if word in known.parts else ""
        return Unknown(tokens[i].start, tokens[i].end, bare, _district(bare, gazetteer, 0), feature=feature)
    if i > 1 + of and tokens[i - 2 - of].text.casefold() in ("im", "am"):  # im Kreis Freunde
        return None
    name = f"{word.capitalize() if of else word}{' of' if of else ''} {bare}"
    return Unknown(tokens[i - 1 - of].start, tokens[i].end, name, "", bare)


def _district(name: str, gazetteer: Gazetteer, least: int = 20_000) -> str:
    """Return the country of a hyphenated district, "Mainz-Finthen", or an empty string."""
    town, hyphen, district = name.partition("-")
    if not hyphen or not district[:1].isupper() or len(town) < 4:
        return ""
    candidates = gazetteer.candidates(town)
    if (
        candidates
        and candidates[0].main
        and not candidates[0].needs_context
        and candidates[0].place.population > least
    ):
        return candidates[0].place.country
    return ""


def _known_part(name: str, gazetteer: Gazetteer) -> bool:
    """Whether what stands behind the hyphen is a place too: Berlin-Spandau, but not Berlin-Reise."""
    best = gazetteer.candidates(name.partition("-")[2])[:1]
    return bool(best) and best[0].main and not best[0].needs_context


def unknown_names(
    document: Document,
    block: Block,
    tokens: list[Token],
    taken: list[tuple[int, int]],
    hits: dict[int, Hit],
    gazetteer: Gazetteer,
) -> list[Unknown]:
    """Return the names in a block that stand as places and are not in the gazetteer.

    Four signs: a country follows in a bracket or after a comma, or a bond "mit X in Y"; a word for
    the partner stands directly before (Partnergemeinde X, twinned with X); a hyphen joins a district to
    its town; a unit or a word for a municipality stands before (Rajon X, Gemeinde X).
    """
    particles = _particles(block.lang)
    common = _common(block.lang)
    triggers = triggers_in(document.text, block.start, block.end, block.lang)
    ends = [
        end
        for _, end, family in triggers
        if not family.weak and (family.form == "partner" or (family.form == "verb" and block.lang == "en"))
    ]
    relations = [end for _, end, family in triggers if family.form == "relation"]
    bonds = {start for start, *_ in triggers}
    common |= _articles(block.lang)
    found: list[Unknown] = []
    last = 0
    for i in [i for i, token in enumerate(tokens) if token.text[0].isupper()]:
        token = tokens[i]
        if i < last or _covered(taken, token.start, token.start + 1):
            continue
        told = _told_apart(tokens, i, hits)
        if initialled(tokens, i, i + 1, 0):
            continue  # a speaker with a party: A. Rufer (GLP)
        if (token.text in common and not told) or token.end in ends:
            continue  # "Die Partnergemeinde X": the name begins behind it
        j = _capitalised(tokens, i, particles, hits)
        last = max(j, i + 1)
        name = document.text[token.start : tokens[last - 1].end]
        overlaps = _covered(taken, token.start, tokens[last - 1].end)
        label = last < len(tokens) and (tokens[last].text == ":" or last in hits)
        bond = token.start in bonds  # "Twinning in Suffolk"
        if block.lang == "en" and name.endswith("s") and country_of(name[:-1], "en") is not None:
            continue  # "You're twinned with Italians?"
        if not bond and not overlaps and not label and (told or name not in common) and len(name) >= 3:
            country = _country_next(tokens, last, hits, block.lang)
            if not country and block.lang == "de" and _after_bond(document.text, token.start, relations):
                country = _lying_in(tokens, last, hits)
            unit = None if country else _of_unit(tokens, i, gazetteer)
            if unit is not None:
                found.append(unit)
                last = i + 1
            elif country or (
                last - i == 1
                and (i <= 1 or _known_part(name, gazetteer))
                and (country := _district(name, gazetteer))
            ):
                found.append(Unknown(token.start, tokens[last - 1].end, name, country))
            elif (
                last - i <= 3
                and not _is_noun(tokens[last - 1].text, block.lang)
                and (
                    _after_trigger(document.text, token.start, ends, block.lang)
                    or _bound(tokens, i, last, block.lang)
                )
            ):
                found.append(Unknown(token.start, tokens[last - 1].end, name, _district(name, gazetteer)))
    return found


@cache
def _nouns(lang: str) -> frozenset[str]:
    words = [*load(lang, "titles")["not_names"], *load(lang, "places")["lead_in"]]
    return frozenset(word.casefold() for word in words)


def _is_noun(word: str, lang: str) -> bool:
    """Whether a word behind one for partners is no name: Sister Cities Association, Partnerstadt: Geplant."""
    return word.casefold() in _nouns(lang)


def _told_apart(tokens: list[Token], i: int, hits: dict[int, Hit]) -> bool:
    """Whether a bracket with a country makes a town of a word that opens sentences: "Auch (Frankreich)"."""
    hit = hits.get(i + 2) if i + 3 < len(tokens) and tokens[i + 1].text == "(" else None
    return hit is not None and bool(hit.country) and hit.form == "name"


def _covered(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a span touches one of the spans in ``taken``, which are sorted and do not overlap."""
    at = bisect_left(taken, (end, end)) - 1
    return at >= 0 and taken[at][1] > start


def _after_trigger(text: str, start: int, ends: list[int], lang: str) -> bool:
    """Whether a trigger stands directly before ``start``; in English a preposition may part them."""
    gaps = ([], ["with"], ["to"], ["of"]) if lang == "en" else ([],)
    return any(end < start <= end + 8 and text[end:start].split() in gaps for end in ends)


def _after_bond(text: str, start: int, ends: list[int]) -> bool:
    """Whether "mit" ties the name at ``start`` to a word for a bond: "Partnerschaft mit dem Bezirk X"."""
    return any(end < start <= end + 40 and text[end:start].split()[:1] in (["mit"], ["zu"]) for end in ends)


def _lying_in(tokens: list[Token], j: int, hits: dict[int, Hit]) -> str:
    """Return the country or region of "in West Yorkshire" at token ``j``."""
    hit = hits.get(j + 1) if j < len(tokens) and tokens[j].text == "in" else None
    return hit.country if hit is not None and hit.country and hit.form != "adjective" else ""


def _bound(tokens: list[Token], i: int, last: int, lang: str) -> bool:
    """Whether a German clause closes around a name: "mit X verschwistert"."""
    before = [t.text for t in tokens[max(0, i - 3) : i]]
    after = tokens[last].text if last < len(tokens) else ""
    return lang == "de" and "mit" in before and after in load("de", "places")["bound"]
