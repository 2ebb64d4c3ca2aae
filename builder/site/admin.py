"""The editing page at ``/admin/``: Sveltia CMS, served by the site itself.

Only where ``editing`` is set in registry/settings.yaml. The scripts come from npm at locked
versions into ``.cache/admin/`` (``make admin``); none is checked in.
"""

import base64
import hashlib
import json
from pathlib import Path

import orjson

from builder.assets import asset_root
from builder.findings import RegistryError
from builder.models.settings import Editing
from builder.registry import Registry
from builder.site.admin_config import admin_config

# What the script of the CMS would load from other hosts, and from beside it instead.
_FONT_HOST = "https://cdn.jsdelivr.net/fontsource/fonts/"
_OWN = {
    f"{_FONT_HOST}material-symbols-outlined:vf@5.3.7/latin-wght-normal.woff2": (
        "fonts/material-symbols-outlined.woff2"
    ),
    f"{_FONT_HOST}source-sans-3:vf@5.3.0/latin-wght-normal.woff2": "fonts/source-sans-3.woff2",
    f"{_FONT_HOST}noto-mono@5.3.0/latin-400-normal.woff2": "fonts/noto-mono.woff2",
    "https://unpkg.com/@sveltia/cms": "./cms",
    "https://www.githubstatus.com/api/v2/status.json": "./status.json",
}
_FONTS = {
    "material-symbols-outlined": (
        "@fontsource-variable/material-symbols-outlined",
        "material-symbols-outlined-latin-wght-normal",
    ),
    "source-sans-3": ("@fontsource-variable/source-sans-3", "source-sans-3-latin-wght-normal"),
    "source-sans-3-vietnamese": (
        "@fontsource-variable/source-sans-3", "source-sans-3-vietnamese-wght-normal",
    ),
    "noto-mono": ("@fontsource/noto-mono", "noto-mono-latin-400-normal"),
}  # fmt: skip
PACKAGES = Path(".cache") / "admin" / "node_modules"  # in the root of the registry
_SCRIPTS = (
    "before.js", "admin.js", "admin.css", "choices.js", "record-edit.js", "changes.js",
    "values.js", "write.js",
)  # fmt: skip
_LANGUAGES = ("vi", "en-US")


def admin_files(
    registry: Registry, editing: Editing, packages: Path | None = None
) -> dict[str, bytes]:
    """Every file of the page by its path in the site.

    Raises RegistryError if the packages are not installed, or are of another version than the
    page was made for.
    """
    source = asset_root() / "site_src" / "admin"
    packages = packages or registry.root / PACKAGES
    cms = packages / "@sveltia" / "cms"
    wanted = json.loads((source / "package.json").read_text(encoding="utf-8"))["dependencies"]
    if not (cms / "dist" / "sveltia-cms.js").is_file():
        raise RegistryError(
            "the editing page needs its packages from npm",
            f"run 'make admin', or copy package.json and package-lock.json of {source} into "
            f"{packages.parent} and run 'npm ci --ignore-scripts' there; or take 'editing' out "
            "of registry/settings.yaml",
        )
    version = json.loads((cms / "package.json").read_text(encoding="utf-8"))["version"]
    if version != wanted["@sveltia/cms"]:
        raise RegistryError(
            f"Sveltia CMS {version} is installed, {wanted['@sveltia/cms']} is locked",
            "run 'make admin'",
        )
    script = _own_host((cms / "dist" / "sveltia-cms.js").read_text(encoding="utf-8")).encode()
    files = {
        "index.html": _page(script, editing),
        "config.json": orjson.dumps(admin_config(registry, editing)),
        "sveltia-cms.js": script,
        "status.json": b'{"status": {"indicator": "unknown"}}\n',
        "cms/package.json": orjson.dumps({"name": "@sveltia/cms", "version": version}),
        "LICENSES.txt": _licences(packages),
    }
    for name in _SCRIPTS:
        files[name] = (source / name).read_bytes()
    for language in _LANGUAGES:
        files[f"cms@{version}/locales/{language}.json"] = (
            cms / "locales" / f"{language}.json"
        ).read_bytes()
    for font, (package, name) in _FONTS.items():
        files[f"fonts/{font}.woff2"] = (packages / package / "files" / f"{name}.woff2").read_bytes()
    reader = packages / "yaml" / "browser" / "dist"
    for path in sorted(reader.rglob("*.js")):
        files[f"yaml/{path.relative_to(reader).as_posix()}"] = path.read_bytes()
    return {f"admin/{path}": data for path, data in files.items()}


def _own_host(script: str) -> str:
    """The script with what it would load from elsewhere loaded from beside it."""
    for foreign, own in _OWN.items():
        if foreign not in script:
            raise RegistryError(
                f"the script of the CMS no longer loads {foreign}",
                "the page was made for another version: see builder/site/admin.py",
            )
        script = script.replace(foreign, own)
    return script


def _page(script: bytes, editing: Editing) -> bytes:
    digest = base64.b64encode(hashlib.sha384(script).digest()).decode()
    return _HTML.format(policy=_policy(editing), integrity=f"sha384-{digest}").encode()


def _policy(editing: Editing) -> str:
    """The page may speak to its own host and to the forge, where the editor signs in."""
    if editing.url:
        forge = editing.url.rstrip("/")
        faces = forge
    elif editing.backend == "github":
        forge, faces = "https://api.github.com", "https://avatars.githubusercontent.com"
    else:
        forge, faces = "https://gitlab.com", "https://gitlab.com"
    return "; ".join(
        [
            "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob: {faces}", "font-src 'self' data:",
            f"connect-src 'self' data: blob: {forge}", "worker-src 'self' blob:",
            "frame-src blob:", "manifest-src 'self' blob: data:", "form-action 'self'",
            "base-uri 'none'",
        ]
    )  # fmt: skip


def _licences(packages: Path) -> bytes:
    """The licences of what is served: MIT, ISC and the SIL Open Font License."""
    paths = [
        packages / "@sveltia" / "cms" / "LICENSE.txt", packages / "yaml" / "LICENSE",
        *(packages / package / "LICENSE" for package, _ in dict.fromkeys(_FONTS.values())),
    ]  # fmt: skip
    return b"\n\n".join(path.read_bytes() for path in paths if path.is_file())


_HTML = """\
<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Sửa bản ghi</title>
<link rel="stylesheet" href="admin.css">
<script src="before.js"></script>
<script src="sveltia-cms.js" integrity="{integrity}"></script>
<script type="module" src="admin.js"></script>
</head>
<body>
<noscript>Trang sửa bản ghi cần JavaScript. Không có thì sửa tệp YAML trong kho.</noscript>
</body>
</html>
"""
