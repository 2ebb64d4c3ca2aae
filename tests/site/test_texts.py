"""The text of an instrument on its page: linkable, citable, by version, nothing unescaped."""

import datetime as dt
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder.models import Instrument
from builder.registry import load
from builder.site.layout import theme_folders
from builder.site.pages.texts import text_pages, text_part
from builder.site.stamp import Stamper
from builder.site.view import View
from tests.conftest import ROOT
from tests.registries import DOCUMENT, write

if TYPE_CHECKING:
    from playwright.sync_api import Page as BrowserPage

RECORD = "documents/vi-du/an-binh/ke-hoach-thu"
AMENDING = "documents/vi-du/an-binh/sua-ke-hoach"
FIRST = "Chương I\nHỌP\nĐiều 1. Họp\n1. Họp hai lần một năm:\nđ) Công khai.\n2. Bỏ sau này.\n"
LATER = (
    "Chương I\nHỌP\nĐiều 1. Họp\n1. Họp ba lần một năm:\nđ) Công khai.\n"
    "| A | B |\n|---|---|\n| 1 | 2 |\n"
)
CHANGED = DOCUMENT + f"text_versions: [{{valid_from: 2026-01-01, changed_by: {AMENDING}}}]\n"
AMENDMENT = DOCUMENT.replace("Kế hoạch thử", "Sửa đổi Kế hoạch thử").replace("01/", "02/") + (
    f"relations: [{{type: amends, target: {RECORD}, provisions: [dieu-1.khoan-1]}}]\n"
)


class Elements(HTMLParser):
    """Names and attributes of all elements, and the words within each id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def values(self, name: str, tag: str | None = None) -> list[str | None]:
        return [a[name] for t, a in self.found if name in a and tag in (None, t)]


@pytest.fixture
def view_on(tmp_path: Path):
    def make(
        day: dt.date, first: str = FIRST, later: str = LATER, amendment: str = AMENDMENT
    ) -> View:
        write(tmp_path, {RECORD: CHANGED, AMENDING: amendment})
        (tmp_path / f"registry/{RECORD}.txt").write_text(first, encoding="utf-8")
        (tmp_path / f"registry/{RECORD}.2026-01-01.txt").write_text(later, encoding="utf-8")
        return View(load(tmp_path), day)

    return make


def context(view: View) -> dict:
    entry = view.registry.entries[RECORD]
    assert isinstance(entry.record, Instrument)
    found = text_part(view, entry, entry.record)
    assert found is not None
    return found()


def version_pages(view: View) -> dict[str, dict]:
    entry = view.registry.entries[RECORD]
    assert isinstance(entry.record, Instrument)
    return {p.address: dict(p.context()) for p in text_pages(view, entry, entry.record)}


def render(template: str, **given: object) -> str:
    stamper = Stamper({}, theme_folders(ROOT), "test")
    stamper.links.stand_at("a/")
    return stamper.templates.get_template(template).render(**given)


BEFORE, AFTER = dt.date(2025, 12, 31), dt.date(2026, 1, 1)


def test_every_provision_is_an_element_with_its_anchor_and_a_link_to_itself(view_on) -> None:
    page = Elements(render("_text.html", text=context(view_on(BEFORE))))
    ids = [i for i in page.values("id") if i]
    assert ids == [
        "chuong-i", "dieu-1", "dieu-1.khoan-1", "dieu-1.khoan-1.diem-dd", "dieu-1.khoan-2",
    ]  # fmt: skip
    links = page.values("href", "a")
    assert all(f"#{anchor}" in links for anchor in ids)


def test_every_provision_carries_its_citation_and_the_text_that_of_the_document(view_on) -> None:
    page = Elements(render("_text.html", text=context(view_on(BEFORE))))
    assert "điểm đ khoản 1 Điều 1" in page.values("data-cite")
    assert page.values("data-cite-document") == [
        "Kế hoạch thử số 01/KH-UBND ngày 02 tháng 7 năm 2025 của Ủy ban nhân dân xã An Bình"
    ]


def test_headings_go_down_one_level_at_a_time(view_on) -> None:
    page = Elements(render("_text.html", text=context(view_on(BEFORE))))
    assert [tag for tag, _ in page.found if tag in ("h3", "h4", "h5")] == ["h3", "h4"]


def test_the_version_of_the_day_is_shown_and_the_others_are_linked(view_on) -> None:
    before, after = context(view_on(BEFORE)), context(view_on(AFTER))
    assert before["label"] == "Lời văn ban đầu"
    assert after["label"] == "Lời văn từ ngày 01/01/2026"
    page = Elements(render("_text.html", text=after))
    assert f"../{RECORD}/van-ban/ban-dau/" in page.values("href")
    assert f"../{AMENDING}/" in page.values("href")


def test_the_list_of_versions_says_which_one_holds_and_as_of_which_day(view_on) -> None:
    html = render("_text.html", text=context(view_on(BEFORE)))
    first, later = html.split("<li data-valid-from=")[1:3]
    assert "bản tính đến ngày 31/12/2025" in first
    assert "data-as-of" not in later


def test_each_version_has_a_page_and_later_ones_their_differences(view_on) -> None:
    pages = version_pages(view_on(AFTER))
    first, later = pages[f"{RECORD}/van-ban/ban-dau/"], pages[f"{RECORD}/van-ban/2026-01-01/"]
    assert first["differences"] is None
    html = render("text.html", **later)
    assert "Họp <del>hai</del><ins>ba</ins> lần một năm:" in html
    assert [(c["label"], c["name"]) for c in later["differences"]()["changes"]] == [
        ("Sửa đổi", "Khoản 1 Điều 1"),
        ("Bổ sung", "Bảng 1 điểm đ khoản 1 Điều 1"),
        ("Bỏ", "Khoản 2 Điều 1"),
    ]


def test_a_provision_that_another_document_acts_upon_says_so(view_on) -> None:
    html = render("_text.html", text=context(view_on(BEFORE)))
    assert html.count('class="rg-effect"') == 1
    assert f'href="../{AMENDING}/"' in html.split('class="rg-effect"')[1][:200]


@pytest.mark.parametrize(
    "change",
    [
        ("stage: adopted", "stage: draft"),
        ("stage: adopted", "stage: trial"),
        ("verified: false", "verified: false\nwithdrawn: {on: 2025-08-01, reason: nhầm}"),
    ],
)
def test_a_draft_a_trial_text_or_a_withdrawn_record_does_nothing_to_a_provision(
    view_on, change: tuple[str, str]
) -> None:
    html = render("_text.html", text=context(view_on(BEFORE, amendment=AMENDMENT.replace(*change))))
    assert 'class="rg-effect"' not in html


def test_an_inferred_effect_on_a_provision_is_said_to_be_one(view_on) -> None:
    guessed = AMENDMENT.replace("provisions:", "certainty: inferred, provisions:")
    html = render("_text.html", text=context(view_on(BEFORE, amendment=guessed)))
    assert "Được sửa đổi, bổ sung bởi (suy ra): " in html


def test_rows_between_pipes_become_a_table_without_the_line_of_dashes(view_on) -> None:
    page = Elements(render("_text.html", text=context(view_on(AFTER))))
    assert sum(tag == "tr" for tag, _ in page.found) == 2


def test_nothing_of_a_hostile_text_becomes_markup(view_on) -> None:
    evil = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>"
    text = f"Chương I\n{evil}\nĐiều 1. {evil}\n1. {evil}\n| {evil} | b |\n“{evil}\n{evil}”\n"
    view = view_on(AFTER, text, text + f"2. {evil}\n")
    for page in version_pages(view).values():
        elements = Elements(render("text.html", **page))
        assert all(tag != "img" for tag, _ in elements.found)
        assert elements.values("src") == ["../assets/versions.js", "../assets/records.js"]
        assert not [a for _, attrs in elements.found for a in attrs if a.startswith("on")]


def test_a_page_is_made_anew_when_the_text_or_what_acts_on_it_changes(view_on) -> None:
    def digest(view: View) -> str:
        entry = view.registry.entries[RECORD]
        assert isinstance(entry.record, Instrument)
        found = text_part(view, entry, entry.record)
        assert found is not None
        return found.digest()

    first = digest(view_on(BEFORE))
    assert digest(view_on(BEFORE)) == first
    assert digest(view_on(BEFORE, FIRST + "3. Thêm.\n")) != first
    assert digest(view_on(BEFORE, amendment=AMENDMENT.replace("khoan-1", "khoan-2"))) != first
    assert digest(view_on(AFTER, later=FIRST)) != first


def test_a_record_with_one_text_has_no_pages_of_versions(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / f"registry/{RECORD}.txt").write_text(FIRST, encoding="utf-8")
    view = View(load(tmp_path), BEFORE)
    assert version_pages(view) == {}
    assert context(view)["versions"] == []


def page_with_script(view: View, folder: Path) -> Path:
    """The text as a page of its own, with the script beside it as on the site."""
    shutil.copytree(ROOT / "site_src/theme/assets", folder / "assets")
    html = render("_text.html", text=context(view))
    (folder / "page").mkdir()
    (folder / "page/index.html").write_text(
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>x</title>'
        f'<script src="../assets/javascripts/site.js" defer></script>{html}'
        '<script src="../assets/records.js" defer></script></html>',
        encoding="utf-8",
    )
    return folder


@pytest.mark.browser
def test_one_click_copies_the_citation_of_a_provision_in_the_form_chosen(
    view_on, tmp_path: Path, page: "BrowserPage", served: Callable[[Path], str]
) -> None:
    document = "Kế hoạch thử số 01/KH-UBND ngày 02 tháng 7 năm 2025 của Ủy ban nhân dân xã An Bình"
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{served(page_with_script(view_on(BEFORE), tmp_path / 'site'))}page/")
    button = page.get_by_role("button", name="Chép trích dẫn điểm đ khoản 1 Điều 1")
    button.click()
    page.get_by_role("status").get_by_text("Đã chép").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"Căn cứ điểm đ khoản 1 Điều 1 {document};"
    )
    page.get_by_label("dẫn chiếu trong câu").check()
    button.click()
    page.get_by_role("status").get_by_text("Đã chép: điểm đ").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"điểm đ khoản 1 Điều 1 {document}"


@pytest.mark.browser
def test_a_page_from_a_disk_copies_or_shows_the_citation(
    view_on, tmp_path: Path, page: "BrowserPage"
) -> None:
    folder = page_with_script(view_on(BEFORE), tmp_path / "site")
    page.goto((folder / "page/index.html").as_uri())
    page.get_by_role("button", name="Chép trích dẫn cả văn bản").click()
    page.get_by_role("status").get_by_text("Căn cứ Kế hoạch thử số 01/KH-UBND").wait_for()


@pytest.mark.browser
def test_the_browser_marks_the_version_that_holds_today(
    view_on, tmp_path: Path, page: "BrowserPage", served: Callable[[Path], str]
) -> None:
    page.clock.install(time=dt.datetime(2026, 5, 3, 17, 30, tzinfo=dt.UTC))  # 4 May in Vietnam
    page.goto(f"{served(page_with_script(view_on(BEFORE), tmp_path / 'site'))}page/")
    marked = page.locator(".rg-versions li", has=page.locator("[data-as-of]"))
    marked.get_by_text("bản tính đến hôm nay, 04/5/2026").wait_for()
    assert marked.count() == 1
    assert "Lời văn từ ngày 01/01/2026" in marked.inner_text()
