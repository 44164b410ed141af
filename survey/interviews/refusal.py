"""What is refused about interviews."""

from __future__ import annotations

from i18n import Refusal


class InterviewError(Refusal):
    """The interview cannot be kept as it is."""
