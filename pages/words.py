"""What the screens say, in the language of whoever looks at them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import streamlit as st
from babel.dates import format_date
from babel.lists import format_list

from i18n import DEFAULT_LANGUAGE, INTERFACE_LANGUAGES, Message, best, catalog, translate
from nlp import names

KEY = "language"
Made = TypeVar("Made")
_REMEMBERED: ContextVar[str] = ContextVar("remembered", default="")
"""The language of a screen while a file is made for it after its run."""


def language() -> str:
    """Return the language of the person at this screen."""
    if remembered := _REMEMBERED.get():
        return remembered
    chosen = st.session_state.get(KEY)
    if isinstance(chosen, str):
        return chosen
    return best([st.context.locale or DEFAULT_LANGUAGE], INTERFACE_LANGUAGES)


def use(tag: str) -> None:
    """Speak this language from now on in this session."""
    st.session_state[KEY] = tag


def spoken_later(make: Callable[[], Made]) -> Callable[[], Made]:
    """Return what makes a file in the language that the screen has now.

    A file to download is made when somebody asks for it, outside of the screen's run: nobody's
    language is known there.
    """
    spoken = language()

    def made() -> Made:
        before = _REMEMBERED.set(spoken)
        try:
            return make()
        finally:
            _REMEMBERED.reset(before)

    return made


def t(text: str, /, **fields: Any) -> str:  # noqa: ANN401 - values of a sentence may be anything
    """Say a sentence; `{name}` fields are filled in."""
    return translate(Message(text, fields), language())


def tn(one: str, many: str, count: int, /, **fields: Any) -> str:  # noqa: ANN401 - as above
    """Say a sentence about a number of things; `{count}` is the number."""
    text = catalog(language()).ngettext(one, many, count)
    return text.format(count=count, **fields)


def tell(message: Message) -> str:
    """Say a message that comes from below the screens."""
    return translate(message, language())


def of(texts: dict[str, Any] | None, default: str = "") -> str:
    """Return the text by language that fits the person best."""
    if not texts:
        return default
    first = next(iter(texts))
    return str(texts[best([language(), DEFAULT_LANGUAGE], texts, default=first)])


def babel_name() -> str:
    """Return how Babel calls the language of the screen."""
    return language().replace("-", "_")


def day(value: dt.date, *, today: dt.date) -> str:
    """Say a day the way people do: today, yesterday, Tuesday 3 June."""
    distance = (today - value).days
    if distance == 0:
        return t("today")
    if distance == 1:
        return t("yesterday")
    pattern = {"zh-Hans": "M月d日 EEEE", "de": "EEEE, d. MMMM"}.get(language(), "EEEE, d MMMM")
    return format_date(value, pattern, locale=babel_name())


def clock(moment: dt.datetime, zone: ZoneInfo) -> str:
    """Say a time of day on the person's wall clock: 21:04."""
    return moment.astimezone(zone).strftime("%H:%M")


def moment(value: dt.datetime, zone: ZoneInfo) -> str:
    """Say a moment the way people do: today, 21:04."""
    wall = value.astimezone(zone)
    today = dt.datetime.now(zone).date()
    return t("{day}, {time}", day=day(wall.date(), today=today), time=clock(value, zone))


def in_a_row(sentences: Iterable[str]) -> str:
    """Return sentences one after the other; in Chinese no blank stands between them."""
    return ("" if language().startswith("zh") else " ").join(sentences)


def together(items: list[str]) -> str:
    """Say several things in one breath: a, b and c."""
    return format_list(items, locale=babel_name()) if items else ""


def language_name(tag: str) -> str:
    """Return the name of a language in the language of the screen."""
    return names.language_name(tag, language())


def country_name(code: str) -> str:
    """Return the name of a country in the language of the screen; the code where unknown."""
    return names.country_name(code, language())
