"""Which languages a form speaks, in which order, and which one stands in for the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import i18n
from i18n import Message
from survey.xlsform.headings import (
    TRANSLATED,
    columns,
    language_key,
    language_name,
    settings_of,
)
from survey.xlsform.model import UNSAID
from survey.xlsform.quotes import show
from survey.xlsform.workbook import Workbook

# pyxform's word for texts whose column names no language.
_UNNAMED = "default"


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of a form.

    Attributes:
        keys: Their keys in the order of the columns.
        names: What they are called in the file.
        default: The key of the one that stands in for the others.
        unnamed: The key of texts whose column names no language.
    """

    keys: tuple[str, ...]
    names: Mapping[str, str]
    default: str
    unnamed: str

    def texts(self, value: object) -> dict[str, str]:
        """Return a text of pyxform's, plain or by language, by the keys of the languages."""
        if isinstance(value, dict):
            return {self.key(str(head)): show(str(text)) for head, text in value.items() if text}
        text = "" if value is None else show(str(value))
        return {self.unnamed: text} if text.strip() else {}

    def made(self, message: Message) -> dict[str, str]:
        """Return a text that pyxform adds in English only, in the languages we can say it in."""
        said = {key: i18n.translate(message, key) for key in self.keys}
        known = {key: words for key, words in said.items() if words != message.text}
        return {**known, self.default: said[self.default]}

    def key(self, heading: str) -> str:
        """Return the key of a language as pyxform names it."""
        return self.unnamed if heading == _UNNAMED else language_key(heading)


def read_languages(workbook: Workbook) -> Languages:
    """Find the languages of a form in its headings and settings."""
    found: dict[str, str] = {}
    unnamed = False
    for name in ("survey", "choices"):
        sheet = workbook.sheets.get(name)
        if sheet is None:
            continue
        for column in columns(name, sheet.headings).values():
            if column.language is not None:
                found.setdefault(language_key(column.language), language_name(column.language))
            elif column.meaning in TRANSLATED:
                unnamed = True
    chosen = settings_of(workbook).get("default_language", "")
    default = language_key(chosen) if chosen and chosen != _UNNAMED else None
    if default is not None and (unnamed or not found):
        found = {default: language_name(chosen), **found}
    elif unnamed and default is None:
        found = {UNSAID: "", **found}
    if default is None or default not in found:
        default = UNSAID if UNSAID in found else next(iter(found), UNSAID)
    names = found or {UNSAID: ""}
    return Languages(tuple(names), names, default, default if unnamed or not found else UNSAID)
