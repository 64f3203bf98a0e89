"""Words of pages stay words in the audit page, in every view of it."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.audit.conftest import Browser, write_page
from tests.audit.made import hostile
from tests.conftest import ROOT

ATTACKS: list[str] = [
    entry["text"]
    for entry in tomllib.loads((ROOT / "tests/hostile/attacks.toml").read_text("utf-8"))["attack"]
]
VIEWS = (
    "overview", "partnerships", "dates", "mayors", "themes", "pages", "places", "evidence", "conflicts",
    "conflicts?page=2", "collected", "map", "network", "timeline",
)  # fmt: skip
# What a page would hold only if words had become something else.
STRANGE = r"""
const forbidden = "iframe, img, object, embed, base, math, animate, link, plaintext, [srcdoc], [action]";
const strange = Array.from(document.querySelectorAll(forbidden), (element) => element.localName);
const styled = /^(--share: [\d.]+;|touch-action: none;.*|-webkit-tap.*)$/;
for (const element of document.querySelectorAll("*")) {
  for (const { name, value } of element.attributes) {
    const handler = name.startsWith("on") || name === "src" || name === "formaction";
    const style = name === "style" && !styled.test(value);
    const link = name === "href" && !/^(#|https?:)/.test(value);
    if (handler || style || link) strange.push(`${element.localName} ${name}=${value}`);
  }
}
if (document.scripts.length > 5 || document.querySelectorAll("style").length !== 1) strange.push("code");
if (window.attacked !== undefined) strange.push("a script ran");
if (performance.getEntriesByType("resource").length) strange.push("something was loaded");
if (getComputedStyle(document.body).visibility !== "visible") strange.push("the page is hidden");
if (!document.querySelector("h1")?.offsetHeight) strange.push("the heading is hidden");
return strange;
"""
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ue000\U000e0000-\U000e007f]"
)


@pytest.fixture(scope="module")
def attacked(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    folder = tmp_path_factory.mktemp("hostile")
    file = write_page(hostile(folder / "out", ATTACKS), folder / "audit.html")
    browser.size(1440, 900)
    browser.open(file)
    return browser


def check(browser: Browser) -> str:
    """Check that all is text and return it."""
    assert browser.run(STRANGE) == []
    text = str(browser.run("return main.textContent + detail.textContent"))
    assert not UNSEEN.search(text)
    assert browser.complaints() == []
    return text


def spelt(attack: str) -> str:
    """Return an attack as the page shows it: what cannot be seen as its number."""

    def number(found: re.Match[str]) -> str:
        return f"U+{ord(found[0]):04X}"

    return UNSEEN.sub(number, attack)


@pytest.mark.parametrize(
    "harm",
    [
        "document.body.append(document.createElement('iframe'))",
        "main.appendChild(document.createElement('a')).href = 'javascript:1'",
        "window.attacked = 1",
        "document.body.append(document.createElement('style'))",
        "main.append('\\u202e')",
    ],
)
def test_the_check_sees_harm(attacked: Browser, harm: str) -> None:
    address = attacked.run("return location.href")
    attacked.run(harm)
    try:
        with pytest.raises(AssertionError):
            check(attacked)
    finally:
        attacked.driver.get("about:blank")
        attacked.driver.get(address)
        attacked.complaints()


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_shows_attacks_as_text(attacked: Browser, view: str) -> None:
    attacked.go(view + ("&" if "?" in view else "?") + "size=all")
    text = check(attacked)
    if view in ("partnerships", "mayors", "pages", "evidence"):
        assert [attack for attack in ATTACKS if spelt(attack) not in text] == []


def test_every_fact_shows_attacks_as_text(attacked: Browser) -> None:
    for table in ("partnerships", "dates", "mayors", "themes"):
        attacked.go(f"{table}?size=all")
        links = attacked.run(
            "return Array.from(document.querySelectorAll('a.row-link'), (link) => link.hash)"
        )
        assert len(links) == len(ATTACKS)
        for link in links[:: 2 if table == "partnerships" else 8]:
            attacked.run("location.hash = arguments[0]", link)
            assert attacked.text("#detail h2")
            check(attacked)


def test_every_page_shows_attacks_as_text_and_no_link_but_to_the_web(attacked: Browser) -> None:
    for number, attack in enumerate(ATTACKS):
        attacked.go(f"page?doc=doc-{number}")
        assert spelt(attack) in check(attacked)
        found = attacked.run(
            "return Array.from(document.querySelectorAll('main a[target]'), (link) => link.protocol)"
        )
        assert set(found) <= {"http:", "https:"}
    attacked.go("page?doc=doc-0b")
    assert attacked.run("return document.querySelector('main a[target]')?.href") == "https://town.example/?0"


def test_attacks_in_the_dialog_are_text(attacked: Browser) -> None:
    attacked.go("partnerships?size=all")
    links = attacked.run("return Array.from(document.querySelectorAll('a.row-link'), (link) => link.hash)")
    for link in links[::8]:
        attacked.run("location.hash = arguments[0]", link)
        attacked.text("#detail h2")
        attacked.one("#detail .actions button").click()
        check(attacked)
        attacked.one("dialog button[value=close]").click()


def test_attacks_among_collected_corrections_are_text(attacked: Browser) -> None:
    rows = [[attack] * 8 for attack in ATTACKS] + [
        ["mayor", f"m{i}{a}", *[a] * 6] for i, a in enumerate(ATTACKS)
    ]
    attacked.go("overview")
    attacked.run("sessionStorage.setItem('twintown.rows', JSON.stringify(arguments[0]))", rows)
    attacked.go("collected")
    assert attacked.text(".summary") == f"{len(rows)} rows"
    check(attacked)
    for broken in ("{", "[1]", '[["a"]]', '{"a":1}', "null"):
        attacked.go("overview")
        attacked.run("sessionStorage.setItem('twintown.rows', arguments[0])", broken)
        attacked.go("collected")
        assert attacked.text(".summary") == "0 rows"


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_in_the_address_is_harmless(attacked: Browser, attack: str) -> None:
    script = """
    const text = encodeURIComponent(arguments[0]);
    const names = ["q", "kind", "sort", "page", "size", "fact", "place"];
    location.hash = `#/partnerships?${names.map((name) => `${name}=${text}`).join("&")}`;
    """
    attacked.run(script, attack)
    check(attacked)


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_as_the_name_of_a_view_is_harmless(attacked: Browser, attack: str) -> None:
    attacked.run(
        "location.hash = ['#/', '?town='].map((part) => part + encodeURIComponent(arguments[0])).join('')",
        attack,
    )
    assert "facts from" in attacked.text("h1")
    check(attacked)


def test_attacks_cannot_turn_the_direction(attacked: Browser) -> None:
    attacked.go("page?doc=doc-0")
    spoken = attacked.run("return document.querySelectorAll('.unprinted').length")
    assert spoken == 0
    number = next(i for i, attack in enumerate(ATTACKS) if "\u202e" in attack)
    attacked.go(f"page?doc=doc-{number}")
    assert "U+202E" in attacked.texts(".unprinted")


@pytest.mark.parametrize(
    "harm",
    [
        "document.body.insertAdjacentHTML('beforeend', '<b>bold</b>')",
        "document.createElement('p').innerHTML = '<b>bold</b>'",
        "document.querySelector('h1').setAttribute('onclick', '1')",
        "document.createElement('script').textContent = '1'",
    ],
)
def test_the_policy_forbids_markup_and_code_from_text(attacked: Browser, harm: str) -> None:
    try:
        assert attacked.run(f"try {{ {harm} }} catch (error) {{ return error.name }}") in (
            "TypeError",
            "EvalError",
        )
    finally:
        attacked.driver.refresh()
        attacked.complaints()
