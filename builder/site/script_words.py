"""The words that scripts show, as a file of each language other than Vietnamese.

Scripts ask ``registry.t`` (assets/javascripts/site.js), which knows Vietnamese by itself.
"""

from collections.abc import Iterable
from pathlib import Path

import orjson

from builder.assets import asset_root
from builder.site import i18n
from builder.site.messages import of_labels, of_scripts


def scripts_words(languages: Iterable[str]) -> dict[str, bytes]:
    """Files by path, for each language but Vietnamese where it is the default (the first)."""
    trees = {language: f"{language}/" if at else "" for at, language in enumerate(languages)}
    return {
        f"assets/words/{language}.js": _file(language, tree)
        for language, tree in trees.items()
        if tree or language != i18n.DEFAULT
    }


def _file(language: str, tree: str) -> bytes:
    spoken = i18n.catalogue(language)
    theme: Path = asset_root() / "site_src" / "theme"
    words: dict[str, str | list[str]] = {}
    for message in sorted({*of_scripts(theme), *of_labels()}, key=str):
        if isinstance(message, tuple):
            if message in spoken.plurals:
                words[message[0]] = list(spoken.plurals[message])
        elif message in spoken.messages:
            words[message] = spoken.messages[message]
    return b"window.registryTree=%b;\nwindow.registryWords=%b;\n" % (
        orjson.dumps(tree), orjson.dumps(words)
    )  # fmt: skip
