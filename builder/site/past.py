"""The published states of a record as pages tell them: who, when, what changed.

Which states there are is in ``builder.history.past``, their words in ``builder.site.changes``.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from builder.days import in_vietnam
from builder.derive.addresses import record_address
from builder.history.past import Version
from builder.history.snapshot import fields_of, text_in
from builder.history.values import Value
from builder.site import format as vi
from builder.site.changes import public_fields, said, text_said
from builder.site.i18n import N_, Table, _
from builder.site.neighbours import past_key
from builder.site.page import Late
from builder.site.view import View

SHOWN = 3  # newest states on the page of a record itself
SLUG = "lich-su/"
EVENTS = Table(
    {
        "published": N_("Công bố"),
        "changed": N_("Cập nhật"),
        "corrected": N_("Đính chính"),
        "withdrawn": N_("Rút"),
        "formatted": N_("Trình bày lại tệp, nội dung không đổi"),
    }
)
TONES = {"published": "good", "corrected": "warn", "withdrawn": "off"}
LACKS = Table(
    {
        "no-git": N_("Sổ này không nằm trong kho git, nên không có lịch sử bản ghi."),
        "no-commit": N_("Kho git chưa có lần ghi nào, nên chưa có lịch sử bản ghi."),
        "shallow": N_(
            "Trang được dựng từ một bản sao thiếu phần đầu của kho git, "
            "nên không có lịch sử bản ghi."
        ),
    }
)
Context = dict[str, Any]


def past_part(view: View, record_id: str) -> Late:
    """The newest states of a record, read only where the page is rendered."""
    return Late(partial(past_key, view, record_id), partial(_part, view, record_id))


def _part(view: View, record_id: str) -> Context:
    versions = view.past.of(record_id)
    shown = versions[-SHOWN:]
    before = versions[-SHOWN - 1] if len(versions) > SHOWN else None
    return {
        "lack": LACKS.get(view.past.lack, ""),
        "changed": record_id in view.past.changed,
        "count": vi.number(len(versions)),
        "more": vi.number(len(versions) - len(shown)) if len(versions) > len(shown) else "",
        "address": f"{record_address(record_id)}{SLUG}" if len(versions) > 1 else "",
        # The list of a province's units stands on the page of every unit: its past in short.
        "states": states(view, record_id, before, shown, lines=not record_id.startswith("units/"))[
            ::-1
        ],
    }


def states(
    view: View,
    record_id: str,
    before: Version | None,
    shown: Sequence[Version],
    *,
    lines: bool = True,
) -> list[Context]:
    """States in order, each with what changed against the one before it, if ``lines``."""
    wanted = [*([before] if before else []), *shown]
    read = Reader(view, record_id, wanted if lines and wanted[1:] else [])
    found = []
    for version in shown:
        found.append(
            {
                "number": version.number,
                "event": EVENTS[version.event],
                "tone": TONES.get(version.event, "plain"),
                "when": moment(version.time),
                "iso": in_vietnam(version.time).isoformat(),
                "who": vi.joined(version.authors),
                "subject": version.subject,
                "commit": version.landed,
                "url": commit_url(view, version.landed),
                "lines": read.differences(before, version) if lines else [],
            }
        )
        before = version
    return found


def commit_url(view: View, commit: str) -> str:
    """Where the forge shows a commit; empty without one."""
    forge = view.registry.settings.forge
    if forge is None:
        return ""
    return f"{forge.url}/{'-/' if forge.kind == 'gitlab' else ''}commit/{commit}"


def moment(seconds: int) -> str:
    """``09 giờ 00 ngày 10/7/2025``."""
    time = in_vietnam(seconds)
    return _("%(time)s ngày %(date)s", time=vi.time(time.time()), date=vi.date(time.date()))


class Reader:
    """Fields and texts of some states of one record, each blob read once."""

    def __init__(self, view: View, record_id: str, versions: Iterable[Version]) -> None:
        self.view, self.record_id = view, record_id
        self.kind = record_id.partition("/")[0]
        blobs = {one.blob for one in versions}
        blobs.update(blob for one in versions for _, blob in one.texts)
        contents = view.past.contents
        self._data: Mapping[str, bytes] = contents.read(sorted(blobs)) if contents else {}
        self._fields: dict[str, Value] = {}

    def fields(self, version: Version) -> Value:
        """What may be shown of the fields of a state."""
        known = self._fields.get(version.blob)
        if known is None:
            value = fields_of(self.record_id, self._data[version.blob])
            known = self._fields[version.blob] = public_fields(self.view, value or {})
        return known

    def text(self, blob: str) -> str:
        return text_in(self._data[blob]) or ""

    def differences(self, before: Version | None, after: Version) -> list[str]:
        if before is None:
            return []
        lines = said(self.view, self.kind, self.fields(before), self.fields(after))
        old, new = dict(before.texts), dict(after.texts)
        for version in sorted({*old, *new}):
            one, other = old.get(version), new.get(version)
            if one != other:
                lines.append(
                    text_said(
                        version,
                        None if one is None else self.text(one),
                        None if other is None else self.text(other),
                    )
                )
        return [line for line in lines if line]
