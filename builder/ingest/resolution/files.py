"""From a file with a resolution's text to a merger record in the registry, and its report."""

from dataclasses import dataclass
from pathlib import Path

import orjson
from pydantic import ValidationError

from builder.findings import RegistryError
from builder.ingest.resolution.clauses import province_words
from builder.ingest.resolution.reader import Origin, read_resolution
from builder.ingest.resolution.report import Report
from builder.ingest.resolution.text import Text, key
from builder.ingest.writing import merger_yaml, resolution_yaml, write
from builder.models import UnitFile
from builder.store.files import read_bytes
from builder.store.given import given_text
from builder.store.yaml_read import MAX_BYTES, YamlError, decode, read

_ISSUER = "bodies/trung-uong/ubtvqh"  # the Standing Committee of the National Assembly
_MAX_TEXT = 4_000_000


@dataclass(frozen=True)
class Ingested:
    """What was done with one file; ``path`` is None if no record came out."""

    path: str | None
    state: str
    report: Report


def ingest_file(
    root: Path, file: Path, *, publisher: str | None = None, url: str | None = None
) -> Ingested:
    """Reads one text and writes its merger record, and the resolution's own if it has none.

    Raises RegistryError if the reading cannot be begun.
    """
    text = Text(given_text(file, _MAX_TEXT))
    units = _units_of(root, text, file)
    issuer = _ISSUER if (root / "registry" / f"{_ISSUER}.yaml").is_file() else None
    reading = read_resolution(text, units.units, Origin(file.name, publisher, url, issuer))
    if reading.record is None:
        return Ingested(None, "nothing written", reading.report)
    path = f"registry/{reading.path}.yaml"
    changed = write(root, path, merger_yaml(reading.record, reading.names))
    own = f"registry/{reading.record.resolution}.yaml"
    if not (root / own).exists():  # what editors wrote of a resolution is never touched
        write(root, own, resolution_yaml(reading.resolution))
    return Ingested(path, "written" if changed else "unchanged", reading.report)


def _units_of(root: Path, text: Text, file: Path) -> UnitFile:
    """The unit file of the province that the text speaks of most."""
    slugs = sorted(path.stem for path in (root / "registry" / "units").glob("*.yaml"))
    named = province_words(text)
    if not named:
        raise RegistryError(
            f"{file.name}: it names no province as merger resolutions do",
            "give the text of such a resolution, with its head",
        )
    votes = {slug: sum(words.startswith(key(slug)) for words in named) for slug in slugs}
    most = max(votes.values(), default=0)
    best = [slug for slug in slugs if votes[slug] == most]
    if not most or len(best) != 1:
        raise RegistryError(
            f"{file.name}: the units of its province are not in registry/units/",
            "run 'registry ingest units' first",
        )
    path = f"registry/units/{best[0]}.yaml"
    try:
        value = read(decode(read_bytes(root, path, MAX_BYTES)))
        return UnitFile.model_validate_json(orjson.dumps(value), strict=True)
    except (YamlError, ValidationError, OSError):
        raise RegistryError(f"{path} cannot be read", "run 'registry check'") from None
