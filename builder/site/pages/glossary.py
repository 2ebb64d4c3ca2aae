"""The glossary: Vietnamese terms of the site tied to the codes of the records."""

from collections.abc import Mapping
from typing import Any

from builder.derive.completeness import STATES as COMPLETENESS_STATES
from builder.derive.followups import STATUSES
from builder.site import labels
from builder.site.labels import DOCUMENT_TYPES, LABELS, STATE_LABELS
from builder.site.pages.common import Context, crumbs
from builder.site.pages.listing import slug

# Explanations by group and code; where a term says what it means, none is given.
_MEANINGS: dict[tuple[str, str], str] = {
    ("share", "whole"): "Khoản của nghị quyết lấy hết phần này của đơn vị cũ.",
    ("share", "part"): "Khoản chỉ lấy một phần; phần khác thuộc đơn vị khác.",
    ("share", "rest"): "Những gì còn lại sau khi các khoản khác đã lấy phần của mình.",
    ("share", "none"): "Khoản lấy diện tích mà không lấy dân số, hoặc ngược lại.",
    ("stage", "draft"): "Văn bản đang soạn thảo.",
    ("stage", "trial"): "Được thông qua trong thời gian vận hành thử; không có hiệu lực.",
    ("stage", "adopted"): "Được thông qua hoặc ban hành chính thức. Có hiệu lực hay chưa là việc "
    "khác, xem Tình trạng hiệu lực.",
    ("stage", "withdrawn"): "Bản ghi hoặc văn bản đã rút; trang vẫn giữ để không ai dùng lại địa "
    "chỉ.",
    ("state", "not_yet"): "Đã thông qua nhưng chưa đến ngày có hiệu lực.",
    ("state", "unknown"): "Các bản ghi chưa đủ để kết luận; trang văn bản nêu rõ thiếu gì.",
    ("state", "trial"): "Chưa bao giờ có hiệu lực: mới thông qua khi vận hành thử.",
    ("certainty", "inferred"): "Nguồn không nói thẳng; người lập bản ghi hiểu như vậy.",
    ("completeness", "present"): "Có văn bản chính thức đáp ứng yêu cầu, còn hiệu lực.",
    ("completeness", "trial"): "Chỉ thấy bản thông qua khi vận hành thử.",
    ("completeness", "draft"): "Chỉ thấy dự thảo.",
    ("completeness", "missing"): "Có bản ghi cho thấy văn bản đã rút, bãi bỏ hoặc hết hạn.",
    ("completeness", "requested"): "Cuộc kiểm tra đã yêu cầu phải có; chưa thấy văn bản.",
    ("completeness", "unknown"): "Sổ chưa có bằng chứng nào; không có nghĩa là đơn vị còn thiếu.",
    ("followup", "past"): "Thời hạn đã qua mà nguồn không cho biết việc đã xong hay chưa.",
    ("followup", "overdue"): "Thời hạn đã qua và bản ghi cho biết việc chưa xong.",
    ("regime", "administrative"): "Số theo năm, dạng 3010/QĐ-UBND.",
    ("regime", "normative"): "Số theo loại và năm, dạng 05/2026/NQ-HĐND.",
    ("regime", "party"): "Số theo loại và nhiệm kỳ của cấp ủy, dạng 245-KH/TU.",
}  # fmt: skip
_ADOPTED = (
    "Ngày nghị quyết về sắp xếp được thông qua và có hiệu lực (16/6/2025 đối với các nghị quyết "
    "sắp xếp cấp xã năm 2025)."
)
_OPERATIONAL = (
    "Ngày chính quyền ở đơn vị mới chính thức hoạt động (01/7/2025); đến khi đó chính quyền cũ "
    "vẫn hoạt động."
)
_IDENTITY = (
    "Một mã hoặc một tên không đủ để nhận ra đơn vị: đơn vị mới thường mang mã và tên của một đơn "
    "vị cũ nhưng địa bàn khác. Vì vậy mỗi đơn vị được gọi bằng mã kèm ngày bắt đầu."
)
_CLOCKS = (
    ("Ngày thông qua", "adopted", _ADOPTED),
    ("Ngày hoạt động", "operational_from", _OPERATIONAL),
    ("Mã đơn vị kèm ngày", "code@valid_from", _IDENTITY),
)


def glossary() -> Context:
    """Groups of terms, each with its code in the records and, where needed, what it means."""
    return {
        "crumbs": crumbs(),
        "title": "Thuật ngữ",
        "groups": [
            _group("Thời gian và nhận dạng", _CLOCKS),
            _listed("Loại sắp xếp", "event_kind", LABELS["event_kind"]),
            _listed("Phần diện tích và dân số", "share", LABELS["share"]),
            _listed("Giai đoạn của văn bản", "stage", LABELS["stage"]),
            _listed("Tình trạng hiệu lực", "state", STATE_LABELS),
            _listed("Nhóm văn bản theo cách đánh số", "regime", LABELS["regime"]),
            _listed("Loại văn bản", "document_type", DOCUMENT_TYPES),
            _listed("Quan hệ giữa các văn bản", "relation", LABELS["relation"]),
            _listed("Khối", "block", LABELS["block"]),
            _listed("Cơ quan, tổ chức", "body_type", LABELS["body_type"]),
            _listed("Hình thức cuộc họp", "meeting_form", LABELS["meeting_form"]),
            _listed("Kết quả cuộc họp", "output_kind", LABELS["output_kind"]),
            _listed(
                "Mức độ đầy đủ của hồ sơ", "completeness",
                {state: labels.COMPLETENESS[state] for state in COMPLETENESS_STATES},
            ),
            _listed(
                "Việc đến hạn", "followup", {status: labels.FOLLOWUP[status] for status in STATUSES}
            ),
            _listed("Nguồn", "source_kind", LABELS["source_kind"]),
            _listed("Mức chắc chắn", "certainty", LABELS["certainty"]),
        ],
    }  # fmt: skip


def _listed(label: str, group: str, terms: Mapping[Any, str]) -> Context:
    return _group(
        label,
        tuple((term, code, _MEANINGS.get((group, code), "")) for code, term in terms.items()),
    )


def _group(label: str, terms: tuple[tuple[str, str, str], ...]) -> Context:
    return {"label": label, "anchor": slug(label), "terms": terms}
