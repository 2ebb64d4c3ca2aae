"""The page that says what of the history can be verified, how, and what is not proven by it."""

from builder.site import format as vi
from builder.site.i18n import _
from builder.site.page import Page
from builder.site.past import LACKS, commit_url, moment
from builder.site.view import View

Context = dict[str, object]
ADDRESS = "kiem-chung/"


def trust_page(view: View) -> Page:
    return Page(ADDRESS, _("Kiểm chứng lịch sử"), "trust.html", lambda: _context(view))


def _context(view: View) -> Context:
    past, trust = view.past, view.registry.settings.trust
    main_line = past.history.main_line if past.history else ()
    return {
        "lack": LACKS[past.lack] if past.lack else "",
        "commit": past.commit,
        "url": commit_url(view, past.commit) if past.commit else "",
        "when": moment(main_line[-1].committed) if main_line else "",
        "began": moment(main_line[0].committed) if main_line else "",
        "commits": vi.number(len(past.history.commits)) if past.history else "",
        "records": vi.number(len(past.versions)),
        "changed": bool(past.changed & view.registry.entries.keys()),
        "policy_start": trust.policy_start or "",
        "signed_since": vi.date(trust.signatures_since) if trust.signatures_since else "",
    }
