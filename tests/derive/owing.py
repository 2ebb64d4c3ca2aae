"""A registry in which a new commune has to have working regulations, asked for at an inspection."""

from pathlib import Path

from tests.registries import DOCUMENT, HEAD, write

UNIT = "99001@2025-07-01"
REQUIREMENT = "requirements/vi-du/quy-che"
INSPECTION = "meetings/vi-du/to-cong-tac/kiem-tra"
REGULATION = "documents/vi-du/an-binh/quy-che"
ASKED = f"""\
{HEAD}title: Quy chế làm việc
units: ["{UNIT}"]
due: {{kind: before, date: 2025-07-31, words: trước ngày 31/7}}
basis: [{INSPECTION}]
"""
INSPECTED = f"""\
{HEAD}title: Kiểm tra xã An Bình
form: inspection
mode: trial
units: ["{UNIT}"]
when: {{date: 2025-06-26}}
outputs:
  - key: quy-che
    kind: request
    text: Ban hành quy chế làm việc.
    due: {{kind: before, date: 2025-07-31, words: trước ngày 31/7}}
"""


def regulation(stage: str = "adopted", more: str = "") -> str:
    """A regulation of the commune that fulfils the requirement, at a stage."""
    return (
        DOCUMENT.replace("stage: adopted", f"stage: {stage}")
        + f"relations: [{{type: fulfils, target: {REQUIREMENT}}}]\n{more}"
    )


def owing(root: Path, changes: dict[str, str | None] | None = None) -> Path:
    """The registry with requirement and inspection, changed by id."""
    return write(root, {REQUIREMENT: ASKED, INSPECTION: INSPECTED, **(changes or {})})
