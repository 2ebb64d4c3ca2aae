"""Continuity rules: what becomes of the documents of a unit that was rearranged.

A rule is a record with its legal basis; only a confirmed one without a condition decides
anything (see ``builder.derive.continuity``).
"""

from typing import ClassVar, Literal

from pydantic import model_validator

from builder.models.base import Date, Line, Model, Record, RecordId, Text, doc
from builder.models.codes import Regime

RuleEffect = Literal["continues", "ends", "act_by"]
RuleCase = Literal["merged", "divided", "part_transferred", "unchanged", "district", "body"]


class LegalBasis(Model):
    """The provision of law that a rule rests on."""

    cites: Line = doc("Điều khoản, viết như khi viện dẫn.", "The provision, as cited.")
    document: RecordId | None = doc("Bản ghi của văn bản đó.", "Its record, if any.", None)


class ContinuityRule(Record):
    """What the law says of documents whose unit was rearranged, as far as it was confirmed."""

    kind: ClassVar[str] = "rules"

    title: Line = doc("Tên gọi ngắn.", "Short name.")
    says: Text = doc("Quy tắc nói gì.", "What the rule says.")
    effect: RuleEffect | None = doc(
        "Hệ quả. Văn bản tiếp tục áp dụng (continues), hết hiệu lực (ends), hay phải xử lý trước "
        "thời hạn (act_by); bỏ trống nếu chưa biết.",
        "Effect. Documents go on, end, or must be acted upon by a day; absent if not known.",
        None,
    )
    cases: tuple[RuleCase, ...] = doc(
        "Trường hợp: nhập toàn bộ, bị chia, chuyển một phần, giữ nguyên, cấp huyện, cơ quan kết "
        "thúc.",
        "Cases: merged whole, divided, part transferred, unchanged, district level, body ended.",
        min_length=1,
    )
    regimes: tuple[Regime, ...] = doc(
        "Áp dụng cho loại văn bản nào; bỏ trống là mọi loại.",
        "Regimes it applies to; none means all.",
        (),
    )
    condition: Line | None = doc(
        "Điều kiện. Viết tiếp sau chữ “nếu”, khi quy tắc chỉ nói về một số văn bản. Kho không tự "
        "kết luận văn bản nào đáp ứng điều kiện.",
        "Condition. As it follows 'if', where the rule is on some documents only. The registry "
        "does not conclude by itself which meet it.",
        None,
    )
    legal_basis: tuple[LegalBasis, ...] = doc("Căn cứ pháp lý.", "Legal basis.", ())
    confirmed: bool = doc(
        "Đã đọc thấy trong một nguồn hay chưa; nguồn nào thì ghi ở confirmation.",
        "Whether the rule was read in a source; 'confirmation' says in which.",
    )
    confirmation: Line | None = doc(
        "Đã xác nhận ở đâu.", "Where it was confirmed; needed if confirmed.", None
    )
    valid_from: Date | None = doc("Ngày đầu tiên áp dụng.", "First day it applies.", None)
    until: Date | None = doc("Ngày cuối cùng, hoặc hạn xử lý.", "Last day, or the deadline.", None)

    @model_validator(mode="after")
    def _confirmed_somewhere(self) -> "ContinuityRule":
        if self.confirmed and self.confirmation is None:
            raise ValueError("a confirmed rule says in 'confirmation' where it was confirmed")
        if self.confirmed and self.effect is None:
            raise ValueError("a confirmed rule has an effect")
        if self.effect == "act_by" and self.until is None:
            raise ValueError("a rule with the effect act_by has its deadline in 'until'")
        return self
