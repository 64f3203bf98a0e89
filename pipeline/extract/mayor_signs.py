"""What speaks for a town to be a mayor's, wherever it stands on the page.

Whose mayor the words say it is, what part the town plays, and in which countries the office's word and the
person's name are usual.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, cached_property

from pipeline.extract.context import Context
from pipeline.extract.mayor_topic import is_label
from pipeline.extract.office_spans import Holder
from pipeline.lexicon import LANGUAGES, all_words, any_of, load, one_of
from pipeline.model import Block, BlockKind, OfficeMention, Place, Role, Sentence
from pipeline.recognise.tongues import given_languages, languages_in, title_languages, tongues

# Within so many characters before an office a country is the mayor's: the French mayor.
_NEAR = 24
# Words such as "on our side" stand so near to the mayor they are said of.
_SIDE = 40
# So far before a mayor's sentence it may be told that the writers were received.
_STORY = 160
# A name of no more languages than these tells where it comes from.
_FEW = 2

# Between the country's adjective and the office: "the Irish mayor", but not "is Irish, and former Mayor".
_ATTACHED = re.compile(r"\s(?:[a-zäöüß]+\s)?")

_ABBREVIATED = re.compile(r"(?:[^\W\d_]\.\s?){1,3}\s?[^\W\d_]{2,}$")
_MUNICIPAL = ("city", "district", "island", "")
_HEADS_COUNTY = re.compile(r"\b(?:County|Provost)\b", re.IGNORECASE)

_LISTED = (BlockKind.ITEM, BlockKind.CELL, BlockKind.TERM)


@cache
def led_up_to(key: str) -> re.Pattern[str]:
    """Return the pattern of words of the vocabulary right before a spot."""
    return re.compile(rf"(?<![^\W_]){any_of('mayor_towns', key)}\s$", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"\s{any_of('mayor_towns', 'there_after')}(?![^\W_])")


@cache
def _region() -> re.Pattern[str]:
    """Return the pattern of the names of what has no mayor: Kreis Adorf, Adorf County."""
    words = one_of(all_words("mayor_towns", "regions"))
    return re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])|\wkreis(?![^\W_])", re.IGNORECASE)


def has_mayor(place: Place, word: str) -> bool:
    """Whether a place may have a head whose office is called ``word``: a county has but a County Mayor."""
    if _HEADS_COUNTY.search(word):
        return True
    return place.feature in _MUNICIPAL and _region().search(place.name) is None


@cache
def _usual() -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the stems of the offices' words with the countries where they are usual."""
    found: dict[str, set[str]] = {}
    for lang in LANGUAGES:
        for office in load(lang, "offices")["office"]:
            for name in office["names"] if "usual" in office or "countries" in office else ():
                found.setdefault(name.lower(), set()).update(office.get("usual", office.get("countries", ())))
    return tuple(sorted(((n, frozenset(c)) for n, c in found.items()), key=lambda i: (-len(i[0]), i[0])))


def usual_in(word: str) -> frozenset[str]:
    """Return the countries where an office's word is usual; empty where it may be of any."""
    low = word.lower()
    for stem, countries in _usual():
        if stem in low if len(stem) > 3 else low.startswith(stem):
            return countries
    return frozenset()


@cache
def _anywhere(key: str) -> re.Pattern[str]:
    words = any_of("mayor_towns", key)
    return re.compile(rf"(?<![^\W_]){words if key == 'us' else f'(?i:{words})'}(?![^\W_])")


@cache
def _deputy_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?i:{any_of('mayor_towns', 'whose')})\s"
        rf"{any_of('mayor_towns', 'deputies')},\s(?:[^\W_]+\s)?$"
    )


@cache
def _deputy_behind() -> re.Pattern[str]:
    whose = rf"(?:{any_of('mayor_towns', 'whose')}|{any_of('mayor_towns', 'one_of')})"
    return re.compile(
        rf"(?:\s[a-zäöü]{{1,5}})?,\s{whose}\s(?:[a-zäöüß]+\s)?{any_of('mayor_towns', 'deputies')}(?![^\W_])"
    )


@cache
def _companion() -> re.Pattern[str]:
    """Return the pattern of who a mayor is to another, right before the office: "His host, Mayor ..."."""
    return re.compile(
        rf"(?<![^\W_])(?i:{any_of('mayor_towns', 'theirs')})\s(?:[^\W_]+\s)?"
        rf"{any_of('mayor_towns', 'companion')},?\s(?:(?:the|der|die|dem|den)\s)?$"
    )


@cache
def _predecessor() -> re.Pattern[str]:
    """Return the pattern of a writer who is mayor, right before the office: "einer meiner Vorgänger, "."""
    words = one_of(w for lang in LANGUAGES for w in load(lang, "offices")["succession"]["before"])
    return re.compile(
        rf"(?<![^\W_])(?i:{any_of('mayor_towns', 'ours')})\s(?:[^\W_]+\s)?(?:{words})[ns]{{0,2}},?\s"
        rf"(?:(?:the|der|die|dem|den)\s)?$"
    )


@cache
def _behind(key: str) -> re.Pattern[str]:
    return re.compile(rf"\s{any_of('mayor_towns', key)}(?![^\W_])(?!\s[A-ZÀ-Þ])")


@cache
def _tongues() -> tuple[tuple[str, str], ...]:
    """Return the stems of the offices' words with the language of each, the longest first."""
    found = {
        name.lower(): office.get("tongue", lang)
        for lang in LANGUAGES
        for office in load(lang, "offices")["office"]
        for name in office["names"]
    }
    return tuple(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


def tongue_of(word: str) -> str | None:
    """Return the language of an office's word: Maire is French on a German page, too."""
    low = word.lower()
    return next(
        (t for stem, t in _tongues() if (stem in low if len(stem) > 3 else low.startswith(stem))), None
    )


def foreign_at_home(word: str, home: Place, block: Block) -> bool:
    """Whether an office's word is of a language of the home's country that its page is not in.

    A Sindaco on a German page of a town in Switzerland is that of a town in another part of it, or abroad.
    """
    tongue = tongue_of(word)
    return tongue is not None and tongue != block.lang and block.lang in languages_in(home.country)


class Signs:
    """Tells the signs of towns for the holders of one document."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self.home = context.home
        self.home_has_lord = self.home is not None and self.home.country == "DE" and self._has_lord()

    def _has_lord(self) -> bool:
        words = (
            self.text[o.start : o.end]
            for o in self.context.mentions.offices
            if o.role is Role.LORD_MAYOR and not o.counterpart
        )
        return any("DE" in usual_in(word) for word in words)

    # ------------------------------------------------------------ whose mayor it is

    def of(self, holder: Holder, place: Place, block: Block) -> set[str]:
        """Return the signs of one town for a holder whose name stands in ``block``."""
        side = "home" if self.context.is_home(place) else "other"
        signs = {f"{sign} {side}" for sign in self._said(holder, block)}
        if side == "other":
            signs.add("partner" if place.place_id in self.partners else "stranger")
            if place.place_id == self.chief:
                signs.add("chief")
        word = self.text[holder.office.start : holder.office.end]
        usual = usual_in(word)
        if usual:
            fits = place.country in usual and not (side == "home" and foreign_at_home(word, place, block))
            signs.add("word fits" if fits else "word misfits")
        signs |= self._by_tongue(word, place, block, side)
        if side == "home" and self.home_has_lord and holder.office.role is Role.MAYOR and not usual:
            signs.add("home has lord")
        countries = self.context.countries(holder.office.start - _NEAR, holder.office.start)
        countries = [
            c
            for c in countries
            if c.form == "adjective" and _ATTACHED.fullmatch(self.text[c.end : holder.office.start])
        ]
        if countries and place.country:
            signs.add("country fits" if countries[-1].country == place.country else "country misfits")
        titled, spoken = self._titled(holder, block), languages_in(place.country)
        if titled and spoken:
            signs.add("title fits" if titled & spoken else "title misfits")
        return signs | self._by_name(holder, place, block)

    def _titled(self, holder: Holder, block: Block) -> frozenset[str]:
        """Return the languages of the title right before a name, unless the page gives it to everybody."""
        head = self.text[max(block.start, holder.person.start - _NEAR) : holder.person.start].split()
        if not head:
            return frozenset()
        langs = title_languages(head[-1])
        return title_languages(head[-1], "own_titles") or (frozenset() if block.lang in langs else langs)

    def _by_tongue(self, word: str, place: Place, block: Block, side: str) -> set[str]:
        """Return whether an office in another language than its passage's is of that of a town."""
        spoken = languages_in(place.country) or (frozenset({block.lang}) if side == "home" else frozenset())
        tongue = tongue_of(word)
        if tongue is None or tongue == block.lang or not spoken:
            return set()
        if side == "home" and foreign_at_home(word, place, block):
            return {"tongue misfits home"}
        return {f"tongue {'fits' if tongue in spoken else 'misfits'} {side}"}

    def _said(self, holder: Holder, block: Block) -> Iterator[str]:
        """Yield what the words around a holder say, whichever town is asked about."""
        office, text = holder.office, self.text
        head = text[max(0, office.start - _NEAR) : office.start]
        if led_up_to("ours").search(head):
            yield "ours"
        elif led_up_to("theirs").search(head):
            yield "theirs"
        elif led_up_to("yours").search(head):
            yield "yours"
        if _predecessor().search(text[max(0, office.start - _SIDE) : office.start]):
            yield "predecessor"
        if office.counterpart or _companion().search(text[max(0, office.start - _SIDE) : office.start]):
            yield "counterpart"
        for key in ("partner_nouns", "own_nouns"):
            if _behind(key).match(text, office.end):
                yield key.replace("_", " ")
        if is_label(self.context, holder):
            yield "label"
        if self.stands_in(holder):
            yield "stands in"
        if led_up_to("meets").search(text[max(0, office.start - 2 * _NEAR) : office.start]):
            yield "met"
        there = led_up_to("there").search(head) or _after().match(text, office.end)
        word = text[office.start : office.end].lower()
        if there or not all_words("mayor_towns", "there").isdisjoint(word.split()):
            yield "there"
        if led_up_to("visiting").search(head):
            yield "visitor"
        if block.section < 0:
            yield "teaser"
        if office.role is Role.DEPUTY_MAYOR:
            yield "deputy"
        if holder.way == "plural" or (holder.way == "before" and office.plural):
            yield "named next" if holder.place_in_series else "named first"
        sentence = self.context.sentence_at(holder.person.start)
        told = self._clause(holder, sentence)
        if office.former:
            yield "former"
        if self.context.dates(max(block.start, sentence.start - _STORY), sentence.end):
            yield "dated"
        for key in ("guest", "journey", "us"):
            if _anywhere(key).search(told):
                yield key
        before = text[max(block.start, sentence.start - _STORY) : office.start]
        if _anywhere("hosted").search(before):
            yield "hosted"
        yield from self._on_side(holder, sentence)

    def _clause(self, holder: Holder, sentence: Sentence) -> str:
        """Return what a sentence says around a holder, up to the offices of others before and behind."""
        start = min(holder.office.start, holder.person.start)
        end = max(holder.office.end, holder.person.end)
        before = self.context.offices(sentence.start, start)
        after = self.context.offices(end, sentence.end)
        low = before[-1].end if before else sentence.start
        high = after[0].start if after else sentence.end
        return f"{self.text[low:start]} {self.text[end:high]}"

    def stands_in(self, holder: Holder) -> bool:
        """Whether a mayor is called somebody's deputy: "Mayor Ben Grey, her deputy"."""
        start, end = min(holder.office.start, holder.person.start), max(holder.office.end, holder.person.end)
        head, tail = self.text[max(0, start - _SIDE) : start], self.text[end : end + _SIDE]
        return _deputy_before().search(head) is not None or _deputy_behind().match(tail) is not None

    def _on_side(self, holder: Holder, sentence: Sentence) -> Iterator[str]:
        """Yield on whose side a mayor acts: "on our side Mayor ...", "Mayor Ann Grey on theirs"."""
        start, end = min(holder.office.start, holder.person.start), max(holder.office.end, holder.person.end)
        head, tail = self.text[max(sentence.start, start - _SIDE) : start], self.text[end : end + _SIDE]
        near = re.split(r"[;.:]|,\s(?:and|und)\s", head)[-1] + " | " + re.split(r"[;,.:]", tail)[0]
        for key in ("our_side", "their_side"):
            if _anywhere(key).search(near):
                yield key.replace("_", " ")
                return

    def _by_name(self, holder: Holder, place: Place, block: Block) -> set[str]:
        """Return whether the name is usual in the country of a town."""
        names, spoken = tongues(holder.person.name), languages_in(place.country)
        if self.context.is_home(place):  # a German page of a town in South Tyrol
            spoken |= {block.lang}
        if not (names.may_be and spoken):
            return set()
        mixed, given = "en" in spoken, given_languages(holder.person.name)
        short = _ABBREVIATED.match(holder.person.name)  # M. E. Sensenbrenner: an English custom
        if short and names.may_be == {"en"}:
            given = names.may_be
        if not given and self.home is not None and "en" in languages_in(self.home.country):
            return set()  # a surname says little where families come from all over the world
        if (names.may_be | (given if mixed else frozenset())) & spoken:
            well = len(names.likely) <= _FEW and bool(names.likely & spoken)
            return {"name fits", "name fits well"} if well else {"name fits"}
        return {"name misfits", "name misfits mixed"} if mixed else {"name misfits"}

    @cached_property
    def partners(self) -> frozenset[str]:
        """The towns in a heading, in a list of partners, or in a sentence with a word for them."""
        blocks = self.context.document.blocks
        found = set()
        for mention in self.context.mentions.places:
            if mention.place.place_id in found or self.context.is_home(mention.place):
                continue
            sentence = self.context.sentence_at(mention.start)
            told = self.context.triggers(sentence.start, sentence.end)
            block = blocks[mention.block]
            if told or block.kind is BlockKind.HEADING or self._listed(block):
                found.add(mention.place.place_id)
        return frozenset(found)

    def _listed(self, block: Block) -> bool:
        """Whether a block is an entry of a list, or a cell, of partners."""
        return block.kind in _LISTED and self.context.scope_of(block) is not None

    @cached_property
    def chief(self) -> str | None:
        """The town that the page names most often beside the home, and clearly so; or None."""
        counts = Counter(
            m.place.place_id for m in self.context.mentions.places if not self.context.is_home(m.place)
        )
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:2]
        clear = ranked and ranked[0][1] >= 3 and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1])
        return ranked[0][0] if clear else None


def same_title(one: OfficeMention, two: OfficeMention) -> bool:
    """Whether two offices are both of heads, or both of deputies."""
    return (one.role is Role.DEPUTY_MAYOR) is (two.role is Role.DEPUTY_MAYOR)
