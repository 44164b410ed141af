"""The entry that a questionnaire's answers belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from data.tables import Draft


@dataclass(frozen=True)
class Entry:
    """What writing areas need to know to send text by themselves.

    Attributes:
        account_id: Whose drafts these are.
        assignment_id: What asks for the entry.
        day: The day it is for.
        instance_id: The entry.
        zone: The name of the zone whose wall clock counts for the person.
        drafts: What the database holds of it, by path.
    """

    account_id: UUID
    assignment_id: UUID
    day: date
    instance_id: UUID
    zone: str
    drafts: Mapping[str, Draft]
