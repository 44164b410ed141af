"""Where the files that people bring as answers are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Kept:
    """A file that is an answer.

    Attributes:
        name: What it is called: the answer.
        media_type: What its content says it is, such as `image/jpeg`.
        content: What is in it.
    """

    name: str
    media_type: str
    content: bytes


class Shelf(Protocol):
    """Keeps the files of one entry."""

    def keep(
        self, path: str, filename: str, content: bytes, *, kind: str, longest: int | None = None
    ) -> str:
        """Keep a file and return its name.

        Args:
            path: The question it answers.
            filename: What the person calls it.
            content: What is in it.
            kind: `image`, `audio`, `video` or `file`: what the question asks for.
            longest: How many pixels the longer side of a picture may have.

        Raises:
            Refusal: It is too large, or no such kind of file.
        """
        ...

    def read(self, name: str) -> Kept | None:
        """Return a kept file; None when there is none of that name."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file for good."""
        ...
