"""``outputs/`` is what this program makes of ``corpus/``; ``make golden`` makes it anew."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from pipeline.run import run
from pipeline.schema import TABLES
from tests.conftest import tree


@pytest.fixture(scope="module")
def made(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made") / "outputs"
    run([root / "corpus"], out)
    return out


def test_same_files(made: Path, root: Path) -> None:
    assert sorted(tree(made)) == sorted(tree(root / "outputs"))


@pytest.mark.parametrize("name", [*(f"{table.name}.csv" for table in TABLES), "datapackage.json"])
def test_same_bytes(name: str, made: Path, root: Path, file_regression: FileRegressionFixture) -> None:
    data = (made / name).read_bytes()
    file_regression.check(data, binary=True, fullpath=root / "outputs" / name)


def test_same_texts(made: Path, root: Path) -> None:
    assert tree(made / "texts") == tree(root / "outputs" / "texts")


@pytest.mark.parametrize("name", [table.name for table in TABLES])
def test_same_rows_and_schema_in_parquet(made: Path, root: Path, name: str) -> None:
    # The bytes name the version of PyArrow that wrote them; rows and schema are what counts.
    new, old = (pq.read_table(folder / f"{name}.parquet") for folder in (made, root / "outputs"))
    assert new.schema.equals(old.schema, check_metadata=True)
    assert new.to_pylist() == old.to_pylist()
