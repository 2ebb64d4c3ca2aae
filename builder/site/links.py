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
    """Addresses outside of the site, each empty where the settings do not give it."""

    edit: str = ""
    file: str = ""
    report: str = ""


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
        report = f"{_repository(forge)}/{new}?{urlencode({about: subject, words: body})}"
    if forge is None:
        return RecordLinks(report=report)
    place = f"{forge.branch}/{quote(path)}"
    return RecordLinks(
        edit=f"{_repository(forge)}/{_EDIT[forge.kind]}/{place}",
        file=f"{_repository(forge)}/{_FILE[forge.kind]}/{place}",
        report=report,
    )


def _repository(forge: Forge) -> str:
    return str(forge.url).rstrip("/")
