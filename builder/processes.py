"""Work in a process of its own, forked from this one: all that was read is there at once.

Pages are stamped so, and rules run over a large registry.
"""

import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import orjson

from builder.findings import RegistryError

Result = Callable[[], Any]


@contextmanager
def aside(work: Callable[[], Any], what: str) -> Iterator[Result]:
    """Starts ``work`` in another process; the value, as JSON has it, is there to be called for.

    Where there is only one core or no fork, the work is done here when it is called for.
    ``what`` it is stands in the words of an error, which is raised as RegistryError. The
    process has ended when the block does.
    """
    if not hasattr(os, "fork") or (os.cpu_count() or 1) < 2:
        yield lambda: orjson.loads(orjson.dumps(work()))
        return
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
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
