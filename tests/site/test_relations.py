"""The relation diagram: both directions, bounded, its links in the list beside it, too."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder.site.build import build
from builder.site.relations import SHOWN, Diagram, Group, diagram_svg
from tests.registries import DOCUMENT, write
from tests.site.rendered import Site, site_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

PLAN = "documents/vi-du/an-binh/ke-hoach-thu"
CITING = "documents/vi-du/an-binh/thong-bao"


def citing(number: int, target: str = PLAN) -> str:
    text = DOCUMENT.replace("01/KH", f"1{number:02d}/KH").replace("Kế hoạch thử", f"Bản {number}")
    return text + f"relations: [{{type: cites, target: {target}}}]\n"


def site(root: Path, count: int) -> Site:
    found: dict[str, str | None] = {f"{CITING}-{n}": citing(n) for n in range(count)}
    return site_on(write(root, found))


def picture(site: Site, address: str) -> str:
    found = re.search(r'<svg class="rg-relate".*?</svg>', site[address].html, re.DOTALL)
    return found[0] if found else ""


def test_each_side_of_a_relation_names_the_other_in_its_own_words(tmp_path: Path) -> None:
    found = site(tmp_path, 1)
    assert "Dẫn chiếu (1)" in picture(found, f"{CITING}-0/")
    assert f'<a href="../../../../{PLAN}/">' in picture(found, f"{CITING}-0/")
    assert "dẫn chiếu bởi (1)" in picture(found, f"{PLAN}/")
    assert f'<a href="../../../../{CITING}-0/">' in picture(found, f"{PLAN}/")


def test_the_picture_names_the_first_few_and_the_list_has_them_all(tmp_path: Path) -> None:
    count = 25
    found = site(tmp_path, count)
    drawn = picture(found, f"{PLAN}/")
    assert drawn.count("<a href=") == SHOWN + 1
    assert f"và {count - SHOWN} văn bản khác" in drawn
    anchor = re.findall(r'<a href="#([^"]+)"', drawn)[-1]
    assert anchor in found[f"{PLAN}/"].ids
    listed = {href for href, _ in found[f"{PLAN}/"].links if CITING in href}
    assert len(listed) == count
    assert "và 5 văn bản khác" in found[f"{PLAN}/"].text


def test_the_picture_tells_in_words_what_it_shows() -> None:
    group = Group("Căn cứ", "a", 2, (("Luật A", "a/"),))
    svg = diagram_svg(Diagram("Quy chế", (group,), ()), "../")
    assert '<title id="luoc-do-t">Lược đồ: Quy chế</title>' in svg
    assert '<desc id="luoc-do-d">Căn cứ: 2</desc>' in svg


def test_a_document_without_relations_has_words_and_no_picture(tmp_path: Path) -> None:
    found = site(tmp_path, 0)
    assert picture(found, f"{PLAN}/") == ""
    assert "Chưa ghi nhận quan hệ nào với văn bản khác." in found[f"{PLAN}/"].text


def test_hostile_titles_stay_words_and_long_ones_stay_in_their_box() -> None:
    evil = "<script>alert(1)</script>&" + "x" * 300
    group = Group(evil, 'a"b', 9, ((evil, 'x"onload="/'),) * SHOWN)
    svg = diagram_svg(Diagram(evil, (group,), (group,)), "../")
    assert "<script" not in svg
    assert 'onload="' not in svg
    lines = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert max(len(line.replace("&lt;", "<").replace("&gt;", ">")) for line in lines) <= 50


@pytest.mark.browser
def test_every_line_fits_into_its_box_on_the_narrowest_phone(
    page: "Page", tmp_path: Path, served: "Callable[[Path], str]"
) -> None:
    root = write(tmp_path / "registry", {CITING: citing(1)})
    path = root / f"registry/{PLAN}.yaml"
    title = "Kế hoạch ƯỚC MƯỜI MƯƠI của Ủy ban nhân dân xã An Bình về việc tổ chức, sắp xếp bộ máy"
    path.write_text(path.read_text("utf-8").replace("Kế hoạch thử", title), "utf-8")
    build(root, tmp_path / "site", full_text=False)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{served(tmp_path / 'site')}{CITING}/#luoc-do")
    page.locator(".rg-relate").wait_for()
    beyond = page.locator(".rg-relate text").evaluate_all(
        "all => all.filter(one => { const box = one.getBBox(); return box.x + box.width > 287 })"
        ".map(one => one.textContent)"
    )
    assert beyond == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
