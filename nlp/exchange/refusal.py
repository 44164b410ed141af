"""What is refused about files of other programs."""

from __future__ import annotations

from i18n import Refusal


class ExchangeError(Refusal):
    """The file cannot be taken in, or the project cannot be written; nothing was changed."""
