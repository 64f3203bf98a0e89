"""Named-entity models of spaCy: an addition to the rules, never in their place.

Both languages have one default model, our own, which comes with the package. Any installed pipeline with
an ``ner`` component can be named instead. A model is nearly the whole cost of a page, so it only reads
blocks that name an office near which the rules found nobody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pipeline.model import Block, BlockKind, Document, Issue, OfficeMention, PersonMention
from pipeline.recognise import ner
from pipeline.recognise.names import is_name_word

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULTS: dict[str, str | None] = {"de": ner.NAME, "en": ner.NAME}
# Characters on either side of an office that a model reads.
WINDOW = 250
# Within so many characters of an office a person is taken for its holder.
_NEAR = 60
_LABELS = (BlockKind.CELL, BlockKind.TERM, BlockKind.HEADING)
# A word or initial of a name, or a mark that ends one.
_SPELLED = re.compile(r"[^\W\d_]+(?:[-‑'’][^\W\d_]+)*|[,;:()/|\d]")
_PARTICLE = 5  # letters of the longest word that a name writes small: "della"
_LUMP = re.compile(r"\S{80,}")
_PERSON = frozenset({"PER", "PERSON"})
_KEEP = frozenset({"tok2vec", "transformer", "ner"})


class ModelMissing(OSError):
    """A model that the user asked for is not installed."""


@dataclass(frozen=True)
class PersonModel:
    """The model of a language, or none where the rules work alone, and what is to be said of it.

    A default model is loaded when the first page needs it (``name``): many runs never do, and spaCy
    costs a second to load.
    """

    lang: str
    loaded: Language | None = None
    issues: tuple[Issue, ...] = ()
    name: str | None = None

    @cached_property
    def nlp(self) -> Language | None:
        """The pipeline with only what entities need, or None."""
        return _load(self.lang, self.name) if self.loaded is None and self.name else self.loaded


def load_model(lang: str, name: str | None = None) -> PersonModel:
    """Return the model of a language.

    Args:
        lang: ``de`` or ``en``.
        name: An installed spaCy package, a folder or ``ner.NAME``, loaded at once; None for the language's
            default.

    Returns:
        The model; without one where the language has no default, and with an issue too where the
        default is not installed.

    Raises:
        ModelMissing: The named model is not installed, or finds no entities.
    """
    if name is not None:
        return PersonModel(lang, _load(lang, name))
    default = DEFAULTS.get(lang)
    if default is not None and not _is_there(default):
        message = f"model {default} is not installed: persons by rules only"
        return PersonModel(lang, None, (Issue("recognise", "model", message),))
    return PersonModel(lang, name=default)


def _is_there(name: str) -> bool:
    return ner.WEIGHTS.is_file() if name == ner.NAME else find_spec(name) is not None


def _load(lang: str, name: str) -> Language:
    if name == ner.NAME:
        return ner.load(lang)
    import spacy

    try:
        model = spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        raise ModelMissing(f"the {lang} model {name!r} is not installed or cannot be loaded") from error
    if "ner" not in model.pipe_names:
        raise ModelMissing(f"the {lang} model {name!r} has no ner component")
    for pipe in list(model.pipe_names):
        if pipe not in _KEEP:
            model.disable_pipe(pipe)
    return model


def propose_persons(
    document: Document,
    offices: Sequence[OfficeMention],
    persons: Sequence[PersonMention],
    models: Mapping[str, PersonModel],
) -> tuple[PersonMention, ...]:
    """Return persons that a model sees around offices that have nobody near by the rules.

    Args:
        document: A cleaned page.
        offices: Its offices.
        persons: What the rules found.
        models: One model a language, or None.

    Returns:
        Candidates, for ``find_persons`` to veto places and common words.
    """
    found: list[PersonMention] = []
    read = 0  # to where the model has read
    for office in sorted(offices, key=lambda o: o.start):
        if office.start < read or _has_person(office, persons):
            continue
        for block in _beside(document, office):
            model = models.get(block.lang)
            if model is None or model.nlp is None:
                continue
            offset, words = _window(document, block, office)
            read = max(read, offset + len(words) - _NEAR)
            if not _may_name(words, office.start - offset, office.end - offset):
                continue
            for entity in model.nlp(words).ents:
                start = offset + entity.start_char
                end = start + len(entity.text)
                seen = any(p.start < end and start < p.end for p in (*persons, *found))
                if entity.label_ in _PERSON and len(entity.text.split()) > 1 and not seen:
                    found.append(PersonMention(start, end, " ".join(entity.text.split()), block.index))
    return tuple(found)


def _beside(document: Document, office: OfficeMention) -> list[Block]:
    """Return the block of an office, and the next one where the office is a label: "Mayor | A B"."""
    block = document.blocks[office.block]
    after = document.blocks[block.index + 1 : block.index + 2]
    label = block.kind in _LABELS and block.end - block.start <= office.end - office.start + 12
    return [block, *after] if label else [block]


def _has_person(office: OfficeMention, persons: Sequence[PersonMention]) -> bool:
    return any(
        p.block == office.block and p.start < office.end + _NEAR and office.start - _NEAR < p.end
        for p in persons
    )


def _may_name(words: str, start: int, end: int) -> bool:
    """Whether two words that a name can be made of stand side by side, the office ``[start:end]`` left out.

    "Amtszeit des Oberbürgermeisters" needs no model to tell that it names nobody.
    """
    around = f"{words[: max(0, start)]} | {words[max(0, end) :]}"
    capital = False
    for match in _SPELLED.finditer(around):
        word = match.group()
        if not word[0].islower():  # "de", "van": a name goes on behind a particle
            named = is_name_word(word)
            if named and capital:
                return True
            capital = named
        elif len(word) > _PARTICLE:
            capital = False
    return False


def _window(document: Document, block: Block, office: OfficeMention) -> tuple[int, str]:
    """Return the offset and the words around an office; a model's cost and memory grow with its text.

    What has no spaces for long is no prose, and the tokenizer is slow on it: the window stops there.
    """
    low = max(block.start, office.start - WINDOW)
    high = max(low, min(block.end, office.end + WINDOW))
    for match in _LUMP.finditer(document.text, low, high):
        if match.end() <= office.start:
            low = match.end()
        else:
            high = min(high, max(match.start(), office.end))
            break
    return low, document.text[low:high]
