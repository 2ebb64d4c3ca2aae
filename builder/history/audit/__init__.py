"""``registry audit``: does the whole history keep what the registry promises? Findings, no repair.

Whether a site equals its commit is asked in ``builder.site.fresh``.
"""

from builder.history.audit.report import AuditFinding, Report
from builder.history.audit.run import audit

__all__ = ["AuditFinding", "Report", "audit"]
