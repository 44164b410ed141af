"""Chinese: words without spaces, in two orthographies."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable
from functools import cache
from typing import cast


@cache
def _convert() -> Callable[[str], str]:
    import opencc

    return cast("Callable[[str], str]", opencc.OpenCC("t2s").convert)


@cache
def _cut() -> Callable[[str], list[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's own source warns of its escapes when compiled
        import jieba
    jieba.setLogLevel(logging.WARNING)
    return cast("Callable[[str], list[str]]", jieba.lcut)


def simplified(text: str) -> str:
    """Write in simplified characters; texts in simplified ones or none stay."""
    return _convert()(text)


def cut_chinese(text: str) -> list[tuple[str, str]]:
    """Cut a run of Han characters into words.

    The dictionary is of simplified words, so traditional text is simplified first and the cuts are
    carried back.

    Returns:
        For each word its simplified and its original writing.
    """
    simple = simplified(text)
    words = _cut()(simple)
    if len(simple) != len(text):  # a conversion that changes lengths cannot be carried back
        return [(word, word) for word in words]
    found = []
    start = 0
    for word in words:
        found.append((word, text[start : start + len(word)]))
        start += len(word)
    return found
