"""Finding pages, telling them apart, and refusing what is none."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from pipeline.model import MediaType, Page, Rejected
from pipeline.read import MAX_BYTES, InputError, find_corrections, read, read_bytes

HTML = b"<!doctype html><html><body><p>Calais</p></body></html>"


def sources(*inputs: Path) -> list[str]:
    return [record.source for record in read(inputs)]


def test_folder_is_walked_in_order_and_only_pages_are_taken(tmp_path: Path) -> None:
    for name in (
        "b.html",
        "a/z.txt",
        "a/b.md",
        "c.htm",
        "notes.pdf",
        ".hidden.html",
        ".git/x.html",
        "d.HTML",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(HTML)
    assert sources(tmp_path) == ["a/b.md", "a/z.txt", "b.html", "c.htm", "d.HTML"]


def test_named_file_is_tried_whatever_its_suffix(tmp_path: Path) -> None:
    page = tmp_path / "seite.php"
    page.write_bytes(HTML)
    assert sources(page) == ["seite.php"]


def test_overlapping_inputs_give_a_page_once(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(HTML)
    assert sources(tmp_path, tmp_path / "a.html", tmp_path) == ["a.html"]


def test_same_source_of_two_folders_is_told_apart(tmp_path: Path) -> None:
    for folder in ("2023", "2024"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "index.html").write_bytes(HTML)
    found = sources(tmp_path / "2023", tmp_path / "2024")
    assert found == ["2023/index.html", "2024/index.html"]
    assert sorted(sources(tmp_path / "2024", tmp_path / "2023")) == found


def test_links_out_of_the_folder_and_circles_are_passed_over(tmp_path: Path) -> None:
    outside = tmp_path / "outside.html"
    outside.write_bytes(HTML)
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (root / "in.html").write_bytes(HTML)
    (root / "out.html").symlink_to(outside)
    (root / "sub" / "loop").symlink_to(root)
    (root / "folder.html").mkdir()
    assert sources(root) == ["in.html"]


def test_fifo_is_refused_without_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.html"
    os.mkfifo(pipe)
    (record,) = read([pipe])
    assert isinstance(record, Rejected)
    assert record.issue.kind == "unreadable"


def test_missing_input_stops_before_the_first_page(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nope\.html"):
        read([tmp_path, tmp_path / "nope.html"])


def test_standard_input() -> None:
    (record,) = read(["-", "-"], io.BytesIO(HTML))
    assert isinstance(record, Page)
    assert (record.source, record.media_type) == ("-", MediaType.HTML)
    with pytest.raises(InputError):
        read(["-"])


def test_size_is_checked_before_reading(tmp_path: Path) -> None:
    big = tmp_path / "big.html"
    with big.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    (record,) = read([big])
    assert isinstance(record, Rejected)
    assert record.issue.kind == "too_large"
    assert "big.html" in record.issue.message


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        ("\ufeff \u00a0".encode(), "empty"),
        (b"%PDF-1.7 xyz", "binary"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "binary"),
        (b"PK\x03\x04" + b"x" * 50, "binary"),
        (b"\x1f\x8b\x08" + b"x" * 50, "binary"),
        (b"<p>" + b"\x00" * 50 + b"</p>", "binary"),
        (bytes(range(1, 9)) * 40, "binary"),
    ],
)
def test_refusals(data: bytes, kind: str) -> None:
    record = read_bytes(data, "x/seite.html")
    assert isinstance(record, Rejected)
    assert (record.issue.stage, record.issue.kind) == ("read", kind)
    assert "x/seite.html" in record.issue.message


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("<!DOCTYPE html><p>x", "a.txt", MediaType.HTML),
        ("<div><p>Calais</p><p>Wuhan</p></div>", "a.txt", MediaType.HTML),
        ("Calais\n\nPartner since 1964.", "a.html", MediaType.TEXT),
        ("<p>Calais", "a.html", MediaType.HTML),
        ("Calais", "a.md", MediaType.MARKDOWN),
        ("## Partner\n\n**Calais.** Seit 1964.", "a.txt", MediaType.MARKDOWN),
        ("Ein Satz mit 3 < 5 und # 7.", "a.txt", MediaType.TEXT),
        ("<html><body>x", "-", MediaType.HTML),
    ],
)
def test_media_type_by_content_first(text: str, source: str, expected: MediaType) -> None:
    record = read_bytes(text.encode(), source)
    assert isinstance(record, Page)
    assert record.media_type is expected


def test_corrections_beside_the_pages_are_found_and_two_are_one_too_many(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    assert find_corrections([tmp_path / "a", "-", tmp_path / "none"]) is None
    (tmp_path / "b" / "corrections.csv").touch()
    assert (
        find_corrections([tmp_path / "a", tmp_path / "b", tmp_path / "b"])
        == tmp_path / "b" / "corrections.csv"
    )
    (tmp_path / "a" / "corrections.csv").touch()
    with pytest.raises(InputError, match="say which one with --corrections"):
        find_corrections([tmp_path / "a", tmp_path / "b"])
