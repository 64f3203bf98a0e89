"""Which town a mayor is head of: what the words around the name say, else what the section is about.

In this order: a town in the words of the office ("Bürgermeister von Besançon", "Duisburgs OB", "Ely: Mayor
..."), the town that the same person has elsewhere on the page, the counterpart's town, and at last the
choice between the partner that the section is about and the home town, for which the office's word and
the language of the given name speak.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.context import Context
from pipeline.extract.office_holders import Holder, sentence_at
from pipeline.gazetteer import load, unlinked
from pipeline.model import Block, BlockKind, Place, PlaceMention, Role
from pipeline.recognise.names import is_name_word, languages_in, languages_of

_REACH = 160
_FILL = (
    r"(?:(?:the|der|des|dem|einer|a|city|City|town|Town|Stadt|Landeshauptstadt|Hansestadt|Bundesstadt|Gemeinde|Partnerstadt"
    r"|Universitätsstadt|Kreisstadt|our|twin|sister|partner|unserer|ihrer|seiner|[a-zäöü]{2,20}(?:ischen|schen)"
    r"|American|German|French|British|English|Canadian|Polish|Chinese|Italian|Dutch)\s(?:of\s)?){0,4}"
)
_OF = re.compile(rf"(?:\sat\sthe\stime)?\s(?:of|von|vom|der|des|aus|in|de|di|für|zu)\s{_FILL}(?:\()?")
_FROM = re.compile(rf"\s?(?:\([^()]{{1,20}}\)\s?)?,?\s(?:aus|für|for|von|of|from|vom)\s{_FILL}")
_IN = re.compile(r"\sin\s")
_OWN = re.compile(r"(?:['’]s?|s['’]?)?\s(?:[a-zäöüß-]{2,20}\s){0,3}")
_NAME = (
    r"(?P<name>[A-ZÀ-ÞŞİ][^\W\d_]{2,25}"
    r"(?:[-\s](?:am|an\sder|im|in|bei|ob|upon|on|de|la)[-\s][A-ZÀ-Þ][^\W\d_]{1,25}|-[A-ZÀ-Þ][^\W\d_]{1,25}){0,2})"
)
_UNIT = (
    r"(?:Gemeinde|Marktgemeinde|Stadt|Ortsgemeinde|Samtgemeinde|Stadtbezirk|Bezirk|Stadtteil|Dorf"
    r"|town\sof|village\sof|district\sof|borough\sof|municipality\sof)"
)
_OF_UNKNOWN = re.compile(rf"\s(?:(?:of|von)(?:\s(?:the|der|dem)\s{_UNIT})?|der\s{_UNIT})\s{_NAME}")
_FROM_UNKNOWN = re.compile(rf"\s(?:aus|von|vom|from|of)\s(?:(?:the|der|dem)\s)?{_UNIT}\s{_NAME}")
_POSSESSOR = re.compile(r"(?<![^\W_])([A-ZÀ-Þ][^\W\d_]{2,25})(?:['’]?s|['’])\s$")
_DATELINE = re.compile(r"\s?[:–-]\s")
_THERE = re.compile(r"\bdortige[rnm]?\s$|\blocal\s$", re.IGNORECASE)
_FOREIGN = re.compile(
    r"Maire|Alcalde|Sindac|Burgemeester|Burmistrz|Primátor|Primar|Polgármester|Borgm|Borgerm|Ordfører|Syndic|Bourgmestre|Batlle"
    r"|Gradona|Župan|Belediye|Stadtpräsident|adjoint|teniente|vicesind",
    re.IGNORECASE,
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
        self.has_lord = any(
            o.role is Role.LORD_MAYOR
            and not o.counterpart
            and self.text[o.start : o.end].count("ürgermeister")
            for o in context.mentions.offices
        )

    # ------------------------------------------------------------ beside the office

    def named(self, holder: Holder) -> Found | None:
        """Return the town that stands in the words of the office itself."""
        office, person = holder.office, holder.person
        block = self.context.document.blocks[office.block]
        low, high = (
            max(block.start, office.start - _REACH),
            min(block.end, max(office.end, person.end) + _REACH),
        )
        places = self.context.places(low, high)
        for place in places:  # Bürgermeister von Besançon; Anne Vignot, Bürgermeisterin von Besançon
            if place.start >= office.end and _OF.fullmatch(self.text[office.end : place.start]):
                if (
                    self.text[office.end : place.start].strip() == "in"
                    and holder.way == "after"
                    and place.start > person.start
                ):
                    break
                return Found(place.place, "apposition" if holder.way == "before" else "of", place)
        own = [p for p in places if p.end <= office.start and p.start != person.start]
        for place in reversed(own):  # Duisburgs OB, Minneapolis Mayor
            gap = self.text[place.end : office.start]
            if _OWN.fullmatch(gap) and not (place.start >= person.start and place.end <= person.end):
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
        if holder.way in ("after", "plural"):
            for place in places:  # sein Kollege Roger Menu aus Épernay
                if place.start >= person.end and _FROM.fullmatch(self.text[person.end : place.start]):
                    return Found(place.place, "from", place)
        between = (person.end, office.start) if holder.way == "before" else (office.end, person.start)
        if between[0] < between[1] and holder.way != "beside" and not holder.place_in_series:
            inside = [p for p in self.context.places(*between) if p.form != "adjective"]
            if inside:  # Eckart Würzner, who has led Heidelberg as Lord Mayor
                return Found(inside[-1].place, "apposition", inside[-1])
        for place in (
            places
        ):  # Ely: Mayor Chris Phillips; 11.01. Moers: Bürgermeister ...; In Galway, Mayor Peter Keane
            if place.form != "name" or not 0 <= office.start - place.end <= 3:
                continue
            gap = self.text[place.end : office.start]
            head = self.text[max(block.start, place.start - 40) : place.start]
            if _DATELINE.fullmatch(gap) and not re.search(r"[^\W\d_]{3}", head):
                return Found(place.place, "dateline", place)
            if gap == ", " and re.search(r"(?:^|[.!?]\s)In\s$", head):
                return Found(place.place, "in", place)
        return self._possessor(holder) or self._unknown(holder, block)

    def _unknown(self, holder: Holder, block: Block) -> Found | None:
        """Return an unlinked town where the words say that a name is one: Bürgermeister von Kleinau."""
        for at, pattern in ((holder.office.end, _OF_UNKNOWN), (holder.person.end, _FROM_UNKNOWN)):
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

    def near(self, holder: Holder) -> Place | None:
        """Return the town other than the home nearest in the sentence, the block, the page's heading."""
        block = self.context.document.blocks[holder.person.block]
        person = holder.person
        sentence = sentence_at(self.context, person.start)
        if block.section < 0:  # a teaser: what else it names is its own affair
            return None
        for low, high in ((sentence.start, sentence.end), (block.start, block.end)):
            before = self._others(low, person.start)
            after = self._others(person.end, high)
            if before:
                return before[-1]
            if after and (high == sentence.end or len({p.place_id for p in after}) == 1):
                return after[0]
        return self.page_partner()

    def _others(self, start: int, end: int) -> list[Place]:
        return [p.place for p in self.context.places(start, end) if not self.context.is_home(p.place)]

    def page_partner(self) -> Place | None:
        """Return the one partner in the page's first heading."""
        for block in self.context.document.blocks:
            if block.kind is BlockKind.HEADING:
                place = self._single(block)
                if place is not None:
                    return place
                if block.level <= 1:
                    continue
                break
        return None

    # ------------------------------------------------------------ the choice

    def fits(self, person: str, place: Place | None) -> bool:
        """Whether the given name is usual in the place's country."""
        return place is not None and bool(languages_of(person) & languages_in(place.country))

    def chosen(self, holder: Holder, beside: Place | None) -> Found | None:
        """Choose between home and partner for a holder whose town no word names.

        Args:
            holder: The holder.
            beside: The town of another mayor of the same sentence, whose counterpart this one is.
        """
        block = self.context.document.blocks[holder.person.block]
        section = self.partner(block)
        partner = section or self.near(holder)
        home = self.home
        if home is None:
            return Found(partner, "section") if partner else None
        if partner is None or partner.place_id == home.place_id:
            # Two heads of towns, and only one town in sight: the second is of a town that nobody names.
            return None if holder.place_in_series else Found(home, "home")
        if beside is not None:
            other = partner if beside.place_id == home.place_id else home
            if other.place_id != beside.place_id:
                return Found(other, "pair")
        if holder.office.counterpart or _THERE.search(
            self.text[max(0, holder.office.start - 12) : holder.office.start]
        ):
            return Found(partner, "counterpart")
        word = self.text[holder.office.start : holder.office.end]
        there = re.match(r"\s(?:there|dort)\b", self.text[holder.office.end : holder.office.end + 7])
        if "dortige" in word or there:
            return Found(partner, "counterpart")
        at_home, abroad = self.fits(holder.person.name, home), self.fits(holder.person.name, partner)
        if (
            _FOREIGN.search(word)
            and home.country in ("DE", "AT", "GB", "US", "IE")
            and not (at_home and not abroad)
        ):
            return Found(partner, "section")
        if at_home and not abroad:
            return Found(home, "home")
        if abroad and not at_home:
            return Found(partner, "section")
        german = "ürgermeister" in word or word in ("OB", "OBin")
        if (
            german
            and holder.office.role is Role.LORD_MAYOR
            and home.country == "DE"
            and partner.country != "DE"
        ):
            return Found(home, "home")
        if section is None:
            return Found(home, "home")
        if german and holder.office.role is Role.MAYOR and self.has_lord and partner.country != home.country:
            return Found(section, "section")
        known = bool(languages_of(holder.person.name))
        return Found(home, "home") if at_home or (known and not abroad) else Found(section, "section")
