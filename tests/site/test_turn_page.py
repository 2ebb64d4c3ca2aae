"""Before and after 1 July 2025: each working group and province on both days."""

import re
from pathlib import Path

import pytest

from tests.site.asking import AN_BINH, DAI_LOC, GROUP, MAP, TRIAL, asking, document
from tests.site.rendered import Site, real_site, site_on

TURN = "tinh-trang/truoc-sau/"
SECOND = "bodies/vi-du/tinh/to-cong-tac-2"
DELEGATED = (
    "access: public\nsources: [{kind: press, title: Báo Ví Dụ}]\nverified: false\n"
    "as_of: 2025-07-01\nname: Tổ công tác số 2\ntype: to_cong_tac\nnumber: 2\n"
    f'covers: ["{DAI_LOC}"]\ndelegations: [{{name: Đoàn 1, units: ["{AN_BINH}", "{DAI_LOC}"]}}]\n'
)
IDLE = DELEGATED.partition("number")[0]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_on(asking(tmp_path_factory.mktemp("asking"), {SECOND: DELEGATED}))


def _rows(site: Site, start: str) -> list[list[str]]:
    """The two rows of a place, without its name and picture."""
    rows = site[TURN].rows
    at = next(index for index, row in enumerate(rows) if row[0].startswith(start))
    return [rows[at][1:-1], rows[at + 1][:-1]]


def test_a_working_group_stands_as_before_and_as_now(site: Site) -> None:
    # đã có, mới thử, đã yêu cầu, chưa rõ, đã qua thời hạn
    assert _rows(site, "Tổ công tác số 1") == [
        ["30/6/2025", "0", "0", "2", "1", "0"], ["31/01/2026", "1", "0", "1", "1", "0"]
    ]  # fmt: skip


def test_a_unit_of_a_group_and_of_its_delegation_counts_once(site: Site) -> None:
    assert _rows(site, "Tổ công tác số 2") == _rows(site, "Tỉnh Ví Dụ")
    assert site[TURN].row("Tổ công tác số 2")[0] == "Tổ công tác số 2 2 đơn vị"


def test_units_of_two_groups_make_the_page_say_that_groups_do_not_add_up(
    site: Site, tmp_path: Path
) -> None:
    said = "không cộng được các tổ với nhau"
    assert said in site[TURN].text
    assert said not in site_on(asking(tmp_path))[TURN].text


def test_the_strips_share_one_scale_and_every_part_has_its_share_of_it(site: Site) -> None:
    strips = re.findall(r'<td class="rg-strip"><svg.*?</svg>', site[TURN].html)
    widths = [
        round(sum(float(width) for width in re.findall(r' width="([\d.]+)%" height="16"', strip)))
        for strip in strips[:4]
    ]
    assert widths == [60, 60, 100, 100]  # 3 cells of the first group, 5 of the second


def test_a_group_without_known_units_is_named_apart(tmp_path: Path) -> None:
    page = site_on(asking(tmp_path, {SECOND: IDLE}))[TURN]
    assert not any(row[0].startswith("Tổ công tác số 2") for row in page.rows)
    after = page.html.partition('id="chua-co"')[2]
    assert "Tổ công tác số 2" in after


def test_a_day_before_the_change_has_nothing_to_set_side_by_side(tmp_path: Path) -> None:
    page = site_on(asking(tmp_path), 2025, 6, 30)[TURN]
    assert page.rows == []
    assert "Tính đến ngày 30/6/2025, chính quyền địa phương hai cấp chưa hoạt động." in page.text


def test_the_day_before_the_change_stays_when_its_month_is_long_past(tmp_path: Path) -> None:
    site = site_on(asking(tmp_path), 2029, 3, 1)
    assert _rows(site, "Tỉnh Ví Dụ")[0][0] == "30/6/2025"


def test_the_page_of_a_group_tells_its_own_course(site: Site) -> None:
    page = site[f"{GROUP}/"]
    assert page.row("30/6/2025")[1:] == ["0", "2", "1", "0"]
    assert "dien-bien" in page.ids


def test_the_page_is_made_again_when_evidence_changes(site: Site, tmp_path: Path) -> None:
    changed = {SECOND: DELEGATED, TRIAL: document("dai-loc", "adopted")}
    assert site.key(TURN) != site_on(asking(tmp_path, changed)).key(TURN)


def test_state_pages_and_the_map_lead_to_it(site: Site) -> None:
    assert TURN in site.targets("tinh-trang/")
    assert MAP in site.targets(TURN)


def test_the_real_page_names_the_groups_by_number() -> None:
    names = [row[0] for row in real_site()[TURN].rows if row[0].startswith("Tổ công tác số")]
    assert [name.split(" của ")[0] for name in names][:3] == [
        "Tổ công tác số 1", "Tổ công tác số 2", "Tổ công tác số 3"
    ]  # fmt: skip
