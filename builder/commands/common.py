"""What all commands share: the root, printing, and how errors end a command."""

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer
from rich.console import Console

from builder.days import FORMS, VIETNAM, day_from
from builder.findings import RegistryError
from builder.progress import Say, now_and_then

errors = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
out = Console(highlight=False, soft_wrap=True, markup=False)


def find_root(given: Path | None) -> Path:
    """``--root``, or the nearest folder upwards that holds ``registry/``."""
    if given is not None:
        if not (given / "registry").is_dir():
            above = given.absolute().parent
            raise RegistryError(
                f"{given} holds no folder registry/",
                f"give --root {above}" if given.absolute() == above / "registry"
                else f"run 'registry init {given}', or give --root another folder",
            )  # fmt: skip
        return _not_linked(given.resolve())
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "registry").is_dir():
            return _not_linked(folder)
    raise RegistryError(
        "no folder registry/ here or above",
        "go into a registry, give --root DIR, or make one with 'registry init DIR'",
    )


def _not_linked(root: Path) -> Path:
    """The root itself; no link within it is followed, so its registry/ must be a folder."""
    folder = root / "registry"
    if folder.is_symlink():
        raise RegistryError(
            f"{folder} is a link, and links are not followed",
            f"give --root {folder.resolve().parent}",
        )
    return root


def root_of(ctx: typer.Context) -> Path:
    """The root that this run works on."""
    given: Path | None = ctx.find_root().params.get("root")
    return find_root(given)


def fail(message: str, hint: str = "", code: int = 2) -> NoReturn:
    """Ends the command with one line on standard error, and how to mend it."""
    print_error(message, hint)
    raise typer.Exit(code)


def print_error(message: str, hint: str = "") -> None:
    """What went wrong on standard error, and how to mend it on the line below."""
    errors.print(printable(f"error: {message}") + (f"\n  {printable(hint)}" if hint else ""))


def printable(line: str) -> str:
    """One line without control characters: none of a file, name or commit reach a terminal."""
    return "".join(char if char.isprintable() else " " for char in line)


def print_json(value: object) -> None:
    """A value on standard output for programs: UTF-8, indented, keys in their order."""
    import orjson

    typer.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


@contextmanager
def progress() -> Iterator[Say]:
    """What a long command is doing: on a terminal a line that goes away, elsewhere a line on
    standard error now and then, none for what is soon done."""
    if not sys.stderr.isatty():
        yield now_and_then(errors.print)
        return
    with errors.status("…") as status:
        yield status.update


def today() -> dt.date:
    """Today in Vietnam, for commands that are asked for no other day."""
    return dt.datetime.now(VIETNAM).date()


def day_of(text: str | None) -> dt.date:
    """The day of an option ``--on``; today without one. Ends the command if it is no day."""
    if text is None:
        return today()
    return day_from(text.strip()) or fail(f"{text!r} is no day", FORMS)
