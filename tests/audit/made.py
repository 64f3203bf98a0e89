"""Output folders made for tests: a large one, and one in which every word is an attack."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.model import Event, Kind, Role, Status
from pipeline.schema import TABLES, THEMES
from pipeline.write.render import package_bytes

Row = dict[str, object]
LANGS = ("de", "en")


def write_outputs(
    out: Path, rows: Mapping[str, Sequence[Row]], texts: Mapping[str, str], **more: Sequence[str]
) -> Path:
    """Write tables as Parquet; ``more`` gives string columns beyond the declared ones, as table__column."""
    (out / "texts").mkdir(parents=True)
    for table in TABLES:
        data = pa.Table.from_pylist(list(rows.get(table.name, ())), schema=table.arrow())
        for name, values in more.items():
            owner, _, column = name.partition("__")
            if owner == table.name:
                data = data.append_column(column, pa.array(values, pa.string()))
        pq.write_table(data, out / f"{table.name}.parquet")
    for doc_id, text in texts.items():
        (out / "texts" / f"{doc_id}.txt").write_bytes(text.encode("utf-8"))
    (out / "datapackage.json").write_bytes(package_bytes())
    return out


class Maker:
    """Collects rows and texts; a fact is added with the sentence that states it."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
        self.parts: dict[str, list[str]] = {}
        self.lengths: dict[str, int] = {}

    def document(self, doc_id: str, **values: object) -> None:
        self.parts[doc_id], self.lengths[doc_id] = [], 0
        self.rows["documents"].append(
            {"doc_id": doc_id, "source": f"{doc_id}.html", "status": "ok", **values}
        )

    def place(self, place_id: str, name: str, **values: object) -> None:
        self.rows["places"].append({"place_id": place_id, "name": name, "surface_forms": name, **values})

    def fact(
        self, table: str, kind: str, values: Row, doc_id: str, sentence: str, rule: str = "test"
    ) -> None:
        """Add a fact; one that is there gets a further passage."""
        name, key = next(iter(values.items()))
        rows = self.rows[table]
        if not any(row[name] == key for row in rows[-3:]):
            rows.append({"provenance": "extracted", **values})
        start = self.lengths[doc_id]
        self.parts[doc_id].append(f"{sentence}\n")
        self.lengths[doc_id] += len(sentence) + 1
        number = len(self.rows["evidence"])
        self.rows["evidence"].append(
            {"evidence_id": f"e-{number}", "fact_type": kind, "fact_id": key, "doc_id": doc_id, "rule": rule,
             "start": start, "end": start + len(sentence), "quote": sentence, "confidence": 0.9}
        )  # fmt: skip

    def write(self, out: Path, **more: Sequence[str]) -> Path:
        texts = {doc_id: "".join(parts) for doc_id, parts in self.parts.items()}
        return write_outputs(out, self.rows, texts, **more)


def pair(key: str, a: tuple[str, str], b: tuple[str, str], **values: object) -> Row:
    return {
        "partnership_id": key, "place_a_id": a[0], "place_a": a[1], "place_b_id": b[0], "place_b": b[1],
        "kind": "twin", "status": "active", "documents": 1, **values,
    }  # fmt: skip


def large(out: Path, facts: int = 20_000, seed: int = 7) -> Path:
    """Write outputs of about so many facts, of which a sixth of the pairs are in conflict."""
    chance = random.Random(seed)
    made = Maker()
    syllables = (
        "bad",
        "berg",
        "burg",
        "dor",
        "en",
        "furt",
        "hal",
        "ing",
        "kir",
        "lin",
        "mün",
        "ro",
        "stein",
        "wal",
    )
    names = ["".join(parts).capitalize() for parts in itertools.product(syllables, repeat=3)]
    chance.shuffle(names)
    quarter = facts // 4
    for number in range(quarter // 2):
        west, north = chance.uniform(-10, 40), chance.uniform(36, 62)
        if chance.random() < 0.2:
            west, north = chance.uniform(-170, 170), chance.uniform(-40, 60)
        country = chance.choice(("DE", "FR", "GB", "PL", "IT", "US"))
        made.place(f"geonames:{number + 1}", f"{names[number % len(names)]}{number // len(names) or ''}",
                   country=country, feature="city", longitude=west, latitude=north, population=1000 + number,
                   geonames_id=str(number + 1))  # fmt: skip
    towns = [(str(row["place_id"]), str(row["name"])) for row in made.rows["places"]]
    documents = [f"doc-{number:012x}" for number in range(max(1, facts // 27))]
    for number, doc_id in enumerate(documents):
        made.document(doc_id, lang=LANGS[number % 2], title=f"Partnerstädte {number}", chars=0,
                      home_place_id=towns[number % len(towns)][0], published="2024-01-17")  # fmt: skip
    filler = "Am Abend spielte die Kapelle auf dem Markt, und viele kamen. "
    for number in range(quarter):
        hub = towns[int(len(towns) * chance.random() ** 3)]
        other = towns[(number + 1) % len(towns)]
        if hub == other:
            other = towns[number % len(towns)]
        year = chance.randint(1950, 2020)
        doc_id = chance.choice(documents)
        first = {"founded_earliest": f"{year}-01-01", "founded_latest": f"{year}-12-31"}
        split = number % 6 == 0
        days = {name: _day(text) for name, text in first.items()}
        conflict = f"founded: {year}, {year + 1}" if split else None
        row = pair(f"p-{number:016x}", hub, other, kind=str(chance.choice(list(Kind))), founded=str(year),
                   status=str(chance.choice(list(Status))), confidence=round(chance.uniform(0.5, 1), 2),
                   conflict=conflict, country_a="DE", country_b="FR", **days)  # fmt: skip
        sentence = (
            f"{hub[1]} und {other[1]} sind seit {year} Partnerstädte. {filler * chance.randint(0, 2)}".strip()
        )
        made.fact("partnerships", "partnership", row, doc_id, sentence)
        date: Row = {"founding_id": f"f-{number:016x}", "partnership_id": row["partnership_id"],
                     "date": str(year), "date_earliest": days["founded_earliest"],
                     "date_latest": days["founded_latest"],
                     "event": str(chance.choice(list(Event))), "basis": "stated", "chosen": True,
                     "confidence": 0.9}  # fmt: skip
        made.fact("founding_dates", "founding_date", date, doc_id, f"Die Urkunde ist von {year}.")
        made.fact("founding_dates", "founding_date", date, chance.choice(documents), f"{year}: {hub[1]}.")
        if split:
            later = {**date, "founding_id": f"g-{number:016x}", "date": str(year + 1), "chosen": False}
            made.fact("founding_dates", "founding_date", later, chance.choice(documents), f"Erst {year + 1}.")
        mayor: Row = {"mayor_id": f"m-{number:016x}", "person": f"Erika {other[1]}",
                      "role": str(chance.choice(list(Role))), "place_id": hub[0], "place": hub[1],
                      "country": "DE", "confidence": 0.87}  # fmt: skip
        made.fact("mayors", "mayor", mayor, doc_id, f"Bürgermeisterin Erika {other[1]} sprach.")
        theme: Row = {"theme_id": f"t-{number:016x}", "theme": chance.choice(THEMES),
                      "partnership_id": row["partnership_id"], "confidence": 0.72}  # fmt: skip
        made.fact("themes", "theme", theme, doc_id, "Im Jugendaustausch \U0001f3d8 reisen Klassen.")
    for number in range(12):
        made.document(f"bad-{number:012x}", status="rejected", issue="read: empty: there is nothing in it")
    return made.write(out)


def _day(text: str) -> object:
    from datetime import date

    return date.fromisoformat(text)


def hostile(out: Path, attacks: Sequence[str]) -> Path:
    """Write outputs in which each attack stands wherever a page's words, or an edited table's, may stand."""
    made = Maker()
    for number, attack in enumerate(attacks):
        doc, other = f"doc-{number}", f"doc-{number}b"
        a, b = f"geonames:{attack}", f"unlinked::{attack}"
        made.document(doc, source=f"{number}/{attack}", url=attack, lang="de", title=attack, published=attack,
                      home_place_id=a, sha256=attack)  # fmt: skip
        made.document(other, source=f"{number}b/{attack}", url=f"https://town.example/?{number}", lang=attack,
                      issue=f"clean: {attack}: {attack}", status=attack)  # fmt: skip
        made.document(f"bad-{number}", status="rejected", issue=f"read: {attack}: {attack}")
        made.place(a, attack, country=attack, feature=attack, latitude=number * 1.0, longitude=number * 2.0,
                   geonames_id=attack)  # fmt: skip
        made.place(b, f"{attack}²", latitude=-number * 0.5, longitude=1.0)
        days = {"founded_earliest": _day("1964-01-01"), "founded_latest": _day("1964-12-31")}
        row = pair(f"{number}{attack}", (a, attack), (b, f"{attack}²"), kind=attack, status=attack,
                   founded=attack, country_a=attack, country_b=attack, confidence=0.5, **days,
                   conflict=f"founded: 1964, {attack}; kind: {attack}, twin")  # fmt: skip
        if number % 2:
            row["kind"] = "twin"
        row["provenance"] = attack
        sentence = f"{attack} und {attack} sind Partnerstädte."
        made.fact("partnerships", "partnership", row, doc, sentence, rule=attack)
        made.fact("partnerships", "partnership", row, other, sentence, rule=attack)
        date: Row = {"founding_id": f"f{number}{attack}", "partnership_id": row["partnership_id"],
                     "date": "1964", "date_earliest": days["founded_earliest"],
                     "date_latest": days["founded_latest"],
                     "event": attack, "basis": attack, "chosen": True}  # fmt: skip
        made.fact("founding_dates", "founding_date", date, doc, f"{attack} 1964", rule=attack)
        mayor: Row = {"mayor_id": f"m{number}{attack}", "person": attack, "role": attack, "place_id": a,
                      "place": attack, "country": attack, "seen_from": attack}  # fmt: skip
        made.fact("mayors", "mayor", mayor, doc, f"Mayor {attack}", rule=attack)
        theme: Row = {"theme_id": f"t{number}{attack}", "theme": attack, "place_id": a}
        made.fact("themes", "theme", theme, doc, attack, rule=attack)
        made.rows["reviews"].append(
            {"review_id": f"r{number}{attack}", "line": number + 2, "fact_type": attack, "fact_key": attack,
             "field": attack, "action": attack, "value": attack, "previous": attack, "reviewer": attack,
             "date": _day("2026-02-28"), "reason": attack, "outcome": attack, "message": attack,
             "fact": attack, "fact_id": row["partnership_id"]}
        )  # fmt: skip
    made.rows["evidence"][1]["start"] = 3  # one quote that does not stand where it should
    return made.write(out, partnerships__reason=attacks)
