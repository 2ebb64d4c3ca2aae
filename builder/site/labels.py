"""Words for codes, in the active language: those of the code lists, and those of the site alone.

Kinds, states, names of fields.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from builder.derive import verdicts
from builder.models import MODELS, codes
from builder.site import i18n
from builder.site.i18n import N_, Table, ngettext

LABELS = {group: Table(words) for group, words in codes.LABELS.items()}
DOCUMENT_TYPES = LABELS["document_type"]
STATE_LABELS = Table(verdicts.STATE_LABELS)

KIND = Table(
    {
        "resolutions": N_("Nghị quyết"),
        "regulations": N_("Quy chế, quy định"),
        "documents": N_("Văn bản khác"),
        "meetings": N_("Cuộc họp, kiểm tra"),
        "bodies": N_("Cơ quan, tổ chức"),
        "mergers": N_("Sắp xếp đơn vị hành chính"),
        "requirements": N_("Yêu cầu phải có"),
        "rules": N_("Quy tắc chuyển tiếp"),
        "units": N_("Đơn vị hành chính"),
    }
)
# Where the lists of the kinds stand.
KIND_LIST = {
    "resolutions": "van-ban/nhom/nghi-quyet/",
    "regulations": "van-ban/nhom/quy-che-quy-dinh/",
    "documents": "van-ban/nhom/van-ban-khac/",
    "meetings": "cuoc-hop/",
    "bodies": "to-chuc/",
    "mergers": "sap-xep/",
    "requirements": "tinh-trang/yeu-cau/",
    "rules": "quy-tac/",
    "units": "don-vi/",
}
# A number of units of a type: ``61 xã``.
COUNTED: dict[str, Callable[[int], str]] = {
    "xã": lambda count: ngettext("%(num)s xã", "%(num)s xã", count),
    "phường": lambda count: ngettext("%(num)s phường", "%(num)s phường", count),
    "thị trấn": lambda count: ngettext("%(num)s thị trấn", "%(num)s thị trấn", count),
    "đặc khu": lambda count: ngettext("%(num)s đặc khu", "%(num)s đặc khu", count),
    "huyện": lambda count: ngettext("%(num)s huyện", "%(num)s huyện", count),
    "quận": lambda count: ngettext("%(num)s quận", "%(num)s quận", count),
    "thị xã": lambda count: ngettext("%(num)s thị xã", "%(num)s thị xã", count),
    "thành phố": lambda count: ngettext("%(num)s thành phố", "%(num)s thành phố", count),
    "tỉnh": lambda count: ngettext("%(num)s tỉnh", "%(num)s tỉnh", count),
    "thành phố trực thuộc trung ương": lambda count: ngettext(
        "%(num)s thành phố trực thuộc trung ương",
        "%(num)s thành phố trực thuộc trung ương",
        count,
    ),
}
BLOCK_SLUG = {"party": "dang", "government": "chinh-quyen", "front": "mat-tran"}
STAGE_SLUG = {
    "draft": "du-thao", "trial": "van-hanh-thu", "adopted": "da-thong-qua", "withdrawn": "da-rut",
}  # fmt: skip

COMPLETENESS = Table(
    {
        "present": N_("Đã có"),
        "trial": N_("Mới có bản vận hành thử"),
        "draft": N_("Mới có dự thảo"),
        "missing": N_("Không còn"),
        "requested": N_("Đã yêu cầu"),
        "unknown": N_("Chưa rõ"),
    }
)
# What stands beside the words of a state, so that a map reads without colours; late is no
# state, it can come on top of any but the first.
SIGN = {
    "present": "✓", "trial": "T", "draft": "D", "missing": "✕", "requested": "Y", "unknown": "?",
    "late": "!",
}  # fmt: skip
FOLLOWUP = Table(
    {
        "overdue": N_("Quá hạn, chưa xong"),
        "past": N_("Đã qua thời hạn, chưa rõ kết quả"),
        "running": N_("Đang trong thời hạn"),
        "upcoming": N_("Chưa đến hạn"),
        "undated": N_("Nguồn không nêu ngày"),
        "closed": N_("Đã xong"),
    }
)

# What became of a document that a unit took over.
INHERITANCE = Table(
    {
        "continuing": N_("Tiếp tục áp dụng"),
        "adopted": N_("Đơn vị mới quyết định tiếp tục áp dụng"),
        "replaced": N_("Đã được thay thế"),
        "abolished": N_("Đã bị bãi bỏ"),
        "expired": N_("Hết thời hạn"),
        "undetermined": N_("Chưa xác định"),
    }
)

_MORE_FIELDS = Table({"text": N_("Lời văn"), "file": N_("Tệp văn bản")})


def field(kind: str, path: str) -> str:
    """The name of a field, from the model itself: ``dates.signed`` → ``Ngày ký``.

    A path that the model does not have is shown as the record writes it.
    """
    return _field(kind, path, i18n.language())


@cache
def _field(kind: str, path: str, language: str) -> str:
    model: type[BaseModel] | None = MODELS.get(kind)
    words = ""
    for part in path.replace("[", ".").split("."):
        if part.rstrip("]").isdigit():
            continue
        info = model.model_fields.get(part) if model else None
        if info is None:
            return _MORE_FIELDS.get(part, path)
        words = _short(info.description or part, language)
        model = _model_within(info.annotation)
    return words


# What explains a field begins so.
_MARKS = (
    ". ", ";", ":", " (", ", nếu", ", ví dụ", ", ít nhất", ", khi", ", mỗi", ", kèm", ", không",
    ", if", ", e.g.", ", at least", ", when", ", each", ", with", ", not", ", as ",
)  # fmt: skip


def _short(description: str, language: str) -> str:
    """The name at the head of a field's description, without what explains it."""
    vietnamese, _, english = description.partition("\n\n")
    first = (vietnamese if language == "vi" or not english else english).rstrip(".")
    for mark in _MARKS:
        first = first.split(mark, 1)[0]
    return first


def _model_within(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_within(part))), None)
