"""A table of addresses with columns added that say where each place is now.

Reads and writes the table; what the columns say is in ``builder.derive.lookup.rows``.
"""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from builder.derive.lookup.rows import COLUMNS, Rows
from builder.findings import RegistryError
from builder.fold import fold
from builder.store.given import written_whole

Progress = Callable[[int, int], None]  # rows done, rows in all

_MAX_CELL = 1_000_000
_SAMPLE = 65_536
_DELIMITERS = (",", ";", "\t", "|")
# Byte order marks; without one UTF-8, or what old Vietnamese Windows wrote.
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ENCODINGS = ("utf-8", "cp1258", "latin-1")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Table:
    """How a file of rows is written, and how large it is."""

    path: Path
    encoding: str
    delimiter: str
    newline: str
    header: tuple[str, ...]
    rows: int
    width: int  # cells in the longest row


@dataclass(slots=True)
class Summary:
    """What became of the rows."""

    rows: int = 0
    found: int = 0
    ambiguous: int = 0


def read_table(path: Path) -> Table:
    """The form of a table: encoding, delimiter, header, size. RegistryError if it is none."""
    if path.exists() and not path.is_file():  # read twice, so no pipe; nor what never ends
        raise RegistryError(f"{path} is no plain file", "give the path of a CSV file")
    try:
        encoding = _encoding(path)
        with path.open(encoding=encoding, newline="") as stream:
            sample = stream.read(_SAMPLE)
        first = next(iter(sample.splitlines()), "")
        delimiter = max(_DELIMITERS, key=first.count)
        newline = "\r\n" if "\r\n" in sample else "\n"
        header: tuple[str, ...] = ()
        count = width = 0
        for count, row in enumerate(_rows(path, encoding, delimiter)):
            if count == 0:
                header = tuple(row)
            width = max(width, len(row))
    except OSError as error:
        raise RegistryError(f"{path}: {error.strerror}", "give the path of a CSV file") from None
    if not header:
        raise RegistryError(f"{path} has no header", "its first line names the columns")
    return Table(path, encoding, delimiter, newline, header, count, width)


def column_index(table: Table, name: str | None) -> int:
    """Where the addresses stand; a table of one column needs no name."""
    if name is None:
        if len(table.header) == 1:
            return 0
        raise RegistryError(
            f"{table.path} has {len(table.header)} columns",
            f"say which holds the addresses: --column, one of {', '.join(table.header)}",
        )
    same = [at for at, title in enumerate(table.header) if title == name]
    alike = [
        at for at, title in enumerate(table.header) if fold(title).strip() == fold(name).strip()
    ]
    for found in (same, alike):
        if len(found) == 1:
            return found[0]
    why = "has several columns" if same or alike else "has no column"
    raise RegistryError(
        f"{table.path} {why} {name!r}", f"its columns are {', '.join(table.header)}"
    )


def look_up_table(
    table: Table, column: int, rows: Rows, out: Path | IO[str], progress: Progress
) -> Summary:
    """Writes the table with ``COLUMNS`` added; every row, cell and their order are kept.

    A file is written in the encoding, with the delimiter and the ends of lines of the one
    read, beside its place and moved there when whole. A cell that is added never begins as
    a formula of a spreadsheet does.
    """
    summary = Summary()
    with _target(table, out) as stream:
        writer = csv.writer(stream, delimiter=table.delimiter, lineterminator=table.newline)
        for number, row in enumerate(_rows(table.path, table.encoding, table.delimiter)):
            padded = row + [""] * (table.width - len(row))
            if number == 0:
                writer.writerow([*padded, *_titles(table.header)])
                continue
            if not row:  # an empty line stays one row
                writer.writerow([*padded, *[""] * len(COLUMNS)])
            else:
                answer = rows.answer(row[column] if column < len(row) else "")
                writer.writerow([*padded, *map(_harmless, answer.cells)])
                summary.found += answer.found
                summary.ambiguous += answer.ambiguous
            summary.rows += 1
            progress(number, table.rows)
    return summary


def _titles(header: tuple[str, ...]) -> list[str]:
    """The names of the columns added; one that the table has already gets a number."""
    titles = []
    for name in COLUMNS:
        title, number = name, 1
        while title in header:
            number += 1
            title = f"{name}_{number}"
        titles.append(title)
    return titles


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _encoding(path: Path) -> str:
    with path.open("rb") as stream:
        start = stream.read(4)
        for mark, encoding in _MARKS:
            if start.startswith(mark):
                return encoding
    for encoding in _ENCODINGS:
        try:
            with path.open(encoding=encoding) as text:
                while text.read(_SAMPLE):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise AssertionError("latin-1 reads every byte")


def _rows(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_MAX_CELL)
    with path.open(encoding=encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter)
        try:
            yield from reader
        except (csv.Error, UnicodeDecodeError) as error:
            raise RegistryError(
                f"{path}:{reader.line_num}: {error}", "mend the line; see RFC 4180 for quotes"
            ) from None


@contextmanager
def _target(table: Table, out: Path | IO[str]) -> Iterator[IO[str]]:
    """Where the rows go: a stream as it is, a file only when it is whole."""
    if not isinstance(out, Path):
        yield out
        return
    # What is added is Vietnamese: an encoding that cannot hold it gives way to UTF-8.
    encoding = table.encoding if table.encoding.startswith("utf") else "utf-8-sig"
    with written_whole(out, encoding) as stream:
        yield stream
