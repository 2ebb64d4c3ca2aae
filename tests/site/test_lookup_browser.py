"""The question "Nay là đâu?" in a browser, over the real units of two provinces."""

import datetime as dt
import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from builder.derive.lookup import Lookup
from builder.derive.lookup.words import name_keys
from builder.fold import fold
from builder.registry import load
from builder.site.build import build
from builder.site.lookup_index import FOLDER, lookup_files

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

DAY = dt.date(2026, 1, 1)
NOW = "[data-lookup]:not([data-lookup-go])"  # the form that asks where a unit is now


@pytest.fixture(scope="module")
def made(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry of the units, mergers and central resolutions only."""
    folder = tmp_path_factory.mktemp("registry")
    for part in ("units", "mergers", "resolutions/trung-uong"):
        shutil.copytree(root / "registry" / part, folder / "registry" / part)
    return folder


@pytest.fixture(scope="module")
def address(
    made: Path, tmp_path_factory: pytest.TempPathFactory, served: Callable[[Path], str]
) -> str:
    out = tmp_path_factory.mktemp("out") / "site"
    build(made, out, full_text=False)
    return served(out)


def ask(page: "Page", text: str) -> "Locator":
    """Types into the field and gives the options that come."""
    page.get_by_role("combobox", name="Nay là đâu?").fill(text)
    options = page.locator(".rg-lookup [role=option]")
    options.first.wait_for()
    return options


# The index


def test_the_index_of_two_provinces_is_far_below_150_kb_compressed(made: Path) -> None:
    files = lookup_files(load(made), DAY)
    assert set(files) == {f"{FOLDER}/{name}.json" for name in ("index", "hue", "lang-son")}
    assert sum(len(gzip.compress(data)) for data in files.values()) < 20_000


def test_the_index_is_the_same_on_every_run(made: Path) -> None:
    assert lookup_files(load(made), DAY) == lookup_files(load(made), DAY)


def test_the_index_says_of_every_former_unit_what_succession_says(made: Path) -> None:
    registry = load(made)
    lookup = Lookup(registry)
    files = lookup_files(registry, DAY)
    seen = 0
    for name in ("hue", "lang-son"):
        shard = json.loads(files[f"{FOLDER}/{name}.json"])
        ids = [row[10].rstrip("/").rpartition("/")[2] for row in shard["units"]]
        for unit_id, row in zip(ids[: shard["own"]], shard["units"], strict=False):
            if row[6]:
                found = [each[0] for each in row[7]]
                (same,) = [
                    each
                    for each in lookup.find(registry.units[unit_id].name, DAY)
                    if each.unit == unit_id
                ]
                assert tuple(ids[index] for index in found) == same.now
                seen += 1
    assert seen == 194 + 133


# The widget


@pytest.mark.browser
def test_names_have_the_same_keys_in_the_browser_and_in_python(
    page: "Page", address: str, made: Path
) -> None:
    names = sorted({unit.name for unit in load(made).units.values()})
    names += ["Hoà Mĩ", "NT Mộc Châu", "Ea H'Leo", "05", "Bà Rịa - Vũng Tàu", "Ntro Đăk", "P.Đúc"]
    page.goto(address)
    keys = page.evaluate(
        """async ([url, names]) => {
            const { nameKeys } = await import(url);
            return names.map(nameKeys);
        }""",
        [f"{address}assets/lookup/names.js", names],
    )
    assert keys == [list(name_keys(name)) for name in names]


@pytest.mark.browser
def test_every_former_unit_is_found_by_its_address_without_marks_and_commas(
    page: "Page", address: str, made: Path
) -> None:
    registry = load(made)
    asked = {}
    for unit in registry.units.values():
        district, province = registry.district(unit), registry.province(unit)
        if district is not None and province is not None:
            names = (unit.full_name, district.full_name, province.full_name)
            asked[unit.code] = [", ".join(names), fold(" ".join(names))]
    page.goto(address)
    missed = page.evaluate(
        """async ([url, base, asked]) => {
            const { Places } = await import(url);
            const places = await Places.open(base);
            const missed = [];
            for (const [code, texts] of Object.entries(asked)) {
                for (const text of texts) {
                    const { units } = await places.find(text);
                    if (!units.some((unit) => unit.code === code && unit.to)) missed.push(text);
                }
            }
            return missed;
        }""",
        [f"{address}assets/lookup/data.js", address, asked],
    )
    assert len(asked) == 194 + 133
    assert missed == []


@pytest.mark.browser
def test_a_former_name_leads_to_all_units_that_took_a_share(page: "Page", address: str) -> None:
    page.goto(address)
    option = ask(page, "binh xa")
    assert option.count() == 1
    assert "huyện Đình Lập, tỉnh Lạng Sơn – đơn vị cũ, đến hết 30/6/2025" in option.inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    answer = page.locator(f"{NOW} [data-lookup-results]")
    answer.get_by_text("Đơn vị này đã được chia vào 2 đơn vị").wait_for()
    words = answer.inner_text()
    assert "Xã Đình Lập, tỉnh Lạng Sơn: một phần diện tích tự nhiên và quy mô dân số" in words
    assert "Xã Kiên Mộc, tỉnh Lạng Sơn: phần còn lại diện tích tự nhiên" in words
    assert (
        "Theo khoản 43 Điều 1 Nghị quyết 1672/NQ-UBTVQH15, thông qua 16/6/2025, "
        "chính quyền mới hoạt động từ 01/7/2025."
    ) in words
    answer.get_by_role("link", name="Xã Kiên Mộc").click()
    page.wait_for_url("**/units/lang-son/06625@2025-07-01/")
    assert page.locator("h1").inner_text() == "Xã Kiên Mộc"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Đình Lập", 3),
        ("xã Đình Lập", 2),
        ("tt dinh lap", 1),
        ("kien moc, dinh lap", 1),
        ("kien moc dinh lap lang son", 1),
        ("Số 12 Lê Lợi, phường Vĩnh Ninh, quận Thuận Hóa, TP Huế", 1),
        ("P.Phú Thượng, tỉnh Thừa Thiên Huế", 1),
    ],
)
def test_type_district_and_province_narrow_the_options(
    page: "Page", address: str, text: str, count: int
) -> None:
    page.goto(address)
    options = ask(page, text)
    assert options.count() == count, options.all_inner_texts()


@pytest.mark.browser
def test_enter_takes_no_unit_where_several_can_be_meant(page: "Page", address: str) -> None:
    page.goto(address)
    ask(page, "Đình Lập")
    page.keyboard.press("Enter")
    page.locator(f"{NOW} [role=status]", has_text="3 đơn vị.").wait_for()
    assert page.locator(f"{NOW} [data-lookup-results]").inner_text() == ""
    assert page.url == address


@pytest.mark.browser
def test_the_combobox_tells_a_screen_reader_what_is_open_and_chosen(
    page: "Page", address: str
) -> None:
    page.goto(address)
    ask(page, "Đình Lập")
    field = page.get_by_role("combobox", name="Nay là đâu?")
    assert field.get_attribute("aria-expanded") == "true"
    listbox = page.locator(f"#{field.get_attribute('aria-controls')}")
    assert listbox.get_attribute("role") == "listbox"
    page.keyboard.press("ArrowUp")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.get_attribute("aria-activedescendant") is None
    assert page.locator(f"{NOW} [data-lookup-results]").get_attribute("aria-live") == "polite"


@pytest.mark.browser
def test_names_keep_their_language_in_an_english_page(page: "Page", address: str) -> None:
    page.goto(f"{address}en/")
    page.locator(f"{NOW} input[name=q]").fill("binh xa")
    option = page.locator(".rg-lookup [role=option]")
    option.first.wait_for()
    marked = option.locator("[lang=vi]").all_inner_texts()
    assert marked == ["Xã Bính Xá", "huyện Đình Lập, tỉnh Lạng Sơn"]
    option.click()
    answer = page.locator(f"{NOW} [data-lookup-results]")
    assert answer.locator("p > strong [lang=vi]").inner_text() == "Xã Bính Xá"
    assert "natural area" in answer.locator("li").first.inner_text()


@pytest.mark.browser
def test_a_name_elsewhere_than_stated_is_said_to_be_elsewhere(page: "Page", address: str) -> None:
    page.goto(address)
    ask(page, "xã Bính Xá, Cao Lộc")
    status = page.locator(f"{NOW} [role=status]")
    assert "Không có đơn vị tên này ở nơi đã nêu" in status.inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("text", ["Hà Nội", "Phường 1", "bình sá"])
def test_a_unit_whose_name_only_begins_like_an_unknown_one_is_no_answer(
    page: "Page", address: str, text: str
) -> None:
    page.goto(f"{address}tra-cuu/?q={quote(text)}")
    page.locator(f"{NOW} [role=status]", has_text="Không có đơn vị nào tên như vậy.").wait_for()
    assert page.locator(".rg-lookup [role=option]").count() == 0
    assert page.locator(f"{NOW} [data-lookup-results]").inner_text() == ""


@pytest.mark.browser
def test_the_only_unit_of_a_name_elsewhere_than_stated_is_not_taken_unasked(
    page: "Page", address: str
) -> None:
    page.goto(address)
    ask(page, "xã Bính Xá, Cao Lộc")
    page.keyboard.press("Enter")
    page.locator(f"{NOW} [role=status]", has_text="cùng tên ở nơi khác").wait_for()
    assert page.locator(f"{NOW} [data-lookup-results]").inner_text() == ""


@pytest.mark.browser
def test_where_no_unit_is_found_the_way_leads_on_to_the_search(page: "Page", address: str) -> None:
    page.goto(f"{address}tra-cuu/?q={quote('huyện Đình Lập')}")
    status = page.locator(f"{NOW} [role=status]")
    status.get_by_role("link", name="Tìm trong sổ đăng ký").click()
    page.get_by_role("link", name="Thị trấn Đình Lập").first.wait_for()
    assert page.locator("main input[name=q]").input_value() == "huyện Đình Lập"


@pytest.mark.browser
@pytest.mark.parametrize("tree", ["", "en/"])
def test_the_question_what_applies_leads_straight_to_that_section_of_the_unit(
    page: "Page", address: str, tree: str
) -> None:
    page.goto(address + tree)
    page.locator("#rg-o-day").press_sequentially("Bính Xá")
    page.locator("[data-lookup-go] [role=option]").first.click()
    page.wait_for_url(f"{address}{tree}units/lang-son/**#ap-dung")
    assert page.locator("#ap-dung").is_visible()


@pytest.mark.browser
def test_only_the_shards_of_the_name_are_loaded_and_nothing_before_it_is_asked_for(
    page: "Page", address: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("?")[0]))
    page.goto(address)
    assert not [url for url in asked if "/lookup/data/" in url]
    ask(page, "Bính Xá")
    data = [url.rpartition("/")[2] for url in asked if "/lookup/data/" in url]
    assert sorted(data) == ["index.json", "lang-son.json"]


@pytest.mark.browser
def test_the_page_of_the_lookup_answers_the_question_in_its_address(
    page: "Page", address: str
) -> None:
    page.goto(f"{address}tra-cuu/?q=x%C3%A3+B%C3%ADnh+X%C3%A1")
    page.get_by_text("Đơn vị này đã được chia vào 2 đơn vị").wait_for()


@pytest.mark.browser
def test_hostile_text_is_shown_as_text(page: "Page", address: str) -> None:
    page.goto(f"{address}tra-cuu/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E")
    page.locator(f"{NOW} [role=status]", has_text="Không có đơn vị nào").wait_for()
    assert page.locator("article img").count() == 0


@pytest.mark.browser
def test_without_a_script_the_form_says_so_and_leads_to_the_lists(
    page: "Page", address: str
) -> None:
    assert page.context.browser is not None
    context = page.context.browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address)
    assert plain.get_by_text("Tra cứu này cần JavaScript").is_visible()
    plain.get_by_role("link", name="Đơn vị cũ của tỉnh Lạng Sơn").first.click()
    assert plain.locator("h1").inner_text() == "Đơn vị cũ của tỉnh Lạng Sơn"
    assert plain.get_by_text("Bính Xá").first.is_visible()
    context.close()


@pytest.mark.browser
def test_the_lookup_fits_a_phone(page: "Page", address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    ask(page, "Đình Lập")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("[data-lookup-results] strong").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
