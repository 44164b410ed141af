"""What the public wrote, and whether a wall may show it: nothing is shown that nobody approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlmodel import Session, col, select

from data.history import record
from data.tables import PublicLink, Questionnaire, Response, Theme, ThemeRun, WallText
from data.tables.base import now
from i18n import Refusal, say
from survey.questionnaires import form_of
from survey.xlsform import Form, Repeat

SHORTEST = 2
"""Characters below which a text says nothing."""


class ModeratingError(Refusal):
    """What was to be decided about is not there any more, or reads differently by now."""


@dataclass(frozen=True)
class Written:
    """Words of the public.

    Attributes:
        response_id: The answer they stand in; None for the title of a theme.
        theme_id: The theme; None for an answer.
        path: The question, or the language of the title.
        text: The words.
        language: Their language.
        at: When they came.
        shown: Whether a wall may show them; None where nobody decided yet.
    """

    response_id: UUID | None
    theme_id: UUID | None
    path: str
    text: str
    language: str
    at: datetime
    shown: bool | None

    @property
    def key(self) -> str:
        """What tells them from all others, as they read now."""
        return f"{self.response_id or self.theme_id}/{self.path}/{hash_of(self.text)}"


def hash_of(text: str) -> str:
    """Return the fingerprint of words that were decided about."""
    return sha256(text.encode()).hexdigest()


def text_paths(form: Form) -> list[str]:
    """Return the questions whose answers a wall may show: texts that are asked for once."""
    inside = [element.path for element in form.walk() if isinstance(element, Repeat)]
    return [
        "/" + "/".join(question.path)
        for question in form.questions()
        if question.type == "text"
        and question.calculation is None
        and not any(question.path[: len(path)] == path for path in inside)
    ]


def answers_written(
    *, session: Session, study_id: UUID, questionnaire: str | None = None
) -> list[Written]:
    """Return the texts of the answers that a wall could show, newest first.

    Args:
        session: Where to read.
        study_id: The audience.
        questionnaire: Only of this one; by default of all that have a wall.
    """
    walls = select(PublicLink.questionnaire).where(
        PublicLink.study_id == study_id, col(PublicLink.wall).is_(True)
    )
    names = {questionnaire} if questionnaire else set(session.exec(walls).all())
    decided = {
        (row.response_id, row.path): row
        for row in session.exec(
            select(WallText).where(
                WallText.study_id == study_id, col(WallText.response_id).is_not(None)
            )
        )
    }
    rows = session.exec(
        select(Response, Questionnaire)
        .join(Questionnaire, col(Questionnaire.id) == col(Response.questionnaire_id))
        .where(Response.study_id == study_id, col(Questionnaire.name).in_(names))
        .order_by(col(Response.submitted_at).desc())
    ).all()
    found = []
    for response, asked in rows:
        for path in text_paths(form_of(asked)):
            text = _text_at(response, path)
            if len(text) >= SHORTEST:
                row = decided.get((response.id, path))
                found.append(
                    Written(
                        response_id=response.id,
                        theme_id=None,
                        path=path,
                        text=text,
                        language=response.language,
                        at=response.submitted_at,
                        shown=_decision(row, text),
                    )
                )
    return found


def _text_at(response: Response, path: str) -> str:
    found: object = response.answers
    for step in path.split("/")[2:]:
        found = found.get(step) if isinstance(found, dict) else None
    return found.strip() if isinstance(found, str) else ""


def _decision(row: WallText | None, text: str) -> bool | None:
    return row.shown if row is not None and row.text_hash == hash_of(text) else None


def titles_written(*, session: Session, study_id: UUID) -> list[Written]:
    """Return the titles of the newest themes of an audience: they are made of people's words."""
    run = session.exec(
        select(ThemeRun)
        .where(ThemeRun.study_id == study_id)
        .order_by(col(ThemeRun.created_at).desc())
    ).first()
    if run is None:
        return []
    themes = session.exec(
        select(Theme).where(Theme.run_id == run.id).order_by(col(Theme.number))
    ).all()
    known = {
        (row.theme_id, row.path): row
        for row in session.exec(
            select(WallText).where(
                WallText.study_id == study_id, col(WallText.theme_id).is_not(None)
            )
        )
    }
    return [
        Written(
            response_id=None,
            theme_id=theme.id,
            path=tag,
            text=title,
            language=tag,
            at=run.created_at,
            shown=_decision(known.get((theme.id, tag)), title),
        )
        for theme in themes
        for tag, title in theme.titles.items()
        if title
    ]


def decide(
    written: Written, *, session: Session, study_id: UUID, shown: bool, account_id: UUID
) -> None:
    """Decide whether a wall may show some words.

    Args:
        written: The words as they were read.
        session: The caller's transaction.
        study_id: The audience they belong to.
        shown: Whether they may be shown.
        account_id: Who decides.

    Raises:
        ModeratingError: They are not there any more.
    """
    owner = session.get(Response, written.response_id) if written.response_id else None
    theme = session.get(Theme, written.theme_id) if written.theme_id else None
    run = session.get(ThemeRun, theme.run_id) if theme else None
    of = owner or run
    if of is None or of.study_id != study_id:
        raise ModeratingError(say("These words are not there any more."))
    row = session.exec(
        select(WallText).where(
            WallText.study_id == study_id,
            WallText.response_id == written.response_id,
            WallText.theme_id == written.theme_id,
            WallText.path == written.path,
        )
    ).first() or WallText(
        study_id=study_id,
        response_id=written.response_id,
        theme_id=written.theme_id,
        path=written.path,
        text_hash="",
    )
    row.text_hash, row.shown = hash_of(written.text), shown
    row.account_id, row.decided_at = account_id, now()
    session.add(row)
    record(
        "wall_text.decided",
        session=session,
        study_id=study_id,
        account_id=account_id,
        subject="wall_text",
        subject_id=row.id,
        shown=shown,
    )
