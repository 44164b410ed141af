"""Keywords of themes, in each of their languages."""

from nlp.keywords.coherence import coherence, diversity
from nlp.keywords.scoring import Bag, theme_words
from nlp.keywords.words import Word, words

__all__ = ["Bag", "Word", "coherence", "diversity", "theme_words", "words"]
