"""The glossary: Vietnamese terms of the site tied to the codes of the records.

Which terms there are is in ``builder.site.terms``.
"""

from builder.site.i18n import N_, _
from builder.site.pages.common import Context, crumbs
from builder.site.terms import GROUPS, heading, term

_DISTRICT = N_(
    "Đơn vị hành chính cấp huyện; kết thúc hoạt động từ ngày 01/7/2025 (Điều 51 Luật số "
    "72/2025/QH15)."
)
# Explanations by group and code; where a term says what it means, none is given.
_MEANINGS: dict[tuple[str, str], str] = {
    ("clock", "adopted"): N_(
        "Ngày nghị quyết về sắp xếp được thông qua và có hiệu lực (16/6/2025 đối với các nghị "
        "quyết sắp xếp cấp xã năm 2025)."
    ),
    ("clock", "operational_from"): N_(
        "Ngày chính quyền ở đơn vị mới chính thức hoạt động (01/7/2025); đến khi đó chính quyền cũ "
        "vẫn hoạt động."
    ),
    ("clock", "code@valid_from"): N_(
        "Một mã hoặc một tên không đủ để nhận ra đơn vị: đơn vị mới thường mang mã và tên của một "
        "đơn vị cũ nhưng địa bàn khác. Vì vậy mỗi đơn vị được gọi bằng mã kèm ngày bắt đầu."
    ),
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
    ("unit_type", "đặc khu"): N_("Đơn vị hành chính cấp xã, cùng cấp với xã và phường."),
    ("unit_type", "thị trấn"): N_("Đơn vị hành chính cấp xã của huyện, đến hết ngày 30/6/2025."),
    ("unit_type", "huyện"): _DISTRICT,
    ("unit_type", "quận"): _DISTRICT,
    ("unit_type", "thị xã"): _DISTRICT,
    ("unit_type", "thành phố"): _DISTRICT,
    ("state", "in_force"): N_(
        "Đã đến ngày có hiệu lực, chưa hết thời hạn và chưa có văn bản nào làm chấm dứt."
    ),
    ("state", "partly"): N_(
        "Một số điều, khoản đã bị thay thế, bãi bỏ hoặc hết thời hạn; phần còn lại vẫn áp dụng."
    ),
    ("state", "suspended"): N_(
        "Tạm thời không áp dụng theo một văn bản khác; văn bản chưa bị bãi bỏ."
    ),
    ("state", "expired"): N_(
        "Hết thời hạn ghi trong văn bản, hoặc đã được văn bản khác thay thế (Luật số 64/2025/QH15, "
        "Điều 57)."
    ),
    ("state", "repealed"): N_(
        "Đã bị một văn bản khác bãi bỏ toàn bộ (Luật số 64/2025/QH15, Điều 57)."
    ),
    ("scope", "whole"): N_("Áp dụng ở mọi nơi trong đơn vị."),
    ("scope", "former"): N_(
        "Chỉ áp dụng trong ranh giới của đơn vị cũ đã ban hành, nay là một phần của đơn vị mới."
    ),
    ("scope", "part"): N_("Chỉ áp dụng ở phần địa bàn mà đơn vị nhận từ một đơn vị khác."),
    ("scope", "undetermined"): N_(
        "Đơn vị cũ được chia; các bản ghi chưa đủ để biết văn bản còn áp dụng ở phần nào."
    ),
    ("inheritance", "continuing"): N_(
        "Đơn vị mới chưa quyết định gì; theo quy tắc chuyển tiếp, văn bản vẫn áp dụng ở địa bàn cũ."
    ),
    ("inheritance", "adopted"): N_(
        "Đơn vị mới đã có văn bản nêu rõ tiếp tục áp dụng văn bản của đơn vị cũ."
    ),
    ("inheritance", "replaced"): N_("Đơn vị mới đã ban hành văn bản khác thay thế."),
    ("inheritance", "abolished"): N_("Đã có văn bản bãi bỏ."),
    ("inheritance", "expired"): N_("Đã hết thời hạn ghi trong chính văn bản."),
    ("inheritance", "undetermined"): N_(
        "Chưa quy tắc chuyển tiếp nào được xác nhận cho trường hợp này; trang nêu rõ vì sao."
    ),
    ("relation", "based_on"): N_("Văn bản nêu ở phần căn cứ."),
    ("relation", "implements"): N_("Tổ chức thực hiện văn bản kia."),
    ("relation", "amends"): N_("Đổi câu chữ của văn bản kia; phần không nêu giữ nguyên."),
    ("relation", "corrects"): N_("Sửa sai sót về câu chữ, thể thức; không đổi nội dung."),
    ("relation", "replaces"): N_("Văn bản này áp dụng thay văn bản kia hoặc phần được nêu."),
    ("relation", "repeals"): N_("Chấm dứt hiệu lực của văn bản kia hoặc phần được nêu."),
    ("relation", "suspends"): N_("Làm văn bản kia hoặc phần được nêu tạm thời không áp dụng."),
    ("relation", "consolidates"): N_(
        "Ghép văn bản gốc với các văn bản sửa đổi để dễ đọc; không đặt ra quy định mới."
    ),
    ("relation", "cites"): N_("Chỉ nhắc đến, không tác động đến hiệu lực."),
    ("relation", "adopted_at"): N_("Cuộc họp đã thông qua văn bản."),
    ("relation", "formalises"): N_(
        "Văn bản chính thức được ban hành từ nội dung đã thông qua khi vận hành thử."
    ),
    ("relation", "fulfils"): N_("Văn bản là điều mà một yêu cầu phải có đòi hỏi."),
    ("relation", "continues"): N_(
        "Nêu rõ văn bản của đơn vị cũ còn được áp dụng, ở đâu, đến khi nào."
    ),
    ("block", "party"): N_("Đảng bộ, cấp ủy và các cơ quan của cấp ủy."),
    ("block", "government"): N_("Hội đồng nhân dân, Ủy ban nhân dân và các cơ quan của hai bên."),
    ("block", "front"): N_("Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội."),
    ("state", "not_yet"): N_("Chưa đến ngày có hiệu lực."),
    ("state", "unknown"): N_("Các bản ghi chưa đủ để kết luận; trang văn bản nêu rõ thiếu gì."),
    ("state", "trial"): N_("Chưa bao giờ có hiệu lực: mới thông qua khi vận hành thử."),
    ("certainty", "inferred"): N_("Nguồn không nói thẳng; người lập bản ghi hiểu như vậy."),
    ("completeness", "present"): N_(
        "Có văn bản chính thức đáp ứng yêu cầu; chưa bản ghi nào cho thấy văn bản đã hết hiệu lực."
    ),
    ("completeness", "trial"): N_("Chỉ thấy bản thông qua khi vận hành thử."),
    ("completeness", "draft"): N_("Chỉ thấy dự thảo."),
    ("completeness", "missing"): N_(
        "Có bản ghi cho thấy văn bản đã rút, bị thay thế, bị bãi bỏ hoặc hết hạn."
    ),
    ("completeness", "requested"): N_("Cuộc kiểm tra đã yêu cầu phải có; chưa thấy văn bản."),
    ("completeness", "unknown"): N_(
        "Sổ chưa có bằng chứng chắc chắn; không có nghĩa là đơn vị còn thiếu."
    ),
    ("followup", "past"): N_("Thời hạn đã qua mà nguồn không cho biết việc đã xong hay chưa."),
    ("followup", "overdue"): N_("Thời hạn đã qua và bản ghi cho biết việc chưa xong."),
    ("regime", "administrative"): N_("Số theo năm, dạng 3010/QĐ-UBND."),
    ("regime", "normative"): N_("Số theo loại và năm, dạng 05/2026/NQ-HĐND."),
    ("regime", "party"): N_("Số theo loại và nhiệm kỳ của cấp ủy, dạng 245-KH/TU."),
}


def glossary() -> Context:
    """Groups of terms: each with its anchor, its code in the records, and what it means, if the
    words do not say it."""
    return {
        "crumbs": crumbs(),
        "title": _("Thuật ngữ"),
        "groups": [
            {
                "label": _(found.label),
                "anchor": heading(group),
                "terms": [
                    (term(group, code), words, code, _(_MEANINGS.get((group, code), "")))
                    for code, words in found.words.items()
                ],
            }
            for group, found in GROUPS.items()
        ],
    }
