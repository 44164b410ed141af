"""The tables, one file for each part of a study's life."""

from data.tables.analysis import Embedding, Passage, PassageTheme, Theme, ThemeRun
from data.tables.base import metadata
from data.tables.collecting import (
    Assignment,
    Consent,
    Decision,
    Draft,
    Questionnaire,
    Response,
    ResponseRevision,
)
from data.tables.entering import Account, Invite, Membership, SignIn
from data.tables.interviews import Attachment, Interview, Turn
from data.tables.study import ConsentText, Person, Study, Team
from data.tables.work import AuditEvent, Job

__all__ = [
    "Account",
    "Assignment",
    "Attachment",
    "AuditEvent",
    "Consent",
    "ConsentText",
    "Decision",
    "Draft",
    "Embedding",
    "Interview",
    "Invite",
    "Job",
    "Membership",
    "Passage",
    "PassageTheme",
    "Person",
    "Questionnaire",
    "Response",
    "ResponseRevision",
    "SignIn",
    "Study",
    "Team",
    "Theme",
    "ThemeRun",
    "Turn",
    "metadata",
]
