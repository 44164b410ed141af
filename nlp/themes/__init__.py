"""Themes across languages: `find_themes` and what it gives.

Importing this package loads no heavy library.
"""

from nlp.themes.bearing import Carrier, carried
from nlp.themes.find import find_themes
from nlp.themes.guiding import Answer
from nlp.themes.hierarchy import Branch, broad
from nlp.themes.joining import join
from nlp.themes.matching import Matching, match
from nlp.themes.quality import Quality
from nlp.themes.result import Themes
from nlp.themes.settings import ThemeError, ThemeSettings

__all__ = [
    "Answer",
    "Branch",
    "Carrier",
    "Matching",
    "Quality",
    "ThemeError",
    "ThemeSettings",
    "Themes",
    "broad",
    "carried",
    "find_themes",
    "join",
    "match",
]
