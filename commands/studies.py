"""Commands about whole studies: begin, copy, close, archive, bring back, delete, list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.speaking import speaking, stop
from i18n import canonical

if TYPE_CHECKING:
    from data.tables import Study

commands = typer.Typer()

Slug = Annotated[str, typer.Argument(help="The study.")]
Start = Annotated[str, typer.Option(help="Its first day, like 2027-06-01; today by default.")]
End = Annotated[str, typer.Option(help="Its last day.")]
Title = Annotated[str, typer.Option(help="What it is called; in the first of its languages.")]


def _day(text: str, otherwise: date) -> date:
    if not text:
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise stop(f"{text} is no day. Write it like 2027-06-01.") from error


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the operator's own calendar


@commands.command("studies")
def list_studies(
    deleted: Annotated[bool, typer.Option(help="Those that were deleted here.")] = False,
) -> None:
    """List the studies of this installation."""
    from sqlmodel import select

    from data.database import open_session
    from data.tables import Study
    from survey.deleting import deleted as gone
    from survey.people import people_of

    with speaking(), open_session() as session:
        if deleted:
            for each in gone(session=session):
                typer.echo(f"{each.slug}  deleted {each.at:%Y-%m-%d}  receipt {each.receipt}")
            return
        found = session.exec(select(Study)).all()
        for study in sorted(found, key=lambda each: (each.start, each.slug)):
            if study.kind == "study":
                there = people_of(session=session, study_id=study.id)
                taking_part = sum(person.withdrawn_at is None for person in there)
                typer.echo(
                    f"{study.slug}  {study.start} to {study.end}  {taking_part} people  "
                    f"{_state(study)}{_beside(study, found)}"
                )


def _state(study: Study) -> str:
    if study.closed_at:
        return f"closed {study.closed_at:%Y-%m-%d}"
    if _today() < study.start:
        return "has not begun"
    return "is over" if _today() > study.end else "goes on"


def _beside(study: Study, found: Sequence[Study]) -> str:
    belonging = [each.slug for each in found if each.parent_id == study.id]
    return f"  with {', '.join(sorted(belonging))}" if belonging else ""


@commands.command("create-study")
def create_study(
    slug: Slug,
    *,
    template: Annotated[str, typer.Option(help="One of studies/; nothing for an empty one.")] = "",
    title: Title = "",
    start: Start = "",
    end: End = "",
    language: Annotated[
        list[str] | None, typer.Option(help="Of an empty study; may be given several times.")
    ] = None,
    time_zone: Annotated[str, typer.Option(help="Of an empty study.")] = "UTC",
    contact: Annotated[str, typer.Option(help="To whom people write.")] = "",
) -> None:
    """Begin a study, from a template or empty; “manage.py invite” lets its coordinator in."""
    from data.database import open_session
    from survey.beginning import begin_empty
    from survey.study_folder import begin, templates

    first = _day(start, _today())
    with speaking(), open_session() as session:
        if template:
            days = next((each.days for each in templates() if each.name == template), 1)
            begin(
                template,
                session=session,
                slug=slug,
                start=first,
                end=_day(end, first + timedelta(days=days - 1)),
                title={"en": title} if title else None,
                contact=contact,
            )
        else:
            tags = [canonical(tag) for tag in language or ["en"]]
            begin_empty(
                session=session,
                slug=slug,
                title={tags[0]: title or slug},
                start=first,
                end=_day(end, first + timedelta(days=29)),
                languages=tags,
                time_zone=time_zone,
                contact=contact,
            )
        session.commit()
    typer.echo(f"{slug} is there.")


@commands.command("copy-study")
def copy_study(
    source: Annotated[str, typer.Argument(help="The study that is copied.")],
    slug: Annotated[str, typer.Argument(help="What the copy is called.")],
    title: Title = "",
    start: Start = "",
    end: End = "",
) -> None:
    """Begin a study like another: what it asks, its consent text and teams, without its people."""
    from data.database import open_session
    from survey.beginning import begin_copy
    from survey.studies import whole

    with speaking(), open_session() as session:
        like = whole(session=session, slug=source)
        first = like.languages[0] if like.languages else "en"
        begin_copy(
            like,
            session=session,
            slug=slug,
            start=_day(start, _today()),
            end=_day(end, like.end) if end else None,
            title={first: title} if title else None,
        )
        session.commit()
    typer.echo(f"{slug} is there, like {source}.")


@commands.command("close-study")
def close_study(slug: Slug) -> None:
    """Close a study: it can be read, and nothing in it changes any more."""
    _set_closed(slug, closed=True)


@commands.command("reopen-study")
def reopen_study(slug: Slug) -> None:
    """Open a closed study again."""
    _set_closed(slug, closed=False)


def _set_closed(slug: str, *, closed: bool) -> None:
    from data.database import open_session
    from survey.closing import close, reopen
    from survey.studies import whole

    with speaking(), open_session() as session:
        study = whole(session=session, slug=slug)
        changed = (close if closed else reopen)(study, session=session)
        session.commit()
    how = "closed" if closed else "open"
    typer.echo(f"{slug} is {how}." if changed else f"{slug} is {how} already.")


@commands.command("archive-study")
def archive_study(slug: Slug, file: Path) -> None:
    """Write one study with everything in it into one file; the server may go on meanwhile."""
    from survey.study_archives import archive

    with speaking():
        made = archive(slug, file)
    typer.echo(f"{file} is written: {made.rows} rows, {made.files} files.")
    if made.missing:
        typer.echo(f"{made.missing} files were not there to be archived.", err=True)


@commands.command("restore-study")
def restore_study(
    file: Path,
    replace: Annotated[bool, typer.Option(help="Put it in the place of the same study.")] = False,
) -> None:
    """Bring an archived study back; whoever withdrew since then is taken out again."""
    from survey.study_archives import bring_back

    with speaking():
        back = bring_back(file, replace=replace)
    typer.echo(
        f"{back.slug} is back as it was at {back.made_at}: {back.rows} rows, {back.files} files."
    )
    if back.withdrawn:
        typer.echo(f"Withdrew since then, and taken out again: {back.withdrawn}.")


@commands.command("delete-study")
def delete_study(
    slug: Slug,
    typed: Annotated[str, typer.Option("--yes-delete", help="Its short name once more.")] = "",
    receipt: Annotated[Path | None, typer.Option(help="Where the receipt goes.")] = None,
) -> None:
    """Delete a study for good, with everything in it, and print the receipt."""
    from data.database import open_session
    from survey.deleting import delete_study as delete
    from survey.studies import whole

    if receipt and not receipt.parent.is_dir():
        raise stop(f"There is no folder {receipt.parent}.")
    with speaking(), open_session() as session:
        study = whole(session=session, slug=slug)
        if not typed:
            raise stop(
                f"Nothing was deleted. To delete {slug} for good, say --yes-delete {slug}; "
                f"“manage.py archive-study {slug} FILE” keeps it in one file."
            )
        made = delete(study, typed=typed, session=session)
    typer.echo(made.text(), nl=False)
    if receipt:
        try:
            receipt.write_text(made.text(), encoding="utf-8")
        except OSError as error:
            raise stop(f"{slug} is deleted, but {receipt} cannot be written.") from error
