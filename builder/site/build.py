"""Building the whole site: records, shell and templates in, a folder of files out.

Says in which order; each step is in a module of its own.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from builder.findings import Finding, RegistryError
from builder.history import checkpoint
from builder.history.past import past_of
from builder.processes import aside
from builder.progress import Say, silent
from builder.registry import Registry, load, load_settings
from builder.registry.secrecy import classified, survey_texts
from builder.registry.texts import TEXT_DIGESTS
from builder.site.admin import admin_files
from builder.site.downloads import write_downloads
from builder.site.feeds import feeds
from builder.site.guide import guides
from builder.site.layout import theme_folders
from builder.site.lookup_index import write_lookup
from builder.site.memory import Facts, Memory
from builder.site.moment import as_of
from builder.site.neighbours import everywhere
from builder.site.output import Output, Staging, staging
from builder.site.page import Audience, Page, SiteContext
from builder.site.script_words import scripts_words
from builder.site.searching import search_files
from builder.site.shell import Guide, Shell
from builder.site.sitemap import robots, sitemaps
from builder.site.stamp import Stamped, Stamper, stamp_all
from builder.site.view import View
from builder.store.cache import cache_dir

MANIFEST = "manifest.json"
_PACKAGE = Path(__file__).resolve().parent.parent


class NotLoadable(Exception):  # noqa: N818  (not an error of the program: findings to mend)
    """Records could not be loaded; nothing was built."""

    def __init__(self, registry: Registry, findings: list[Finding]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.registry = registry
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. ``seconds`` by the clock, ``size`` in bytes."""

    out: Path
    pages: int
    rendered: int
    files: int
    size: int
    seconds: float


def build(
    root: Path, out: Path, *, full_text: bool = True, force: bool = False,
    audience: Audience = "public", say: Say = silent,
) -> Report:  # fmt: skip
    """Builds the site of the registry at ``root`` into ``out``.

    A site for the public holds nothing of internal records; one for internal use says so on
    every page, and never takes the place of one for the public, nor the other way round.

    Raises NotLoadable if records do not load, RegistryError for all else that
    can be mended; ``out`` is then as it was.
    """
    started = time.monotonic()
    program = program_digest()
    registry = _loaded(root, program, say)
    say("making the shell and the guide")
    made = guides(root, program, registry.settings.languages)
    _refuse_sources(root, out)
    try:
        with staging(out, fresh=force, audience=audience) as stage:
            stamped, outputs = _write(
                root, registry, made, program, stage, full_text, audience, say
            )
    except OSError as error:
        raise RegistryError(
            f"the site could not be written: {error.strerror}: {error.filename or out}",
            "the site that stood there is as it was; make room or permission, then build again",
        ) from error
    return _report(out, stamped, outputs, started)


def _refuse_sources(root: Path, out: Path) -> None:
    """A site among the records would be taken for records."""
    place = out.resolve()
    for folder in (root / "registry", root / "site_src"):
        if place.is_relative_to(folder.resolve()) or folder.resolve().is_relative_to(place):
            raise RegistryError(f"{out} holds what the site is made from", "give another --out")


def build_after_mkdocs(root: Path, out: Path, made: Sequence[Guide]) -> Report:
    """The same after a run of MkDocs that has written into ``out``."""
    started = time.monotonic()
    program = program_digest()
    registry = _loaded(root)
    with staging(out, replace=True) as stage:
        stamped, outputs = _write(root, registry, made, program, stage, True, "public", silent)
    return _report(out, stamped, outputs, started)


def _loaded(root: Path, program: str = "", say: Say = silent) -> Registry:
    """The records; beside them, texts are surveyed, and for a ``program`` the guide is made."""
    with aside(partial(_survey, root, program), "reading texts") as surveyed:
        registry = load(root, say=say)
        marked, registry.derived[TEXT_DIGESTS] = surveyed()
    faults = [*registry.unread, *(classified(path, line=line) for path, line in marked)]
    if faults:
        raise NotLoadable(registry, faults)
    return registry


def _survey(root: Path, program: str) -> tuple[list[tuple[str, int]], dict[str, str]]:
    """What stands in texts; the guide goes into its cache, and its faults are told later."""
    if program:
        with suppress(Exception):
            guides(root, program, load_settings(root, []).languages)
    return survey_texts(root)


def _write(
    root: Path, registry: Registry, made: Sequence[Guide], program: str, stage: Staging,
    full_text: bool, audience: Audience, say: Say,
) -> tuple[Stamped, list[Output]]:  # fmt: skip
    """Writes every file of the site into the folder beside."""
    site = SiteContext(root, registry, as_of(root, registry), audience)
    site.registry.derived.setdefault(TEXT_DIGESTS, registry.derived[TEXT_DIGESTS])
    folders = theme_folders(root)
    shells = {one.language: Shell(one, internal=audience == "internal") for one in made}
    stamper = Stamper(shells, folders, f"{_version(program, folders, made)} {audience}")
    files = {path: data for one in reversed(made) for path, data in one.files.items()}

    outputs = [stage.put(path, data) for path, data in files.items()]
    outputs += [stage.put(path, data) for path, data in scripts_words(shells).items()]
    site_url = made[0].site_url if audience == "public" else ""
    named, stamped, rest, statement = _stamped(
        site, registry, stamper, stage, program, site_url, full_text, say
    )
    outputs += [*stamped.outputs, *rest]
    outputs += _listings(site, site_url, named, files, stage)
    listing = manifest(site, outputs)
    outputs.append(stage.put(MANIFEST, listing))
    if statement:
        built = {
            "program": program,
            "full_text": full_text,
            "manifest": hashlib.sha256(listing).hexdigest(),
        }
        outputs.append(stage.put(checkpoint.NAME, checkpoint.written(statement, built)))
    stage.finish(outputs)
    return stamped, outputs


def _stamped(
    site: SiteContext, registry: Registry, stamper: Stamper, stage: Staging, program: str,
    site_url: str, full_text: bool, say: Say,
) -> tuple[list[Page], Stamped, list[Output], dict[str, Any]]:  # fmt: skip
    """All pages, named and stamped; the files made beside them; what a checkpoint says.

    ``registry`` holds internal records, too; see ``builder.history.checkpoint`` for what is said.
    """
    from builder.site.pages import pages

    say("stamping pages")
    internal = site.audience == "internal"
    view = View(site.registry, site.as_of)
    reaching = f"{program} {site.audience} {everywhere(view)}"
    view.memory = Memory(cache_dir(site.root) / f"documents-{site.audience}.json", reaching)
    view.memory.recall(site.registry)
    beside = partial(_beside_pages, site, program, stage, full_text)
    with (
        aside(beside, "making what stands beside pages") as result,
        closing(past_of(site.registry, say, internal=internal)) as view.past,
    ):
        named = list(pages(view, list(stamper.shells)))
        stamped, (fed, statement, learnt) = stamp_all(
            named, stamper, stage,
            lambda done: say(f"stamping pages: {done:,} of {len(named):,}"),
            partial(_second, registry, view, program, stage, site_url, site.audience),
        )  # fmt: skip
        say("making the search index")
        rest = [Output(*row) for row in fed + result()]
        view.memory.take(learnt)
        view.memory.keep(site.registry)
    return named, stamped, rest, statement


def _listings(
    site: SiteContext, site_url: str, named: Sequence[Page], guide: Iterable[str], stage: Staging
) -> list[Output]:
    """The form for editing, and what tells machines which pages there are."""
    outputs = []
    if site.registry.settings.editing is not None:
        editing = admin_files(site.registry, site.registry.settings.editing)
        outputs += [stage.put(path, data) for path, data in editing.items()]
    listed = [page.tree + page.address for page in named if not page.noindex]
    listed += [path.removesuffix("index.html") for path in guide if "/index.html" in path]
    outputs += [stage.put(path, data) for path, data in sitemaps(site_url, sorted(listed)).items()]
    allow = site.audience == "public"
    return [*outputs, stage.put("robots.txt", robots(site_url, allow=allow))]


def _beside_pages(
    site: SiteContext, program: str, stage: Staging, full_text: bool
) -> list[list[Any]]:
    """What is searched in the browser, and downloads; made while pages are named and stamped."""
    outputs = search_files(site, program, stage, full_text) + write_lookup(site, program, stage)
    outputs += write_downloads(site.registry, stage)
    return [list(output) for output in outputs]


def _second(
    registry: Registry, view: View, program: str, stage: Staging, site_url: str,
    audience: Audience, take_part: Callable[[], None],
) -> tuple[list[list[Any]], dict[str, Any], dict[str, Facts]]:  # fmt: skip
    """Feeds, what a checkpoint says (nothing where there is none), and what the process learnt."""
    outputs = [
        list(stage.take_or_make(feed.path, f"{program} {feed.key}", feed.write))
        for feed in feeds(view, site_url)
    ]
    kept = audience == "public" and not view.past.lack
    statement = checkpoint.said(registry, view.past) if kept else {}
    take_part()
    return outputs, statement, view.memory.learnt


def manifest(site: SiteContext, outputs: list[Output]) -> bytes:
    """SHA-256 of every file but itself and the checkpoint, so that anybody can compare."""
    content = {
        "as_of": site.as_of,
        "files": {output.path: output.sha256 for output in sorted(outputs)},
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _version(program: str, folders: list[Path], made: Sequence[Guide]) -> str:
    """Digest of what is the same for every page: code, shell, templates, Jinja2."""
    digest = hashlib.sha256(f"{program} {version('jinja2')} {version('markupsafe')}".encode())
    for one in made:
        digest.update(one.shell.encode())
    for folder in folders:
        digest.update(_digest((folder / "records").rglob("*"), folder).encode())
    return digest.hexdigest()


def program_digest() -> str:
    """Digest of the code that builds."""
    return _digest(_PACKAGE.rglob("*.py"), _PACKAGE)


def _digest(paths: Iterator[Path], base: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            data = path.read_bytes()
            digest.update(f"{path.relative_to(base).as_posix()}\0{len(data)}\0".encode())
            digest.update(data)
    return digest.hexdigest()


def _report(out: Path, stamped: Stamped, outputs: list[Output], started: float) -> Report:
    return Report(
        out=out,
        pages=len(stamped.outputs),
        rendered=stamped.rendered,
        files=len(outputs) + 1,
        size=sum(output.size for output in outputs),
        seconds=time.monotonic() - started,
    )
