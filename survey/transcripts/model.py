"""What a transcript is once it has been read, and the error when it cannot be."""

from __future__ import annotations

from dataclasses import dataclass

from i18n import Message, Refusal


class TranscriptError(Refusal):
    """A file cannot be read as a transcript; the sentences name the file and the place in it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said until another spoke.

    Attributes:
        speaker: The label as the file spells it, None where the file names nobody.
        start: Seconds from the beginning of the recording, None where the file gives no time.
        end: Seconds, None where the file gives no end.
        text: What was said; paragraphs of the file stay apart.
        marks: Time codes inside the turn: offset into `text` in code points, and seconds.
    """

    speaker: str | None
    start: float | None
    end: float | None
    text: str
    marks: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Another way to read the same file.

    Attributes:
        key: Given back to `read(..., choice=key)`; stable, may be stored.
        label: The sentence that offers it.
    """

    key: str
    label: Message


@dataclass(frozen=True, slots=True)
class Transcript:
    """An interview as speakers and turns.

    Attributes:
        turns: In the order of the file; turns that overlap in time stay apart.
        format: What the content is: `text`, `webvtt`, `srt`, `docx`, `odt`, `pdf`, `csv`, `tsv`,
            `xlsx`, `xls`, `ods`, `json`.
        convention: How speakers are marked: a key of `conventions.CONVENTIONS`, or `columns`,
            `voices`, `fields`, `none`.
        encoding: The character encoding of a text file, None for formats that carry their own.
        heading: Title lines and facts (date, place) before the first turn.
        warnings: What the interviewer should look at.
        choices: Other readings of the same file, best first.
        columns: The names of a table's columns, for picking others with `column_choice`.
    """

    turns: tuple[Turn, ...]
    format: str
    convention: str
    encoding: str | None = None
    heading: str = ""
    warnings: tuple[Message, ...] = ()
    choices: tuple[Choice, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Labels in the order in which they first speak."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns if turn.speaker is not None))


@dataclass(frozen=True, slots=True)
class Reading:
    """What one of the readers found; `read` adds what it knows of the file."""

    turns: tuple[Turn, ...]
    convention: str
    heading: str = ""
    warnings: tuple[Message, ...] = ()
    choices: tuple[Choice, ...] = ()
    columns: tuple[str, ...] = ()
