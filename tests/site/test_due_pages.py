"""What is due, by deadline and by responsible body: overdue first, in the words of the source."""

from pathlib import Path

import pytest

from tests.site.asking import ADOPTED, INSPECTION, asking, task
from tests.site.rendered import Html, Site, real_site, site_on

BY_DATE, BY_BODY = "tinh-trang/den-han/", "tinh-trang/den-han/co-quan/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_on(asking(tmp_path_factory.mktemp("asking")))


def summaries(page: Html) -> list[str]:
    """The line at the head of each body's tasks, without the counts by state."""
    return [
        part.partition("</summary>")[0].partition(" –")[0]
        for part in page.html.split("<summary>")[1:]
    ]


def test_by_deadline_what_is_overdue_comes_first_and_what_is_done_last(site: Site) -> None:
    headings = [words for level, words in site[BY_DATE].headings if level == 2]
    assert headings == [
        "Quá hạn, chưa xong", "Đã qua thời hạn, chưa rõ kết quả", "Chưa đến hạn", "Đã xong",
    ]  # fmt: skip


def test_by_body_those_with_overdue_tasks_come_first(site: Site) -> None:
    assert summaries(site[BY_BODY])[:3] == [
        "Ủy ban nhân dân xã Đại Lộc", "Ủy ban nhân dân xã An Bình", "Hội đồng nhân dân xã An Bình",
    ]  # fmt: skip


def test_tasks_for_nobody_with_a_record_stand_under_the_words_of_the_source(site: Site) -> None:
    assert summaries(site[BY_BODY])[3:] == ["Nguồn không nêu ai thực hiện", "“Cấp ủy các xã”"]


def test_each_body_leads_to_its_page_and_each_task_to_where_it_is_written(site: Site) -> None:
    assert "bodies/vi-du/dai-loc/ubnd/" in site.targets(BY_BODY)
    assert any(href.endswith(f"{INSPECTION}/#mo") for href, _ in site[BY_BODY].links)


def test_a_deadline_keeps_the_words_of_the_source(site: Site) -> None:
    row = site[BY_BODY].row("Việc mo.")
    assert row[2] == "trước ngày 31/7/2025 Nguồn ghi “trước ngày 2025-07-31”"


def test_what_is_done_names_the_record_that_closed_it_and_the_day(site: Site) -> None:
    row = site[BY_BODY].row("Việc xong.")
    assert row[2].endswith("Đã xong: Quy chế làm việc, 10/8/2025")
    assert f"{ADOPTED}/" in site.targets(BY_BODY)


def test_the_two_orders_lead_to_each_other(site: Site) -> None:
    assert BY_BODY in site.targets(BY_DATE)
    assert BY_DATE in site.targets(BY_BODY)


def test_many_tasks_are_parted_between_bodies(tmp_path: Path) -> None:
    tasks = "".join(
        task(
            f"viec-{number}", "unknown", "2025-07-31",
            "responsible: [bodies/vi-du/an-binh/ubnd, bodies/vi-du/dai-loc/ubnd]",
        )
        for number in range(120)
    )  # fmt: skip
    root = asking(tmp_path)
    path = root / "registry" / f"{INSPECTION}.yaml"
    path.write_text(path.read_text(encoding="utf-8") + tasks, encoding="utf-8")
    site = site_on(root)
    assert summaries(site[BY_BODY]) == ["Ủy ban nhân dân xã Đại Lộc"]
    assert summaries(site[f"{BY_BODY}trang-2/"])[0] == "Ủy ban nhân dân xã An Bình"


def test_every_real_task_of_a_named_body_stands_under_it() -> None:
    site = real_site()
    last = [address for address in site.pages if address.startswith(BY_BODY)]
    shown = " ".join(site[address].text for address in last)
    assert "Đảng ủy xã Khuất Xá" in shown
    assert "“Cấp ủy, chính quyền các xã mới”" not in shown  # its bodies are known by name
    assert "“Phường Kỳ Lừa”" in shown
