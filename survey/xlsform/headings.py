"""What a column means: the many spellings of a heading, and the language behind `::`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pyxform import aliases
from pyxform.parsing.sheet_headers import process_header
from pyxform.question import MultipleChoiceQuestion, Option
from pyxform.survey import Survey

import i18n
from survey.xlsform.workbook import Workbook

_NAMED_TAG = re.compile(
    r"^(?P<name>.*\S)\s*\(\s*(?P<tag>[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*)\s*\)$"
)
_PLAIN_TAG = re.compile(r"^[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")

_ALIASES = {
    "survey": aliases.survey_header,
    "choices": aliases.list_header,
    "external_choices": aliases.list_header,
    "settings": aliases.settings_header,
}
_COLUMNS = {
    "survey": frozenset(MultipleChoiceQuestion.get_slot_names()),
    "choices": frozenset(Option.get_slot_names()),
    "external_choices": frozenset(Option.get_slot_names()),
    "settings": frozenset(Survey.get_slot_names()),
}
TRANSLATED = frozenset(
    {
        ("label",),
        ("hint",),
        ("guidance_hint",),
        ("bind", "jr:constraintMsg"),
        ("bind", "jr:requiredMsg"),
        ("bind", "jr:noAppErrorString"),
        ("media", "image"),
        ("media", "big-image"),
        ("media", "audio"),
        ("media", "video"),
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Attributes:
        heading: The heading as written.
        meaning: What it stands for, as pyxform names it: `("label",)`, `("bind", "relevant")`.
        language: The key of the language of a translated column; None where none is given.
    """

    heading: str
    meaning: tuple[str, ...]
    language: str | None = None


@lru_cache(maxsize=1024)
def language_key(heading: str) -> str:
    """Return the key of a language: `中文 (zh_CN)` is `zh-Hans`, `Deutsch` stays `Deutsch`.

    The tag in brackets, else the words themselves; what looks like a tag is written our way.
    """
    found = _NAMED_TAG.match(heading.strip())
    if found:
        return i18n.canonical(found.group("tag"))
    plain = heading.strip()
    return i18n.canonical(plain) if _PLAIN_TAG.match(plain) else plain


def language_name(heading: str) -> str:
    """Return what a language is called: `中文 (zh_CN)` is `中文`."""
    found = _NAMED_TAG.match(heading.strip())
    return found.group("name") if found else heading.strip()


def columns(sheet: str, headings: Iterable[str]) -> dict[str, Column]:
    """Say what each heading of a sheet means.

    Returns:
        The column by its heading as written.
    """
    listed = list(headings)
    double = any("::" in heading for heading in listed)
    return {heading: column(sheet, heading, double) for heading in listed}


def settings_of(workbook: Workbook) -> dict[str, str]:
    """Return the values of the settings sheet by what their columns mean."""
    sheet = workbook.sheets.get("settings")
    if sheet is None or not sheet.rows:
        return {}
    meanings = columns("settings", sheet.headings)
    return {meanings[heading].meaning[0]: value for heading, value in sheet.rows[0].cells.items()}


@lru_cache(maxsize=4096)
def column(sheet: str, heading: str, double: bool) -> Column:
    """Say what one heading means; `double` when the sheet uses `::` rather than `:`."""
    _, tokens = process_header(
        header=heading,
        use_double_colon=double,
        header_aliases=_ALIASES[sheet],
        header_columns=_COLUMNS[sheet],
    )
    meaning = tuple(tokens)
    if meaning[0] == "media" and len(meaning) == 1:
        return Column(heading, meaning)
    for length in (1, 2):
        if meaning[:length] in TRANSLATED and len(meaning) == length + 1:
            return Column(heading, meaning[:length], meaning[length])
    return Column(heading, meaning)
