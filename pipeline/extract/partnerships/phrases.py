"""Bonds told in set phrases, which are data: "A also has a German partner, B", "B came on board in 1994".

A phrase of ``phrases.toml`` is a pattern over a sentence in which each place, country and date is one
character. ``{A}`` and ``{B}`` stand for places or enumerations of them, ``{we}`` for the home, ``{it}`` for
the place spoken of, ``{this}`` and ``{both}`` for a partner named before, other names for words of the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.extract.context import Context
from pipeline.extract.cues import has
from pipeline.extract.roles import is_people
from pipeline.lexicon import load
from pipeline.model import Block, CountryMention, DateMention, Kind, PlaceMention, Sentence, TriggerMention

FIRST = 0xE000  # private use: one character for each place of the sentence
_COUNTRY, _ADJECTIVE, _DATE = "\uf8f0", "\uf8f1", "\uf8f2"
_NEAR = 240  # characters before a sentence in which the talk was of partners
_PLAIN = str.maketrans({"’": "'", "‘": "'", "\n": " ", "\t": " ", "\xa0": " "})
_AND = re.compile(r"\b(?:and|und|sowie)\b|&")
_NAMES = re.compile(r"\{[ASBX]\}")
# Behind a name that opens the next clause; before one that belongs to the clause before.
_GOES_ON = re.compile(r" (?:has|have|had|is|was|keeps?|signed|joined|followed|came|with)\b")
_GOVERNED = re.compile(r"\b(?:with|to|of|in|from|near|by) $")
_SLOTS = ("we", "it", "this", "both", "ours", "link")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the lexicon.

    ``about`` says what the talk must be of for it to count: ``""`` of nothing, ``near`` of partnerships right
    before, ``page`` of partnerships there or on the page as a whole, ``asked`` of whose a place is. ``dated``
    asks for a date in the sentence, ``abroad`` for sides in two countries; ``asserted`` marks one that states
    a pair whatever the words before it deny, ``presupposed`` one that states it even in a question.
    ``names`` is how many places it holds at least.
    """

    source: str
    about: str
    kind: Kind
    dated: bool
    asserted: bool
    abroad: bool
    presupposed: bool
    names: int

    @property
    def pattern(self) -> re.Pattern[str]:
        """The phrase compiled, which takes a while: no sooner than it is needed."""
        return _compiled(self.source)


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


@dataclass(frozen=True, slots=True)
class Told:
    """What a phrase says: the sides as far as it names them, and the words that bind them.

    ``pronouns`` are the slots without a name that it fills, ``country`` is that of "the Dutch city", and
    ``start`` is where it begins.
    """

    phrase: Phrase
    a: tuple[PlaceMention, ...]
    b: tuple[PlaceMention, ...]
    trigger: TriggerMention
    pronouns: frozenset[str]
    country: str
    start: int


@cache
def _aside(lang: str) -> str:
    return str(load(lang, "phrases")["words"]["aside"])


@cache
def _phrases(lang: str) -> tuple[Phrase, ...]:
    data = load(lang, "phrases")
    place = f"[\ue000-\uefff](?:{data['words']['aside']})*"
    # A has B, C has D: the name that opens a statement of its own goes on with no enumeration.
    group = rf"{place}(?:(?:{data['words']['join']}){place}(?!{data['words']['opens']}))*"
    words = {name: f"(?:{pattern})" for name, pattern in data["words"].items()}
    words |= {name: f"(?P<{name}>{data['words'][name]})" for name in _SLOTS if name in data["words"]}
    words |= {"A": f"(?P<a>{group})", "S": f"(?P<a>{place})", "B": f"(?P<b>{group})", "X": f"(?:{place})"}

    def fill(pattern: str) -> str:
        while True:
            filled = re.sub(r"\{([A-Za-z]\w*)\}", lambda m: words[m[1]], pattern)
            if filled == pattern:
                return pattern
            pattern = filled

    return tuple(
        Phrase(
            fill(form),
            entry.get("about", ""),
            Kind(entry.get("kind", "twin")),
            bool(entry.get("dated", False)),
            bool(entry.get("asserted", False)),
            bool(entry.get("abroad", False)),
            bool(entry.get("presupposed", False)),
            len(_NAMES.findall(form)),
        )
        for entry in data["phrase"]
        for form in entry["forms"]
    )


@dataclass(frozen=True)
class Marked:
    """A sentence with one character for each place, country and date, and where its characters come from."""

    text: str
    origin: Sequence[int]
    places: Sequence[PlaceMention]
    countries: Sequence[CountryMention]

    def country(self, start: int, end: int) -> str:
        """Return the country whose adjective stands in a span."""
        at = self.text.find(_ADJECTIVE, start, end)
        return next((c.country for c in self.countries if at >= 0 and c.start == self.origin[at]), "")

    def mentions(self, group: str | None, lang: str) -> tuple[PlaceMention, ...]:
        """Return the places of an enumeration, those in its asides ("near X") left out."""
        heads = re.sub(f"(?<=[\ue000-\uefff])(?:{_aside(lang)})", "", group or "")
        return tuple(self.places[ord(c) - FIRST] for c in heads if 0 <= ord(c) - FIRST < len(self.places))


def mark(context: Context, sentence: Sentence, lang: str) -> Marked:
    """Return a sentence with one character for each place, country and date."""
    start, end = sentence.start, sentence.end
    places = [
        p
        for p in context.places(start, end)
        if p.form != "adjective" or is_people(context.text, start, end, p, lang)  # die Kieler haben
    ]
    spans: list[tuple[int, int, str]] = [(p.start, p.end, chr(FIRST + i)) for i, p in enumerate(places)]
    others: list[CountryMention | DateMention] = [
        *context.countries(sentence.start, sentence.end),
        *context.dates(sentence.start, sentence.end),
    ]
    for other in others:
        if isinstance(other, DateMention):
            sign = _DATE
        else:
            sign = _ADJECTIVE if other.form == "adjective" else _COUNTRY
        spans.append((other.start, other.end, sign))
    text, origin, at = "", [], sentence.start
    for start, end, sign in sorted(spans):
        if start < at:
            continue
        text += context.text[at:start] + sign
        origin += [*range(at, start), start]
        at = end
    text += context.text[at : sentence.end]
    origin += [*range(at, sentence.end), sentence.end]
    countries = context.countries(sentence.start, sentence.end)
    return Marked(text.translate(_PLAIN), origin, places, countries)


def told(
    context: Context,
    sentence: Sentence,
    block: Block,
    triggers: Sequence[TriggerMention],
    *,
    dated: bool,
    asked: bool,
) -> list[Told]:
    """Return what the phrases say that a sentence holds, in the order of the lexicon.

    A question (``asked``) says only what it presupposes.
    """
    marked = mark(context, sentence, block.lang)
    found: list[Told] = []
    topics: dict[str, bool] = {}
    for phrase in _phrases(block.lang):
        if phrase.names > len(marked.places) or (phrase.dated and not dated):
            continue
        if asked and not phrase.presupposed:
            continue
        if phrase.about not in topics:
            topics[phrase.about] = _of_partners(context, phrase, sentence, block)
        for match in phrase.pattern.finditer(marked.text) if topics[phrase.about] else ():
            said = match.groupdict()
            a, b = marked.mentions(said.get("a"), block.lang), marked.mentions(said.get("b"), block.lang)
            if len(a) > 1 and not _AND.search(said["a"]):
                a = a[-1:] if match.start("a") == match.start() else a[:1]  # Before A, B had a partner
            after = marked.text[match.end("b") :] if said.get("b") else ""
            if len(b) > 1 and not _AND.search(said["b"]) and re.match(r" [a-z]", after):
                b = b[:1]  # A, which is twinned with B, C has no twin
            closing = bool(b) and match.start() < match.start("b") and match.end("b") == match.end()
            if len(b) > 1 and closing and _GOES_ON.match(after):
                tail = (
                    len(marked.mentions(said["b"].rpartition(";")[2], block.lang)) if ";" in said["b"] else 1
                )
                b = b[:-tail] or b[:1]  # A is twinned with B, and C has a twin of its own
            if (
                len(a) > 1
                and match.start("a") == match.start()
                and _GOVERNED.search(marked.text[: match.start()])
            ):
                a = a[-1:]  # with B since 2008, and A has
            start, end = marked.origin[match.start()], marked.origin[match.end()]
            within = [t for t in triggers if start <= t.start < end and _tells_kind(t)]
            names = [*a, *b]
            at = max((m.end for m in names[:1] if m.start == start), default=start)
            pronouns = frozenset(name for name in _SLOTS if said.get(name) is not None)
            ours = "we" in pronouns and phrase.kind is Kind.TWIN
            kind = _headed_kind(context, block) if ours else phrase.kind
            word = TriggerMention(at, end, kind, "verb", block.index, weak=True)
            slot = next((name for name in ("ours", "link", "this", "both") if name in pronouns), None)
            country = marked.country(*match.span(slot)) if slot else ""
            found.append(Told(phrase, a, b, within[-1] if within else word, pronouns, country, start))
    return found


def _headed_kind(context: Context, block: Block) -> Kind:
    """Return the kind that the headings above give a bond of ours without one: "Friendship cities"."""
    scope = next((context.scopes[i] for i in reversed(block.path) if i in context.scopes), None)
    return scope.kind if scope is not None and scope.strong else Kind.TWIN


def _tells_kind(trigger: TriggerMention) -> bool:
    """Whether a word of a phrase says what kind of bond it is: "a friendship of its own" does."""
    return not trigger.weak or (trigger.form == "relation" and trigger.kind is not Kind.TWIN)


def _of_partners(context: Context, phrase: Phrase, sentence: Sentence, block: Block) -> bool:
    """Whether the talk is of partners, as far as the phrase asks for it."""
    if phrase.about == "page" and context.speaks_of_partners:
        return True
    if phrase.about == "asked":
        return context.speaks_of_partners and _asks_whose(context, sentence, block)
    if phrase.about:
        section = context.document.blocks[block.path[-1]].start if block.path else 0
        end = sentence.end + (_NEAR if phrase.about == "page" else 0)
        return any(t.form != "act" for t in context.triggers(max(sentence.start - _NEAR, section), end))
    return True


def _asks_whose(context: Context, sentence: Sentence, block: Block) -> bool:
    """Whether the words before a sentence, or the heading above, ask or deny that a place is the home's."""
    before = context.sentences(block.start, sentence.start)[-1:]
    above = context.document.blocks[block.path[-1]] if block.path else None
    if before:
        words = context.text[before[0].start : before[0].end]
    elif above is not None and context.places(above.start, above.end):
        words = context.document.words(above)
    else:
        return False
    return has(words, block.lang, "asks_whose")
