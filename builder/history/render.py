"""A difference as text for a terminal, as Markdown for a comment, as JSON for programs.

Records are hostile: a terminal gets no control characters, a comment no markup of theirs.
"""

import re
from collections import Counter
from typing import Any

import orjson

from builder.findings import counted
from builder.history.compare import RecordChange, Status
from builder.history.consequences import Consequence, Consequences

_SIGNS = {"added": "+", "removed": "-", "changed": "~", "renamed": ">", "formatted": "="}
_HEADINGS: dict[Status, str] = {
    "changed": "Changed", "added": "Added", "removed": "Deleted", "renamed": "Renamed",
    "formatted": "Formatting only",
}  # fmt: skip
MAX_MARKDOWN = 60_000  # characters; a forge takes 65,536
_MARKUP = re.compile(r"[\\`*_{}\[\]()<>!|~&$]|\A[-+=\d]")


def summary(changed: list[RecordChange]) -> str:
    """``2 changed, 1 added``, or that nothing did."""
    counts = Counter(change.status for change in changed)
    said = [f"{counts[key]} {_HEADINGS[key].lower()}" for key in _HEADINGS if counts[key]]
    return ", ".join(said) if said else "no record differs"


def as_text(changed: list[RecordChange], follows: Consequences) -> str:
    """Every change with its lines, then what follows."""
    lines: list[str] = []
    for change in changed:
        lines.append(f"{_SIGNS[change.status]} {_head(change)}")
        lines += [f"    {line}" for line in change.lines]
        if change.status == "formatted":
            lines.append("    formatting only; nothing it says has changed")
    for title, found in _groups(follows):
        lines += ["", f"{title} (on {follows.on}):"]
        lines += [f"    {one.says}" for one in found]
    if follows.left_out:
        lines.append(f"    and {_left_out(follows.left_out)}")
    lines += ["", summary(changed)]
    return "\n".join(map(_plain, lines)).strip("\n")


def _left_out(units: int) -> str:
    return f"{counted(units, 'more unit')}, which {'was' if units == 1 else 'were'} not worked out"


def as_markdown(changed: list[RecordChange], follows: Consequences, base: str, head: str) -> str:
    """A comment for a pull request; cut where a forge would refuse it."""
    lines = [f"**{_safe(summary(changed).capitalize())}** ({_safe(base)} → {_safe(head)})", ""]
    for status, heading in _HEADINGS.items():
        some = [change for change in changed if change.status == status]
        if some:
            lines += [f"### {heading}", ""]
        for change in some:
            lines.append(f"- {_safe(_head(change))}")
            lines += [f"  - {_safe(line)}" for line in change.lines]
        lines += [""] if some else []
    for title, found in _groups(follows):
        lines += [f"### {title}", "", *(f"- {_safe(one.says)}" for one in found), ""]
    if follows.left_out:
        lines.append(f"And {_left_out(follows.left_out)}.")
    kept: list[str] = []
    size = 0
    for index, line in enumerate(lines):
        size += len(line) + 1
        if size > MAX_MARKDOWN:
            more = counted(len(lines) - index, "more line")
            kept.append(f"\n… and {more}: run `registry diff` to see all.")
            break
        kept.append(line)
    return "\n".join(kept).rstrip()


def as_json(changed: list[RecordChange], follows: Consequences, base: str, head: str) -> str:
    """One object: ``base`` and ``head`` (commit ids, empty for the working tree), all changes."""
    return orjson.dumps(
        {
            "base": base,
            "head": head,
            "records": [_record_json(change) for change in changed],
            "consequences": {
                "on": follows.on.isoformat(),
                "applicability": _consequences_json(follows.applicability),
                "completeness": _consequences_json(follows.completeness),
                "links": _consequences_json(follows.links),
                "units_left_out": follows.left_out,
            },
        },
        option=orjson.OPT_INDENT_2,
    ).decode()


def _record_json(change: RecordChange) -> dict[str, Any]:
    return {
        "id": change.id,
        "status": change.status,
        "old_id": change.old_id,
        "title": change.title,
        "says": list(change.lines),
        "fields": [
            {"kind": one.kind, "at": list(one.at), "old": one.old, "new": one.new}
            for one in change.fields
        ],
        "texts": [
            {
                "path": text.path,
                "version": text.version or None,
                "status": text.status,
                "provisions": [
                    {"status": status, "anchor": anchor} for status, anchor in text.provisions
                ],
            }
            for text in change.texts
        ],
    }


def _consequences_json(found: tuple[Consequence, ...]) -> list[dict[str, str]]:
    return [{"subject": one.subject, "says": one.says} for one in found]


def _groups(follows: Consequences) -> list[tuple[str, tuple[Consequence, ...]]]:
    groups = (
        ("What applies", follows.applicability),
        ("Requirements", follows.completeness),
        ("Broken links", follows.links),
    )
    return [(title, found) for title, found in groups if found]


def _head(change: RecordChange) -> str:
    renamed = f"{change.old_id} → " if change.status == "renamed" else ""
    title = f"  {change.title}" if change.title != change.id else ""
    return f"{renamed}{change.id}{title}"


def _plain(line: str) -> str:
    return "".join(c if c.isprintable() else " " for c in line)


def _safe(text: str) -> str:
    """Text without any meaning in Markdown or HTML, that mentions nobody and no issue.

    A forge looks for mentions after it has resolved entities: a space without width parts them.

    >>> _safe("<b>@ai</b> #1 a-b")
    '&#60;b&#62;@&#8203;ai&#60;/b&#62; #&#8203;1 a-b'
    """
    escaped = _MARKUP.sub(lambda found: f"&\0{ord(found[0])};", _plain(text))
    return re.sub("[@#]", r"\g<0>&#8203;", escaped).replace("&\0", "&#")
