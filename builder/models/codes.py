"""Code lists of the field: the codes as stored, with their Vietnamese labels.

Only lists stand here; what follows from a code (force, numbering) is in
``builder.derive``.
"""

from typing import Literal, get_args

Access = Literal["public", "internal"]
SourceKind = Literal["gazette", "official_copy", "exchange", "file", "press", "dataset"]
Certainty = Literal["stated", "inferred"]
Share = Literal["whole", "part", "rest", "none"]
Level = Literal["province", "district", "commune"]
EventKind = Literal["merge", "rename", "retype", "unchanged"]
Block = Literal["party", "government", "front"]
Stage = Literal["draft", "trial", "adopted", "withdrawn"]
Regime = Literal["administrative", "normative", "party"]

MediaType = Literal["pdf", "docx", "doc", "xlsx", "xls", "odt", "zip", "png", "jpg", "tif"]

UnitType = Literal[
    "tỉnh", "thành phố trực thuộc trung ương",
    "huyện", "quận", "thị xã", "thành phố",
    "xã", "phường", "thị trấn", "đặc khu",
]  # fmt: skip

BodyType = Literal[
    # Party
    "dai_hoi", "dang_bo", "dang_uy", "ban_chap_hanh", "ban_thuong_vu", "uy_ban_kiem_tra",
    "van_phong_dang_uy", "ban_xay_dung_dang", "ban_dang",
    # Government
    "hdnd", "thuong_truc_hdnd", "ban_hdnd", "ubnd", "co_quan_chuyen_mon",
    "trung_tam_phuc_vu_hanh_chinh_cong",
    # Front
    "ub_mttq", "ban_thuong_truc_mttq", "to_chuc_chinh_tri_xa_hoi",
    # Central, ad hoc, other
    "ubtvqh", "quoc_hoi", "chinh_phu", "bo", "to_cong_tac", "khac",
]  # fmt: skip

# The 29 administrative types of Decree 30/2020/NĐ-CP (Annex III), keyed by their
# abbreviation; the despatch and the letter have none and are keyed CV and TC_THU.
ADMINISTRATIVE_TYPES: dict[str, str] = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "QC": "Quy chế",
    "QyĐ": "Quy định", "TC": "Thông cáo", "TB": "Thông báo", "HD": "Hướng dẫn",
    "CTr": "Chương trình", "KH": "Kế hoạch", "PA": "Phương án", "ĐA": "Đề án",
    "DA": "Dự án", "BC": "Báo cáo", "BB": "Biên bản", "TTr": "Tờ trình",
    "HĐ": "Hợp đồng", "CV": "Công văn", "CĐ": "Công điện", "BGN": "Bản ghi nhớ",
    "BTT": "Bản thỏa thuận", "GUQ": "Giấy ủy quyền", "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu", "GNP": "Giấy nghỉ phép", "PG": "Phiếu gửi",
    "PC": "Phiếu chuyển", "PB": "Phiếu báo", "TC_THU": "Thư công",
}  # fmt: skip
# Types of normative documents that are no administrative type (Law 64/2025/QH15, Article 4).
NORMATIVE_TYPES: dict[str, str] = {
    "HP": "Hiến pháp", "L": "Luật", "PL": "Pháp lệnh", "NĐ": "Nghị định", "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
}  # fmt: skip
# Types that only the Party uses beside those above.
PARTY_TYPES: dict[str, str] = {"KL": "Kết luận", "QCh": "Quy chuẩn", "TTri": "Thông tri"}

DOCUMENT_TYPES: dict[str, str] = {**ADMINISTRATIVE_TYPES, **NORMATIVE_TYPES, **PARTY_TYPES}

RelationType = Literal[
    "based_on", "implements", "guides", "amends", "corrects", "replaces", "repeals",
    "suspends", "consolidates", "cites", "adopted_at", "formalises", "fulfils",
    "continues",
]  # fmt: skip

MeetingForm = Literal[
    "session", "conference", "meeting", "inspection", "working_visit", "trial_operation"
]
OutputKind = Literal[
    "document", "conclusion", "finding", "difficulty", "recommendation", "request", "assignment"
]
OutputState = Literal["open", "closed", "unknown"]
DueKind = Literal["on", "by", "before", "from", "during"]

# What a file attached to a record is called on the web (IANA media types).
IANA_MEDIA_TYPES: dict[MediaType, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "odt": "application/vnd.oasis.opendocument.text",
    "zip": "application/zip", "png": "image/png", "jpg": "image/jpeg", "tif": "image/tiff",
}  # fmt: skip

LABELS: dict[str, dict[str, str]] = {
    "access": {"public": "Công khai", "internal": "Nội bộ"},
    "source_kind": {
        "gazette": "Công báo", "official_copy": "Bản chính thức",
        "exchange": "Trục liên thông văn bản", "file": "Tệp văn bản, chưa đối chiếu",
        "press": "Báo chí", "dataset": "Dữ liệu",
    },
    "certainty": {"stated": "Nguồn nêu rõ", "inferred": "Suy ra, chưa xác nhận"},
    "media_type": {
        "pdf": "PDF", "docx": "Word", "doc": "Word 97–2003", "xlsx": "Excel",
        "xls": "Excel 97–2003", "odt": "OpenDocument", "zip": "Tệp nén ZIP", "png": "Ảnh PNG",
        "jpg": "Ảnh JPEG", "tif": "Ảnh TIFF",
    },
    "share": {
        "whole": "toàn bộ", "part": "một phần", "rest": "phần còn lại", "none": "không",
    },
    "level": {"province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã"},
    "event_kind": {
        "merge": "Sắp xếp", "rename": "Đổi tên", "retype": "Chuyển loại đơn vị",
        "unchanged": "Giữ nguyên",
    },
    "block": {"party": "Đảng", "government": "Chính quyền", "front": "Mặt trận"},
    "stage": {
        "draft": "Dự thảo", "trial": "Vận hành thử", "adopted": "Đã thông qua",
        "withdrawn": "Đã rút",
    },
    "regime": {
        "administrative": "Văn bản hành chính", "normative": "Văn bản quy phạm pháp luật",
        "party": "Văn bản của Đảng",
    },
    "unit_type": {t: t[0].upper() + t[1:] for t in get_args(UnitType)},
    "body_type": {
        "dai_hoi": "Đại hội", "dang_bo": "Đảng bộ", "dang_uy": "Đảng ủy",
        "ban_chap_hanh": "Ban Chấp hành Đảng bộ", "ban_thuong_vu": "Ban Thường vụ",
        "uy_ban_kiem_tra": "Ủy ban Kiểm tra", "van_phong_dang_uy": "Văn phòng Đảng ủy",
        "ban_xay_dung_dang": "Ban Xây dựng Đảng", "ban_dang": "Ban của cấp ủy",
        "hdnd": "Hội đồng nhân dân", "thuong_truc_hdnd": "Thường trực Hội đồng nhân dân",
        "ban_hdnd": "Ban của Hội đồng nhân dân", "ubnd": "Ủy ban nhân dân",
        "co_quan_chuyen_mon": "Cơ quan chuyên môn",
        "trung_tam_phuc_vu_hanh_chinh_cong": "Trung tâm Phục vụ hành chính công",
        "ub_mttq": "Ủy ban Mặt trận Tổ quốc Việt Nam",
        "ban_thuong_truc_mttq": "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam",
        "to_chuc_chinh_tri_xa_hoi": "Tổ chức chính trị - xã hội",
        "ubtvqh": "Ủy ban Thường vụ Quốc hội", "quoc_hoi": "Quốc hội", "chinh_phu": "Chính phủ",
        "bo": "Bộ, cơ quan ngang bộ", "to_cong_tac": "Tổ công tác", "khac": "Cơ quan, tổ chức khác",
    },
    "document_type": DOCUMENT_TYPES,
    "relation": {
        "based_on": "Căn cứ", "implements": "Triển khai", "guides": "Hướng dẫn",
        "amends": "Sửa đổi, bổ sung", "corrects": "Đính chính", "replaces": "Thay thế",
        "repeals": "Bãi bỏ", "suspends": "Ngưng hiệu lực", "consolidates": "Hợp nhất",
        "cites": "Dẫn chiếu", "adopted_at": "Thông qua tại",
        "formalises": "Ban hành chính thức từ bản vận hành thử", "fulfils": "Đáp ứng yêu cầu",
        "continues": "Tiếp tục áp dụng",
    },
    "inverse_relation": {
        "based_on": "Là căn cứ của", "implements": "Được triển khai bởi",
        "guides": "Được hướng dẫn bởi", "amends": "Được sửa đổi, bổ sung bởi",
        "corrects": "Được đính chính bởi", "replaces": "Được thay thế bởi",
        "repeals": "Bị bãi bỏ bởi", "suspends": "Bị ngưng hiệu lực bởi",
        "consolidates": "Được hợp nhất trong", "cites": "Được dẫn chiếu bởi",
        "adopted_at": "Đã thông qua", "formalises": "Được ban hành chính thức bởi",
        "fulfils": "Được đáp ứng bởi", "continues": "Được tiếp tục áp dụng theo",
    },
    "meeting_form": {
        "session": "Kỳ họp", "conference": "Hội nghị", "meeting": "Cuộc họp",
        "inspection": "Kiểm tra", "working_visit": "Làm việc", "trial_operation": "Vận hành thử",
    },
    "output_kind": {
        "document": "Văn bản", "conclusion": "Kết luận", "finding": "Ghi nhận",
        "difficulty": "Khó khăn, vướng mắc", "recommendation": "Kiến nghị",
        "request": "Yêu cầu", "assignment": "Giao nhiệm vụ",
    },
    "output_state": {"open": "Chưa xong", "closed": "Đã xong", "unknown": "Chưa rõ"},
    "due_kind": {
        "on": "vào ngày", "by": "đến hết ngày", "before": "trước ngày", "from": "từ ngày",
        "during": "trong thời gian",
    },
}  # fmt: skip
