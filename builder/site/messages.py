"""Extracting the words of the interface, and keeping the catalogues up with them.

``python -m builder.site.messages`` (``make messages``) renews the catalogues and says what
is not translated; with ``--check`` it changes nothing and fails where something is amiss.
"""

import io
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import yaml
from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from builder.assets import asset_root
from builder.derive.applicability import SCOPE_LABELS
from builder.derive.verdicts import STATE_LABELS
from builder.models import codes
from builder.site.i18n import CONTEXT, catalogue_file

Message = str | tuple[str, str]
LANGUAGES = ("en",)
_PYTHON = {"_": None, "gettext": None, "N_": None, "Said": None, "ngettext": (1, 2)}
_SCRIPT = {"t": None, "tn": (1, 2)}
_TEMPLATE = {"_": None, "gettext": None, "ngettext": (1, 2)}


def extracted() -> list[Message]:
    """All messages of the program, each once, sorted."""
    root = asset_root()
    package = Path(__file__).resolve().parent.parent
    found: set[Message] = {*of_labels(), *_of_settings(root / "mkdocs.yml")}
    for folder in ("site", "derive"):
        for path in package.joinpath(folder).rglob("*.py"):
            found.update(_of_data(path.read_bytes(), "python", _PYTHON))
    theme = root / "site_src" / "theme"
    for path in theme.rglob("*.html"):
        found.update(_of_data(path.read_bytes(), "jinja2.ext:babel_extract", _TEMPLATE))
    found.update(of_scripts(theme))
    return sorted(found, key=_first)


def of_scripts(theme: Path) -> Iterator[Message]:
    """Messages of the scripts of the theme."""
    for path in sorted(theme.joinpath("assets").rglob("*.js")):
        yield from _of_script(path.read_bytes())


@cache
def _of_script(script: bytes) -> tuple[Message, ...]:
    return tuple(_of_data(script, "javascript", _SCRIPT))


def of_labels() -> Iterator[str]:
    """The labels of the code lists, and of the states that derive works out."""
    for words in codes.LABELS.values():
        yield from words.values()
    for states in (STATE_LABELS, SCOPE_LABELS):
        yield from states.values()


def _of_settings(path: Path) -> Iterator[str]:
    """Name and navigation of the site, in mkdocs.yml."""
    settings = yaml.safe_load(path.read_bytes())
    yield settings["site_name"]
    yield settings["site_description"]
    for extension in settings["markdown_extensions"]:
        if isinstance(extension, dict) and "toc" in extension:
            yield extension["toc"]["title"]

    def titles(nav: list[object]) -> Iterator[str]:
        for item in nav:
            for title, inner in item.items() if isinstance(item, dict) else ():
                yield f"nav{CONTEXT}{title}"
                if isinstance(inner, list):
                    yield from titles(inner)

    yield from titles(settings["nav"])


def _of_data(data: bytes, method: str, keywords: dict[str, tuple[int, int] | None]
) -> Iterator[Message]:  # fmt: skip
    options = {"extensions": "jinja2.ext.i18n", "newstyle_gettext": "true", "trimmed": "true",
               "trim_blocks": "true", "lstrip_blocks": "true"}  # fmt: skip
    found = extract(method, io.BytesIO(data), keywords, options=options)
    for _, message, _, _ in found:
        yield message if isinstance(message, str) else (message[0], message[1])


def renewed(language: str) -> tuple[bytes, list[str]]:
    """The catalogue's file with all messages and no others, and those not translated."""
    path = catalogue_file(language)
    known = read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog()
    made = Catalog(locale=language)
    missing = []
    for message in extracted():
        context, _, first = _first(message).rpartition(CONTEXT)
        old = known.get(first, context or None)
        message = first if context else message
        string = old.string if old and old.id == message and not old.fuzzy else ""
        if not (all(string) if isinstance(string, tuple) and string else string):
            missing.append(first)
        empty = "" if isinstance(message, str) else ("", "")
        made.add(message, string or empty, context=context or None)
    stream = io.BytesIO()
    write_po(stream, made, width=0, omit_header=True, no_location=True)
    return _head(language) + stream.getvalue(), missing


def _head(language: str) -> bytes:
    """Without dates, so that the file changes only where words do."""
    return (
        f"# Words of the interface ({language}). Ids are the Vietnamese words; `make messages`\n"
        "# adds new ones and drops those that are gone. Sorted, so that changes merge.\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    ).encode()


def _first(message: Message) -> str:
    return message if isinstance(message, str) else message[0]


def main(arguments: Iterable[str]) -> int:
    """Exit code 0, or 1 where words are not translated (or, with --check, not extracted)."""
    check = "--check" in arguments
    faults = 0
    for language in LANGUAGES:
        path = catalogue_file(language)
        data, missing = renewed(language)
        for words in missing:
            print(f"{language}: not translated: {words}")
        if check and (not path.exists() or data != path.read_bytes()):
            print(f"{path} is not up to date; run 'make messages'")
            faults += 1
        elif not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        faults += len(missing)
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
