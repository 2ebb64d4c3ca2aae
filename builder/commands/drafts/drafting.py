"""What ``registry new`` puts into a record: answers and options as fields, nothing invented."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from builder.commands.asking import Asker
from builder.commands.common import fail, today
from builder.commands.drafts.templates import Template
from builder.commands.naming import body_named, units_near
from builder.commands.options import field_and_words
from builder.days import FORMS, day_from
from builder.derive.naming import block_of, folder_of, proposed_id, units_named
from builder.derive.numbering import normalise
from builder.derive.series import next_number, regimes_of, term_of
from builder.fold import composed
from builder.models import MODELS, Body
from builder.models.base import Date
from builder.models.codes import DOCUMENT_TYPES, LABELS
from builder.registry import Registry
from builder.registry.assign import assigned

Value = dict[str, Any]
_ID = re.compile(r"[a-z]+(/[a-z0-9]+(-[a-z0-9]+)*){1,9}\Z")
_URL = re.compile(r"https?://\S+\Z")


@dataclass(frozen=True, slots=True)
class Given:
    """The options of the command."""

    title: str | None
    body: str | None
    unit: str | None
    type: str | None
    form: str | None
    mode: str | None
    stage: str | None
    number: str | None
    date: str | None
    access: str | None
    sources: tuple[str, ...]
    to_set: tuple[str, ...]
    to_add: tuple[str, ...]
    record_id: str | None


def draft(
    registry: Registry, kind: str, template: Template | None, given: Given, *, asks: bool
) -> tuple[str, Value, tuple[str, ...]]:
    """Id, fields and what is left to do. Ends the command where something needed is missing."""
    asker = Asker(asks)
    maker = _Maker(registry, kind, template, given, asker)
    fields = maker.fields()
    fields = {name: part for name, part in fields.items() if part not in (None, "", [])}
    common = maker.common([*fields])
    asker.end()
    value: Value = {**common, **fields}
    model = MODELS[kind]
    for said, add in [*((s, False) for s in given.to_set), *((s, True) for s in given.to_add)]:
        path, words = field_and_words(said)
        value = assigned(model, value, path, words, add=add)
    record_id = _valid_id(kind, given.record_id) if given.record_id else maker.proposed_id()
    return record_id, value, (*maker.notes, *(template.todo if template else ()))


class _Maker:
    """Makes the fields of one record, question by question."""

    def __init__(
        self, registry: Registry, kind: str, template: Template | None, given: Given, ask: Asker
    ) -> None:
        self.registry, self.kind, self.template = registry, kind, template
        self.given, self.ask = given, ask
        self.notes: list[str] = []
        self.title, self.unit, self.body_id = "", "", ""
        self.day: Date | None = None

    def fields(self) -> Value:
        if self.kind == "meetings":
            return self._meeting()
        if self.kind == "bodies":
            return self._body()
        if self.kind == "requirements":
            return self._requirement()
        return self._instrument()

    def common(self, supports: list[str]) -> Value:
        """What every record has; each source supports what is now known."""
        access = self.ask.choice(
            self.given.access, "--access", "Công khai hay nội bộ", LABELS["access"]
        )
        said = list(self.given.sources)
        if not said and self.ask.asks:
            kind = self.ask.choice(None, "--source", "Loại nguồn", LABELS["source_kind"])
            said = [f"{kind}={self.ask.text(None, '--source', 'Tên hoặc địa chỉ của nguồn')}"]
        if not said:
            self.ask.missing.append("--source")
        sources = [_source(one, supports) for one in said]
        return {
            "access": access, "sources": sources, "verified": False, "as_of": today().isoformat(),
        }  # fmt: skip

    # Kinds

    def _instrument(self) -> Value:
        body = self._issuer("Cơ quan ban hành (mã, ví dụ lang-son/na-sam/ubnd)")
        type_ = self.ask.choice(self.given.type, "--type", "Loại văn bản", DOCUMENT_TYPES)
        self.title = self.ask.text(self.given.title, "--title", "Tên gọi hoặc trích yếu")
        stage = self.ask.choice(self.given.stage, "--stage", "Giai đoạn", LABELS["stage"])
        self._date("Ngày ký (ví dụ 1/7/2025)")
        regimes = regimes_of(body, type_) if body and type_ else ()
        number = self._number(type_, regimes, body) if stage != "trial" else ""
        return {
            "title": self.title, "type": type_, "number": number,
            "regime": _regime(number, regimes),
            "series_term": term_of(body.term) if body and regimes == ("party",) else None,
            "issuer": self.body_id, "stage": stage,
            "dates": {"signed": self.day.isoformat()} if self.day else None,
        }  # fmt: skip

    def _meeting(self) -> Value:
        record = self.template.record if self.template else {}
        body = self._issuer("Cơ quan họp hoặc kiểm tra (mã, ví dụ lang-son/na-sam/hdnd)")
        types = self.template.body_types if self.template else ()
        if body and types and body.type not in types:
            wanted = ", ".join(LABELS["body_type"][one] for one in types)
            fail(f"{body.name} is none of: {wanted}", "give another --body or --from-template")
        proposal = record.get("title", "").format(body=body.name if body else "")
        self.title = self.ask.text(self.given.title or proposal or None, "--title", "Tên cuộc họp")
        form = self.ask.choice(
            self.given.form or record.get("form"), "--form", "Hình thức", LABELS["meeting_form"]
        )
        mode = self.ask.choice(
            self.given.mode or record.get("mode"), "--mode", "Vận hành thử hay chính thức",
            {"trial": "Vận hành thử", "official": "Chính thức"},
        )  # fmt: skip
        self._date("Ngày họp (ví dụ 1/7/2025)")
        points = self.template.agenda if self.template else ()
        confirmed = [p for p in points if self.ask.yes(f"Nguồn có nêu nội dung: {p}?")]
        self.notes += [f"Nếu nguồn nêu, ghi vào agenda: {p}" for p in points if p not in confirmed]
        return {
            "title": self.title, "form": form, "mode": mode, "bodies": [self.body_id],
            "units": [self.unit] if self.unit and form != "inspection" else [],
            "number": self._ordinal(record.get("number")),
            "when": {"date": self.day.isoformat()} if self.day else None,
            "agenda": [{"title": point} for point in confirmed],
        }  # fmt: skip

    def _body(self) -> Value:
        self._unit()
        type_ = self.ask.choice(self.given.type, "--type", "Loại cơ quan", LABELS["body_type"])
        self.title = self.ask.text(self.given.title, "--title", "Tên đầy đủ")
        return {
            "name": self.title, "type": type_, "block": block_of(self.registry, type_),
            "unit": self.unit,
        }  # fmt: skip

    def _requirement(self) -> Value:
        self._unit()
        self.title = self.ask.text(self.given.title, "--title", "Phải có gì")
        code = None
        if self.given.type:
            code = self.ask.choice(self.given.type, "--type", "Loại văn bản", DOCUMENT_TYPES)
        return {"title": self.title, "document_type": code, "units": [self.unit]}

    # Answers

    def _ordinal(self, usual: int | None) -> int | None:
        said = self.given.number
        if said is None:
            return usual
        if not said.isdecimal():
            fail(f"--number: {said!r} is no ordinal of a meeting", "write --number 2")
        return int(said)

    def _issuer(self, question: str) -> Body | None:
        said = self.ask.text(
            self.given.body, "--body", question, lambda words: body_named(self.registry, words)
        )
        self.body_id = said
        body = self.registry.get(said, Body)
        if body is not None:
            self.unit = body.unit or ""
        return body

    def _unit(self) -> None:
        def check(said: str) -> str:
            found = units_named(self.registry, said)
            if len(found) == 1:
                return found[0]
            if found:
                raise ValueError(f"{said} may be {', '.join(found)}: give the id")
            close = units_near(self.registry, said) or "'registry lookup' finds ids"
            raise ValueError(f"there is no unit {said!r} today; {close}")

        self.unit = self.ask.text(self.given.unit, "--unit", "Đơn vị (tên hoặc mã)", check)

    def _date(self, question: str) -> None:
        def check(said: str) -> str:
            day = day_from(said)
            if day is None:
                raise ValueError(f"{said!r} is no day: {FORMS}")
            return day.isoformat()

        said = self.ask.maybe(self.given.date, "--date", question, check)
        self.day = dt.date.fromisoformat(said) if said else None

    def _number(self, type_: str, regimes: tuple[Any, ...], body: Body | None) -> str:
        """The number given; the next that is free is only ever proposed."""
        if body is None or not type_:
            return ""
        proposals = []
        for regime in regimes:
            year = (self.day or today()).year
            period = term_of(body.term) if regime == "party" else str(year)
            found = (
                next_number(self.registry, self.body_id, type_, period, regime) if period else None
            )
            proposals += [found.number] if found else []
        said = self.given.number
        if said == "next":
            if len(proposals) != 1:
                hint = f"choose one: {', '.join(proposals)}" if proposals else "write it out"
                fail("which number is next is not certain", hint)
            return proposals[0]
        question = "Số và ký hiệu"
        if proposals:
            question += f"; số tiếp theo mà kho biết: {' hoặc '.join(proposals)}"
        number = self.ask.maybe(
            said, "--number", question, lambda words: normalise(words, type_) or words
        )
        if not number and proposals:
            self.notes.append(f"Số tiếp theo mà kho biết: {' hoặc '.join(proposals)}")
        return number

    def proposed_id(self) -> str:
        unit = self.registry.units.get(self.unit)
        folder = self.body_id.removeprefix("bodies/").rpartition("/")[0]
        if self.kind in ("bodies", "requirements") or not folder:
            folder = folder_of(self.registry, self.unit)
        return proposed_id(
            self.registry, self.kind, folder, self.title,
            unit=unit.full_name if unit else "", day=self.day,
        )  # fmt: skip


def _valid_id(kind: str, said: str) -> str:
    first = said.partition("/")[0]
    if first in MODELS and first != kind:
        fail(f"{said!r} is an id of {first}, not of {kind}", f"begin it with {kind}/")
    record_id = said if first == kind else f"{kind}/{said}"
    if not _ID.match(record_id):
        fail(f"{said!r} is no id", "write lang-son/na-sam/ten-ban-ghi: small letters without marks")
    return record_id


def _regime(number: str, regimes: tuple[Any, ...]) -> str | None:
    if len(regimes) == 1:
        return str(regimes[0])
    if not number:
        return None
    return "normative" if re.match(r"[0-9]+/[0-9]{4}/", number) else "administrative"


def _source(said: str, supports: list[str]) -> Value:
    kind, equals, what = composed(said).partition("=")
    if not equals or kind not in LABELS["source_kind"] or not what.strip():
        kinds = ", ".join(LABELS["source_kind"])
        fail(f"{said!r} is no source", f"write KIND=TITLE or KIND=https://…; the kinds: {kinds}")
    what = what.strip()
    named = {"url": what} if _URL.match(what) else {"title": what}
    return {"kind": kind, **named, "supports": supports}
