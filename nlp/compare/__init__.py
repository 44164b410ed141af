"""Comparing groups of people: shares, differences, their uncertainty, and what must stay hidden."""

from nlp.compare.pairs import compare

__all__ = ["compare"]
