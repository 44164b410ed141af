"""What leaves the research screens: no code of a person stands in it.

Inside another person's text a code would unlock both: whoever recognises one sentence would know
from then on who `[P07]` is. So every code becomes `[colleague]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from i18n import DEFAULT_LANGUAGE, best

COLLEAGUE = {
    "en": "[colleague]",
    "zh-Hans": "[同事]",
    "zh-Hant": "[同事]",
    "de": "[jemand aus der Studie]",
    "fr": "[collègue]",
    "es": "[colega]",
    "it": "[collega]",
    "pt": "[colega]",
    "nl": "[collega]",
    "pl": "[osoba z zespołu]",
    "tr": "[meslektaş]",
    "ru": "[коллега]",
    "ar": "[زميل]",
    "ja": "[同僚]",
    "ko": "[동료]",
    "th": "[เพื่อนร่วมงาน]",
    "hi": "[सहकर्मी]",
}
"""What stands where a person of the study is named; English for every other language."""


def codes_pattern(codes: Iterable[str]) -> re.Pattern[str]:
    """Return what finds the codes of people: as masking writes them, and written out.

    A code that somebody typed themselves unlocks as much as one that masking put there; without a
    digit it may be an ordinary word and is found in brackets only.

    Args:
        codes: Of all people of a study, those who withdrew included.
    """
    longest = sorted(set(codes), key=lambda code: (-len(code), code))
    ways = [re.escape(f"[{code}]") for code in longest]
    ways += [
        rf"(?<![A-Za-z0-9]){re.escape(code)}(?![A-Za-z0-9])"
        for code in longest
        if len(code) > 1 and any(map(str.isdigit, code)) and not code.isdigit()
    ]
    return re.compile("|".join(ways) or "(?!)")


def without_codes(text: str, codes: re.Pattern[str], language: str = DEFAULT_LANGUAGE) -> str:
    """Say `[colleague]` for every code, in a language.

    Args:
        text: A masked text.
        codes: What `codes_pattern` returned.
        language: BCP 47 tag of the language that the placeholder is said in: the text's own.

    Example:
        >>> without_codes("[P07] asked P08.", codes_pattern(["P07", "P08"]))
        '[colleague] asked [colleague].'
    """
    return codes.sub(COLLEAGUE[best([language], COLLEAGUE, default=DEFAULT_LANGUAGE)], text)
