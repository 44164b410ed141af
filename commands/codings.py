"""Commands that take codings to other programs and bring them from there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from commands.speaking import speaking, stop
from i18n import canonical

commands = typer.Typer()

POSITIONS: dict[str, Literal["code points", "UTF-16"]] = {
    "code-points": "code points",
    "utf-16": "UTF-16",
}


@commands.command("export-codings")
def export_codings(
    out: Annotated[
        Path, typer.Option(help="A .qdpx project, a .qdc codebook, or a .docx or .csv of passages.")
    ],
    slug: Annotated[str | None, typer.Argument(help="The study; may be left out.")] = None,
    positions: Annotated[
        str, typer.Option(help="What a .qdpx counts in: code-points or utf-16.")
    ] = "code-points",
    language: Annotated[str, typer.Option(help="Of headings and titles.")] = "en",
) -> None:
    """Take codes, codings and masked texts to another program."""
    from data.database import open_session
    from jobs import exchanging
    from nlp.exchange.making import ENDINGS
    from survey.studies import find

    form = next((form for form, ending in ENDINGS.items() if ending == out.suffix.lower()), None)
    if form is None:
        raise stop(f"Codings can be taken out as {', '.join(ENDINGS.values())}.")
    if positions not in POSITIONS:
        raise stop("Positions are counted in code-points or utf-16.")
    if not out.parent.is_dir():
        raise stop(f"There is no folder {out.parent}.")
    with speaking(), open_session() as session:
        content = exchanging.export_codings(
            find(session=session, slug=slug),
            session=session,
            form=form,
            unit=POSITIONS[positions],
            language=canonical(language),
        )
        try:
            out.write_bytes(content)
        except OSError as error:
            raise stop(f"{out} cannot be written.") from error
        session.commit()
    typer.echo(f"{out} is written.")


@commands.command("import-codings")
def import_codings(
    file: Path,
    study: Annotated[str | None, typer.Option(help="The study's slug.")] = None,
    positions: Annotated[
        str, typer.Option(help="What a .qdpx counts in: auto, code-points or utf-16.")
    ] = "auto",
) -> None:
    """Bring codes, codings and texts of another program; all of it or nothing."""
    from data.database import open_session
    from nlp.exchange.bringing import bring, plan
    from nlp.exchange.opening import read
    from nlp.exchange.telling import told
    from survey.studies import find

    if positions not in {"auto", *POSITIONS}:
        raise stop("Positions are counted in auto, code-points or utf-16.")
    try:
        content = file.read_bytes()
    except OSError as error:
        raise stop(f"{file} cannot be read.") from error
    with speaking(), open_session() as session:
        reading = read(file.name, content, unit=POSITIONS.get(positions))
        what = plan(
            reading,
            session=session,
            study=find(session=session, slug=study),
            account_id=None,
            trusted=True,
        )
        report = bring(what, session=session)
        session.commit()
    for line in told(report):
        typer.echo(line)
