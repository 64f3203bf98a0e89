"""Which town a mayor is head of, where the words of the office or of the name say so.

"Bürgermeister von Besançon", "Duisburgs OB", "Ely: Mayor ...", "Mayor Ann Grey, who runs Ely": the nearest
words win. Where there are none, ``mayor_choice`` chooses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.extract.context import Context
from pipeline.extract.mayor_signs import led_up_to
from pipeline.extract.office_spans import Holder
from pipeline.gazetteer import load, unlinked
from pipeline.lexicon import all_words, any_of, one_of
from pipeline.model import Block, BlockKind, PersonMention, Place, PlaceMention
from pipeline.recognise.names import is_given, is_name_word

_REACH = 160
# An act between a town and the mayor that did it for the town is no longer than that.
_CLAUSE = 60
_OWN = re.compile(r"(?:['’]s?|s['’]?)?\s(?:[a-zäöüß-]{2,20}\s){0,3}")
_NAME = (
    r"(?P<name>[A-ZÀ-ÞŞİ][^\W\d_]{2,25}"
    r"(?:[-\s](?:am|an\sder|im|in|bei|ob|upon|on|de|la)[-\s][A-ZÀ-Þ][^\W\d_]{1,25}"
    r"|-[A-ZÀ-Þ][^\W\d_]{1,25}){0,2})"
)
_POSSESSOR = re.compile(r"(?<![^\W_])([A-ZÀ-Þ][^\W\d_]{2,25})(?:['’]?s|['’])\s$")
_DEMONYM = re.compile(
    r"(?:^|[.,;:!?(]\s|\s[a-zäöüß]{2,20}\s)([A-ZÄÖÜ][^\W\d_]{3,25}er)\s(?:[a-zäöüß-]{2,20}[enr]\s)?$"
)
# Between a town and an office behind it that is another's: "Adorf and Mayor Ann Grey".
_OTHERS = re.compile(
    r"\s(?:[a-z]+\s){0,2}(?:and|by|with|to|from|when|where|while|but|as|or|under|then|had|has|was|is|for)\s"
)
# Behind "..., aus Adorf": the town is of the clause that follows.
_GOES_ON = re.compile(r"\s(?!und\s|and\s|sowie\s|in\s|im\s|an\s|am\s)[a-zäöü]")
# Between an office and its town in a list of names.
_UNITS = re.compile(r"\s(?:(?:der\s)?(?:Stadt|Gemeinde|Landeshauptstadt|Hansestadt)\s)?")
_DATELINE = re.compile(r"\s?[:–-]\s")
_SUBJECT = re.compile(
    r"([A-ZÀ-Þ][^\W\d_]{3,25})(?::|\s[a-zäöüß]{3,15}(?:t|s|ed))\s(?:[a-zäöüß]{2,12}\s){0,2}"
)


# Of a demonym at least so many letters and one more are its town's; the town's name has fewer more.
_STEM = 3


@cache
def _companions() -> re.Pattern[str]:
    """Return the pattern of a word for a counterpart right before an office: " Kollegin, "."""
    return re.compile(rf"\s{any_of('mayor_towns', 'companion')},?\s(?:(?:the|der|die|dem|den)\s)?$")


@dataclass(frozen=True)
class _Patterns:
    """The patterns for what stands between an office or a name and its town."""

    of: re.Pattern[str]
    from_: re.Pattern[str]
    of_unknown: re.Pattern[str]
    from_unknown: re.Pattern[str]
    in_: re.Pattern[str]
    there: re.Pattern[str]
    runs: re.Pattern[str]
    acts_for: re.Pattern[str]
    behalf: re.Pattern[str]
    has: re.Pattern[str]


def _one(key: str) -> str:
    return any_of("mayor_towns", key)


@cache
def _patterns() -> _Patterns:
    endings = one_of(all_words("mayor_towns", "fill_endings"))
    fill = rf"(?:(?:{_one('fill')}|[a-zäöü]{{2,20}}(?:{endings}))\s(?:of\s)?){{0,4}}"
    unit = _one("units")
    articles = r"(?:the|der|dem|des)"
    led = _one("leads")
    return _Patterns(
        re.compile(rf"(?:\s{_one('then')})?\s{_one('of')}\s{fill}(?:\()?"),
        re.compile(rf"\s?(?:\([^()]{{1,20}}\)\s?)?,?\s{_one('from')}\s{fill}"),
        re.compile(rf"\s(?:(?:of|von)(?:\s{articles}\s{unit})?|der\s{unit})\s{_NAME}"),
        re.compile(rf"\s{_one('from')}\s(?:{articles}\s)?{unit}\s{_NAME}"),
        re.compile(r"(?:^|[.!?:;]\s)(?:In|in)\s$"),
        re.compile(
            rf",?\s(?:{_one('reigns')}\s(?:[a-zäöüß]+\s){{0,2}}?)?(?:{articles}\s|die\s)?(?:{_one('now')}\s)?"
        ),
        re.compile(rf",?\s(?:[a-zäöüß]{{2,9}}\s){{0,3}}(?:{led})\s{fill}"),
        re.compile(rf"(?:\s{_one('acts')}(?:\s(?:it|es|sie|ihn|them|both))?)?\s{_one('acts_for')}\s{fill}"),
        re.compile(rf"(?<![^\W_])(?i:{_one('behalf')})\s{fill}$"),
        re.compile(rf"\s{_one('has')}\s(?:[^\W_]+\s){{0,2}}?{_one('a')}\s(?:[^\W_]+\s){{0,2}}?"),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A town for a holder; ``mention`` is set where it stands beside the office."""

    place: Place
    rule: str
    mention: PlaceMention | None = None


class Towns:
    """Finds the towns of holders in one document."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self.home = context.home

    def named(self, holder: Holder) -> Found | None:
        """Return the town that stands in the words of the office itself."""
        office, person, patterns = holder.office, holder.person, _patterns()
        block = self.context.document.blocks[office.block]
        low, high = (
            max(block.start, office.start - _REACH),
            min(block.end, max(office.end, person.end) + _REACH),
        )
        places = self.context.places(low, high)
        for place in places:  # Bürgermeister von Besançon; Anne Vignot, Bürgermeisterin von Besançon
            if place.start >= office.end and patterns.of.fullmatch(self.text[office.end : place.start]):
                if (
                    self.text[office.end : place.start].strip() == "in"
                    and holder.way == "after"
                    and place.start > person.start
                ):
                    break
                return Found(place.place, "apposition" if holder.way == "before" else "of", place)
        if holder.way == "before" and (behind := self._titled(holder, places)) is not None:
            return Found(behind.place, "apposition", behind)
        own = [p for p in places if p.end <= office.start and p.start != person.start]
        for place in reversed(own):  # Duisburgs OB, Minneapolis Mayor
            gap = self.text[place.end : office.start]
            if self.text[place.start : place.end] in all_words("mayor_towns", "not_possessor"):
                continue
            if (
                _OWN.fullmatch(gap)
                and not _OTHERS.match(gap)
                and not led_up_to("theirs").search(gap)
                and not (place.start >= person.start and place.end <= person.end)
            ):
                if (
                    place.form == "name"
                    and block.lang == "de"
                    and not gap.startswith(("'", "’"))
                    and gap.strip()
                ):
                    break
                if holder.way == "before" and place.start < person.end:
                    break
                return Found(place.place, "genitive", place)
            break
        if holder.way == "beside" and office.block != person.block:
            # the header of a column, or a line of its own: Bürgermeister Adorf
            titled = {p.place.place_id: p for p in self.context.places(block.start, block.end)}
            if len(titled) == 1:
                place = next(iter(titled.values()))
                return Found(place.place, "header", place)
        if (beside := self._beside(holder, block, places)) is not None:
            return beside
        if holder.way == "after" and (
            side := self._signs_for(holder, block) or self._on_behalf(holder, block)
        ):
            return Found(side.place, "for", side)
        if holder.way in ("after", "plural", "before"):
            for place in places:  # sein Kollege Roger Menu aus Épernay
                gap = self.text[person.end : max(person.end, place.start)]
                if place.start >= person.end and (
                    gap == " ("
                    or (
                        patterns.from_.fullmatch(gap)
                        and not self._next_one(place)
                        and not ("," in gap and _GOES_ON.match(self.text, place.end))
                    )
                ):
                    return Found(place.place, "from", place)
        between = (person.end, office.start) if holder.way == "before" else (office.end, person.start)
        if between[0] < between[1] and holder.way not in ("beside", "signed") and not holder.place_in_series:
            inside = [p for p in self.context.places(*between) if p.form != "adjective"]
            if inside:  # Eckart Würzner, who has led Heidelberg as Lord Mayor
                return Found(inside[-1].place, "apposition", inside[-1])
        for place in (
            places
        ):  # Ely: Mayor Chris Phillips; 11.01. Moers: Bürgermeister ...; In Galway, Mayor Peter Keane
            if place.form != "name" or not 0 <= office.start - place.end <= 3:
                continue
            gap = self.text[place.end : office.start]
            head = re.split(r"[.;!?|]\s", self.text[max(block.start, place.start - 40) : place.start])[-1]
            if _DATELINE.fullmatch(gap) and not re.search(r"[^\W\d_]{3}", head):
                return Found(place.place, "dateline", place)
        for place in reversed(own[-1:]):  # In Galway, Mayor Peter Keane; In Galway the Mayor, Peter Keane
            head = self.text[max(block.start, place.start - 40) : place.start]
            gap = self.text[place.end : office.start]
            if place.form == "name" and patterns.in_.search(head) and patterns.there.fullmatch(gap):
                return Found(place.place, "in", place)
        for place in own[-1:]:  # Galway has had a new Mayor since May, Peter Keane
            gap = self.text[place.end : office.start]
            if place.form == "name" and holder.way != "before" and patterns.has.fullmatch(gap):
                return Found(place.place, "has", place)
        for place in places:  # Mayor Ann Grey, the woman who runs Galway
            if place.start >= person.end and patterns.runs.fullmatch(self.text[person.end : place.start]):
                return Found(place.place, "led", place)
        return self._possessor(holder) or self._demonym(holder, block) or self._unknown(holder, block)

    def _titled(self, holder: Holder, places: list[PlaceMention]) -> PlaceMention | None:
        """Return the town right behind an office behind a name: Marc Morel (Bürgermeister Lyon)."""
        for place in places:
            gap = self.text[holder.office.end : place.start]
            closes = self.text[place.end : place.end + 1] in (")", ",", ";", ".", "\n", "")
            if place.start > holder.office.end and _UNITS.fullmatch(gap) and place.form == "name" and closes:
                return place
        return None

    def _beside(self, holder: Holder, block: Block, places: list[PlaceMention]) -> Found | None:
        """Return the town before the bracket that holds an office, or between commas behind the name."""
        office, person = holder.office, holder.person
        opened = self.text.rfind("(", max(block.start, office.start - _CLAUSE), office.start)
        if opened >= 0 and ")" not in self.text[opened : office.start]:
            for place in places:  # Lyon (seit 1970, damaliger Maire: Marc Morel)
                if place.end == opened - 1 and person.start > opened:
                    return Found(place.place, "bracket", place)
        if holder.way == "after":
            for place in places:  # a card from Mayor Ann Grey, Salem, for the show
                if place.form == "name" and self.text[person.end : place.start] == ", ":
                    following = self.text[place.end : place.end + 1]
                    if following in (",", ".", ";", ")", "\n", "") and not self._listed(place):
                        return Found(place.place, "beside", place)
        return None

    def _listed(self, place: PlaceMention) -> bool:
        """Whether another town stands behind the next comma: Mayor Ann Grey, Adorf, Salem and ..."""
        after = self.context.places(place.end, place.end + 30)
        return (
            bool(after) and re.fullmatch(r",\s(?:and\s)?", self.text[place.end : after[0].start]) is not None
        )

    def _next_one(self, place: PlaceMention) -> bool:
        """Whether a town opens what is said of the next mayor: ..., für Lyon Maire Marc Morel."""
        following = re.match(r"\s(?:(?:the|der|die|dessen)\s)?", self.text[place.end : place.end + 12])
        at = place.end + (following.end() if following else 0)
        return following is not None and any(o.start == at for o in self.context.mentions.offices)

    def _signs_for(self, holder: Holder, block: Block) -> PlaceMention | None:
        """Return the town that a mayor acts for: "Mayor Ann Grey signed for Salem, Maire Morel for Lyon"."""
        end = holder.person.end
        for place in self.context.places(end, min(block.end, end + _CLAUSE))[:1]:
            if _patterns().acts_for.fullmatch(self.text[end : place.start]) and not self._next_one(place):
                return place if place.form == "name" else None
        return None

    def _on_behalf(self, holder: Holder, block: Block) -> PlaceMention | None:
        """Return the town an act before the office is done for: Für Adorf unterschrieb Bürgermeister ..."""
        low = max(block.start, holder.office.start - _REACH)
        for place in reversed(self.context.places(low, holder.office.start)):
            if _patterns().behalf.search(self.text[low : place.start]):
                gap = self.text[place.end : holder.office.start]
                others = self.context.persons(low, place.start)
                if others and holder.person.start != others[-1].start and self._is_of(others[-1], place):
                    return None
                plain = len(gap) <= _CLAUSE and re.search(r"[.;:!?()]|\b(?:und|and)\b", gap) is None
                return place if plain else None
        return None

    def _is_of(self, person: PersonMention, place: PlaceMention) -> bool:
        """Whether the words between a mayor and a town say that he or she acts for it."""
        gap = self.text[person.end : place.start]
        headed = any(0 <= person.start - o.end < _CLAUSE for o in self.context.offices(0, person.start)[-1:])
        return headed and _patterns().acts_for.fullmatch(gap) is not None

    def _demonym(self, holder: Holder, block: Block) -> Found | None:
        """Return the town of a demonym or subject before the office that the place finder left alone.

        "Neuburger Bürgermeister ...", "Neuburg ehrt Altbürgermeister ...": the page names the town only so.
        """
        office = holder.office
        names: tuple[str, ...] = ()
        head = self.text[max(block.start, office.start - 60) : office.start]
        match = _DEMONYM.search(_companions().sub(" ", head))
        there = match is not None and not all_words("mayor_towns", "there").isdisjoint(match.group().split())
        if match is not None and not there and block.lang == "de" and holder.way != "before":
            word = match.group(1)
            if (named := self._inhabitants(word)) is not None:
                return Found(named, "demonym")
            names = (word[:-2], f"{word[:-2]}en", word[:-1], *((word[:-3],) if word.endswith("ser") else ()))
        elif (match := _SUBJECT.fullmatch(self.text[block.start : office.start])) is not None:
            names = (match.group(1),)
        gazetteer = load()
        for name in names:
            best = gazetteer.candidates(name)[:1]
            sure = best and best[0].main and not best[0].needs_context
            if sure and not is_given(name) and is_name_word(name):
                return Found(gazetteer.link(name, prefer=self.home.country if self.home else ""), "demonym")
        return None

    def _inhabitants(self, word: str) -> Place | None:
        """Return the one town named on the page whose name a demonym goes back to: Udineser, Modeneser."""
        stems = {word[: -len(end)] for end in all_words("mayor_towns", "demonyms") if word.endswith(end)}
        stems = {stem for stem in stems if len(stem) > _STEM}
        found = {}
        for mention in self.context.mentions.places:
            name = self.text[mention.start : mention.end]
            if mention.form == "name" and any(
                name.startswith(s) and len(name) - len(s) < _STEM for s in stems
            ):
                found[mention.place.place_id] = mention.place
        return next(iter(found.values())) if len(found) == 1 else None

    def _unknown(self, holder: Holder, block: Block) -> Found | None:
        """Return an unlinked town where the words say that a name is one: Bürgermeister von Kleinau."""
        patterns = _patterns()
        for at, pattern in (
            (holder.office.end, patterns.of_unknown),
            (holder.person.end, patterns.from_unknown),
        ):
            match = pattern.match(self.text, at, block.end)
            if match is None or holder.place_in_series:
                continue
            name = match.group("name")
            if at == holder.office.end and match.end("name") > holder.person.start >= at:
                name = self.text[match.start("name") : holder.person.start].strip(" ,")
            if name and all(is_name_word(w) or w[0].islower() for w in name.split()):
                return Found(unlinked(name), "unlinked")
        return None

    def _possessor(self, holder: Holder) -> Found | None:
        """Return the town of a possessive that the place finder left alone, a common word too: Essen's."""
        office = holder.office
        low = self.context.document.blocks[office.block].start
        match = _POSSESSOR.search(self.text[max(low, office.start - 40) : office.start])
        if match is None or holder.way == "before":
            return None
        name = match.group(1)
        if f"{name}s" in all_words("mayor_towns", "not_possessor"):
            return None
        for place in self.context.mentions.places:
            if self.text[place.start : place.end] == name:
                return Found(place.place, "possessor")
        gazetteer = load()
        if len(name) < 4 or not is_name_word(name) or not gazetteer.candidates(name):
            return None
        prefer = self.home.country if self.home else ""
        return Found(gazetteer.link(name, prefer=prefer), "possessor")

    # ------------------------------------------------------------ what the section is about

    def partner(self, block: Block) -> Place | None:
        """Return the one partner that the headings above a block, or its own first words, name."""
        for index in reversed(block.path):
            place = self._single(self.context.document.blocks[index])
            if place is not None:
                return place
        if block.kind is not BlockKind.HEADING:
            lead = self.context.leading_place(block.start, block.end)
            if lead is not None and not self.context.is_home(lead.place):
                after = self.text[lead.end : lead.end + 2]
                if after[:1] in ",.:(–" or after[:2] in (" (", " –", " -") or lead.end >= block.end:
                    return lead.place
        return None

    def _single(self, block: Block) -> Place | None:
        others: dict[str, Place] = {}
        for mention in self.context.places(block.start, block.end):
            if not self.context.is_home(mention.place):
                others.setdefault(mention.place.place_id, mention.place)
        return next(iter(others.values())) if len(others) == 1 else None
