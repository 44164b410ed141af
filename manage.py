"""The operator's commands: `python manage.py --help`."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commands import calls, codings, studies
from commands.speaking import speaking, stop
from i18n import canonical
from settings import ROOT, SettingsError, settings

if TYPE_CHECKING:
    from sqlmodel import Session

    from data.tables import Study

commands = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
commands.add_typer(studies.commands)
commands.add_typer(codings.commands)
commands.add_typer(calls.commands)

StudySlug = Annotated[
    str | None, typer.Argument(help="The study; may be left out if there is one.")
]


# One thread in each library: several only wait for each other on the cores there are. The worker
# spreads its work over processes instead.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def _study(slug: str | None, session: Session) -> Study:
    from survey.studies import find

    return find(session=session, slug=slug)


@commands.command()
def migrate() -> None:
    """Bring the database to the schema of this version."""
    from data.database import migrate as bring

    with speaking():
        bring()


@commands.command()
def demo(
    if_empty: Annotated[bool, typer.Option(help="Only when there is no study yet.")] = False,
) -> None:
    """Load the invented study, in its last days."""
    from data.database import open_session
    from survey.studies import slugs
    from survey.study_folder import import_study, read_study

    with speaking(), open_session() as session:
        known = slugs(session=session)
        if if_empty and known:
            return
        if "demo" in known:
            typer.echo("The demo is already there.")
            return
        tomorrow = date.today() + timedelta(days=1)  # noqa: DTZ011 - the operator's own calendar
        import_study(read_study(ROOT / "studies" / "demo"), session=session, ending=tomorrow)
        session.commit()
    typer.echo("The demo is loaded.")


@commands.command()
def welcome() -> None:
    """Load the demo if there is no study yet and, in development, print a link for each role."""
    from data.database import open_session
    from survey.studies import slugs

    demo(if_empty=True)
    with open_session() as session:
        is_there = "demo" in slugs(session=session)
    if is_there and settings().environment == "development":
        typer.echo("Come in as:")
        links("demo")


@commands.command()
def start(port: Annotated[int, typer.Option(help="Where the server listens.")] = 8501) -> None:
    """Prepare the database and start the server with its worker; the demo loads beside it."""
    migrate()
    os.chdir(ROOT)
    if "public_url" not in settings().model_fields_set:
        os.environ["PUBLIC_URL"] = f"http://localhost:{port}"
    subprocess.Popen([sys.executable, "manage.py", "welcome"])
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
    os.execv(sys.executable, [*command, f"--server.port={port}"])  # noqa: S606 - our own command


@commands.command("import-study")
def import_study_folder(folder: Path) -> None:
    """Make a study of a study folder."""
    from data.database import open_session
    from survey.study_folder import import_study, read_study

    with speaking(), open_session() as session:
        study = import_study(read_study(folder), session=session)
        session.commit()
    typer.echo(f"{study.slug} is there.")


@commands.command()
def links(slug: StudySlug = None) -> None:
    """Print one fresh link for each role of a study (in development only)."""
    from data.database import open_session
    from survey.entering import fresh_links

    with speaking(), open_session() as session:
        if settings().environment != "development":
            raise stop(
                "Links are printed in development only. “manage.py invite” lets a coordinator in."
            )
        made = fresh_links(session=session, study=_study(slug, session))
        session.commit()
    for role, token in made.items():
        typer.echo(f"  {role:<12} {settings().public_url}/enter/{token}")


@commands.command()
def invite(slug: StudySlug = None) -> None:
    """Print a link with which one new coordinator of a study comes in, once."""
    from data.database import open_session
    from survey import entering

    with speaking(), open_session() as session:
        study = _study(slug, session)
        member = entering.open_account(session=session, study_id=study.id, role="coordinator")
        token = entering.invite(session=session, membership=member, once=True)
        session.commit()
    typer.echo(f"{settings().public_url}/enter/{token}")


@commands.command("check-form")
def check_form(file: Path) -> None:
    """Check a questionnaire file; exit status 1 when it cannot be used."""
    from survey.xlsform import FormError, load

    try:
        form = load(file)
    except FormError as error:
        raise stop("\n".join(f"{file.name}: {message}" for message in error.messages)) from error
    except OSError as error:
        raise stop(f"{file} cannot be read.") from error
    for warning in form.warnings:
        typer.echo(f"{file.name}: {warning.placed()}")
    typer.echo(f"{file.name} can be used.")


@commands.command("import-people")
def import_people_file(
    file: Path, study: Annotated[str | None, typer.Option(help="The study's slug.")] = None
) -> None:
    """Add and change the people of a study from a CSV or Excel file."""
    from data.database import open_session
    from survey.people_file import read_people
    from survey.people_import import import_people
    from survey.studies import team_codes

    with speaking(), open_session() as session:
        found = _study(study, session)
        teams = team_codes(session=session, study_id=found.id)
        entries = read_people(file.name, _bytes(file), teams=teams)
        change = import_people(entries, session=session, study=found)
        session.commit()
    typer.echo(
        f"{len(change.new)} new, {len(change.changed)} changed, {len(change.same)} as they were."
    )


@commands.command("import-interviews")
def import_interviews(
    files: list[Path], study: Annotated[str, typer.Option(help="Made if it does not exist.")]
) -> None:
    """Bring transcripts, or tables with one interview a row, into a study."""
    from data.database import open_session
    from survey.bringing import bring
    from survey.studies import find_or_make

    with speaking(), open_session() as session:
        brought = [named for file in files for named in _transcripts(file)]
        found = find_or_make(session=session, slug=study)
        count = bring(brought, session=session, study_id=found.id)
        session.commit()
    typer.echo(f"Interviews brought into {study}: {count}.")


def _transcripts(path: Path) -> list[tuple[str, bytes]]:
    """Return a file, or the files of a folder and the folders in it, with names and contents.

    What systems and word processors hide there ('.DS_Store', '~$talk.docx') is left out.
    """
    if not path.is_dir():
        return [(path.name, _bytes(path))]
    inside = sorted(each.relative_to(path) for each in path.rglob("*") if each.is_file())
    seen = [each for each in inside if not any(part[0] in ".~" for part in each.parts)]
    if not seen:
        raise stop(f"There are no files in {path}.")
    return [(each.as_posix(), _bytes(path / each)) for each in seen]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise stop(f"{path} cannot be read.") from error


@commands.command()
def themes(slug: StudySlug = None) -> None:
    """Find the themes of a study here and now, and print them."""
    from data.database import open_session
    from nlp.analysis import analyse, describe

    with speaking(), open_session() as session:
        study = _study(slug, session)
        run = analyse(
            study_id=study.id,
            session=session,
            tell=lambda share, said: typer.echo(f"{share:4.0%}  {said}", err=True),
        )
        session.commit()
        typer.echo(describe(run_id=run.id, session=session))


@commands.command()
def chapter(
    out: Annotated[Path, typer.Option(help="A .docx, .html or .md file.")],
    slug: StudySlug = None,
    language: Annotated[str, typer.Option(help="en or zh-Hans.")] = "en",
) -> None:
    """Write the qualitative chapter of a study."""
    from data.database import open_session
    from nlp.chapter import write

    form = _format(out.suffix.lower().lstrip("."))
    if not out.parent.is_dir():
        raise stop(f"There is no folder {out.parent}.")
    with speaking(), open_session() as session:
        study = _study(slug, session)
        content = write(study.slug, session=session, format=form, language=language)
        _write(out, content)
        session.commit()
    typer.echo(f"{out} is written.")


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise stop(f"{path} cannot be written.") from error


def _format(text: str) -> Literal["docx", "html", "md"]:
    if text not in {"docx", "html", "md"}:
        raise stop("The chapter can be written as .docx, .html or .md.")
    return text  # type: ignore[return-value] # one of the three


@commands.command()
def export(
    out: Annotated[Path, typer.Option(help="The archive: a .zip file.")],
    slug: StudySlug = None,
    format: Annotated[  # noqa: A002 - what the option is called
        str, typer.Option(help="csv, excel, parquet or spss.")
    ] = "csv",
    language: Annotated[str, typer.Option(help="Of labels and codebook.")] = "en",
) -> None:
    """Take a study out, names masked, as one archive of tables."""
    from data.database import open_session
    from jobs.exporting import export_study
    from nlp.exporting import FORMATS

    if format not in FORMATS:
        raise stop("An export can be csv, excel, parquet or spss.")
    if not out.parent.is_dir():
        raise stop(f"There is no folder {out.parent}.")
    with speaking(), open_session() as session:
        study = _study(slug, session)
        content = export_study(study, session=session, form=format, language=canonical(language))
        _write(out, content)
        session.commit()
    typer.echo(f"{out} is written.")


@commands.command("check-export")
def check_export(file: Path) -> None:
    """Read an export back from end to end and say whether it is as it was written."""
    from nlp.exporting import check

    with speaking():
        counts = check(_bytes(file))
    for table, rows in counts.items():
        typer.echo(f"  {table}: {rows}")
    typer.echo(f"{file} is as it was written.")


@commands.command()
def backup(file: Path) -> None:
    """Write the whole installation into one file; the server may go on meanwhile."""
    from survey.restoring import back_up

    with speaking():
        rows, files, missing = back_up(file)
    typer.echo(f"{file} is written: {rows} rows, {files} files.")
    if missing:
        typer.echo(f"{missing} files were not there to be backed up.", err=True)


@commands.command()
def restore(
    file: Path,
    overwrite: Annotated[bool, typer.Option(help="Put it in the place of what is here.")] = False,
) -> None:
    """Put a backup back; whoever withdrew since then is taken out again."""
    from survey.restoring import restore as put_back

    with speaking():
        restored = put_back(file, overwrite=overwrite)
    typer.echo(
        f"Restored as it was at {restored.made_at}: {restored.rows} rows, {restored.files} files."
    )
    if restored.withdrawn:
        typer.echo(f"Withdrew since then, and taken out again: {restored.withdrawn}.")


@commands.command()
def worker(
    watch_parent: Annotated[bool, typer.Option(help="End when standard input closes.")] = False,
) -> None:
    """Run jobs until stopped."""
    from jobs.worker import work

    with speaking():
        work(watch_parent=watch_parent)


if __name__ == "__main__":
    for library in ONE_THREAD:
        os.environ.setdefault(library, "1")
    try:
        settings()
    except SettingsError as error:
        sys.exit(str(error))
    commands()
