"""The signs by which a word of a theme is weighed: what it is, where it stands, what stands around it."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.extract import theme_text
from pipeline.extract.context import Context
from pipeline.extract.cues import polarity
from pipeline.extract.theme_around import is_listed, is_one_of_many, kind_of, tells_doing
from pipeline.extract.theme_near import Near
from pipeline.extract.theme_scope import ThemeScope
from pipeline.extract.theme_text import TextWeights, sentence_words, told
from pipeline.extract.theme_words import ThemeWord, meets, theme_words
from pipeline.lexicon import LANGUAGES
from pipeline.model import Block, BlockKind, Sentence

SIGNS = (
    *("strong", "scope", "block", "partner", "doing", "again", "others", "listed", "opening", "late"),
    *("actor", "building", "one", "elsewhere", "denied", "wished"),
    *("text", "text_strong", "far_partner", "far_place", "after_partner", "before_towns"),
    *("partners", "single", "length"),
)
"""What a word is weighed by; ``theme_weights.toml`` has a weight for each.

- strong: the vocabulary calls it strong
- scope: it is strong and stands where the page speaks of partnerships
- block: its block states a partnership
- partner: a partner of the page is named in its sentence or in one beside it
- doing: it is strong, and its sentence tells what partners do
- again: another word of the theme stands in its sentence
- others: of how many other themes its sentence has strong words, up to four
- listed: a comma or "and" follows
- opening: its sentence opens with it
- late: how far down the page it stands, from 0 to 1
- actor, building: it is a word for people, for a building or firm
- one: it is one of many ("a school")
- elsewhere: its sentence names places, but no partner of the page
- denied, wished: so its sentence says
- text: how much all the words of its sentence speak of the theme (theme_text.py)
- text_strong: the same, if it is strong
- far_partner, far_place: how far away the next partner, the next town other than the home stands
- after_partner: it is strong, and the last town named before it, other than the home, is a partner
- before_towns: towns other than the home are named only behind its sentence
- partners: how many partnerships the page states, as a logarithm
- single: the page states no more than one
- length: how many sentences the page has, as a logarithm
"""

_MOST_OTHERS = 4
# Nearly all pages that the weights were learned from have so many sentences.
_SHORT, _LONG = 40, 150


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a theme in a block, with its signs in the order of ``SIGNS``."""

    theme: str
    start: int
    end: int
    block: int
    weak: bool
    form: str
    signs: tuple[float, ...]


def content_sentences(context: Context) -> list[tuple[Block, Sentence]]:
    """Return the sentences of a page's content in its order, each with its block."""
    return [
        (block, sentence)
        for block in context.document.blocks
        if block.section >= 0 and block.kind is not BlockKind.CAPTION
        for sentence in context.sentences(block.start, block.end)
    ]


def name_spans(context: Context) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return where the names of persons and of places stand."""
    places = [(p.start, p.end) for p in context.mentions.places if p.form == "name"]
    return [(p.start, p.end) for p in context.mentions.persons], places


def theme_hits(
    context: Context, scope: ThemeScope, count: int | None, text: TextWeights | None = None
) -> list[Hit]:
    """Return the theme words of a page's content, in its order, with their signs.

    Words inside names of persons and places are left out.

    Args:
        context: The page.
        scope: Where it speaks of partnerships.
        count: How many partnerships it states, or None if that is unknown and any town may be a partner.
        text: The weights of sentences' words; those that the package ships if None.
    """
    sentences = content_sentences(context)
    text = theme_text.load() if text is None else text
    names = name_spans(context)
    near = Near(context, scope.partners)
    mixed = len({block.lang for block in context.document.blocks}) > 1
    named = [_others(context, sentence) for _, sentence in sentences]
    length = max(_SHORT, len(sentences))
    page = {
        "partners": math.log1p(1 if count is None else count),
        "single": count is not None and count <= 1,
        "length": math.log(min(_LONG, length)),
    }
    found: list[Hit] = []
    for number, (block, sentence) in enumerate(sentences):
        lang, words = _words(context.text, block, sentence, mixed)
        words = [w for w in words if not _named(names, w)]
        if not words:
            continue
        beside = chain.from_iterable(named[max(0, number - 1) : number + 2])
        around = _around(context, sentence)
        ours = count is None or not scope.partners.isdisjoint(named[number])
        around["elsewhere"] = bool(named[number]) and not ours
        around["partner"] = not scope.partners.isdisjoint(beside)
        around |= {"block": block.index in scope.blocks, "late": number / length}
        in_scope = scope.holds(block)
        spoken = sentence_words(context, sentence, names[1])
        speaks = {theme: told(theme, spoken, block.lang, text) for theme in {w.theme for w in words}}
        for word, own in zip(words, _own(context.text, sentence, words, lang), strict=True):
            signs = {**page, **around, **own, "strong": not word.weak, "scope": not word.weak and in_scope}
            signs["doing"] = not word.weak and around["doing"]
            signs |= near.signs(word.start, word.end, sentence)
            signs["after_partner"] = not word.weak and signs["after_partner"]
            signs["text"] = speaks[word.theme]
            signs["text_strong"] = 0.0 if word.weak else speaks[word.theme]
            form = context.text[word.start : word.end].lower()
            values = tuple(float(signs[name]) for name in SIGNS)
            found.append(Hit(word.theme, word.start, word.end, block.index, word.weak, form, values))
    return found


def _named(names: Sequence[Sequence[tuple[int, int]]], word: ThemeWord) -> bool:
    """Whether a word stands in a name, rather than a name within its words ("people from Sumy live")."""
    for spans in names:
        number = bisect_left(spans, (word.end, 0)) - 1
        if number >= 0 and meets(spans[number], word.start, word.end):
            return True
    return False


def _around(context: Context, sentence: Sentence) -> dict[str, float]:
    """Return the signs that a sentence shows for all its words."""
    text = context.text[sentence.start : sentence.end]
    lang = context.document.blocks[sentence.block].lang
    stance = polarity(text, lang)
    return {
        "doing": tells_doing(text, lang),
        "denied": stance.denied,
        "wished": stance.wished,
    }


def _others(context: Context, sentence: Sentence) -> list[str]:
    """Return the ids of the places that a sentence names, but for the home."""
    places = context.places(sentence.start, sentence.end)
    return [p.place.place_id for p in places if not context.is_home(p.place)]


def _own(text: str, sentence: Sentence, words: Sequence[ThemeWord], lang: str) -> list[dict[str, float]]:
    """Return the signs of each word of a sentence that are its own."""
    forms: dict[str, set[str]] = {}
    for word in words:
        forms.setdefault(word.theme, set()).add(text[word.start : word.end].lower())
    strong = {word.theme for word in words if not word.weak}
    found: list[dict[str, float]] = []
    for word in words:
        kind = kind_of(text[word.start : word.end].lower(), lang)
        found.append(
            {
                "again": len(forms[word.theme]) > 1,
                "others": min(_MOST_OTHERS, len(strong - {word.theme})),
                "listed": is_listed(text, word.end, lang),
                "opening": word.start == sentence.start,
                "actor": kind == "actors",
                "building": kind == "buildings",
                "one": is_one_of_many(text, sentence.start, word.start, lang),
            }
        )
    return found


def _words(text: str, block: Block, sentence: Sentence, mixed: bool) -> tuple[str, list[ThemeWord]]:
    """Return the words of a sentence and their language; blocks of a page in two may hold both."""
    for lang in (block.lang, *(other for other in LANGUAGES if mixed and other != block.lang)):
        words = theme_words(text, sentence.start, sentence.end, lang)
        if words:
            return lang, words
    return block.lang, []
