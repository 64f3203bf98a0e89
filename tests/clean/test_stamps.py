"""The page's own date."""

# ruff: noqa: E501 (pages read better unbroken)
from __future__ import annotations

import pytest

from pipeline.clean.stamps import read_dates
from tests.clean.cleaned import SENTENCE, document, plain


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("14.03.2024", "2024-03-14"),
        ("4. Juli 2018", "2018-07-04"),
        ("Juli\u00a02018", "2018-07"),
        ("8 July 2025", "2025-07-08"),
        ("July 8, 2025", "2025-07-08"),
        ("Mar 6, 2015 | 05:02 PM", "2015-03-06"),
        ("2nd of May 2019", "2019-05-02"),
        ("2024-06-17T11:00:00+02:00", "2024-06-17"),
        ("17/09/2009", "2009-09-17"),
        ("09/17/2009", "2009-09-17"),
        ("31.12.99", None),
        ("41.13.2020", None),
        ("Version 1.2.2020.4", None),
        ("im Jahr 2020", None),
    ],
)
def test_dates(text: str, edtf: str | None) -> None:
    found = [value for _, _, value in read_dates(text)]
    expected = "1999-12-31" if text == "31.12.99" else edtf
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("inner", "published"),
    [
        ("<p>Stand: 14.03.2024</p>", "2024-03-14"),
        ("<p>Herausgeber: Stadt. Zuletzt geändert: 14.03.2024</p>", "2024-03-14"),
        ("<p>By A. Writer. Published 8 July 2025, 6:00am</p>", "2025-07-08"),
        ("<p>Pressemitteilung vom 17. Juni 2024</p><p>Letzte Änderung: 20.06.2024</p>", "2024-06-17"),
        ("<p>Von A. Muster | 21.05.2022, 06:00 Uhr | 4 Minuten</p>", "2022-05-21"),
        ("<p>Dienstag, 4. Juli 2023, 16:30 Uhr</p>", "2023-07-04"),
        ("<p>&copy; Town Council 2024</p>", None),
        (f"<p>{SENTENCE}</p><p>The treaty was signed on 8 July 1995.</p>", None),
        (f"<p>{SENTENCE}</p><p>Page last reviewed: 2 February 2023</p>", "2023-02-02"),
        ("<table><tr><td>Datum:<td>Dienstag, 12.03.2019<tr><td>Ort:<td>Rathaus</table>", "2019-03-12"),
    ],
)
def test_stamps(inner: str, published: str | None) -> None:
    assert (
        document(f"<body><main><h1>Partner towns</h1>{inner}<p>{SENTENCE}</p></main></body>").published
        == published
    )


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2024-06-17T11:00:00+02:00">', "2024-06-17"),
        ('<meta name="DC.date.modified" content="2023-11-14">', "2023-11-14"),
        (
            '<script type="application/ld+json">{"@graph":[{"datePublished":"2023-10-02T18:20"}]}</script>',
            "2023-10-02",
        ),
        ('<script type="application/ld+json">{broken</script>', None),
        ("<title>Minutes of the council, 12.03.2019</title>", "2019-03-12"),
    ],
)
def test_metadata(head: str, published: str | None) -> None:
    assert (
        document(f"<html><head>{head}</head><body><h1>Partners</h1><p>{SENTENCE}</p></body></html>").published
        == published
    )


def test_stamp_of_a_dropped_part_and_of_a_text() -> None:
    assert (
        document(
            f"<body><main><h1>A b</h1><p>{SENTENCE}</p></main><footer>Last updated: 4 May 2020</footer></body>"
        ).published
        == "2020-05-04"
    )
    assert plain(f"A title\n\n{SENTENCE}\n\nMar 6, 2015 | 05:02 PM\n").published == "2015-03-06"


def test_late_change_of_an_old_page() -> None:
    meta = '<meta property="article:published_time" content="2019-08-02">'
    change = "<p>Page updated March 4, 2025</p>"
    assert (
        document(f"<head>{meta}</head><body><h1>Partners</h1><p>{SENTENCE}</p>{change}</body>").published
        == "2025-03-04"
    )
    near = change.replace("March 4, 2025", "August 3, 2019")
    assert (
        document(f"<head>{meta}</head><body><h1>Partners</h1><p>{SENTENCE}</p>{near}</body>").published
        == "2019-08-02"
    )
