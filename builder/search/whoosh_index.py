"""The index of the command line: Whoosh behind two functions, kept beside the caches.

It is brought up to date when somebody searches, never by a build; an index that is
missing, old or broken is made anew without a word. Ranking is that of the browser.
"""

import hashlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Any

import orjson

from builder.derive.verdicts import State
from builder.findings import RegistryError
from builder.models.base import Date
from builder.models.codes import LABELS
from builder.progress import Say, silent
from builder.registry import Registry
from builder.search.catalogue import KIND_LABELS, STAGE_LABELS
from builder.search.documents import Documents, SearchDoc, bare_name, kind_order
from builder.search.fields import fields_of, text_words
from builder.search.fold import words
from builder.search.near import suggestions
from builder.search.query import FIELDS, Fields, Query, agrees, parse, score
from builder.store.cache import cache_dir
from builder.store.files import find_records, write_atomically

VERSION = 5  # raise when an index made before would answer differently
FACETS = ("kind", "type", "block", "unit", "year", "stage")
_NAME = "records"
_EVERY = 500  # documents between two lines of progress
_PATIENCE = 60.0  # seconds to wait for another search that is writing the index


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer; ``in_text`` if a word stands only in its text.

    ``same_marks``: words of the query that were typed with marks stand in it with these.
    """

    doc: SearchDoc
    unit_names: tuple[str, ...]
    score: int
    in_text: bool
    same_marks: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """All answers in order; ``unheard``: values of a facet that no record has.

    ``near``: where nothing was found, queries that find something and are spelt nearly so.
    """

    query: Query
    hits: tuple[Hit, ...]
    unheard: tuple[tuple[str, str], ...] = ()
    near: tuple[str, ...] = ()


Filters = Mapping[str, tuple[str, ...]]
InState = tuple[Date, frozenset[State]]
Load = Callable[[], Registry]


def search(
    root: Path, text: str, filters: Filters, load: Load, *, full_text: bool = True,
    in_state: InState | None = None, say: Say = silent,
) -> Answer:  # fmt: skip
    """Answers to a query over the records at ``root``.

    ``filters`` gives for a facet the values of which one must hold: codes or labels; for
    units their id, code or name. ``in_state`` leaves only documents that are in one of its
    states on its day. ``load`` is called only if something has changed since
    the index was made. Raises RegistryError if the index cannot be written.
    """
    query = parse(text)
    try:
        answer = _search(_current(root, load, say), query, filters, full_text)
    except RegistryError:
        raise
    except Exception:  # noqa: BLE001  (what a broken index raises is anybody's guess)
        shutil.rmtree(_folder(root), ignore_errors=True)
        answer = _search(_current(root, load, say), query, filters, full_text)
    hits = [*answer.hits]
    if in_state is not None:
        day, states = in_state
        hits = [hit for hit in hits if hit.doc.state(day) in states]
    hits.sort(key=lambda hit: hit.doc.key)
    hits.sort(key=lambda hit: hit.doc.date, reverse=True)
    hits.sort(key=lambda hit: (not hit.same_marks, -hit.score, kind_order(hit.doc.kind)))
    return replace(answer, hits=tuple(hits))


def filter_key(value: str) -> str:
    """A value of a facet as it is compared: ``Quy chế`` and ``quy che`` are the same."""
    return " ".join(words(value))


# Asking


def _search(index: Any, query: Query, filters: Filters, full_text: bool) -> Answer:
    from whoosh.query import Term

    try:
        with index.searcher() as searcher:
            in_text = {
                word: set(searcher.docs_for_query(Term("text", word)))
                for word in (query.marked if full_text else ())
            }
            hits = tuple(
                _hit(
                    query,
                    searcher.stored_fields(number),
                    frozenset(word for word, found in in_text.items() if number in found),
                )
                for number in searcher.docs_for_query(_wanted(query, filters, full_text))
            )
            held = searcher.reader()
            unheard = tuple(
                (facet, value)
                for facet, values in filters.items()
                for value in values
                if (facet, filter_key(value)) not in held
            )
            near = () if hits or unheard else _near(searcher, query, filters, full_text)
            return Answer(query, hits, unheard, near)
    finally:
        index.close()


def _wanted(query: Query, filters: Filters, full_text: bool) -> Any:
    from whoosh.query import And, Every, Or, Prefix, Term

    clauses: list[Any] = []
    for place, word in enumerate(query.words):
        beginning = place == len(query.words) - 1 and query.last
        choices: list[Any] = [(Prefix if beginning else Term)("words", word)]
        if full_text:
            choices.append(Term("text", word))
        if query.days[place]:
            choices.append(Term("day", query.days[place]))
        clauses.append(Or(choices))
    for facet, values in filters.items():
        if values:
            clauses.append(Or([Term(facet, filter_key(value)) for value in values]))
    return And(clauses) if clauses else Every()


def _near(searcher: Any, query: Query, filters: Filters, full_text: bool) -> tuple[str, ...]:
    """Queries that find something and are spelt nearly as one that finds nothing."""

    def finds(text: str) -> bool:
        found = searcher.docs_for_query(_wanted(parse(text), filters, full_text))
        return next(iter(found), None) is not None

    held = searcher.reader()
    known = {
        word.decode(): held.doc_frequency("words", word) for word in held.lexicon("words")
    }  # fmt: skip
    return tuple(suggestions(query.words, known, finds))


def _hit(query: Query, stored: dict[str, Any], marked_in_text: frozenset[str]) -> Hit:
    values, names, fields = orjson.loads(stored["row"])
    for name in ("blocks", "units", "also"):
        values[name] = tuple(values[name])
    found = Fields(**fields)
    value = score(query, found)
    in_text = bool(query.words) and not value
    if in_text:
        # It was found, so each word that no field has stands in the text.
        value = score(query, found, frozenset(query.words))
    return Hit(
        SearchDoc(**values), tuple(names), value, in_text, agrees(query, found, marked_in_text)
    )


# Keeping


def _folder(root: Path) -> Path:
    return cache_dir(root) / "whoosh"


def _current(root: Path, load: Load, say: Say) -> Any:
    """The index of the records as they are now."""
    folder = _folder(root)
    stamp = _stamp(root)
    index = _open(folder)
    if index is not None and _read(folder / "stamp") == stamp:
        return index
    try:
        index = index or _create(folder)
        _bring_up_to_date(index, folder, Documents(load()), say)
        write_atomically(folder / "stamp", stamp.encode())
    except OSError as error:
        raise RegistryError(
            f"the search index cannot be written: {error.strerror or error}",
            f"make {folder} writable, or set REGISTRY_CACHE to another folder",
        ) from None
    return index


def _bring_up_to_date(index: Any, folder: Path, documents: Documents, say: Say) -> None:
    docs = {doc.key: doc for doc in documents}
    digests = {key: _digest(doc, documents) for key, doc in docs.items()}
    known: dict[str, str] = orjson.loads(_read(folder / "digests") or "{}")
    changed = [key for key, value in digests.items() if known.get(key) != value]
    gone = [key for key in known if key not in digests]
    if not changed and not gone:
        return
    # Should this be cut short, the next run finds no digests and begins anew.
    (folder / "digests").unlink(missing_ok=True)
    writer = index.writer(limitmb=256, timeout=_PATIENCE)
    for key in (*gone, *changed):
        if not known or key in known:
            writer.delete_by_term("key", key)
    for count, key in enumerate(changed):
        if count % _EVERY == 0:
            say(f"making the search index: {count:,} of {len(changed):,} documents")
        writer.add_document(**_row(docs[key], documents))
    say("writing the search index")
    writer.commit()
    write_atomically(folder / "digests", orjson.dumps(digests))


def _row(doc: SearchDoc, documents: Documents) -> dict[str, Any]:
    fields = fields_of(doc, documents)
    values = {field.name: getattr(doc, field.name) for field in dataclass_fields(doc)}
    values["text"] = ""
    names = [documents.place(unit).name for unit in doc.units]
    found = {word for name in FIELDS for word in getattr(fields, name).split()} - {"."}
    known = {*found, *fields.spelled.split()}
    row: dict[str, Any] = {
        "key": doc.key,
        "words": sorted(found),
        "text": [word for word in text_words(doc) if word not in known],
        "row": orjson.dumps([values, names, fields]),
        "day": [doc.date] if doc.date else [],
    }
    for facet, terms in _facets(doc, names).items():
        row[facet] = sorted({filter_key(term) for term in terms} - {""})
    return row


def _facets(doc: SearchDoc, unit_names: list[str]) -> dict[str, list[str]]:
    """The values of each facet, each in every way in which one may ask for it."""
    return {
        "kind": [doc.kind, KIND_LABELS[doc.kind]],
        "type": [doc.type, doc.type_code],
        "block": [*doc.blocks, *(LABELS["block"][block] for block in doc.blocks)],
        "unit": [
            *doc.units,
            *(unit.split("@")[0] for unit in doc.units),
            *unit_names,
            *(bare_name(name) for name in unit_names),
        ],
        "year": [doc.year],
        "stage": [doc.stage, STAGE_LABELS.get(doc.stage, "")],
    }


def _create(folder: Path) -> Any:
    from whoosh.analysis import IDAnalyzer
    from whoosh.fields import ID, STORED, FieldType, Schema
    from whoosh.formats import Existence
    from whoosh.index import create_in

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    # Ranking is our own, so that no counts and no places of words need to be kept. Lengths
    # are: where a field has none, Whoosh looks for their file at every word it writes.
    given = {
        name: FieldType(Existence(), IDAnalyzer(), scorable=True)
        for name in ("words", "text", "day", *FACETS)
    }
    return create_in(str(folder), Schema(key=ID(unique=True), row=STORED(), **given), _NAME)


def _open(folder: Path) -> Any:
    """The index, or None if there is none that can be read."""
    from whoosh.index import open_dir

    if _read(folder / "stamp").partition(" ")[0] != str(VERSION):
        return None
    try:
        return open_dir(str(folder), _NAME)
    except Exception:  # noqa: BLE001  (what a broken index raises is anybody's guess)
        return None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _stamp(root: Path) -> str:
    """Changes when any file of the registry does: names, sizes, times of change."""
    made = hashlib.sha256()
    for file in find_records(root)[0]:
        for path in (file.path, *(text for _, text in file.texts)):
            found = (root / path).stat()
            made.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0".encode())
    return f"{VERSION} {made.hexdigest()}"


def _digest(doc: SearchDoc, documents: Documents) -> str:
    """Of all that is indexed, names of units included."""
    names = [documents.place(unit).names for unit in doc.units]
    return hashlib.sha256(orjson.dumps([doc, names])).hexdigest()[:24]
