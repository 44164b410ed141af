"""Which writing system a stretch of text is in: that, not the tag, decides how it is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_KANA = "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
_THAI = "\u0e00-\u0e7f"

_RUN = re.compile(
    f"(?P<east>[{_HAN}{_KANA}]+)|(?P<hangul>[{_HANGUL}]+)|(?P<thai>[{_THAI}]+)"
    f"|(?P<word>[^\\W_{_HAN}{_KANA}{_HANGUL}{_THAI}]"
    f"[^\\W_{_HAN}{_KANA}{_HANGUL}{_THAI}\u0300-\u036f]*"
    "(?:[\u0300-\u036f\u0900-\u0963\u064b-\u065f]+[^\\W_]*)*"
    f"(?:['’\\-][^\\W_{_HAN}{_KANA}{_HANGUL}{_THAI}]+)*)"
    "|(?P<space>[ \\t\\u3000]+)|(?P<other>.)",
    re.DOTALL,
)
KANA = re.compile(f"[{_KANA}]")


def runs(text: str) -> Iterator[tuple[str, str]]:
    """Cut a text into runs: `east` (Han and kana), `hangul`, `thai`, `word`, `space`, `other`."""
    for match in _RUN.finditer(text):
        yield str(match.lastgroup), match.group()
