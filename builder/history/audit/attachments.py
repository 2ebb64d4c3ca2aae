"""Files attached to published records, after every commit that touched a record or its files."""

from collections import defaultdict
from collections.abc import Iterator

from builder.history.audit.report import AuditFinding, at
from builder.history.blobs import Blobs
from builder.history.landings import Landing, Line
from builder.history.snapshot import fields_of
from builder.history.stream import Commit
from builder.store.files import ATTACHED

_ENDINGS = tuple(f".{one}" for one in ATTACHED)


def attachments(line: Line, blobs: Blobs) -> Iterator[AuditFinding]:
    """Files that do not have the digest that their record names, and since when."""
    files: dict[str, dict[str, str]] = defaultdict(dict)  # by record: name -> blob
    states: dict[str, Landing] = {}
    landed = {
        (one.index, record_id): one for record_id, found in line.landings.items() for one in found
    }
    check = _Check(line, blobs)
    for index, commit in enumerate(line.history.main_line):
        touched: dict[str, None] = {}
        for file in commit.files:
            folder, _, name = file.path.removeprefix("registry/").rpartition("/")
            record_id = f"{folder}/{name.partition('.')[0]}"
            if folder and name.endswith(_ENDINGS):
                files[record_id][name] = file.blob
                touched[record_id] = None
            elif folder and name.endswith(".yaml"):
                touched[record_id] = None
        for record_id in touched:
            states[record_id] = landed.get((index, record_id)) or states.get(record_id, _NONE)
            yield from check.record(commit, record_id, states[record_id], files[record_id])


_NONE = Landing(-1, Commit("", (), "", "", 0, 0, "", ()), "", ())


class _Check:
    """Compares files with what their record names; the same fault is told once."""

    def __init__(self, line: Line, blobs: Blobs) -> None:
        self.line, self.blobs = line, blobs
        self.digests: dict[str, str] = {}
        self.wrong: set[tuple[str, str]] = set()

    def record(
        self, commit: Commit, record_id: str, state: Landing, files: dict[str, str]
    ) -> Iterator[AuditFinding]:
        if not self.line.is_public(state) or not self.line.facts[state.yaml].attachments:
            return
        [(_, data)] = self.blobs.read_all([state.yaml])
        for one in (fields_of(record_id, data) or {}).get("attachments") or ():
            name = str(one.get("file"))
            blob = files.get(name, "")
            if blob and self._digest(blob) == one.get("sha256"):
                self.wrong.discard((record_id, name))
            elif (record_id, name) not in self.wrong:
                self.wrong.add((record_id, name))
                what = "is not the file whose digest the record names" if blob else "is missing"
                yield at(
                    commit, "attachment-changed", f"{name} {what}", record_id,
                    "put the file back that the record names",
                )  # fmt: skip

    def _digest(self, blob: str) -> str:
        if blob not in self.digests:
            self.digests[blob] = self.blobs.digest(blob)[0]
        return self.digests[blob]
