"""What a record is: one pydantic model per kind, keyed by folder. No I/O."""

from builder.models.base import Record
from builder.models.bodies import Body
from builder.models.instruments import Document, Instrument, Regulation, Resolution
from builder.models.meetings import Meeting
from builder.models.mergers import MergerRecord
from builder.models.requirements import Requirement
from builder.models.rules import ContinuityRule
from builder.models.units import UnitFile

MODELS: dict[str, type[Record]] = {
    model.kind: model
    for model in (
        UnitFile, MergerRecord, Body, Resolution, Regulation, Document, Meeting, Requirement,
        ContinuityRule,
    )
}  # fmt: skip

__all__ = [
    "MODELS",
    "Body",
    "ContinuityRule",
    "Document",
    "Instrument",
    "Meeting",
    "MergerRecord",
    "Record",
    "Regulation",
    "Requirement",
    "Resolution",
    "UnitFile",
]
