"""Small registries for tests, written as files as an editor would write them."""

from pathlib import Path

HEAD = """\
access: public
sources: [{kind: dataset, title: Dữ liệu thử, supports: [tất cả]}]
verified: false
as_of: 2025-07-01
"""
UNITS = (
    HEAD
    + """\
province: Tỉnh Ví Dụ
units:
  - {code: "99", type: tỉnh, name: Ví Dụ}
  - {code: "991", type: huyện, name: Mẫu, parent: "99", valid_to: 2025-06-30}
  - {code: "99001", type: xã, name: An Bình, parent: "991", valid_to: 2025-06-30}
  - {code: "99002", type: xã, name: Bình Minh, parent: "991", valid_to: 2025-06-30}
  - {code: "99001", type: xã, name: An Bình, parent: "99", valid_from: 2025-07-01}
"""
)
BODY = (
    HEAD
    + 'name: Ủy ban nhân dân xã An Bình\ntype: ubnd\nblock: government\nunit: "99001@2025-07-01"\n'
)
DOCUMENT = (
    HEAD
    + """\
title: Kế hoạch thử
type: KH
number: 01/KH-UBND
regime: administrative
issuer: bodies/vi-du/an-binh/ubnd
stage: adopted
dates: {signed: 2025-07-02, effective: 2025-07-02}
"""
)
FILES = {
    "units/vi-du": UNITS,
    "bodies/vi-du/an-binh/ubnd": BODY,
    "documents/vi-du/an-binh/ke-hoach-thu": DOCUMENT,
}


def write(root: Path, changes: dict[str, str | None] | None = None) -> Path:
    """A sound registry of three files, changed by id: other text, or None to leave one out."""
    for record_id, text in {**FILES, **(changes or {})}.items():
        if text is not None:
            path = root / "registry" / f"{record_id}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return root
