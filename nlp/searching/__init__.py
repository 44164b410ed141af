"""Finding passages again: by what they mean, in any language, or by their exact words."""

from nlp.searching.corpus import Corpus, read_corpus, state_of
from nlp.searching.exact import containing
from nlp.searching.meaning import like_passage, like_text, warm
from nlp.searching.preparing import prepare

__all__ = [
    "Corpus",
    "containing",
    "like_passage",
    "like_text",
    "prepare",
    "read_corpus",
    "state_of",
    "warm",
]
