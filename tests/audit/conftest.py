"""A browser for the tests of the audit page: Debian's Chromium with its driver, started once."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.audit import page
from tests.conftest import ROOT

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REQUIRED = "TWINTOWN_REQUIRE_BROWSER"


class Browser:
    """A driven browser with the few things that these tests ask of it."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver
        self.size(1440, 900)

    def size(self, width: int, height: int, scheme: str = "light", media: str = "") -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})

    def open(self, file: Path, view: str = "overview") -> None:
        """Load a page anew."""
        self.driver.get("about:blank")
        self.driver.get(f"{file.as_uri()}#/{view}")

    def go(self, view: str) -> None:
        """Change the address within the page, as a link in it does, and wait for the view."""
        self.run("location.hash = arguments[0]", f"#/{view}")
        self.run("return 0")

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def text(self, selector: str) -> str:
        return str(self.run("return document.querySelector(arguments[0])?.innerText ?? ''", selector))

    def texts(self, selector: str) -> list[str]:
        return self.each(selector, "it.innerText")

    def each(self, selector: str, expression: str) -> list[Any]:
        """Return what an expression yields for each element ``it``."""
        script = f"return Array.from(document.querySelectorAll(arguments[0]), (it) => {expression})"
        return list(self.run(script, selector))

    def set(self, selector: str, value: str, event: str = "input") -> None:
        """Give a control a value, as if it was typed or chosen."""
        script = """
        const control = document.querySelector(arguments[0]);
        control.value = arguments[1];
        control.dispatchEvent(new Event(arguments[2], { bubbles: true }));"""
        self.run(script, selector, value, event)

    def one(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def keys(self, *keys: str) -> None:
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def until(self, script: str, seconds: float = 10) -> Any:
        """Wait until a script returns something true, and return that."""
        end = time.monotonic() + seconds
        while not (found := self.run(f"return {script}")):
            assert time.monotonic() < end, f"this did not come true: {script}"
            time.sleep(0.02)
        return found

    def complaints(self) -> list[str]:
        """Return what the console has to say since the last call: errors, broken policies."""
        return [f"{entry['level']}: {entry['message']}" for entry in self.driver.get_log("browser")]


class NoBrowserError(Exception):
    """Why there is no browser to test with."""


def start_browser() -> Browser:
    """Start Chromium without a window and without a network.

    Raises:
        NoBrowserError: It, its driver or Selenium is not installed, or it does not start.
    """
    try:
        from selenium import webdriver
        from selenium.common.exceptions import WebDriverException
    except ImportError as error:
        raise NoBrowserError("Selenium is not installed (pip install selenium)") from error
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    helper = shutil.which("chromedriver")
    if not program or not helper:
        raise NoBrowserError(
            "there is no Chromium with its driver (apt-get install chromium chromium-driver)"
        )
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for argument in (
        "--headless=new",
        "--no-sandbox",  # root has none, and only our own page is opened
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-ipc-flooding-protection",  # the tests change the address faster than people
        "--hide-scrollbars",
        "--host-resolver-rules=MAP * ~NOTFOUND",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    try:
        return Browser(webdriver.Chrome(options=options, service=webdriver.ChromeService(helper)))
    except WebDriverException as error:
        raise NoBrowserError(f"Chromium does not start: {error.msg}") from error


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        found = start_browser()
    except NoBrowserError as error:
        if os.environ.get(REQUIRED):
            pytest.fail(f"{REQUIRED} is set, but {error}")
        pytest.skip(f"the audit page is not tested in a browser: {error}")
    try:
        yield found
    finally:
        found.driver.quit()


def write_page(outputs: Path, file: Path) -> Path:
    file.write_text(page(outputs), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def corpus_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The audit page of the project's own outputs."""
    return write_page(ROOT / "outputs", tmp_path_factory.mktemp("audit") / "audit.html")


@pytest.fixture
def show(browser: Browser, corpus_page: Path) -> Callable[[str], Browser]:
    """Load a view of the corpus page."""

    def load(view: str) -> Browser:
        browser.size(1440, 900)
        browser.open(corpus_page, view)
        browser.complaints()
        return browser

    return load
