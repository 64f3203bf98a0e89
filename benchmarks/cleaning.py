"""Measure the cleaner on annotated pages.

usage: python benchmarks/cleaning.py PAGES GOLD [--misses]

A row a page: gold quotes that stand in the frozen text (partnerships, mayors, themes; compared
without white space and punctuation), quotes that stand in one block, characters kept as a share of
what Beautiful Soup's ``get_text()`` gives, the number of parts that were dropped, the lines of teasers
that are kept beside the content for the people in them, and the page's date.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import unicodedata
from pathlib import Path

from bs4 import BeautifulSoup

from pipeline.clean import clean, dropped
from pipeline.clean.freeze import BESIDE
from pipeline.model import MediaType, Page
from pipeline.read import read


def squeeze(text: str) -> str:
    """Return a text without white space, punctuation and case."""
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text).replace("\u00ad", "")).casefold()


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--misses", action="store_true", help="print every quote and date that is not met")
    args = parser.parse_args()
    found = whole = total = kept = raw = right = pages = 0
    misses: list[str] = []
    seconds = 0.0
    print(
        f"{'page':42}{'quotes':>9}{'in text':>9}{'in block':>9}{'kept':>7}{'dropped':>9}{'beside':>8}  date"
    )
    for page in read([args.pages]):
        gold_file = args.gold / f"{Path(page.source).stem}.json"
        if not isinstance(page, Page) or not gold_file.exists():
            continue
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        start = time.perf_counter()
        document = clean(page)
        seconds += time.perf_counter() - start
        text = squeeze(document.text)
        blocks = [squeeze(document.words(block)) for block in document.blocks]
        quotes = [fact["quote"] for table in ("partnerships", "mayors", "themes") for fact in gold[table]]
        here = [quote for quote in quotes if squeeze(quote) in text]
        single = [quote for quote in quotes if any(squeeze(quote) in block for block in blocks)]
        misses += [f"{page.source}: not in the text: {quote}" for quote in quotes if quote not in here]
        misses += [f"{page.source}: over blocks: {quote}" for quote in here if quote not in single]
        if page.media_type is MediaType.HTML:
            size = len(" ".join(BeautifulSoup(page.text, "lxml").get_text(" ").split()))
        else:
            size = len(page.text)
        beside = sum(1 for block in document.blocks if block.section == BESIDE)
        same = document.published == gold.get("published")
        if not same:
            misses.append(f"{page.source}: date {document.published} for {gold.get('published')}")
        total, found, whole = total + len(quotes), found + len(here), whole + len(single)
        kept, raw, right, pages = kept + len(document.text), raw + size, right + same, pages + 1
        print(
            f"{page.source:42}{len(quotes):9}{len(here):9}{len(single):9}{len(document.text) / size:7.2f}"
            f"{len(dropped(page)):9}{beside:8}  {'ok' if same else 'WRONG'} {document.published}"
        )
    if pages:
        print(
            f"{'total':42}{total:9}{found / total:9.4f}{whole / total:9.4f}{kept / raw:7.2f}{'':17}"
            f"  {right}/{pages} dates, {1000 * seconds / pages:.0f} ms a page"
        )
    if args.misses:
        print("\n".join(misses))


if __name__ == "__main__":
    main()
