"""Takes the pictures of the audit page that the README shows: ``make screenshots``. Look at them afterwards.

The pictures are of the project's own outputs; they are taken as they are, and never compared.
"""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.audit import load
from tests.audit.conftest import ROOT, start_browser, write_page

FOLDER = Path(__file__).parent / "screenshots"


def main() -> None:
    tables = {name: table.to_pylist() for name, table in load(ROOT / "outputs").tables.items()}
    pair = next(
        row["partnership_id"]
        for row in tables["partnerships"]
        if (row["place_a"], row["place_b"]) == ("Duisburg", "Perm")
    )
    page = next(
        row["doc_id"] for row in tables["documents"] if row["source"] == "de/duisburg-partnerstaedte.html"
    )
    shots = {
        "overview": ("overview", 1100, 680, "light"),
        "fact": (f"partnerships?q=duisburg&fact=partnership:{pair}", 1220, 640, "light"),
        "page": (f"page?doc={page}", 1210, 600, "dark"),
        "conflicts": ("conflicts", 1000, 640, "light"),
        "map": ("map", 930, 520, "light"),
        "network": ("network", 930, 600, "dark"),
        "timeline": ("timeline", 1000, 560, "light"),
    }
    FOLDER.mkdir(exist_ok=True)
    browser = start_browser()
    try:
        with TemporaryDirectory() as folder:
            file = write_page(ROOT / "outputs", Path(folder) / "audit.html")
            for name, (view, width, height, scheme) in shots.items():
                browser.size(width, height, scheme)
                browser.open(file, view)
                if name == "network":
                    browser.until("document.querySelector('.scene-box').dataset.done")
                time.sleep(0.5)  # fonts and canvas
                browser.driver.save_screenshot(str(FOLDER / f"{name}.png"))
    finally:
        browser.driver.quit()


if __name__ == "__main__":
    main()
