"""Long lists: their pages, and how little of them is made again when one row changes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.site.pages import leaves
from builder.site.pages.leaves import LONGEST, cut
from tests.registries import DOCUMENT, write
from tests.site.rendered import Site, site_on

IDS = st.builds(
    lambda count, seed: [f"{seed}/{n}" for n in range(count)],
    st.integers(LONGEST, 5_000), st.integers(0, 1_000_000),
)  # fmt: skip
TITLES = ("Đề án", "Chương trình", "Ánh sáng", "Dự án", "An toàn", "Báo cáo", "Ý kiến", "Tờ trình")
IN_ORDER = [
    "An toàn", "Ánh sáng", "Báo cáo", "Chương trình", "Dự án", "Đề án", "Kế hoạch thử",
    "Tờ trình", "Ý kiến",
]  # fmt: skip


@pytest.fixture
def _short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaves, "LONGEST", 3)
    monkeypatch.setattr(leaves, "_REACH", 1)


def site_of(root: Path, *titles: str) -> Site:
    return site_on(
        write(
            root,
            {
                f"documents/vi-du/an-binh/van-ban-{n}": DOCUMENT.replace("Kế hoạch thử", title)
                for n, title in enumerate(titles)
            },
        )
    )


def pages_of(site: Site) -> list[str]:
    return [a for a in site.pages if a == "van-ban/" or a.startswith("van-ban/trang-")]


# What a reader finds


@pytest.mark.usefixtures("_short_pages")
def test_the_pages_of_a_list_hold_every_row_once_in_alphabetical_order(tmp_path: Path) -> None:
    site = site_of(tmp_path, *TITLES)
    pages = pages_of(site)
    shown = [[row[0] for row in site[address].rows[1:]] for address in pages]
    assert len(pages) > 2
    assert all(1 <= len(rows) <= 3 for rows in shown)
    assert [title for rows in shown for title in rows] == IN_ORDER


@pytest.mark.usefixtures("_short_pages")
def test_the_first_page_leads_to_all_and_each_to_those_beside_it(tmp_path: Path) -> None:
    site = site_of(tmp_path, *TITLES)
    pages = pages_of(site)
    assert set(pages[1:]) <= site.targets(pages[0])
    for before, here, after in zip(pages, pages[1:], pages[2:], strict=False):
        assert {before, after, pages[0]} <= site.targets(here)


def test_rows_of_one_document_lead_to_it_from_lists_at_any_depth(tmp_path: Path) -> None:
    site = site_of(tmp_path, "Đề án <&>")
    record = "documents/vi-du/an-binh/van-ban-0/"
    for address in ("van-ban/", "van-ban/loai/ke-hoach/", "van-ban/khoi/chinh-quyen/"):
        assert record in site.targets(address)
        assert site[address].row("Đề án <&>")[1] == "01/KH-UBND"


# How little changes


def test_a_new_title_changes_only_the_pages_where_the_row_was_and_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaves, "LONGEST", 12)
    monkeypatch.setattr(leaves, "_REACH", 3)
    titles = [f"Kế hoạch {n}" for n in range(60)]
    before = site_of(tmp_path / "before", *titles)
    titles[5] = "Kế hoạch 52 khác"
    after = site_of(tmp_path / "after", *titles)
    assert list(before.pages) == list(after.pages)
    changed = [a for a in pages_of(before) if before.key(a) != after.key(a)]
    assert len(pages_of(before)) > 6
    assert 1 <= len(changed) <= 3


@given(IDS)
def test_pages_are_never_empty_and_never_longer_than_the_longest(ids: list[str]) -> None:
    starts = cut(ids)
    assert starts[0] == 0
    lengths = [end - start for start, end in zip(starts, [*starts[1:], len(ids)], strict=True)]
    assert all(0 < length <= LONGEST for length in lengths)


@given(IDS, st.floats(0, 0.999), st.floats(0, 0.999))
def test_a_moved_row_leaves_pages_far_from_it_as_they_are(
    ids: list[str], where: float, to: float
) -> None:
    place, target = int(where * len(ids)), int(to * len(ids))
    moved = ids.copy()
    moved.insert(target, moved.pop(place))
    far = 2 * LONGEST
    low, high = min(place, target), max(place, target)
    old, new = _pages(ids), _pages(moved)
    kept = [page for page in old if page[1] < low - far or page[0] > high + far]
    assert {tuple(ids[a:b]) for a, b in kept} <= {tuple(moved[a:b]) for a, b in new}


def _pages(ids: list[str]) -> list[tuple[int, int]]:
    starts = cut(ids)
    return list(zip(starts, [*starts[1:], len(ids)], strict=True))


def test_ids_of_one_weight_are_cut_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaves, "crc32", lambda _: 1)
    assert cut([str(n) for n in range(1_000)]) == [0, 300, 600, 900]
