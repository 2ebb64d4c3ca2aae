"""The terms that the glossary explains, by group and code, and where each stands on its page.

What they mean is in ``builder.site.pages.glossary``. An anchor is made of the Vietnamese words,
so that it is the same in every language.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from builder.derive.applicability import SCOPE_LABELS
from builder.derive.completeness import STATES
from builder.derive.followups import STATUSES
from builder.derive.verdicts import STATE_LABELS
from builder.models import codes
from builder.site import labels
from builder.site.i18n import N_, Table
from builder.site.slugs import slug

CLOCKS = Table(
    {
        "adopted": N_("Ngày thông qua"),
        "operational_from": N_("Ngày hoạt động"),
        "code@valid_from": N_("Mã đơn vị kèm ngày"),
    }
)


class Terms(NamedTuple):
    """A group: its Vietnamese heading, and its terms by code."""

    label: str
    words: Table


def _of(found: Mapping[Any, str], *only: str) -> Table:
    return Table({code: found[code] for code in only or found})


GROUPS: dict[str, Terms] = {
    "clock": Terms(N_("Thời gian và nhận dạng"), CLOCKS),
    "unit_type": Terms(N_("Loại đơn vị hành chính"), _of(codes.LABELS["unit_type"])),
    "event_kind": Terms(N_("Loại sắp xếp"), _of(codes.LABELS["event_kind"])),
    "share": Terms(N_("Phần diện tích và dân số"), _of(codes.LABELS["share"])),
    "stage": Terms(N_("Giai đoạn của văn bản"), _of(codes.LABELS["stage"])),
    "state": Terms(N_("Tình trạng hiệu lực"), _of(STATE_LABELS)),
    "scope": Terms(N_("Phạm vi áp dụng"), _of(SCOPE_LABELS)),
    "inheritance": Terms(N_("Văn bản tiếp nhận từ đơn vị cũ"), labels.INHERITANCE),
    "regime": Terms(N_("Nhóm văn bản theo cách đánh số"), _of(codes.LABELS["regime"])),
    "document_type": Terms(N_("Loại văn bản"), _of(codes.DOCUMENT_TYPES)),
    "relation": Terms(N_("Quan hệ giữa các văn bản"), _of(codes.LABELS["relation"])),
    "block": Terms(N_("Khối"), _of(codes.LABELS["block"])),
    "body_type": Terms(N_("Cơ quan, tổ chức"), _of(codes.LABELS["body_type"])),
    "meeting_form": Terms(N_("Hình thức cuộc họp"), _of(codes.LABELS["meeting_form"])),
    "output_kind": Terms(N_("Kết quả cuộc họp"), _of(codes.LABELS["output_kind"])),
    "completeness": Terms(N_("Mức độ đầy đủ của hồ sơ"), _of(labels.COMPLETENESS.words, *STATES)),
    "followup": Terms(N_("Việc đến hạn"), _of(labels.FOLLOWUP.words, *STATUSES)),
    "source_kind": Terms(N_("Nguồn"), _of(codes.LABELS["source_kind"])),
    "certainty": Terms(N_("Mức chắc chắn"), _of(codes.LABELS["certainty"])),
}


@cache
def term(group: str, code: str | None) -> str:
    """The anchor of a term; empty for no code, or one that has no entry.

    >>> term("relation", "repeals")
    'relation-bai-bo'
    """
    words = GROUPS[group].words.words.get(code or "")
    return f"{group.replace('_', '-')}-{slug(words)}" if words else ""


def heading(group: str) -> str:
    """The anchor of a group.

    >>> heading("share")
    'phan-dien-tich-va-dan-so'
    """
    return slug(GROUPS[group].label)
