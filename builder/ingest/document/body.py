"""The rest of a document: grounds, articles, terms of effect, recipients, signing."""

import datetime as dt
import re

from builder.ingest.document.paper import Line
from builder.ingest.document.reading import Reading, Signed

_GROUND = re.compile(r"^\W*Căn cứ\s+(?!vào tình hình)", re.IGNORECASE)
_BESIDE = re.compile(r";\s*(?=(?:Căn cứ|Luật|Nghị|Quyết|Pháp lệnh|Thông tư)\b)")
_TO = re.compile(r"^\W*Nơi nhận\s*:?\s*", re.IGNORECASE)
_COMPETENCE = re.compile(r"^\W*(?P<mark>TM|KT|TL|TUQ|TU|Q|T/M|K/T|T/L)\b[./]?\s*", re.IGNORECASE)
# What signing programs and stamps print; no part of who signed (Decree 30/2020, Annex I).
_SEAL = re.compile(
    r"(\(?\s*(đã ký|ký,|ký tên|đóng dấu)|ký bởi|người ký|signed by|digitally|signature|"
    r"email|e-mail|"
    r"cơ quan:|tổ chức:|ngày ký|thời gian ký|giờ ký|\+07|lý do:|chức vụ:|\[.*chu ky|#)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[^\W\d_a-z][^\W\d_]*\.?\s?(?:CKII?|\.)?\s*){2,7}$")
_EFFECT = re.compile(r"có hiệu lực[^.;]{0,160}", re.IGNORECASE)
_ACTS = re.compile(
    r"\b(thay thế|bãi bỏ|sửa đổi, bổ sung|hủy bỏ|đính chính)\b[^.;]{0,60}?\bsố\s+\S{3,40}",
    re.IGNORECASE,
)
_ADOPTED = re.compile(
    r"thông qua(?:\s+vào)?\s+ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE
)
_SMALL = {"chủ tịch": "Chủ tịch", "bí thư": "Bí thư", "giám đốc": "Giám đốc"}


def read_body(lines: list[Line], start: int, reading: Reading) -> None:
    """Fills the reading from all that follows the head."""
    end = _signing(lines, start)
    after = _annex(lines, end)
    body, signing = lines[start:end] + lines[after:], lines[end:after]
    _grounds(body, reading)
    reading.text = "\n".join(line.text for line in body).strip() + "\n"
    _recipients(signing, reading)
    _signer(signing, reading)
    _dates(body, reading)
    for line in body:
        for found in _ACTS.finditer(line.text):
            reading.remarks.append(("relations", f"{line.where}: “{found[0].strip()[:200]}”"))
    del reading.remarks[20:]


def _signing(lines: list[Line], start: int) -> int:
    """Where the two columns of recipients and signing begin; the end if there are none."""
    for index in range(start, len(lines)):
        line = lines[index]
        if _TO.match(line.text):
            return index
        if line.side and _COMPETENCE.match(line.text):
            return index
    for index in range(len(lines) - 1, max(start, len(lines) - 15), -1):
        text = lines[index].text
        if _COMPETENCE.match(text) and text == text.upper():
            return index
    return len(lines)


def _annex(lines: list[Line], end: int) -> int:
    """Where what is issued with the document begins again after the signing."""
    columns = end < len(lines) and any(line.side for line in lines[end : end + 3])
    if not columns:
        return len(lines)
    return next((i for i in range(end + 1, len(lines)) if not lines[i].side), len(lines))


def _grounds(body: list[Line], reading: Reading) -> None:
    for line in body[:60]:
        if not _GROUND.match(line.text):
            continue
        for part in _BESIDE.split(line.text):
            cited = _GROUND.sub("", part).strip(" ;.,")
            if cited:
                reading.grounds.append((cited[:900], line.where))
    if reading.grounds:
        where = reading.grounds[0][1]
        reading.found("relations", f"{len(reading.grounds)} căn cứ", where)


def _recipients(signing: list[Line], reading: Reading) -> None:
    begun = False
    for line in signing:
        if line.side == "right":
            continue
        if _TO.match(line.text):
            begun = True
            rest = _TO.sub("", line.text).strip()
            if rest:
                reading.recipients.append(rest)
        elif begun and not _COMPETENCE.match(line.text):
            reading.recipients.append(line.text.strip(" -–•;."))
    reading.recipients = [each[:300] for each in reading.recipients if each][:60]


def _signer(signing: list[Line], reading: Reading) -> None:
    """The right column: competence, position, then the name; stamps and signatures left out."""
    right = [line for line in signing if line.side == "right"]
    lines = right or [line for line in signing if not _TO.match(line.text)]
    marks: list[str] = []
    role: str | None = None
    for line in lines:
        text = " ".join(line.text.split())
        if _SEAL.search(text):
            continue
        found = _COMPETENCE.match(text)
        capitals = text == text.upper()
        if found and capitals:
            marks.append(_mark(found["mark"]))
            role = _COMPETENCE.sub("", text)
        elif capitals and any(char.isalpha() for char in text) and not text.startswith("-"):
            role = text
        elif role is not None and _NAME.match(text) and not text.startswith("-"):
            competence = " ".join(marks) or None
            position = _position(role)
            reading.signers.append(Signed(text, position, competence, line.where))
            reading.found("signers", text, line.where)
            return
    reading.lacks("signers", "Không thấy tên người ký.")


def _mark(text: str) -> str:
    """``T/M`` as the Party writes it is ``TM.``."""
    return text.upper().replace("/", "") + "."


def _position(role: str) -> str:
    small = role.lower()
    for plain, shown in _SMALL.items():
        small = small.replace(plain, shown)
    return small[:1].upper() + small[1:]


def _dates(body: list[Line], reading: Reading) -> None:
    for line in body:
        found = _ADOPTED.search(line.text)
        if found and reading.type == "NQ" and reading.adopted is None:
            try:
                reading.adopted = dt.date(int(found[3]), int(found[2]), int(found[1]))
            except ValueError:
                continue
            reading.found("dates.adopted", reading.adopted.isoformat(), line.where)
        effect = _EFFECT.search(line.text)
        if effect and not any(name == "dates.effective" for name, _ in reading.remarks):
            reading.remarks.append(("dates.effective", f"{line.where}: “{effect[0].strip()}”"))
