"""A correction of a fact, as a row of CSV to take along."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.schema import THEMES
from tests.audit.conftest import Browser
from tests.audit.test_page import PAIRS, TABLES

Show = Callable[[str], Browser]


def correction(browser: Browser) -> dict[str, str]:
    columns = ["fact_type", "fact_key", "field", "action", "value", "reviewer", "date", "reason"]
    (cells,) = csv.reader(io.StringIO(browser.run("return document.querySelector('dialog textarea').value")))
    return dict(zip(columns, cells, strict=True))


@pytest.mark.parametrize(
    ("view", "kind", "table", "key", "field", "value"),
    [
        ("partnerships", "partnership", "partnerships", "partnership_id", "status", "ended"),
        ("dates", "founding_date", "founding_dates", "founding_id", "date", "19,64"),
        ("mayors", "mayor", "mayors", "mayor_id", "person", 'Ada "Countess"'),
        ("themes", "theme", "themes", "theme_id", "theme", "sport"),
    ],
)
def test_correction_is_one_row_of_csv(
    show: Show, view: str, kind: str, table: str, key: str, field: str, value: str
) -> None:
    fact = TABLES[table][0][key]
    browser = show(f"{view}?fact={kind}:{fact}")
    browser.one("#detail .actions button").click()
    assert browser.run("return document.activeElement.closest('dialog') !== null")
    made = correction(browser)
    assert (made["fact_type"], made["fact_key"], made["action"], made["field"]) == (kind, fact, "accept", "")
    browser.one("dialog input[value=edit]").click()
    browser.set("dialog [name=field]", field, "change")
    browser.set("dialog [name=value]", value)
    for name, typed in (("reviewer", "O'Hara, Mary"), ("reason", "„so“ said\tthe town")):
        browser.set(f"dialog [name={name}]", typed)
    made = correction(browser)
    assert made == {
        "fact_type": kind, "fact_key": fact, "field": field, "action": "edit", "value": value,
        "reviewer": "O'Hara, Mary", "date": browser.run("return new Date().toLocaleDateString('sv')"),
        "reason": "„so“ said\tthe town",
    }  # fmt: skip
    browser.run("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    browser.one("dialog button.main").click()
    browser.until("document.querySelector('dialog .message').innerText.includes('Ctrl+C')")
    selected = browser.run(
        "return document.activeElement.value.slice(0, document.activeElement.selectionEnd)"
    )
    assert "edit" in selected
    browser.one("dialog button[value=close]").click()
    browser.until("document.querySelector('dialog') === null")
    assert browser.run("return document.activeElement.closest('#detail') !== null")
    browser.one("#detail .actions button").click()
    assert correction(browser)["reviewer"] == "O'Hara, Mary"
    browser.one("dialog button[value=close]").click()


def test_correction_lists_the_values_that_the_schema_has(show: Show) -> None:
    browser = show(f"themes?fact=theme:{TABLES['themes'][0]['theme_id']}")
    browser.one("#detail .actions button").click()
    browser.one("dialog input[value=edit]").click()
    options = browser.run(
        "return Array.from(document.querySelector('dialog [name=value]').options, (option) => option.value)"
    )
    assert tuple(options) == THEMES
    browser.one("dialog button[value=close]").click()


def test_works_where_files_get_no_storage(show: Show) -> None:
    browser = show("partnerships")
    browser.run("Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('none here') } })")
    browser.go(f"partnerships?fact=partnership:{PAIRS[0]['partnership_id']}")
    browser.until("document.querySelector('#detail .actions button')").click()
    browser.set("dialog [name=reviewer]", "Ada")
    browser.one("dialog button[value=close]").click()
    browser.one("#detail .actions button").click()
    assert correction(browser)["reviewer"] == "Ada"


def test_collected_corrections_become_a_file(show: Show, tmp_path: Path) -> None:
    browser = show("collected")
    assert browser.text(".summary") == "0 rows"
    facts = [row["partnership_id"] for row in PAIRS[:2]]
    for fact, action in ((facts[0], "accept"), (facts[1], "accept"), (facts[1], "reject")):
        browser.go(f"partnerships?fact=partnership:{fact}")
        browser.one("#detail .actions button").click()
        browser.one(f"dialog input[value={action}]").click()
        browser.set("dialog [name=reviewer]", "")
        browser.one("dialog .actions button:nth-of-type(2)").click()
        assert "Collected" not in browser.text("dialog .message")
        browser.set("dialog [name=reviewer]", "O'Hara, Mary")
        browser.set("dialog [name=reason]", 'the town says "so"')
        browser.one("dialog .actions button:nth-of-type(2)").click()
        assert "Collected" in browser.text("dialog .message")
        browser.one("dialog button[value=close]").click()
    assert browser.text("nav a[href='#/collected'] .amount") == "2"
    browser.open(Path(browser.run("return decodeURIComponent(location.pathname)")), "collected")
    assert browser.text(".summary") == "2 rows"
    where = {"behavior": "allow", "downloadPath": str(tmp_path)}
    browser.driver.execute_cdp_cmd("Browser.setDownloadBehavior", where)
    browser.one("button.main").click()
    file = tmp_path / "corrections.csv"
    for _ in range(200):
        if file.exists() and file.stat().st_size:
            break
        time.sleep(0.02)
    header, *rows = csv.reader(io.StringIO(file.read_text("utf-8"), newline=""))
    assert header == ["fact_type", "fact_key", "field", "action", "value", "reviewer", "date", "reason"]
    assert [row[:4] for row in rows] == [
        ["partnership", facts[0], "", "accept"],
        ["partnership", facts[1], "", "reject"],
    ]
    assert [row[-1] for row in rows] == ['the town says "so"'] * 2
    browser.one("button[aria-label='Remove this row']").click()
    assert browser.text(".summary") == "1 row"
    browser.run("Array.from(document.querySelectorAll('.actions button')).at(-1).click()")
    assert browser.text(".summary") == "0 rows"
    assert browser.complaints() == []
