"""Bodies of the Party, the government and the Front, with their office-holders.

Working groups are bodies, too. Office-holders are bounded in time; who holds
what on a date is derived.
"""

from typing import ClassVar

from builder.models.base import Date, Line, Model, Record, RecordId, Slug, UnitId, doc
from builder.models.codes import Block, BodyType, Certainty


class OfficeHolder(Model):
    """One person in one role for one span of time, as far as a source says."""

    person: Slug = doc(
        "Khóa của người, giống nhau ở mọi bản ghi.", "Key of the person, the same everywhere."
    )
    name: Line = doc("Họ và tên.", "Full name.")
    role: Line = doc("Chức danh.", "Role.")
    valid_from: Date | None = doc("Từ ngày.", "First day in the role, if known.", None)
    valid_to: Date | None = doc("Đến hết ngày.", "Last day in the role, if known.", None)
    attested_on: Date | None = doc(
        "Ngày mà nguồn cho thấy đang giữ chức.", "A day on which a source shows the role held.",
        None,
    )  # fmt: skip
    lines: tuple[Line, ...] = doc("Dòng của nguồn.", "Lines of the source.", ())
    certainty: Certainty = doc("Mức chắc chắn.", "Certainty.", "stated")


class Delegation(Model):
    """A part of a working group with a head of its own."""

    name: Line = doc("Tên đoàn.", "Name of the delegation.")
    head: Slug | None = doc("Trưởng đoàn.", "Its head (key of the person).", None)
    units: tuple[UnitId, ...] = doc("Các đơn vị phụ trách.", "Units it covers.", ())
    lines: tuple[Line, ...] = doc("Dòng của nguồn.", "Lines of the source.", ())


class Body(Record):
    """A body of a unit, or one made for a task."""

    kind: ClassVar[str] = "bodies"

    name: Line = doc("Tên đầy đủ.", "Full name.")
    abbreviations: tuple[Line, ...] = doc("Chữ viết tắt.", "Abbreviations.", ())
    type: BodyType = doc("Loại cơ quan.", "Type of body.")
    block: Block | None = doc(
        "Khối: Đảng, chính quyền, Mặt trận; bỏ trống với cơ quan ngoài ba khối.",
        "Block: Party, government, Front; absent for bodies outside the three.",
        None,
    )
    unit: UnitId | None = doc("Đơn vị hành chính.", "Its unit; absent for central bodies.", None)
    parent: RecordId | None = doc("Cơ quan cấp trên trực tiếp.", "The body it belongs to.", None)
    term: Line | None = doc("Khóa, nhiệm kỳ.", "Term, e.g. 'khóa I, nhiệm kỳ 2025-2030'.", None)
    established: Date | None = doc("Ngày thành lập.", "Day of establishment.", None)
    ended: Date | None = doc("Ngày kết thúc hoạt động.", "Last day.", None)
    number: int | None = doc("Số thứ tự (tổ công tác).", "Number of a working group.", None, ge=1)
    covers: tuple[UnitId, ...] = doc(
        "Các đơn vị mà tổ công tác phụ trách.", "Units a working group covers.", ()
    )
    former_area: UnitId | None = doc(
        "Địa bàn cấp huyện cũ mà tổ công tác phụ trách.", "Former district it covers.", None
    )
    office_holders: tuple[OfficeHolder, ...] = doc("Người giữ chức vụ.", "Office-holders.", ())
    delegations: tuple[Delegation, ...] = doc("Các đoàn của tổ.", "Delegations.", ())
