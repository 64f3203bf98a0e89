"""Plain text and Markdown."""

# ruff: noqa: E501 (pages read better unbroken)
from __future__ import annotations

from tests.clean.cleaned import SENTENCE, above, check, outline, plain


def test_titles_and_lost_title() -> None:
    found = plain(
        f"Towns Twinned with Bonn\n\nCalais, France\n\n{SENTENCE}\nTop of page\n\nWuhan, China\n\nSince 1982. {SENTENCE}\n"
        f"Top of page\n\n\nPerm followed. {SENTENCE}\nTop of page\n\nOxford, England\n\nLast of all. {SENTENCE}\n"
    )
    check(found)
    assert above(found, "Since 1982") == ["Towns Twinned with Bonn", "Wuhan, China"]
    assert above(found, "Perm followed") == ["Towns Twinned with Bonn"]
    assert above(found, "Last of all") == ["Towns Twinned with Bonn", "Oxford, England"]
    assert "Top of page" not in found.text


def test_captions_menu_and_teasers() -> None:
    teasers = "".join(
        f"Neues Thema {n}\nDo 5. Februar 2026\nEin Bagger.\nBild: Stadt / A. B.\n" for n in range(6)
    )
    found = plain(
        f"Startseite\nRathaus\nBürger\nKultur\nSport\n\nUnsere Partnerstädte\n\n{SENTENCE}\n\nZwei Männer vor einem Haus.\n"
        f"Bild: Stadt / A. Beispiel\n\n{SENTENCE}\n\nWeitere Nachrichten\n\nMehr Nachrichten\n{teasers}"
    )
    assert outline(found) == [
        ("heading", "Unsere Partnerstädte"),
        ("paragraph", SENTENCE),
        ("caption", "Zwei Männer vor einem Haus."),
        ("caption", "Bild: Stadt / A. Beispiel"),
        ("paragraph", SENTENCE),
    ]
    assert found.published is None


def test_lists() -> None:
    found = plain("Partner\n\n- Calais\n- Wuhan\n  - Hubei\n\n1. Perm\n2. Oxford\n")
    assert [(found.words(b), b.level, b.group) for b in found.blocks if b.kind.value == "item"] == [
        ("Calais", 1, 0),
        ("Wuhan", 1, 0),
        ("Hubei", 2, 1),
        ("Perm", 1, 2),
        ("Oxford", 1, 2),
    ]


def test_wrapped_lines_are_joined() -> None:
    found = plain(
        "The councils of both towns agreed on a lasting bond, and since then\nchoirs, schools and clubs have visited each other in"
        " most summers,\nby coach and by ferry, and nobody has ever been left behind at a sta-\ntion so far.\n"
    )
    assert len(found.blocks) == 1
    assert found.text.endswith("left behind at a station so far.")


def test_markdown_marks() -> None:
    found = plain(
        "# Partner towns\n\n**Calais.** *Since* 1964, see [the page](https://a.example/x), with `code`.\n\n"
        "Write to [us](mailto:a@b.example)\n\n![alt](a.png)\n\n## Wuhan ##\n\n> A quote.\n\nOld style\n---------\n\nText.\n",
        markdown=True,
    )
    assert outline(found) == [
        ("heading", "Partner towns"),
        ("paragraph", "Calais. Since 1964, see the page (https://a.example/x), with code."),
        ("paragraph", "Write to us"),
        ("heading", "Wuhan"),
        ("paragraph", "A quote."),
        ("heading", "Old style"),
        ("paragraph", "Text."),
    ]
    assert found.text[found.blocks[1].start : found.blocks[1].lead_end] == "Calais."
    assert above(found, "A quote") == ["Partner towns", "Wuhan"]


def test_front_matter_and_menus_in_links() -> None:
    found = plain(
        '---\ntitle: "Minutes of May"\ndate: 2023-05-12\ntags: [a, b]\n---\n\n[Home](/) / [Politics](/p) / Council\n\n'
        f"# Partner towns\n\n{SENTENCE}\n\n[Back to top](#) | [Save as PDF](/x)\n",
        markdown=True,
    )
    assert outline(found) == [("heading", "Partner towns"), ("paragraph", SENTENCE)]
    assert (found.published, found.title) == ("2023-05-12", "Minutes of May")


def test_title_above_other_lines() -> None:
    found = plain(
        f"The Handbook\nSearch here now\n\nWho is twinned with my new home?\nBy A. B.\n\n{SENTENCE}\n\nHow it began\n\n{SENTENCE}\n"
    )
    assert found.title == "Who is twinned with my new home?"
    assert above(found, "By A. B.") == ["Who is twinned with my new home?"]


def test_long_list_of_short_lines_is_no_menu() -> None:
    found = plain("Calais\n" * 200)
    assert len(found.blocks) == 200
