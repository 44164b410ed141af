"""Masked texts as they leave: no codes of people in them, line feeds as the only line ends."""

from __future__ import annotations

import re
from collections.abc import Iterable

from i18n import DEFAULT_LANGUAGE, best
from nlp.coding.masking import Shown, Stand
from nlp.exchange.xml import sayable
from nlp.privacy.leaving import COLLEAGUE, codes_pattern

LINES = r"\r\n?"
MARK = "\\A\ufeff"


class Leaving:
    """Writes masked texts so that they may leave, and knows the way back."""

    def __init__(self, codes: Iterable[str]) -> None:
        """Prepare.

        Args:
            codes: Of all people of the study; within other people's words each would unlock two
                texts, so `[colleague]` stands for it, as in every export.
        """
        self._pattern = re.compile(f"(?:{codes_pattern(codes).pattern})|{LINES}|{MARK}")

    def text(self, masked: str, language: str) -> Shown:
        """Return what leaves; its `to_original` leads to the masked text."""
        colleague = COLLEAGUE[best([language], COLLEAGUE, default=DEFAULT_LANGUAGE)]
        parts: list[str] = []
        stands: list[Stand] = []
        place = length = 0
        for found in self._pattern.finditer(masked):
            instead = "\n" if found[0][0] == "\r" else "" if found[0] == "\ufeff" else colleague
            before = masked[place : found.start()]
            begin = length + len(before)
            length = begin + len(instead)
            stands.append(Stand(found.start(), found.end(), begin, length))
            parts += [before, instead]
            place = found.end()
        parts.append(masked[place:])
        return Shown(sayable("".join(parts)), tuple(stands), len(masked), "")
