"""The files of a registry: a walk that follows no link and bounds what it meets."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from builder.findings import Finding

MAX_FILES = 500_000  # entries of one registry, whatever they are
MAX_PATH_DEPTH = 10
_FOLDER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_RECORD = re.compile(r"(?P<name>[a-z0-9]+(-[a-z0-9]+)*)\.yaml\Z")
_TEXT = re.compile(
    r"(?P<name>[a-z0-9]+(-[a-z0-9]+)*)(\.(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}))?\.txt\Z"
)
SETTINGS = "settings.yaml"  # beside the folders of records
SIGNERS = "allowed_signers"  # whose keys may sign commits, in the form of ssh-keygen
_TOP_FILES = frozenset({"README.md", SETTINGS, SIGNERS})
# Files attached to a record: <record>.<label>.<type>; lowercase, so no two differ in case only.
ATTACHED = ("pdf", "docx", "doc", "xlsx", "xls", "odt", "zip", "png", "jpg", "tif")
_ATTACHMENT = re.compile(
    rf"(?P<name>[a-z0-9]+(-[a-z0-9]+)*)\.[a-z0-9]+(-[a-z0-9]+)*\.({'|'.join(ATTACHED)})\Z"
)
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_CHUNK = 65_536  # one read takes nearly every record whole
_NAME_HINT = (
    "use lowercase letters without marks, digits and hyphens: <record>.yaml, <record>.txt, and"
    " <record>.<label>.pdf (docx, zip ...) for a file attached to it"
)


@dataclass(frozen=True, slots=True)
class RecordFile:
    """One record: its id, its path relative to the root, its texts by date, files attached."""

    id: str
    path: str
    texts: tuple[tuple[str, str], ...] = ()  # (date or "", relative path)
    attachments: tuple[str, ...] = ()  # relative paths


def find_records(root: Path) -> tuple[list[RecordFile], list[Finding]]:
    """All record files under ``root/registry`` in order of id, and what does not belong there."""
    found: list[RecordFile] = []
    base = root / "registry"
    if base.is_symlink() or not base.is_dir():
        return [], [_finding("registry", "there is no folder registry/", "run 'registry init'")]
    walk = _Walk()
    for kind in walk.entries(base, "registry"):
        if kind.is_dir(follow_symlinks=False):
            found.extend(walk.records(Path(kind.path), f"registry/{kind.name}", 1))
        elif kind.name not in _TOP_FILES:
            walk.report(
                f"registry/{kind.name}",
                "a file without a kind",
                "move it into the folder of its kind",
            )
    found.sort(key=lambda file: file.id)
    return found, walk.findings


def records_among(paths: Iterable[str]) -> tuple[list[RecordFile], list[Finding]]:
    """The same for plain files that stand in no folder, such as those of a tree in git.

    ``paths`` are relative to the root and begin with ``registry/``.
    """
    walk, found = _Walk(), _Found()
    for path in sorted(paths):
        _, *folders, name = path.split("/")
        at = "/".join(folders)
        if name == "README.md" or any(part.startswith(".") for part in (*folders, name)):
            continue
        if not folders and name in _TOP_FILES:
            continue
        if not folders:
            walk.report(path, "a file without a kind", "move it into the folder of its kind")
        elif len(folders) > MAX_PATH_DEPTH:
            walk.report(path, f"deeper than {MAX_PATH_DEPTH} folders", "move it up")
        elif not all(map(_FOLDER.match, folders[1:])):
            walk.report(path, "the folder's name is no slug", _NAME_HINT)
        elif not found.add(at, name, path):
            walk.report(path, "the file's name is not that of a record", _NAME_HINT)
    return sorted(found.records(walk.report), key=lambda file: file.id), walk.findings


class _Found:
    """Names met on a walk, put together: records, and what stands beside them."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.texts: dict[str, list[tuple[str, str]]] = {}
        self.attached: dict[str, list[str]] = {}

    def add(self, folder: str, name: str, path: str) -> bool:
        """Takes a file if its name is one of the three forms; says whether it did."""
        if match := _RECORD.match(name):
            self.names.append(f"{folder}/{match['name']}")
        elif (match := _TEXT.match(name)) and _is_date(match["date"]):
            texts = self.texts.setdefault(f"{folder}/{match['name']}", [])
            texts.append((match["date"] or "", path))
        elif match := _ATTACHMENT.match(name):
            self.attached.setdefault(f"{folder}/{match['name']}", []).append(path)
        return match is not None

    def records(self, report: Callable[[str, str, str], None]) -> Iterator[RecordFile]:
        """The records with their files; files without a record are reported."""
        for record in self.names:
            texts = tuple(sorted(self.texts.pop(record, ())))
            attached = tuple(sorted(self.attached.pop(record, ())))
            yield RecordFile(record, f"registry/{record}.yaml", texts, attached)
        for record, orphans in self.texts.items():
            for _, path in orphans:
                report(path, f"a text without its record {_last(record)}.yaml", "add the record")
        for record, files in self.attached.items():
            for path in files:
                report(path, f"a file without its record {_last(record)}.yaml", "add the record")


class _Walk:
    """One walk over a registry: what it found amiss, and how many entries it has seen."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.seen = 0

    def report(self, path: str, message: str, hint: str) -> None:
        self.findings.append(_finding(path, message, hint))

    def records(self, folder: Path, relative: str, depth: int) -> Iterator[RecordFile]:
        """The records in a folder and below it, each with its texts."""
        if depth > MAX_PATH_DEPTH:
            self.report(relative, f"deeper than {MAX_PATH_DEPTH} folders", "move it up")
            return
        found, prefix = _Found(), relative.removeprefix("registry/")
        for entry in self.entries(folder, relative):
            path = f"{relative}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if _FOLDER.match(entry.name):
                    yield from self.records(Path(entry.path), path, depth + 1)
                else:
                    self.report(path, "the folder's name is no slug", _NAME_HINT)
            elif not found.add(prefix, entry.name, path) and entry.name != "README.md":
                self.report(path, "the file's name is not that of a record", _NAME_HINT)
        yield from found.records(self.report)

    def entries(self, folder: Path, relative: str) -> list[os.DirEntry[str]]:
        """Entries in order of name; links and devices are reported and left out."""
        kept: list[os.DirEntry[str]] = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    self.seen += 1
                    if self.seen > MAX_FILES:
                        break
                    if entry.is_symlink() or not (entry.is_file() or entry.is_dir()):
                        path = f"{relative}/{entry.name}"
                        self.report(path, "a link or device, not a file", "put a file there")
                    elif not entry.name.startswith("."):
                        kept.append(entry)
        except OSError as error:
            self.report(relative, error.strerror or "unreadable", "see who may read the folder")
        if self.seen == MAX_FILES + 1:
            self.report(relative, f"more than {MAX_FILES:,} files", "split the registry")
        kept.sort(key=lambda entry: entry.name)
        return kept


def _last(record: str) -> str:
    return record.rpartition("/")[2]


def _is_date(text: str | None) -> bool:
    try:
        return text is None or bool(date.fromisoformat(text))
    except ValueError:
        return False


def _finding(path: str, message: str, hint: str) -> Finding:
    return Finding("file-name", "error", _printable(path), message, hint, line=1, column=1)


def _printable(path: str) -> str:
    """A hostile name as one line that any terminal and any JSON takes, nothing lost."""
    if path.isprintable():
        return path
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in path)


def read_bytes(root: Path, relative: str, limit: int) -> bytes:
    """At most ``limit + 1`` bytes of a file, so that a huge one costs nothing."""
    descriptor = os.open(f"{root}/{relative}", os.O_RDONLY | _NO_FOLLOW)
    try:
        data = os.read(descriptor, _CHUNK)
        if len(data) < _CHUNK:
            return data
        with open(descriptor, "rb", closefd=False) as stream:
            return data + stream.read(max(0, limit + 1 - len(data)))
    finally:
        os.close(descriptor)


def write_atomically(path: Path, data: bytes) -> None:
    """Writes beside and renames, so that no reader ever sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as stream:
        stream.write(data)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A stream into a file beside, which takes the place of ``path`` when the block ends well."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    beside.unlink(missing_ok=True)  # what a killed run left
    try:
        with beside.open("xb") as stream:  # never through a link that stands there
            yield stream
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
