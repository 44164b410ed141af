"""The study beside a study that holds what the public answers."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, col, select

from data.history import record
from data.tables import Audience, Membership, Study
from i18n import Refusal, say

SHARED = ("researcher", "coordinator")
"""The roles of a study that see what its audience answers."""


class AudienceError(Refusal):
    """This study cannot be opened to the public."""


def audience_of(*, session: Session, study_id: UUID) -> Study | None:
    """Return the study that holds what the public answers beside this one."""
    return session.exec(
        select(Study).where(Study.parent_id == study_id, Study.kind == "audience")
    ).first()


def make_audience(*, session: Session, study: Study, account_id: UUID | None = None) -> Study:
    """Return the audience of a study, made where there is none; its colleagues see it.

    Args:
        session: The caller's transaction.
        study: The study that is opened to the public.
        account_id: Who opens it.

    Raises:
        AudienceError: It is itself the audience of a study, or a call.
    """
    if study.kind != "study":
        raise AudienceError(say("Only a study itself can be opened to the public."))
    audience = audience_of(session=session, study_id=study.id)
    if audience is None:
        audience = _made(study, session=session)
        record(
            "audience.made",
            session=session,
            study_id=study.id,
            account_id=account_id,
            subject="study",
            subject_id=audience.id,
        )
    _share(study, audience, session=session)
    return audience


def _made(study: Study, *, session: Session) -> Study:
    audience = Study(
        slug=_free(f"{study.slug[:68]}-audience", session=session),
        kind="audience",
        parent_id=study.id,
        invented=study.invented,
        languages=list(study.languages),
        start=study.start,
        end=study.end,
        time_zone=study.time_zone,
        threshold=study.threshold,
        remind_at="",
        texts={**study.texts, "title": _titles(study), "of": study.texts.get("title") or {}},
    )
    session.add(audience)
    session.flush()
    session.add(Audience(study_id=audience.id))
    session.flush()
    return audience


def _titles(study: Study) -> dict[str, str]:
    added = {"en": "{title}: the audience", "zh-Hans": "{title}：观众", "de": "{title}: Publikum"}
    return {
        tag: added.get(tag, "{title}").format(title=title)
        for tag, title in (study.texts.get("title") or {"en": study.slug}).items()
    }


def _free(slug: str, *, session: Session) -> str:
    taken = set(session.exec(select(Study.slug).where(col(Study.slug).startswith(slug))).all())
    name, number = slug, 2
    while name in taken:
        name, number = f"{slug}-{number}", number + 1
    return name


def _share(study: Study, audience: Study, *, session: Session) -> None:
    """Give the colleagues of a study the same roles beside it."""

    def members(study_id: UUID) -> set[tuple[UUID, str]]:
        found = select(Membership.account_id, Membership.role).where(
            Membership.study_id == study_id, col(Membership.role).in_(SHARED)
        )
        return set(session.exec(found).all())

    for account_id, role in sorted(members(study.id) - members(audience.id), key=str):
        session.add(Membership(account_id=account_id, study_id=audience.id, role=role))
    session.flush()
