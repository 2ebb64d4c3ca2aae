"""Rules on references: every id resolves, and to the kind that the field means."""

import difflib
from collections.abc import Iterator

from builder.check.base import Found, rule
from builder.findings import Finding
from builder.models import Body, Instrument, Meeting, Record, Requirement, Resolution
from builder.registry import Registry

# What a field points at, by the name of the field (the last key of its place).
_EXPECTED: dict[str, tuple[type[Record], ...]] = {
    "issuer": (Body,),
    "co_issuers": (Body,),
    "parent": (Body,),
    "bodies": (Body,),
    "responsible": (Body,),
    "addressed_to": (Body,),
    "document": (Instrument,),
    "changed_by": (Instrument,),
    "resolution": (Resolution,),
    "related": (Meeting,),
    "basis": (Meeting, Instrument),
    "closed_by": (Meeting, Instrument),
}
_RELATION_TARGETS: dict[str, tuple[type[Record], ...]] = {
    "adopted_at": (Meeting,),
    "fulfils": (Requirement,),
}


@rule("reference", "Every id of a record or unit that a record names exists.")
def unresolved(registry: Registry, found: Found) -> Iterator[Finding]:
    # Files that were not read have findings of their own, and their ids are no mistakes.
    broken = {finding.path for finding in registry.unread}
    units_stand = not any(path.startswith("registry/units/") for path in broken)
    for entry, at, reference, target in registry.references:
        if reference.to == "unit" and target not in registry.units and units_stand:
            yield found(entry.id, f"there is no unit {target}", at, _unit_hint(registry, target))
        elif reference.to == "record" and target not in registry.entries:
            if f"registry/{target}.yaml" in broken:
                continue
            close = difflib.get_close_matches(target, registry.entries, n=1, cutoff=0.8)
            hint = f"did you mean {close[0]}?" if close else "add the record, or mend the id"
            yield found(entry.id, f"there is no record {target}", at, hint)


def _unit_hint(registry: Registry, target: str) -> str:
    code = target.partition("@")[0]
    known = [unit.id for unit in registry.units_by_code.get(code, ())]
    if known:
        return f"units of this code are {', '.join(known)}"
    return "look the unit up with 'registry lookup NAME'"


@rule("reference-kind", "A reference points at the kind of record that its field means.")
def wrong_kind(registry: Registry, found: Found) -> Iterator[Finding]:
    for entry, at, reference, target in registry.references:
        if reference.to != "record" or target not in registry.entries:
            continue
        field = next(str(part) for part in reversed(at) if isinstance(part, str))
        expected = _EXPECTED.get(field)
        if field == "target" and isinstance(entry.record, Instrument):
            relation = entry.record.relations[int(at[1])]
            expected = _RELATION_TARGETS.get(relation.type, (Instrument,))
        if expected and not isinstance(registry.entries[target].record, expected):
            wanted = " or ".join(model.__name__.lower() for model in expected)
            message = f"{field} names {target}, which is no {wanted}"
            yield found(entry.id, message, at, f"name a {wanted}")


@rule("self-reference", "A record does not act upon itself.")
def self_reference(registry: Registry, found: Found) -> Iterator[Finding]:
    for entry, at, _, target in registry.references:
        if target == entry.id:
            yield found(entry.id, "the record points at itself", at, "name another record")


@rule("relation-target", "A relation names a record or cites a document, not both.")
def relation_target(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, instrument in registry.of(Instrument):
        for index, relation in enumerate(instrument.relations):
            if (relation.target is None) == (relation.cites is None):
                yield found(
                    record_id, f"the relation {relation.type} needs one of target and cites",
                    ("relations", index), "give 'target: <id>' or 'cites: <words>'",
                )  # fmt: skip
