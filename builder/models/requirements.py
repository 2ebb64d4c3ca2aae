"""Requirements: what each new unit must have, and who asks for it."""

from typing import ClassVar

from builder.models.base import Line, Record, RecordId, Text, UnitId, doc
from builder.models.codes import Block, BodyType
from builder.models.instruments import DocumentType
from builder.models.meetings import Due


class Requirement(Record):
    """One document (or act) that each unit in scope must have.

    An instrument meets it by the relation ``fulfils``; the state per unit is derived.
    """

    kind: ClassVar[str] = "requirements"

    title: Line = doc("Phải có gì.", "What must exist.")
    document_type: DocumentType | None = doc("Loại văn bản.", "Type of document.", None)
    body_type: BodyType | None = doc("Cơ quan phải ban hành.", "Type of issuing body.", None)
    block: Block | None = doc("Khối.", "Block.", None)
    units: tuple[UnitId, ...] = doc("Các đơn vị phải có.", "Units in scope.", min_length=1)
    due: Due | None = doc("Thời hạn.", "Deadline.", None)
    basis: tuple[RecordId, ...] = doc(
        "Bản ghi nêu yêu cầu (cuộc kiểm tra, văn bản).", "Records that ask for it.", ()
    )
    summary: Text | None = doc("Nội dung yêu cầu.", "What is asked.", None)
