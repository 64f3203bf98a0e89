"""The signs by which a word of a theme is weighed: what it is, where it stands, what stands around it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pipeline.extract.context import Context
from pipeline.extract.cues import polarity
from pipeline.extract.theme_scope import ThemeScope
from pipeline.extract.theme_words import ThemeWord, overlaps, theme_words
from pipeline.lexicon import LANGUAGES
from pipeline.model import Block, BlockKind, Sentence

SIGNS = ("strong", "scope", "near", "heading", "elsewhere", "denied", "wished", "name", "partners")
"""What a word is weighed by; ``theme_weights.toml`` has a weight for each.

- strong: the vocabulary calls it strong
- scope: it is strong and stands where the page speaks of partnerships
- near: a word for a partnership stands in its sentence, or in its section within two sentences of it
- heading: it stands in a heading
- elsewhere: its sentence names places, but no partner of the page
- denied, wished: so its sentence says
- name: it looks like a part of an English name, by its capital
- partners: how many partnerships the page states, as a logarithm
"""

_AROUND = 2


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


def theme_hits(context: Context, scope: ThemeScope, count: int | None) -> list[Hit]:
    """Return the theme words of a page's content, in its order, with their signs.

    Words inside names of persons and places are left out.

    Args:
        context: The page.
        scope: Where it speaks of partnerships.
        count: How many partnerships it states, or None if that is unknown and any town may be a partner.
    """
    sentences = [
        (block, sentence)
        for block in context.document.blocks
        if block.section >= 0 and block.kind is not BlockKind.CAPTION
        for sentence in context.sentences(block.start, block.end)
    ]
    speaks = [any(not t.weak for t in context.triggers(s.start, s.end)) for _, s in sentences]
    persons = [(p.start, p.end) for p in context.mentions.persons]
    places = [(p.start, p.end) for p in context.mentions.places if p.form == "name"]
    mixed = len({block.lang for block in context.document.blocks}) > 1
    found: list[Hit] = []
    for number, (block, sentence) in enumerate(sentences):
        lang, words = _words(context.text, block, sentence, mixed)
        words = [w for w in words if not any(overlaps(n, w.start, w.end) for n in (persons, places))]
        if not words:
            continue
        in_scope = scope.holds(block)
        stance = polarity(context.text[sentence.start : sentence.end], block.lang)
        others = [
            p.place for p in context.places(sentence.start, sentence.end) if not context.is_home(p.place)
        ]
        ours = count is None or any(place.place_id in scope.partners for place in others)
        nearest = range(max(0, number - _AROUND), min(len(sentences), number + _AROUND + 1))
        around = (
            any(speaks[i] and sentences[i][0].section == block.section for i in nearest),
            block.kind is BlockKind.HEADING,
            bool(others) and not ours,
            stance.denied,
            stance.wished,
        )
        for word in words:
            name = lang == "en" and word.start > sentence.start and context.text[word.start].isupper()
            strong = not word.weak
            flags = (strong, strong and in_scope, *around, name)
            signs = (*map(float, flags), math.log1p(1 if count is None else count))
            form = context.text[word.start : word.end].lower()
            found.append(Hit(word.theme, word.start, word.end, block.index, word.weak, form, signs))
    return found


def _words(text: str, block: Block, sentence: Sentence, mixed: bool) -> tuple[str, list[ThemeWord]]:
    """Return the words of a sentence and their language; blocks of a page in two may hold both."""
    for lang in (block.lang, *(other for other in LANGUAGES if mixed and other != block.lang)):
        words = theme_words(text, sentence.start, sentence.end, lang)
        if words:
            return lang, words
    return block.lang, []
