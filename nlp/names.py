"""What languages and countries are called."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError

from i18n import say, translate


def language_name(tag: str, language: str) -> str:
    """Return the name of a language (BCP 47 tag) in another language."""
    if tag in {"und", ""}:
        return translate(say("unknown language"), language)
    if tag == "mul":
        return translate(say("mixed languages"), language)
    try:
        name = Locale.parse(tag.replace("-", "_")).get_display_name(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return tag
    if name and language.startswith("zh"):
        name = name.replace(" (", "（").replace(")", "）")
    return name or tag


def country_name(code: str, language: str) -> str:
    """Return the name of a country (ISO 3166 code) in a language; the code where unknown."""
    return str(Locale.parse(language.replace("-", "_")).territories.get(code, code))
