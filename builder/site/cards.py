"""Cards: how a record, a unit or a person is shown where another page links to it."""

from dataclasses import dataclass

from builder.derive.addresses import record_address, unit_address
from builder.models import (
    Body,
    ContinuityRule,
    Instrument,
    Meeting,
    MergerRecord,
    Record,
    Requirement,
    UnitFile,
)
from builder.models.base import Date
from builder.registry import Registry, Unit
from builder.site import format as vi
from builder.site.i18n import N_, _
from builder.site.labels import DOCUMENT_TYPES, LABELS


@dataclass(frozen=True, slots=True)
class Card:
    """What a link shows; ``address`` counts from the site's root and is empty without a page.

    ``tone`` colours the chip (trial, good, warn, off, plain); its words carry the meaning.
    ``states`` are those of a document over time (``builder.derive.verdicts.states_code``).
    """

    address: str
    title: str
    note: str = ""
    chip: str = ""
    tone: str = ""
    states: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A page that others lead to by name, in whichever language is spoken."""

    address: str
    words: str  # marked N_

    @property
    def title(self) -> str:
        return _(self.words)

    @property
    def card(self) -> Card:
        return Card(self.address, self.title)


HIDDEN = Section("", N_("Bản ghi không công khai"))


def unit_name(registry: Registry, unit: Unit, day: Date) -> str:
    """``Xã Đình Lập``; a former one with its district: ``Xã Bính Xá (huyện Đình Lập cũ)``."""
    if not is_former(unit, day):
        return unit.full_name
    district = registry.district(unit)
    where = (
        _("%(full_name)s cũ", full_name=vi.lower_first(district.full_name)) if district else _("cũ")
    )
    return _("%(name)s (%(where)s)", name=unit.full_name, where=where)


def is_former(unit: Unit, day: Date) -> bool:
    return unit.row.valid_to is not None and unit.row.valid_to < day


def unit_card(registry: Registry, unit: Unit, day: Date) -> Card:
    """Its note has the code, and the province it belongs to."""
    province = registry.province(unit)
    where = "" if province is None or province is unit else vi.lower_first(province.full_name)
    note = (
        _("mã %(code)s, %(where)s", code=unit.code, where=where)
        if where
        else _("mã %(code)s", code=unit.code)
    )
    return Card(unit_address(unit), unit_name(registry, unit, day), note)


def record_card(registry: Registry, record_id: str, record: Record) -> Card:
    """The card of a record by its kind; instruments carry their stage until force is known."""
    address = record_address(record_id)
    if isinstance(record, Instrument):
        return Card(address, record.title, _instrument_note(registry, record))
    if isinstance(record, Meeting):
        trial = record.mode == "trial"
        return Card(
            address, record.title, vi.when(record.when),
            LABELS["stage"]["trial"] if trial else _("Chính thức"), "trial" if trial else "plain",
        )  # fmt: skip
    if isinstance(record, Body):
        return Card(address, record.name, LABELS["block"].get(record.block or "", ""))
    if isinstance(record, Requirement):
        return Card(address, record.title, vi.due(record.due) if record.due else "")
    if isinstance(record, MergerRecord):
        return Card(
            address, record.title, _("thông qua ngày %(adopted)s", adopted=vi.date(record.adopted))
        )
    if isinstance(record, ContinuityRule):
        confirmed = _("Đã xác nhận") if record.confirmed else _("Chưa xác nhận")
        return Card(address, record.title, "", confirmed, "good" if record.confirmed else "warn")
    if isinstance(record, UnitFile):  # its units have pages, the file has none
        return Card(
            "don-vi/", _("Danh mục đơn vị: %(province)s", province=vi.lower_first(record.province))
        )
    return Card(address, record_id)


def _instrument_note(registry: Registry, instrument: Instrument) -> str:
    """Type, number, issuer, as far as they are known."""
    issuer = registry.get(instrument.issuer or "", Body)
    kind = DOCUMENT_TYPES[instrument.type]
    number = (
        _("%(kind)s số %(number)s", kind=kind, number=instrument.number)
        if instrument.number
        else _("%(kind)s (chưa biết số)", kind=kind)
    )
    return " · ".join(part for part in (number, issuer.name if issuer else "") if part)
