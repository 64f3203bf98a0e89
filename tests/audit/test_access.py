"""The audit page by keyboard, for screen readers, on small screens, in the dark and on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.audit.conftest import Browser
from tests.audit.test_page import FIRST_COLUMN, PAIRS, TABLES, VIEWS

Show = Callable[[str], Browser]


def test_keyboard_alone_is_enough(show: Show) -> None:
    browser = show("partnerships")
    browser.keys("/")
    assert browser.run("return document.activeElement.id") == "search"
    browser.keys("Perm")
    browser.until("document.querySelector('.summary').innerText.startsWith('1 ')")
    browser.go("partnerships")
    browser.run("document.querySelector('a.row-link').focus()")
    browser.keys("\ue015")  # down
    second = browser.run("return document.activeElement.innerText")
    assert second == browser.texts(FIRST_COLUMN)[1]
    browser.keys("\ue007")  # Enter
    browser.until("!detail.hidden")
    assert browser.run("return document.activeElement.innerText") == second
    browser.keys("j")
    browser.until(f"document.querySelector('#detail h2').innerText !== {second!r}")
    browser.keys("k")
    browser.until(f"document.querySelector('#detail h2').innerText === {second!r}")
    browser.keys("\ue00c")
    browser.until("detail.hidden")
    assert browser.run("return document.activeElement.innerText") == second


@pytest.mark.parametrize("view", VIEWS)
def test_everything_has_a_name_for_a_screen_reader(show: Show, view: str) -> None:
    browser = show(view)
    tree = browser.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    nameless = [
        node["role"]["value"]
        for node in tree
        if not node.get("ignored")
        and node["role"]["value"]
        in (
            "link",
            "button",
            "combobox",
            "textbox",
            "searchbox",
            "spinbutton",
            "table",
            "heading",
            "image",
            "navigation",
            "checkbox",
            "columnheader",
        )
        and not node.get("name", {}).get("value", "").strip()
    ]
    assert nameless in ([], ["columnheader"] * len(nameless))  # the corner of a small table is empty
    roles = [node["role"]["value"] for node in tree]
    assert roles.count("main") == 1
    assert browser.run("return document.querySelectorAll('h1').length") == 1
    assert "status" in roles
    ids = browser.each("[id]", "it.id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(show: Show, scheme: str) -> None:
    browser = show("overview")
    browser.size(1440, 900, scheme)
    ratio = """
    const shade = (name) => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = `var(--${name})`;
      const channels = getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3).map((value) => {
        const part = value / 255;
        return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      probe.remove();
      return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2];
    };
    const [a, b] = [shade(arguments[0]), shade(arguments[1])].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);"""
    grounds = ("paper", "surface", "soft")
    pairs = [(ink, ground) for ink in ("ink", "faint", "accent", "warn") for ground in grounds]
    pairs += [("ink", f"mark-{kind}") for kind in ("partnership", "founding_date", "mayor", "theme")] + [
        ("ink", "mark")
    ]
    weak = {pair: value for pair in pairs if (value := browser.run(ratio, *pair)) < 4.5}
    assert weak == {}


def test_print_shows_the_rows_and_no_controls(show: Show) -> None:
    browser = show("partnerships?size=all")
    browser.size(1000, 900, media="print")
    assert browser.each(".side, .filters, footer", "it.offsetHeight") == [0, 0, 0]
    assert browser.run("return document.querySelector('tbody').rows.length") == len(PAIRS)
    assert (
        browser.run("return getComputedStyle(document.querySelector('thead')).display")
        == "table-header-group"
    )
    pdf = browser.driver.execute_cdp_cmd("Page.printToPDF", {})["data"]
    assert len(pdf) > 10_000
    browser.size(1440, 900)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1000, 700), (400, 800)])
def test_page_fits_the_screen(show: Show, width: int, height: int) -> None:
    for view in (
        "overview",
        "partnerships",
        "conflicts",
        "map",
        "timeline",
        f"partnerships?fact=partnership:{PAIRS[0]['partnership_id']}",
    ):
        browser = show(view)
        browser.size(width, height)
        assert browser.run("return document.documentElement.scrollWidth") <= width, view
        browser.size(1440, 900)


def test_focus_stays_where_people_are(show: Show) -> None:
    browser = show("partnerships")
    browser.run("document.querySelector('.pager [aria-label=\"Next page\"]').focus()")
    browser.keys("\ue007")
    browser.until("document.querySelector('.summary').innerText.includes('51–100')")
    assert browser.run("return document.activeElement.ariaLabel") == "Next page"
    page = next(
        row["doc_id"] for row in TABLES["documents"] if row["source"] == "de/duisburg-partnerstaedte.html"
    )
    browser.go(f"page?doc={page}")
    for selector in (".text mark a", ".page-facts li a"):
        browser.run("document.querySelector(arguments[0]).focus()", selector)
        browser.keys("\ue007")
        browser.until("document.querySelector('.text mark.chosen')")
        browser.until("document.activeElement.closest('.text mark.chosen') !== null")
        browser.go(f"page?doc={page}")
