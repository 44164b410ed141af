"""Every sentence in every language it is promised in."""

from __future__ import annotations

import string

import pytest
from babel.messages.catalog import Message

from translations.update import extracted, stored

PARTICIPANTS = (
    "pages/participant",
    "pages/drawing",
    "pages/public",
    "pages/app.py",
    "pages/navigation.py",
    "pages/words.py",
    "pages/who.py",
    "pages/accident.py",
    "pages/waiting.py",
    "server",
    "survey/filling",
    "survey/drafts.py",
    "survey/responses.py",
    "survey/holdings_page.py",
    "survey/corrections.py",
    "survey/entering.py",
    "survey/entry_files.py",
    "survey/writing.py",
    "survey/nudging.py",
    "survey/typed.py",
    "survey/pins.py",
    "survey/devices.py",
    "survey/feed.py",
    "survey/extracts.py",
    "survey/reminding",
    "survey/applying/letter.py",
    "survey/applying/addresses.py",
    "survey/applying/starting.py",
    "survey/applying/states.py",
    "survey/audience/poster.py",
    "survey/audience/receipts.py",
    "survey/audience/receiving.py",
    "survey/traces",
    "survey/link_sheet.py",
    "survey/interviews/own.py",
    "survey/interviews/reading.py",
    "survey/interviews/turns.py",
    "nlp/quoting/asking.py",
    "data/database.py",
)
"""What participants may see; this much is promised in German too."""


def texts(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (str(message.id),)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def wanted(language: str) -> list[Message]:
    return [
        message
        for message in extracted()
        if message.id
        and (
            language != "de"
            or any(str(place).startswith(PARTICIPANTS) for place, _ in message.locations)
        )
    ]


@pytest.mark.parametrize("language", ["zh-Hans", "de"])
def test_everything_is_said(language: str) -> None:
    catalog = stored(language)
    missing = []
    for message in wanted(language):
        found = catalog.get(message.id)
        if found is None or not found.string or not all(found.string):
            missing.append(texts(message)[0])
    assert missing == []


@pytest.mark.parametrize("language", ["zh-Hans", "de"])
def test_translations_fill_in_the_same_fields(language: str) -> None:
    for message in stored(language):
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        for said in filter(None, strings):
            assert fields(str(said)) <= set().union(*map(fields, texts(message))), message.id


def test_no_catalog_holds_sentences_the_code_no_longer_says() -> None:
    known = {texts(message)[0] for message in extracted() if message.id}
    for language in ("zh-Hans", "de"):
        assert {texts(message)[0] for message in stored(language) if message.id} <= known


def test_chinese_never_says_the_formal_you() -> None:
    said = [str(message.string) for message in stored("zh-Hans")]
    assert not [text for text in said if "您" in text]
