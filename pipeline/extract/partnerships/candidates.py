"""What speaks for and against each place of a page being a partner of its home: the features of the judge.

A feature is a short fixed name; a candidate has it or has it not. Features of a mention tell how the place
stands in its sentence, block and section; features of the candidate tell how often and where it is named.
They know kinds of words and layouts, never the words or names themselves, so that what is learned from some
pages holds for others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from pipeline.extract.context import Context, Scope
from pipeline.extract.cues import clause, event_at, has, polarity
from pipeline.extract.partnerships.datings import usable
from pipeline.extract.partnerships.finding import Finding
from pipeline.extract.roles import parts
from pipeline.lexicon import load
from pipeline.model import Block, BlockKind, Place, PlaceMention, Sentence, Status, TriggerMention
from pipeline.tokens import tokenise

_NEAR, _FAR = 30, 90
_LARGE = 1_000_000
# Dated within so many characters of its name.
_DATED = 30


@dataclass(frozen=True)
class Candidate:
    """A place that may be a partner of the home, its mentions in order, and what is known of it."""

    place: Place
    mentions: tuple[PlaceMention, ...]
    features: frozenset[str]
    best: PlaceMention


@cache
def _first_person(lang: str) -> frozenset[str]:
    return frozenset(load(lang, "roles")["first"])


class Observer:
    """Observes the candidates of one page, after the rules have read it."""

    def __init__(self, context: Context, home: Place, findings: Iterable[Finding]) -> None:
        """Take a page, its home and what the rules found on it."""
        self._context = context
        self._home = home
        self._found: dict[str, list[Finding]] = {}
        self._elsewhere: set[str] = set()
        for finding in findings:
            ids = finding.key
            if home.place_id in ids:
                other = ids[0] if ids[1] == home.place_id else ids[1]
                self._found.setdefault(other, []).append(finding)
            else:
                self._elsewhere.update(ids)
        self._sentences = context.mentions.sentences
        self._starts = [sentence.start for sentence in self._sentences]

    def candidates(self) -> Iterator[Candidate]:
        """Yield the places of the page other than the home, in the order in which it names them."""
        mentions: dict[str, list[PlaceMention]] = {}
        for mention in self._context.mentions.places:
            if not self._context.is_home(mention.place):
                mentions.setdefault(mention.place.place_id, []).append(mention)
        most = max((len(found) for found in mentions.values()), default=0)
        for place_id, found in mentions.items():
            observed = [(mention, self._mention(mention)) for mention in found]
            features = set().union(*(names for _, names in observed))
            features |= self._place(place_id, found, most)
            best = max(observed, key=lambda pair: (_strength(pair[1]), -pair[0].start))[0]
            yield Candidate(best.place, tuple(found), frozenset(features), best)

    def _place(self, place_id: str, found: Sequence[PlaceMention], most: int) -> set[str]:
        """Return the features of a candidate as a whole."""
        context, place = self._context, found[0].place
        names = {"bias", f"mentions:{min(len(found), 4)}"}
        names |= {f"rule:{f.evidence[0].rule.split(':')[1]}" for f in self._found.get(place_id, ())}
        if place_id in self._found:
            names.add("rule")
            if all(f.weak for f in self._found[place_id]):
                names.add("rule-weak")
        elif place_id in self._elsewhere:
            names.add("rule-elsewhere")
        if len(found) == most and most > 2:
            names.add("most-named")
            names.add("most-named:abroad" if place.country != self._home.country else "most-named:inland")
        names.add("abroad" if place.country != self._home.country else "inland")
        if not place.linked:
            names.add("unlinked")
        if place.population >= _LARGE:
            names.add("large:abroad" if place.country != self._home.country else "large:inland")
        if place.feature == "region":
            names.add("region")
        if all(m.form == "adjective" for m in found):
            names.add("adjectives-only")
        title = context.document.title
        if any(context.text[m.start : m.end] in title for m in found):
            names.add("in-title")
        if context.speaks_of_partners:
            names.add("page-speaks")
        if context.page_scope is not None:
            names.add("page-scope")
        if context.hinted_scope is not None:
            names.add("page-hint")
        if self._found:
            names.add("others-found" if set(self._found) - {place_id} else "none-else")
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
        names |= {f"role:{self._role(mention, sentence, block)}:{level}"}
        names |= self._stance(mention, sentence, lang, level)
        places = context.places(sentence.start, sentence.end)
        if any(context.is_home(p.place) for p in places):
            names.add(f"with-home:{level}")
        others = {p.place.place_id for p in places if not context.is_home(p.place)} - {mention.place.place_id}
        if others & set(self._found):
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
            if usable(date):
                event = event_at(context.text, sentence.start, sentence.end, lang, (date.start, date.end))
                names.add(f"dated:{event or 'plain'}:{level}")
        if any(c.start - mention.end in range(4) for c in context.countries(mention.end, mention.end + 60)):
            names.add("country-after")
        return names

    def _role(self, mention: PlaceMention, sentence: Sentence, block: Block) -> str:
        context = self._context
        places = context.places(sentence.start, sentence.end)
        words = [
            (t.start, t.end) for t in context.triggers(sentence.start, sentence.end) if t.form == "partner"
        ]
        countries = context.countries(sentence.start, sentence.end)
        found = parts(context.text, sentence.start, sentence.end, block.lang, places, countries, words)
        return next((part.role for part in found if part.mention == mention), mention.form)

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
                    counts[block.group] = named + 1, bound + (lead.place.place_id in self._found)
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
