"""Meetings: sessions, conferences, inspections, and what came out of them."""

import datetime as dt
from typing import ClassVar, Literal

from builder.models.base import Date, Line, Model, Record, RecordId, Slug, Text, UnitId, doc
from builder.models.codes import Certainty, DueKind, MeetingForm, OutputKind, OutputState


class When(Model):
    """When a meeting took place, as far as a source says."""

    date: Date | None = doc("Ngày.", "Day.", None)
    end_date: Date | None = doc("Ngày kết thúc.", "Last day, if later.", None)
    start: dt.time | None = doc("Giờ bắt đầu.", "Start time.", None)
    end: dt.time | None = doc("Giờ kết thúc.", "End time.", None)
    words: Line | None = doc("Lời của nguồn.", "What the source says, e.g. 'buổi sáng'.", None)
    certainty: Certainty = doc("Mức chắc chắn.", "Certainty.", "stated")


class Chair(Model):
    person: Slug | None = doc("Khóa của người.", "Key of the person.", None)
    name: Line | None = doc("Họ và tên.", "Name.", None)
    role: Line = doc("Chức danh.", "Role.")


class Attendance(Model):
    """Numbers as stated; absent where not."""

    summoned: int | None = doc("Số được triệu tập.", "Summoned.", None, ge=0)
    present: int | None = doc("Số có mặt.", "Present.", None, ge=0)
    words: Line | None = doc("Thành phần, theo nguồn.", "Who attended, as the source says.", None)


class Vote(Model):
    """Counts of a vote; nothing about who voted how."""

    in_favour: int = doc("Tán thành.", "In favour.", ge=0)
    against: int = doc("Không tán thành.", "Against.", 0, ge=0)
    abstaining: int = doc("Không biểu quyết.", "Abstaining.", 0, ge=0)


class AgendaItem(Model):
    title: Line = doc("Nội dung.", "Item.")
    outcome: Line | None = doc("Kết quả.", "Outcome.", None)
    vote: Vote | None = doc("Biểu quyết.", "Vote.", None)
    lines: tuple[Line, ...] = doc("Dòng của nguồn.", "Lines of the source.", ())


class Due(Model):
    """A deadline that keeps its own words: 'before' is not 'by'."""

    kind: DueKind = doc("Kiểu thời hạn.", "Kind of deadline.")
    date: Date | None = doc("Ngày.", "Day.", None)
    end_date: Date | None = doc("Ngày cuối của khoảng.", "Last day of a span.", None)
    words: Line = doc("Lời của nguồn.", "The words of the source.")


class Output(Model):
    """Something the meeting decided, found or asked for."""

    key: Slug = doc("Khóa trong bản ghi, dùng làm neo.", "Key within the record; the anchor.")
    kind: OutputKind = doc("Loại.", "Kind.")
    text: Text = doc("Nội dung.", "What it says.")
    document: RecordId | None = doc("Văn bản liên quan.", "The document concerned.", None)
    units: tuple[UnitId, ...] = doc("Đơn vị liên quan.", "Units concerned.", ())
    responsible: tuple[RecordId, ...] = doc("Cơ quan phải thực hiện.", "Bodies that must act.", ())
    responsible_words: Line | None = doc(
        "Ai phải thực hiện, theo lời nguồn.", "Who must act, as the source says.", None
    )
    addressed_to: tuple[RecordId, ...] = doc("Gửi tới cơ quan.", "Bodies addressed.", ())
    due: Due | None = doc("Thời hạn.", "Deadline.", None)
    state: OutputState = doc("Tình trạng.", "State.", "unknown")
    closed_by: RecordId | None = doc("Bản ghi cho thấy đã xong.", "What closed it.", None)
    closed_on: Date | None = doc("Ngày xong.", "When it was closed.", None)
    lines: tuple[Line, ...] = doc("Dòng của nguồn.", "Lines of the source.", ())
    certainty: Certainty = doc("Mức chắc chắn.", "Certainty.", "stated")


class Meeting(Record):
    """One meeting, conference, session, inspection or trial run."""

    kind: ClassVar[str] = "meetings"

    title: Line = doc("Tên gọi.", "Title.")
    form: MeetingForm = doc("Hình thức.", "Form.")
    mode: Literal["trial", "official"] = doc("Vận hành thử hay chính thức.", "Trial or official.")
    bodies: tuple[RecordId, ...] = doc("Cơ quan họp hoặc kiểm tra.", "Bodies that met.", ())
    units: tuple[UnitId, ...] = doc("Đơn vị.", "Units.", ())
    units_words: Line | None = doc(
        "Đơn vị theo lời nguồn, khi nguồn không nêu tên.", "Units as described, if not named.", None
    )
    term: Line | None = doc("Khóa, nhiệm kỳ.", "Term.", None)
    number: int | None = doc("Lần thứ.", "Ordinal of the session.", None, ge=1)
    when: When = doc("Thời gian.", "Time.", When())
    place: Line | None = doc("Địa điểm.", "Place.", None)
    chairs: tuple[Chair, ...] = doc("Chủ trì.", "Chairs.", ())
    attendance: Attendance | None = doc("Thành phần.", "Attendance.", None)
    agenda: tuple[AgendaItem, ...] = doc("Chương trình.", "Agenda.", ())
    outputs: tuple[Output, ...] = doc("Kết quả.", "Outputs.", ())
    related: tuple[RecordId, ...] = doc("Cuộc họp liên quan.", "Related meetings.", ())
    summary: Text | None = doc("Tóm tắt.", "Summary.", None)
