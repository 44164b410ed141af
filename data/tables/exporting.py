"""What leaves the house: archives that were made, and who allowed those that are not masked."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Field

from data.tables.base import Table, json_list, json_object, later, moment, within


class ExportRequest(Table, table=True):
    """That a coordinator asks for an unmasked export, and what another coordinator answered.

    Both write their names, because whoever reads this later must know whom to ask; `wanted` holds
    format and language. It lapses at `expires_at` and is used up by the export made with it.
    """

    __tablename__ = "export_request"

    study_id: UUID = within("study")
    asked_by: UUID | None = within("account", gone="SET NULL", optional=True)
    asked_name: str = Field(max_length=120)
    reason: str = Field(max_length=2000)
    wanted: dict[str, Any] = json_object()
    created_at: datetime = moment()
    expires_at: datetime = moment()
    decided_by: UUID | None = within("account", gone="SET NULL", optional=True)
    decided_name: str = Field(default="", max_length=120)
    decided_at: datetime | None = later()
    approved: bool = False
    used_at: datetime | None = later()


class Export(Table, table=True):
    """An archive that was made; its file lies in `data.exported` until `removed_at`.

    `people` are the keys of those whose words or numbers it holds: the row outlives the file, so
    that whoever withdraws later is known to be in it. `counts` are rows by table.
    """

    __tablename__ = "export"

    study_id: UUID = within("study")
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    request_id: UUID | None = within("export_request", gone="SET NULL", optional=True)
    format: str = Field(max_length=10)
    language: str = Field(max_length=35)
    masked: bool = True
    sha256: str = Field(max_length=64)
    size: int
    counts: dict[str, Any] = json_object()
    people: list[str] = json_list()
    made_at: datetime = moment()
    removed_at: datetime | None = later()
