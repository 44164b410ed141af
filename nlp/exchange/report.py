"""What would be taken from a file, or was, and what not."""

from __future__ import annotations

from dataclasses import dataclass

from i18n import Message


@dataclass
class Report:
    """Counts, and a sentence for everything that is otherwise than the file says.

    Attributes:
        program: The program that wrote the file.
        codes: Codes that are new here.
        codes_known: Codes that were here already, by key or name.
        texts: Texts that are new here, as interviews.
        texts_known: Texts that were here already.
        codings: Codings that are new here.
        codings_known: Codings that were here already.
        coders: People of other programs whose codings are new here.
        left: What is not taken.
        remarks: What is taken otherwise than the file says it.
        counting: How the file counts; None where it makes no difference.
    """

    program: str = ""
    codes: int = 0
    codes_known: int = 0
    texts: int = 0
    texts_known: int = 0
    codings: int = 0
    codings_known: int = 0
    coders: int = 0
    left: tuple[Message, ...] = ()
    remarks: tuple[Message, ...] = ()
    counting: Message | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether nothing in the file is new here."""
        return not (self.codes or self.texts or self.codings)
