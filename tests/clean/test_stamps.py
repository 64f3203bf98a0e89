"""The page's own date."""

# ruff: noqa: E501 (pages read better unbroken)
from __future__ import annotations

import pytest

from pipeline.clean.stamp_dates import read_dates
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


@pytest.mark.parametrize(
    ("inner", "published"),
    [
        # What was done to the page, in words of many kinds.
        ("<p>This page was last checked by the town clerk on 3 March 2021.</p>", "2021-03-03"),
        ("<p>Our list was most recently amended on 3 March 2021</p>", "2021-03-03"),
        ("<p>This web page was last pruned on 3 March 2021 by the clerk</p>", "2021-03-03"),
        ("<p>The choir was last seen on 3 March 2021</p>", None),
        ("<p>Information correct as at 9 May 2020</p>", "2020-05-09"),
        ("<p>Sent to members on 9 May 2020</p>", "2020-05-09"),
        ("<p>Diese Übersicht wurde zuletzt am 5. Mai 2021 ergänzt.</p>", None),
        ("<p>Die Angaben wurden zuletzt überprüft am 5. Mai 2021</p>", "2021-05-05"),
        ("<p>Ausgestrahlt am 12.02.2018</p>", "2018-02-12"),
        ("<p>Stand / Last change: 07.04.2022</p>", "2022-04-07"),
        ("<p>Posted / Veröffentlicht: 7 April 2022</p>", "2022-04-07"),
        ("<dl><dt>Date of issue<dd>7 April 2022<dt>Clerk<dd>A. Writer</dl>", "2022-04-07"),
        # Bylines.
        ("<p>By Ada Writer, 9 February 2019</p>", "2019-02-09"),
        ("<p>9. Februar 2019, von Ada Muster</p>", "2019-02-09"),
        ("<p>12.06.2021 – Pressemitteilung</p>", "2021-06-12"),
        ("<h2>Tuesday, 4 July 2023</h2>", "2023-07-04"),
        # The paper of a meeting.
        ("<p>Minutes of the meeting of 14 June 2016</p>", "2016-06-14"),
        ("<p>Protokoll der 3. Sitzung am 14.06.2016</p>", "2016-06-14"),
        # Of two stamps in a line, that of publication.
        ("<p>Redaktionsschluss: 1. Mai 2020 | Veröffentlicht am 1. Juni 2020</p>", "2020-06-01"),
        # Events, treaties, visits, copyright.
        ("<p>The festival was held on 12 May 2019 in the market hall.</p>", None),
        ("<p>In der Gemeinderatssitzung am 14.06.2016 wurde der Vertrag einstimmig beschlossen.</p>", None),
        ("<p>The charter was signed by Mayor Ada Writer on 12 May 2019.</p>", None),
        ("<p>Die Urkunde wurde geschrieben und verschickt, unterzeichnet am 12.05.2019.</p>", None),
        ("<p>The agreement was revised on 12 May 2019 and runs for ten years.</p>", None),
        ("<p>The invitation, sent on 12 May 2019, was never answered.</p>", None),
        ("<p>The statutes, last amended on 12 May 2019, call for four visits a year.</p>", None),
        ("<p>A first request was made in spring; it was submitted on 12 May 2019.</p>", None),
        ("<p>12 May 2019 News from the schools</p>", None),
        ("<p>Next visit by coach: 12 May 2019</p>", None),
        ("<p>Nächstes Treffen am 12.05.2019 im Rathaus</p>", None),
        ("<p>Copyright 2003-2019 Town Council, all rights reserved</p>", None),
        ("<h2>12. Mai 2019</h2>", None),
        ("<ul><li>12 May 2019: New bus stop<li>3 May 2019: Road works</ul>", None),
    ],
)
def test_kinds_of_stamps(inner: str, published: str | None) -> None:
    page = f"<body><main><h1>Partner towns</h1>{inner}<p>{SENTENCE}</p><p>{SENTENCE}</p></main></body>"
    assert document(page).published == published


@pytest.mark.parametrize(
    ("other", "published"),
    [
        ("The bond with Arles dates from July 28, 1992.", "2017-10-09"),
        ("Last inspected 08/31/2012.", "2017-10-09"),
        ("The bond with Arles dates from 28 July 1992.", "2017-09-10"),
        ("July 28, 1992 or, as they write it, 28 July 1992.", "2017-09-10"),
        ("The bond is old.", "2017-09-10"),
    ],
)
def test_order_of_day_and_month(other: str, published: str) -> None:
    page = (
        f"<body><h1>Partners</h1><p>Posted by Staff on 10/09/2017 - 14:20</p><p>{SENTENCE} {other}</p></body>"
    )
    assert document(page).published == published


def test_caption_dates_its_table() -> None:
    rows = "<tr><th>Town<th>Since<tr><td>Arles<td>1960<tr><td>Wells<td>1974"
    table = f"<table><caption>List revised 30 April 2018</caption>{rows}</table>"
    start = f"<body><h1>Partners</h1><p>{SENTENCE}</p>{table}<p>{SENTENCE}</p>"
    assert document(f"{start}</body>").published == "2018-04-30"
    assert document(f"{start}<div>This page was last edited on 21 June 2018.</div></body>").published == (
        "2018-06-21"
    )


def test_related_news_do_not_date_the_page() -> None:
    news = "".join(
        f"<li><a href='#'>{title}</a> <span>{day} May 2024</span></li>"
        for day, title in ((3, "Road works"), (9, "New bus stop"), (12, "Summer fair"))
    )
    aside = f"<aside><h3>Related news</h3><ul>{news}</ul></aside>"
    assert document(f"<body><main><h1>Partners</h1><p>{SENTENCE}</p></main>{aside}</body>").published is None
