"""Words that never say what a theme is about: function words, and the fillers of speech."""

from __future__ import annotations

import runpy
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from nlp.keywords.chinese import simplified

FILLERS = Path(__file__).with_name("fillers.txt")


def plain(word: str) -> str:
    """Fold case, width and apostrophes, so that spellings of one word are equal."""
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'")


@cache
def stopwords(language: str) -> frozenset[str]:
    """Return the stop words of a primary language subtag such as `de`, as `plain` writes them.

    spaCy's lists, read from its files (importing spaCy takes seconds), and our list of fillers.
    Chinese words are simplified. A language without lists has none.
    """
    words = {plain(word) for word in _of_spacy(language)} | _fillers().get(language, set())
    return frozenset(map(simplified, words)) if language == "zh" else frozenset(words)


def _of_spacy(language: str) -> set[str]:
    package = find_spec("spacy")
    if package is None or package.origin is None:
        return set()
    path = Path(package.origin).parent / "lang" / language / "stop_words.py"
    if not path.exists():
        return set()
    found: set[str] = runpy.run_path(str(path))["STOP_WORDS"]
    return found


@cache
def _fillers() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    language = ""
    for line in FILLERS.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            language = line[2:].strip()
        elif line.strip():
            found.setdefault(language, set()).update(map(plain, line.split()))
    return found
