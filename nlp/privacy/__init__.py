"""Masking known names, so that researchers read codes."""

from nlp.privacy.masking import Masked, Span, mask
from nlp.privacy.suspects import suspects

__all__ = ["Masked", "Span", "mask", "suspects"]
