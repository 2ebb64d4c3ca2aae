"""Administrative units: one tabular file per province, an identity per code and time.

A unit is ``code@valid_from``. Where the beginning is not known (units that
stood before the lists begin) the part after ``@`` is empty: ``06622@``.
"""

from typing import Annotated, ClassVar

from pydantic import StringConstraints, model_validator

from builder.models.base import Date, Line, Model, Record, doc
from builder.models.codes import Level, UnitType

Code = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}([0-9]|[0-9]{3})?$")]
LEVEL_OF_LENGTH: dict[int, Level] = {2: "province", 3: "district", 5: "commune"}


class UnitRow(Model):
    """One unit during one span of time; both ends of the span belong to it."""

    code: Code = doc(
        "Mã của cơ quan thống kê: 2 số (tỉnh), 3 (huyện), 5 (xã); viết trong nháy kép.",
        "Code of the statistics office: 2 digits (province), 3 (district), 5 (commune); quoted.",
    )
    type: UnitType = doc("Loại đơn vị.", "Type of unit.")
    name: Line = doc("Tên, không kèm loại đơn vị.", "Name without the type.")
    parent: Code | None = doc("Mã đơn vị cấp trên trực tiếp.", "Code of the unit above.", None)
    valid_from: Date | None = doc(
        "Ngày đầu tiên; bỏ trống nếu không biết.", "First day; absent if not known.", None
    )
    valid_to: Date | None = doc(
        "Ngày cuối cùng; bỏ trống nếu còn tồn tại.", "Last day; absent while it exists.", None
    )

    @property
    def id(self) -> str:
        return f"{self.code}@{self.valid_from or ''}"

    @property
    def level(self) -> Level:
        return LEVEL_OF_LENGTH[len(self.code)]

    @property
    def full_name(self) -> str:
        """Type and name as written at the head of a line: ``Xã Bính Xá``, ``Phường 1``."""
        if self.type == "thành phố trực thuộc trung ương":
            return f"Thành phố {self.name}"
        return f"{self.type[0].upper()}{self.type[1:]} {self.name}"


class UnitFile(Record):
    """All units of one province, former and present."""

    kind: ClassVar[str] = "units"

    province: Line = doc("Tên tỉnh, thành phố, kèm loại.", "Name of the province with its type.")
    units: tuple[UnitRow, ...] = doc("Các đơn vị, mỗi dòng một đơn vị.", "Units, each on a line.")

    @model_validator(mode="after")
    def _one_row_per_identity(self) -> "UnitFile":
        seen: set[str] = set()
        for row in self.units:
            if row.id in seen:
                raise ValueError(f"unit {row.id} stands twice in this file")
            seen.add(row.id)
        return self
