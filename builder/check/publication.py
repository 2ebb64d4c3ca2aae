"""Rules on what the public site can say: internal acts that leave public documents in doubt."""

from collections.abc import Iterator

from builder.check.base import Found, rule
from builder.derive.publication import undisclosed
from builder.findings import Finding
from builder.models import Instrument
from builder.registry import Registry


@rule(
    "internal-act", "An internal act does not leave the force of a public document in doubt.",
    severity="warning",
)  # fmt: skip
def internal_act(registry: Registry, found: Found) -> Iterator[Finding]:
    for source, index, target in undisclosed(registry):
        yield found(
            source, f"it is internal, so the public site cannot tell the state of {target}",
            ("relations", index),
            "write 'disclose: true' to tell that a document that is not public acts on it, and "
            "from when; or leave it so, and the site says that the state cannot be confirmed",
        )  # fmt: skip


@rule("disclose", "Only relations of internal records that act on a document are disclosed.")
def disclosed_in_vain(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(Instrument):
        for index, relation in enumerate(record.relations):
            if relation.disclose and record.access == "public":
                yield found(
                    record_id, "this record is public, so there is nothing to disclose",
                    ("relations", index, "disclose"), "leave 'disclose' out",
                )  # fmt: skip
