"""Language-neutral vectors: what a sentence says stays, the language it is said in goes."""

from nlp.neutral.bias import (
    Bias,
    LanguageBias,
    agreement,
    bias,
    not_understood,
    same_theme,
)
from nlp.neutral.reference import Coverage, coverage
from nlp.neutral.treatment import neutralise, treatment

__all__ = [
    "Bias",
    "Coverage",
    "LanguageBias",
    "agreement",
    "bias",
    "coverage",
    "neutralise",
    "not_understood",
    "same_theme",
    "treatment",
]
