"""How far people who coded the same things agree: Krippendorff's alpha and its interval.

A unit is what was coded; a value missing is a unit that this coder did not code. Whoever asks
chooses the units and says which they are; units that nobody coded belong in the table only where
not coding them was a judgement.
"""

from nlp.agreement.measuring import Agreement, agreement
from nlp.agreement.reliability import Level, alpha
from nlp.agreement.writing import written

__all__ = ["Agreement", "Level", "agreement", "alpha", "written"]
