"""What the authors of a chapter write themselves; it is kept when the chapter is made again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from data.history import record
from data.tables import ChapterText, Study, Team
from data.tables.base import now
from i18n import DEFAULT_LANGUAGE, Message, Refusal, best, say

LONGEST = 20_000


class OvertakenTextError(Refusal):
    """Somebody else wrote here in the meantime; `text` is theirs."""

    def __init__(self, text: str) -> None:
        super().__init__(
            say("In the meantime somebody else wrote here. Compare the two texts, then keep one.")
        )
        self.text = text


@dataclass(frozen=True)
class Slot:
    """A place for a text of the authors.

    Attributes:
        key: What it is kept by.
        title: What belongs here.
        needed: Whether a final version needs it.
    """

    key: str
    title: Message
    needed: bool = False


FACTS = (
    Slot("sponsor", say("Who paid for the study, and what access to its data they have"), True),
    Slot("ethics", say("Who approved the study, and how people agreed to take part"), True),
    Slot("relation", say("How the interviewers and authors stand to the people"), True),
    Slot("readers", say("Who read which texts, and who decided about the themes"), True),
)
"""What only the authors know and a final version must say."""
OPENING = Slot("opening", say("Your opening: what this study is about"))
CLOSING = Slot("closing", say("Your conclusion"))


def question_slot(key: str, text: str) -> Slot:
    """Return the place for the authors' answer to a research question."""
    return Slot(f"question:{key}", say("Your answer: {question}", question=text))


def case_slot(code: str, name: str) -> Slot:
    """Return the place for the case of a team."""
    return Slot(f"case:{code}", say("The case of {team}", team=name))


def release_slot(code: str, name: str) -> Slot:
    """Return the place for how a team released its case."""
    return Slot(
        f"case-release:{code}", say("Who of {team} read the case and released it", team=name)
    )


def slots(study: Study, teams: Iterable[Team], *, language: str) -> list[Slot]:
    """Return every place for a text, in the order of the chapter."""
    found = [
        OPENING,
        *(
            question_slot(question["key"], _of(question["text"], language))
            for question in study.design.get("research_questions", [])
        ),
    ]
    for team in teams:
        name = _of(team.name, language) or team.code
        found += [case_slot(team.code, name), release_slot(team.code, name)]
    return [*found, CLOSING, *FACTS]


def texts_of(*, session: Session, study_id: UUID, language: str) -> dict[str, ChapterText]:
    """Return the authors' texts in a language, by key."""
    rows = session.exec(
        select(ChapterText).where(
            ChapterText.study_id == study_id,
            ChapterText.language == language,
            col(ChapterText.text) != "",
        )
    )
    return {row.key: row for row in rows}


def write_text(
    key: str,
    text: str,
    *,
    session: Session,
    study_id: UUID,
    language: str,
    account_id: UUID | None,
    seen: int,
) -> ChapterText:
    """Keep a text of the authors; the caller commits.

    Args:
        key: Where it stands.
        text: The text; an empty one takes it out.
        session: The caller's transaction.
        study_id: The study.
        language: Of the chapter.
        account_id: Who wrote it.
        seen: The revision that the writer's screen showed; 0 where there was none.

    Raises:
        OvertakenTextError: Somebody else changed it in the meantime.
    """
    row = session.exec(
        select(ChapterText)
        .where(
            ChapterText.study_id == study_id,
            ChapterText.key == key,
            ChapterText.language == language,
        )
        .with_for_update()
    ).first()
    text = text.strip()[:LONGEST]
    if row is None:
        row = ChapterText(study_id=study_id, key=key, language=language, text=text, revision=0)
    elif row.text == text:
        return row
    elif row.revision != seen:
        raise OvertakenTextError(row.text)
    row.text, row.account_id, row.changed_at = text, account_id, now()
    row.revision += 1
    session.add(row)
    session.flush()
    record(
        "chapter.text",
        session=session,
        study_id=study_id,
        account_id=account_id,
        subject="chapter_text",
        subject_id=row.id,
    )
    return row


def _of(texts: Mapping[str, str], language: str) -> str:
    first = next(iter(texts), "")
    return texts.get(best([language, DEFAULT_LANGUAGE], texts, default=first), "")
