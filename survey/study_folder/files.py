"""The files of a study folder: which there are, and their content as bytes or text."""

from __future__ import annotations

from pathlib import Path

from i18n import Refusal, say

MATERIAL = (
    *(".csv", ".xml", ".geojson"),
    *(".png", ".jpg", ".jpeg", ".gif", ".webp"),
    *(".mp3", ".m4a", ".mp4"),
)
"""Lists, pictures, sounds and films that come with a questionnaire."""


class StudyFolderError(Refusal):
    """The study folder has mistakes; nothing was changed."""


def files_in(folder: Path, *endings: str) -> list[Path]:
    """Return the files of a folder with one of these endings, written in whatever case."""
    found = (path for path in folder.glob("*") if path.suffix.lower() in endings)
    return sorted(path for path in found if path.is_file())


def shown(path: Path) -> str:
    """Return how mistakes name a file that lies in a folder of the study folder."""
    return f"{path.parent.name}/{path.name}"


def bytes_of(path: Path) -> bytes:
    """Return the content of a file.

    Raises:
        StudyFolderError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise StudyFolderError(say("{file} cannot be read.", file=shown(path))) from error


def text_of(path: Path) -> str:
    r"""Return the text of a file, its lines ended by `\n`.

    Raises:
        StudyFolderError: It cannot be read, or is not UTF-8.
    """
    try:
        text = bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StudyFolderError(say("{file} is not UTF-8 text.", file=shown(path))) from error
    return text.replace("\r\n", "\n")
