"""Every command about the first study, and what it prints and writes."""

from __future__ import annotations

from collections.abc import Collection
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import typer
from typer.testing import CliRunner

import manage
from bench.isolating.leaks import Findings
from settings import ROOT

WHOLE = frozenset(
    {
        *("migrate", "demo", "welcome", "start", "worker", "backup", "restore", "studies"),
        *("import-study", "create-study", "check-form", "check-export", "restore-study"),
    }
)
"""Commands about the whole installation, about a file, or about a study that is not there yet."""


def names() -> list[str]:
    """Return what the operator's commands are called."""
    group = typer.main.get_command(manage.commands)
    return sorted(group.commands)  # type: ignore[attr-defined] # it is a group


def lines(slug: str, folder: Path) -> dict[str, list[list[str]]]:
    """Return how each command is called for a study; the last ones change it."""
    out = str(folder)
    people = folder / "people.csv"
    people.write_text("code,role\nZ99,editor\n", encoding="utf-8")
    return {
        "links": [["links", slug]],
        "invite": [["invite", slug]],
        "chapter": [
            ["chapter", slug, "--out", f"{out}/chapter.{ending}"] for ending in ("md", "docx")
        ],
        "export": [
            ["export", slug, "--out", f"{out}/{form}.zip", "--format", form]
            for form in ("csv", "excel")
        ],
        "export-codings": [
            ["export-codings", slug, "--out", f"{out}/codings.{ending}"]
            for ending in ("qdpx", "qdc", "csv", "docx")
        ],
        "import-codings": [["import-codings", f"{out}/codings.qdc", "--study", slug]],
        "funnel": [["funnel", "--study", slug]],
        "make-call": [
            ["make-call", str(ROOT / "studies" / "ai-film-set" / "call"), "--study", slug]
        ],
        "themes": [["themes", slug]],
        "import-people": [["import-people", str(people), "--study", slug]],
        "import-interviews": [["import-interviews", str(people), "--study", slug]],
        "archive-study": [["archive-study", slug, f"{out}/archive.zip"]],
        "copy-study": [
            ["copy-study", slug, "third"],
            ["archive-study", "third", f"{out}/copy.zip"],
        ],
        "close-study": [["close-study", slug]],
        "reopen-study": [["reopen-study", slug]],
        "delete-study": [
            ["delete-study", slug, "--yes-delete", f"{slug}-xqother"],
            ["delete-study", "third", "--yes-delete", "third"],
        ],
    }


def contents(file: bytes) -> bytes:
    """Return what is in a file; of an archive, what is in its members, and in theirs."""
    if not is_zipfile(BytesIO(file)):
        return file
    with ZipFile(BytesIO(file)) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    return b"\n".join(name.encode() + b"\n" + contents(inner) for name, inner in members)


def check_commands(
    found: Findings, *, slug: str, folder: Path, without: Collection[str] = ()
) -> list[str]:
    """Run every command for the first study.

    Args:
        found: Where it is noted.
        slug: Of the first study.
        folder: An empty one, for what they write.
        without: Commands that are left out because they take long.

    Returns:
        The commands of which nobody has said how they are called: they were not checked.
    """
    known = lines(slug, folder)
    for name, called in known.items():
        for words in called if name not in without else ():
            before = {path for path in folder.iterdir() if path.is_file()}
            result = CliRunner().invoke(manage.commands, words)
            written = {path for path in folder.iterdir() if path.is_file()} - before
            said = result.output.encode() + b"\n".join(
                contents(path.read_bytes()) for path in sorted(written)
            )
            found.look("commands", " ".join(words), said)
            if result.exception and not isinstance(result.exception, SystemExit):
                found.crashes.append(f"{' '.join(words)}: {result.exception!r}")
    return [name for name in names() if name not in known and name not in WHOLE]
