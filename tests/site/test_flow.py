"""Pictures of mergers: what they show, and to whom."""

import datetime as dt
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from builder.models.mergers import MergerEvent, MergerSource
from builder.registry import load
from builder.site.flow import WIDTH, Band, Flow, Node, flow_svg
from builder.site.pages.flows import division_flow, event_flow, shares
from builder.site.view import View

SVG = "{http://www.w3.org/2000/svg}"


def drawn(flow: Flow) -> ET.Element:
    return ET.fromstring(str(flow_svg(flow)))  # noqa: S314  (our own text)


def words(picture: ET.Element) -> list[str]:
    return [text.text or "" for text in picture.iter(f"{SVG}text")]


@pytest.fixture(scope="module")
def view(root: Path) -> View:
    return View(load(root), dt.date(2026, 1, 1))


def clause(view: View, number: int) -> MergerEvent:
    merger = next(
        reference.merger for reference in view.registry.events if "1672" in reference.merger_id
    )
    return next(event for event in merger.events if event.clause == number)


def test_a_picture_has_a_title_and_a_description_for_those_who_do_not_see_it(view: View) -> None:
    picture = ET.fromstring(str(event_flow(view, clause(view, 43))))  # noqa: S314
    assert picture.get("role") == "img"
    names = {element.get("id"): element.text for element in picture}
    title, says = (names[key] for key in (picture.get("aria-labelledby") or "").split())
    assert title == "Xã Kiên Mộc: hình thành theo khoản 43"
    assert says == ("toàn bộ xã Bắc Xa, phần còn lại xã Bính Xá và phần còn lại xã Kiên Mộc.")


def test_a_divided_unit_is_marked_by_words_and_by_its_frame(view: View) -> None:
    picture = ET.fromstring(str(event_flow(view, clause(view, 40))))  # noqa: S314
    frames = [box.get("class") for box in picture.iter(f"{SVG}rect")]
    assert frames.count("rg-flow__box rg-flow__box--divided") == 1
    assert "một phần (đơn vị được chia)" in " ".join(words(picture))


def test_a_divided_unit_shows_every_unit_that_took_a_share(view: View) -> None:
    picture = str(division_flow(view, "06622@"))
    assert "Xã Bính Xá được chia vào 2 đơn vị" in picture
    assert "một phần vào xã Đình Lập theo khoản 40" in picture
    assert "phần còn lại vào xã Kiên Mộc theo khoản 43" in picture


def test_a_unit_that_was_not_divided_has_no_picture_of_a_division(view: View) -> None:
    assert division_flow(view, "06613@") is None


def test_a_share_of_area_without_population_is_said() -> None:
    source = MergerSource(place="Bãi bồi", area="whole", population="none")
    assert shares(source) == "toàn bộ diện tích, không dân số"


def test_every_part_of_a_picture_stays_within_the_width_of_a_phone() -> None:
    long = "Thị trấn Nông trường có một cái tên rất dài và còn dài hơn nữa"
    many = tuple(Node(long, ("huyện cũng có tên rất dài",), divided=True) for _ in range(12))
    picture = drawn(
        Flow("k", "t", "s", many, (Node(long),), tuple(Band(n, 0, "whole") for n in range(12)))
    )
    height = float((picture.get("viewBox") or "").split()[3])
    for box in picture.iter(f"{SVG}rect"):
        x, y, width, tall = (float(box.get(name) or 0) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= x + width <= WIDTH
        assert 0 <= y <= y + tall <= height
    for line in words(picture):
        assert len(line) * 6 < WIDTH / 2


def test_names_are_escaped() -> None:
    name = "<script>alert(\"1\")</script> & 'x'"
    picture = flow_svg(Flow('k"', name, name, (Node(name),), (Node("B"),), ()))
    assert "<script" not in picture
    assert ET.fromstring(str(picture))[0].text == name  # noqa: S314


def test_the_page_of_a_merger_has_a_picture_and_a_row_for_every_clause(view: View) -> None:
    from builder.site.pages.mergers import merger_context

    merger = next(r.merger for r in view.registry.events if "1672" in r.merger_id)
    events = merger_context(view, "mergers/2025/1672-nq-ubtvqh15", merger)["events"]
    ids = [re.findall(r'<title id="([^"]+)"', event["flow"]) for event in events]
    assert len(ids) == len({key for (key,) in ids}) == 65
