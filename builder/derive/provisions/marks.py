"""How a line shows what it begins: the marks of parts, articles, clauses, points, endings.

Each function looks at one line only; where a mark counts is decided in ``parse``.
"""

import re
from typing import NamedTuple

from builder.derive.provisions.tree import POINT_LETTERS, Kind

# First letters of what the patterns below begin with: most lines of a text begin with none, and
# a look at one letter is much cheaper than trying the patterns.
_HEADING_STARTS = frozenset("ĐÐPCMT")
_LEAD_STARTS = frozenset("#*_>")
_BASIS_STARTS = frozenset("-–+CXT")
_ENDING_STARTS = frozenset("NTKPCBGLQ")
_ATTACHED_STARTS = frozenset("QĐNKCPDHB")
_TABLE_STARTS = frozenset(" \t|+")

# Marks of emphasis and headings that a conversion to Markdown leaves before the words.
_LEAD = re.compile(r"[\s>]*(?:#{1,6}\s)?[*_\s]*")
_END = r"(?:[ \t\xa0]*\\?[.:](?!\d)|[ \t\xa0]+[-–—](?=\s)|[*_\\\s]*$)"
_ROMAN = "[IVXLC]{1,8}"
_ORDINAL = r"(?i:thứ)[ \xa0]+\w{1,6}(?:[ \xa0]+\w{1,6})?"
_ARTICLE = re.compile(rf"[ĐÐ](?:iều|IỀU)[ \t\xa0]+(\d{{1,4}}[a-zđA-ZĐ]{{0,2}}){_END}")
_TITLED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"(?:Phần|PHẦN)[ \t\xa0]+({_ROMAN}|\d{{1,3}}|{_ORDINAL})\b")),
    ("chapter", re.compile(rf"(?:Chương|CHƯƠNG)[ \t\xa0]+({_ROMAN}[a-z]?|\d{{1,3}}[a-z]?)\b")),
    ("section", re.compile(rf"(?:Mục|MỤC)[ \t\xa0]+({_ROMAN}|\d{{1,3}}[a-z]?)\b")),
    ("subsection", re.compile(rf"(?:Tiểu mục|TIỂU MỤC)[ \t\xa0]+({_ROMAN}|\d{{1,3}}[a-z]?)\b")),
)
_APPENDIX = re.compile(
    r"(?:Phụ lục|PHỤ LỤC)(?:[ \t\xa0]+(?:số[ \xa0]+|SỐ[ \xa0]+)?"
    rf"({_ROMAN}|\d{{1,3}}[a-zA-Z]?|[A-Z]))?\b"
)
_AFTER_TITLE = re.compile(_END)
_SECTION = re.compile(r"([IVXL]{1,8})[ \t]?\\?\.(?=\s|[^\W\d])")
_PART = re.compile(r"([A-H])\\?\.[ \t\xa0]")
_CLAUSE = re.compile(
    r"(\d{1,3}[a-zđ]{0,2})(?:\\?(\.)(?=\s|[^\W\d])|\\?(\))(?=\s)|([-–])(?=[ \t\xa0]))"
)
_SUBCLAUSE = re.compile(r"(\d{1,3}(?:\\?\.\d{1,3}){1,2})\\?[.–-]?(?=[ \t\xa0])")
_POINT = re.compile(rf"([{POINT_LETTERS}]\d?)(?:\\?(\))|\\?([-–./])(?=[ \t\xa0]))")
_TABLE = re.compile(r"[ \t]*(?:\||\+[-=:+]{3,}\s*$)")
_BASIS = re.compile(
    r"(?:[-–+][ \t\xa0]*)?(?:Căn cứ|Xét|Thực hiện|Theo đề nghị|Xét đề nghị|Trên cơ sở)\b"
)
_RECIPIENTS = re.compile(r"(?:Nơi nhận|NƠI NHẬN)[*_\s]*:?")
_SIGNATURE = re.compile(
    r"(?:(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\b\.?[ \xa0]{0,9}\w"
    r"|(?:PHÓ )?(?:CHỦ TỊCH|BÍ THƯ|CHỦ NHIỆM|TRƯỞNG BAN|GIÁM ĐỐC|CHÁNH VĂN PHÒNG"
    r"|CHỦ TỌA KỲ HỌP)\W*$)"
)
_ADOPTED = re.compile(
    r"(?:Luật|Pháp lệnh|Nghị quyết|Quyết định|Quy chế|Quy định) này (?:đã )?được "
    r"(?:Quốc hội|Ủy ban|Uỷ ban|Hội đồng nhân dân|Ban Chấp hành|Ban Thường vụ|Đại hội|Hội nghị)\b"
)
_ATTACHED = re.compile(
    r"(?:QUY CHẾ|QUY ĐỊNH|QUY TRÌNH|ĐIỀU LỆ|NỘI QUY|ĐỀ ÁN|KẾ HOẠCH|CHƯƠNG TRÌNH|PHƯƠNG ÁN"
    r"|DANH MỤC|HƯỚNG DẪN|BẢNG|BIỂU)\b"
)
_WITH = re.compile(r"[*_\s]*\(?(?:Ban hành |Được ban hành )?[Kk]èm theo\b")


class Mark(NamedTuple):
    """What a line begins: its kind and label, where the marker ends, how the label is closed."""

    kind: Kind
    label: str
    head: int
    closed_by: str = ""


def lead(line: str) -> int:
    """Where the words of a line begin, after blanks and marks of emphasis."""
    first = line[:1]
    if not first.isspace() and first not in _LEAD_STARTS:
        return 0
    found = _LEAD.match(line)
    return found.end() if found else 0


def heading_mark(line: str, start: int) -> Mark | None:
    """Phần, Chương, Mục, Tiểu mục, Điều or Phụ lục at ``start``.

    >>> heading_mark("Điều 5a. Nhiệm vụ", 0)
    Mark(kind='article', label='5a', head=8, closed_by='')
    >>> heading_mark("Điều 5 của Luật này quy định", 0) is None
    True
    """
    if line[start : start + 1] not in _HEADING_STARTS:
        return None
    if found := _ARTICLE.match(line, start):
        return Mark("article", found[1].lower(), found.end())
    for kind, pattern in _TITLED:
        if found := pattern.match(line, start):
            end = _title_end(line, found.end())
            return Mark(kind, found[1], end) if end else None
    if found := _APPENDIX.match(line, start):
        end = _title_end(line, found.end())
        return Mark("appendix", found[1] or "", end) if end else None
    return None


def _title_end(line: str, end: int) -> int:
    """Where the marker ends if what follows can be its title; 0 if it is a mere mention."""
    if found := _AFTER_TITLE.match(line, end):
        return found.end()
    return end if is_upper(line[end : end + 300]) else 0


def part_mark(line: str, start: int) -> Mark | None:
    """``A. QUY ĐỊNH CHUNG``: a part numbered by a letter, its title in capitals."""
    found = _PART.match(line, start)
    if found and is_upper(line[found.end() : found.end() + 300]):
        return Mark("part", found[1], found.end())
    return None


def section_mark(line: str, start: int) -> Mark | None:
    """``II. NHIỆM VỤ``: a section numbered by a Roman numeral alone."""
    found = _SECTION.match(line, start)
    if found and roman(found[1]):
        return Mark("section", found[1], found.end())
    return None


def clause_mark(line: str, start: int) -> Mark | None:
    """``1.``, ``2a.``, ``3)``, also without a blank behind it, which conversions lose.

    ``1-``, as the Party writes, only counts in order: it begins spans (``5- 7 ngày``), too.
    """
    if found := _CLAUSE.match(line, start):
        return Mark("clause", found[1], found.end(), found[2] or found[3] or "-")
    return None


def subclause_mark(line: str, start: int) -> Mark | None:
    """``1.2.`` or ``1.2.3``; whether 30.4 is one or a date only the clause around it tells."""
    if found := _SUBCLAUSE.match(line, start):
        return Mark("subclause", found[1].replace("\\", ""), found.end())
    return None


def point_mark(line: str, start: int) -> Mark | None:
    """``a)``, ``đ)``, ``a1)``; also ``a.``, ``a/``, ``a-``, which the order must bear out."""
    if found := _POINT.match(line, start):
        return Mark("point", found[1], found.end(), found[2] or found[3])
    return None


def roman(numeral: str) -> int:
    """The value of a Roman numeral written as it should be; 0 for anything else.

    >>> [roman(numeral) for numeral in ("IV", "XII", "IIII", "ABC")]
    [4, 12, 0, 0]
    """
    if not re.fullmatch(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", numeral):
        return 0
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )


def is_upper(text: str) -> bool:
    """Whether there are letters, and all are capitals."""
    return text.isupper()


def is_table(line: str) -> bool:
    return line[:1] in _TABLE_STARTS and _TABLE.match(line) is not None


def is_basis(line: str, start: int) -> bool:
    """A line of the preamble that gives a ground: Căn cứ, Xét đề nghị, Theo đề nghị."""
    return line[start : start + 1] in _BASIS_STARTS and _BASIS.match(line, start) is not None


def ending(line: str, start: int) -> Kind | None:
    """Whether a line begins the end of a document, and which part of it."""
    if line[start : start + 1] not in _ENDING_STARTS:
        return None
    if _RECIPIENTS.match(line, start):
        return "recipients"
    if _SIGNATURE.match(line, start):
        return "signature"
    if _ADOPTED.match(line, start):
        return "closing"
    return None


def table_ending(row: str) -> bool:
    """Whether a row of a table holds recipients or a signature."""
    return any(ending(cell, lead(cell)) in ("recipients", "signature") for cell in row.split("|"))


def is_attached_title(line: str, start: int) -> bool:
    """``QUY CHẾ``, ``QUY ĐỊNH`` …: the title of a document issued with another."""
    if line[start : start + 1] not in _ATTACHED_STARTS:
        return False
    return _ATTACHED.match(line, start) is not None and is_upper(line[start : start + 300])


def says_attached(line: str) -> bool:
    """``(Ban hành kèm theo Quyết định số …)``."""
    return _WITH.match(line) is not None
