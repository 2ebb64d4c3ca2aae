"""Results as JSON, as a table for the terminal, and as the table of the guide page."""

import datetime as dt
import os
import platform
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from benchmarks.measures import REPOSITORY, WANTED, WANTED_MEMORY, Measure

PAGE = REPOSITORY / "site_src/pages/huong-dan/toc-do.md"
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"
NAMES = {
    "check-cold": "Kiểm tra toàn bộ, lần đầu",
    "check-again": "Kiểm tra lại, không có gì thay đổi",
    "build-cold": "Dựng toàn bộ trang, chưa có chỉ mục lời văn",
    "build-changed": "Dựng lại sau khi sửa một bản ghi",
    "build-changed-again": "Sửa thêm một lần, dựng lại",
    "build-unchanged": "Dựng lại, không có gì thay đổi",
    "build-search": "Dựng toàn bộ, kèm chỉ mục lời văn",
    "search-first": "Tìm trên dòng lệnh lần đầu (lập chỉ mục)",
    "search-again": "Tìm trên dòng lệnh những lần sau",
}


class NoResult(Exception):  # noqa: N818  (a sentence for the command line)
    """A file that holds no result of an earlier run."""


def result(
    records: int, measures: list[Measure], sizes: dict[str, int], pace: float
) -> dict[str, Any]:
    """All that was found, with the kind of machine but no name of one."""
    return {
        "date": dt.datetime.now(dt.timezone(dt.timedelta(hours=7))).date().isoformat(),
        "machine": {
            "cores": os.cpu_count(), "architecture": platform.machine(),
            "system": platform.system(), "python": platform.python_version(), "pace": pace,
        },
        "records": records,
        "measures": {one.key: asdict(one) for one in measures},
        "sizes": sizes,
    }  # fmt: skip


def read(path: Path) -> dict[str, Any]:
    """A result of an earlier run. Raises NoResult."""
    try:
        found: dict[str, Any] = orjson.loads(path.read_bytes())
        _ = {key: (one["wall"], one["cpu"]) for key, one in found["measures"].items()}
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        raise NoResult(f"{path} holds no result; make one with --json FILE") from None
    return found


def table(found: dict[str, Any], earlier: dict[str, Any] | None = None) -> str:
    """For the terminal; with an earlier result, how many times as long everything took."""
    machine = found["machine"]
    where = (
        f"{found['records']:,} records; {machine['cores']} cores, {machine['architecture']}, "
        f"Python {machine['python']}, {machine['pace']:.2f} s for ten million additions\n"
    )
    lines = [
        where,
        "| | wall s | wanted | CPU s | memory MB |" + (" wall × | CPU × |" if earlier else ""),
        "|---|---:|---:|---:|---:|" + ("---:|---:|" if earlier else ""),
    ]
    for key, one in found["measures"].items():
        wanted = f"{WANTED[key]:.0f}" if key in WANTED else ""
        row = f"| {key} | {one['wall']:.1f} | {wanted} | {one['cpu']:.1f} | {one['memory']:.0f} |"
        if earlier:
            row += _ratios(one, earlier["measures"].get(key))
        lines.append(row)
    lines += [f"{key}: {value:,}" for key, value in found["sizes"].items()]
    return "\n".join(lines)


def _ratios(one: dict[str, float], old: dict[str, float] | None) -> str:
    if old is None:
        return " | |"
    return "".join(f" {one[what] / old[what]:.2f} |" for what in ("wall", "cpu"))


def write_page(found: dict[str, Any], page: Path = PAGE) -> None:
    """Puts the table into the guide page, between its two marks; all else there stays."""
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise NoResult(f"{page} has lost its marks {BEGIN} and {END}; put them back")
    page.write_text(f"{before}{BEGIN}\n\n{markdown(found)}\n{END}{after}", encoding="utf-8")


def markdown(found: dict[str, Any]) -> str:
    """The table as the page shows it, in Vietnamese."""
    machine, sizes = found["machine"], found["sizes"]
    day = dt.date.fromisoformat(found["date"])
    where = (
        f"Đo ngày {day.day}/{day.month}/{day.year} với {_number(found['records'])} văn bản giả lập "
        f"trên máy {machine['cores']} nhân, {machine['architecture']}, {machine['system']}, "
        f"Python {machine['python']}; máy này cộng mười triệu số mất "
        f"{_number(machine['pace'], 2)} giây."
    )
    lines = [
        where,
        "",
        "| Việc | Giây | Muốn | Giây bộ xử lý | Bộ nhớ (MB) |",
        "|---|---:|---:|---:|---:|",
    ]
    for key, one in found["measures"].items():
        wanted = f"dưới {_number(WANTED[key])}" if key in WANTED else ""
        if key in WANTED_MEMORY:
            wanted += f", dưới {_number(WANTED_MEMORY[key])} MB"
        lines.append(
            f"| {NAMES[key]} | {_number(one['wall'], 1)} | {wanted} | {_number(one['cpu'], 1)} "
            f"| {_number(one['memory'])} |"
        )
    size = (
        f"Trang được dựng kèm chỉ mục lời văn có {_number(sizes['files'])} tệp, "
        f"{_number(sizes['bytes'] / 1e6)} MB. Danh mục mà trình duyệt tải khi bắt đầu gõ vào ô tìm "
        f"kiếm nặng {_number(sizes['catalogue'] / 1e6, 1)} MB, nén lại còn "
        f"{_number(sizes['catalogue-gzip'] / 1e6, 2)} MB."
    )
    return "\n".join([*lines, "", size, ""])


def _number(value: float, digits: int = 0) -> str:
    """``1.234,5`` as Vietnamese writes it."""
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))
