"""Compare the date grammar with dateparser's own search, over a folder of pages read as plain text.

    python -m benchmarks.dates FOLDER [--characters N]

Prints a table: processor seconds, characters a second and dates found, for each. Dates "both" are values that
both found on the same page; the rest of the search's are mostly weekdays, numbers and wrong orders.
"""

from __future__ import annotations

import argparse
import re
import time
import warnings
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pipeline.recognise.dates import dates_in

_GERMAN = re.compile(r"\b(?:und|der|die|das|ist|mit)\b")
_ENGLISH = re.compile(r"\b(?:and|the|of|is|with)\b")


def plain_texts(folder: Path, limit: int) -> list[tuple[str, list[str]]]:
    """Return language and paragraphs of each file , up to a number of characters; tags go roughly."""
    pages, total = [], 0
    for path in sorted(each for each in folder.rglob("*") if each.suffix in (".html", ".txt", ".md")):
        text = path.read_bytes().decode("utf-8", errors="replace")
        text = re.sub(r"(?is)<(script|style|head)\b.{0,200000}?</\1>", " ", text)
        text = re.sub(r"<[^<>]{1,2000}>", "\n", text)
        lang = "de" if len(_GERMAN.findall(text)) > len(_ENGLISH.findall(text)) else "en"
        paragraphs = [line for each in text.split("\n") if (line := " ".join(each.split()))]
        pages.append((lang, paragraphs))
        total += sum(map(len, paragraphs))
        if total >= limit:
            break
    return pages


def ours(lang: str, paragraph: str) -> list[str]:
    """Return what the grammar finds."""
    return [mention.edtf for mention in dates_in(paragraph, lang) if mention.edtf]


def search(lang: str, paragraph: str) -> list[str]:
    """Return what dateparser's search finds, as days."""
    from dateparser.search import search_dates

    # Without an order it reads German days month first.
    options = {"RELATIVE_BASE": datetime(2000, 1, 1), "DATE_ORDER": "DMY"}
    hits = search_dates(paragraph, languages=[lang], settings=options) or []
    return [value.date().isoformat() for _, value in hits]


def timed(
    find: Callable[[str, str], list[str]], pages: list[tuple[str, list[str]]], passes: int = 1
) -> tuple[float, list[list[str]]]:
    """Return the processor seconds of the best of some passes, and what is found on each page."""
    best = float("inf")
    for _ in range(passes):
        start = time.process_time()
        found = [[value for each in paragraphs for value in find(lang, each)] for lang, paragraphs in pages]
        best = min(best, time.process_time() - start)
    return best, found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--characters", type=int, default=100_000, help="how much text to read, about")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    pages = plain_texts(arguments.folder, arguments.characters)
    size = sum(len(each) for _, paragraphs in pages for each in paragraphs)
    print(f"{len(pages)} pages, {size} characters")
    mine, theirs = float("inf"), float("inf")
    # In turns: a machine that is busy for a while slows both.
    for _ in range(4):
        seconds, found = timed(ours, pages, 5)
        mine = min(mine, seconds)
        seconds, searched = timed(search, pages)
        theirs = min(theirs, seconds)
    both = sum(len(set(a) & set(b)) for a, b in zip(found, searched, strict=True))
    print(f"{'':14}{'seconds':>9}{'chars/s':>12}{'found':>8}{'both':>7}")
    for name, seconds, values in (("grammar", mine, found), ("search_dates", theirs, searched)):
        print(f"{name:14}{seconds:9.3f}{size / seconds:12.0f}{sum(map(len, values)):8}{both:7}")
    print(f"the grammar is {theirs / mine:.0f} times as fast")


if __name__ == "__main__":
    main()
