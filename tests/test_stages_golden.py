"""What each stage makes of a page, kept as people see it: a change of any stage shows as a diff."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from tests.conftest import ROOT

PAGES = ("de/duisburg-partnerstaedte.html", "en/bristol-twin-cities.html")


@pytest.mark.parametrize("stage", ["clean", "recognise", "extract"])
@pytest.mark.parametrize("page", PAGES)
def test_stage(stage: str, page: str, file_regression: FileRegressionFixture) -> None:
    command = [sys.executable, "-m", "pipeline", stage, str(ROOT / "corpus" / page)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    name = f"{page.split('/')[1].split('.')[0]}.{stage}"
    file_regression.check(done.stdout, basename=name, extension=".txt")
