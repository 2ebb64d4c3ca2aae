"""The command ``registry``: puts the commands together, and turns errors into lines."""

import importlib
import os
import sys
from pathlib import Path
from pkgutil import iter_modules
from typing import Annotated, NoReturn

import typer

import builder
from builder import commands
from builder.commands.common import errors, print_error
from builder.findings import RegistryError

app = typer.Typer(
    name="registry",
    help="Registry of the documents of Vietnam's two-level local government.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)


def _version(show: bool) -> None:
    if show:
        typer.echo(f"registry {builder.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    root: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Root of the registry (default: the nearest folder upwards with registry/).",
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


def _add_commands() -> None:
    """Every module of ``builder.commands`` with a function ``register`` adds its commands."""
    for module in sorted(iter_modules(commands.__path__), key=lambda module: module.name):
        register = getattr(
            importlib.import_module(f"builder.commands.{module.name}"), "register", None
        )
        if register is not None:
            register(app)


_add_commands()


def _refuse_broken_words(words: list[str]) -> None:
    """What is no text can be no field, name or message: Python keeps its bytes as surrogates."""
    for word in words:
        if any("\ud800" <= char <= "\udfff" for char in word):
            raise RegistryError(
                f"{word!r} is no text in UTF-8",
                "set the terminal to UTF-8; rename a file whose name is in another encoding",
            )


def main() -> None:
    """Entry point. Exit codes: 0 fine, 1 findings, 2 usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        _refuse_broken_words(sys.argv[1:])
        app()
    except RegistryError as error:
        print_error(str(error), error.hint)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:  # a full disk behind standard output, a folder that went away
        where = f": {error.filename}" if error.filename else ""
        errors.print(f"error: {error.strerror or error}{where}\n  make room or permission for it")
        _forget_output()
        sys.exit(2)


def run() -> NoReturn:
    """``main``, and the end of the process at once.

    To free a large registry object by object would take a third of a second.
    """
    try:
        main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # closed before the start
                stream.flush()
    except (OSError, ValueError):  # closed, or the disk is full
        code = code or 2
    os._exit(code)


def _forget_output() -> None:
    """What standard output still holds goes nowhere, or Python's end would fail once more."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # there is none, or it is closed
        return
