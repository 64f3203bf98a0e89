"""Partners that the layout names: a heading, an item, a term or a bold opening is the partner's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.context import Context, Scope
from pipeline.extract.cues import event_at, has, heading_status, polarity, without
from pipeline.extract.partnerships.datings import dating, passage_dates, usable
from pipeline.extract.partnerships.facts import facts
from pipeline.extract.partnerships.finding import Dating, Finding, Found
from pipeline.extract.partnerships.kinds import dated_label, own_kind
from pipeline.extract.partnerships.owner_sections import headed
from pipeline.extract.partnerships.owners import Owners, series
from pipeline.extract.partnerships.rows import corrected, named
from pipeline.extract.partnerships.siblings import adopted
from pipeline.extract.trace import Veto
from pipeline.model import (
    Block,
    BlockKind,
    DateMention,
    Event,
    Evidence,
    Kind,
    Place,
    PlaceMention,
    Status,
    TriggerMention,
)

_LABEL = 60  # characters of a name with its country
_BOX = 7  # lines of a fact box
_MOST = 60  # no town has more partners than that
_RULES = {
    BlockKind.HEADING: "partnership:section",
    BlockKind.ITEM: "partnership:list-item",
    BlockKind.TERM: "partnership:definition",
    BlockKind.PARAGRAPH: "partnership:lead",
    BlockKind.DEFINITION: "partnership:definition",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A partner that the layout names, and the passage about it.

    ``spans`` are (start, end, label start) of its sentences, the naming block's own included.
    """

    mention: PlaceMention
    anchor: Place
    block: Block
    blocks: tuple[Block, ...]
    spans: tuple[tuple[int, int, int], ...]
    scope: Scope | None

    @property
    def rule(self) -> str:
        """Name of the rule that found it."""
        return _RULES.get(self.block.kind, "partnership:entry")


def _spans(context: Context, blocks: tuple[Block, ...], first: int) -> tuple[tuple[int, int, int], ...]:
    spans: list[tuple[int, int, int]] = []
    label = -1
    for block in blocks:
        if block.kind is BlockKind.TERM and block.index != first:
            label = block.start
            continue
        for sentence in context.sentences(block.start, block.end):
            spans.append((sentence.start, sentence.end, label if label >= 0 else sentence.start))
        label = -1
    return tuple(spans)


def _anchor(context: Context, scope: Scope | None, partner: Place) -> Place | None:
    """Return the place whose partner it is: the one that the heading names, else the home."""
    for place in (scope.anchor if scope else None, context.home):
        if place is not None and place.place_id != partner.place_id:
            return place
    return None


def _owned_entries(context: Context, owners: Owners) -> Iterator[Entry]:
    """Yield the partners of towns at home, each with its own: "Hawick", "Bailleul, France, 1973"."""
    for block in context.document.blocks:
        owner = owners.owner(block) if owners.holds(block) else None
        if owner is None:
            continue
        partners = owners.partners(block)
        for partner in partners:
            passage = owners.passage(block)
            blocks = passage if block in passage else (block, *passage)
            spans = _spans(context, blocks, block.index)
            if len(partners) > 1:
                spans = (_share(partner, partners, context.told_in(partner)[1]),)
            scope = context.scope_of(block)
            yield Entry(partner, owner, block, blocks, spans, scope)


def _fact_entries(context: Context, owners: Owners) -> Iterator[Entry]:
    """Yield the partners that stand beside a label: "Twin towns: A (France, 1967), B"."""
    for fact in facts(context):
        scope = Scope(fact.trigger.kind, None, fact.start, fact.end)
        for partner in fact.partners:
            owner = owners.sections.get(fact.block.index) or headed(context, fact.block)
            anchor = owner or _anchor(context, scope, partner.place)
            span = _share(partner, fact.partners, context.told_in(partner)[1])
            if anchor is not None and anchor != partner.place:
                yield Entry(partner, anchor, fact.block, (fact.block,), (span,), scope)


def _share(one: PlaceMention, listed: Sequence[PlaceMention], end: int) -> tuple[int, int, int]:
    """Return the span of one partner of an enumeration up to the next: its date stands behind it."""
    return one.start, min([*(p.start for p in listed if p.start > one.start), end]), one.start


def _besides(context: Context) -> Iterator[Entry]:
    """Yield the partners that the announcement of a list names before it."""
    for scope, mention in context.besides():
        anchor = _anchor(context, scope, mention.place)
        if anchor is not None:
            block = context.document.blocks[mention.block]
            span = (mention.start, mention.end, mention.start)
            yield Entry(mention, anchor, block, (block,), (span,), scope)


def _heading_entries(context: Context, owners: Owners) -> Iterator[Entry]:
    for block in context.document.blocks:
        if (
            block.kind is not BlockKind.HEADING
            or block.section < 0
            or owners.holds(block)
            or _heads_own(context, owners, block)
            or has(context.document.words(block), block.lang, "question")
            or not polarity(context.document.words(block), block.lang).states
        ):
            continue
        mention = context.leading_place(block.start, block.end)
        scope = context.scope_of(block)
        closing = mention is not None and mention.end == block.end  # "Emeritus: Skopje"
        if mention is None or not (closing or context.names_only(block.start, block.end)):
            mention = _named_partner(context, block)
            scope = (context.scopes.get(block.index) or context.page_scope) if mention else None
        if mention is not None and context.is_home(mention.place):
            mention = _pair_in_opening(context, block, mention)
        if mention is None or context.is_home(mention.place):
            continue
        anchor = owners.sections.get(block.index) or _anchor(context, _above(scope, block), mention.place)
        if anchor is None or anchor == mention.place:
            continue
        body = context.body(block)
        if block.index == context.first_heading:  # a headline's own text ends at the next heading
            body = [b for b in body if b.path[-1] == block.index and b.kind is not BlockKind.HEADING]
        blocks = (block, *body)
        yield Entry(mention, anchor, block, blocks, _spans(context, blocks, block.index), scope)
        for one in _beside(context, block, mention):
            yield Entry(one, anchor, block, (block,), _spans(context, (block,), block.index), scope)


def _beside(context: Context, heading: Block, first: PlaceMention) -> list[PlaceMention]:
    """Return the further partners of a heading of nothing but names: "Perugia und Sioux Falls"."""
    if not context.names_only(heading.start, heading.end):
        return []
    names = [first]
    for place in context.places(first.end, heading.end):
        gap = context.text[names[-1].end : place.start].strip()
        if place.form == "name" and gap in ("und", "and", "&", "+") and not context.is_home(place.place):
            names.append(place)
    return names[1:]


def _heads_own(context: Context, owners: Owners, heading: Block) -> bool:
    """Whether a heading is the name of a town whose own partners its section tells."""
    owner = owners.sections.get(heading.index)
    mention = context.leading_place(heading.start, heading.end) if owner is not None else None
    return mention is not None and mention.place == owner


def _above(scope: Scope | None, block: Block) -> Scope | None:
    """Leave out a scope that the heading itself opens: its place is the partner, not the anchor."""
    return None if scope is not None and scope.start >= block.start and scope.end <= block.end else scope


def _named_partner(context: Context, block: Block) -> PlaceMention | None:
    """Return the one partner that a heading names: "Städtepartnerschaft mit Amiens", or a timeline's."""
    triggers = [t for t in context.triggers(block.start, block.end) if not t.plural]
    mentions = [p for p in context.places(block.start, block.end) if p.form != "adjective"]
    partners = {p.place.place_id: p for p in mentions if not context.is_home(p.place)}
    dated = bool(context.label_dates(block)) and context.page_scope is not None
    if (
        len(partners) != 1
        or not (triggers or dated)
        or polarity(context.document.words(block), block.lang).denied
    ):
        return None
    return next(iter(partners.values()))


def _block_entries(context: Context, owners: Owners) -> Iterator[Entry]:
    """Yield the items, terms and paragraphs that begin with a partner's name."""
    for block in context.document.blocks:
        kinds = (BlockKind.ITEM, BlockKind.TERM, BlockKind.PARAGRAPH, BlockKind.DEFINITION)
        if block.kind not in kinds or block.section < 0 or owners.holds(block):
            continue
        if block.index in owners.passages:
            continue
        if block.kind is BlockKind.DEFINITION and not _names_under_label(context, block):
            continue
        mention = context.leading_place(block.start, block.end)
        if mention is None:
            continue
        scope = context.scope_of(block)
        led = scope is not None and scope.strong and _names_lead(context, block)
        if not (led or _opens(context, block, mention)):
            continue
        owner = owners.sections.get(block.index)
        partner, anchor = mention, owner or _anchor(context, scope, mention.place)
        second = _pair_in_opening(context, block, mention)
        if second is not None:
            partner, anchor = second, mention.place
        if anchor is None or partner.place == anchor:
            continue
        if context.is_home(partner.place):
            continue
        listed = _enumerated(context, block, partner) if second is None else ()
        for one in listed:
            yield Entry(one, anchor, block, (block,), (_share(one, listed, block.end),), scope)
        if not listed:
            blocks = (block, *_definitions(context, block)) if block.kind is BlockKind.TERM else (block,)
            yield Entry(partner, anchor, block, blocks, _spans(context, blocks, block.index), scope)


def _enumerated(context: Context, block: Block, first: PlaceMention) -> tuple[PlaceMention, ...]:
    """Return the partners of a paragraph that only lists them: "Arras (France, 1957), Herten (1960), ..."."""
    if block.kind is not BlockKind.PARAGRAPH or not context.names_only(block.start, block.end):
        return ()
    found = [p for p in named(context, block, first, sure=True) if not context.is_home(p.place)]
    return tuple(found) if len(found) > 2 else ()


def _names_under_label(context: Context, block: Block) -> bool:
    """Whether a definition's term is only a label for names: "Twin towns", "1964", "France"."""
    for index in context.term_of(block):
        term = context.document.blocks[index]
        if index in context.scopes:
            return not context.places(term.start, term.end)
        names = context.places(term.start, term.end)
        dated = bool(context.label_dates(block))
        country = context.names_only(term.start, term.end) and bool(context.countries(term.start, term.end))
        return not names and (dated or country) and not context.turns_away(term)
    return False


def _names_lead(context: Context, block: Block) -> bool:
    """Whether a block is an item of a list whose items all begin with a place, each with another."""
    if block.kind is not BlockKind.ITEM:
        return False
    items = context.list_of(block)
    if len(items) > _MOST:
        return False
    lead = [m.place for b in items if (m := context.leading_place(b.start, b.end)) is not None]
    away = not any(context.is_home(place) for place in lead)
    return away and len(lead) == len(items) >= 2 and len(set(lead)) == len(lead)


def _opens(context: Context, block: Block, mention: PlaceMention) -> bool:
    """Whether the name stands alone at the opening: bold, or before a mark, a bracket, a country, the end."""
    if block.kind is BlockKind.PARAGRAPH:
        line = block.end - block.start <= 60 and bool(context.countries(block.start, block.end))
        told = any(t.form == "verb" for t in context.triggers(block.start, block.end))
        if line and not told and context.names_only(block.start, block.end):
            return True
        if _told_below(context, block, mention):
            return True
        opening = min(block.end, mention.end + 40)
        country = context.countries(mention.end, opening)
        if (
            country
            and context.text[mention.end : country[0].start].strip() == "("
            and context.dates(mention.end, opening)
        ):
            return True
        return (
            block.lead_end > block.start
            and mention.end <= block.lead_end
            and context.names_only(block.start, block.lead_end)
        )
    after = context.text[mention.end : block.end].lstrip()
    if not after or after[0] in ",(:–—-[/;|" or after[0].isdigit():
        return True
    nxt = after.split(maxsplit=1)[0].strip(",.:")
    countries = context.countries(mention.end, min(block.end, mention.end + 30))
    return bool(countries and countries[0].start - mention.end <= 6) or nxt in ("seit", "since", "in", "im")


def _told_below(context: Context, block: Block, mention: PlaceMention) -> bool:
    """Whether a name with its country is a sentence, and the next names its bond: "Twinned in 1956"."""
    first, *rest = context.sentences(block.start, block.end)
    if first.end - first.start > _LABEL or not context.countries(mention.end, first.end) or not rest:
        return False
    if not context.names_only(mention.start, first.end):
        return False
    bond = [t for t in context.triggers(rest[0].start, rest[0].end) if not t.weak]
    return bool(bond) and not _names_besides(context, mention, rest[0].start, rest[0].end)


def _names_besides(context: Context, mention: PlaceMention, start: int, end: int) -> bool:
    return any(p.place != mention.place and not context.is_home(p.place) for p in context.places(start, end))


def _pair_in_opening(context: Context, block: Block, mention: PlaceMention) -> PlaceMention | None:
    """Return the second name of "A – B": a district, or another town, and its partner."""
    if mention.place.linked and not context.is_home(mention.place):
        others = [
            p for p in context.places(mention.end, min(block.end, mention.end + 60)) if p.form == "name"
        ]
        if others and context.is_home(others[0].place):
            return None
    for place in context.places(mention.end, block.end):
        gap = context.text[mention.end : place.start].strip()
        if gap in ("–", "-", "—", "↔", "und", "and", "&", "mit", "with", ":", "/") and place.form == "name":
            district = context.home is not None and mention.place.name.startswith(f"{context.home.name}-")
            if gap in ("–", "-", "—", "↔", "mit", "with", "und", "and") and (
                district or context.is_home(mention.place)
            ):
                return place
        return None
    return None


def _definitions(context: Context, term: Block) -> tuple[Block, ...]:
    following = []
    for block in context.document.blocks[term.index + 1 :]:
        if block.kind is not BlockKind.DEFINITION or block.group != term.group:
            break
        following.append(block)
    return tuple(following)


def _accepted(context: Context, entries: list[Entry]) -> list[Entry]:
    """Keep the entries that are announced, and of a list only where most items are entries."""
    groups: dict[int, int] = {}
    items: dict[int, int] = {}
    for entry in entries:
        if entry.block.kind is BlockKind.ITEM:
            groups[entry.block.group] = groups.get(entry.block.group, 0) + 1
    for block in context.document.blocks:
        if block.kind is BlockKind.ITEM:
            items[block.group] = items.get(block.group, 0) + 1
    kept = []
    for entry in entries:
        if entry.block.kind is BlockKind.ITEM and 2 * groups[entry.block.group] < items[entry.block.group]:
            continue
        kept.append(entry)
    return kept


def _supporting(context: Context, entry: Entry) -> TriggerMention | None:
    """Return the word by which an entry's own passage says that it is a partner."""
    start, end = entry.blocks[0].start, entry.blocks[-1].end
    for trigger in context.triggers(start, end):
        sentence = context.sentence_at(trigger.start)
        if not start <= sentence.start < sentence.end <= end:
            continue
        if trigger.weak and not dated_label(context, trigger, sentence.start, sentence.end):
            continue
        lang = context.document.blocks[trigger.block].lang
        if polarity(context.text[sentence.start : sentence.end], lang).states:
            others = _strangers(context, entry, sentence.start, sentence.end)
            if not others:
                return trigger
    return None


def _boxed(context: Context, entry: Entry) -> bool:
    """Whether a section opens with a line like "Signed: 11 April 1992", a fact about the bond."""
    for start, end, _ in entry.spans[1:_BOX]:
        dates = context.dates(start, end)
        label = context.text[start : dates[0].start].strip() if dates else ""
        if not label.endswith(":") or end - start > _LABEL:
            continue
        event = event_at(context.text, start, end, entry.block.lang, (dates[0].start, dates[0].end))
        if event in (Event.SIGNED, Event.SINCE, Event.DECIDED, Event.PROCLAIMED):
            return True
    return False


def _line_of_its_own(context: Context, entry: Entry) -> bool:
    """Whether an entry inside another's section is a line like "LANDSKRONA (Sweden) – year 1990"."""
    block = entry.block
    lead = min(block.end, block.start + 45)
    near = context.countries(entry.mention.end, lead)
    return block.kind is BlockKind.PARAGRAPH and bool(near) and bool(context.dates(entry.mention.end, lead))


def _listed(context: Context, entry: Entry) -> bool:
    """Whether an entry is an item of a list of names with their countries, under whatever heading."""
    if entry.block.kind is not BlockKind.ITEM:
        return False
    items = context.list_of(entry.block)
    named = [b for b in items if context.names_only(b.start, b.end) and context.countries(b.start, b.end)]
    return len(named) >= 2 and 2 * len(named) >= len(items)


def _is_dated(context: Context, entry: Entry) -> bool:
    return bool(passage_dates(context, entry.spans, entry.block.lang, short=True))


def _denied(context: Context, entry: Entry) -> bool:
    """Whether the passage denies the bond: in its first sentences, or in one that names a partner word.

    What denies one relation to state another, there or in the next sentences, denies nothing.
    """
    lang = entry.block.lang
    if _undecided(context, entry):
        return True
    for position, (start, end, _) in enumerate(entry.spans):
        text = context.text[start:end]
        others = _strangers(context, entry, start, end)
        if entry.scope is not None and entry.scope.strong:
            text = without(text, lang, "other_tie")
        if position <= 1 and (has(text, lang, "no") or has(text, lang, "body")):
            return True
        told = bool(context.triggers(start, end)) or position == 0
        if polarity(text, lang).denied and not others and told:
            if _denies_more(context, entry, start, end):
                continue
            return corrected(context, start, end, lang) is None and not _then_stated(context, entry, position)
    return False


def _denies_more(context: Context, entry: Entry, start: int, end: int) -> bool:
    """Whether a sentence only denies that a bond is a twinning which the entry's own line calls less."""
    block = entry.block
    own = [t for t in context.triggers(block.start, block.end) if not t.weak]
    if not own or any(t.kind is Kind.TWIN for t in own) or not start >= block.end:
        return False
    if not polarity(context.document.words(block), block.lang).states:
        return False
    return all(t.weak or t.kind is Kind.TWIN for t in context.triggers(start, end))


def _undecided(context: Context, entry: Entry) -> bool:
    """Whether a short label of the entry says that the bond is still talked about: "Status: in talks"."""
    label = context.label_above(entry.block)
    short = [b for b in entry.blocks if b.kind is BlockKind.DEFINITION and b.end - b.start <= 40]
    for block in (*short, *([label] if label is not None else [])):
        stance = polarity(context.document.words(block), block.lang)
        undecided = stance.wished or has(context.document.words(block), block.lang, "undecided")
        if undecided and stance.status is not Status.PLANNED:
            return True
    return False


def _then_stated(context: Context, entry: Entry, position: int) -> bool:
    """Whether the sentences behind a denial state a bond of another kind."""
    for start, end, _ in entry.spans[position + 1 : position + 3]:
        strong = [t for t in context.triggers(start, end) if not t.weak and t.kind is not Kind.TWIN]
        states = polarity(context.text[start:end], entry.block.lang).states
        if strong and states and not _strangers(context, entry, start, end):
            return True
    return False


def _status(context: Context, entry: Entry) -> Status:
    of_another = -1  # where a paragraph that has turned to another bond ends
    for start, end, _ in entry.spans:
        others = _strangers(context, entry, start, end)
        named = any(p.place == entry.mention.place for p in context.places(start, end))
        if others:
            spoken = bool(context.triggers(start, end)) and not named
            of_another = context.document.blocks[others[0].block].end if spoken else -1
            continue
        if start < of_another and not named:
            continue
        status = polarity(context.text[start:end], entry.block.lang).status
        if status is not Status.ACTIVE:
            return status
    label = context.label_above(entry.block)
    if label is not None and heading_status(context.document.words(label), label.lang) is not Status.ACTIVE:
        return heading_status(context.document.words(label), label.lang)
    for index in (entry.block.index, *reversed(entry.block.path)):
        heading = context.document.blocks[index]
        if heading.kind is BlockKind.HEADING:
            status = heading_status(context.document.words(heading), heading.lang)
            if status is not Status.ACTIVE:
                return status
    scope = entry.scope
    return (
        polarity(context.text[scope.start : scope.end], entry.block.lang).status if scope else Status.ACTIVE
    )


def find_entries(context: Context, owners: Owners) -> list[Entry]:
    """Return the partners that the layout names, announced or supported by their passage."""
    owned = list(_owned_entries(context, owners))
    entries = _accepted(context, [*_heading_entries(context, owners), *_block_entries(context, owners)])
    kept: list[Entry] = []
    open_: list[Entry] = []
    words: dict[int, TriggerMention] = {}
    refused: set[int] = set()  # headings whose passage denies what they name
    inside: set[int] = set()  # blocks of a partner's section: its lists are no partners
    told = [*owned, *_fact_entries(context, owners), *_besides(context)]
    dated = {series(e.block) for e in owned if _is_dated(context, e)}
    listed = {(e.block.index, e.mention.place) for e in owned if series(e.block) in dated}
    boxed = {e.block.index for e in entries if e.block.kind is BlockKind.HEADING and _boxed(context, e)}
    boxed = boxed if len(boxed) > 1 and context.mentions.triggers else set()
    pairs = {(entry.block.index, entry.mention.place) for entry in told}
    entries = [e for e in entries if (e.block.index, e.mention.place) not in pairs]
    for entry in [*told, *entries]:
        own = entry.block.index in owners.sections and context.speaks_of_partners
        announced = entry.scope is not None and (entry.scope.strong or own)
        hinted = entry.scope is not None and (
            _is_dated(context, entry)
            or _listed(context, entry)
            or (entry.block.index, entry.mention.place) in listed
        )
        supporting = _supporting(context, entry)
        beside = entry.block.kind is BlockKind.HEADING and entry.block.index in refused
        if beside or _denied(context, entry):
            veto = Veto.PASSAGE
            refused.add(entry.block.index)
        elif entry.block.index in inside and not _line_of_its_own(context, entry):
            veto = Veto.INSIDE
        elif not (announced or hinted or supporting is not None or entry.block.index in boxed):
            open_.append(entry)
            continue
        else:
            if entry.scope is None and entry.block.index in boxed:
                entry = replace(entry, scope=Scope(Kind.TWIN, None, 0, 0, strong=False))
            kept.append(entry)
            if supporting is not None:
                words[entry.block.index] = supporting
            if entry.block.kind is BlockKind.HEADING and entry.block.index != context.first_heading:
                inside.update(b.index for b in entry.blocks[1:])
            continue
        context.note(veto, entry.block.start, entry.block.end, entry.anchor, entry.mention.place)
    siblings = adopted(context, kept, (e for e in open_ if e.block.index not in inside), words)
    taken = {entry.block.index for entry in siblings}
    for entry in open_:
        if entry.block.index not in taken:
            context.note(
                Veto.UNANNOUNCED, entry.block.start, entry.block.end, entry.anchor, entry.mention.place
            )
    return sorted([*kept, *siblings], key=lambda entry: entry.block.index)


def extract_entries(context: Context, entries: list[Entry]) -> Found:
    """Return the findings and datings of the partners that the layout names."""
    findings: list[Finding] = []
    datings: list[Dating] = []
    for entry in entries:
        kind, weak, at = own_kind(context, entry.spans, entry.mention.place)
        evidence = [Evidence(*_quote(entry), entry.rule)]
        if kind is None:
            if entry.scope is not None:
                kind, weak = entry.scope.kind, not entry.scope.strong
                if entry.scope.end:
                    evidence.append(Evidence(entry.scope.start, entry.scope.end, f"{entry.rule}.scope"))
            else:
                continue
        elif at is not None and at[0] >= evidence[0].end:
            evidence.append(Evidence(at[0], at[1], f"{entry.rule}.kind"))
        findings.append(
            Finding(
                entry.anchor,
                entry.mention.place,
                kind,
                _status(context, entry),
                weak,
                entry.block.start,
                tuple(evidence),
            )
        )
        short = entry.block.kind is not BlockKind.HEADING
        own = _own_spans(context, entry)
        dated = passage_dates(context, own, entry.block.lang, short=short) or _label_dates(context, entry)
        for date, event, quote in dated:
            datings.append(
                dating(
                    entry.anchor,
                    entry.mention.place,
                    date,
                    event,
                    quote,
                    "founding:" + entry.rule.split(":")[1],
                )
            )
    return Found(tuple(findings), tuple(datings))


def _label_dates(context: Context, entry: Entry) -> list[tuple[DateMention, Event, tuple[int, int]]]:
    """Return the date of a timeline's label beside the entry, with what the entry's words say of it."""
    start, end = entry.blocks[0].start, entry.blocks[-1].end
    found: list[tuple[DateMention, Event, tuple[int, int]]] = []
    for date in context.label_dates(entry.block):
        event = event_at(context.text, start, end, entry.block.lang, (start, start)) or Event.SINCE
        if usable(context, date) and event is not Event.ANNIVERSARY:
            found.append((date, event, (min(date.start, start), entry.block.end)))
    return found


def _quote(entry: Entry) -> tuple[int, int]:
    if entry.block.kind is BlockKind.PARAGRAPH:
        return entry.spans[0][0], entry.spans[min(1, len(entry.spans) - 1)][1]
    return entry.block.start, entry.block.end


def _own_spans(context: Context, entry: Entry) -> list[tuple[int, int, int]]:
    """Leave out the sentences that bind other places to each other: "Portsmouth is twinned with Caen too"."""
    own = []
    for start, end, label in entry.spans:
        strong = any(not t.weak for t in context.triggers(start, end))
        home = any(context.is_home(p.place) for p in context.places(start, end))
        if strong and not home and start != entry.block.start and _strangers(context, entry, start, end):
            continue
        own.append((start, end, label))
    return own


def _strangers(context: Context, entry: Entry, start: int, end: int) -> list[PlaceMention]:
    """Return the names in a sentence that are neither the partner's nor the home's."""
    return [
        p
        for p in context.places(start, end)
        if p.form == "name"
        and p.place not in (entry.mention.place, entry.anchor)
        and not context.is_home(p.place)
    ]
