"""Comparing groups of people: shares, differences, their uncertainty, and what must stay hidden."""

from nlp.compare.correcting import corrected, error_rates
from nlp.compare.crosstab import crosstab
from nlp.compare.days import over_time
from nlp.compare.hierarchy import compare_in_steps
from nlp.compare.levels import group_shares
from nlp.compare.omnibus import omnibus
from nlp.compare.pairs import compare

__all__ = [
    "compare",
    "compare_in_steps",
    "corrected",
    "crosstab",
    "error_rates",
    "group_shares",
    "omnibus",
    "over_time",
]
