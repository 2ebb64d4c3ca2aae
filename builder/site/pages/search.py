"""The search page: its frame only; what it finds is up to the reader's browser."""

from collections.abc import Iterator

from builder.site.cards import Section
from builder.site.i18n import N_, _
from builder.site.page import Page
from builder.site.pages.common import Context

_LISTS = (
    Section("don-vi/", N_("Đơn vị hành chính, cũ và nay")),
    Section("van-ban/", N_("Văn bản")),
    Section("cuoc-hop/", N_("Cuộc họp, kiểm tra")),
    Section("to-chuc/", N_("Cơ quan, tổ chức")),
    Section("tinh-trang/", N_("Tình trạng: đầy đủ và đến hạn")),
)


def search_pages() -> Iterator[Page]:
    """The one page, for which search engines have no use."""
    yield Page(
        "tim-kiem/", _("Tìm kiếm"), "search.html", _context, tab="tim-kiem/", noindex=True,
        description=_("Tìm văn bản, đơn vị cũ và mới, cuộc họp, cơ quan, người giữ chức vụ."),
    )  # fmt: skip


def _context() -> Context:
    return {"title": _("Tìm kiếm"), "lists": [section.card for section in _LISTS]}
