"""Comparing groups of people: shares, differences, their uncertainty, and what must stay hidden."""

from nlp.compare.levels import group_shares
from nlp.compare.pairs import compare

__all__ = ["compare", "group_shares"]
