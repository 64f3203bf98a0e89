"""What speaks for and against each place of a page being a partner of its home: the features of the judge.

A feature is a short fixed name; a candidate has it or has it not. Features of a mention tell how the place
stands in its sentence, block and section; features of the candidate tell how often and where it is named.
They know kinds of words and layouts, never the words or names themselves, so that what is learned from some
pages holds for others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import NamedTuple

from pipeline.extract.context import Context, Scope
from pipeline.extract.cues import clause, event_at, has, polarity
from pipeline.extract.partnerships.datings import usable
from pipeline.extract.partnerships.entries import Entry
from pipeline.extract.partnerships.finding import Finding
from pipeline.extract.roles import parts
from pipeline.lexicon import load
from pipeline.model import Block, BlockKind, Place, PlaceMention, Sentence, Status, TriggerMention
from pipeline.tokens import tokenise

_NEAR, _FAR = 30, 90
_LARGE = 1_000_000
# Dated within so many characters of its name.
_DATED = 30


class Anchor(StrEnum):
    """How a page gives the other side of a bond: its home, a place in the same sentence, the section's."""

    HOME = "home"
    BESIDE = "beside"
    SECTION = "section"


@dataclass(frozen=True)
class Candidate:
    """Two places that may be partners, and what speaks for and against it.

    ``best`` is the mention of ``b`` that speaks most of a bond.
    """

    a: Place
    b: Place
    features: frozenset[str]
    best: PlaceMention


@cache
def _first_person(lang: str) -> frozenset[str]:
    return frozenset(load(lang, "roles")["first"])


class Observer:
    """Observes the pairs of places of one page, after the rules have read it."""

    def __init__(self, context: Context, findings: Iterable[Finding], entries: Iterable[Entry]) -> None:
        """Take a page, what the rules found on it, and the partners that its layout names."""
        self._context = context
        self._found: dict[tuple[str, str], list[Finding]] = {}
        for finding in findings:
            self._found.setdefault(finding.key, []).append(finding)
        self._bound = {place_id for key in self._found for place_id in key}
        self._with_home = {
            place_id
            for key in self._found
            if self._home_id in key
            for place_id in key
            if place_id != self._home_id
        }
        self._entry_of: dict[int, PlaceMention] = {}
        for entry in entries:
            for block in entry.blocks:
                self._entry_of.setdefault(block.index, entry.mention)
        self._sentences = context.mentions.sentences
        self._starts = [sentence.start for sentence in self._sentences]
        self._roles_of: dict[int, dict[PlaceMention, tuple[str, int]]] = {}

    @property
    def _home_id(self) -> str:
        return self._context.home.place_id if self._context.home is not None else ""

    def candidates(self) -> list[Candidate]:
        """Return the pairs that come into question, in the order in which the page names them."""
        observed: dict[tuple[str, str], list[_Observed]] = {}
        counts = Counter(m.place.place_id for m in self._context.mentions.places)
        for mention in self._context.mentions.places:
            if self._context.is_home(mention.place):
                continue
            names = self._mention(mention)
            for anchor, other, more in self._anchors(mention, names):
                a, b = sorted((mention.place.place_id, other.place_id))
                own = {f"{anchor}|{name}" for name in (*names, *more)}
                observed.setdefault((a, b), []).append(_Observed(anchor, other, mention, names, own))
        return [self._pooled(key, group, counts) for key, group in observed.items()]

    def _pooled(self, key: tuple[str, str], group: Sequence[_Observed], counts: Counter[str]) -> Candidate:
        best = max(group, key=lambda o: (o.anchor is not Anchor.HOME, _strength(o.names), -o.mention.start))
        anchor = Anchor.HOME if self._home_id in key else best.anchor
        features = {name for seen in group for name in seen.features}
        features |= {f"{anchor}|{name}" for name in self._pair(key, best, counts)}
        return Candidate(best.other, best.mention.place, frozenset(features), best.mention)

    def _anchors(self, mention: PlaceMention, names: set[str]) -> Iterator[tuple[Anchor, Place, set[str]]]:
        """Yield the places that may be the other side for one mention, with what tells of both."""
        context = self._context
        if context.home is not None:
            yield Anchor.HOME, context.home, set()
        if "teaser" in names or mention.form == "adjective":
            return
        entry = self._entry_of.get(mention.block)
        sentence = self._sentences[bisect_right(self._starts, mention.start) - 1]
        triggers = context.triggers(sentence.start, sentence.end)
        block = context.document.blocks[mention.block]
        bond = bool(triggers) or has(context.text[sentence.start : sentence.end], block.lang, "bond")
        if entry is not None and entry.place != mention.place and not context.is_home(entry.place) and bond:
            yield Anchor.SECTION, entry.place, set()
        if not bond and block.kind is not BlockKind.CELL:
            return
        for other in context.places(sentence.start, mention.start):
            if other.place != mention.place and not context.is_home(other.place):
                yield Anchor.BESIDE, other.place, self._both(other, mention, sentence, triggers)

    def _both(
        self,
        first: PlaceMention,
        second: PlaceMention,
        sentence: Sentence,
        triggers: Sequence[TriggerMention],
    ) -> set[str]:
        """Return how two places of a sentence stand to each other."""
        context = self._context
        block = context.document.blocks[first.block]
        roles = self._roles(sentence, block)
        one, two = roles.get(first, ("", -1)), roles.get(second, ("", -1))
        names = {f"first:{first.form}:{one[0]}", f"roles:{one[0]}:{two[0]}"}
        names.add("joined" if one[1] == two[1] >= 0 else "apart")
        strong = [t for t in triggers if not t.weak]
        for trigger in strong or triggers:
            side = (
                "before"
                if trigger.end <= first.start
                else "after"
                if trigger.start >= second.end
                else "between"
            )
            names.add(f"trigger-{side}:{'weak' if trigger.weak else 'strong'}:{trigger.form}")
        between = context.places(first.end, second.start)
        names.add(f"places-between:{min(len({p.place.place_id for p in between}), 3)}")
        names.add(
            "near" if second.start - first.end <= 40 else "mid" if second.start - first.end <= 100 else "far"
        )
        names.add("same-country" if first.place.country == second.place.country else "two-countries")
        return names

    def _pair(self, key: tuple[str, str], best: _Observed, counts: Counter[str]) -> set[str]:
        """Return the features of a pair as a whole."""
        context, home = self._context, self._context.home
        place = best.mention.place
        names = {"bias", f"mentions:{min(counts[place.place_id], 4)}"}
        found = self._found.get(key, [])
        names |= {f"rule:{f.evidence[0].rule.split(':')[1]}" for f in found}
        if found:
            names.add("rule-weak" if all(f.weak for f in found) else "rule")
            names.add(f"rules:{min(len({f.evidence[0].rule for f in found}), 3)}")
        others = {i for k in self._found if k != key for i in k}
        for place_id in key:
            if place_id in others and place_id != self._home_id:
                names.add("bound-elsewhere")
            if place_id in self._with_home and self._home_id not in key:
                names.add("bound-to-home")
        abroad = home is not None and place.country != home.country
        names.add("abroad" if abroad else "inland")
        if not place.linked:
            names.add("unlinked")
        if place.population >= _LARGE:
            names.add("large:abroad" if abroad else "large:inland")
        if place.feature not in ("", "city"):
            names.add("unit")
        if context.text[best.mention.start : best.mention.end] in context.document.title:
            names.add("in-title")
        if counts[place.place_id] == max((n for i, n in counts.items() if i != self._home_id), default=0) > 2:
            names.add("most-named:abroad" if abroad else "most-named:inland")
        if context.speaks_of_partners:
            names.add("page-speaks")
        if context.page_scope is not None:
            names.add("page-scope")
        if context.hinted_scope is not None:
            names.add("page-hint")
        names.add("others-found" if set(self._found) - {key} else "none-else")
        return names

    def _mention(self, mention: PlaceMention) -> set[str]:
        """Return the features of one mention."""
        context = self._context
        block = context.document.blocks[mention.block]
        names = {f"in:{block.kind}", f"form:{mention.form}"}
        if block.section < 0:
            return {"teaser"}
        at = bisect_right(self._starts, mention.start) - 1
        sentence = self._sentences[at]
        names |= self._sentence(mention, sentence, block)
        names |= self._around(at, block)
        names |= self._layout(mention, block)
        return names

    def _sentence(self, mention: PlaceMention, sentence: Sentence, block: Block) -> set[str]:
        context, lang = self._context, block.lang
        text = context.text[sentence.start : sentence.end]
        triggers = context.triggers(sentence.start, sentence.end)
        names = {name for trigger in triggers for name in _toward(mention, trigger, context.text)}
        strong = any(not t.weak for t in triggers)
        level = "strong" if strong else "weak" if triggers else "none"
        names.add(f"trigger:{level}")
        role = self._roles(sentence, block).get(mention, (mention.form, -1))[0]
        names |= {f"role:{role}:{level}"}
        names |= self._stance(mention, sentence, lang, level)
        places = context.places(sentence.start, sentence.end)
        if any(context.is_home(p.place) for p in places):
            names.add(f"with-home:{level}")
        others = {p.place.place_id for p in places if not context.is_home(p.place)} - {mention.place.place_id}
        if others & self._with_home:
            names.add(f"beside-found:{level}")
        if len(others) > 1:
            names.add(f"many-others:{level}")
        words = {token.text.casefold() for token in tokenise(text)}
        if words & _first_person(lang):
            names.add(f"first-person:{level}")
        offices = [o for o in context.mentions.offices if sentence.start <= o.start < sentence.end]
        if any(abs(o.start - mention.start) <= 60 for o in offices):
            names.add(f"office:{level}")
        near = context.dates(
            max(sentence.start, mention.start - _DATED), min(sentence.end, mention.end + _DATED)
        )
        for date in near:
            if usable(context, date):
                event = event_at(context.text, sentence.start, sentence.end, lang, (date.start, date.end))
                names.add(f"dated:{event or 'plain'}:{level}")
        if any(c.start - mention.end in range(4) for c in context.countries(mention.end, mention.end + 60)):
            names.add("country-after")
        return names

    def _roles(self, sentence: Sentence, block: Block) -> dict[PlaceMention, tuple[str, int]]:
        """Return the role of each place of a sentence, and the first part of its enumeration."""
        known = self._roles_of.get(sentence.start)
        if known is None:
            context = self._context
            places = context.places(sentence.start, sentence.end)
            triggers = context.triggers(sentence.start, sentence.end)
            words = [(t.start, t.end) for t in triggers if t.form == "partner"]
            countries = context.countries(sentence.start, sentence.end)
            found = parts(context.text, sentence.start, sentence.end, block.lang, places, countries, words)
            known = self._roles_of[sentence.start] = {p.mention: (p.role, p.head) for p in found}
        return known

    def _stance(self, mention: PlaceMention, sentence: Sentence, lang: str, level: str) -> set[str]:
        context = self._context
        names = set()
        span = clause(context.text, sentence.start, sentence.end, mention.start, lang)
        stance = polarity(context.text[slice(*span)], lang)
        if stance.denied:
            names.add(f"denied:{level}")
        if stance.wished:
            names.add(f"wished:{level}")
        if stance.status is not Status.ACTIVE:
            names.add(f"{stance.status}:{level}")
        text = context.text[sentence.start : sentence.end]
        for cue in ("body", "meeting", "joining", "listing", "both", "question", "bond"):
            if has(text, lang, cue):
                names.add(f"{cue}:{level}")
        return names

    def _around(self, at: int, block: Block) -> set[str]:
        """Return what the sentences beside and the block say."""
        context = self._context
        names = set()
        for name, i in (("before", at - 1), ("after", at + 1)):
            if 0 <= i < len(self._sentences):
                beside = self._sentences[i]
                if beside.block == block.index and any(
                    not t.weak for t in context.triggers(beside.start, beside.end)
                ):
                    names.add(f"trigger-{name}")
        if any(not t.weak for t in context.triggers(block.start, block.end)):
            names.add("trigger-in-block")
        return names

    @cached_property
    def _groups(self) -> dict[int, tuple[int, int]]:
        """Return of each list how many items begin with a place, and with one that the rules bound."""
        counts: dict[int, tuple[int, int]] = {}
        for block in self._context.document.blocks:
            if block.kind in (BlockKind.ITEM, BlockKind.TERM):
                lead = self._context.leading_place(block.start, block.end)
                named, bound = counts.get(block.group, (0, 0))
                if lead is not None:
                    counts[block.group] = named + 1, bound + (lead.place.place_id in self._bound)
        return counts

    def _layout(self, mention: PlaceMention, block: Block) -> set[str]:
        context = self._context
        names = set()
        lead = context.leading_place(block.start, block.end)
        leads = lead is not None and lead.start == mention.start
        if leads:
            names.add(f"leads:{block.kind}")
            if context.names_only(block.start, block.end):
                names.add(f"alone:{block.kind}")
        scope = context.scope_of(block)
        if scope is not None:
            names.add(_announced(scope, leads))
        heading = context.heading_of(block)
        if heading is not None:
            if heading.index in context.scopes:
                names.add("under-heading" + (":leads" if leads else ""))
            if any(
                p.place.place_id == mention.place.place_id for p in context.places(heading.start, heading.end)
            ):
                names.add("in-own-section")
        if block.group >= 0 and leads:
            named, bound = self._groups.get(block.group, (0, 0))
            if bound and 2 * bound >= named:
                names.add("list-of-partners")
            elif named > 2 and not bound:
                names.add("list-of-places")
        return names


class _Observed(NamedTuple):
    """One mention with one other side: what was seen of the mention, and of both."""

    anchor: Anchor
    other: Place
    mention: PlaceMention
    names: set[str]
    features: set[str]


def _announced(scope: Scope, leads: bool) -> str:
    return f"scope:{'strong' if scope.strong else 'hint'}{':leads' if leads else ''}"


def _toward(mention: PlaceMention, trigger: TriggerMention, text: str) -> Iterator[str]:
    """Yield how a trigger of the sentence stands to the mention."""
    level = "weak" if trigger.weak else "strong"
    before = trigger.end <= mention.start
    gap = mention.start - trigger.end if before else trigger.start - mention.end
    distance = "near" if gap <= _NEAR else "mid" if gap <= _FAR else "far"
    side = "before" if before else "after"
    yield f"{level}-{side}-{distance}"
    if distance == "near":
        yield f"{trigger.form}{'s' if trigger.plural else ''}-{side}:{level}"
        between = text[trigger.end : mention.start] if before else text[mention.end : trigger.start]
        if not any(mark in between for mark in ",;:("):
            yield f"joined-{side}:{level}"


def _strength(names: set[str]) -> int:
    """Return how much a mention speaks of a bond, to choose the words that a finding rests on."""
    strong = sum(3 for n in names if n.startswith("strong-"))
    near = sum(2 for n in names if n.endswith("-near"))
    weak = sum(1 for n in names if n.startswith(("weak-", "dated:", "scope:strong", "with-home")))
    against = sum(4 for n in names if n.startswith(("denied", "wished", "teaser", "form:adjective")))
    return strong + near + weak - against
