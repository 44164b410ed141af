"""Why something about a quotation cannot be done."""

from __future__ import annotations

from i18n import Refusal


class QuotingError(Refusal):
    """This cannot be quoted, translated or released so; nothing was changed."""
