"""Why a page yields the facts that it yields, and no others: sentence by sentence, stage by stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.chain import Chain, Models, Stage, crash
from pipeline.clean import dropped
from pipeline.explain.reasons import Reasons
from pipeline.explain.spans import by_sentence
from pipeline.extract import extract
from pipeline.extract.context import Context
from pipeline.extract.trace import Note
from pipeline.model import Block, Claims, Document, Evidence, Mentions, Page, Rejected
from pipeline.normalise import check
from pipeline.show import Claim, Mention

__all__ = ["Explainer", "Explanation", "Step"]

_WHOLE = 1_000_000
"""Characters of a dropped part that are searched for words."""


@dataclass(frozen=True, slots=True)
class Step:
    """A sentence: what was recognised in it, the facts that rest on it, and why there are no others."""

    block: Block
    start: int
    end: int
    mentions: tuple[Mention, ...]
    facts: tuple[tuple[Claim, Evidence], ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What every stage made of a page.

    ``steps`` are the sentences with something in them, or with the words that were asked for.
    ``dropped`` are the parts that cleaning left out, each with the rule that did.
    """

    document: Document
    steps: tuple[Step, ...]
    dropped: tuple[tuple[str, str], ...]
    relevant: bool


class Explainer:
    """Explains pages.

    Raises:
        RunError: A model is not installed.
    """

    def __init__(self, models: Models | None = None) -> None:
        self._chain = Chain(models, Stage.RECOGNISE)

    def explain(self, page: Page | Rejected, match: str = "") -> Explanation | Rejected:
        """Explain a page, or only the sentences that hold some words.

        Args:
            page: As it was read.
            match: Words to look for, in any case and over any white space; empty for the whole page.
        """
        mentions = self._chain.advance(page)
        if isinstance(mentions, Rejected):
            return mentions
        assert isinstance(mentions, Mentions) and isinstance(page, Page)
        notes: list[Note] = []
        try:
            claims = check(extract(mentions, notes))
        except Exception as error:
            return crash(page, Stage.EXTRACT, f"broke extract ({type(error).__name__})")
        steps = tuple(_steps(mentions, claims, notes, match))
        gone = dropped(page, _WHOLE) if match else dropped(page)
        return Explanation(
            claims.document,
            steps,
            tuple((rule, words) for rule, words in gone if _holds(words, match)),
            claims.relevant,
        )


def _steps(mentions: Mentions, claims: Claims, notes: list[Note], match: str) -> Iterator[Step]:
    context = Context(mentions)
    reasons = Reasons(context, claims, notes)
    stated: dict[Evidence, list[Claim]] = {}
    for claim, evidence in _facts(claims):
        stated.setdefault(evidence, []).append(claim)
    facts = by_sentence(mentions.sentences, stated)
    found = by_sentence(mentions.sentences, _sorted(mentions))
    for sentence in mentions.sentences:
        if match and not _holds(context.text[sentence.start : sentence.end], match):
            continue
        block = mentions.document.blocks[sentence.block]
        here = tuple(found.get(sentence.start, ()))
        said = tuple((claim, e) for e in facts.get(sentence.start, ()) for claim in stated[e])
        why = tuple(reasons.of(sentence, block))
        if match or here or said or why:
            yield Step(block, sentence.start, sentence.end, here, said, why)


def _facts(claims: Claims) -> Iterator[tuple[Claim, Evidence]]:
    kinds = (claims.partnerships, claims.dates, claims.mayors, claims.themes)
    for claim in (claim for kind in kinds for claim in kind):
        for evidence in claim.evidence:
            yield claim, evidence


def _sorted(mentions: Mentions) -> list[Mention]:
    kinds: tuple[tuple[Mention, ...], ...] = (
        mentions.places,
        mentions.countries,
        mentions.persons,
        mentions.offices,
        mentions.dates,
        mentions.triggers,
    )
    found = [mention for kind in kinds for mention in kind]
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _holds(text: str, words: str) -> bool:
    return " ".join(words.casefold().split()) in " ".join(text.casefold().split())
