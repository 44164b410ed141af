"""The words of a form on the screen: Markdown as authors of forms write it, and nothing more."""

from __future__ import annotations

import re

# Streamlit would read these as a formula, an icon or a colour; forms mean what they say.
_OWN = re.compile(r"\$|:(?=[A-Za-z+-][\w+-]*(?:[:\[/]))")


def worded(text: str) -> str:
    r"""Return a text of a form so that dollar signs and colons stay what they are.

    Example:
        >>> worded("Costs $5 to $9 :red[now]")
        'Costs \\$5 to \\$9 \\:red[now]'
    """
    return _OWN.sub(lambda match: f"\\{match.group()}", text)


def anchor(path: str) -> str:
    """Return what a question is called in the address of the page, to jump to it."""
    return "q" + re.sub(r"\W+", "-", path)
