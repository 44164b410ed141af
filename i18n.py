"""Choosing a gettext catalog for a person, and errors that can be said in their language.

Code below the screens never translates. It raises a `Refusal` or returns a `Message`: an English
sentence with named fields and the values for them. Whoever shows it calls `translate`.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGS = Path(__file__).parent / "translations"
DEFAULT_LANGUAGE = "en"
INTERFACE_LANGUAGES = {"en": "English", "zh-Hans": "简体中文", "de": "Deutsch"}


@dataclass(frozen=True)
class Message:
    """A sentence for a person: an English text (the message id) with `{named}` fields."""

    text: str
    arguments: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format(**self.arguments) if self.arguments else self.text


def say(text: str, /, **arguments: Any) -> Message:  # noqa: ANN401 - values of a sentence may be anything
    """Make a `Message`; the name is what the catalog extractor looks for."""
    return Message(text, arguments)


class Refusal(Exception):  # noqa: N818 - it refuses something a person did; subclasses end in Error
    """Something a person asked for cannot be done; `messages` say why, in sentences."""

    def __init__(self, *messages: Message) -> None:
        super().__init__(*messages)
        self.messages = messages

    def __str__(self) -> str:
        return "\n".join(str(message) for message in self.messages)


def path_of(language: str) -> Path:
    """Return where the catalog of a BCP 47 tag lies."""
    return CATALOGS / language.replace("-", "_") / "LC_MESSAGES" / "zhenqing.po"


@cache
def catalog(language: str) -> gettext.NullTranslations:
    """Return the catalog of a BCP 47 tag, compiled in memory; English when there is none."""
    path = path_of(language)
    if not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def translate(message: Message, language: str) -> str:
    """Say a message in a language; arguments that are messages are said in it too."""
    arguments = {
        name: translate(value, language) if isinstance(value, Message) else value
        for name, value in message.arguments.items()
    }
    text = catalog(language).gettext(message.text) if message.text else ""
    return text.format(**arguments) if arguments else text


def canonical(tag: str) -> str:
    """Write a language tag our way: `zh`, `zh-CN` and `zh_Hans` are `zh-Hans`, `de-AT` stays.

    Example:
        >>> canonical("zh_CN"), canonical("EN"), canonical("zh-TW")
        ('zh-Hans', 'en', 'zh-Hant')
    """
    parts = tag.strip().replace("_", "-").split("-")
    parts[0] = parts[0].lower()
    if parts[0] == "zh":
        rest = {part.lower() for part in parts[1:]}
        return "zh-Hant" if rest & {"hant", "tw", "hk", "mo"} else "zh-Hans"
    return "-".join(
        part.title() if len(part) == 4 else part.upper() if len(part) == 2 and i else part
        for i, part in enumerate(parts)
    )


def best(wanted: Iterable[str], offered: Iterable[str], default: str = DEFAULT_LANGUAGE) -> str:
    """Return the first wanted language that is offered, exactly or by its primary subtag."""
    choices = list(offered)
    for tag in map(canonical, wanted):
        if tag in choices:
            return tag
        for choice in choices:
            if choice.split("-")[0] == tag.split("-")[0]:
                return choice
    return default
