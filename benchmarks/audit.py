"""Size of the audit page, and how long a browser takes to show it: ``python -m benchmarks.audit [FACTS]``.

Facts are made up. Times are of the best of five loads, and of one answer each.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.audit.conftest import start_browser, write_page
from tests.audit.made import large

_ANSWERS = {
    "search": "partnerships?q=berg",
    "sort": "partnerships?sort=place_a&dir=down",
    "filter": "partnerships?kind=twin&confidence_to=0.8",
    "evidence, searched": "evidence?q=jugend",
    "all rows at once": "partnerships?size=all",
    "overview": "overview",
    "map": "map",
    "page with its facts": "page?doc=doc-000000000003",
}
_GO = """
const start = performance.now();
history.replaceState(null, '', arguments[0]);
dispatchEvent(new HashChangeEvent('hashchange'));
document.body.offsetHeight;
return performance.now() - start;"""


def main() -> None:
    facts = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with TemporaryDirectory() as folder:
        out = large(Path(folder) / "out", facts)
        start = time.perf_counter()
        page = write_page(out, Path(folder) / "audit.html")
        print(
            f"{facts} facts: {page.stat().st_size / 1e6:.1f} MB, made in {time.perf_counter() - start:.1f} s"
        )
        browser = start_browser()
        try:
            loads = []
            for _ in range(5):
                browser.open(page, "partnerships")
                loads.append(browser.run("return performance.getEntriesByName('first-view')[0].startTime"))
            print(f"{'first row':20} {min(loads):6.0f} ms")
            for name, view in _ANSWERS.items():
                print(f"{name:20} {browser.run(_GO, f'#/{view}'):6.0f} ms")
            start = time.perf_counter()
            browser.go("network")
            browser.until("document.querySelector('.scene-box')?.dataset.done", 600)
            print(f"{'network laid out':20} {1000 * (time.perf_counter() - start):6.0f} ms")
        finally:
            browser.driver.quit()


if __name__ == "__main__":
    main()
