"""Results as JSON, as a table for the terminal, and as the table of the guide page in both
languages."""

import datetime as dt
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from benchmarks.measures import REPOSITORY, WANTED, WANTED_MEMORY, Measure
from builder.days import VIETNAM

PAGE = REPOSITORY / "site_src/pages/huong-dan/toc-do.md"
PAGES = (PAGE, PAGE.with_suffix(".en.md"))
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"
NAMES = {
    "check-cold": ("Kiểm tra toàn bộ, lần đầu", "Check everything, first time"),
    "check-again": ("Kiểm tra lại, không có gì thay đổi", "Check again, nothing changed"),
    "build-cold": (
        "Dựng toàn bộ trang, chưa có chỉ mục lời văn", "Build all pages, without the index of texts"
    ),
    "build-changed": (
        "Dựng lại sau khi sửa một bản ghi", "Build again after one record was edited"
    ),
    "build-changed-again": ("Sửa thêm một lần, dựng lại", "Edit once more, build again"),
    "build-unchanged": (
        "Dựng lại, không có gì thay đổi", "Build again, nothing changed"
    ),
    "build-search": (
        "Dựng toàn bộ, kèm chỉ mục lời văn", "Build all, with the index of texts"
    ),
    "search-first": (
        "Tìm trên dòng lệnh lần đầu (lập chỉ mục)",
        "Search on the command line, first time (makes the index)",
    ),
    "search-again": (
        "Tìm trên dòng lệnh những lần sau", "Search on the command line, after that"
    ),
    "build-both": (
        "Dựng toàn bộ bằng hai thứ tiếng, chưa có chỉ mục lời văn",
        "Build all pages in two languages, without the index of texts",
    ),
    "history-first": ("Lịch sử một bản ghi, lần đầu", "History of a record, first time"),
    "history-again": ("Lịch sử một bản ghi, những lần sau", "History of a record, after that"),
    "audit-first": ("Kiểm toán lịch sử, lần đầu", "Audit of the history, first time"),
    "audit-again": ("Kiểm toán lại, không có gì mới", "Audit again, nothing new"),
}  # fmt: skip
_VIETNAMESE = {
    "where": "Đo ngày {day} với {records} văn bản giả lập trên máy {cores} nhân, {architecture}, "
    "{system}, Python {python}; máy này cộng mười triệu số mất {pace} giây.",
    "past": " Lịch sử để đọc và kiểm toán có {commits} lần ghi.",
    "head": "| Việc | Giây | Muốn | Giây bộ xử lý | Bộ nhớ (MB) |",
    "under": "dưới",
    "size": "Trang được dựng kèm chỉ mục lời văn có {files} tệp, {bytes} MB. Danh mục mà trình "
    "duyệt tải khi bắt đầu gõ vào ô tìm kiếm nặng {catalogue} MB, nén lại còn {gzip} MB.",
}
_ENGLISH = {
    "where": "Measured on {day} with {records} made-up documents on a machine with {cores} cores, "
    "{architecture}, {system}, Python {python}, which takes {pace} seconds to add ten million "
    "numbers.",
    "past": " The history that is read and audited has {commits} commits.",
    "head": "| What | Seconds | Wanted | CPU seconds | Memory (MB) |",
    "under": "under",
    "size": "The site with its index of texts has {files} files, {bytes} MB. The catalogue that "
    "the browser loads when one begins to type takes {catalogue} MB, compressed {gzip} MB.",
}


class NoResult(Exception):  # noqa: N818  (a sentence for the command line)
    """A file that holds no result of an earlier run."""


def result(
    records: int, commits: int, measures: list[Measure], sizes: dict[str, int], pace: float
) -> dict[str, Any]:
    """All that was found, with the kind of machine but no name of one."""
    return {
        "date": dt.datetime.now(VIETNAM).date().isoformat(),
        "machine": {
            "cores": os.cpu_count(), "architecture": platform.machine(),
            "system": platform.system(), "python": platform.python_version(), "pace": pace,
        },
        "records": records,
        "commits": commits,
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


def write_page(found: dict[str, Any], pages: Sequence[Path] = PAGES) -> None:
    """Puts the table into the guide pages, between their two marks; all else there stays."""
    for page in pages:
        text = page.read_text(encoding="utf-8")
        before, begin, rest = text.partition(BEGIN)
        _, end, after = rest.partition(END)
        if not begin or not end:
            raise NoResult(f"{page} has lost its marks {BEGIN} and {END}; put them back")
        told = markdown(found, english=page.name.endswith(".en.md"))
        page.write_text(f"{before}{BEGIN}\n\n{told}\n{END}{after}", encoding="utf-8")


def markdown(found: dict[str, Any], *, english: bool = False) -> str:
    """The table as the page shows it."""
    machine, sizes = found["machine"], found["sizes"]
    words = _ENGLISH if english else _VIETNAMESE
    number = _english_number if english else _number
    day = dt.date.fromisoformat(found["date"])
    past = words["past"].format(commits=number(found["commits"])) if found["commits"] else ""
    lines = [
        words["where"].format(
            **{**machine, "pace": number(machine["pace"], 2)},
            records=number(found["records"]),
            day=f"{day.day} {day:%B %Y}" if english else f"{day.day}/{day.month}/{day.year}",
        )
        + past,
        "",
        words["head"],
        "|---|---:|---:|---:|---:|",
    ]
    for key, one in found["measures"].items():
        wanted = f"{words['under']} {number(WANTED[key])}" if key in WANTED else ""
        if key in WANTED_MEMORY:
            wanted += f", {words['under']} {number(WANTED_MEMORY[key])} MB"
        lines.append(
            f"| {NAMES[key][english]} | {number(one['wall'], 1)} | {wanted} "
            f"| {number(one['cpu'], 1)} | {number(one['memory'])} |"
        )
    size = words["size"].format(
        files=number(sizes["files"]),
        bytes=number(sizes["bytes"] / 1e6),
        catalogue=number(sizes["catalogue"] / 1e6, 1),
        gzip=number(sizes["catalogue-gzip"] / 1e6, 2),
    )
    return "\n".join([*lines, "", size, ""])


def _number(value: float, digits: int = 0) -> str:
    """``1.234,5`` as Vietnamese writes it."""
    return _english_number(value, digits).translate(str.maketrans(",.", ".,"))


def _english_number(value: float, digits: int = 0) -> str:
    return f"{value:,.{digits}f}"
