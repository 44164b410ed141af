"""Masking known names, so that researchers read codes."""

from nlp.privacy.masking import Masked, Span, mask

__all__ = ["Masked", "Span", "mask"]
