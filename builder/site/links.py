"""Where a reader goes on from a record: to change it, to its file in the repository, to report.

The one place that knows the addresses of forges and of the editing page; without settings
there are none, and pages show none.
"""

from typing import NamedTuple
from urllib.parse import quote, urlencode

from builder.models.settings import Forge, Settings
from builder.site.i18n import _

# Paths of a forge after the address of the repository, before branch and file.
_FILE = {"github": "blob", "gitlab": "-/blob", "forgejo": "src/branch"}
_EDIT = {"github": "edit", "gitlab": "-/edit", "forgejo": "_edit"}
_ISSUE = {
    "github": ("issues/new", "title", "body"),
    "gitlab": ("-/issues/new", "issue[title]", "issue[description]"),
    "forgejo": ("issues/new", "title", "body"),
}


class RecordLinks(NamedTuple):
    """Where to go, each empty where the settings do not give it.

    ``form`` is relative to the site's root, the others lead out of the site.
    """

    edit: str = ""
    file: str = ""
    report: str = ""
    form: str = ""


def record_links(settings: Settings, path: str, title: str) -> RecordLinks:
    """Links for the record whose file stands at ``path``, counted from the repository's root.

    Reports go to the mailbox, if there is one: readers have no accounts on a forge.
    """
    forge = settings.forge
    subject, body = (
        _("Báo lỗi: %(title)s", title=title),
        _("Tệp bản ghi: %(path)s\n\nĐiều cần sửa và nguồn:\n", path=path),
    )
    report = ""
    if settings.contact:
        query = urlencode({"subject": subject, "body": body}, quote_via=quote)
        report = f"mailto:{settings.contact}?{query}"
    elif forge:
        new, about, words = _ISSUE[forge.kind]
        asked = {about: subject, words: body}
        if forge.kind == "github":  # the form of .github/ISSUE_TEMPLATE, where there is one
            asked = {"template": "bao-loi.yml", **asked, "ban-ghi": path}
        report = f"{_repository(forge)}/{new}?{urlencode(asked)}"
    form = _form(path) if settings.editing else ""
    if forge is None:
        return RecordLinks(report=report, form=form)
    place = f"{forge.branch}/{quote(path)}"
    return RecordLinks(
        edit=f"{_repository(forge)}/{_EDIT[forge.kind]}/{place}",
        file=f"{_repository(forge)}/{_FILE[forge.kind]}/{place}",
        report=report,
        form=form,
    )


def _form(path: str) -> str:
    """The record's form on the editing page (``builder.site.admin``)."""
    kind, _, name = path.removeprefix("registry/").removesuffix(".yaml").partition("/")
    return f"admin/#/collections/{kind}/entries/{quote(name)}"


def _repository(forge: Forge) -> str:
    return str(forge.url).rstrip("/")
