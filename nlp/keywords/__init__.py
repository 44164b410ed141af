"""Keywords of themes, in each of their languages."""

from nlp.keywords.bags import Bag
from nlp.keywords.coherence import clarity, coherence, diversity
from nlp.keywords.scoring import theme_words
from nlp.keywords.words import Word, words

__all__ = ["Bag", "Word", "clarity", "coherence", "diversity", "theme_words", "words"]
