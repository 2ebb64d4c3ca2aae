"""Documents, bodies and rules in memory, added to a linked registry of units."""

import datetime as dt
from dataclasses import replace

from builder.models import Body, ContinuityRule, Document, Meeting
from builder.models.base import Record
from builder.registry import Entry, Registry
from tests.derive.waves import COMMON

HDND = "bodies/vi-du/hdnd"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def body(unit: str | None, kind: str = "hdnd", **fields: object) -> Body:
    return Body.model_validate(
        {**COMMON, "name": f"Cơ quan của {unit}", "type": kind, "unit": unit, **fields}
    )


def paper(issuer: str | None = HDND, /, **fields: object) -> Document:
    """An adopted administrative decision in force from 01/01/2025, changed by fields."""
    dates = fields.pop("dates", {"adopted": day("2025-01-01"), "effective": day("2025-01-01")})
    values = {"type": "QĐ", "stage": "adopted", "regime": "administrative", **fields}
    return Document.model_validate(
        {**COMMON, "title": "Văn bản thử", "issuer": issuer, "dates": dates, **values}
    )


def acting(kind: str, target: str, /, start: str | None = "2025-06-01", **relation: object) -> dict:
    """Fields of a document that acts upon another and is in force from ``start``."""
    dates = {"adopted": day("2025-02-01"), "effective": day(start) if start else None}
    return {"dates": dates, "relations": [{"type": kind, "target": target, **relation}]}


def rule(case: str, effect: str | None = "continues", **fields: object) -> ContinuityRule:
    values = {"title": "Quy tắc thử", "says": "Tiếp tục áp dụng.", "cases": [case]}
    confirmed = {"confirmed": True, "confirmation": "Dữ liệu thử"} if effect else {}
    return ContinuityRule.model_validate(
        {**COMMON, **values, "effect": effect, "confirmed": False, **confirmed, **fields}
    )


def meeting(mode: str) -> Meeting:
    return Meeting.model_validate({**COMMON, "title": "Họp thử", "form": "session", "mode": mode})


def with_records(registry: Registry, records: dict[str, Record]) -> Registry:
    entries = dict(registry.entries)
    for record_id, record in records.items():
        path = f"registry/{record_id}.yaml"
        entries[record_id] = Entry(record_id, path, record, "0" * 64)
    return replace(registry, entries=dict(sorted(entries.items())))
