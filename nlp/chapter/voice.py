"""Saying things in the chapter's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from i18n import DEFAULT_LANGUAGE, Message, best, catalog, translate


class Voice:
    """Says things in the chapter's language.

    Attributes:
        language: Its tag.
        locale: The same as Babel writes it.
        space: What stands between two sentences.
        comma: What stands between the items of a list.
        semicolon: What stands between its parts.
        colon: What stands between a word and what it stands for.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = language.replace("-", "_")
        wide = language.startswith("zh")
        self.space = "" if wide else " "
        self.comma = "、" if wide else ", "
        self.semicolon = "；" if wide else "; "
        self.colon = "：" if wide else ": "

    def __call__(self, text: str, /, **fields: object) -> str:
        """Say a sentence."""
        return translate(Message(text, dict(fields)), self.language)

    def n(self, one: str, many: str, count: int, /, **fields: object) -> str:
        """Say a sentence about a number of things; `{count}` is the number."""
        text = catalog(self.language).ngettext(one, many, count)
        return text.format(count=count, **fields)

    def tell(self, message: Message) -> str:
        """Say a message that comes from below."""
        return translate(message, self.language)

    def number(self, value: float, digits: int = 0) -> str:
        """Say a number: thousands apart, a true minus."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(value, pattern, locale=self.locale).replace("-", "−")

    def percent(self, share: float) -> str:
        """Say a share."""
        return format_percent(
            share, format="#,##0 %" if self.language == "de" else "#,##0%", locale=self.locale
        )

    def day(self, value: date) -> str:
        """Say a day."""
        return format_date(value, locale=self.locale)

    def together(self, items: list[str]) -> str:
        """Say several things in one breath."""
        return format_list(items, locale=self.locale)

    def of(self, texts: Mapping[str, str], default: str = "") -> str:
        """Return the text by language that fits best."""
        first = next(iter(texts), "")
        return texts.get(best([self.language, DEFAULT_LANGUAGE], texts, default=first), default)
