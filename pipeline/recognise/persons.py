"""Persons: names beside offices and titles, names that open with a known given name, and their surnames.

A full name that the page gives once makes every other mention of the surname that person's mention.
Names of places are no persons, unless a title or an office stands directly before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest

from pipeline.gazetteer import country_of
from pipeline.lexicon import LANGUAGES, all_words, any_of, load, one_of, opening_with
from pipeline.model import Block, Document, OfficeMention, PersonMention, PlaceMention
from pipeline.recognise.bonds import encloses, follows, may_enclose, precedes
from pipeline.recognise.credits import credited
from pipeline.recognise.models import PersonModel, propose_persons
from pipeline.recognise.name_edges import opens_town, title_before, without_genitive
from pipeline.recognise.names import (
    Span,
    is_function_word,
    is_given,
    is_month,
    is_name_word,
    names_house,
    read_back,
    read_name,
    skip_honours,
)
from pipeline.recognise.surnames import full_name, full_names
from pipeline.recognise.tongues import languages_of

_REACH = 90
_WORD_START = re.compile(r"(?<![^\W_])(?=[^\W\d_])")
_ARTICLE = re.compile(
    r"(?<!\w)(?:der|die|das|den|dem|des|ein|eine|einen|einem|the|a|an|zum|zur|im|am)\s$", re.IGNORECASE
)
# Opens with a set of letters, which the engine looks for fastest; what stands before it is asked next.
_GIVEN_START = re.compile(r"[^\W\d_a-zäöüß](?<![^\W_].)(?<![-'’.].)[^\W\d_]*(?:-[^\W\d_]+)*\s(?=[^\W\d_])")
_NEXT = re.compile(r"(?:\s\([^()\n]{1,30}\))?(?:[,;]\s(?:und|and)\s|[,;]\s|\s(?:und|and|sowie|&)\s)")
_CAPITAL_BEFORE = re.compile(r"([^\W\d_]+)\.?\s$")
_INITIAL_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_])\.\s?$")
# "Surname, Given" at the end of a line or entry: from the comma on, and before it.
_LISTED = re.compile(r", ([^\W\d_]+(?:-[^\W\d_]+)?)(?=\s*(?:;|$|\n))")
_SURNAME_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]+(?:-[^\W\d_]+)?)$")
_LONGEST_SURNAME = 60
_MOST_IN_SERIES = 20
_LONGEST_PLACE = 40

# An office that opens its sentence is the subject: no object stands between the name and the verb.
_SUBJECT = re.compile(r"(?:^|[.!?:]\s|\()(?:(?:Der|Die|Unser|Unsere)\s)?$")
# A surname in a list of those present: Hart; Moss (Mayor); Lane
_LONE = re.compile(r"(?:^|[;:,]\s)([^\W\d_]{3,25}(?:-[^\W\d_]{2,25})?)\s\($", re.MULTILINE)


@dataclass
class _Page:
    """What is known while a document is read: mentions by start, and their starts in order."""

    document: Document
    places: dict[int, PlaceMention]
    cuts: frozenset[int]
    found: dict[int, PersonMention] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    place_starts: list[int] = field(default_factory=list)

    def is_place(self, span: Span) -> bool:
        """Whether a name, or its first word, is what the place finder took for a place."""
        place = self.places.get(span.start)
        return place is not None and place.form != "adjective" and place.end >= span.end

    def near(self, at: int) -> Iterator[tuple[int, PlaceMention]]:
        """Yield the places that open shortly before an offset, with their starts."""
        first = bisect_left(self.place_starts, at - _LONGEST_PLACE)
        for start in self.place_starts[first : bisect_left(self.place_starts, at)]:
            yield start, self.places[start]

    def within_place(self, at: int) -> bool:
        """Whether an offset lies inside the name of a place that opens before it: San | Pedro Sula."""
        return any(p.form == "name" and p.end > at for _, p in self.near(at))

    def overlapping(self, start: int, end: int) -> list[PersonMention]:
        """Return the mentions that share a character with a span."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = bisect_left(self.starts, end)
        return [p for p in map(self.found.__getitem__, self.starts[first:last]) if p.end > start]

    def add(self, span: Span, block: Block) -> None:
        """Keep a mention unless another covers or crosses it; it takes the place of those it covers."""
        others = self.overlapping(span.start, span.end)
        if any(
            not (span.start <= p.start and p.end <= span.end) or len(p.name) >= span.end - span.start
            for p in others
        ):
            return
        for other in others:
            del self.found[other.start]
            self.starts.remove(other.start)
        self.put(PersonMention(span.start, span.end, " ".join(span.words), block.index))

    def put(self, person: PersonMention) -> None:
        """Keep a mention as it is."""
        self.found[person.start] = person
        insort(self.starts, person.start)


@cache
def _titles(key: str = "titles") -> re.Pattern[str]:
    return re.compile(rf"{opening_with(all_words('titles', key))}(?![^\W_])\s(?=[^\W\d_])")


@cache
def succession() -> re.Pattern[str]:
    """Return the pattern of the words that name a predecessor or successor (Vorgänger, predecessor)."""
    words = [
        w
        for lang in LANGUAGES
        for key in ("before", "after")
        for w in load(lang, "offices")["succession"][key]
    ]
    return re.compile(
        rf"(?<![^\W_])(?i:{one_of(words)})[ns]?(?![^\W_])(?:\s{any_of('bonds', 'in_office')})?[,:]?\s"
        rf"(?:{any_of('bonds', 'verbs')}\s)?"
    )


def _beside_office(page: _Page, block: Block, office: OfficeMention, following: int) -> None:
    """Keep the names before and after an office; ``following`` is where the next office starts."""
    text = page.document.text
    before = _before(page, block, office)
    for match in _WORD_START.finditer(text, office.end, min(block.end, office.end + _REACH)):
        start = match.start()
        if start >= following and following < block.end:
            break
        if text[start - 1 : start] in ("'", "’", "-"):
            continue
        bond = follows(text[office.end : start])
        if not bond:
            continue
        subject = bond == 3 and _SUBJECT.search(text[block.start : office.start]) is not None
        if page.within_place(start) or (bond == 2 and opens_town(text[office.end : start])):
            continue
        span = read_name(text, start, block.end, block.lang, page.cuts, whole=subject, office=bond == 3)
        if span is None or (bond < 3 and len(span.words) < 2) or (bond < 3 and before is not None):
            continue
        if page.is_place(span) and not _really_person(page, span, bond):
            continue
        titled = span.start > start
        if bond == 1 and not titled and _of_office(text, block, office) and not is_given(span.words[0]):
            continue
        if bond < 3 and not (titled or _likely(span, page) or _set_off(span, page, block, office)):
            continue
        span = without_genitive(text, span, block)
        page.add(span, block)
        if office.plural:
            _conjoined(page, block, span)
        return


def _of_office(text: str, block: Block, office: OfficeMention) -> bool:
    """Whether a German office is in the genitive, so that its department may follow: Büro des OBs, Europa."""
    return block.lang == "de" and re.search(r"\b(?:des|der)\s$", text[block.start : office.start]) is not None


def _really_person(page: _Page, span: Span, bond: int) -> bool:
    return bond == 3 and len(span.words) > 1 and is_given(span.words[0])


def _likely(span: Span, page: _Page) -> bool:
    """Whether a run of words after a comma or colon is a name, not a place or a nominal phrase."""
    first = page.places.get(span.start)
    named = first is None or first.form != "name"
    return is_given(span.words[0]) or named or span.words[0].endswith(".")


def _set_off(span: Span, page: _Page, block: Block, office: OfficeMention) -> bool:
    """Whether marks, or the office's town, part a name that opens like a place from what is around it.

    "The mayor, Blaine Hyland, ..."; "Mayor of Letterkenny Dessie Larkin plants ...".
    """
    text = page.document.text
    lead = page.places[span.start]
    alone = len(span.words) == 2 and lead.end == span.start + len(span.words[0])
    after = text[span.end : span.end + 2]
    closed = after[:1] in (",", ")") or span.end >= block.end
    if text[office.end : span.start] == ", ":
        return alone and closed
    parted = any(start < span.start and p.end == span.start - 1 for start, p in page.near(span.start))
    return alone and parted and (closed or after[1:2].islower())


def _listed(page: _Page, block: Block) -> None:
    """Keep the surnames after a plural title, if there are two: Cllrs Hart, Moss (Labour) and Dr Lane."""
    text = page.document.text
    for match in _titles("plurals").finditer(text, block.start, block.end):
        found: list[Span] = []
        at = match.end()
        while len(found) < 40:
            span = read_name(text, at, block.end, block.lang, titled=True)
            if span is None or (len(span.words) > 1 and names_house(span.words[-1])):
                break
            found.append(span)
            mark = _NEXT.match(text, span.end, block.end)
            if mark is None:
                break
            at = mark.end()
        if len(found) > 1:
            for span in found:
                page.add(span, block)


def _conjoined(page: _Page, block: Block, first: Span) -> None:
    text, at = page.document.text, first.end
    for _ in range(_MOST_IN_SERIES):
        match = _NEXT.match(text, at, block.end)
        if match is None:
            return
        span = read_name(text, match.end(), block.end, block.lang, page.cuts)
        if span is None or (len(span.words) < 2 and len(first.words) > 1):
            return
        page.add(span, block)
        at = span.end


def _before(page: _Page, block: Block, office: OfficeMention) -> Span | None:
    """Keep the name that stands before an office: Sören Link, Oberbürgermeister der Stadt Duisburg."""
    text = page.document.text
    low = max(block.start, office.start - _REACH)
    for match in re.finditer(r"(?<=[^\W\d_])(?=[\s,(/:–-])", text[low : office.start]):
        end = low + match.start()
        gap = text[end : office.start]
        bond = precedes(gap)
        if not bond and not may_enclose(gap):
            continue
        span = read_back(text, block.start, end, block.lang)
        if span is None or page.is_place(span):
            continue
        if not bond:
            if not encloses(text[block.start : span.start], gap, text[office.end : block.end]):
                continue
            bond = 1
        label = ":" in gap  # Kreiszeitung Diepholz: Bürgermeister verliert Wette
        if (bond == 1 or label) and not (is_given(span.words[0]) or languages_of(" ".join(span.words))):
            continue
        if not (_likely(span, page) or title_before(text, block.start, span.start)):
            continue
        page.add(span, block)
        return span
    lone = _LONE.search(text, low, office.start)
    if lone and text[office.end : office.end + 1] == ")" and is_name_word(lone.group(1)):
        span = Span(lone.start(1), lone.end(1), (lone.group(1),))
        if not page.is_place(span):
            page.add(span, block)
            return span
    return None


def _of_town(text: str, pos: int, page: _Page) -> bool:
    """Whether "von" and a town follow an office, and no noble name: der Maire von Roanne."""
    return text.startswith("von ", pos) and pos + 4 in page.places


def _titled(page: _Page, block: Block) -> None:
    text = page.document.text
    for match in _titles().finditer(text, block.start, block.end):
        pos = skip_honours(text, match.end(), block.end)
        if _of_town(text, pos, page):
            continue
        span = read_name(text, pos, block.end, block.lang, titled=True, office=True)
        # "der Gemeinderat von Adorf" is an assembly, not a councillor with a particle in the name
        if span is None or (span.words[0].islower() and span.start + len(span.words[0]) + 1 in page.cuts):
            continue
        page.add(span, block)
    for match in succession().finditer(text, block.start, block.end):
        span = read_name(text, match.end(), block.end, block.lang, page.cuts)
        if span is not None and not page.is_place(span):
            page.add(span, block)


def _given_first(page: _Page, block: Block) -> None:
    """Keep names of two words or more that open with a known given name."""
    text = page.document.text
    at = block.start
    for match in _GIVEN_START.finditer(text, block.start, block.end):
        start = match.start()
        if start < at or not text[start].isupper() or not is_given(match.group()[:-1]):
            continue
        span = read_name(text, start, block.end, block.lang, page.cuts)
        if span is None or len(span.words) < 2 or page.is_place(span):
            continue
        before = _CAPITAL_BEFORE.search(text, max(block.start, start - 30), start)
        if names_house(span.words[-1]) or (before and names_house(before.group(1))):
            continue
        # "Martin Luther Straße": the run goes on with a word that makes it a street or a house.
        rest = re.match(r"[\s-]([^\W\d_]+)", text[span.end : min(block.end, span.end + 30)])
        common = rest and not is_name_word(rest.group(1)) and block.lang == "en"
        if rest and rest.group(1)[0].isupper() and (common or names_house(rest.group(1))):
            continue
        page.add(without_genitive(text, span, block), block)
        at = span.end
    for listed in _LISTED.finditer(text, block.start, block.end):
        given = listed.group(1)
        if not (given[0].isupper() and is_given(given)):
            continue
        low = max(block.start, listed.start() - _LONGEST_SURNAME)
        surname = _SURNAME_BEFORE.search(text, low, listed.start())
        if surname and is_name_word(surname.group(1)) and not _town_of(page, surname.start(1), given):
            page.add(Span(surname.start(1), listed.end(1), (given, surname.group(1))), block)


def _town_of(page: _Page, start: int, given: str) -> bool:
    """Whether a list names a town and its region, and no person: Portsmouth, Virginia."""
    place = page.places.get(start)
    region = country_of(given, "en")
    return place is not None and region is not None and region.country == place.place.country


def _propagate(page: _Page) -> None:
    """Give lone surnames their full names, and find those that no title marks."""
    full = full_names(page.found.values())
    for start, person in page.found.items():
        page.found[start] = PersonMention(
            person.start, person.end, full_name(person.name, full), person.block
        )
    text = page.document.text
    rare = {s: n for s, n in full.items() if len(s) > 3 and not is_month(s)}
    if not rare:
        return
    names = one_of(rare)
    pattern = re.compile(rf"(?<![^\W_])(?<![-'’])({names})(?:s|['’]s?)?(?![^\W_]|-[^\W\d_])")
    for block in page.document.blocks:
        for match in pattern.finditer(text, block.start, block.end):
            start, end = match.span(1)
            if start in page.places or page.overlapping(start, end):
                continue
            before = text[max(block.start, start - 24) : start]
            capital = re.search(r"(?<![^\W_])([A-ZÄÖÜ][^\W_]*)\s$", before)
            if _ARTICLE.search(before) or (capital and not is_function_word(capital.group(1))):
                continue
            initial = _INITIAL_BEFORE.search(before)
            if initial and rare[match.group(1)][0] == initial.group(1):
                start -= len(initial.group())
            page.put(PersonMention(start, end, rare[match.group(1)], block.index))


def find_persons(
    document: Document,
    offices: Sequence[OfficeMention],
    models: Mapping[str, PersonModel] | None = None,
    places: Sequence[PlaceMention] = (),
) -> tuple[PersonMention, ...]:
    """Return the persons that a document names, sorted by start.

    Args:
        document: A cleaned page.
        offices: Its offices.
        models: Models by language; their persons are added where no rule found one.
        places: Its places as far as they are known; a name that is a place is no person.

    Returns:
        Mentions without titles and possessive endings. ``name`` is the fullest form on the page.
    """
    known = {p.start: p for p in places}
    cuts = frozenset(p.start for p in places if p.form != "adjective")
    page = _Page(document, known, cuts, place_starts=sorted(known))
    by_block: dict[int, list[OfficeMention]] = {}
    for office in offices:
        by_block.setdefault(office.block, []).append(office)
    for block in document.blocks:
        own = by_block.get(block.index, [])
        for office, following in zip_longest(own, own[1:]):
            _beside_office(page, block, office, following.start if following else block.end)
        _titled(page, block)
        _given_first(page, block)
        _listed(page, block)
        for span in credited(document.text, block, page.cuts):
            if not page.overlapping(span.start, span.end):
                page.add(span, block)
    proposed = propose_persons(document, offices, list(page.found.values()), models) if models else ()
    for person in proposed:
        span = Span(person.start, person.end, tuple(person.name.split()))
        plausible = all(is_name_word(w) or w[0].islower() for w in span.words) and span.words[0][0].isupper()
        if plausible and not page.overlapping(person.start, person.end) and not page.is_place(span):
            page.add(span, document.blocks[person.block])
    _propagate(page)
    return tuple(page.found[start] for start in page.starts)
