"""A page is made again whenever anything that it shows has changed, and only then."""

from pathlib import Path

import pytest

from tests.derive.owing import INSPECTED, INSPECTION, REGULATION, owing, regulation
from tests.registries import BODY, DOCUMENT, UNITS
from tests.site.rendered import Site, site_on

BODY_ID, PLAN = "bodies/vi-du/an-binh/ubnd", "documents/vi-du/an-binh/ke-hoach-thu"
UNIT_PAGE = "units/vi-du/99001@2025-07-01/"
CITING = "documents/vi-du/an-binh/thong-bao"
CITES = DOCUMENT.replace("Kế hoạch thử", "Thông báo").replace("01/KH", "02/KH") + (
    f"relations: [{{type: cites, target: {PLAN}}}]\n"
)


def site(root: Path, changes: dict[str, str | None]) -> Site:
    return site_on(owing(root, {CITING: CITES, REGULATION: regulation(), **changes}))


STATUS, REQUIRED = "tinh-trang/day-du/vi-du/", "requirements/vi-du/quy-che/"
NAME = 'name: An Bình, parent: "99",'
CHANGES: dict[str, tuple[str, str, list[str]]] = {
    "title": (
        PLAN,
        DOCUMENT.replace("Kế hoạch thử", "Kế hoạch khác"),
        [f"{PLAN}/", f"{CITING}/", f"{BODY_ID}/", UNIT_PAGE, "van-ban/"],
    ),
    "citing": (
        CITING,
        CITES.replace("Thông báo", "Thông báo mới"),
        [f"{PLAN}/", f"{CITING}/", UNIT_PAGE],
    ),
    "body": (
        BODY_ID,
        BODY.replace("Ủy ban", "Uỷ ban"),
        [f"{PLAN}/", UNIT_PAGE, "van-ban/", "to-chuc/"],
    ),
    "unit": (
        "units/vi-du",
        UNITS.replace(NAME, NAME.replace("An", "Yên")),
        [UNIT_PAGE, f"{BODY_ID}/", f"{INSPECTION}/", STATUS],
    ),
    "output": (
        INSPECTION,
        INSPECTED.replace("Ban hành quy chế", "Sớm ban hành quy chế"),
        [f"{INSPECTION}/", "tinh-trang/den-han/"],
    ),
    "stage": (
        REGULATION,
        regulation("trial"),
        [f"{REGULATION}/", STATUS, REQUIRED, UNIT_PAGE],
    ),
    "force": (
        PLAN,
        DOCUMENT.replace("effective: 2025-07-02", "effective: 2026-07-02"),
        [f"{PLAN}/", f"{CITING}/", "van-ban/"],
    ),
}


@pytest.mark.parametrize(("record_id", "text", "pages"), CHANGES.values(), ids=CHANGES)
def test_a_change_reaches_every_page_that_shows_it(
    tmp_path: Path, record_id: str, text: str, pages: list[str]
) -> None:
    before = site(tmp_path / "before", {})
    after = site(tmp_path / "after", {record_id: text})
    assert [a for a in pages if before.key(a) == after.key(a)] == []


def test_pages_that_show_nothing_of_it_stay_as_they_were(tmp_path: Path) -> None:
    before = site(tmp_path / "before", {})
    after = site(tmp_path / "after", {PLAN: DOCUMENT.replace("Kế hoạch thử", "Kế hoạch khác")})
    kept = ["units/vi-du/99002@/", f"{INSPECTION}/", "tinh-trang/day-du/vi-du/", "thuat-ngu/"]
    assert [before.key(address) for address in kept] == [after.key(address) for address in kept]


def test_a_change_of_the_text_changes_the_page(tmp_path: Path) -> None:
    keys = []
    for name, text in (("before", "Điều 1. Họp\n"), ("after", "Điều 1. Không họp\n")):
        root = owing(tmp_path / name)
        (root / f"registry/{PLAN}.txt").write_text(text, encoding="utf-8")
        keys.append(site_on(root).key(f"{PLAN}/"))
    assert keys[0] != keys[1]


def test_the_same_records_give_the_same_keys(tmp_path: Path) -> None:
    one, other = site(tmp_path / "one", {}), site(tmp_path / "other", {})
    assert list(one.pages) == list(other.pages)
    assert [one.key(address) for address in one.pages] == [other.key(a) for a in other.pages]
