"""Cutting texts into passages, and keeping passages through corrections."""

from nlp.passages.alignment import align, recut
from nlp.passages.cutting import Passage, cut

__all__ = ["Passage", "align", "cut", "recut"]
