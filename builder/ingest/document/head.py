"""The head of a document: issuer, number and symbol, place and date, type, trích yếu.

Decree 30/2020/NĐ-CP, Annex I, and for the Party Hướng dẫn 36-HD/VPTW: the left column has the
issuer (under the body above it) and the number, the right one the state's or Party's name and
place and date; type and trích yếu stand in the middle below, those of a despatch on the left.
"""

import datetime as dt
import re
import unicodedata

from builder.derive.numbering import parse
from builder.fold import fold
from builder.ingest.document.paper import Line
from builder.ingest.document.reading import Reading
from builder.models.codes import DOCUMENT_TYPES

_NUMBER = re.compile(r"^\s*Số\s*[:.]?\s*(?P<number>.*)$", re.IGNORECASE)
_DAY = re.compile(
    r"^(?P<place>[^,]{0,80}?),?\s*ngày\s*(?P<day>[\d.…\s_]*?)\s*tháng\s*(?P<month>[\d.…\s_]*?)\s*"
    r"năm\s*(?P<year>\d{4}|[\d.…\s_]*)\.?$",
    re.IGNORECASE,
)
_RULE = re.compile(r"^[\W_]*$")
_MOTTO = ("cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc")
_PARTY = "dang cong san viet nam"
_STOP = re.compile(
    r"(Căn cứ|Theo |Xét |Thực hiện |Để |Kính gửi|Điều 1\b|Chương I\b|Phần |Phần thứ|I\.|1\.)"
)
_ABOUT = re.compile(r"^\s*(V/v|Về việc)\s*:?\s*", re.IGNORECASE)
_TYPES = {fold(name): code for code, name in DOCUMENT_TYPES.items()}
MAX_HEAD = 40


def read_head(lines: list[Line], reading: Reading) -> int:
    """Fills the reading from the head; gives the index of the first line after it."""
    at = _type_line(lines)
    body = next((i for i, each in enumerate(lines) if not each.side), len(lines))
    head = lines[: at if at is not None else min(body, MAX_HEAD)]
    reading.party = any(fold(each.text).strip() == _PARTY for each in head)
    left = [each for each in head if each.side != "right"]
    _number(left, reading)
    _place_and_day(head, reading)
    _issuer(left, reading)
    if at is not None:
        line = lines[at]
        reading.type = _TYPES[_type_key(line.text)]
        reading.found("type", reading.type, line.where)
        return _abstract(lines, at + 1, reading)
    return _despatch(lines, left, body, reading)


def _type_key(text: str) -> str:
    return " ".join(fold(text).strip(" :*-").split())


def _type_line(lines: list[Line]) -> int | None:
    for index, line in enumerate(lines[:MAX_HEAD]):
        if line.side or line.text != line.text.upper():
            continue
        if _type_key(line.text) in _TYPES:
            return index
    return None


def _number(left: list[Line], reading: Reading) -> None:
    for line in left:
        found = _NUMBER.match(line.text)
        if found is None:
            continue
        text = unicodedata.normalize("NFC", found["number"]).strip(" .")
        if parse(text) is not None:
            reading.number = text
            reading.found("number", text, line.where)
            return
        if re.search(r"\d", text.partition("/")[0].partition("-")[0]):
            reading.lacks("number", f"Không đọc được số “{text[:60]}” ({line.where}).")
        else:
            reading.lacks("number", f"Văn bản chưa được ghi số ({line.where}).")
        return
    reading.lacks("number", "Không thấy dòng “Số: …” ở phần đầu.")


def _place_and_day(head: list[Line], reading: Reading) -> None:
    for line in head:
        found = _DAY.match(line.text.strip())
        if found is None:
            continue
        reading.place = found["place"].strip() or None
        try:
            day = dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            reading.lacks("dates.issued", f"Ngày ban hành chưa được ghi đủ ({line.where}).")
            return
        reading.day = day
        reading.found("dates.issued", day.isoformat(), line.where)
        return
    reading.lacks("dates.issued", "Không thấy dòng “…, ngày … tháng … năm …” ở phần đầu.")


def _issuer(left: list[Line], reading: Reading) -> None:
    """The lines above the number: the body above, then the issuer, in capitals."""
    for line in left:
        if _NUMBER.match(line.text):
            break
        plain = fold(line.text).strip()
        if _RULE.match(line.text) or plain in (*_MOTTO, _PARTY) or _DAY.match(line.text):
            continue
        if not line.side and line.text != line.text.upper():
            continue
        reading.issuer_lines.append(" ".join(line.text.split()))
        reading.issuer_where = reading.issuer_where or line.where
    del reading.issuer_lines[8:]


def _abstract(lines: list[Line], start: int, reading: Reading) -> int:
    """The trích yếu below the type: what stands in the middle, down to a ground or a name."""
    end = start
    parts: list[str] = []
    anywhere = any(line.centred for line in lines[start : start + 3])
    for line in lines[start : start + 8]:
        if line.side or _STOP.match(line.text):
            break
        if _RULE.match(line.text):
            end += 1
            continue
        capitals = line.text == line.text.upper()
        if (anywhere and not line.centred) or (parts and capitals) or (not anywhere and parts):
            break
        if capitals and _is_name(line.text):
            break
        parts.append(line.text.strip())
        end += 1
        where = line.where
    if not parts:
        reading.lacks("title", "Không thấy trích yếu dưới tên loại văn bản.")
        return end
    abstract = " ".join(" ".join(parts).split())
    reading.title = titled(DOCUMENT_TYPES[reading.type or "CV"], abstract)
    reading.found("title", reading.title, where, "stated" if anywhere else "inferred")
    return end


def _is_name(text: str) -> bool:
    """Whether capitals name the deciding body (ỦY BAN NHÂN DÂN XÃ …), not the abstract."""
    begins = ("uy ban", "hoi dong", "chu tich", "ban chap hanh", "ban thuong vu", "dang uy",
              "thuong truc", "giam doc", "truong phong", "mat tran")  # fmt: skip
    return fold(text).strip().startswith(begins)


def titled(type_name: str, abstract: str) -> str:
    """``Quyết định`` and ``Về việc …`` as a title: ``Quyết định về việc …``."""
    if abstract == abstract.upper() and len(abstract) > 3:
        abstract = abstract[0] + abstract[1:].lower()  # names in it are for a person to mend
    if fold(abstract).startswith(fold(type_name)):
        return abstract
    first = abstract.partition(" ")[0]
    if first in ("Về", "Ban", "Quy", "Phê", "Sửa", "Bãi", "Công", "Thông", "Thành", "Giao"):
        abstract = abstract[0].lower() + abstract[1:]
    return f"{type_name} {abstract}"


def _despatch(lines: list[Line], left: list[Line], body: int, reading: Reading) -> int:
    """A công văn bears no name of a type; its abstract stands below the number: V/v …"""
    parts: list[str] = []
    where = ""
    for line in left:
        if _ABOUT.match(line.text) or parts:
            parts.append(line.text)
            where = where or line.where
    addressed = any(fold(each.text).startswith("kinh gui") for each in lines[:MAX_HEAD])
    if not parts and not addressed:
        reading.lacks("type", "Không thấy tên loại văn bản, cũng không thấy “V/v” hay “Kính gửi”.")
        reading.lacks("title", "Không thấy trích yếu.")
        return body
    reading.type = "CV"
    reading.found("type", "CV", where or "Kính gửi", "stated" if parts else "inferred")
    if parts:
        about = " ".join(_ABOUT.sub("", " ".join(parts)).split())
        reading.title = f"Công văn về việc {about}" if about else None
    if reading.title:
        reading.found("title", reading.title, where)
    else:
        reading.lacks("title", "Không thấy trích yếu của công văn.")
    return body
