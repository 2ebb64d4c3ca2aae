"""Rules on numbers of documents. Gaps are never faults: secret documents take numbers, too."""

from collections.abc import Iterator

from builder.check.base import Found, rule
from builder.derive.force_rules import LAW_64_FROM
from builder.derive.issuance import first_known_day
from builder.derive.numbering import fits_type, parse, type_names
from builder.derive.series import duplicates, regimes_of
from builder.findings import Finding
from builder.models import Body, Instrument
from builder.models.codes import LABELS
from builder.registry import Registry

_FORMS = {
    "administrative": "3010/QĐ-UBND",
    "normative": "05/2026/NQ-HĐND",
    "party": "245-KH/TU",
}
_DECREE = "Decree 30/2020/NĐ-CP, Annex III"


@rule("number-syntax", "A number has the form of its regime.", source=_DECREE)
def number_syntax(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(Instrument):
        if record.number is None:
            continue
        number = parse(record.number, record.type)
        if number is None:
            yield found(
                record_id, f"{record.number!r} has the form of no regime of numbers", ("number",),
                f"write it as {', '.join(_FORMS.values())}; leave it out if it is not known",
            )  # fmt: skip
        elif record.regime is not None and number.regime != record.regime:
            yield found(
                record_id,
                f"{record.number!r} has the form of {LABELS['regime'][number.regime]!r}, "
                f"the record says {LABELS['regime'][record.regime]!r}",
                ("number",), f"write it as {_FORMS[record.regime]}, or mend 'regime'",
            )  # fmt: skip


@rule("number-form", "A number stands in its normalised form.", severity="warning", source=_DECREE)
def number_form(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(Instrument):
        number = parse(record.number, record.type) if record.number else None
        if number is not None and str(number) != record.number:
            yield found(
                record_id, f"{record.number!r} is stored as {str(number)!r}", ("number",),
                f"write {str(number)!r}; searches find both spellings",
            )  # fmt: skip


@rule("number-type", "The abbreviation in a number is one of its type.", severity="warning")
def number_type(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(Instrument):
        number = parse(record.number, record.type) if record.number else None
        if number is None or fits_type(number, record.type):
            continue
        names = " or ".join(type_names(number.symbol or "", number.regime)) or "no type known"
        yield found(
            record_id,
            f"{record.number!r} names {names}, the record {LABELS['document_type'][record.type]}",
            ("number",), "mend 'type' or 'number'; a text issued with a decision has no number",
        )  # fmt: skip


@rule(
    "regime-body",
    "A local body issues in its own regimes; of the normative ones, the Council Nghị quyết and "
    "the People's Committee Quyết định.",
    severity="warning",
    source="Law 64/2025/QH15, Article 4",
)
def regime_of_body(registry: Registry, found: Found) -> Iterator[Finding]:
    """From the day of that law on: before it, others could issue normative documents."""
    for record_id, record in registry.of(Instrument):
        body = registry.get(record.issuer or "", Body)
        day = first_known_day(registry, record)
        if body is None or body.unit is None or body.block is None or record.regime is None:
            continue
        if record.regime == "normative" and (day is None or day < LAW_64_FROM):
            continue
        if record.regime not in regimes_of(body, record.type):
            yield found(
                record_id,
                f"{LABELS['document_type'][record.type]} of {body.name} as "
                f"{LABELS['regime'][record.regime]!r}",
                ("regime",), "mend 'regime', 'type' or 'issuer'; leave 'regime' out if not known",
            )  # fmt: skip


@rule("number-duplicate", "A number stands once in its series.", source=_DECREE)
def number_duplicate(registry: Registry, found: Found) -> Iterator[Finding]:
    yield from _duplicates(registry, found, certain=True)


@rule(
    "number-duplicate-possible",
    "Two Party documents of one year, one of them without a term, do not bear one number.",
    severity="warning",
)
def number_duplicate_possible(registry: Registry, found: Found) -> Iterator[Finding]:
    yield from _duplicates(registry, found, certain=False)


def _duplicates(registry: Registry, found: Found, *, certain: bool) -> Iterator[Finding]:
    hint = (
        "mend the number, or withdraw the record that was entered twice"
        if certain
        else "add 'series_term', so that the series is known"
    )
    for duplicate in duplicates(registry):
        if duplicate.certain == certain:
            for record_id in duplicate.ids:
                others = ", ".join(other for other in duplicate.ids if other != record_id)
                yield found(
                    record_id, f"{duplicate.number} is the number of {others}, too", ("number",),
                    hint,
                )  # fmt: skip
