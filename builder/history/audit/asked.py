"""What the registry asked of its history, commit by commit: settings only ever get stricter.

Otherwise whoever rewrites records could first switch off what would find it.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from builder.history.audit.report import AuditFinding, at, iso
from builder.history.blobs import Blobs
from builder.history.landings import Line
from builder.models.settings import Trust
from builder.store.files import SETTINGS
from builder.store.yaml_read import YamlError, decode, read

_PATH = f"registry/{SETTINGS}"
_HINT = "put it back; what was too strict is answered with an entry in 'accepted'"


@dataclass(frozen=True)
class Asked:
    """What holds after all: the strictest that was ever asked for.

    ``start`` is the place in the main line after which the policy holds (-1: from the first
    commit on), ``start_set`` the commit that said so first. ``signed_from`` is the place from
    which commits are signed; None if that was never asked for.
    """

    start: int
    start_set: str
    signed_from: int | None
    findings: tuple[AuditFinding, ...]


def asked(line: Line, blobs: Blobs) -> Asked:
    """Reads the settings as they were after every commit that changed them."""
    main_line, findings = line.history.main_line, []
    start, start_set, since = -1, "", None
    signed_from: int | None = None
    before = Trust()
    for index, commit in enumerate(main_line):
        changed = next((file for file in commit.files if file.path == _PATH), None)
        if changed is not None:
            now = _trust(blobs, changed.blob)
            findings += [
                at(commit, "policy-loosened", what, _PATH, _HINT)
                for what in _loosened(before, now, line.position)
            ]
            place = _place(now, line.position)
            if now.policy_start is not None:
                start = min(start, place) if start_set else place
                start_set = start_set or commit.id
            elif start_set:
                start = -1
            since = min(filter(None, (since, now.signatures_since)), default=None)
            before = now
        day = dt.date.fromisoformat(iso(commit.committed)[:10])
        if signed_from is None and since is not None and day >= since:
            signed_from = index
    return Asked(start, start_set, signed_from, tuple(findings))


def _place(trust: Trust, position: Mapping[str, int]) -> int:
    """Where the policy starts; a commit that the main line does not have starts nothing."""
    return position.get(trust.policy_start or "", -1)


def _loosened(before: Trust, now: Trust, position: Mapping[str, int]) -> list[str]:
    found = []
    if before.policy_start is not None and _place(now, position) > _place(before, position):
        found.append("the policy was made to start later")
    if before.signatures_since is not None:
        if now.signatures_since is None:
            found.append("signatures are asked for no more")
        elif now.signatures_since > before.signatures_since:
            found.append("signatures were made to be asked for later")
    return found


def _trust(blobs: Blobs, blob: str) -> Trust:
    """The settings in a blob; what cannot be read asks for nothing, like a file that is gone."""
    if not blob:
        return Trust()
    [(_, data)] = blobs.read_all([blob])
    try:
        value: Any = read(decode(data))
        return Trust.model_validate(value.get("trust") or {}, strict=False)
    except (YamlError, ValidationError, AttributeError):
        return Trust()
