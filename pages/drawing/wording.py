"""The words of a form on the screen: Markdown as authors of forms write it, and nothing more."""

from __future__ import annotations

import re

# Streamlit would read these as a formula, an icon or a colour; forms mean what they say.
_OWN = re.compile(r"\$|:(?=[A-Za-z+-][\w+-]*(?:[:\[/]))")

_MARKS = re.compile(r"[\\`*_{}\[\]<>#$~|:]")


def worded(text: str) -> str:
    r"""Return a text of a form so that dollar signs and colons stay what they are.

    Example:
        >>> worded("Costs $5 to $9 :red[now]")
        'Costs \\$5 to \\$9 \\:red[now]'
    """
    return _OWN.sub(lambda match: f"\\{match.group()}", text)


def plain(text: str) -> str:
    r"""Return a text with nothing in it that Markdown would read.

    Example:
        >>> plain("${a} * 2 [x]")
        '\\$\\{a\\} \\* 2 \\[x\\]'
    """
    return _MARKS.sub(r"\\\g<0>", text)


def anchor(path: str) -> str:
    """Return what a question is called in the address of the page, to jump to it."""
    return "q" + re.sub(r"\W+", "-", path)
