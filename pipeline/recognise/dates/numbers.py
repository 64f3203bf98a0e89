"""Numbers in words, one to 199: ``fünfundsechzig``, ``sixty-fifth``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from pipeline.lexicon import load


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number words of a language.

    ``cardinal`` and ``ordinal`` map lower-case words to numbers; ``cardinal_pattern`` and
    ``ordinal_pattern`` are regular expressions for them (digits not included, no groups).
    """

    cardinal: dict[str, int]
    ordinal: dict[str, int]
    cardinal_pattern: str
    ordinal_pattern: str


@cache
def numbers(lang: str) -> Numbers:
    """Return the number words of ``de`` or ``en``."""
    words: dict[str, Any] = load(lang, "dates")["numbers"]
    return _german(words) if lang == "de" else _english(words)


def _alternatives(words: list[str]) -> str:
    # Either case for the first letter only: a pattern that ignores case throughout is several times slower.
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in ordered)


def _group(pattern: str) -> str:
    return f"(?:{pattern})"


def _german(words: dict[str, Any]) -> Numbers:
    small, tens, hundred = words["small"], words["tens"], words["hundred"]
    cardinal = {word: n for n, word in enumerate(small, 1)}
    cardinal |= {"eins": 1, "eine": 1, "einem": 1, "einer": 1, "einen": 1}
    ordinal = {word: n for n, word in enumerate(words["small_ordinals"], 1)}
    for n, ten in enumerate(tens, 2):
        cardinal[ten] = n * 10
        for unit, word in enumerate(small[:9], 1):
            cardinal[f"{word}und{ten}"] = n * 10 + unit
    ordinal |= {f"{word}st": n for word, n in cardinal.items() if n >= 20}
    # Written with ss as in Switzerland, too.
    for table in (cardinal, ordinal):
        table |= {word.replace("ß", "ss"): n for word, n in table.items()}
        table |= {f"{head}{word}": 100 + n for head, (word, n) in product(hundred, list(table.items()))}
    cardinal |= dict.fromkeys(hundred, 100)
    ordinal |= {f"{word}st": 100 for word in hundred}
    endings = ("e", "en", "er", "es", "em")
    ordinal = {f"{stem}{ending}": n for (stem, n), ending in product(ordinal.items(), endings)}

    ten = _alternatives([*tens, "dreissig"])
    digit = _alternatives(small[:9])
    below = f"(?:(?:{digit})und)?(?:{ten})"
    ordinals = _alternatives(words["small_ordinals"])
    head = f"(?:{_alternatives(hundred)})"
    return Numbers(
        cardinal,
        ordinal,
        _group(f"{head}?{below}|{head}?(?:{_alternatives(small)}|[Ee]in(?:s|e[mnr]?))|{head}"),
        _group(f"(?:{head}?{below}st|{head}?(?:{ordinals})|{head}st)e[nrsm]?"),
    )


def _english(words: dict[str, Any]) -> Numbers:
    small, tens = words["small"], words["tens"]
    cardinal = {word: n for n, word in enumerate(small, 1)} | {"a": 1}
    ordinal = {word: n for n, word in enumerate(words["small_ordinals"], 1)}
    for n, (ten, tenth) in enumerate(zip(tens, words["tens_ordinals"], strict=True), 2):
        cardinal[ten], ordinal[tenth] = n * 10, n * 10
        for unit in range(1, 10):
            for sign in "- ":
                cardinal[f"{ten}{sign}{small[unit - 1]}"] = n * 10 + unit
                ordinal[f"{ten}{sign}{words['small_ordinals'][unit - 1]}"] = n * 10 + unit
    for table in (cardinal, ordinal):
        below = list(table.items())
        table |= {f"{head} and {word}": 100 + n for head, (word, n) in product(words["hundred"], below)}
    cardinal |= dict.fromkeys(words["hundred"], 100)
    ordinal |= dict.fromkeys(words["hundredth"], 100)

    ten = _alternatives(tens)
    head = f"(?:(?:{_alternatives(words['hundred'])}) and )?"
    ninth = _alternatives(words["small_ordinals"][:9])
    nine = _alternatives(small[:9])
    tenth = _alternatives(words["tens_ordinals"])
    return Numbers(
        cardinal,
        ordinal,
        f"(?:{head}(?:(?:{ten})(?:[- ](?:{nine}))?|{_alternatives(small)}|[Aa])"
        f"|{_alternatives(words['hundred'])})",
        f"(?:{head}(?:(?:{ten})[- ](?:{ninth})|{tenth}|{_alternatives(words['small_ordinals'])})"
        f"|{_alternatives(words['hundredth'])})",
    )
