"""What stands at the edges of a person's name: a title, a noun that it owns, the rest of a town's name."""

from __future__ import annotations

import re

from pipeline.lexicon import all_words
from pipeline.model import Block
from pipeline.recognise.names import Span

# Behind a name in the genitive: Jan Bergs Nachfolger.
_OWNED = re.compile(
    r"\s(?:(?:Amts)?(?:Nachfolger|Vorgänger)|Stellvertreter|Frau|Gattin|Gatte|Mann|Sohn|Tochter|Büro|Rede|Idee"
    r"|Worte|Besuch)(?:s|in)?(?![^\W_])"
)
# Opens the name of a town that goes on with what may be a person's: San Pedro Sula.
_SAINT = re.compile(r"(?<![^\W_])(?:San|Santa|Santo|São|Saint|Sainte|Sankt|St\.?|New|Los|Las|El)\s$")


def without_genitive(text: str, span: Span, block: Block) -> Span:
    """Cut the -s off a German name that owns the noun behind it: Jan Bergs Nachfolger."""
    last = span.words[-1]
    if block.lang != "de" or not last.endswith("s") or _OWNED.match(text, span.end, block.end) is None:
        return span
    return Span(span.start, span.end - 1, (*span.words[:-1], last[:-1]))


def title_before(text: str, low: int, at: int) -> bool:
    """Whether a title stands right before an offset: Cr | Dallas Tout."""
    word = re.search(r"([^\W\d_]+\.?)\s$", text[max(low, at - 24) : at])
    return word is not None and word.group(1) in all_words("titles", "honours") | all_words(
        "titles", "titles"
    )


def opens_town(gap: str) -> bool:
    """Whether the words up to a name are the first of a town's: of San | Pedro Sula."""
    return _SAINT.search(gap) is not None
