"""The fictional province Ví Dụ, before and after, with every kind of name that is hard to read."""

import datetime as dt

from builder.ingest.resolution import Origin, Reading, read_resolution
from builder.ingest.resolution.text import Text
from builder.models.units import UnitRow

LAST, FIRST = dt.date(2025, 6, 30), dt.date(2025, 7, 1)
DISTRICTS = {
    "991": ("huyện", "Sông Mẫu"), "992": ("thị xã", "Đồi Gió"), "993": ("thành phố", "Ví Dụ"),
    "994": ("huyện", "Hòn Xa"), "995": ("huyện", "Bãi Cát"),
}  # fmt: skip
FORMER = {
    "99001": ("xã", "An Bình", "991"), "99002": ("xã", "Bình Minh", "991"),
    "99003": ("thị trấn", "Sông Mẫu", "991"), "99004": ("xã", "Hòa Bình", "991"),
    "99005": ("xã", "Hòa Bình", "992"), "99006": ("xã", "Mường Và", "992"),
    "99007": ("xã", "Đại Thành", "992"), "99008": ("phường", "1", "993"),
    "99009": ("phường", "2", "993"), "99010": ("phường", "1", "992"),
    "99011": ("phường", "Phường Cũ", "993"), "99012": ("thị trấn", "NT Gió Mới", "992"),
    "99013": ("xã", "K' Lang", "991"), "99014": ("xã", "Mỹ Lí", "991"),
    "99015": ("xã", "Tân Lập 1", "992"), "99016": ("xã", "Tân Lập 2", "992"),
    "99017": ("phường", "Bến Nước - Cầu Tre", "993"), "99018": ("xã", "Gò Đá", "993"),
    "99019": ("xã", "Thuỷ Tiên", "993"), "99020": ("xã", "Cát Trắng", "995"),
    "99021": ("xã", "Cát Vàng", "995"), "99022": ("xã", "Suối Lạnh", "991"),
}  # fmt: skip
PRESENT = {
    "99001": ("xã", "An Bình"), "99004": ("xã", "Hòa Bình"), "99005": ("xã", "Hòa Bình Đông"),
    "99007": ("xã", "Đại Thành"), "99008": ("phường", "Ví Dụ"), "99012": ("xã", "Gió Mới"),
    "99015": ("xã", "Tân Lập"), "99017": ("phường", "Cầu Tre"), "99018": ("xã", "Gò Đá"),
    "99020": ("đặc khu", "Cát Trắng"), "99030": ("đặc khu", "Hòn Xa"),
    "99022": ("xã", "Suối Lạnh 1"),
}  # fmt: skip

ROWS: list[UnitRow] = [
    UnitRow(code="99", type="tỉnh", name="Ví Dụ"),
    *(
        UnitRow(code=code, type=kind, name=name, parent="99", valid_to=LAST)
        for code, (kind, name) in DISTRICTS.items()
    ),
    *(
        UnitRow(code=code, type=kind, name=name, parent=parent, valid_to=LAST)
        for code, (kind, name, parent) in FORMER.items()
    ),
    *(
        UnitRow(code=code, type=kind, name=name, parent="99", valid_from=FIRST)
        for code, (kind, name) in PRESENT.items()
    ),
]

HEAD = """\
Số: 9999/NQ-UBTVQH15

Hà Nội, ngày 16 tháng 6 năm 2025

QUYẾT NGHỊ:

Điều 1. Sắp xếp các đơn vị hành chính cấp xã của tỉnh Ví Dụ

Quyết định sắp xếp các đơn vị hành chính cấp xã của tỉnh Ví Dụ như sau:

"""
FOOT = """\

Điều 2. Hiệu lực thi hành

1. Các xã này chính thức hoạt động từ ngày 01 tháng 7 năm 2025.

Nghị quyết này được thông qua ngày 16 tháng 6 năm 2025.
"""
ALL = "toàn bộ diện tích tự nhiên, quy mô dân số của"
SOME = "một phần diện tích tự nhiên, quy mô dân số của"


def whole(sources: str, target: str) -> str:
    """A clause without its number."""
    return f"Sắp xếp {ALL} {sources} thành xã mới có tên gọi là {target}."


def resolution(*clauses: str) -> str:
    """The clauses, numbered, as a whole text."""
    return HEAD + "\n\n".join(f"{n}. {each}" for n, each in enumerate(clauses, 1)) + "\n" + FOOT


def read(text: str) -> Reading:
    return read_resolution(Text(text), ROWS, Origin("9999_NQ-UBTVQH15.md"))


def taken(text: str, clause: int = 1) -> list[tuple[object, ...]]:
    """What a clause takes: (code or place, area, population, clauses referred to)."""
    record = read(text).record
    assert record is not None
    return [
        (s.unit.partition("@")[0] if s.unit else s.place, s.area, s.population, s.after)
        for event in record.events
        if event.clause == clause
        for s in event.sources
    ]


def codes(sources: str, target: str = "xã An Bình") -> list[object]:
    """Codes (or places) of the sources of a single clause that takes everything."""
    return [code for code, *_ in taken(resolution(whole(sources, target)))]
