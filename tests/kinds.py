"""One page of each kind, on tỉnh Ví Dụ with a working group that asks for documents.

Both the pictures (tests/screens) and the tests of accessibility go through these.
"""

from pathlib import Path

from builder.site.build import build
from tests.site.asking import asking

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


def build_kinds(root: Path, out: Path) -> Path:
    """The site that has them all; as of the day of ``SOURCE_DATE_EPOCH``."""
    build(asking(root), out)
    return out
