"""The trail of a filling that a question of the type `audit` asks for.

The columns are those of ODK's form audit log (docs.getodk.org/form-audit-log); times are
milliseconds since 1970. Places are never noted.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from typing import Any

from survey.xlsform.model import Form, Question

AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened.

    Attributes:
        name: What: `form start`, `form resume`, `question`, `add repeat`, `delete repeat`,
            `form finalize`.
        path: The question or turn it happened to, "" for the form as a whole.
        moment: When.
        old: The answer before, where changes are tracked.
        new: The answer since.
    """

    name: str
    path: str
    moment: datetime
    old: str = ""
    new: str = ""


@dataclass(slots=True)
class Trail:
    """The events of a filling, noted when its form asks for it.

    Attributes:
        wanted: Whether the form has an audit question.
        answers: Whether it wants old and new answers (`track-changes=true`).
        user: Who fills it in, where it wants to know (`identify-user=true`).
        events: What happened, in order.
    """

    wanted: bool
    answers: bool
    user: str | None
    events: list[Event] = field(default_factory=list)

    def note(
        self,
        name: str,
        moment: datetime,
        path: str = "",
        old: Any = None,  # noqa: ANN401 - answers are JSON
        new: Any = None,  # noqa: ANN401 - answers are JSON
    ) -> None:
        """Note an event, unless nobody asked."""
        if self.wanted:
            before, after = (written(old), written(new)) if self.answers else ("", "")
            self.events.append(Event(name, path, moment, before, after))

    def to_csv(self) -> str:
        """Return the trail as the CSV file that goes with the submission, "" when not wanted."""
        if not self.wanted:
            return ""
        columns = ["event", "node", "start", "end"]
        columns += ["old-value", "new-value"] if self.answers else []
        columns += ["user"] if self.user is not None else []
        stream = StringIO(newline="")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        for event in self.events:
            row = [event.name, event.path, str(int(event.moment.timestamp() * 1000)), ""]
            row += [event.old, event.new] if self.answers else []
            row += [self.user] if self.user is not None else []
            writer.writerow(row)
        return stream.getvalue()


def written(value: Any) -> str:  # noqa: ANN401 - answers are JSON
    """Write an answer as it stands in a submission."""
    if value is None:
        return ""
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def trail(form: Form, user: str) -> Trail:
    """Return the empty trail of a filling.

    Args:
        form: The form.
        user: Who fills it in.
    """
    question = form.elements.get((form.root.name, "meta", AUDIT))
    if not isinstance(question, Question) or question.type != AUDIT:
        return Trail(wanted=False, answers=False, user=None)
    wishes = question.parameters
    return Trail(
        wanted=True,
        answers=wishes.get("track-changes") == "true",
        user=user if wishes.get("identify-user") == "true" else None,
    )
