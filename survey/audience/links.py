"""Public links: opening a questionnaire to everybody, finding it, and whether it takes answers."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from data.history import record
from data.tables import Assignment, PublicLink, Questionnaire, Study, Visit
from data.tables.base import now
from i18n import DEFAULT_LANGUAGE, Refusal, say
from survey import questionnaires
from survey.audience.companion import audience_of, make_audience
from survey.audience.fitting import check_fit
from survey.audience.prefilling import prefillable

LETTERS = "abcdefghjkmnpqrstuvwxyz"
"""None of which is taken for another or for a digit."""
LENGTH = 6
"""148 million addresses: nobody finds the few that are open by trying."""

State = Literal["open", "early", "over", "closed", "full"]
Naming = Literal["none", "optional", "required"]


class LinkError(Refusal):
    """A questionnaire cannot be opened to the public like this."""


@dataclass(frozen=True)
class Opening:
    """How a questionnaire is opened; the columns of `PublicLink`."""

    opens: dt.date
    closes: dt.date
    kind: Literal["link", "kiosk"] = "link"
    many: bool = False
    naming: Naming = "none"
    title: Mapping[str, str] = field(default_factory=dict)
    languages: Sequence[str] = field(default_factory=list)
    prefilled: Sequence[str] = field(default_factory=list)
    most: int = 0
    wall: bool = False


def open_link(
    *,
    session: Session,
    study: Study,
    questionnaire: str,
    opening: Opening,
    account_id: UUID | None = None,
) -> PublicLink:
    """Open the newest version of a questionnaire of a study to everybody.

    Args:
        session: The caller's transaction.
        study: The study that asks; the answers go to its audience.
        questionnaire: The name of a published questionnaire of it.
        opening: From when until when, and how.
        account_id: Who opens it.

    Raises:
        LinkError: There is no such questionnaire, or the opening makes no sense.
        FitError: It asks something that cannot be asked of the public; every question is named.
        AudienceError: The study cannot have an audience.
    """
    newest = questionnaires.latest(session=session, study_id=study.id, name=questionnaire)
    if newest is None:
        raise LinkError(say("There is no questionnaire {name}.", name=questionnaire))
    form = questionnaires.form_of(newest)
    check_fit(form, kiosk=opening.kind == "kiosk")
    if opening.closes < opening.opens:
        raise LinkError(say("The last day lies before the first."))
    if opening.most < 0 or opening.naming not in {"none", "optional", "required"}:
        raise LinkError(say("This cannot be opened like that."))
    unknown = set(opening.prefilled) - set(prefillable(form))
    if unknown:
        raise LinkError(say("The address cannot answer {names}.", names=", ".join(sorted(unknown))))
    audience = make_audience(session=session, study=study, account_id=account_id)
    _bring(newest, audience, session=session, account_id=account_id)
    kiosk = opening.kind == "kiosk"
    link = PublicLink(
        study_id=audience.id,
        account_id=account_id,
        questionnaire=questionnaire,
        slug=_free_slug(session=session),
        kind=opening.kind,
        opens=opening.opens,
        closes=opening.closes,
        many=opening.many or kiosk,
        naming="none" if kiosk else opening.naming,
        title={tag: text for tag, text in opening.title.items() if text}
        or titles_of(newest, session=session),
        languages=list(opening.languages) or languages_of(newest, study),
        prefilled=list(opening.prefilled),
        most=opening.most,
        wall=opening.wall,
    )
    session.add(link)
    session.flush()
    record(
        "public_link.opened",
        session=session,
        study_id=study.id,
        account_id=account_id,
        subject="public_link",
        subject_id=link.id,
        name=questionnaire,
        kind=link.kind,
    )
    return link


def languages_of(questionnaire: Questionnaire, study: Study) -> list[str]:
    """Return the languages a questionnaire can be offered in, the study's own first."""
    written = [tag for tag in questionnaires.form_of(questionnaire).languages if tag != "und"]
    own = [tag for tag in study.languages if tag in written]
    return (
        own + [tag for tag in written if tag not in own]
        or study.languages[:1]
        or [DEFAULT_LANGUAGE]
    )


def titles_of(questionnaire: Questionnaire, *, session: Session) -> dict[str, str]:
    """Return what a questionnaire is called, by language: as its form says, or as it is assigned.

    A form says it in the settings, as `form_title` or, for a language, `form_title_de`.
    """
    form = questionnaires.form_of(questionnaire)
    said = {
        tag: form.settings[f"form_title_{tag}"]
        for tag in form.languages
        if form.settings.get(f"form_title_{tag}")
    }
    assigned = session.exec(
        select(Assignment.title).where(
            Assignment.study_id == questionnaire.study_id,
            Assignment.questionnaire == questionnaire.name,
        )
    ).first()
    return said or dict(assigned or {}) or {form.default_language: form.title}


def _bring(
    newest: Questionnaire, audience: Study, *, session: Session, account_id: UUID | None
) -> Questionnaire:
    """Publish a version of the study's questionnaire in its audience as well."""
    return questionnaires.publish(
        session=session,
        study_id=audience.id,
        filename=newest.filename,
        content=newest.source,
        account_id=account_id,
        files={
            name: content
            for name in newest.files
            if (content := questionnaires.material(newest, name)) is not None
        },
        name=newest.name,
    )


def renew(
    *, session: Session, study: Study, link: PublicLink, account_id: UUID | None = None
) -> Questionnaire:
    """Let a link ask the newest version of its questionnaire from now on.

    Raises:
        LinkError: There is none any more.
        FitError: The newest version cannot be asked of the public.
    """
    newest = questionnaires.latest(session=session, study_id=study.id, name=link.questionnaire)
    audience = audience_of(session=session, study_id=study.id)
    if newest is None or audience is None or audience.id != link.study_id:
        raise LinkError(say("There is no questionnaire {name}.", name=link.questionnaire))
    check_fit(questionnaires.form_of(newest), kiosk=link.kind == "kiosk")
    return _bring(newest, audience, session=session, account_id=account_id)


def is_outdated(*, session: Session, study: Study, link: PublicLink) -> bool:
    """Tell whether the study has a newer version of the questionnaire than a link asks."""
    name = link.questionnaire
    newest = questionnaires.latest(session=session, study_id=study.id, name=name)
    current = questionnaires.latest(session=session, study_id=link.study_id, name=name)
    return (
        newest is not None
        and current is not None
        and (newest.sha256, newest.files) != (current.sha256, current.files)
    )


def _free_slug(*, session: Session) -> str:
    while True:
        slug = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        if not session.exec(select(PublicLink.id).where(PublicLink.slug == slug)).first():
            return slug


def links_of(*, session: Session, study_id: UUID) -> list[PublicLink]:
    """Return the public links of a study, the newest first."""
    audience = audience_of(session=session, study_id=study_id)
    if audience is None:
        return []
    return list(
        session.exec(
            select(PublicLink)
            .where(PublicLink.study_id == audience.id)
            .order_by(col(PublicLink.created_at).desc())
        ).all()
    )


def close_link(
    link: PublicLink, *, session: Session, study_id: UUID, account_id: UUID | None = None
) -> None:
    """Take no more answers through a link, for good."""
    link.closed_at = link.closed_at or now()
    session.add(link)
    record(
        "public_link.closed",
        session=session,
        study_id=study_id,
        account_id=account_id,
        subject="public_link",
        subject_id=link.id,
    )


def extend(
    link: PublicLink,
    *,
    session: Session,
    study_id: UUID,
    opens: dt.date,
    closes: dt.date,
    account_id: UUID | None = None,
) -> None:
    """Change from which day to which a link takes answers.

    Raises:
        LinkError: The last day lies before the first.
    """
    if closes < opens:
        raise LinkError(say("The last day lies before the first."))
    link.opens, link.closes = opens, closes
    session.add(link)
    record(
        "public_link.days",
        session=session,
        study_id=study_id,
        account_id=account_id,
        subject="public_link",
        subject_id=link.id,
    )


def answered(*, session: Session, link_id: UUID) -> int:
    """Return how many answered through a link."""
    return session.exec(select(func.count()).where(Visit.link_id == link_id)).one()


def state_of(
    link: PublicLink, study: Study, *, count: int = 0, at: dt.datetime | None = None
) -> State:
    """Tell whether a link takes answers.

    Args:
        link: The link.
        study: Its audience: the days are those of its clock.
        count: How many answered so far.
        at: The moment; now by default.
    """
    moment = at or now()
    today = moment.astimezone(ZoneInfo(study.time_zone)).date()
    if (link.closed_at and link.closed_at <= moment) or study.closed_at:
        return "closed"
    if today < link.opens:
        return "early"
    if today > link.closes:
        return "over"
    return "full" if link.most and count >= link.most else "open"
