"""The append-only policy: what a change may do to records that were published.

A published record keeps its id, number and issuer, is corrected only with an entry in
``corrections``, withdrawn instead of deleted, and its texts are added to, not rewritten.
"""

from collections.abc import Callable, Iterable, Iterator

from builder.findings import Finding, Location, counted
from builder.history.compare import RecordChange
from builder.history.snapshot import Snapshot, Value
from builder.history.values import Change, moved_alike
from builder.history.words import Names, line_of, names_of

# Fields that a published record keeps.
IDENTITY = ("number", "issuer", "series_term")
# Fields that tell how far the record is known, not what it says.
_BOOKKEEPING = frozenset(("as_of", "notes", "corrections", "withdrawn", "access"))
# Records whose additions change what they decide: nothing is added to them in silence.
_DECIDING = frozenset(("mergers", "requirements", "rules"))
MAX_PER_RECORD = 20
_DONE = {"changed": "rewritten", "removed": "removed"}
Make = Callable[..., Finding]
_TO_CORRECT = (
    "add an entry to 'corrections' (on, what, why, by, source) in the same change, "
    "or undo the change"
)


# The rules by id, each in one sentence for people; ``registry rules`` lists them.
POLICY: dict[str, str] = {
    "kept-record": "A published record is withdrawn, never deleted or renamed.",
    "kept-identity": "A published record keeps its number and its issuer.",
    "kept-public": "What was public is withdrawn, not made internal.",
    "kept-corrections": "Corrections are added to, never rewritten.",
    "kept-withdrawal": "A withdrawal is final.",
    "kept-text": "Versions of a text are added, never rewritten.",
    "uncorrected": "A published record is changed with an entry in 'corrections'.",
    "stage": "An official adoption is a record of its own, not a trial renamed.",
    "reused-id": "An id is never used again.",
}


def policy_findings(old: Snapshot, new: Snapshot, changed: list[RecordChange]) -> list[Finding]:
    """What of a difference the policy refuses; lines and columns are still to be looked up."""
    names = names_of(new.registry, old.registry)
    found: list[Finding] = []
    for change in changed:
        if change.status in ("added", "formatted"):
            continue
        before = old.fields(change.old_id)
        if before is None or before.get("access") != "public":
            continue
        path = old.files[change.old_id].path
        if change.status in ("removed", "renamed"):
            found.append(gone(change, path))
            continue
        after = new.fields(change.id)
        found.extend(refused(change, before, after or {}, path, names))
    return found


def gone(change: RecordChange, path: str) -> Finding:
    """A published record that is there no longer, or under another name."""
    to = f"renamed to {change.id}" if change.status == "renamed" else "deleted"
    hint = (
        "give the file its old name again: an id is never renamed, since others point at it"
        if change.status == "renamed"
        else "bring the file back and add 'withdrawn: {on: YYYY-MM-DD, reason: …}'; the record "
        "stays as a tombstone"
    )
    message = f"the published record {change.old_id} was {to}"
    return Finding("kept-record", "error", path, message, hint, line=1, column=1)


def refused(
    change: RecordChange, before: Value, after: Value, path: str, names: Names
) -> Iterator[Finding]:
    """What of the change of one published record the policy refuses."""

    def finding(rule: str, message: str, hint: str, at: Location = ()) -> Finding:
        return Finding(rule, "error", path, message, hint, at)

    yield from _identity(change.fields, finding)
    yield from _withdrawal(before, after, finding)
    yield from _stage(before, after, finding)
    if before.get("stage") != "draft":
        yield from _texts(change, finding)
    if after and after.get("access") != "public":
        yield finding(
            "kept-public", "a public record became internal",
            "its content stays in the history: add 'withdrawn' with a reason instead, and tell "
            "the keepers of the registry if it must not be seen", ("access",),
        )  # fmt: skip
    earlier, later = before.get("corrections") or [], after.get("corrections") or []
    if later[: len(earlier)] != earlier:
        yield finding(
            "kept-corrections", "an earlier correction was changed, moved or removed",
            "leave the entries as they were and add a new one at the end", ("corrections",),
        )  # fmt: skip
    if len(later) > len(earlier) or after.get("withdrawn") or before.get("stage") == "draft":
        return
    silent = [
        one for one in moved_alike(list(change.fields))
        if one.fields[0] not in IDENTITY and one.path != "stage" and needs_correction(one, path)
    ]  # fmt: skip
    for one in silent[:MAX_PER_RECORD]:
        said = f"changed without a correction: {line_of(one, names)}"
        gone = one.kind == "removed" and isinstance(one.at[-1], int)
        yield finding("uncorrected", said, _TO_CORRECT, one.at[:-1] if gone else one.at)
    if len(silent) > MAX_PER_RECORD:
        more = len(silent) - MAX_PER_RECORD
        yield finding(
            "uncorrected", f"and {counted(more, 'more change')} without a correction", _TO_CORRECT
        )


def needs_correction(change: Change, path: str) -> bool:
    """Whether a change says something else than was published, instead of more.

    Filling in what was unknown is no correction, except in records that decide what must be
    or what became of units. What is finished may be closed; who verified may be told.
    """
    if change.fields[0] in _BOOKKEEPING or change.kind == "reordered":
        return False
    if change.fields[0] == "verified" and change.new:
        return False
    if change.fields[0] == "unknown" and change.kind == "removed":
        return False
    if change.path == "outputs.state":
        return bool(change.new != "closed")
    kind = path.removeprefix("registry/").partition("/")[0]
    if change.kind == "added":
        return kind in _DECIDING and change.fields[0] not in ("sources", "external_refs", "unknown")
    return True


def _identity(changes: Iterable[Change], finding: Make) -> Iterator[Finding]:
    for change in changes:
        if change.path in IDENTITY and change.old is not None:
            was = change.path.replace("_", " ")
            yield finding(
                "kept-identity",
                f"the {was} of a published record changed from {change.old} to "
                f"{change.new or 'nothing'}",
                f"put {change.old} back; if the {was} was wrong, withdraw this record with the "
                "reason and add another with the right one",
                change.at,
            )


def _withdrawal(before: Value, after: Value, finding: Make) -> Iterator[Finding]:
    if before.get("withdrawn") and after and before["withdrawn"] != after.get("withdrawn"):
        yield finding(
            "kept-withdrawal", "the withdrawal of a record was changed or taken back",
            "leave 'withdrawn' as it was; what is valid after all becomes a new record",
            ("withdrawn",),
        )  # fmt: skip


def _stage(before: Value, after: Value, finding: Make) -> Iterator[Finding]:
    was, now = before.get("stage"), after.get("stage")
    if was == now or now is None or was in (None, "draft"):
        return
    if was == "trial" and now == "adopted":
        hint = (
            "leave the trial text as it is and add a record for the official adoption, with the "
            "relation 'formalises' to this one"
        )
    else:
        hint = "leave the stage; a record that should not be there gets 'withdrawn' with a reason"
    if not (now == "withdrawn" and after.get("withdrawn")):
        yield finding("stage", f"the stage changed from {was} to {now}", hint, ("stage",))


def _texts(change: RecordChange, finding: Make) -> Iterator[Finding]:
    for text in change.texts:
        if text.status == "added":
            continue
        stem = change.id.rpartition("/")[2]
        yield finding(
            "kept-text", f"the published text {text.path} was {_DONE[text.status]}",
            f"put the text back; a later version is a file of its own, {stem}.YYYY-MM-DD.txt, "
            "with an entry in 'text_versions'; a wrong copy is withdrawn and published anew",
        )  # fmt: skip
