"""Does what was found hold when something about the analysis is changed?"""

from nlp.sensitivity.checks import Check, check
from nlp.sensitivity.narrowing import entries, narrowed
from nlp.sensitivity.raw import raw_shares

__all__ = ["Check", "check", "entries", "narrowed", "raw_shares"]
