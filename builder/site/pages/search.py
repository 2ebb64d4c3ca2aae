"""The search page: its frame only; what it finds is up to the reader's browser."""

from collections.abc import Iterator

from builder.site.cards import Card
from builder.site.page import Page
from builder.site.pages.common import Context

_LISTS = (
    Card("don-vi/", "Đơn vị hành chính, cũ và nay"),
    Card("van-ban/", "Văn bản"),
    Card("cuoc-hop/", "Cuộc họp, kiểm tra"),
    Card("to-chuc/", "Cơ quan, tổ chức"),
    Card("tinh-trang/", "Tình trạng: đầy đủ và đến hạn"),
)


def search_pages() -> Iterator[Page]:
    """The one page, for which search engines have no use."""
    yield Page(
        "tim-kiem/", "Tìm kiếm", "search.html", _context, tab="tim-kiem/", noindex=True,
        description="Tìm văn bản, đơn vị cũ và mới, cuộc họp, cơ quan, người giữ chức vụ.",
    )  # fmt: skip


def _context() -> Context:
    return {"title": "Tìm kiếm", "lists": list(_LISTS)}
