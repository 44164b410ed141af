"""The tables, one file for each part of a study's life."""

from data.tables.analysis import (
    Embedding,
    Passage,
    PassageTheme,
    Place,
    Theme,
    ThemeEdit,
    ThemeRun,
)
from data.tables.applying import Application, Call, Conflict, Letter, Review
from data.tables.base import metadata
from data.tables.checking import CheckAnswer, CheckedTheme, CheckQuestion, ThemeCheck
from data.tables.coding import Code, CodedText, CodeEdit, Coding, CodingTalk
from data.tables.collecting import (
    Assignment,
    CalendarChange,
    Consent,
    Decision,
    Draft,
    EntryFile,
    Questionnaire,
    Response,
    ResponseRevision,
)
from data.tables.entering import Account, Invite, Membership, Pin, SignIn
from data.tables.exporting import Export, ExportRequest
from data.tables.interviews import (
    Attachment,
    Interview,
    MaskDecision,
    Recording,
    Turn,
    TurnRevision,
)
from data.tables.public import Audience, PublicLink, Visit, WallText
from data.tables.quoting import Memo, Quotation, QuotationRelease, QuotationTranslation
from data.tables.reminding import Reminder, Reminding
from data.tables.study import ConsentText, Person, Study, Team, TeamStay
from data.tables.work import AuditEvent, Job
from data.tables.writing import ChapterText

__all__ = [
    "Account",
    "Application",
    "Assignment",
    "Attachment",
    "Audience",
    "AuditEvent",
    "CalendarChange",
    "Call",
    "ChapterText",
    "CheckAnswer",
    "CheckQuestion",
    "CheckedTheme",
    "Code",
    "CodeEdit",
    "CodedText",
    "Coding",
    "CodingTalk",
    "Conflict",
    "Consent",
    "ConsentText",
    "Decision",
    "Draft",
    "Embedding",
    "EntryFile",
    "Export",
    "ExportRequest",
    "Interview",
    "Invite",
    "Job",
    "Letter",
    "MaskDecision",
    "Membership",
    "Memo",
    "Passage",
    "PassageTheme",
    "Person",
    "Pin",
    "Place",
    "PublicLink",
    "Questionnaire",
    "Quotation",
    "QuotationRelease",
    "QuotationTranslation",
    "Recording",
    "Reminder",
    "Reminding",
    "Response",
    "ResponseRevision",
    "Review",
    "SignIn",
    "Study",
    "Team",
    "TeamStay",
    "Theme",
    "ThemeCheck",
    "ThemeEdit",
    "ThemeRun",
    "Turn",
    "TurnRevision",
    "Visit",
    "WallText",
    "metadata",
]
