"""What people do with the audit page, in a browser: find, sort, filter, open, read, compare, correct."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest

from pipeline.audit import load
from tests.audit.conftest import Browser
from tests.conftest import ROOT

Show = Callable[[str], Browser]
TABLES = {name: table.to_pylist() for name, table in load(ROOT / "outputs").tables.items()}
PAIRS = TABLES["partnerships"]
FIRST_COLUMN = "tbody tr td:first-child"
VIEWS = {
    "overview": None, "partnerships": "partnerships", "dates": "founding_dates", "mayors": "mayors",
    "themes": "themes", "pages": "documents", "places": "places", "evidence": "evidence", "conflicts": None,
    "collected": None,     "map": None, "network": None, "timeline": None,
}  # fmt: skip


def rows(browser: Browser) -> int:
    found = re.match(r"[\d,]+", browser.text(".summary"))
    return int(found[0].replace(",", "")) if found else -1


def choose(browser: Browser, name: str, value: str) -> None:
    browser.set(f".filters [name='{name}']", value, "change")


@pytest.mark.parametrize(("view", "table"), VIEWS.items())
def test_every_view_opens_without_complaint(show: Show, view: str, table: str | None) -> None:
    browser = show(view)
    assert browser.text("h1")
    assert browser.text("nav a[aria-current]")
    if table:
        assert rows(browser) == len(TABLES[table])
    assert browser.complaints() == []
    assert browser.run("return performance.getEntriesByType('resource').length") == 0


def test_overview_counts_and_leads_to_what_it_counts(show: Show) -> None:
    browser = show("overview")
    facts = sum(len(TABLES[name]) for name in ("partnerships", "founding_dates", "mayors", "themes"))
    assert browser.text("h1") == f"{facts} facts from {len(TABLES['documents'])} pages"
    links = browser.each(".issues a, .grid td a", "[it.innerText, it.getAttribute('href')]")
    assert len(links) > 20
    for words, link in links:
        if link.startswith("#/conflicts") or "sort=founded" in link:
            continue
        browser.go(link[2:])
        assert rows(browser) == int(re.match(r"\d+", words.replace(",", ""))[0]), link


@pytest.mark.parametrize(
    ("name", "value", "test"),
    [
        ("kind", "cooperation", lambda row: row["kind"] == "cooperation"),
        ("status", "suspended", lambda row: row["status"] == "suspended"),
        ("conflict", "any", lambda row: row["conflict"] is not None),
        ("conflict", "founded", lambda row: "founded:" in (row["conflict"] or "")),
        ("country", "TR", lambda row: "TR" in (row["country_a"], row["country_b"])),
        ("confidence_to", "0.9", lambda row: row["confidence"] is not None and row["confidence"] <= 0.9),
        ("confidence_from", "0.95", lambda row: row["confidence"] is not None and row["confidence"] >= 0.95),
        ("founded_to", "1960", lambda row: row["founded"] is not None and row["founded"][:4] <= "1960"),
    ],
)
def test_filters(show: Show, name: str, value: str, test: Callable[[dict], bool]) -> None:
    browser = show("partnerships")
    choose(browser, name, value)
    expected = sum(map(test, PAIRS))
    assert 0 < expected < len(PAIRS)
    assert rows(browser) == expected


def test_filters_by_theme_and_language_look_at_other_tables(show: Show) -> None:
    browser = show("partnerships?theme=culture")
    themes = {row["partnership_id"] for row in TABLES["themes"] if row["theme"] == "culture"} - {None}
    assert rows(browser) == len(themes)
    browser.go("partnerships?lang=en")
    english = {row["doc_id"] for row in TABLES["documents"] if row["lang"] == "en"}
    said = {
        row["fact_id"]
        for row in TABLES["evidence"]
        if row["doc_id"] in english and row["fact_type"] == "partnership"
    }
    assert rows(browser) == len(said)


def test_search_finds_words_without_accents_and_by_seen_names(show: Show) -> None:
    browser = show("partnerships")
    browser.one("#search").send_keys("koln RIO")
    browser.until("document.querySelector('.summary').innerText.startsWith('1 ')")
    assert browser.texts(FIRST_COLUMN) == ["Köln – Rio de Janeiro"]
    assert "q=koln+RIO" in browser.run("return location.hash")
    assert rows(show("partnerships?q=Duisburg – Perm")) == 1
    form = next(
        row for row in TABLES["places"] if row["surface_forms"] and row["name"] not in row["surface_forms"]
    )
    assert rows(show(f"places?q={form['surface_forms'].split('|')[0]}")) >= 1


def test_sorting_says_so_and_keeps_empty_cells_last(show: Show) -> None:
    browser = show("partnerships?size=all")
    button = "th[data-column=founded] button"
    founded = "tbody td:nth-child(5)"
    browser.one(button).click()
    up = browser.texts(founded)
    assert up[0] == min(row["founded"] for row in PAIRS if row["founded"])[:4]
    assert up[-1] == ""
    assert browser.run("return document.querySelector('th[data-column=founded]').ariaSort") == "ascending"
    browser.one(button).click()
    down = browser.texts(founded)
    assert down[0] >= up[len([cell for cell in up if cell]) - 1][:4]
    assert down[-1] == ""
    assert browser.run("return document.querySelector('th[aria-sort]').ariaSort") == "descending"
    assert browser.run("return document.activeElement.closest('th').dataset.column") == "founded"
    browser.one(button).click()
    assert browser.run("return document.querySelector('th[aria-sort]')") is None


def test_rows_come_a_page_at_a_time(show: Show) -> None:
    browser = show("partnerships")
    assert len(browser.texts("tbody tr")) == 50
    first = browser.texts(FIRST_COLUMN)[0]
    browser.one(".pager button[aria-label='Next page']").click()
    assert browser.texts(FIRST_COLUMN)[0] != first
    assert "51–100 shown" in browser.text(".summary")
    browser.go("partnerships?size=all")
    assert len(browser.texts("tbody tr")) == len(PAIRS)
    browser.go("partnerships?page=999&size=x")
    assert "shown" in browser.text(".summary")


def test_fact_opens_to_all_its_evidence_in_its_place(show: Show) -> None:
    pair = next(row for row in PAIRS if (row["place_a"], row["place_b"]) == ("Duisburg", "Gaziantep"))
    browser = show(f"partnerships?fact=partnership:{pair['partnership_id']}")
    evidence = [row for row in TABLES["evidence"] if row["fact_id"] == pair["partnership_id"]]
    assert len(evidence) > 3
    marks = browser.each("#detail mark", "it.textContent")
    assert sorted(marks) == sorted(row["quote"] for row in evidence)
    around = browser.each("#detail blockquote", "it.textContent")
    for row in evidence:
        before, after = (row[side] or "" for side in ("prefix", "suffix"))
        assert any(
            _spaces(before) + _spaces(row["quote"]) + _spaces(after) in _spaces(text) for text in around
        ), row["quote"]
    shown = browser.text("#detail")
    for row in evidence:
        source = next(page["source"] for page in TABLES["documents"] if page["doc_id"] == row["doc_id"])
        assert source in shown
        assert row["rule"] in shown


def _spaces(text: str) -> str:
    return "".join(text.split())


def test_page_view_marks_all_facts_of_the_page(show: Show) -> None:
    page = next(row for row in TABLES["documents"] if row["source"] == "de/duisburg-partnerstaedte.html")
    browser = show(f"page?doc={page['doc_id']}")
    text = (ROOT / "outputs" / "texts" / f"{page['doc_id']}.txt").read_text(encoding="utf-8")
    assert browser.run("return document.querySelector('.text').textContent") == text
    marked = browser.run(
        """let at = 0; const found = [];
        const walker = document.createTreeWalker(document.querySelector('.text'), NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const length = walker.currentNode.data.length;
          const mark = walker.currentNode.parentElement.closest('mark');
          if (mark) for (const type of mark.classList) found.push([type, at, at + length]);
          at += length;
        }
        return found"""
    )
    spans = {
        (row["fact_type"], row["start"], row["end"])
        for row in TABLES["evidence"]
        if row["doc_id"] == page["doc_id"]
    }
    covered = {(kind, offset) for kind, start, end in marked for offset in range(start, end)}
    assert covered == {(kind, offset) for kind, start, end in spans for offset in range(start, end)} - {
        (kind, offset) for kind, offset in _unmarked(spans, text)
    }
    facts = {row["fact_id"] for row in TABLES["evidence"] if row["doc_id"] == page["doc_id"]}
    assert browser.text(".page-facts h2") == f"{len(facts)} facts on this page"
    browser.run("document.querySelector('.legend input').click()")
    assert browser.run("return document.querySelectorAll('mark.partnership').length") == 1  # the legend's own


def _unmarked(spans: set[tuple[str, int, int]], text: str) -> set[tuple[str, int]]:
    """White space that stands alone between two borders of passages is not marked."""
    borders = sorted({0, len(text), *(span[1] for span in spans), *(span[2] for span in spans)})
    blank = {
        offset
        for start, end in pairwise(borders)
        if not text[start:end].strip()
        for offset in range(start, end)
    }
    return {(kind, offset) for kind, start, end in spans for offset in range(start, end) if offset in blank}


def test_words_on_a_page_lead_to_their_facts_and_back(show: Show) -> None:
    page = next(row for row in TABLES["documents"] if row["source"] == "de/duisburg-partnerstaedte.html")
    browser = show(f"page?doc={page['doc_id']}")
    browser.run("document.querySelector('.text mark.mayor a').click()")
    browser.until("document.querySelector('.page-facts h2').innerText.startsWith('1 fact rests')")
    assert "Denis Daley" in browser.text(".page-facts")
    assert browser.text(".text mark.chosen") == "Lord Mayor Sir Denis Daley"
    browser.run(
        "[...document.querySelectorAll('.page-facts a')].find((link) => link.innerText === 'open').click()"
    )
    browser.until("document.querySelector('#detail h2')?.innerText.startsWith('Denis Daley')")
    browser.run(
        "[...document.querySelectorAll('#detail a')].find((link) => link.innerText === 'in the page').click()"
    )
    browser.until("document.querySelector('.text mark.chosen')")
    assert browser.run(
        "const box = document.querySelector('mark.chosen').getBoundingClientRect();"
        "return box.top >= 0 && box.bottom <= innerHeight"
    )


def test_conflicts_stand_side_by_side(show: Show) -> None:
    browser = show("conflicts")
    conflicts = [row for row in PAIRS if row["conflict"]]
    assert len(browser.texts("article")) == len(conflicts)
    pair = next(row for row in conflicts if row["place_b"] == "Gaziantep")
    browser.go(f"conflicts?place={pair['place_a_id']}&q=Gaziantep")
    heads = browser.texts(".sides h4")
    assert [head.split()[0] for head in heads] == ["2005", "2009", "2012"]
    assert "chosen" in heads[0]
    tops = browser.each(".sides > .side", "it.getBoundingClientRect().top")
    assert len(set(tops)) == 1
    assert all(browser.texts(".sides > .side mark"))


def test_map_shows_towns_and_a_town_its_partners(show: Show) -> None:
    browser = show("map")
    places = {row["place_id"]: row for row in TABLES["places"]}
    located = [
        row for row in PAIRS
        if all(places[row[end]]["latitude"] is not None for end in ("place_a_id", "place_b_id"))
    ]  # fmt: skip
    assert rows(browser) == len(located)
    assert f"{len(PAIRS) - len(located)} not drawn" in browser.text(".summary")
    assert len(colours(browser)) > 20
    town = next(row for row in TABLES["places"] if row["name"] == "Duisburg")
    browser.one(".finder input").send_keys("Duisburg\n")
    browser.until("location.hash.includes('town=')")
    partners = [row for row in PAIRS if town["place_id"] in (row["place_a_id"], row["place_b_id"])]
    assert f"{len(partners)} partnerships" in browser.text(".town")
    assert "Perm" in browser.text(".bonds")


def colours(browser: Browser) -> list[int]:
    """The colours of the canvas after it was drawn."""
    browser.until("document.querySelector('canvas').width > 300")
    script = """
    const done = arguments[0];
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const { data } = document.querySelector('canvas').getContext('2d').getImageData(0, 0, 900, 400);
      done([...new Set(new Uint32Array(data.buffer))]);
    }));"""
    return list(browser.driver.execute_async_script(script))


def test_clicking_a_town_in_the_network_opens_it(show: Show) -> None:
    browser = show("network")
    browser.until("document.querySelector('.scene-box').dataset.done")
    assert rows(browser) == len({row[end] for row in PAIRS for end in ("place_a_id", "place_b_id")})
    assert len(colours(browser)) > 20
    found = browser.run(
        """const canvas = document.querySelector('canvas'); const box = canvas.getBoundingClientRect();
        const note = document.querySelector('.note');
        for (let y = Math.ceil(box.top) + 4; y < box.bottom; y += 8)
        for (let x = Math.ceil(box.left) + 4; x < box.right; x += 8) {
          canvas.dispatchEvent(new PointerEvent('pointermove', { clientX: x, clientY: y }));
          if (note.textContent.startsWith('Köln:')) {
            canvas.dispatchEvent(new MouseEvent('click', { clientX: x, clientY: y }));
            return note.textContent;
          }
        }"""
    )
    assert found
    browser.until("document.querySelector('.town h2')?.innerText === 'Köln'")
    assert found.split(": ")[1] in browser.text(".town")


def test_network_is_laid_out_the_same_way_every_time(show: Show) -> None:
    pictures = []
    for _ in range(2):
        browser = show("network")
        browser.until("document.querySelector('.scene-box').dataset.done")
        colours(browser)
        pictures.append(browser.run("return document.querySelector('canvas').toDataURL()"))
    assert pictures[0] == pictures[1]


def test_timeline_counts_foundings_by_year(show: Show) -> None:
    browser = show("timeline")
    labels = browser.each(".timeline svg a", "it.ariaLabel")
    counted = sum(int(re.search(r": (\d+) partnership", label)[1]) for label in labels)
    assert counted == sum(row["founded"] is not None for row in PAIRS)
    year = PAIRS[0]["founded"][:4]
    same = sum((row["founded"] or "").startswith(year) for row in PAIRS)
    assert any(label.startswith(f"{year}: {same} partnership") for label in labels)
    browser.run(
        "document.querySelector('.timeline svg a').dispatchEvent(new MouseEvent('click', { bubbles: true }))"
    )
    browser.until("location.hash.includes('founded_from')")
    assert rows(browser) == int(re.search(r": (\d+) partnership", labels[0])[1])


def test_address_shows_the_same_view_again(show: Show) -> None:
    browser = show("partnerships")
    choose(browser, "kind", "twin")
    choose(browser, "confidence_to", "0.9")
    browser.one("th[data-column=founded] button").click()
    address, cells = browser.run("return location.hash"), browser.texts(FIRST_COLUMN)
    again = show(address.removeprefix("#/"))
    assert again.texts(FIRST_COLUMN) == cells
    assert again.run("return document.querySelector('[name=kind]').value") == "twin"
    again.run("document.querySelector('.quiet').click()")
    assert rows(again) == len(PAIRS)
