"""The gazetteer that comes with the package: names, links, matches, and its speed."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.gazetteer import WORD, Gazetteer, fold, load, unlinked
from pipeline.gazetteer.tables import exonyms, regions

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "names.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert len(ROWS) >= 120


@pytest.mark.parametrize(("name", "country", "main"), ROWS, ids=[row[0] for row in ROWS])
def test_name(name: str, country: str, main: str) -> None:
    place = load().link(name)
    assert (place.country, place.name) == (country, main)
    words = WORD.findall(name)
    assert load().match(words, 0) == len(words)


@pytest.mark.parametrize(
    ("name", "how", "place"),
    [
        ("Paris", {"country": "US", "admin1": "TX"}, ("US", "Paris", "TX")),
        ("London", {"country": "CA"}, ("CA", "London", "08")),
        ("Birmingham", {"prefer": "US"}, ("US", "Birmingham", "AL")),
        ("Paris", {"prefer": "US"}, ("FR", "Paris", "11")),
        ("Perth", {"admin1": "SCT", "country": "GB"}, ("GB", "Perth", "SCT")),
        ("Bethlehem", {"country": "US"}, ("US", "Bethlehem", "PA")),
        ("Bethlehem", {}, ("PS", "Bethlehem", "WE")),
        ("Georgia", {"country": "US"}, ("US", "Georgia", "GA")),
        ("Newcastle", {"country": "GB"}, ("GB", "Newcastle upon Tyne", "ENG")),
        ("Halle", {}, ("DE", "Halle (Saale)", "14")),
        ("Halle", {"country": "BE"}, ("BE", "Halle", "VLG")),
    ],
)
def test_link_takes_hints(name: str, how: dict[str, str], place: tuple[str, str, str]) -> None:
    found = load().link(name, **how)  # type: ignore[arg-type]
    assert (found.country, found.name, found.admin1) == place


def test_near_prefers_the_neighbourhood() -> None:
    gazetteer = load()
    near = gazetteer.link("Coburg")
    assert gazetteer.link("Neustadt", near=near).name == "Neustadt bei Coburg"


def test_a_country_without_such_a_place_leaves_it_unlinked() -> None:
    place = load().link("Düsseldorf", country="JP")
    assert (place.place_id, place.name, place.country) == ("unlinked:JP:dusseldorf", "Düsseldorf", "JP")
    assert not place.linked
    assert unlinked(" Klein-Kleckersdorf ", "DE").place_id == "unlinked:DE:klein-kleckersdorf"
    assert unlinked("!!").place_id == "unlinked::unnamed"


def test_by_id() -> None:
    gazetteer = load()
    place = gazetteer.link("Köln")
    assert gazetteer.by_id(place.place_id) == place
    assert gazetteer.by_id("geonames:2953481") == gazetteer.link("Baden-Württemberg")
    chiba = gazetteer.by_id("unlinked:JP:chiba-prefecture")
    assert chiba is not None
    assert chiba.feature == "prefecture"
    assert not chiba.linked
    for odd in ("", "geonames:", "geonames:1", "geonames:²", "geonames:-5", "geonames:99999999999", "x:1"):
        assert gazetteer.by_id(odd) is None


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Die Stadt Frankfurt am Main und", (0, 0, 3, 0, 0, 0)),
        ("essen in Essen", (0, 0, 1)),
        ("Frankfurt oder Köln", (1, 0, 1)),
        ("im Mai nach Los Angeles", (0, 0, 0, 2, 1)),
        ("Newcastle upon Tyne", (3, 0, 0)),
        ("CDU BER USA HAMM", (0, 0, 0, 1)),
        ("Bad Homburg vor der Höhe", (5, 0, 0, 0, 0)),
        ("Präfektur Chiba", (2, 1)),
    ],
)
def test_match(text: str, counts: tuple[int, ...]) -> None:
    words = WORD.findall(text)
    found = tuple(load().match(words, i) for i in range(len(words)))
    # Parts of a longer name may be names too (Homburg); only what a reader meets first counts.
    assert len(counts) == len(words)
    skip = 0
    for i, count in enumerate(counts):
        if skip:
            skip -= 1
            continue
        assert found[i] == count, (words[i], found)
        skip = max(count - 1, 0)


@pytest.mark.parametrize("name", ["Essen", "Halle", "Reading", "Martin", "Victoria", "Bath", "Nice", "Split"])
def test_needs_context(name: str) -> None:
    found = load().candidates(name)
    assert found
    assert all(candidate.needs_context for candidate in found)


@pytest.mark.parametrize(
    "name", ["Köln", "Cologne", "Paris", "Warschau", "Coventry", "Osnabrück", "Hiroshima"]
)
def test_needs_no_context(name: str) -> None:
    assert not load().candidates(name)[0].needs_context


@pytest.mark.parametrize("name", ["Of", "Der", "Mai", "March", "August", "Montag", "Oder", "Und", "CGN", ""])
def test_never_a_place(name: str) -> None:
    assert load().candidates(name) == ()


def test_candidates_are_sorted_and_typed() -> None:
    found = load().candidates("Springfield")
    sizes = [candidate.place.population for candidate in found]
    assert sizes == sorted(sizes, reverse=True)
    assert len({candidate.place.place_id for candidate in found}) == len(found)
    assert all(candidate.place.feature == "city" for candidate in found)


def test_every_region_is_found_and_its_id_is_its_own() -> None:
    gazetteer = load()
    ids = [region.place_id for region in regions()]
    assert len(set(ids)) == len(ids)
    for region in regions():
        for name in region.all_names:
            assert any(c.place.place_id == region.place_id for c in gazetteer.candidates(name)), name
            words = WORD.findall(name)
            assert gazetteer.match(words, 0, 8) == len(words) or name[0].islower() or len(name) <= 3, name


def test_the_index_is_of_these_tables() -> None:
    """Fails when exonyms.tsv was changed and the index not built anew."""
    for name, country, main in exonyms():
        found = [(c.place.country, c.place.name) for c in load().candidates(name) if c.usual]
        assert (country, main) in found, name


def test_the_admin1_codes_of_regions_are_the_index_codes() -> None:
    data = load()._store
    known = set(data.division_names)
    assert [r.name for r in regions() if r.admin1 and f"{r.country}.{r.admin1}" not in known] == []


def test_hostile_names() -> None:
    gazetteer = load()
    for text in (
        "\x00",
        "\ud800",
        "𝔎öln",
        "a" * 100_000,
        "‮nlöK",
        "=HYPERLINK()",
        "..",
        "ﬀ",
        "İ" * 50,
        "-" * 5000,
    ):
        assert isinstance(gazetteer.candidates(text), tuple)
        assert gazetteer.link(text, country="DE").place_id.startswith(("unlinked:DE:", "geonames:"))
        assert gazetteer.match([text], 0) in (0, 1)
        assert gazetteer.match(["Bad", text, "Homburg"], 0) in (0, 1)


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_match_never_runs_over_the_end(words: list[str]) -> None:
    for i in range(len(words)):
        assert 0 <= load().match(words, i) <= len(words) - i


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_fold_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("spellings", "folded"),
    [
        (("Düsseldorf", "Dusseldorf", "DÜSSELDORF", "Du\u0308sseldorf"), "dusseldorf"),
        (("Straßburg", "Strassburg", "STRASSBURG", "STRAẞBURG"), "strassburg"),
        (("St. Gallen", "Sankt Gallen", "Saint-Gallen", "St Gallen"), "st gallen"),
        (("Ho-Chi-Minh-Stadt", "Ho Chi Minh Stadt", "Ho‑Chi‑Minh‑Stadt"), "ho chi minh stadt"),
        (("L'Aquila", "L’Aquila", "LAquila"), "laquila"),
        (("Łódź", "Lodz"), "lodz"),
        (("İzmir", "Izmir", "izmir"), "izmir"),
    ],
)
def test_fold(spellings: tuple[str, ...], folded: str) -> None:
    assert {fold(spelling) for spelling in spellings} == {folded}


def test_one_gazetteer_for_all_threads() -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: load(), range(8)))
        assert all(a is b for a, b in pairwise(found))
        places = list(pool.map(lambda n: load().link(n).place_id, ["Köln", "Lyon", "Kyiv", "Perm"] * 50))
    assert len(set(places)) == 4


def test_speed() -> None:
    """Generous: a tenth of what one quiet core does."""
    start = time.process_time()
    Gazetteer()
    assert time.process_time() - start < 3.0
    text = "Die Stadt Duisburg ist seit 1977 mit Vilnius und mit Frankfurt an der Oder befreundet. "
    words = WORD.findall(text * 500)
    start = time.process_time()
    for i in range(len(words)):
        load().match(words, i)
    assert len(words) / (time.process_time() - start) > 20_000


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from /proc")
def test_start_is_light() -> None:
    """Under 0.5 s and 150 MB in a process of its own; the time is generous for a busy machine."""
    # The peak that getrusage tells would be that of the tests, which a child inherits.
    program = (
        "import time; start = time.process_time(); from pipeline.gazetteer import load; load();"
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'));"
        "print(time.process_time() - start, int(peak.split()[1]) / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 1.5
    assert megabytes < 150
