"""Work in a process of its own, forked from this one: all that was read is there at once.

Pages are stamped so, and rules run over a large registry.
"""

import ctypes
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import orjson

from builder.findings import RegistryError

Result = Callable[[], Any]
_MOST = 1000  # portions; their numbers fit into any pipe
_WIDTH = 4  # bytes of a number
_PR_SET_PDEATHSIG = 1


def several() -> bool:
    """Whether work can be done in two processes at once."""
    return hasattr(os, "fork") and (os.cpu_count() or 1) > 1


@contextmanager
def portions(count: int) -> Iterator[Iterator[range]]:
    """Numbers from 0 to ``count`` in portions, for processes that share the work.

    A process that is forked within the block and the one it comes from take portions from the
    same iterator, each number once: whoever is done sooner takes the next.

    >>> with portions(3) as taken:
    ...     [number for portion in taken for number in portion]
    [0, 1, 2]
    """
    size = max(1, -(-count // _MOST))
    starts = range(0, count, size)
    if not several():
        yield (range(start, min(start + size, count)) for start in starts)
        return
    reader, writer = os.pipe()
    try:
        with os.fdopen(writer, "wb") as stream:
            stream.write(b"".join(start.to_bytes(_WIDTH) for start in starts))
        yield (range(start, min(start + size, count)) for start in _numbers(reader))
    finally:
        os.close(reader)


def _numbers(reader: int) -> Iterator[int]:
    """What is left in a pipe; a read of a few bytes is never cut, whoever else reads there."""
    while taken := os.read(reader, _WIDTH):
        yield int.from_bytes(taken)


@contextmanager
def aside(work: Callable[[], Any], what: str) -> Iterator[Result]:
    """Starts ``work`` in another process; the value, as JSON has it, is there to be called for.

    Where there is only one core or no fork, the work is done here when it is called for.
    ``what`` it is stands in the words of an error, which is raised as RegistryError. The
    process has ended when the block does.
    """
    if not several():
        yield lambda: orjson.loads(orjson.dumps(work()))
        return
    reader, writer = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        _end_with(parent)
        os.close(reader)
        _tell(work, what, writer)
    os.close(writer)
    status = None
    with os.fdopen(reader, "rb") as stream:

        def result() -> Any:
            nonlocal status
            answer = stream.read()
            _, status = os.waitpid(child, 0)
            return _told(answer, what, status)

        try:
            yield result
        finally:
            stream.close()  # a child that still writes then ends by itself
            if status is None:
                os.waitpid(child, 0)


def _end_with(parent: int) -> None:
    """Lets this process end when its parent is killed, so that it does not work on for nobody."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it was killed in between
            os._exit(1)


def _told(answer: bytes, what: str, status: int) -> Any:
    if not answer:
        raise RegistryError(
            f"a process that was {what} ended early (status {status})",
            "build again; is memory short?",
        )
    told = orjson.loads(answer)
    if "error" in told:
        raise RegistryError(*told["error"])
    return told["done"]


def _tell(work: Callable[[], Any], what: str, writer: int) -> NoReturn:
    """Does the work, tells its value through the pipe and ends the process."""
    told: dict[str, Any]
    try:
        told = {"done": work()}
    except RegistryError as error:
        told = {"error": [str(error), error.hint]}
    except OSError as error:
        place = error.filename or "a file of the site"
        told = {"error": [f"{place}: {error.strerror or error}", "make room or permission"]}
    except BaseException:  # noqa: BLE001  (whatever it is, the parent has to hear of it)
        told = {"error": [f"{what} failed:\n{traceback.format_exc()}", ""]}
    try:
        with os.fdopen(writer, "wb") as stream:
            stream.write(orjson.dumps(told))
    finally:
        os._exit(0)
