"""What was read, looked up in the registry: the issuer, the number, the documents cited.

Nothing is guessed: where more than one record fits, all are named and none is taken.
"""

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass

from builder.derive.numbering import parse
from builder.fold import fold
from builder.models import Body, Instrument
from builder.registry import Registry

_SHORT = (
    (r"ubnd", "uy ban nhan dan"), (r"hdnd", "hoi dong nhan dan"), (r"tt\.? hdnd", "hdnd"),
    (r"ubmttq|ub mttq", "uy ban mat tran to quoc"), (r"mttq", "mat tran to quoc"),
    (r"btv", "ban thuong vu"), (r"bch", "ban chap hanh"), (r"tp\.?", "thanh pho"),
)  # fmt: skip
_CITED = re.compile(r"\bsố\s*:?\s*(\S+)", re.IGNORECASE)
_DAY = re.compile(
    r"ngày\s+(\d{1,2})(?:\s+tháng\s+|[/.-])(\d{1,2})(?:\s+năm\s+|[/.-])(\d{4})", re.IGNORECASE
)
# Numbered once for the whole country, so that the number alone names the document.
_CENTRAL = re.compile(r"(ubtvqh|qh)\d+$")


@dataclass(frozen=True, slots=True)
class Match:
    """One record, or the several that fit, or none; ``why`` says it in Vietnamese."""

    id: str | None
    candidates: tuple[str, ...] = ()
    why: str = ""
    sure: bool = True


def name_key(text: str) -> str:
    """A body's name folded, abbreviations written out.

    >>> name_key("UBND XÃ AN BÌNH") == name_key("Ủy ban nhân dân xã An Bình")
    True
    """
    plain = " ".join(re.sub(r"[^\w.]+", " ", fold(text)).split())
    for short, full in _SHORT:
        plain = re.sub(rf"\b({short})(?=\s|$)", full, plain)
    return plain


def find_issuer(registry: Registry, lines: list[str], day: dt.date | None) -> Match:
    """The body that the lines above the number name, as it stood on the day.

    The lines may begin with the body above; the whole is tried first, then ever less of it.
    """
    if not lines:
        return Match(None, (), "Không đọc được tên cơ quan ban hành.")
    known = _bodies(registry)
    for start in range(len(lines)):
        wanted = name_key(" ".join(lines[start:]))
        fitting = sorted({body for body in known.get(wanted, ()) if _stands(registry, body, day)})
        above = fold(" ".join(lines[:start]))
        if len(fitting) > 1 and above:
            fitting = [body for body in fitting if _province(registry, body) in above] or fitting
        if len(fitting) == 1:
            return Match(fitting[0])
        if fitting:
            return Match(None, tuple(fitting), "Nhiều cơ quan cùng tên: " + ", ".join(fitting))
    read = " / ".join(lines)[:200]
    return Match(None, (), f"Đọc được “{read}”, kho chưa có cơ quan này vào ngày của văn bản.")


def find_organ(registry: Registry, organ_id: str) -> Match:
    """The body that bears an OrganId of document systems in its external_refs."""
    found = sorted(
        body_id
        for body_id, body in registry.of(Body)
        if any(organ_id in (ref.organ_id, ref.id) for ref in body.external_refs)
    )
    if len(found) == 1:
        return Match(found[0])
    return Match(None, tuple(found), f"Mã định danh {organ_id} không ứng với đúng một cơ quan.")


def same_number(
    registry: Registry, number: str, document_type: str, issuer: str | None, day: dt.date | None
) -> list[str]:
    """Records that bear this number of this issuer already, in the same year if both are known."""
    wanted = parse(number, document_type)
    if wanted is None or issuer is None:
        return []
    found = []
    for record_id, record in registry.of(Instrument):
        known = parse(record.number, record.type) if record.number else None
        if known is None or known.key != wanted.key or record.issuer != issuer:
            continue
        other = _day(record)
        if day is None or other is None or day.year == other.year:
            found.append(record_id)
    return found


def find_cited(registry: Registry, cited: str) -> Match:
    """The record of a document as another one cites it: by number, and by day or issuer.

    Local numbers begin anew each year at every issuer, so a number alone names nothing.
    """
    number = _CITED.search(cited)
    wanted = parse(number[1].strip(" ;,.)")) if number else None
    if wanted is None:
        return Match(None, (), "không có số để tra")
    fitting = _numbers(registry).get(wanted.key, ())
    day = _cited_day(cited)
    sure: list[str] = []
    possible: list[str] = []
    for record_id in fitting:
        record = registry.get(record_id, Instrument)
        if record is None:
            continue
        days = {record.dates.signed, record.dates.issued, record.dates.adopted} - {None}
        if day is not None and days and day not in days:
            continue
        issuer = registry.get(record.issuer or "", Body)
        named = issuer is not None and name_key(issuer.name) in name_key(cited)
        central = _CENTRAL.search(wanted.key) is not None
        (sure if central or named or (day in days) else possible).append(record_id)
    if len(sure) == 1:
        return Match(sure[0])
    several = tuple(sorted(sure or possible))
    return Match(None, several, "kho có thể có: " + ", ".join(several) if several else "chưa có")


def _bodies(registry: Registry) -> dict[str, list[str]]:
    known: dict[str, list[str]] | None = registry.derived.get("body names")
    if known is None:
        known = defaultdict(list)
        for body_id, body in registry.of(Body):
            keys = {name_key(body.name)}
            unit = registry.units.get(body.unit or "")
            province = registry.province(unit) if unit else None
            if province is not None and unit is not None and unit.level != "province":
                keys.add(name_key(f"{body.name} {province.full_name}"))
            for key in keys:
                known[key].append(body_id)
        registry.derived["body names"] = known
    return known


def _stands(registry: Registry, body_id: str, day: dt.date | None) -> bool:
    body = registry.get(body_id, Body)
    if body is None or body.withdrawn is not None:
        return False
    if day is None:
        return True
    unit = registry.units.get(body.unit or "")
    if unit is not None and not unit.exists_on(day):
        return False
    begun = body.established is None or body.established <= day
    return begun and (body.ended is None or day <= body.ended)


def _province(registry: Registry, body_id: str) -> str:
    body = registry.get(body_id, Body)
    unit = registry.units.get(body.unit or "") if body else None
    province = registry.province(unit) if unit else None
    return fold(province.name) if province else "\0"


def _numbers(registry: Registry) -> dict[str, list[str]]:
    known: dict[str, list[str]] | None = registry.derived.get("number keys")
    if known is None:
        known = defaultdict(list)
        for record_id, record in registry.of(Instrument):
            number = parse(record.number, record.type) if record.number else None
            if number is not None:
                known[number.key].append(record_id)
        registry.derived["number keys"] = known
    return known


def _day(record: Instrument) -> dt.date | None:
    return record.dates.issued or record.dates.signed or record.dates.adopted


def _cited_day(cited: str) -> dt.date | None:
    found = _DAY.search(cited)
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
