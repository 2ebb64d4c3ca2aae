"""Whether the history is the one that it was: checkpoints kept, one beginning, times in order."""

from collections.abc import Iterator, Mapping

from builder.findings import counted
from builder.history.audit.report import AuditFinding, at, iso
from builder.history.checkpoint import Checkpoint, statement
from builder.history.landings import Line
from builder.history.log import History
from builder.history.repository import Repository

SKEW = 3_600  # seconds by which clocks of honest machines may differ
_SHOWN = 20  # records that one edited checkpoint is named for
_REWRITTEN = (
    "whoever keeps the history from before can show what was there; do not publish from this one"
)


def descent(repository: Repository, line: Line, kept: Checkpoint, name: str) -> list[AuditFinding]:
    """What speaks against a history that goes on from a checkpoint; ``name`` tells it apart."""
    index = line.position.get(kept.commit)
    if index is None:
        return [_lost(line.history, kept, name)]
    found = list(_edited(repository, line, kept, index, name))
    return found or list(_vanished(line, kept, index))


def _lost(history: History, kept: Checkpoint, name: str) -> AuditFinding:
    """The commit of a checkpoint does not stand on the main line: what became of it?"""
    short, places = kept.commit[:10], {one.id: i for i, one in enumerate(history.main_line)}
    if kept.commit in history.by_id:
        merge = history.main_line[history.landed[kept.commit]]
        return at(
            merge, "history-rewritten",
            f"{short} of {name} was the main line, now it is a side branch of {merge.id[:10]}",
            hint=_REWRITTEN,
        )  # fmt: skip
    last = next((one for one in kept.line if one in places), None)
    if last is None:
        return AuditFinding(
            "history-rewritten", "error",
            f"{short} of {name} is not in this history, nor is anything before it",
            hint=_REWRITTEN,
        )  # fmt: skip
    common = history.main_line[places[last]]
    gone = kept.line.index(last) + 1
    if last == history.tip:
        return AuditFinding(
            "history-cut", "error",
            f"the last commits up to {short} of {name}, {gone} or more, are gone; "
            f"the history now ends with {last[:10]}",
            "", common.id, iso(common.committed), _REWRITTEN,
        )  # fmt: skip
    return AuditFinding(
        "history-rewritten", "error",
        f"{short} of {name} is not in this history; both agree up to {last[:10]}",
        "", common.id, iso(common.committed), _REWRITTEN,
    )  # fmt: skip


def _edited(
    repository: Repository, line: Line, kept: Checkpoint, index: int, name: str
) -> Iterator[AuditFinding]:
    """Where a checkpoint says something else of its commit than git has."""
    commit, true = line.history.main_line[index], statement(repository, line, index)
    said = kept.model_dump(mode="json")
    hint = "this checkpoint is not what a site of this commit published: compare other copies"
    fields = [field for field in true if field != "records" and said[field] != true[field]]
    if fields:
        what = f"{name} says another {', '.join(fields)} of {commit.id[:10]} than git"
        yield at(commit, "checkpoint-edited", what, hint=hint)
    if not kept.clean:
        return
    records = true["records"]
    differing = [
        one for one in sorted({*records, *said["records"]})
        if records.get(one) != said["records"].get(one)
    ]  # fmt: skip
    for record_id in differing[:_SHOWN]:
        what = f"{name} has another digest of the record in {commit.id[:10]} than git"
        yield at(commit, "checkpoint-edited", what, record_id, hint)
    if len(differing) > _SHOWN:
        what = f"{name} has other digests of {counted(len(differing) - _SHOWN, 'more record')}"
        yield at(commit, "checkpoint-edited", what, hint=hint)


def _vanished(line: Line, kept: Checkpoint, index: int) -> Iterator[AuditFinding]:
    """Records of a checkpoint that are gone, whatever the policy's start: none may ever be."""
    now = line.at(len(line.history.main_line) - 1)
    for record_id in kept.records:
        if record_id not in now:
            gone = next(
                one for one in line.landings[record_id]
                if one.index > index and not line.is_public(one)
            )  # fmt: skip
            what = "a record of a kept checkpoint is published no longer"
            yield at(gone.commit, "kept-record", what, record_id, "bring the record back")


def shown(line: Line, served: Checkpoint, kept: Mapping[str, Checkpoint]) -> Iterator[AuditFinding]:
    """What a site leaves out: of checkpoints kept elsewhere, and of the history up to HEAD."""
    main_line, index = line.history.main_line, line.position.get(served.commit)
    if index is None:
        return  # another finding says so
    commit = main_line[index]
    for name, one in kept.items():
        if line.position.get(one.commit, -1) > index:
            what = (
                f"the site shows {commit.id[:10]}, which is older than {one.commit[:10]} of {name}"
            )
            hint = "the site was taken back to an older state: build it from the last commit"
            yield at(commit, "checkpoint-stale", what, hint=hint)
    if behind := len(main_line) - 1 - index:
        what = f"the site shows {commit.id[:10]}, {behind} behind {line.history.tip[:10]}"
        yield at(main_line[index + 1], "site-behind", what, hint="build the site again")


def beginnings(history: History) -> Iterator[AuditFinding]:
    """Roots beside that of the main line, with the merges that brought them in."""
    first = history.main_line[0].id
    for commit in history.commits:
        if not commit.parents and commit.id != first:
            merge = history.main_line[history.landed[commit.id]]
            yield at(
                merge, "second-root",
                f"{merge.id[:10]} brought in a history with a beginning of its own, "
                f"{commit.id[:10]}",
                hint="records come in by commits on this history, not from another one",
            )  # fmt: skip


def times(history: History) -> Iterator[AuditFinding]:
    """Commits that say they are older than what they follow, by more than clocks differ."""
    for commit in history.commits:
        parents = [history.by_id[one] for one in commit.parents if one in history.by_id]
        latest = max((one.committed for one in parents), default=0)
        if commit.committed < latest - SKEW:
            yield at(
                commit, "back-dated",
                f"it is dated {iso(commit.committed)}, and follows one of {iso(latest)}",
                hint="its time is no evidence; the order of commits is",
            )  # fmt: skip


def damage(repository: Repository) -> Iterator[AuditFinding]:
    """What ``git fsck`` finds: contents that do not fit their ids, and missing ones."""
    words = repository.complaint("fsck", "--full", "--no-dangling", "--no-reflogs", "--no-progress")
    if words:
        yield AuditFinding(
            "damaged", "error", f"git fsck: {words}",
            hint="clone the registry again from where it is published",
        )  # fmt: skip
