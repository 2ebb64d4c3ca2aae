"""What holds for every page: links that lead somewhere, anchors once, headings in order."""

import datetime as dt
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest

from builder.site.downloads import SOURCE, TEXT
from tests.conftest import ROOT
from tests.registries import write
from tests.site.rendered import Site, real_site

GIVEN = ("tim-kiem/", "tra-cuu/", "huong-dan/", "gioi-thieu/")  # hand-written or of the search
FIXTURE = ROOT / "tests/fixtures/vi-du"


@pytest.fixture(scope="module", params=["real", "fictional"])
def site(request: pytest.FixtureRequest) -> Site:
    return real_site() if request.param == "real" else Site(FIXTURE, dt.date(2026, 1, 31))


def test_every_link_leads_to_a_page_and_every_fragment_to_an_element(site: Site) -> None:
    ids = {address: set(site[address].ids) for address in site.pages}
    broken = []
    for address in site.pages:
        for href, _ in site[address].links:
            url, fragment = urldefrag(urljoin(f"http://site/{address}", href))
            target = url.removeprefix("http://site/").partition("?")[0]
            if not url.startswith("http://site/") or target.startswith(GIVEN):
                continue
            if target.removeprefix(address).startswith((SOURCE, TEXT)):
                continue
            if target not in ids or (fragment and fragment not in ids[target]):
                broken.append((address, href))
    assert broken == []


def test_every_page_is_reached_from_the_start_page(site: Site) -> None:
    seen, waiting = {""}, [""]
    while waiting:
        for target in site.targets(waiting.pop()) & set(site.pages) - seen:
            seen.add(target)
            waiting.append(target)
    left = {address for address in site.pages if not address.startswith(GIVEN)} - seen
    assert left == set()


def test_every_page_below_the_start_shows_the_way_to_it(site: Site) -> None:
    lost = [
        address
        for address in site.pages
        if address and address != "tim-kiem/" and 'class="rg-crumbs"' not in site[address].html
    ]
    assert lost == []


def test_no_id_stands_twice_on_a_page(site: Site) -> None:
    twice = {
        address: [name for name, count in Counter(site[address].ids).items() if count > 1]
        for address in site.pages
    }
    assert {address: names for address, names in twice.items() if names} == {}


def test_headings_go_down_one_level_at_a_time_from_a_single_first(site: Site) -> None:
    for address in site.pages:
        levels = [level for level, _ in site[address].headings]
        assert levels[:1] == [1], address
        assert levels.count(1) == 1, address
        assert all(b - a <= 1 for a, b in pairwise(levels)), address


def test_no_code_of_the_records_is_shown_for_a_word(site: Site) -> None:
    for address in site.pages:
        text = site[address].text
        assert "None" not in text, address
        assert "@2025" not in text, address


def test_hostile_text_is_shown_and_never_run(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)>"
    write(tmp_path)
    path = tmp_path / "registry/documents/vi-du/an-binh/ke-hoach-thu.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Kế hoạch thử", f"|-\n  {hostile}"), encoding="utf-8")
    site = Site(tmp_path, dt.date(2025, 8, 1))
    assert "documents/vi-du/an-binh/ke-hoach-thu/" in site.pages
    for address in site.pages:
        html = site[address].html
        assert "<script>alert" not in html
        assert "<img" not in html
