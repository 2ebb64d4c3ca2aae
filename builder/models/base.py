"""What every record has: access, sources, verification, corrections.

No I/O. Values may be absent (unknown); unknown fields are refused.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from builder.models.codes import Access, Certainty, SourceKind


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field as a reference, so that the graph finds it by itself."""

    to: Literal["record", "unit"]


Date = dt.date
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=1_000, pattern=r"^[^\r\n\t]+$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
RecordId = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]+(/[a-z0-9]+(-[a-z0-9]+)*)+$", max_length=300),
    Ref("record"),
]
UnitId = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{2}([0-9]|[0-9]{3})?@([0-9]{4}-[0-9]{2}-[0-9]{2})?$"),
    Ref("unit"),
]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"'`{}|\\^]+$", max_length=2_000)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


def doc(vi: str, en: str, /, default: Any = ..., **constraints: Any) -> Any:
    """A field that explains itself to editors: Vietnamese first, English beside."""
    return Field(default, description=f"{vi}\n\n{en}", **constraints)


class Model(BaseModel):
    """Immutable, without unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Model):
    """Where facts of the record come from, and which facts."""

    kind: SourceKind = doc("Loại nguồn.", "Kind of source.")
    title: Line | None = doc("Tên nguồn.", "Title of the source.", None)
    publisher: Line | None = doc("Nơi công bố.", "Who published it.", None)
    url: Url | None = doc("Địa chỉ.", "Address.", None)
    published: Date | None = doc("Ngày công bố.", "Date of publication.", None)
    lines: tuple[Line, ...] = doc(
        "Các dòng, đoạn, khoản của nguồn mà bản ghi dựa vào, ví dụ L53.",
        "Lines, paragraphs or clauses the record rests on, e.g. L53.",
        (),
    )
    supports: tuple[Line, ...] = doc(
        "Những trường mà nguồn này làm căn cứ.", "Fields that this source supports.", (),
    )  # fmt: skip
    certainty: Certainty = doc(
        "Nguồn nêu rõ hay chỉ suy ra.", "Stated by the source, or inferred from it.", "stated"
    )
    note: Text | None = doc("Ghi chú về nguồn.", "A note on the source.", None)


class Verification(Model):
    """Somebody compared the record with an official copy."""

    by: Line = doc("Người kiểm chứng.", "Who verified.")
    on: Date = doc("Ngày kiểm chứng.", "When.")
    against: Line = doc("Đã đối chiếu với gì.", "What it was compared with.")


class Unknown(Model):
    """A fact that was looked for and not found."""

    field: Line = doc("Trường chưa biết.", "The field that is unknown.")
    why: Text = doc("Vì sao chưa biết.", "Why it is unknown.")


class Correction(Model):
    """What was corrected in a published record, and on what authority."""

    on: Date = doc("Ngày đính chính.", "Date of the correction.")
    what: Text = doc("Đã sửa gì.", "What was corrected.")
    why: Text = doc("Vì sao.", "Why.")
    by: Line = doc("Người sửa.", "Who corrected it.")
    source: Line = doc("Căn cứ để sửa.", "The source that shows it.")


class Withdrawal(Model):
    """The record stays as a tombstone: its id is never used again."""

    on: Date = doc("Ngày rút.", "Date of the withdrawal.")
    reason: Text = doc("Lý do.", "Reason.")


class ExternalRef(Model):
    """The same document in another system."""

    system: Line = doc("Hệ thống, ví dụ VNPT-iOffice.", "System, e.g. VNPT-iOffice.")
    id: Line = doc("Mã trong hệ thống đó.", "Its id there.")
    organ_id: Line | None = doc("Mã định danh cơ quan.", "OrganId of the sender.", None)


class Record(Model):
    """Fields common to all records; the folder gives the kind, the path the id."""

    kind: ClassVar[str]

    access: Access = doc(
        "Công khai hay nội bộ; không có mặc định.", "Public or internal; no default."
    )
    sources: tuple[Source, ...] = doc("Nguồn, ít nhất một.", "Sources, one at least.", min_length=1)
    verified: Literal[False] | Verification = doc(
        "false, hoặc ai đã kiểm chứng, khi nào, với gì.",
        "false, or who verified it, when, against what.",
    )
    as_of: Date = doc("Nội dung đúng tính đến ngày.", "The content holds as of this date.")
    notes: Text | None = doc("Ghi chú.", "Notes.", None)
    unknown: tuple[Unknown, ...] = doc("Những điều chưa biết.", "What is not known.", ())
    corrections: tuple[Correction, ...] = doc("Các lần đính chính.", "Corrections.", ())
    withdrawn: Withdrawal | None = doc("Bản ghi đã rút.", "The record was withdrawn.", None)
    external_refs: tuple[ExternalRef, ...] = doc("Mã ở hệ thống khác.", "Ids in other systems.", ())
    office_contacts: tuple[Line, ...] = doc(
        "Số điện thoại, hộp thư, tài khoản do cơ quan công bố, được phép nêu trong bản ghi.",
        "Telephones, mailboxes, accounts that an office publishes; they may stand in the record.",
        (),
    )
