"""Japanese, Korean and Thai words by light rules.

Japanese: stretches of kanji and of katakana are words; what is written in hiragana is grammar, and
verbs written with one kanji and an ending are left out. Names, things and ideas, which is what
keywords are, are written the other way. Korean: a word is what stands between spaces, without its
particle. Thai: the longest words of a dictionary (newmm); without that package a run is one word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import cast

_JAPANESE = re.compile(
    r"[\u3005\u3400-\u9fff\uf900-\ufaff]+|[\u30a1-\u30fa\u30fc]+|[\u3041-\u309f]+"
)
_KANJI = re.compile(r"[\u3005\u3400-\u9fff\uf900-\ufaff]")
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]")

_PARTICLES = (
    "에게서 한테서 이라고 입니다 이에요 이었다 에서는 에서도 으로는 으로도 들에게 "
    "으로 에서 에게 한테 께서 부터 까지 이나 이라 라고 이랑 하고 보다 처럼 같이 마다 "
    "조차 마저 밖에 대로 이다 예요 였다 이며 에는 에도 로는 로도 이고 이란 "
    "들은 들이 들을 들의 들과 들도 "
    "은 는 이 가 을 를 에 의 로 와 과 도 만 께"
)

# Endings of verbs and adjectives: what bears them is a predicate, not a thing.
_PREDICATE = re.compile(
    r"(?:다|요|까|니다|니까|는데|면서|지만|려고|해서|하고|하는|하며|한다|했다|했던|하지|되는|된다|됐다|되어|"
    r"있는|없는|어서|아서|었던|았던|하게|해야|하면|하다|같은|였던)$"
)


def cut_japanese(text: str) -> list[str]:
    """Return the words of kanji or katakana in a run; others, as empty strings, keep them apart."""
    found = []
    last = 0
    for match in _JAPANESE.finditer(text):
        word = match.group()
        if match.start() > last:
            found.append("")
        last = match.end()
        kept = len(word) > 1 and (_KANJI.match(word) or _KATAKANA.match(word))
        found.append(word if kept else "")
    return found


def cut_korean(text: str) -> str:
    """Take the particle off a Korean word; an empty string where it is a predicate or too short."""
    if len(text) > 2 and _PREDICATE.search(text):
        return ""
    for particle in _PARTICLES.split():
        if text.endswith(particle) and len(text) - len(particle) >= 2:
            return text[: -len(particle)]
    return text if len(text) > 1 else ""


@cache
def _thai() -> Callable[[str], list[str]] | None:
    if find_spec("newmm_tokenizer") is None:
        return None
    from newmm_tokenizer.tokenizer import word_tokenize  # type: ignore[import-untyped]  # none exist

    return cast("Callable[[str], list[str]]", word_tokenize)


def cut_thai(text: str) -> list[str]:
    """Cut a run of Thai letters into words."""
    cut = _thai()
    return cut(text) if cut else [text]
