"""Which places of the gold partnerships are recognised, and in the right country.

``python -m benchmarks.places PAGES GOLD [--misses]``: GOLD holds one JSON file a page. A place counts as
recognised where a mention of the page bears one of its names, in the text or in the gazetteer.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from pipeline.clean import clean
from pipeline.gazetteer import fold
from pipeline.model import Mentions, Rejected
from pipeline.read import read
from pipeline.recognise import Recogniser


def named(mentions: Mentions) -> dict[str, set[str]]:
    """Return the countries under which each folded name of the page's places is linked."""
    found: dict[str, set[str]] = {}
    text = mentions.document.text
    home = mentions.document.home
    pairs = [(text[m.start : m.end], m.place) for m in mentions.places]
    pairs += [(home.surface, home.place)] if home else []
    for surface, place in pairs:
        for name in (surface, place.name, surface.removesuffix("s")):
            found.setdefault(fold(name), set()).add(place.country)
    return found


def main() -> None:
    """Print the two shares, and what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    gold = {
        g["page"]: g for g in (json.loads(p.read_text("utf-8")) for p in sorted(args.gold.rglob("*.json")))
    }
    recogniser = Recogniser()
    total = seen = right = 0
    for page in read([args.pages]):
        if isinstance(page, Rejected) or Path(page.source).name not in gold:
            continue
        found = named(recogniser.recognise(clean(page)))
        places = {
            (place["name"], place["country"], tuple(place.get("aliases", ())))
            for pair in gold[Path(page.source).name]["partnerships"]
            for place in (pair["a"], pair["b"])
        }
        for name, country, aliases in sorted(places):
            countries = set().union(*(found.get(fold(n), set()) for n in (name, *aliases)))
            total += 1
            seen += bool(countries)
            right += country in countries
            if args.misses and country not in countries:
                print(f"{page.source}: {name} ({country}): {sorted(countries) or 'not recognised'}")
    print(f"{total} places, recognised {seen / total:.3f}, in the right country {right / total:.3f}")


if __name__ == "__main__":
    main()
