"""The publication log: what was published, corrected and withdrawn, as pages and as Atom."""

import datetime as dt
import re
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest

from builder.history.past import past_of
from builder.registry import load
from builder.site.build import build
from builder.site.feeds import feeds
from builder.site.page import SiteContext
from builder.site.view import View
from tests.history.conftest import CORRECTION, DOCUMENT_ID, Clone
from tests.registries import DOCUMENT
from tests.site.rendered import Site

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://vidu.example/so-dang-ky/"
UNIT, PROVINCE = "units/vi-du/99001@2025-07-01/", "units/vi-du/99@/"
SECRET_ID = "documents/vi-du/an-binh/noi-bo"
WITHDRAWN = "withdrawn: {on: 2025-07-12, reason: Ghi hai lần}\n"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)\Z")  # RFC 3339


def pages(clone: Clone) -> Site:
    return Site(clone.root, dt.date(2026, 1, 31), past=True)


def made(clone: Clone, site_url: str = SITE) -> dict[str, ElementTree.Element]:
    site = SiteContext(clone.root, load(clone.root), dt.date(2026, 1, 31))
    return {
        feed.path: ElementTree.fromstring(feed.write())  # noqa: S314  (what this program made)
        for feed in feeds(View(site.registry, site.as_of, past_of(site.registry)), site_url)
    }


def entries(feed: ElementTree.Element) -> list[str]:
    return [one.findtext(f"{ATOM}title", "") for one in feed.findall(f"{ATOM}entry")]


def live(clone: Clone) -> None:
    """A correction on the tenth, an addition on the eleventh, a withdrawal on the twelfth."""
    clone.put(DOCUMENT_ID, DOCUMENT + CORRECTION)
    clone.commit("Đính chính", date="2025-07-10T09:00:00+07:00")
    clone.put(DOCUMENT_ID, DOCUMENT + CORRECTION + "notes: Thêm\n")
    clone.commit("Thêm", date="2025-07-11T09:00:00+07:00")
    clone.put(DOCUMENT_ID, DOCUMENT + CORRECTION + "notes: Thêm\n" + WITHDRAWN)
    clone.commit("Rút", date="2025-07-12T09:00:00+07:00")


def test_the_log_tells_what_was_published_corrected_and_withdrawn_newest_first(
    clone: Clone,
) -> None:
    live(clone)
    rows = pages(clone)["nhat-ky/"].rows[1:]
    told = [(row[1], row[2]) for row in rows if row[0].startswith("Kế hoạch thử")]
    assert told == [
        ("Rút", "09 giờ 00 ngày 12/7/2025"), ("Đính chính", "09 giờ 00 ngày 10/7/2025"),
        ("Công bố", "09 giờ 00 ngày 02/7/2025"),
    ]  # fmt: skip


def test_units_and_provinces_have_logs_of_their_own_that_their_pages_lead_to(
    clone: Clone,
) -> None:
    live(clone)
    site = pages(clone)
    assert "Kế hoạch thử" in site[f"{UNIT}nhat-ky/"].text
    assert "Nghị quyết sắp xếp" not in site[f"{UNIT}nhat-ky/"].text
    assert "Kế hoạch thử" in site[f"{PROVINCE}nhat-ky/"].text
    assert f"{UNIT}nhat-ky/" in site.targets(UNIT)
    assert f"{PROVINCE}nhat-ky/" in site.targets("nhat-ky/")
    assert f"{UNIT}nhat-ky/" in site.targets(f"{PROVINCE}nhat-ky/")


def test_a_unit_of_which_nothing_is_told_has_no_log(clone: Clone) -> None:
    assert "units/vi-du/99002@/nhat-ky/" not in pages(clone).pages
    assert "units/vi-du/99002@/nhat-ky/atom.xml" not in made(clone)


def test_nothing_internal_is_told(clone: Clone) -> None:
    internal = DOCUMENT.replace("access: public", "access: internal").replace("01/KH", "77/KH")
    clone.put(SECRET_ID, internal.replace("access: internal", "access: public"))
    clone.commit("Công bố nhầm")
    clone.put(SECRET_ID, internal)
    clone.commit("Cất đi")
    assert SECRET_ID not in pages(clone)["nhat-ky/"].html
    for feed in made(clone).values():
        assert "noi-bo" not in ElementTree.tostring(feed, encoding="unicode")


def test_without_git_the_log_says_that_it_is_missing(clone: Clone) -> None:
    site = Site(clone.root, dt.date(2026, 1, 31))
    assert "không nằm trong kho git" in site["nhat-ky/"].text


# Atom


@pytest.mark.parametrize("site_url", [SITE, ""])
def test_every_feed_has_what_rfc_4287_asks_for(clone: Clone, site_url: str) -> None:
    live(clone)
    found = made(clone, site_url)
    assert {"nhat-ky/atom.xml", f"{UNIT}nhat-ky/atom.xml", f"{PROVINCE}nhat-ky/atom.xml"} <= set(
        found
    )
    for feed in found.values():
        assert feed.tag == f"{ATOM}feed"
        for element in (feed, *feed.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(element.findall(f"{ATOM}{name}")) == 1
            assert re.match(r"(tag|urn):", element.findtext(f"{ATOM}id", ""))
            assert _TIME.match(element.findtext(f"{ATOM}updated", ""))
        ids = [one.findtext(f"{ATOM}id") for one in feed.findall(f"{ATOM}entry")]
        assert len(set(ids)) == len(ids) > 0
        for entry in feed.findall(f"{ATOM}entry"):
            assert entry.findtext(f"{ATOM}author/{ATOM}name")
            assert [one.get("rel") for one in entry.findall(f"{ATOM}link")] == ["alternate"]
        relations = [one.get("rel") for one in feed.findall(f"{ATOM}link")]
        assert sorted(relations) == ["alternate", "self"]


def test_pages_that_have_a_feed_name_it_in_their_head(clone: Clone) -> None:
    live(clone)
    out = clone.root.parent / "site"
    build(clone.root, out, full_text=False)
    named = re.compile(r'<link rel="alternate" type="application/atom\+xml" [^>]*href="([^"]+)">')
    feeds_of = {"": "nhat-ky/atom.xml", "nhat-ky/": "nhat-ky/atom.xml"}
    for unit in (UNIT, PROVINCE):
        feeds_of |= dict.fromkeys((unit, f"{unit}nhat-ky/"), f"{unit}nhat-ky/atom.xml")
    for tree in ("", "en/"):
        for page, feed in feeds_of.items():
            (link,) = named.findall((out / tree / page / "index.html").read_text("utf-8"))
            assert urljoin(f"{SITE}{tree}{page}", link) == f"{SITE}{feed}"
            assert (out / feed).is_file()
        assert not named.search((out / tree / DOCUMENT_ID / "index.html").read_text("utf-8"))


def test_links_of_a_feed_lead_to_pages_with_and_without_an_address_of_the_site(
    clone: Clone,
) -> None:
    for site_url in (SITE, ""):
        feed = made(clone, site_url)[f"{UNIT}nhat-ky/atom.xml"]
        links = [one.get("href", "") for one in feed.findall(f"{ATOM}entry/{ATOM}link")]
        where = f"{SITE}{UNIT}nhat-ky/atom.xml"
        assert f"{SITE}{DOCUMENT_ID}/" in [urljoin(where, link) for link in links]


def test_ids_are_tags_of_the_site_and_stay_when_more_is_told(clone: Clone) -> None:
    first = made(clone)["nhat-ky/atom.xml"]
    before = {one.findtext(f"{ATOM}id", "") for one in first.findall(f"{ATOM}entry")}
    assert all(one.startswith("tag:vidu.example,2025-07-02:") for one in before)
    live(clone)
    after = made(clone)["nhat-ky/atom.xml"]
    assert before < {one.findtext(f"{ATOM}id", "") for one in after.findall(f"{ATOM}entry")}
    assert first.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id")


def test_hostile_words_stay_words(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, DOCUMENT.replace("Kế hoạch thử", '"]]> & <b>đậm</b>"') + CORRECTION)
    clone.commit(author="A\x08B & <c> <ab@example.org>")
    feed = made(clone)["nhat-ky/atom.xml"]
    assert "Đính chính: ]]> & <b>đậm</b>" in entries(feed)


def test_old_entries_stand_in_archives_that_do_not_change(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.site.logbook.BLOCK", 2)
    monkeypatch.setattr("builder.site.logbook.RECENT", 1)
    live(clone)
    found = made(clone)
    names = sorted(name for name in found if name.startswith("nhat-ky/"))
    assert names == [
        "nhat-ky/atom-1.xml",
        "nhat-ky/atom-2.xml",
        "nhat-ky/atom-3.xml",
        "nhat-ky/atom.xml",
    ]
    whole = [title for name in names[:-1] for title in reversed(entries(found[name]))]
    whole += reversed(entries(found["nhat-ky/atom.xml"]))
    assert len(whole) == 7
    newest = found["nhat-ky/atom.xml"]
    [before] = [
        one.get("href") for one in newest.findall(f"{ATOM}link") if one.get("rel") == "prev-archive"
    ]
    assert before == f"{SITE}nhat-ky/atom-3.xml"
    clone.put(SECRET_ID, DOCUMENT.replace("01/KH", "05/KH"))
    clone.commit(date="2025-07-20T09:00:00+07:00")
    later = made(clone)
    for name in names[:-1]:
        old, new = (ElementTree.tostring(one[name]) for one in (found, later))
        assert old == new
    assert "nhat-ky/2/" in pages(clone).pages


def test_the_page_of_verification_says_what_is_and_is_not_proven(clone: Clone) -> None:
    page = pages(clone)["kiem-chung/"]
    assert clone.git.head.commit.hexsha in page.text
    assert "Sổ chưa yêu cầu chữ ký" in page.text
    assert {title for _, title in page.headings} >= {"Kiểm tra được", "Không chứng minh được"}
