"""Whether a site is what its commit gives: files against its manifest, and a build to compare.

The build runs in a clone of its own under a temporary folder; the repository is only read.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import orjson

from builder.findings import RegistryError, counted
from builder.history.audit import AuditFinding
from builder.history.checkpoint import NAME, Checkpoint
from builder.history.repository import Repository
from builder.progress import Say
from builder.site.build import MANIFEST, NotLoadable, build, program_digest
from builder.site.output import MARKER

_SHOWN = 20  # files named one by one
_NOT_LISTED = frozenset((MANIFEST, NAME, MARKER))
_PIECE = 1 << 20
_REPLACE = "build the site again from its commit, and find out who could write to it"


def site_findings(root: Path, site: Path, served: Checkpoint, say: Say) -> Iterator[AuditFinding]:
    """What of a site's files is not as its manifest, its checkpoint and its commit have them.

    RegistryError if its manifest cannot be read.
    """
    say("reading the site's files")
    listed, digest = _manifest(site)
    if digest != served.manifest:
        what = "the manifest is not the one that the checkpoint names"
        yield _finding("site-file-changed", what, MANIFEST)
    yield from _several(_touched(site, listed), "site-file-changed")
    if served.program != program_digest():
        yield AuditFinding(
            "site-other-program", "error",
            "the site was built by another version of the program than this one, so that a "
            "build of it cannot be compared",
            hint="run the audit with the version that built the site",
        )  # fmt: skip
    elif not served.clean:
        what = "the site was built from files that were not committed"
        yield _finding("site-not-fresh", what, "", "commit, then build again")
    else:
        say("building the site again from its commit")
        yield from _several(_unlike(root, site, listed, served, say), "site-not-fresh")


def _manifest(site: Path) -> tuple[dict[str, str], str]:
    try:
        data = (site / MANIFEST).read_bytes()
        files = orjson.loads(data)["files"]
        if all(isinstance(one, str) for pair in files.items() for one in pair):
            return files, hashlib.sha256(data).hexdigest()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    raise RegistryError(
        f"{site / MANIFEST} is no manifest of a site", "give --site the folder of a built site"
    )


def _touched(site: Path, listed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Paths of files that differ from the manifest, with what is wrong."""
    found: set[str] = set()
    for folder, folders, files in os.walk(site):
        folders.sort()
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in sorted([*files, *links]):
            path = Path(folder) / name
            relative = path.relative_to(site).as_posix()
            found.add(relative)
            if relative in _NOT_LISTED and not path.is_symlink():
                continue
            if relative not in listed:
                yield relative, "no build has written this file"
            elif path.is_symlink() or _sha256(path) != listed[relative]:
                yield relative, "the file was changed after it was published"
    for missing in sorted(listed.keys() - found):
        yield missing, "the file was taken away after it was published"


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()


def _unlike(
    root: Path, site: Path, listed: Mapping[str, str], served: Checkpoint, say: Say
) -> Iterator[tuple[str, str]]:
    """Paths of files that a fresh build of the site's commit makes otherwise."""
    with tempfile.TemporaryDirectory(prefix="registry-audit-") as temporary:
        folder = Path(temporary)
        try:
            clone = Repository(root).clone_at(served.commit, folder / "clone")
            with _environment(REGISTRY_CACHE=str(folder / "cache"), SOURCE_DATE_EPOCH=None):
                build(clone, folder / "site", full_text=served.full_text, say=say)
        except (RegistryError, NotLoadable) as error:
            yield "", f"the commit cannot be built: {error}"
            return
        fresh, _ = _manifest(folder / "site")
        for path in sorted({*fresh, *listed}):
            if path not in fresh:
                yield path, "a fresh build of the commit has no such file"
            elif path not in listed:
                yield path, "a fresh build of the commit has this file, the site has not"
            elif fresh[path] != listed[path]:
                yield path, "a fresh build of the commit gives another file"
        if (folder / "site" / NAME).read_bytes() != (site / NAME).read_bytes():
            yield NAME, "a fresh build of the commit gives another checkpoint"


@contextmanager
def _environment(**values: str | None) -> Iterator[None]:
    """Variables of the environment for a while; None takes one out."""
    before = {name: os.environ.get(name) for name in values}

    def put(wanted: Mapping[str, str | None]) -> None:
        for name, value in wanted.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

    put(values)
    try:
        yield
    finally:
        put(before)


def _several(found: Iterator[tuple[str, str]], rule: str) -> Iterator[AuditFinding]:
    """Findings on files, the first ones by name."""
    count = 0
    for count, (path, what) in enumerate(found, 1):
        if count <= _SHOWN:
            yield _finding(rule, what, path)
    if count > _SHOWN:
        yield _finding(rule, f"and {counted(count - _SHOWN, 'more file')}", "")


def _finding(rule: str, what: str, where: str, hint: str = _REPLACE) -> AuditFinding:
    return AuditFinding(rule, "error", what, where, hint=hint)
