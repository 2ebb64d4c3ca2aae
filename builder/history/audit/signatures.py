"""Signatures of commits by SSH keys: made by whom the registry allows, before it is said so.

git verifies (``gpg.format=ssh``) through ssh-keygen; settings of the clone and of whoever runs
the audit play no part. A key is allowed for a commit if ``registry/allowed_signers`` had it in
the state that the commit was built upon, so that nobody lets himself in.
"""

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from builder.findings import RegistryError
from builder.history.audit.report import AuditFinding, at
from builder.history.blobs import Blobs
from builder.history.log import History
from builder.history.repository import Repository
from builder.history.stream import Commit
from builder.store.files import SIGNERS

_PATH = f"registry/{SIGNERS}"
_FIELDS = 4
_FORMAT = "--format=%H%x00%G?%x00%GS%x00%ce%x00"
_HINTS = {
    "unsigned": "sign with 'git commit -S' (gpg.format ssh); whoever merged it vouches for it",
    "bad-signature": "the commit was changed after it was signed, or the signature is another's",
    "unknown-signer": "only those in registry/allowed_signers before the commit may sign",
    "forged-author": "who wrote a change signs it on a branch, which somebody else merges",
}


class _Verdict(NamedTuple):
    commit: str
    status: str  # as git's %G?
    signer: str
    committer: str


def signatures(
    repository: Repository, history: History, blobs: Blobs, signed_from: int
) -> Iterator[AuditFinding]:
    """Commits that came into the main line at ``signed_from`` or later without a good signature."""
    bound = [one for one in history.commits if history.landed[one.id] >= signed_from]
    if shutil.which("ssh-keygen") is None:
        raise RegistryError(
            "ssh-keygen was not found, so that no signature can be verified", "install OpenSSH"
        )
    signers = _signers(history)
    groups: dict[str, list[Commit]] = defaultdict(list)
    for commit in bound:
        groups[signers[history.landed[commit.id]]].append(commit)
    found: dict[str, tuple[str, str]] = {}
    for blob, commits in groups.items():
        allowed = dict(blobs.read_all([blob]))[blob] if blob else b""
        for verdict in _verdicts(repository, allowed, [one.id for one in commits]):
            said = _fault(verdict, history.by_id[verdict.commit])
            if said is not None:
                found[verdict.commit] = said
    for commit in bound:
        if commit.id in found:
            rule, what = found[commit.id]
            yield at(commit, rule, what, hint=_HINTS[rule])


def _signers(history: History) -> list[str]:
    """By place in the main line: the file that says who may sign what lands there.

    That of the state before; where there was none yet, the one that the commit brings.
    """
    found: list[str] = []
    before = ""
    for commit in history.main_line:
        changed = next((file for file in commit.files if file.path == _PATH), None)
        after = before if changed is None else changed.blob
        found.append(before or after)
        before = after
    return found


def _verdicts(repository: Repository, allowed: bytes, commits: Sequence[str]) -> Iterator[_Verdict]:
    with tempfile.TemporaryDirectory(prefix="registry-audit-") as folder:
        file = Path(folder) / "allowed_signers"
        file.write_bytes(allowed)
        answer = repository.run(
            "-c", "gpg.format=ssh", "-c", "gpg.ssh.program=ssh-keygen",
            "-c", f"gpg.ssh.allowedSignersFile={file}", "-c", "gpg.ssh.revocationFile=",
            "-c", "gpg.program=false", "-c", "gpg.openpgp.program=false",
            "-c", "gpg.x509.program=false", "-c", "gpg.minTrustLevel=undefined",
            "log", "--no-walk=unsorted", "--stdin", "--no-show-signature", "--no-color",
            "--encoding=UTF-8", _FORMAT,
            stdin="".join(f"{one}\n" for one in commits).encode(),
        )  # fmt: skip
    words = answer.split("\0")
    for start in range(0, len(words) - _FIELDS, _FIELDS):
        commit, status, signer, committer = words[start : start + _FIELDS]
        yield _Verdict(commit.strip(), status, signer, committer)


def _fault(verdict: _Verdict, commit: Commit) -> tuple[str, str] | None:
    """Rule and words of what is wrong with a signature; None if nothing is."""
    if verdict.status == "N":
        return "unsigned", f"{verdict.commit[:10]} is not signed"
    if verdict.status == "U":
        return "unknown-signer", f"{verdict.commit[:10]} is signed by a key that may not sign then"
    if verdict.status != "G":
        return "bad-signature", f"the signature of {verdict.commit[:10]} does not hold"
    for role, mail in (("author", commit.email), ("committer", verdict.committer)):
        if not _is(verdict.signer, mail):
            return (
                "forged-author",
                f"{verdict.commit[:10]} names the {role} {mail}, but {verdict.signer} signed it",
            )
    return None


def _is(signer: str, mail: str) -> bool:
    """Whether a mail address is one of a signer's, who may be given by patterns (ssh-keygen(1)).

    >>> _is("lan@vidu.vn,*@xa.vidu.vn", "A@xa.vidu.vn"), _is("lan@vidu.vn", "hoa@vidu.vn")
    (True, False)
    """
    return any(fnmatchcase(mail.lower(), one.strip().lower()) for one in signer.split(","))
