"""What a record would bring with it, checked with the whole registry before it is written."""

from collections.abc import Mapping
from dataclasses import replace

from builder.check.run import check
from builder.findings import Finding
from builder.registry import Registry, entry_of
from builder.registry.load import place
from builder.store.files import RecordFile
from builder.store.yaml_read import YamlError, read_with_positions


def proposed(registry: Registry, texts: Mapping[str, str]) -> list[Finding]:
    """The errors that the registry would have only with these texts, by id of record.

    Nothing is written. Places are those in the texts.
    """
    entries, unread = dict(registry.entries), list[Finding]()
    for record_id, text in texts.items():
        known = registry.entries.get(record_id)
        file = RecordFile(record_id, f"registry/{record_id}.yaml")
        if known is not None:
            file = replace(file, texts=known.texts, attachments=known.attachments)
        entry = entry_of(file, text.encode(), None, unread)
        entries.pop(record_id, None)
        if entry is not None:
            entries[record_id] = entry
    ordered = dict(sorted(entries.items()))
    new = replace(registry, entries=ordered, findings=(*_others(registry, texts), *unread))
    errors = [finding for finding in check(new) if finding.severity == "error"]
    if errors:
        before = {_what(finding) for finding in check(registry)}
        errors = [finding for finding in errors if _what(finding) not in before]
    return [_located(finding, texts) for finding in errors]


def _others(registry: Registry, texts: Mapping[str, str]) -> list[Finding]:
    paths = {f"registry/{record_id}.yaml" for record_id in texts}
    return [finding for finding in registry.findings if finding.path not in paths]


def _what(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.path, finding.message


def _located(finding: Finding, texts: Mapping[str, str]) -> Finding:
    record_id = finding.path.removeprefix("registry/").removesuffix(".yaml")
    if record_id not in texts or not finding.at:
        return finding
    try:
        _, positions = read_with_positions(texts[record_id])
    except YamlError:
        return finding
    line, column = place(positions, finding.at)
    return replace(finding, line=line, column=column)
