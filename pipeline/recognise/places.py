"""Places and countries of a document, each place linked with what stands around it.

A name is linked in this order: by the country or region that stands beside it (bracket, apposition,
adjective, the row's country cell, a country heading above); as the same name is linked elsewhere on
the page where it has such a hint; else as the most populous place of that name, the home country
being favoured. What the gazetteer lacks stays as an unlinked place where the page's layout or
grammar shows that it is one.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.gazetteer import (
    Gazetteer,
    country_code,
    country_name,
    country_of,
    fold,
    load,
    ordinary_words,
    unit_feature,
    unlinked,
)
from pipeline.gazetteer.region_towns import as_towns
from pipeline.gazetteer.scan import KNOWN_TOWN, LARGE_TOWN, Hit, same_spelling, scan
from pipeline.gazetteer.tables import home_units, settler_countries
from pipeline.gazetteer.unit_names import of_owner, tells_where, unit_at, unit_only, unit_place
from pipeline.lexicon import LANGUAGES
from pipeline.lexicon import load as lexicon
from pipeline.model import Block, BlockKind, CountryMention, Document, Place, PlaceMention
from pipeline.recognise.beside import country_after, country_before, link_words
from pipeline.recognise.columns import column_names, is_anothers
from pipeline.recognise.likely_places import likely_names
from pipeline.recognise.namesakes import by_signs
from pipeline.recognise.neighbours import by_neighbours
from pipeline.recognise.place_signs import Around
from pipeline.recognise.repeats import fuller_names, repeated, short_form
from pipeline.recognise.seats import region_behind
from pipeline.recognise.small_words import small_words
from pipeline.recognise.structure import Layout
from pipeline.recognise.unknown import Unknown, unknown_names
from pipeline.tokens import Token, tokenise


class RawName(NamedTuple):
    """A place name with the hints that its surroundings give."""

    start: int
    end: int
    name: str
    form: str
    block: int
    country: str
    admin1: str
    known: bool
    bare: str = ""  # the name beside a unit: Unna for Kreis Unna
    feature: str = ""  # district, for a part of a town
    alone: bool = False  # the hint is this name's only: Kelso, Washington is not Kelso


def _city_of_borough(tokens: list[Token], i: int, gazetteer: Gazetteer) -> str:
    """Return the country of the city at ``i``, in whose borough a place is: London Borough of Camden."""
    city = gazetteer.candidates(tokens[i].text)[:1] if i >= 0 else ()
    return city[0].place.country if city and city[0].main and city[0].place.population > LARGE_TOWN else ""


def _land(tokens: list[Token], hit: Hit, document: Document, gazetteer: Gazetteer) -> str:
    """Return the country whose Land, canton or province the code in the bracket behind a name is.

    Treffurt (TH) lies in no Thailand, Worb (BE) in no Belgium, Terlan (BZ) in no Belize.
    """
    after = [t.text for t in tokens[hit.last : hit.last + 3]]
    if len(after) < 3 or after[0] != "(" or after[2] != ")":
        return ""
    lands = [country for country, codes in _land_codes() if after[1] in codes]
    if not lands:
        return ""
    code = country_code(after[1])
    found = {c.place.country for c in gazetteer.candidates(hit.name)}
    here = document.home.place.country if document.home is not None else ""
    if here in lands and here in found:
        return here
    return next((land for land in lands if land in found and (code is None or code.country not in found)), "")


def _is_known(name: Unknown, gazetteer: Gazetteer) -> bool:
    """Whether the gazetteer has a name that its words show to be a place: unsere Partnerstadt Tours."""
    return not (name.bare or name.feature) and any(
        c.main and same_spelling(name.name, c.place) and name.country in ("", c.place.country)
        for c in gazetteer.candidates(name.name)
    )


def _is_unit(hit: Hit, gazetteer: Gazetteer) -> bool:
    """Whether a name is a county's or a district's, and no town's."""
    return any(c.place.feature != "city" for c in gazetteer.candidates(hit.name)[:1])


@cache
def _land_codes() -> tuple[tuple[str, frozenset[str]], ...]:
    """Return, of each country whose parts' codes stand in brackets, these codes."""
    codes: dict[str, list[str]] = lexicon("de", "places")["land_codes"]
    return tuple((country, frozenset(own)) for country, own in codes.items())


def _block_names(
    document: Document, block: Block, tokens: list[Token], found: list[Hit], gazetteer: Gazetteer
) -> tuple[list[RawName], list[CountryMention], list[tuple[int, int]]]:
    """Return what the scan's hits in a block are, and the spans of those that only tell where a place is."""
    words = link_words(block.lang)
    starts = {h.first: h for h in found}
    ends = {h.last - 1: h for h in found}
    raws: list[RawName] = []
    countries: list[CountryMention] = []
    passed: list[tuple[int, int]] = []
    previous: tuple[Hit, str] | None = None
    home = fold(document.home.place.name) if document.home else ""
    seats: set[int] = set()
    owners: dict[int, int] = {}  # where "Xi'an's" begins, by the first token of its Lantian County
    for number, hit in enumerate(found):
        if number in seats:
            continue
        if hit.country:
            countries.append(
                CountryMention(hit.start, hit.end, hit.country, block.index, hit.form, hit.admin1)
            )
            continue
        behind = found[number + 1] if number + 1 < len(found) else None
        if of_owner(tokens, hit, behind, gazetteer):
            owners[hit.last] = hit.start
            continue
        country, admin1, _ = country_after(tokens, starts, hit.last, words)
        region = region_behind(tokens, hit, behind, gazetteer) if block.lang == "en" and not country else None
        if region is not None and behind is not None and fold(behind.name) != home:
            country, admin1 = region
            countries.append(CountryMention(behind.start, behind.end, country, block.index, "name", admin1))
            seats.add(number + 1)
        if not country:
            country = country_before(tokens, starts, ends, hit.first, words)
        if country and (land := _land(tokens, hit, document, gazetteer)):
            country, admin1 = land, ""
        if not country and [t.text for t in tokens[max(0, hit.first - 2) : hit.first]] == ["Borough", "of"]:
            country = _city_of_borough(tokens, hit.first - 3, gazetteer)
        if not country and previous is not None and previous[1]:
            between = [t.text for t in tokens[previous[0].last : hit.first]]
            if len(between) == 1 and between[0] in ("und", "and", ",", "&", "sowie"):
                country = previous[1]  # the Chinese cities of Shenyang and Guangzhou
        unit = unit_at(tokens, hit)
        town = previous[0] if previous and not unit_feature(previous[0].name) else None
        if town is not None and (unit_at(tokens, town) or _is_unit(town, gazetteer)):
            town = None
        located = unit is not None and tells_where(tokens, unit, town)
        before = country_before(tokens, starts, ends, hit.first, words)
        previous = (hit, before or (previous[1] if previous and country == previous[1] else ""))
        if unit is not None:
            a = owners.get(unit.first, tokens[unit.first].start)
            b = max(hit.end, tokens[unit.last - 1].end)
            if located:
                passed.append((a, b))
            else:
                if not country:  # Livingston County, USA
                    country, admin1, _ = country_after(tokens, starts, unit.last, words)
                country = country or country_before(tokens, starts, ends, unit.first, words)
                if unit_only(unit, gazetteer):  # the district of Mayen-Koblenz
                    a, b = hit.start, hit.end
                raws.append(RawName(a, b, unit.name, "name", block.index, country, admin1, True, unit.bare))
            continue
        raws.append(
            RawName(
                owners.get(hit.first, hit.start), hit.end, hit.name, hit.form, block.index, country, admin1,
                True, alone=region is not None,
            )
        )  # fmt: skip
    taken = sorted([(r.start, r.end) for r in raws] + [(c.start, c.end) for c in countries] + passed)
    for unknown in unknown_names(document, block, tokens, taken, starts, gazetteer):
        raws.append(
            RawName(
                unknown.start, unknown.end, unknown.name, "name", block.index, unknown.country, "",
                _is_known(unknown, gazetteer), unknown.bare, unknown.feature,
            )
        )  # fmt: skip
    raws.sort()
    return raws, countries, passed


def _headed(document: Document, raws: list[RawName], layout: Layout) -> list[RawName]:
    """Find names that are headings above a line with their country: "Beşiktaş", "Türkei · 2003"."""
    named = {raw.block for raw in raws}
    found = []
    for block in document.blocks:
        words = document.words(block)
        if block.kind is not BlockKind.HEADING or block.index in named or len(words.split()) > 4:
            continue
        if not all(w[0].isupper() and w.replace("-", "").isalpha() for w in words.split()):
            continue
        country = layout.country_below(block)
        if country:
            found.append(RawName(block.start, block.end, words, "name", block.index, country, "", False))
    return found


def _likely(around: Around, hits: Sequence[list[Hit]], gazetteer: Gazetteer) -> list[RawName]:
    """Return the names that are likely places though no rule says so, with the country beside them."""
    found = []
    document = around.document
    names = list(likely_names(around, gazetteer))
    full = {
        bare: n.text
        for n in names
        if " " in n.text and unit_feature(n.text) and (bare := n.text.rpartition(" ")[0])
    }
    for name in names:
        words, own = list(around.tokens[name.block]), hits[name.block]
        links = link_words(document.blocks[name.block].lang)
        starts = {h.first: h for h in own}
        country, admin1, _ = country_after(words, starts, name.last, links)
        if not country:
            country = country_before(words, starts, {h.last - 1: h for h in own}, name.first, links)
        text = full.get(name.text, name.text)  # Tendring, where the page has Tendring District, too
        known = any(same_spelling(text, c.place) for c in gazetteer.candidates(text))
        start = words[name.first].start
        end = start + len(name.text)  # without the genitive
        form = "genitive" if name.owns else "name"
        found.append(RawName(start, end, text, form, name.block, country, admin1, known))
    return found


def _hint(document: Document, layout: Layout, raw: RawName, named: dict[int, str]) -> RawName:
    """Add the country that the layout gives to a name; ``named`` has a name of each block."""
    if raw.country:
        return raw
    block = document.blocks[raw.block]
    country = ""
    if block.kind is BlockKind.CELL:
        country = layout.row_country(block)
        if country and is_anothers(layout, load(), country, block, named):
            return raw
    if not country and block.kind is BlockKind.HEADING and raw.start <= block.start + 3:
        country = layout.labelled_country(block)
    if not country and block.kind in (BlockKind.ITEM, BlockKind.HEADING, BlockKind.CELL, BlockKind.TERM):
        country = layout.heading_country(block)
    return raw._replace(country=country) if country else raw


def _ordinary(raw: RawName, place: Place, small: frozenset[str]) -> bool:
    return raw.name.casefold() in small and not raw.country and place.population < LARGE_TOWN


def _fuller(raws: list[RawName], home: Place | None, gazetteer: Gazetteer) -> dict[str, Place]:
    """Return what a bare "Frankfurt" means on a page that also names Frankfurt (Oder).

    A district at home goes by its bare name, too, where no town there has it: Marlborough in New Zealand.
    """
    long = (raw for raw in raws if raw.known and not raw.bare and short_form(raw.name))
    found = fuller_names(
        (raw.name, _link(gazetteer, raw.name, raw.country, raw.admin1, home)) for raw in long
    )
    if home is None:
        return found
    at_home = home_units(home.country)
    for raw in raws:
        unit = None if raw.bare else at_home.get(fold(raw.name))
        if unit is not None and all(c.place.country != home.country for c in gazetteer.candidates(raw.name)):
            found.setdefault(raw.name, unit)
    return found


def _church(document: Document, raw: RawName, place: Place, home: Place | None) -> bool:
    """Whether "St George" is a church or quarter rather than a town abroad of which the page says nothing."""
    saint = home is not None and not raw.country and raw.name.startswith(("St ", "St. ", "Saint "))
    small = place.population < LARGE_TOWN and place.country in settler_countries()
    foreign = home is not None and place.country != home.country
    nameless = small or fold(place.name) != fold(raw.name)
    return saint and foreign and nameless and document.words(document.blocks[raw.block]) != raw.name


def _resolve(
    raws: list[RawName], home: Place | None, gazetteer: Gazetteer, fuller: dict[str, Place]
) -> list[PlaceMention]:
    hinted: dict[str, Counter[tuple[str, str]]] = {}
    for raw in raws:
        if raw.country and not raw.alone:
            hinted.setdefault(raw.name, Counter())[(raw.country, raw.admin1)] += 1
    mentions = []
    for raw in raws:
        country, admin1 = raw.country, raw.admin1
        if country and home is not None and raw.name == home.name and country != home.country:
            if not any(c.place.country == country for c in gazetteer.candidates(raw.name)):
                country = admin1 = ""  # "Ravensburg – Rhondda (Wales)": the hint is the neighbour's
                raw = raw._replace(country="")
        if not country and raw.name in hinted and not (home and raw.name == home.name):
            (country, admin1), _ = min(hinted[raw.name].items(), key=lambda item: (-item[1], item[0]))
        if raw.bare:
            place = unit_place(gazetteer, raw.name, raw.bare, country, home.country if home else "", admin1)
        elif home is not None and not raw.country and _same_name(raw.name, home, gazetteer):
            place = home  # a bare name that the home bears means the home
        elif not country and raw.name in fuller:
            place = fuller[raw.name]
        elif raw.known:
            place = _link(gazetteer, raw.name, country, admin1, home)
        else:
            part = raw.feature == "district" and home is not None and not country
            place = unlinked(raw.name, home.country if part and home else country)
            place = replace(place, feature=raw.feature or place.feature)
        mentions.append(PlaceMention(raw.start, raw.end, place, raw.block, raw.form))
    return mentions


def _aliases(document: Document, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """Let "Temeswar (Timișoara)" be one place: the name in the bracket, which is the local one, decides."""
    found = sorted(mentions, key=lambda m: (m.start, m.end))
    for i, (outer, inner) in enumerate(itertools.pairwise(found)):
        bracket = (
            document.text[outer.end : inner.start] == " (" and document.text[inner.end : inner.end + 1] == ")"
        )
        if (
            bracket
            and outer.place != inner.place
            and inner.place.linked
            and inner.form == outer.form == "name"
        ):
            found[i] = replace(outer, place=inner.place)
    return found


def _link(gazetteer: Gazetteer, name: str, country: str, admin1: str, home: Place | None) -> Place:
    """Link a name; where no such place is in the country beside it, try the other meaning (Georgia)."""
    candidates = gazetteer.candidates(name)
    if country and not any(c.place.country == country for c in candidates):
        hits = (country_of(country_name(country, "en"), "en"), country_code(country))  # Georgia; (TH)
        for other in (other for hit in hits if hit is not None for other in hit.alternatives):
            if any(c.place.country == other.country and c.place.admin1 == other.admin1 for c in candidates):
                return gazetteer.link(name, country=other.country, admin1=other.admin1)
    near, prefer = (None, "") if home is None else (home, home.country)
    place = gazetteer.link(name, country=country, admin1=admin1, near=near, prefer=prefer)
    return (
        place
        if place.linked or not admin1
        else gazetteer.link(name, country=country, near=near, prefer=prefer)
    )


def _same_name(name: str, home: Place, gazetteer: Gazetteer) -> bool:
    return name == home.name or any(c.place.place_id == home.place_id for c in gazetteer.candidates(name))


def _home_names(document: Document, mentions: list[PlaceMention], gazetteer: Gazetteer) -> list[PlaceMention]:
    """Find the home's own name where it was passed over ("Singen ist ...") or the index lacks it."""
    home = document.home
    if home is None or any(c.needs_context for c in gazetteer.candidates(home.surface)[:1]):
        return []
    taken = sorted((m.start, m.end) for m in mentions)
    pattern = re.compile(rf"(?<![\w-]){re.escape(home.surface)}(?![\w-])")
    blocks = iter(document.blocks)
    block = next(blocks, None)
    found = []
    for match in pattern.finditer(document.text):
        while block is not None and block.end <= match.start():
            block = next(blocks, None)
        at = bisect_left(taken, (match.end(), match.end())) - 1
        free = at < 0 or taken[at][1] <= match.start()
        if block is not None and free and block.start <= match.start() and match.end() <= block.end:
            found.append(PlaceMention(match.start(), match.end(), home.place, block.index))
    return found


@lru_cache(maxsize=1 << 12)
def _demonyms(name: str) -> tuple[str, ...]:
    """Return the German adjectives of a town's name: Duisburger, Bremer, Münchner, Karlsruher."""
    name = name.removeprefix("Bad ")
    if " " in name or not name[-1:].isalpha():
        return ()
    forms = [f"{name}er", f"{name}ner"]
    if name.endswith("en"):
        forms += [f"{name[:-2]}er", f"{name[:-2]}ner"]
    if name.endswith("e"):
        forms += [f"{name}r", f"{name[:-1]}enser", f"{name[:-1]}ische", f"{name[:-1]}ischen"]
    if name.endswith("stadt"):
        forms.append(f"{name[:-5]}städter")
    if name.endswith("er"):
        forms += [f"{name}aner", f"{name[:-2]}raner"]
    if name.endswith("a"):
        forms += [f"{name}ner", f"{name[:-1]}er"]
    forms += [f"{form}{ending}" for form in forms if form.endswith("er") for ending in ("n", "in", "innen")]
    return tuple(forms)


@cache
def _known_demonyms() -> dict[str, Place]:
    """Return the demonyms that need no mention of their town: "eine Städtepartnerschaft wie die Kölner"."""
    gazetteer = load()
    towns = [gazetteer.link(name) for name in lexicon("de", "places")["demonym_towns"]]
    return {form: town for town in towns for form in _demonyms(town.name)}


def _english_demonyms(name: str) -> tuple[str, ...]:
    """Return what the English call a town's people: the Darmstadters."""
    if not name.isalpha() or len(name) < 5:
        return ()
    return (f"{name}rs",) if name.endswith("e") else (f"{name}ers",)


@lru_cache(maxsize=1 << 10)
def _town_of_demonym(form: str, country: str) -> Place | None:
    """Return the town that a German demonym comes from, one of some size: Gifhorner, Bremer."""
    if not form.endswith("er") or len(form) < 6 or not form[0].isupper() or fold(form) in ordinary_words():
        return None
    gazetteer = load()
    for name in (form[:-2], f"{form[:-2]}en", form[:-1]):
        best = gazetteer.candidates(name)[:1]
        plain = best and best[0].main and not best[0].needs_context and fold(name) not in ordinary_words()
        if plain and best[0].place.population >= KNOWN_TOWN and form in _demonyms(name):
            return gazetteer.link(name, prefer=country)
    return None


_ARTICLES = {
    "de": frozenset(("die", "den", "der", "unsere", "unseren", "unserer")),
    "en": frozenset(("the", "our")),
}


def _peoples(mentions: Sequence[PlaceMention], home: Place | None, lang: str) -> dict[str, Place]:
    """Return the peoples that stand for the one town of their country on the page: die Franzosen."""
    towns: dict[str, dict[str, Place]] = {}
    for mention in mentions:
        towns.setdefault(mention.place.country, {})[mention.place.place_id] = mention.place
    abroad = {c: list(t.values()) for c, t in towns.items() if home is None or c != home.country}
    peoples: dict[str, list[str]] = lexicon(lang, "places")["peoples"]
    endings = ("", "n") if lang == "de" else ("",)
    return {
        form: abroad[country][0]
        for country, words in peoples.items()
        if len(abroad.get(country, ())) == 1
        for word in words
        for form in (word + ending for ending in endings)
    }


def _english_people(block: Block, words: Sequence[Token], forms: dict[str, Place]) -> list[PlaceMention]:
    """Find the people of the places that the page names: the Darmstadters."""
    return [
        PlaceMention(word.start, word.end, forms[word.text], block.index, "adjective")
        for before, word in itertools.pairwise(words)
        if word.text in forms and before.text.casefold() == "the"
    ]


def _adjectives(
    document: Document, tokens: Sequence[Sequence[Token]], mentions: list[PlaceMention], home: Place | None
) -> list[PlaceMention]:
    """Find the demonyms of the places that the page names: die Duisburger Delegation."""
    forms: dict[str, Place] = {}
    for mention in mentions:
        for form in _demonyms(document.text[mention.start : mention.end]) + _demonyms(mention.place.name):
            forms.setdefault(form, mention.place)
    if home is not None:
        forms.update(dict.fromkeys(_demonyms(home.name), home))
        if document.home is not None:
            forms.update(dict.fromkeys(_demonyms(document.home.surface), home))
    peoples = {lang: _peoples(mentions, home, lang) for lang in LANGUAGES}
    taken = {m.start for m in mentions if not m.place.place_id.startswith("unlinked:")}
    known, named = _known_demonyms(), frozenset(lexicon("de", "places")["followed"])
    wanted = {"de": {*forms, *peoples["de"], *known}, "en": {*peoples["en"]}}
    partners = frozenset(lexicon("de", "places")["owned_nouns"])
    english = {form: m.place for m in mentions for form in _english_demonyms(m.place.name)}
    found = []
    for block in document.blocks:
        words = tokens[block.index]
        if block.lang == "en":
            found += _english_people(block, words, english)
        for token, noun in itertools.pairwise(words if block.lang == "de" else ()):
            if noun.text in partners and token.text not in wanted["de"]:
                # die Gifhorner Partnerstadt, of a town not named
                town = _town_of_demonym(token.text, home.country if home else "")
                if town is not None and token.start not in taken:
                    found.append(PlaceMention(token.start, token.end, town, block.index, "adjective"))
        for i in [i for i, token in enumerate(words) if token.text in wanted[block.lang]]:
            token, after = words[i], words[i + 1] if i + 1 < len(words) else None
            place = forms.get(token.text) if block.lang == "de" else None
            if place is None and i and words[i - 1].text.lower() in _ARTICLES[block.lang]:
                place = peoples[block.lang].get(token.text)  # Polen alone is the country
            if block.lang == "en":
                place = place if token.text.endswith("s") or _is_people(after) else None
            elif place is None and not (after is not None and after.text in named):  # Kölner Straße
                place = known.get(token.text)
            if place is not None and token.start not in taken:
                found.append(PlaceMention(token.start, token.end, place, block.index, "adjective"))
    return found


def _is_people(after: Token | None) -> bool:
    """Whether "the French" is a people by the word behind it, and no adjective."""
    return (
        after is None or not after.text[0].isalpha() or after.text in lexicon("en", "places")["people_then"]
    )


def _own_names(document: Document) -> set[str]:
    """Return the names of the home town, which a region may bear, too."""
    home = document.home
    return {home.surface, home.place.name} if home is not None and home.place.feature == "city" else set()


class Named(NamedTuple):
    """The names of a page before they are linked, and what else was found on the way."""

    raws: list[RawName]
    countries: list[CountryMention]
    tokens: list[list[Token]]


def find_names(document: Document) -> Named:
    """Return the names of places on a page, each with the country that the words or the layout tell."""
    gazetteer = load()
    raws: list[RawName] = []
    countries: list[CountryMention] = []
    tokens = [tokenise(document.text, block.start, block.end) for block in document.blocks]
    homes = _own_names(document)
    hits = [
        as_towns(tokens[block.index], scan(tokens[block.index], gazetteer, block.lang), homes)
        for block in document.blocks
    ]
    passed: list[tuple[int, int]] = []
    for block in document.blocks:
        own, named_countries, telling = _block_names(
            document, block, tokens[block.index], hits[block.index], gazetteer
        )
        raws.extend(own)
        countries.extend(named_countries)
        passed.extend(telling)
    home = document.home.place if document.home else None
    layout = Layout(document)
    raws += _headed(document, raws, layout)
    blocks = {raw.block for raw in raws}
    for index, cell in column_names(document, layout, blocks, home):
        raws.append(
            RawName(cell.start, cell.end, cell.name, "name", index, cell.country, "", False, "", cell.feature)
        )
    taken = [(raw.start, raw.end) for raw in raws] + [(c.start, c.end) for c in countries] + passed
    around = Around(document, tokens, sorted(taken), hits)
    raws += _likely(around, hits, gazetteer)
    named = {raw.block: raw.name for raw in raws}
    raws = [_hint(document, layout, raw, named) for raw in raws]
    return Named(raws, countries, tokens)


def link_names(
    document: Document, named: Named
) -> tuple[list[PlaceMention], dict[str, Place], dict[int, str]]:
    """Link names by what is told of each.

    Returns:
        The mentions, what short forms mean, and the names of which nothing is told, by where they start.
    """
    gazetteer = load()
    home = document.home.place if document.home else None
    hinted = named.raws
    small = small_words(named.tokens)
    fuller = _fuller(hinted, home, gazetteer)
    mentions = [
        mention
        for raw, mention in zip(hinted, _resolve(hinted, home, gazetteer, fuller), strict=True)
        if not _ordinary(raw, mention.place, small) and not _church(document, raw, mention.place, home)
    ]
    told = {raw.name for raw in hinted if raw.country} | fuller.keys()
    free = {raw.start: raw.name for raw in hinted if raw.known and not raw.bare and raw.name not in told}
    homes = {m.start for m in mentions if m.place == home}
    return mentions, fuller, {start: name for start, name in free.items() if start not in homes}


def find_places(document: Document) -> tuple[tuple[PlaceMention, ...], tuple[CountryMention, ...]]:
    """Return the place mentions and the country mentions of a document, each sorted by start."""
    gazetteer = load()
    home = document.home.place if document.home else None
    named = find_names(document)
    countries, tokens = named.countries, named.tokens
    mentions, fuller, free = link_names(document, named)
    mentions = by_signs(document, tokens, mentions, countries, free, gazetteer)
    mentions = by_neighbours(document, mentions, free, gazetteer)
    mentions = _aliases(document, [*mentions, *_home_names(document, mentions, gazetteer)])
    mentions += repeated(document, mentions, fuller, countries)
    demonyms = _adjectives(document, tokens, mentions, home)
    people = {m.start for m in demonyms}  # "den Kissingern" is no town of its own
    mentions = [m for m in mentions if m.start not in people] + demonyms
    return tuple(sorted(mentions, key=lambda m: (m.start, m.end))), tuple(countries)
