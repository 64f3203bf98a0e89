"""Of whom a text speaks, clause by clause: the town that "they" and an unnamed subject stand for."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extract.partnerships.owner_lines import Line
from pipeline.lexicon import load

HOME = "home"
"""The topic of clauses that speak of the home, by its name or by "we"."""
_PARTED = re.compile(r"[;:–—(]\s*|,\s+|[.!?…][\"”“»«]?\s+|\s(?=(?:und|and|but|aber|while|während|whereas)\s)")
_SUBJECTS = ("bare", "genitive", "in", "for", "of")
_OPENING = 4  # words of a clause within which a place with a preposition is what it speaks of
_WORD = re.compile(r"[^\W\d_]+")


class Topic(NamedTuple):
    """Of whom a clause speaks: ``of`` is the id of a place, ``HOME`` or empty; and how it says so."""

    start: int
    of: str
    how: str
    age: int


class Topics:
    """The topics of the sentences of one section, in their order."""

    def __init__(self) -> None:
        """Start where nobody has been spoken of."""
        self._of = ""
        self._age = 0

    def read(self, line: Line, text: str) -> tuple[Topic, ...]:
        """Return the topics of a sentence's clauses, and go on from there."""
        sentence = line.sentence
        borders = [sentence.start, *(m.end() for m in _PARTED.finditer(text, sentence.start, sentence.end))]
        found: list[Topic] = []
        named = False
        for start, end in zip(borders, [*borders[1:], sentence.end], strict=True):
            relative = _relative(line, text, start) if start > sentence.start else ""
            of, how = (relative, "relative") if relative else self._of_clause(line, text, start, end)
            if how == "":
                of, how = self._of, "silent" if not found else found[-1].how + " on" * (" on" not in found[-1].how)
                if found:
                    of = found[-1].of
            elif how != "relative":
                named = named or how in ("named", "genitive", "beside", "we")
                self._of = of
            found.append(Topic(start, of, how, 0 if named else self._age + 1))
        self._age = 0 if named else self._age + 1
        return tuple(found)

    def _of_clause(self, line: Line, text: str, start: int, end: int) -> tuple[str, str]:
        """Return of whom a clause speaks, and how; two empty texts where it has no subject of its own."""
        marks = [(at, mark) for at, mark in line.marks if start <= at < end]
        for i, (at, mark) in enumerate(marks):
            kind, _, of = mark.partition(":")
            if kind in "HP":
                role = _role(line, at)
                early = len(_WORD.findall(text, start, at)) <= _OPENING
                more = len(marks) > i + 1 or role == "genitive" or _takes(line, start, end)
                if role in _SUBJECTS and more and (early or role in ("bare", "genitive")):
                    who = HOME if kind == "H" else of
                    return who, {"bare": "named", "genitive": "genitive"}.get(role, "beside")
                return "", ""
            if kind == "w":
                return HOME, "we"
            if kind in "tsyn":
                return self._of, {"n": "town", "y": "you"}.get(kind, "they")
        return "", ""


def _role(line: Line, at: int) -> str:
    part = next((p for p in line.parts if p.mention.start == at), None)
    if part is None:
        return "adjective"
    return part.role if line.parts[part.head] is part else "joined"


def _takes(line: Line, start: int, end: int) -> bool:
    return any(start <= at < end for at in line.takes)


def _relative(line: Line, text: str, start: int) -> str:
    """Return the place before a relative clause that begins at an offset; empty where none does."""
    words = _WORD.findall(text[start : start + 40])[:2]
    pronouns = load(line.block.lang, "owners")["relative"]
    if not any(word.lower() in pronouns for word in words):
        return ""
    ahead = [mark for at, mark in line.marks if at < start and mark[0] in "HP"]
    if not ahead:
        return ""
    kind, _, of = ahead[-1].partition(":")
    return HOME if kind == "H" else of


def topic_at(topics: tuple[Topic, ...], at: int) -> Topic | None:
    """Return the topic of the clause that holds an offset."""
    return next((t for t in reversed(topics) if t.start <= at), None)


__all__ = ["HOME", "Topic", "Topics", "topic_at"]
