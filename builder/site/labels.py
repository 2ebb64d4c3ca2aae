"""Vietnamese words of the site that no code list holds: kinds, states, names of fields."""

from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from builder.models import MODELS

KIND = {
    "resolutions": "Nghị quyết",
    "regulations": "Quy chế, quy định",
    "documents": "Văn bản khác",
    "meetings": "Cuộc họp, kiểm tra",
    "bodies": "Cơ quan, tổ chức",
    "mergers": "Sắp xếp đơn vị hành chính",
    "requirements": "Yêu cầu phải có",
    "rules": "Quy tắc chuyển tiếp",
    "units": "Đơn vị hành chính",
}
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
BLOCK_SLUG = {"party": "dang", "government": "chinh-quyen", "front": "mat-tran"}
STAGE_SLUG = {
    "draft": "du-thao", "trial": "van-hanh-thu", "adopted": "da-thong-qua", "withdrawn": "da-rut",
}  # fmt: skip

COMPLETENESS = {
    "present": "Đã có",
    "trial": "Mới có bản vận hành thử",
    "draft": "Mới có dự thảo",
    "missing": "Không còn",
    "requested": "Đã yêu cầu",
    "unknown": "Chưa rõ",
}
# What stands beside the words of a state, so that a map reads without colours; late is no
# state, it can come on top of any but the first.
SIGN = {
    "present": "✓", "trial": "T", "draft": "D", "missing": "✕", "requested": "Y", "unknown": "?",
    "late": "!",
}  # fmt: skip
FOLLOWUP = {
    "overdue": "Quá hạn, chưa xong",
    "past": "Đã qua thời hạn, chưa rõ kết quả",
    "running": "Đang trong thời hạn",
    "upcoming": "Chưa đến hạn",
    "undated": "Nguồn không nêu ngày",
    "closed": "Đã xong",
}

_MORE_FIELDS = {"text": "Lời văn", "file": "Tệp văn bản"}


@cache
def field(kind: str, path: str) -> str:
    """The Vietnamese name of a field, from the model itself: ``dates.signed`` → ``Ngày ký``.

    A path that the model does not have is shown as the record writes it.
    """
    model: type[BaseModel] | None = MODELS.get(kind)
    words = ""
    for part in path.replace("[", ".").split("."):
        if part.rstrip("]").isdigit():
            continue
        info = model.model_fields.get(part) if model else None
        if info is None:
            return _MORE_FIELDS.get(part, path)
        words = _short(info.description or part)
        model = _model_within(info.annotation)
    return words


def _short(description: str) -> str:
    """The name at the head of a field's description, without what explains it."""
    first = description.split("\n", 1)[0].rstrip(".")
    for mark in (
        ";",
        ":",
        ", nếu",
        ", ví dụ",
        ", ít nhất",
        ", khi",
        ", mỗi",
        ", kèm",
        ", không",
        " (",
    ):
        first = first.split(mark, 1)[0]
    return first


def _model_within(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_within(part))), None)
