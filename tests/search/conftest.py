"""A small registry with texts, and both searches over any registry."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builder.registry import load
from builder.search.site import write_search
from builder.site.page import SiteContext
from tests import registries

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEXT = """\
Điều 1. Phạm vi điều chỉnh
Quy định việc thu gom rác thải sinh hoạt trên địa bàn xã An Bình.
Điều 2. HĐND xã giám sát việc thực hiện; báo cáo trước ngày 05/9/2025.
"""
REGULATION = (
    registries.HEAD
    + """\
title: Quy định về vệ sinh nơi công cộng <img src=x onerror=alert(1)>
type: QyĐ
number: 05/QĐ-UBND
regime: administrative
issuer: bodies/vi-du/an-binh/ubnd
stage: trial
dates: {signed: 2025-07-05}
"""
)
MERGER = (
    registries.HEAD
    + """\
title: Sắp xếp các xã của tỉnh Ví Dụ
resolution: resolutions/vi-du/sap-xep
province: "99@"
adopted: 2025-06-16
operational_from: 2025-07-01
events:
  - clause: 1
    kind: merge
    target: "99001@2025-07-01"
    digest: "%s"
    sources:
      - {unit: "99001@", area: whole, population: whole}
      - {unit: "99002@", area: whole, population: whole}
"""
    % ("0" * 64)
)
RESOLUTION = (
    registries.HEAD
    + """\
title: Nghị quyết về việc sắp xếp các xã của tỉnh Ví Dụ
type: NQ
number: 1999/NQ-UBTVQH15
stage: adopted
dates: {adopted: 2025-06-16}
territory: ["99@"]
"""
)


@pytest.fixture
def with_texts(tmp_path: Path) -> Path:
    """A registry of the fictional tỉnh Ví Dụ: a merger, a trial regulation with its text."""
    root = registries.write(
        tmp_path / "with-texts",
        {
            "regulations/vi-du/an-binh/ve-sinh": REGULATION,
            "mergers/vi-du/sap-xep": MERGER,
            "resolutions/vi-du/sap-xep": RESOLUTION,
        },
    )
    text = root / "registry" / "regulations" / "vi-du" / "an-binh" / "ve-sinh.txt"
    text.write_text(TEXT, encoding="utf-8")
    return root


@pytest.fixture
def fictional(root: Path, tmp_path: Path) -> Path:
    """A copy of the fictional province of the tests, with its texts."""
    copy = tmp_path / "fictional"
    shutil.copytree(root / "tests" / "fixtures" / "vi-du", copy)
    return copy


Ask = Callable[[Path, list[str]], dict[str, Any]]


@pytest.fixture
def ask_browser(page: "Page", served: Callable[[Path], str], root: Path, tmp_path: Path) -> Ask:
    """``ask_browser(registry, queries)``: by query, in ``catalogue`` and ``texts``, ids in order.

    Each id comes with whether the marks of the query stand in its record.
    """

    def ask(registry: Path, queries: list[str]) -> dict[str, Any]:
        site = tmp_path / "site"
        write_search(SiteContext(registry, load(registry), dt.date(2026, 1, 1)), site, True)
        shutil.copytree(root / "site_src/theme/assets/search", site / "assets" / "search")
        address = served(site)
        page.goto(f"{address}assets/search/search.css")
        found: dict[str, Any] = page.evaluate(
            """async ([base, queries]) => {
              const load = (name) => import(`${base}assets/search/${name}.js`);
              const [{ loadCatalogue }, { loadTexts }, { parse }] =
                await Promise.all(['catalogue', 'fulltext', 'query'].map(load));
              const catalogue = await loadCatalogue(base);
              const texts = await loadTexts(base, catalogue);
              const ids = (answers) =>
                answers.map(({ row, same }) => [catalogue.rows[row].key, same]);
              const found = { catalogue: {}, texts: {} };
              for (const typed of queries) {
                const query = parse(typed);
                found.catalogue[typed] = ids(catalogue.search(query));
                const inTexts = await texts.find([...query.words, ...query.marked]);
                found.texts[typed] = ids(catalogue.search(query, inTexts));
              }
              return found;
            }""",
            [address, queries],
        )
        return found

    return ask


@pytest.fixture(scope="module")
def address(real_site: Path, served: Callable[[Path], str]) -> str:
    """The site of the real records, as a browser asks for it."""
    return served(real_site)
