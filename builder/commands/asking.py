"""Questions at the terminal, in Vietnamese, for commands that need answers.

Without a terminal nothing is asked: what is missing is named with the option that gives it.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import typer

from builder.commands.common import errors, fail
from builder.fold import composed, fold

Check = Callable[[str], str]  # an answer as it is kept; raises ValueError with what is wrong


def at_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


@dataclass
class Asker:
    """Asks where somebody is there to answer; else collects what is missing."""

    asks: bool = False
    missing: list[str] = field(default_factory=list)

    def text(self, given: str | None, option: str, question: str, check: Check = str) -> str:
        """An answer that must be given."""
        if given is not None:
            try:
                return check(composed(given))
            except ValueError as error:
                fail(f"{option}: {error}")
        if not self.asks:
            self.missing.append(option)
            return ""
        while True:
            try:
                return check(composed(typer.prompt(question)).strip())
            except ValueError as error:
                errors.print(f"  {error}")

    def maybe(self, given: str | None, option: str, question: str, check: Check = str) -> str:
        """An answer that may be empty: what nobody knows is left out."""
        if given is not None or not self.asks:
            return self.text(given, option, question, check) if given else ""
        while True:
            said = typer.prompt(f"{question} (Enter nếu chưa biết)", default="", show_default=False)
            try:
                return check(composed(said).strip()) if said.strip() else ""
            except ValueError as error:
                errors.print(f"  {error}")

    def choice(
        self, given: str | None, option: str, question: str, choices: Mapping[str, str]
    ) -> str:
        """One code of a list, chosen by its code, place or label; the labels are shown."""

        def check(said: str) -> str:
            if said in choices:
                return said
            if said.isdecimal() and 1 <= int(said) <= len(choices):
                return list(choices)[int(said) - 1]
            folded = [code for code in choices if code.casefold() == said.casefold()]
            named = [code for code, label in choices.items() if fold(label) == fold(said)]
            for found in (folded, named):
                if len(found) == 1:
                    return found[0]
            raise ValueError(f"{said!r} is none of {', '.join(choices)}")

        if given is None and self.asks:
            for place, (code, label) in enumerate(choices.items(), 1):
                typer.echo(f"  {place:2}  {label} ({code})")
        return self.text(given, option, question, check)

    def yes(self, question: str) -> bool:
        return self.asks and typer.confirm(question, default=False)

    def end(self) -> None:
        """Ends the command if something is missing that nobody was there to be asked for."""
        if self.missing:
            fail(f"missing: {', '.join(self.missing)}", "give the options, or run it in a terminal")
