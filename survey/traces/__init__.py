"""What a file tells beside what it shows, such as where it was made: removed before it is kept."""

from __future__ import annotations

from survey.traces import films, pictures
from survey.traces.pictures import TooManyPixelsError
from survey.traces.reading import UnreadableError

__all__ = ["TooManyPixelsError", "UnreadableError", "removable", "without_traces"]

_BOXED = frozenset(
    {"image/heic", "video/mp4", "video/quicktime", "audio/mp4"}
)  # ISO/IEC 14496-12 and its ancestor


def removable(media_type: str) -> bool:
    """Tell whether traces are removed from files of a media type."""
    return media_type in _BOXED or media_type in pictures.FORMATS


def without_traces(content: bytes, media_type: str, *, longest: int | None = None) -> bytes:
    """Return a file without place, device, names, times and comments of its making.

    Pictures are written anew, turned the right way up; in films, recordings and HEIC pictures what
    is told is overwritten with zeros. Files of other kinds come back as they are (`removable`).

    Args:
        content: The file.
        media_type: What it is by its content, see `survey.file_types`.
        longest: How many pixels the longer side of a picture may have; larger ones shrink.

    Raises:
        UnreadableError: It is broken, so that nobody can tell what it holds.
        TooManyPixelsError: It is a picture too large to be looked into.
    """
    if media_type in pictures.FORMATS:
        return pictures.without_traces(content, media_type, longest=longest)
    if media_type in _BOXED:
        return films.without_traces(content)
    return content
