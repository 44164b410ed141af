"""Commands for calls for applications."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.speaking import speaking

commands = typer.Typer()


@commands.command("make-call")
def make_call(
    folder: Path,
    study: Annotated[str | None, typer.Option(help="The study's slug.")] = None,
) -> None:
    """Make the call for applications of a study from a folder; its door stays closed."""
    from data.database import open_session
    from data.tables import Study
    from survey.studies import find
    from survey.study_folder.call_folder import import_call, read_call

    with speaking(), open_session() as session:
        call = import_call(
            read_call(folder), session=session, parent=find(session=session, slug=study)
        )
        slug = session.get_one(Study, call.study_id).slug
        session.commit()
    typer.echo(f"{slug} is there. A coordinator opens its door under “The call”.")


@commands.command("funnel")
def funnel(
    study: Annotated[str | None, typer.Option(help="The study's slug.")] = None,
) -> None:
    """Print how many applied to a study, were reviewed, were invited and came."""
    from data.database import open_session
    from survey.applying.funnel import funnel_of
    from survey.studies import find

    with speaking(), open_session() as session:
        counted = funnel_of(find(session=session, slug=study), session=session)
    if counted is None:
        typer.echo("There is no call for applications.")
        return
    for name in ("begun", "applied", "withdrawn", "reviewed", "invited", "accepted", "joined"):
        typer.echo(f"{name:<10} {getattr(counted, name)}")
