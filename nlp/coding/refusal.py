"""What is told to whoever codes and cannot go on so."""

from i18n import Refusal


class CodingError(Refusal):
    """It cannot be marked so; nothing was changed."""
