"""Instruments: resolutions, regulations and other documents share one model.

Whether an instrument is in force on a date is derived, never stored.
"""

from typing import Annotated, ClassVar

from pydantic import StringConstraints

from builder.models.attachments import MAX_ATTACHMENTS, Attachment
from builder.models.base import Date, Line, Model, Record, RecordId, Text, UnitId, doc
from builder.models.codes import (
    DOCUMENT_TYPES,
    Certainty,
    Regime,
    RelationType,
    Stage,
)

DocumentType = Annotated[
    str,
    StringConstraints(pattern="^(" + "|".join(DOCUMENT_TYPES) + ")$"),
]
Anchor = Annotated[
    str, StringConstraints(pattern=r"^[a-z]+(-[a-z0-9]+)*(\.[a-z]+(-[a-z0-9]+)*)*$", max_length=120)
]


class Dates(Model):
    """Legal facts of the instrument; absent where a source does not say."""

    signed: Date | None = doc("Ngày ký.", "Signed.", None)
    adopted: Date | None = doc("Ngày thông qua.", "Adopted.", None)
    issued: Date | None = doc("Ngày ban hành.", "Issued.", None)
    published: Date | None = doc("Ngày đăng công báo.", "Published.", None)
    effective: Date | None = doc("Ngày có hiệu lực.", "In force from.", None)
    expires: Date | None = doc(
        "Ngày cuối cùng có hiệu lực theo chính văn bản.", "Last day by its own term.", None
    )


class Relation(Model):
    """What this instrument does to, or says of, another; stored on the acting one."""

    type: RelationType = doc("Loại quan hệ.", "Type of relation.")
    target: RecordId | None = doc("Bản ghi đích.", "The record acted upon.", None)
    cites: Line | None = doc(
        "Văn bản không có trong kho, viết như trong lời văn.",
        "A document that is not in the registry, as cited.",
        None,
    )
    provisions: tuple[Anchor, ...] = doc(
        "Các điều khoản của văn bản đích, ví dụ dieu-5.khoan-2.",
        "Provisions of the target, e.g. dieu-5.khoan-2; none means the whole.",
        (),
    )
    valid_from: Date | None = doc(
        "Ngày tác động bắt đầu, nếu khác ngày có hiệu lực của văn bản này.",
        "When the effect begins, if not with this instrument.",
        None,
    )
    valid_to: Date | None = doc("Ngày cuối của tác động.", "Last day of the effect.", None)
    territory: tuple[UnitId, ...] = doc(
        "Chỉ tác động trong địa bàn này.", "Effect limited to these (former) units.", ()
    )
    disclose: bool = doc(
        "Nếu bản ghi này là nội bộ: cho công chúng biết có một văn bản không công khai tác động "
        "đến văn bản đích, thế nào và từ ngày nào, không nêu gì khác. Nếu không, trang công khai "
        "của văn bản đích chỉ nói là chưa xác nhận được tình trạng.",
        "If this record is internal: tell the public that a document that is not public acts on "
        "the target, how and from when, and nothing else. If not, the public page of the target "
        "only says that its state cannot be confirmed.",
        False,
    )
    lines: tuple[Line, ...] = doc("Dòng của nguồn.", "Lines of the source.", ())
    certainty: Certainty = doc("Mức chắc chắn.", "Certainty.", "stated")
    note: Text | None = doc("Ghi chú.", "Note.", None)


class TextVersion(Model):
    """A later version of the text, in the file ``<name>.<valid_from>.txt``."""

    valid_from: Date = doc("Ngày bắt đầu.", "Holds from.")
    changed_by: RecordId | None = doc("Văn bản đã sửa.", "The instrument that changed it.", None)


class Signer(Model):
    name: Line = doc("Họ và tên.", "Name.")
    role: Line | None = doc("Chức vụ.", "Position.", None)
    competence: Line | None = doc("Thẩm quyền ký: TM., KT., TL.", "TM., KT. or TL.", None)


class Instrument(Record):
    """A document of a body."""

    title: Line = doc("Tên gọi hoặc trích yếu.", "Title or abstract (trích yếu).")
    type: DocumentType = doc("Loại văn bản.", "Type of document.")
    number: Line | None = doc(
        "Số và ký hiệu đầy đủ; bỏ trống nếu không biết.",
        "Full number and symbol; absent if not known, never a placeholder.",
        None,
    )
    regime: Regime | None = doc(
        "Hành chính, quy phạm pháp luật hay văn bản của Đảng; bỏ trống nếu chưa xác định.",
        "Administrative, normative, or of the Party; absent if undetermined.",
        None,
    )
    series_term: Line | None = doc(
        "Nhiệm kỳ của cấp ủy (dãy số của văn bản Đảng).",
        "Committee term of a Party number series, e.g. 2020-2025.",
        None,
    )
    issuer: RecordId | None = doc("Cơ quan ban hành.", "Issuing body.", None)
    co_issuers: tuple[RecordId, ...] = doc("Cơ quan cùng ban hành.", "Joint issuers.", ())
    stage: Stage = doc(
        "Giai đoạn: dự thảo, vận hành thử, đã thông qua, đã rút.",
        "Stage: draft, trial, adopted, withdrawn.",
    )
    dates: Dates = doc("Các ngày theo pháp lý.", "Legal dates.", Dates())
    shortened_procedure: bool = doc(
        "Ban hành theo trình tự, thủ tục rút gọn, nếu nguồn nêu.",
        "Issued by the shortened procedure, if a source says so.",
        False,
    )
    territory: tuple[UnitId, ...] = doc(
        "Địa bàn áp dụng, nếu khác địa bàn của cơ quan ban hành.",
        "Territory, if not the issuer's unit.",
        (),
    )
    relations: tuple[Relation, ...] = doc("Quan hệ với văn bản khác.", "Relations.", ())
    signers: tuple[Signer, ...] = doc("Người ký.", "Signers.", ())
    summary: Text | None = doc("Tóm tắt.", "Summary.", None)
    text_versions: tuple[TextVersion, ...] = doc(
        "Các bản lời văn về sau.", "Later versions of the text.", ()
    )

    attachments: tuple[Attachment, ...] = doc(
        "Các tệp đính kèm.", "Files attached.", (), max_length=MAX_ATTACHMENTS
    )

    @property
    def is_adopted(self) -> bool:
        """Whether it can change anything in force: adopted, by a record that was not withdrawn."""
        return self.stage == "adopted" and self.withdrawn is None


class Resolution(Instrument):
    kind: ClassVar[str] = "resolutions"


class Regulation(Instrument):
    kind: ClassVar[str] = "regulations"


class Document(Instrument):
    kind: ClassVar[str] = "documents"
