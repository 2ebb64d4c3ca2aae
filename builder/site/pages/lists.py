"""The lists of the site: documents, meetings, bodies, mergers, requirements, rules, people."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from builder.derive.addresses import person_address
from builder.models import (
    Body,
    ContinuityRule,
    Instrument,
    Meeting,
    MergerRecord,
    Requirement,
    UnitFile,
)
from builder.models.bodies import OfficeHolder
from builder.site import format as vi
from builder.site import labels
from builder.site.cards import Card
from builder.site.collate import Key, collation_key
from builder.site.i18n import N_, _
from builder.site.labels import DOCUMENT_TYPES, LABELS
from builder.site.page import Page
from builder.site.pages.common import Context, kind_card
from builder.site.pages.listing import Listing, Row, by_alphabet, facet, list_pages, row_key
from builder.site.pages.units import DOCUMENTS_SHOWN, due_words
from builder.site.slugs import slug
from builder.site.view import Role, View

# A facet: its slug, its label, and the values (slug, label) that a record falls under.
Facet = tuple[str, str, Callable[[str], Iterable[tuple[str, str]]]]


def list_pages_of(view: View) -> Iterator[Page]:
    """All lists of records and people."""
    for listing in (
        *_documents(view), *_meetings(view), *_bodies(view), _mergers(view), _requirements(view),
        _rules(view), _people(view),
    ):  # fmt: skip
        yield from list_pages(listing, view.day)


def place_of(view: View, record_id: str) -> tuple[str, str]:
    """The province that an id carries, or the centre: slug and name."""
    part = record_id.split("/")[1]
    file = view.registry.get(f"units/{part}", UnitFile)
    return (part, file.province) if file else ("trung-uong", _("Trung ương"))


def block_of(view: View, instrument: Instrument) -> str | None:
    """The block of the issuer; a Party document without known issuer is of the Party."""
    issuer = view.registry.get(instrument.issuer or "", Body)
    if issuer is not None and issuer.block is not None:
        return issuer.block
    return "party" if instrument.regime == "party" else None


def _faceted(whole: Listing, rows: dict[str, Row], facets: Iterable[Facet]) -> Iterator[Listing]:
    """The whole list, which leads to the narrower ones, then those; rows by id."""
    ordered = sorted(rows, key=lambda record_id: row_key(rows[record_id]))
    groups: list[Context] = []
    narrower: list[Listing] = []
    for name, label, values_of in facets:
        found: dict[tuple[str, str], list[Row]] = {}
        for record_id in ordered:
            for falls_under in values_of(record_id):
                found.setdefault(falls_under, []).append(rows[record_id])
        cards = []
        for (value, value_label), members in sorted(found.items(), key=_by_label):
            address = f"{whole.address}{name}/{value}/"
            cards.append((Card(address, value_label), len(members)))
            narrower.append(
                Listing(
                    address,
                    _("%(list)s: %(value)s", list=whole.title, value=value_label),
                    "",
                    whole.headers,
                    members,
                    (*whole.above, Card(whole.address, whole.title)),
                    tab=whole.address,
                )
            )
        groups.append(facet(label, cards))
    shown = tuple(group for group in groups if group["cards"])
    yield replace(whole, rows=[rows[record_id] for record_id in ordered], narrower=shown)
    yield from narrower


def _by_label(item: tuple[tuple[str, str], list[Row]]) -> Key:
    return collation_key(item[0][1])


def _documents(view: View) -> Iterator[Listing]:
    """All instruments, by group, type, block, stage and province; long lists of units, too."""
    found = dict(view.registry.of(Instrument))
    rows = {record_id: _document_row(view, record_id, found[record_id]) for record_id in found}

    def block(record_id: str) -> Iterator[tuple[str, str]]:
        code = block_of(view, found[record_id])
        if code is not None:
            yield labels.BLOCK_SLUG[code], LABELS["block"][code]

    def kind(record_id: str) -> Iterator[tuple[str, str]]:
        group = found[record_id].kind
        yield labels.KIND_LIST[group].rstrip("/").rpartition("/")[2], labels.KIND[group]

    def type_(record_id: str) -> Iterator[tuple[str, str]]:
        code = found[record_id].type
        yield slug(DOCUMENT_TYPES.words[code]), DOCUMENT_TYPES[code]

    def stage(record_id: str) -> Iterator[tuple[str, str]]:
        code = found[record_id].stage
        yield labels.STAGE_SLUG[code], LABELS["stage"][code]

    whole = Listing(
        "van-ban/", _("Văn bản"),
        _("Nghị quyết, quy chế, quy định và các văn bản khác có trong sổ đăng ký, xếp theo vần."),
        (_("Văn bản"), _("Số, ký hiệu"), _("Cơ quan ban hành"), _("Ngày")), (),
        beside=(kind_card("rules"), kind_card("mergers")),
    )  # fmt: skip
    yield from _faceted(
        whole, rows,
        (
            ("nhom", _("Nhóm"), kind),
            ("loai", _("Loại văn bản"), type_),
            ("khoi", _("Khối"), block),
            ("giai-doan", _("Giai đoạn"), stage),
            ("tinh", _("Tỉnh, thành phố"), lambda record_id: [place_of(view, record_id)]),
        ),
    )  # fmt: skip
    for unit_id, members in view.registry.instruments_of.items():
        if len(members) > DOCUMENTS_SHOWN:
            card = view.card(unit_id)
            yield Listing(
                f"van-ban/don-vi/{unit_id}/",
                _("Văn bản: %(title)s", title=card.title),
                "",
                whole.headers,
                by_alphabet([rows[record_id] for record_id, _ in members]),
                (Card("van-ban/", _("Văn bản")), card),
                tab="van-ban/",
            )


def _document_row(view: View, record_id: str, instrument: Instrument) -> Row:
    issuer = view.registry.get(instrument.issuer or "", Body)
    dates = instrument.dates
    day = dates.adopted or dates.signed or dates.issued
    return Row(
        view.card(record_id),
        (
            instrument.number or _("chưa biết"),
            issuer.name if issuer else _("chưa biết"),
            vi.date(day) if day else _("chưa biết"),
        ),
    )


def _meetings(view: View) -> Iterator[Listing]:
    found = dict(view.registry.of(Meeting))
    rows = {
        record_id: Row(
            view.card(record_id),
            (
                LABELS["meeting_form"][meeting.form],
                vi.date(meeting.when.date) if meeting.when.date else _("chưa biết"),
                vi.joined([view.unit_title(unit) for unit in meeting.units[:3]])
                if len(meeting.units) <= 3
                else _("%(units)s đơn vị", units=len(meeting.units)),
            ),
        )
        for record_id, meeting in found.items()
    }

    def form(record_id: str) -> Iterator[tuple[str, str]]:
        code = found[record_id].form
        yield slug(LABELS["meeting_form"].words[code]), LABELS["meeting_form"][code]

    def mode(record_id: str) -> Iterator[tuple[str, str]]:
        label = N_("Vận hành thử") if found[record_id].mode == "trial" else N_("Chính thức")
        yield slug(label), _(label)

    whole = Listing(
        "cuoc-hop/",
        _("Cuộc họp, kiểm tra"),
        _(
            "Kỳ họp, hội nghị, cuộc họp và các cuộc kiểm tra, "
            "vận hành thử và chính thức tách riêng."
        ),
        (_("Cuộc họp"), _("Hình thức"), _("Ngày"), _("Đơn vị")),
        (),
    )
    yield from _faceted(
        whole,
        rows,
        (
            ("hinh-thuc", _("Hình thức"), form),
            ("tinh-chat", _("Tính chất"), mode),
            ("tinh", _("Tỉnh, thành phố"), lambda record_id: [place_of(view, record_id)]),
        ),
    )


def _bodies(view: View) -> Iterator[Listing]:
    found = dict(view.registry.of(Body))
    rows = {
        record_id: Row(
            view.card(record_id),
            (LABELS["body_type"][body.type], view.card(body.unit).title if body.unit else ""),
        )
        for record_id, body in found.items()
    }

    def block(record_id: str) -> Iterator[tuple[str, str]]:
        code = found[record_id].block
        if code is not None:
            yield labels.BLOCK_SLUG[code], LABELS["block"][code]

    def type_(record_id: str) -> Iterator[tuple[str, str]]:
        code = found[record_id].type
        yield slug(LABELS["body_type"].words[code]), LABELS["body_type"][code]

    whole = Listing(
        "to-chuc/", _("Cơ quan, tổ chức"),
        _("Cơ quan của Đảng, chính quyền và Mặt trận, cùng các tổ công tác."),
        (_("Cơ quan"), _("Loại"), _("Đơn vị")), (),
        beside=(
            Card("to-cong-tac/", _("Tổ công tác và đơn vị phụ trách")),
            Card("nguoi/", _("Người giữ chức vụ")),
        ),
    )  # fmt: skip
    yield from _faceted(
        whole, rows,
        (
            ("khoi", _("Khối"), block),
            ("loai", _("Loại"), type_),
            ("tinh", _("Tỉnh, thành phố"), lambda record_id: [place_of(view, record_id)]),
        ),
    )  # fmt: skip


def _mergers(view: View) -> Listing:
    rows = [
        Row(
            view.card(merger_id),
            (
                view.card(merger.province).title,
                vi.date(merger.adopted),
                vi.date(merger.operational_from),
                vi.number(len(merger.events)),
            ),
        )
        for merger_id, merger in view.registry.of(MergerRecord)
    ]
    return Listing(
        "sap-xep/", _("Sắp xếp đơn vị hành chính"),
        _("Mỗi nghị quyết một bản ghi, mỗi khoản một dòng: đơn vị nào nhập vào đâu, toàn bộ hay "
        "một phần."),
        (_("Bản ghi"), _("Tỉnh, thành phố"), _("Thông qua"), _("Hoạt động từ"), _("Số khoản")),
        by_alphabet(rows), tab="don-vi/",
    )  # fmt: skip


def _requirements(view: View) -> Listing:
    rows = [
        Row(
            view.card(requirement_id),
            (
                due_words(requirement) or _("không nêu"),
                _("%(units)s đơn vị", units=len(requirement.units)),
            ),
        )
        for requirement_id, requirement in view.registry.of(Requirement)
    ]
    return Listing(
        "tinh-trang/yeu-cau/", _("Yêu cầu phải có"),
        _("Những gì mỗi đơn vị mới được yêu cầu phải có, và ai yêu cầu."),
        (_("Yêu cầu"), _("Thời hạn"), _("Phạm vi")), by_alphabet(rows),
        (Card("tinh-trang/", _("Tình trạng")),), tab="tinh-trang/",
    )  # fmt: skip


def _rules(view: View) -> Listing:
    rows = [Row(view.card(rule_id)) for rule_id, _rule in view.registry.of(ContinuityRule)]
    return Listing(
        "quy-tac/", _("Quy tắc chuyển tiếp"),
        _("Văn bản của đơn vị cũ còn áp dụng đến đâu. Chỉ quy tắc đã xác nhận mới được dùng để trả "
        "lời; quy tắc chưa xác nhận được ghi lại để biết còn thiếu gì."),
        (_("Quy tắc"),), by_alphabet(rows), tab="van-ban/",
    )  # fmt: skip


def _people(view: View) -> Listing:
    rows = [
        Row(Card(person_address(person), roles[0].name), (_role_words(view, roles),))
        for person, roles in view.roles.items()
    ]
    return Listing(
        "nguoi/", _("Người giữ chức vụ"),
        _("Chỉ ghi chức vụ và thời gian mà nguồn cho biết."),
        (_("Họ và tên"), _("Chức danh")), by_alphabet(rows),
        (Card("to-chuc/", _("Cơ quan, tổ chức")),), tab="to-chuc/",
    )  # fmt: skip


def _role_words(view: View, roles: list[Role]) -> str:
    """Each office once, with its body; the chair of a meeting only where there is no office."""
    offices = [role for role in roles if isinstance(role.holder, OfficeHolder)] or roles
    return "; ".join(
        dict.fromkeys(f"{role.holder.role}, {view.card(role.record).title}" for role in offices)
    )
