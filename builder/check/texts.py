"""Rules on the texts beside records: versions, what changed them, provisions that exist."""

import difflib
from collections.abc import Iterator

from builder.check.base import Found, rule
from builder.check.survey import survey
from builder.derive.provisions import parse
from builder.findings import Finding
from builder.models import Instrument
from builder.registry import Entry, Registry
from builder.registry.texts import TextError, text_of

# What an instrument does to another so that its text has another version afterwards.
_CHANGES = ("amends", "corrects", "repeals", "replaces", "suspends", "consolidates")


@rule("text", "A text can be read: UTF-8, of bounded size, without invisible characters.")
def readable(registry: Registry, found: Found) -> Iterator[Finding]:
    for entry in registry.entries.values():
        if entry.texts and not isinstance(entry.record, Instrument):
            yield found(
                entry.id, "only instruments carry a text", (),
                f"rename or delete {entry.texts[0][1]}",
            )  # fmt: skip
    yield from (error for error in survey(registry).values() if isinstance(error, Finding))


@rule("text-version", "Every later text is named in text_versions, and every version has its text.")
def versions_have_texts(registry: Registry, found: Found) -> Iterator[Finding]:
    for entry in registry.entries.values():
        record = entry.record
        if not isinstance(record, Instrument):
            continue
        files = {date: path for date, path in entry.texts if date}
        named = [str(version.valid_from) for version in record.text_versions]
        for date, path in files.items():
            if date not in named:
                yield Finding(
                    "text-version", "error", path, f"no text_versions entry of {entry.path}"
                    f" has valid_from {date}",
                    f"add '- valid_from: {date}' and 'changed_by: <id>' to it", line=1, column=1,
                )  # fmt: skip
        stem = entry.path.rpartition("/")[2].removesuffix(".yaml")
        for index, date in enumerate(named):
            if date not in files:
                yield found(
                    entry.id, f"the text that holds from {date} is not there",
                    ("text_versions", index), f"add {stem}.{date}.txt beside the record",
                )  # fmt: skip
        if files and "" not in dict(entry.texts):
            yield found(
                entry.id, "there are later texts but not the first one", ("text_versions",),
                f"add {stem}.txt, or make the earliest text the first one",
            )  # fmt: skip


@rule("text-order", "Versions of a text stand in order of time, each after the first text.")
def versions_in_order(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(Instrument):
        dates = record.dates
        before = dates.effective or dates.signed or dates.issued or dates.adopted
        what = "the first text"
        for index, version in enumerate(record.text_versions):
            if before is not None and version.valid_from <= before:
                yield found(
                    record_id, f"the version of {version.valid_from} does not come after {what}"
                    f" ({before})", ("text_versions", index, "valid_from"),
                    "put the versions in order, each with the day from which it holds",
                )  # fmt: skip
            before, what = version.valid_from, "the one before it"


@rule(
    "text-changed-by", "A version names the instrument that changed the text, which says so, too."
)
def changed_by_acts(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(Instrument):
        acting = {
            source
            for source, relation in registry.relations_to.get(record_id, ())
            if relation.type in _CHANGES
        }
        for index, version in enumerate(record.text_versions):
            changed_by = version.changed_by
            if changed_by is None or changed_by not in registry.entries or changed_by in acting:
                continue
            yield found(
                record_id, f"{changed_by} has no relation that changes this record",
                ("text_versions", index, "changed_by"),
                f"add 'type: amends, target: {record_id}' to its relations, or name another",
            )  # fmt: skip


@rule("provision", "A provision that a relation names stands in the text of its target.")
def provisions_exist(registry: Registry, found: Found) -> Iterator[Finding]:
    known: dict[str, set[str]] = {}
    for record_id, record in registry.of(Instrument):
        for index, relation in enumerate(record.relations):
            target = registry.entries.get(relation.target or "")
            if not relation.provisions or target is None or not target.texts:
                continue
            if target.id not in known:
                known[target.id] = _anchors(registry, target)
            for place, anchor in enumerate(relation.provisions):
                if known[target.id] and anchor not in known[target.id]:
                    close = difflib.get_close_matches(anchor, known[target.id], n=1, cutoff=0.6)
                    yield found(
                        record_id, f"the text of {target.id} has no provision {anchor}",
                        ("relations", index, "provisions", place),
                        f"did you mean {close[0]}?" if close else "look the provision up in it",
                    )  # fmt: skip


def _anchors(registry: Registry, entry: Entry) -> set[str]:
    """Anchors of all versions that can be read: what is amended may stand in any of them."""
    return {
        node.anchor
        for _, text in _texts(registry, entry)
        for node in parse(text).walk()
        if node.anchor
    }


def _texts(registry: Registry, entry: Entry) -> Iterator[tuple[str, str]]:
    for date, path in entry.texts:
        try:
            yield path, text_of(registry.root, entry, date)
        except TextError:
            continue  # the rule "text" reports it


@rule("provision-twice", "A number stands once in a text.", severity="warning")
def numbers_once(registry: Registry, found: Found) -> Iterator[Finding]:  # noqa: ARG001
    for (record_id, date), found_there in survey(registry).items():
        if isinstance(found_there, Finding) or not found_there.repeats:
            continue
        entry = registry.entries[record_id]
        for node in parse(text_of(registry.root, entry, date)).walk():
            last = node.anchor.rpartition(".")[2]
            if node.label and "-lan-" in last:
                yield Finding(
                    "provision-twice", "warning", dict(entry.texts)[date],
                    f"{node.name} stands here again; its anchor is {node.anchor}",
                    "mend the number if the official text has another", line=node.line,
                    column=1,
                )  # fmt: skip
