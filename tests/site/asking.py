"""Tỉnh Ví Dụ with a working group that asks its two communes for what they must have."""

from pathlib import Path

from tests.registries import HEAD
from tests.site.builds import vi_du

AN_BINH, DAI_LOC = "99001@2025-07-01", "99004@2025-07-01"
GROUP = "bodies/vi-du/tinh/to-cong-tac-1"
INSPECTION = "meetings/vi-du/to-cong-tac-1/kiem-tra"
RULES = "requirements/vi-du/to-cong-tac-1/quy-che"
PLAN = "requirements/vi-du/to-cong-tac-1/ke-hoach"
PARTY = "requirements/vi-du/chung/nghi-quyet-dang-uy"
ADOPTED = "documents/vi-du/an-binh/2025/quy-che"
TRIAL = "documents/vi-du/dai-loc/2025/quy-che"
MAP = "tinh-trang/day-du/vi-du/"


def document(commune: str, stage: str, target: str = RULES) -> str:
    return HEAD + (
        f"title: Quy chế làm việc\ntype: QC\nregime: administrative\n"
        f"issuer: bodies/vi-du/{commune}/ubnd\nstage: {stage}\n"
        f"dates: {{signed: 2025-08-10, effective: 2025-08-10}}\n"
        f"relations: [{{type: fulfils, target: {target}}}]\n"
    )


def task(key: str, state: str, day: str, more: str) -> str:
    return (
        f"  - {{key: {key}, kind: request, text: Việc {key}., state: {state}, {more},\n"
        f"     due: {{kind: before, date: {day}, words: trước ngày {day}}}}}\n"
    )


ASKING: dict[str, str] = {
    GROUP: HEAD + f'name: Tổ công tác số 1\ntype: to_cong_tac\nnumber: 1\ncovers: ["{AN_BINH}"]\n',
    INSPECTION: HEAD
    + (
        "title: Tổ công tác số 1 kiểm tra hai xã\nform: inspection\nmode: trial\n"
        f'bodies: [{GROUP}]\nunits: ["{AN_BINH}", "{DAI_LOC}"]\nwhen: {{date: 2025-06-26}}\n'
        "outputs:\n"
        + task("mo", "open", "2025-07-31", "responsible: [bodies/vi-du/dai-loc/ubnd]")
        + task("qua", "unknown", "2025-07-15", "responsible: [bodies/vi-du/an-binh/ubnd]")
        + task(
            "xong", "closed", "2025-07-31",
            "responsible: [bodies/vi-du/an-binh/hdnd], "
            f"closed_by: {ADOPTED}, closed_on: 2025-08-10",
        )
        + task("chung", "unknown", "2026-12-31", "responsible_words: Cấp ủy các xã")
    ),
    RULES: HEAD
    + (
        f'title: Quy chế làm việc\nblock: government\nunits: ["{AN_BINH}", "{DAI_LOC}"]\n'
        "due: {kind: by, date: 2025-09-30, words: đến 30/9}\n"
        f"basis: [{INSPECTION}]\n"
    ),
    PLAN: HEAD
    + (
        f'title: Kế hoạch công tác\nblock: government\nunits: ["{AN_BINH}", "{DAI_LOC}"]\n'
        f"basis: [{INSPECTION}]\n"
    ),
    PARTY: HEAD + f'title: Nghị quyết của Đảng ủy\nblock: party\nunits: ["{AN_BINH}"]\n',
    ADOPTED: document("an-binh", "adopted"),
    TRIAL: document("dai-loc", "trial"),
}  # fmt: skip


def asking(root: Path, changes: dict[str, str] | None = None) -> Path:
    """The registry of tỉnh Ví Dụ with these records, changed by id."""
    vi_du(root)
    for record_id, text in {**ASKING, **(changes or {})}.items():
        path = root / "registry" / f"{record_id}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
