"""Questions answered in words, in the box that brings them to the server by itself."""

from __future__ import annotations

from pages.drawing.asking import Asking
from pages.drawing.writing import write
from survey.xlsform import Element, Question


def writes_itself(element: Element) -> bool:
    """Tell whether the answer to a question is brought to the server by the browser itself."""
    return isinstance(element, Question) and element.type == "text"


def text(asking: Asking) -> str | None:
    """Draw a text: a line, with suggestions where there are some, or an area for more."""
    written = write(asking)
    draft = asking.entry.drafts.get(asking.path)
    # The box sends its text by itself. What it tells the script counts only where nothing newer
    # is kept: a browser that comes back after an outage tells again what it told long ago.
    if written is None or written.base != (draft.revision if draft else 0):
        answer: str | None = asking.value
        return answer
    return written.text if written.text.strip() else None
