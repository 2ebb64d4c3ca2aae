"""The scripts of search as one classic script: one request, and it runs from a disk, too.

The sources are ES modules, which tests import one by one; a browser loads no modules from
``file:``. They share one scope here, so no two may give the same name to different things:
a doubled ``const`` or ``class`` is an error that the tests in the browser find.
"""

import re
from collections.abc import Callable

# In this order each module stands after those that it imports.
MODULES = (
    "fold.js", "query.js", "numbered.js", "catalogue.js", "marks.js", "fulltext.js", "words.js",
    "near.js", "tongue.js", "facets.js", "advice.js", "header.js", "page.js",
)  # fmt: skip
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([a-z]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) )", re.MULTILINE)


def one_script(read: Callable[[str], str]) -> str:
    """``window.registrySearch`` with ``attachField`` and ``attachPage``; ``read`` gives a module.

    Raises ValueError if a module imports one that does not stand before it.
    """
    parts = []
    for place, name in enumerate(MODULES):
        source = read(name)
        for imported in _IMPORT.findall(source):
            if imported not in MODULES[:place]:
                raise ValueError(f"{name} imports {imported}, which does not stand before it")
        parts.append(f"// {name}\n\n{_EXPORT.sub('', _IMPORT.sub('', source)).strip()}\n")
    body = "\n".join(parts)
    return (
        f'(() => {{\n"use strict";\n\n{body}\n'
        "window.registrySearch = { attachField, attachPage };\n})();\n"
    )
