"""The history of one record: what each commit changed, in the words of the field.

Which commits there are is in ``log``.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from builder.days import in_vietnam
from builder.history.blobs import blobs_of
from builder.history.compare import provisions
from builder.history.log import History, Step
from builder.history.repository import Repository
from builder.history.snapshot import fields_of, text_in
from builder.history.values import Change, changes
from builder.history.words import Names, lines_of, provisions_line

Happened = Literal["added", "changed", "formatted", "deleted"]


@dataclass(frozen=True, slots=True)
class State:
    """A record after one step. ``blob`` is its file then, empty where it was deleted.

    ``authored`` says when the change was written, ``landed`` since when the registry says so;
    both in Vietnam's time.
    """

    happened: Happened
    commit: str
    landed_in: str
    author: str
    authored: dt.datetime
    landed: dt.datetime
    subject: str
    blob: str
    fields: tuple[Change, ...]
    lines: tuple[str, ...]


def timeline(repository: Repository, history: History, record_id: str, names: Names) -> list[State]:
    """The states of a record, oldest first; empty if git knows none."""
    steps = history.steps.get(record_id, ())
    with blobs_of(repository) as process:
        ids = (file.blob for step in steps for file in step.files if file.blob)
        contents = dict(process.read_all(ids))
    states: list[State] = []
    files: dict[str, str] = {}
    for step in steps:
        states.append(_state(history, record_id, step, files, contents, names))
        files.update((file.path, file.blob) for file in step.files)
    return states


def _state(
    history: History, record_id: str, step: Step, files: dict[str, str],
    contents: dict[str, bytes], names: Names,
) -> State:  # fmt: skip
    path = f"registry/{record_id}.yaml"
    before = files.get(path, "")
    after = next((file.blob for file in step.files if file.path == path), before)
    found: tuple[Change, ...] = ()
    lines: list[str] = []
    if before and after and before != after:
        old, new = (fields_of(record_id, contents[blob]) for blob in (before, after))
        if old is None or new is None:
            lines.append("the file was no readable record, or is none now")
        else:
            found = tuple(changes(old, new))
            lines += lines_of(list(found), names)
    for file in step.files:
        if file.path.endswith(".txt"):
            lines += _text_lines(file.path, files.get(file.path, ""), file.blob, contents)
    happened: Happened = "changed" if lines else "formatted"
    if not before or not after:
        happened = "added" if after else "deleted"
    commit, landed = step.commit, step.landed
    return State(
        happened, commit.id, landed.id, history.author(commit), in_vietnam(commit.authored),
        in_vietnam(landed.committed), commit.subject, after, found, tuple(lines),
    )  # fmt: skip


def _text_lines(path: str, before: str, after: str, contents: dict[str, bytes]) -> list[str]:
    version = path.rpartition("/")[2].split(".")[1]
    version = "" if version == "txt" else version
    if not before or not after:
        of = f"text of {version}" if version else "text"
        return [f"{of} {'added' if after else 'removed'}"]
    old, new = text_in(contents[before]), text_in(contents[after])
    if old == new and old is not None:
        return []
    try:
        return [provisions_line(version, provisions(old or "", new or ""))]
    except ValueError:
        return [f"{path} changed"]


def as_json(record_id: str, states: list[State]) -> dict[str, Any]:
    """The history as data, newest first; times are ISO with their offset."""
    return {
        "id": record_id,
        "states": [
            {
                "happened": state.happened,
                "commit": state.commit,
                "landed_in": state.landed_in,
                "author": state.author,
                "authored": state.authored.isoformat(),
                "landed": state.landed.isoformat(),
                "subject": state.subject,
                "blob": state.blob or None,
                "says": list(state.lines),
                "fields": [
                    {"kind": one.kind, "at": list(one.at), "old": one.old, "new": one.new}
                    for one in state.fields
                ],
            }
            for state in reversed(states)
        ],
    }
