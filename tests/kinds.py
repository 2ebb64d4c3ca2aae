"""One page of each kind, on tỉnh Ví Dụ with a working group that asks for documents.

Both the pictures (tests/screens) and the tests of accessibility go through these.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from builder.site.build import build
from tests.site.asking import asking
from tests.site.builds import NOON

if TYPE_CHECKING:
    from playwright.sync_api import Page

KINDS: dict[str, str] = {
    "trang-chu": "",
    "tim-kiem": "tim-kiem/?q=quy+che",
    "don-vi-cu": "units/vi-du/99003@/",
    "don-vi-moi": "units/vi-du/99001@2025-07-01/",
    "tinh": "units/vi-du/99@/",
    "huyen-cu": "units/vi-du/991@/",
    "van-ban": "regulations/vi-du/an-binh/quy-che-lam-viec-ubnd/",
    "van-ban-van-hanh-thu": "regulations/vi-du/an-binh/quy-che-lam-viec-ubnd-van-hanh-thu/",
    "nghi-quyet": "resolutions/vi-du/an-binh-cu/2023/01-2023-nq-hdnd/",
    "cuoc-hop": "meetings/vi-du/an-binh/phien-hop-ubnd-thu-nhat/",
    "kiem-tra": "meetings/vi-du/to-cong-tac-1/kiem-tra/",
    "co-quan": "bodies/vi-du/an-binh/hdnd/",
    "sap-xep": "mergers/9999-nq-ubtvqh15/",
    "yeu-cau": "requirements/vi-du/to-cong-tac-1/quy-che/",
    "quy-tac": "rules/qppl-nhap-toan-bo/",
    "danh-sach": "van-ban/",
    "tinh-trang": "tinh-trang/",
    "day-du": "tinh-trang/day-du/vi-du/",
    "den-han": "tinh-trang/den-han/",
    "truoc-sau": "tinh-trang/truoc-sau/",
    "to-cong-tac": "bodies/vi-du/tinh/to-cong-tac-1/",
    "nguon": "nguon/",
    "thuat-ngu": "thuat-ngu/",
    "huong-dan": "huong-dan/doc-trang/",
}
SCHEMES = ("light", "dark")


def build_kinds(folder: Path) -> Path:
    """The site that has them all, in ``folder``, as of the first day of 2026."""
    with mock.patch.dict(os.environ, SOURCE_DATE_EPOCH=NOON):
        build(asking(folder / "registry"), folder / "site")
    return folder / "site"


def settle(page: "Page") -> None:
    """Waits for what comes after a page was loaded: the answers of a search, and letters."""
    search = page.locator("[data-registry-search-page]")
    if search.count():
        page.wait_for_selector("[data-registry-search-page][aria-busy=false]")
    page.evaluate("document.fonts.ready")
