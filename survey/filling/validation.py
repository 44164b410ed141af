"""The one gate for answers from anywhere: the web page, an import, the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from survey.filling.filling import Filling
from survey.filling.metadata import Clock
from survey.filling.problems import AnswerProblem
from survey.filling.storing import Answers
from survey.xlsform.model import Form


@dataclass(frozen=True, slots=True)
class Validated:
    """Answers as the form's own rules leave them.

    Attributes:
        submission: The answers to keep: what is asked for, in the form's own writing, everything
            worked out anew.
        problems: What is wrong; the answers may be accepted only when there is nothing.
        filling: The filling they were checked in.
    """

    submission: Answers
    problems: tuple[AnswerProblem, ...]
    filling: Filling

    @property
    def valid(self) -> bool:
        """Whether the answers may be accepted."""
        return not self.problems


def validate(
    form: Form,
    answers: Mapping[str, Any] | str | bytes,
    *,
    language: str | None = None,
    now: datetime | Clock | None = None,
    instance_id: str | None = None,
    properties: Mapping[str, str] | None = None,
) -> Validated:
    """Check answers whoever sent them; nothing that can be worked out is taken from the sender.

    Args:
        form: The form they answer.
        answers: Nested JSON without the root, or instance XML.
        language: The language of the form's own messages.
        now: The clock, or one moment; the machine's clock when None.
        instance_id: The identifier of the filling; that of the XML, else a new one, when None.
        properties: What the server knows: `username`, `deviceid`, `phonenumber`, `email`.

    Raises:
        InstanceError: XML that is no submission of this form.
    """
    if isinstance(answers, str | bytes):
        filling = Filling.from_xml(form, answers, language=language, now=now, properties=properties)
    else:
        filling = Filling(
            form,
            answers=answers,
            language=language,
            now=now,
            instance_id=instance_id,
            properties=properties,
        )
    filling.restore_fixed()
    submission = filling.submission()
    return Validated(submission, tuple(filling.problems()), filling)
