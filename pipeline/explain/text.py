"""An explanation as lines for people, safe for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import gazetteer
from pipeline.explain import Explanation, Step
from pipeline.model import BlockKind, Document, PlaceMention
from pipeline.show import Mention, head, meaning, saying
from pipeline.terminal import printable

_PART = 160


def lines(found: Explanation, match: str = "") -> Iterator[str]:
    """Yield what became of each sentence, then what cleaning dropped."""
    yield from head(found.document)
    if not found.relevant:
        yield "  no word for a municipal partnership on this page"
    for step in found.steps:
        yield from _step(found.document, step)
    if match and not found.steps:
        yield printable(f"  “{match}” does not stand in a sentence of the cleaned text")
    if found.dropped:
        yield "dropped by cleaning:"
    for rule, words in found.dropped:
        yield f"  {printable(rule):16} {printable(_around(words, match))}"


def _step(document: Document, step: Step) -> Iterator[str]:
    block = step.block
    kind = f"h{block.level}" if block.kind is BlockKind.HEADING else str(block.kind)
    yield f"{step.start:6} {kind:10} {printable(document.text[step.start : step.end])}"
    for mention in step.mentions:
        words = printable(document.text[mention.start : mention.end])
        yield f"         {words}  →  {meaning(mention)}{_namesakes(document, words, mention)}"
    said: dict[str, list[str]] = {}
    for claim, evidence in step.facts:
        said.setdefault(saying(claim), []).append(printable(evidence.rule))
    for fact, rules in said.items():
        yield f"       = {fact}  [{', '.join(dict.fromkeys(rules))}]"
    for reason in step.reasons:
        yield f"       - {printable(reason)}"


def _namesakes(document: Document, words: str, mention: Mention) -> str:
    if not isinstance(mention, PlaceMention) or not mention.place.linked:
        return ""
    if document.home is not None and mention.place == document.home.place:
        return ""  # it is said above why it is the home
    others = {candidate.place.place_id for candidate in gazetteer.load().candidates(words)}
    number = len(others - {mention.place.place_id})
    return f", {number} more of that name" if number else ""


def _around(words: str, match: str) -> str:
    """Return the part of a text that holds what is looked for, else its beginning."""
    at = max(0, words.casefold().find(match.casefold()) - _PART // 2) if match else 0
    part = words[at : at + _PART]
    return ("…" if at else "") + part + ("…" if at + _PART < len(words) else "")
