"""Words of a transcript where Streamlit would read Markdown."""

from __future__ import annotations

import re

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:^])")


def plain(text: str) -> str:
    r"""Return text that a label or caption shows as it is, on one line.

    Example:
        >>> plain("*A*")
        '\\*A\\*'
    """
    return SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", text))
