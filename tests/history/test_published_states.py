"""The past of records on their pages: every published state, what changed, nothing internal."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import git
import pytest

from builder.site.build import build
from tests.history.conftest import CORRECTION, DOCUMENT_ID, MERGER_ID, TEXT, UNITS, Clone
from tests.registries import DOCUMENT
from tests.site.builds import files
from tests.site.rendered import Html, Site

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGE, PAST = f"{DOCUMENT_ID}/", f"{DOCUMENT_ID}/lich-su/"
SECRET_ID = "documents/vi-du/an-binh/noi-bo"
INTERNAL = DOCUMENT.replace("access: public", "access: internal").replace("01/KH", "77/KH")
SECRET = "Chuyện kín của xã"


def site(clone: Clone) -> Site:
    return Site(clone.root, dt.date(2026, 1, 31), past=True)


def past(clone: Clone) -> Html:
    return site(clone)[PAST]


def expire(clone: Clone, number: int, message: str = "Sửa", **options: str) -> str:
    """The document takes effect on another day of July, committed."""
    clone.put(
        DOCUMENT_ID, DOCUMENT.replace("effective: 2025-07-02", f"effective: 2025-07-{number}")
    )
    return clone.commit(message, **options)


# What is told


def test_the_only_state_of_a_record_stands_on_its_page(clone: Clone) -> None:
    page = site(clone)[PAGE].text
    assert "Bản 1 Công bố 09 giờ 00 ngày 02/7/2025, Biên Tập" in page
    assert "“Mở sổ”" in page
    assert PAST not in site(clone).pages


def test_a_change_is_told_with_author_day_and_the_words_of_the_field(clone: Clone) -> None:
    commit = expire(clone, 10, "Theo bản chính", author="Hoàng Thị Mẫu <mau@example.org>")
    page = site(clone)[PAGE]
    assert "Bản 2 Cập nhật 09 giờ 00 ngày 10/7/2025, Hoàng Thị Mẫu" in page.text
    assert f"Lần ghi {commit[:10]}: “Theo bản chính”" in page.text
    assert "Ngày có hiệu lực: 10/7/2025 (trước là 02/7/2025)" in page.text
    assert PAST in site(clone).targets(PAGE)


def test_authors_are_named_as_the_mailmap_maps_them(clone: Clone) -> None:
    clone.put(".mailmap", "Hoàng Thị Mẫu <mau@example.org> <h@old.example>\n")
    expire(clone, 10, author="hoang <h@old.example>")
    assert "Hoàng Thị Mẫu" in past(clone).text
    assert "h@old.example" not in past(clone).html


def test_a_correction_and_a_withdrawal_are_named_as_such(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, DOCUMENT + CORRECTION)
    clone.commit("Đính chính")
    clone.put(
        DOCUMENT_ID, DOCUMENT + CORRECTION + "withdrawn: {on: 2025-08-02, reason: Ghi hai lần}\n"
    )
    clone.commit("Rút")
    told = past(clone).text
    assert told.index("Bản 3 Rút") < told.index("Bản 2 Đính chính") < told.index("Bản 1 Công bố")
    assert "Lý do: thêm “Ghi hai lần”" in told or "Ghi hai lần" in told


def test_fields_that_a_source_supports_are_told_by_their_names(clone: Clone) -> None:
    press = "sources: [{kind: press, title: Báo, supports: [dates.signed]}, "
    unknown = "unknown: [{field: signers, why: Không nêu.}]\n"
    clone.put(DOCUMENT_ID, DOCUMENT.replace("sources: [", press) + unknown)
    clone.commit()
    told = past(clone).text
    assert "ngày ký" in told
    assert "người ký" in told
    assert "dates.signed" not in told
    assert "signers" not in told


def test_a_sentence_within_an_item_ends_with_one_full_stop(clone: Clone) -> None:
    press = 'sources: [{kind: press, title: "Một câu.", publisher: Báo}, '
    clone.put(DOCUMENT_ID, DOCUMENT.replace("sources: [", press))
    clone.commit()
    assert "Một câu. Nơi công bố: Báo" in past(clone).text


def test_formatting_alone_is_said_to_be_such(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, "# ghi chú\n" + DOCUMENT)
    clone.commit()
    assert "Trình bày lại tệp, nội dung không đổi" in past(clone).text


def test_every_state_can_be_read_in_whole(clone: Clone) -> None:
    expire(clone, 10)
    html = past(clone)
    days = [row[1] for row in html.rows if row[0] == "Ngày có hiệu lực"]
    assert days == ["10/7/2025", "02/7/2025"]
    assert [row[1] for row in html.rows if row[0] == "Cơ quan ban hành"] == [
        "Ủy ban nhân dân xã An Bình"
    ] * 2


def test_a_text_stands_once_and_its_change_names_the_provision(clone: Clone) -> None:
    expire(clone, 10)
    clone.put(f"registry/{DOCUMENT_ID}.txt", TEXT.replace("ký", "ban hành"))
    clone.commit()
    html = past(clone)
    assert "Lời văn: Điều 2 sửa đổi" in html.text
    assert html.html.count("Từ ngày ký.") == 1
    assert "Như ở bản 1" in html.text


def test_of_a_clause_the_unit_and_the_share_are_named(clone: Clone) -> None:
    clone.change(MERGER_ID, "area: part, population: part", "area: whole, population: whole")
    clone.commit()
    told = site(clone)[f"{MERGER_ID}/lich-su/"].text
    assert "Khoản 2: Các đơn vị nguồn “Xã Bình Minh" in told
    assert "Diện tích và dân số: toàn bộ (trước là một phần)" in told


def test_the_list_of_units_has_a_past_that_pages_of_units_lead_to(clone: Clone) -> None:
    clone.put("units/vi-du", UNITS.replace("Cẩm Sơn", "Cẩm Thủy"))
    clone.commit()
    found = site(clone)
    assert (
        "Xã Cẩm Thủy (99004): Tên: Cẩm Thủy (trước là Cẩm Sơn)"
        in found["units/vi-du/lich-su/"].text
    )
    assert "units/vi-du/lich-su/" in found.targets("units/vi-du/99004@2025-07-01/")


def test_old_states_of_a_long_past_stand_on_pages_that_never_change(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.site.pages.history.PER_PAGE", 2)
    for number in (10, 11, 12):
        expire(clone, number)
    before = site(clone)
    assert "Bản 1 " in before[f"{PAST}1/"].text
    assert "Bản 3–4" in before[PAST].text
    assert "Ngày có hiệu lực: 11/7/2025 (trước là 10/7/2025)" in before[PAST].text
    old = before[f"{PAST}1/"].html.split('<h2 id="so-sanh">')[1]
    expire(clone, 13)
    assert site(clone)[f"{PAST}1/"].html.split('<h2 id="so-sanh">')[1] == old


# What was published, and what was not


def test_what_stood_on_a_branch_only_was_never_published(clone: Clone) -> None:
    clone.git.git.checkout("-q", "-b", "sua")
    expire(clone, 10, author="Hoàng Thị Mẫu <mau@example.org>")
    expire(clone, 11)
    clone.git.git.checkout("-q", "main")
    clone.merge("sua")
    told = past(clone).text
    assert "đã được công bố 2 bản" in told
    assert "Bản 2 Cập nhật 09 giờ 00 ngày 20/7/2025, Hoàng Thị Mẫu và Biên Tập" in told
    assert "10/7/2025" not in told


def test_states_in_which_a_record_was_internal_are_not_shown(clone: Clone) -> None:
    clone.put(SECRET_ID, INTERNAL.replace("Kế hoạch thử", SECRET))
    clone.commit("Ghi kín")
    clone.put(SECRET_ID, INTERNAL.replace("access: internal", "access: public"))
    clone.commit("Công bố")
    clone.put(SECRET_ID, INTERNAL.replace("access: internal", "access: public") + "notes: Thêm\n")
    clone.commit("Ghi chú")
    html = site(clone)[f"{SECRET_ID}/lich-su/"]
    assert "đã được công bố 2 bản" in html.text
    assert SECRET not in html.html
    assert "Ghi kín" not in html.html


def test_a_record_that_became_internal_takes_its_past_along(clone: Clone, tmp_path: Path) -> None:
    clone.put(SECRET_ID, INTERNAL.replace("access: internal", "access: public"))
    clone.commit("Công bố nhầm")
    clone.put(SECRET_ID, INTERNAL.replace("Kế hoạch thử", SECRET))
    clone.commit("Rút vào nội bộ")
    build(clone.root, tmp_path / "site", full_text=False)
    whole = b"".join(files(tmp_path / "site").values()).decode("utf-8", "replace")
    for canary in (SECRET, "noi-bo", "77/KH", "Công bố nhầm", "Rút vào nội bộ"):
        assert canary not in whole


def test_the_subject_of_a_commit_on_internal_records_is_not_shown(clone: Clone) -> None:
    clone.put(SECRET_ID, INTERNAL)
    expire(clone, 10, f"Sửa ngày, và ghi {SECRET}")
    html = past(clone)
    assert "Bản 2 Cập nhật" in html.text
    assert SECRET not in html.html


def test_a_relation_to_an_internal_record_is_in_no_former_state(clone: Clone) -> None:
    clone.put(SECRET_ID, INTERNAL)
    clone.put(
        DOCUMENT_ID,
        DOCUMENT + f"relations: [{{type: cites, target: {SECRET_ID}, note: {SECRET}}}]\n",
    )
    clone.commit("Dẫn")
    expire(clone, 10, "Bỏ dẫn")
    html = past(clone)
    assert "đã được công bố 3 bản" in html.text
    assert SECRET not in html.html
    assert SECRET_ID not in html.html


def test_hostile_words_of_a_commit_and_of_an_old_state_are_no_markup(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, DOCUMENT.replace("Kế hoạch thử", '"<script>x</script>"'))
    clone.commit("<img src=x>")
    clone.put(DOCUMENT_ID, DOCUMENT)
    clone.commit()
    html = past(clone).html
    for hostile in ("<script>x", "<img src=x"):
        assert hostile not in html


# Without a whole history


def test_a_folder_without_git_builds_and_says_that_history_is_missing(tmp_path: Path) -> None:
    from tests.registries import write

    found = Site(write(tmp_path), dt.date(2026, 1, 31), past=True)
    assert "không nằm trong kho git" in found[PAGE].text


def test_a_shallow_clone_builds_and_says_that_history_is_missing(
    clone: Clone, tmp_path: Path
) -> None:
    expire(clone, 10)
    git.Repo.clone_from(f"file://{clone.root}", tmp_path / "can", depth=1)
    found = Site(tmp_path / "can", dt.date(2026, 1, 31), past=True)
    assert "thiếu phần đầu của kho git" in found[PAGE].text
    assert PAST not in found.pages


def test_a_change_that_is_not_committed_is_said_to_be_such(clone: Clone) -> None:
    assert "chưa được ghi vào lịch sử" not in site(clone)[PAGE].text
    clone.put(DOCUMENT_ID, DOCUMENT.replace("Kế hoạch thử", "Kế hoạch khác"))
    assert "chưa được ghi vào lịch sử" in site(clone)[PAGE].text


# Building


def test_a_commit_renders_the_pages_of_its_record_and_of_none_beside_it(
    clone: Clone, tmp_path: Path
) -> None:
    other = "resolutions/trung-uong/2025/nghi-quyet-sap-xep/index.html"
    build(clone.root, tmp_path / "site", full_text=False)
    old = files(tmp_path / "site")
    expire(clone, 10, date="2025-07-02T10:00:00+07:00")
    build(clone.root, tmp_path / "site", full_text=False)
    new = files(tmp_path / "site")
    assert old[f"{PAGE}index.html"] != new[f"{PAGE}index.html"]
    assert f"{PAST}index.html" in new
    assert old[other] == new[other]


def test_a_new_name_of_what_an_old_state_refers_to_reaches_the_page(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, DOCUMENT.replace("issuer: bodies/vi-du/an-binh/ubnd\n", ""))
    clone.commit()
    before = site(clone)
    clone.change("bodies/vi-du/an-binh/ubnd", "Ủy ban", "Uỷ ban")
    clone.commit()
    after = site(clone)
    assert before[PAST].html != after[PAST].html
    assert before.key(PAST) != after.key(PAST)


@pytest.mark.browser
def test_any_two_states_are_compared_in_the_browser(
    clone: Clone, tmp_path: Path, page: "Page", served: Callable[[Path], str]
) -> None:
    expire(clone, 10)
    clone.put(f"registry/{DOCUMENT_ID}.txt", TEXT.replace("ký", "ban hành"))
    expire(clone, 11)
    build(clone.root, tmp_path / "site", full_text=False)
    page.goto(f"{served(tmp_path / 'site')}{PAST}?tu=1&den=3")
    table = page.locator("#khac-nhau table")
    assert table.locator("tbody tr").all_inner_texts() == ["Ngày có hiệu lực\t02/7/2025\t11/7/2025"]
    assert (
        page.locator("#khac-nhau pre").inner_text().strip() == "− Từ ngày ký.\n+ Từ ngày ban hành."
    )
    page.select_option("#so-sanh-tu", "2")
    assert table.locator("tbody tr").all_inner_texts() == ["Ngày có hiệu lực\t10/7/2025\t11/7/2025"]
    assert page.url.endswith("?tu=2&den=3")
    assert page.locator("[data-without-script]").is_hidden()
