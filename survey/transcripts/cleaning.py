"""Characters that no transcript needs and that later break databases, exports or screens."""

from __future__ import annotations

import re

# Control characters but tab and newline, lone surrogates (from JSON escapes) and noncharacters.
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_PLAIN = re.compile(r"[\t\n\x20-\x7e]*")


def clean(text: str) -> str:
    r"""Return text with newlines as `\n` and without control characters and lone surrogates."""
    if text.isascii() and _PLAIN.fullmatch(text):
        return text
    text = _BREAKS.sub("\n", text)
    text = _UNWANTED.sub("", text)
    return _SURROGATES.sub("\ufffd", text)
