"""Language-neutral vectors: what a sentence says stays, the language it is said in goes."""

from nlp.neutral.reference import Coverage, coverage
from nlp.neutral.treatment import neutralise

__all__ = ["Coverage", "coverage", "neutralise"]
