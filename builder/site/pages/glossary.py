"""The glossary: Vietnamese terms of the site tied to the codes of the records."""

from collections.abc import Mapping
from typing import Any

from builder.derive.completeness import STATES as COMPLETENESS_STATES
from builder.derive.followups import STATUSES
from builder.site import labels
from builder.site.i18n import N_, _
from builder.site.labels import DOCUMENT_TYPES, LABELS, STATE_LABELS
from builder.site.pages.common import Context, crumbs
from builder.site.pages.listing import slug

# Explanations by group and code; where a term says what it means, none is given.
_MEANINGS: dict[tuple[str, str], str] = {
    ("share", "whole"): N_("Khoản của nghị quyết lấy hết phần này của đơn vị cũ."),
    ("share", "part"): N_("Khoản chỉ lấy một phần; phần khác thuộc đơn vị khác."),
    ("share", "rest"): N_("Những gì còn lại sau khi các khoản khác đã lấy phần của mình."),
    ("share", "none"): N_("Khoản lấy diện tích mà không lấy dân số, hoặc ngược lại."),
    ("stage", "draft"): N_("Văn bản đang soạn thảo."),
    ("stage", "trial"): N_("Được thông qua trong thời gian vận hành thử; không có hiệu lực."),
    ("stage", "adopted"): N_(
        "Được thông qua hoặc ban hành chính thức. Có hiệu lực hay chưa là việc "
        "khác, xem Tình trạng hiệu lực."
    ),
    ("stage", "withdrawn"): N_(
        "Bản ghi hoặc văn bản đã rút; trang vẫn giữ để không ai dùng lại địa chỉ."
    ),
    ("state", "not_yet"): N_("Đã thông qua nhưng chưa đến ngày có hiệu lực."),
    ("state", "unknown"): N_("Các bản ghi chưa đủ để kết luận; trang văn bản nêu rõ thiếu gì."),
    ("state", "trial"): N_("Chưa bao giờ có hiệu lực: mới thông qua khi vận hành thử."),
    ("certainty", "inferred"): N_("Nguồn không nói thẳng; người lập bản ghi hiểu như vậy."),
    ("completeness", "present"): N_("Có văn bản chính thức đáp ứng yêu cầu, còn hiệu lực."),
    ("completeness", "trial"): N_("Chỉ thấy bản thông qua khi vận hành thử."),
    ("completeness", "draft"): N_("Chỉ thấy dự thảo."),
    ("completeness", "missing"): N_("Có bản ghi cho thấy văn bản đã rút, bãi bỏ hoặc hết hạn."),
    ("completeness", "requested"): N_("Cuộc kiểm tra đã yêu cầu phải có; chưa thấy văn bản."),
    ("completeness", "unknown"): N_(
        "Sổ chưa có bằng chứng nào; không có nghĩa là đơn vị còn thiếu."
    ),
    ("followup", "past"): N_("Thời hạn đã qua mà nguồn không cho biết việc đã xong hay chưa."),
    ("followup", "overdue"): N_("Thời hạn đã qua và bản ghi cho biết việc chưa xong."),
    ("regime", "administrative"): N_("Số theo năm, dạng 3010/QĐ-UBND."),
    ("regime", "normative"): N_("Số theo loại và năm, dạng 05/2026/NQ-HĐND."),
    ("regime", "party"): N_("Số theo loại và nhiệm kỳ của cấp ủy, dạng 245-KH/TU."),
}
_ADOPTED = N_(
    "Ngày nghị quyết về sắp xếp được thông qua và có hiệu lực (16/6/2025 đối với các nghị quyết "
    "sắp xếp cấp xã năm 2025)."
)
_OPERATIONAL = N_(
    "Ngày chính quyền ở đơn vị mới chính thức hoạt động (01/7/2025); đến khi đó chính quyền cũ "
    "vẫn hoạt động."
)
_IDENTITY = N_(
    "Một mã hoặc một tên không đủ để nhận ra đơn vị: đơn vị mới thường mang mã và tên của một đơn "
    "vị cũ nhưng địa bàn khác. Vì vậy mỗi đơn vị được gọi bằng mã kèm ngày bắt đầu."
)
_CLOCKS = (
    (N_("Ngày thông qua"), "adopted", _ADOPTED),
    (N_("Ngày hoạt động"), "operational_from", _OPERATIONAL),
    (N_("Mã đơn vị kèm ngày"), "code@valid_from", _IDENTITY),
)


def glossary() -> Context:
    """Groups of terms, each with its code in the records and, where needed, what it means."""
    return {
        "crumbs": crumbs(),
        "title": _("Thuật ngữ"),
        "groups": [
            _group(
                N_("Thời gian và nhận dạng"),
                tuple((_(term), code, _(meaning)) for term, code, meaning in _CLOCKS),
            ),
            _listed(N_("Loại sắp xếp"), "event_kind", LABELS["event_kind"]),
            _listed(N_("Phần diện tích và dân số"), "share", LABELS["share"]),
            _listed(N_("Giai đoạn của văn bản"), "stage", LABELS["stage"]),
            _listed(N_("Tình trạng hiệu lực"), "state", STATE_LABELS),
            _listed(N_("Nhóm văn bản theo cách đánh số"), "regime", LABELS["regime"]),
            _listed(N_("Loại văn bản"), "document_type", DOCUMENT_TYPES),
            _listed(N_("Quan hệ giữa các văn bản"), "relation", LABELS["relation"]),
            _listed(N_("Khối"), "block", LABELS["block"]),
            _listed(N_("Cơ quan, tổ chức"), "body_type", LABELS["body_type"]),
            _listed(N_("Hình thức cuộc họp"), "meeting_form", LABELS["meeting_form"]),
            _listed(N_("Kết quả cuộc họp"), "output_kind", LABELS["output_kind"]),
            _listed(
                N_("Mức độ đầy đủ của hồ sơ"),
                "completeness",
                {state: labels.COMPLETENESS[state] for state in COMPLETENESS_STATES},
            ),
            _listed(
                N_("Việc đến hạn"),
                "followup",
                {status: labels.FOLLOWUP[status] for status in STATUSES},
            ),
            _listed(N_("Nguồn"), "source_kind", LABELS["source_kind"]),
            _listed(N_("Mức chắc chắn"), "certainty", LABELS["certainty"]),
        ],
    }


def _listed(label: str, group: str, terms: Mapping[Any, str]) -> Context:
    return _group(
        label,
        tuple(
            (term, code, _(_MEANINGS[group, code]) if (group, code) in _MEANINGS else "")
            for code, term in terms.items()
        ),
    )


def _group(label: str, terms: tuple[tuple[str, str, str], ...]) -> Context:
    return {"label": _(label), "anchor": slug(label), "terms": terms}
