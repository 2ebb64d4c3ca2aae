"""Checkpoints that somebody else kept: read from a file or an address, within bounds."""

from email.message import Message
from http.client import HTTPException
from pathlib import Path
from typing import IO, NoReturn
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPRedirectHandler,
    Request,
    build_opener,
)

from builder.findings import RegistryError
from builder.history.checkpoint import MAX_BYTES, NAME, Checkpoint, parse
from builder.store.given import given_bytes

SECONDS = 30  # without an answer
_HINT = f"give the file or the address of a {NAME}"


def read_kept(where: str) -> Checkpoint:
    """The checkpoint in a file, or at an address beginning with http:// or https://.

    RegistryError if it cannot be read, is too large, or is none.
    """
    return parse(_bytes(where), where)


def _bytes(where: str) -> bytes:
    if "://" in where:
        return _fetched(where)
    path = Path(where)
    if path.is_dir():
        path /= NAME
        if not path.exists():
            _refuse(where, f"there is no {NAME} in this folder")
    return given_bytes(path, MAX_BYTES, _HINT)


class _OnlyWeb(HTTPRedirectHandler):
    """Follows redirections to the web only, never to a file of this machine."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        _require_web(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _fetched(where: str) -> bytes:
    _require_web(where)
    try:
        with build_opener(_OnlyWeb).open(where, timeout=SECONDS) as answer:
            return _bounded(answer, where)
    except URLError as error:
        raise RegistryError(f"{where}: {error.reason}", _HINT) from None
    except (OSError, HTTPException, ValueError) as error:
        raise RegistryError(f"{where}: {error or type(error).__name__}", _HINT) from None


def _require_web(where: str) -> None:
    if urlsplit(where).scheme not in ("http", "https"):
        _refuse(where, "the address does not begin with http:// or https://")


def _bounded(stream: IO[bytes], where: str) -> bytes:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        _refuse(where, f"larger than {MAX_BYTES:,} bytes")
    return data


def _refuse(where: str, why: str) -> NoReturn:
    raise RegistryError(f"{where}: {why}", _HINT)
