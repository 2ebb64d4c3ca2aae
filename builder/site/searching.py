"""The files of search within a build: taken over, or written by ``builder.search.site``."""

import hashlib

from builder.search.script import one_script
from builder.site.layout import theme_folders
from builder.site.output import Output, Staging
from builder.site.page import SiteContext
from builder.store.files import read_bytes

_TEXT_LIMIT = 4_000_000


def search_files(site: SiteContext, program: str, stage: Staging, full_text: bool) -> list[Output]:
    """The script, the catalogue and, with ``full_text``, the index of the texts."""
    from builder.search.site import FOLDER, write_search

    key = _key(site, program, full_text)
    if known := stage.take_all(key):
        return [*known, _script(site, stage)]
    stage.clear(FOLDER)
    outputs = []
    for path in write_search(site, stage.folder, full_text):
        data = path.read_bytes()
        relative = path.relative_to(stage.folder).as_posix()
        outputs.append(Output(relative, key, hashlib.sha256(data).hexdigest(), len(data)))
    return [*outputs, _script(site, stage)]


def _script(site: SiteContext, stage: Staging) -> Output:
    """A registry's own module, if it has one, hides the program's."""
    folders = theme_folders(site.root)

    def read(name: str) -> str:
        paths = (folder / "assets" / "search" / name for folder in folders)
        return next(path for path in paths if path.is_file()).read_text(encoding="utf-8")

    return stage.put("search/app.js", one_script(read).encode())


def _key(site: SiteContext, program: str, full_text: bool) -> str:
    """Digest of all that is searched."""
    digest = hashlib.sha256(f"{program} {full_text} {site.as_of} {site.audience}".encode())
    for entry in site.registry.entries.values():
        digest.update(f"{entry.id} {entry.digest}\n".encode())
        if full_text:
            for _, path in entry.texts:
                digest.update(hashlib.sha256(read_bytes(site.root, path, _TEXT_LIMIT)).digest())
    return digest.hexdigest()
