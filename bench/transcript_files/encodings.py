"""Texts as bytes, in the encodings used for their language."""

from __future__ import annotations

import random

ENCODINGS = {
    "en": ("utf-8", "utf-8-sig", "utf-16"),
    "de": ("utf-8", "utf-16", "cp1252"),
    "fr": ("utf-8", "utf-16-le", "cp1252"),
    "es": ("utf-8", "utf-8-sig", "cp1252"),
    "ru": ("utf-8", "cp1251", "koi8-r"),
    "ar": ("utf-8", "utf-16", "cp1256"),
    "zh": ("utf-8", "gb18030", "utf-16-le", "utf-8-sig"),
    "ja": ("utf-8", "shift_jis", "utf-16", "euc_jp"),
    "ko": ("utf-8", "euc_kr", "utf-16"),
}


def encoded(text: str, language: str, rng: random.Random) -> bytes:
    """Write a text in one of the encodings used for its language, UTF-8 where it does not fit."""
    encoding = rng.choice(ENCODINGS[language])
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode()
