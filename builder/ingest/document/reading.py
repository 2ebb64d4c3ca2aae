"""What was read of a document: each field with its place and how sure the reading is."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Sureness = Literal["stated", "inferred"]


@dataclass(frozen=True, slots=True)
class Field:
    """One value: what it is, where it stands on paper, and whether it is stated or inferred."""

    name: str
    value: str
    where: str
    sure: Sureness = "stated"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed, as printed: ``competence`` is TM., KT. …, ``role`` the position."""

    name: str | None
    role: str | None
    competence: str | None
    where: str


@dataclass
class Reading:
    """A document in parts. Lists are in the order of the document; nothing is looked up yet."""

    fields: list[Field] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)  # (field, why), Vietnamese
    issuer_lines: list[str] = field(default_factory=list)
    issuer_where: str = ""
    number: str | None = None
    type: str | None = None
    title: str | None = None
    place: str | None = None
    day: dt.date | None = None
    adopted: dt.date | None = None
    party: bool = False
    grounds: list[tuple[str, str]] = field(default_factory=list)  # (as cited, where)
    recipients: list[str] = field(default_factory=list)
    signers: list[Signed] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)  # (field, what a person looks at)
    text: str = ""

    def found(self, name: str, value: str, where: str, sure: Sureness = "stated") -> None:
        self.fields.append(Field(name, value, where, sure))

    def lacks(self, name: str, why: str) -> None:
        self.missing.append((name, why))
