"""Merger records: one file per resolution, one event per clause.

Area and population are kept apart, as the clauses keep them apart. Splits are
not stored: a unit that is a source of several events was divided.
"""

from typing import ClassVar

from pydantic import model_validator

from builder.models.base import Date, Line, Model, Record, RecordId, Sha256, UnitId, doc
from builder.models.codes import EventKind, Share


class MergerSource(Model):
    """What a clause takes from one former unit, or from a place that is no unit."""

    unit: UnitId | None = doc("Đơn vị cũ.", "Former unit.", None)
    place: Line | None = doc(
        "Nơi không phải đơn vị hành chính, ví dụ một trường bắn.",
        "A place that is no administrative unit, e.g. a firing range.",
        None,
    )
    area: Share = doc("Phần diện tích tự nhiên.", "Share of the natural area.")
    population: Share = doc("Phần quy mô dân số.", "Share of the population.")
    after: tuple[int, ...] = doc(
        "Các khoản mà “phần còn lại” dẫn chiếu.",
        "Clauses that a remainder refers to ('sau khi sắp xếp theo quy định tại khoản …').",
        (),
    )

    @model_validator(mode="after")
    def _unit_or_place(self) -> "MergerSource":
        if (self.unit is None) == (self.place is None):
            raise ValueError("a source names either a unit or a place")
        if self.area == self.population == "none":
            raise ValueError("a source gives area or people")
        return self


class MergerEvent(Model):
    """One clause: what came from where into one unit."""

    clause: int = doc("Số khoản trong điều.", "Number of the clause.", ge=1, le=999)
    kind: EventKind = doc("Loại sự kiện.", "Kind of event.")
    sources: tuple[MergerSource, ...] = doc("Các đơn vị nguồn.", "Sources.", min_length=1)
    target: UnitId = doc("Đơn vị hình thành.", "The unit formed.")
    digest: Sha256 = doc(
        "SHA-256 của lời văn khoản, đã chuẩn hóa.", "SHA-256 of the clause's normalised text."
    )


class Totals(Model):
    """What the closing clause counts; absent where it does not say."""

    clause: int = doc("Số khoản.", "Number of the clause.", ge=1, le=999)
    units: int = doc("Tổng số đơn vị cấp xã.", "Commune-level units in all.", ge=0)
    xa: int = doc("Số xã.", "Communes.", 0, ge=0)
    phuong: int = doc("Số phường.", "Wards.", 0, ge=0)
    dac_khu: int = doc("Số đặc khu.", "Special zones.", 0, ge=0)
    unchanged: int = doc("Số đơn vị không sắp xếp.", "Units not rearranged.", 0, ge=0)
    digest: Sha256 = doc("SHA-256 của lời văn khoản.", "SHA-256 of the clause's text.")


class SplitException(Model):
    """A divided unit without the usual single remainder of area, as the clauses have it."""

    unit: UnitId = doc("Đơn vị bị chia.", "The divided unit.")
    clauses: tuple[int, ...] = doc("Các khoản.", "The clauses.", min_length=2)
    why: Line = doc("Lời văn chia thế nào.", "How the clauses divide it.")


class MergerRecord(Record):
    """The rearrangement that one resolution decides."""

    kind: ClassVar[str] = "mergers"

    title: Line = doc("Tên gọi.", "Title.")
    resolution: RecordId = doc("Nghị quyết.", "The resolution (a record of resolutions/).")
    article: int = doc("Số điều chứa các khoản.", "Article that holds the clauses.", 1, ge=1)
    province: UnitId = doc("Tỉnh, thành phố.", "Province.")
    adopted: Date = doc("Ngày thông qua.", "Date of adoption.")
    operational_from: Date = doc(
        "Ngày chính quyền mới chính thức hoạt động.", "Day from which new authorities operate."
    )
    totals: Totals | None = doc("Khoản kết luận.", "The closing clause.", None)
    split_exceptions: tuple[SplitException, ...] = doc(
        "Đơn vị bị chia khác lệ thường.", "Units divided otherwise than with one remainder.", ()
    )
    events: tuple[MergerEvent, ...] = doc("Các khoản.", "One event per clause.", min_length=1)
