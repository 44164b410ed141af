"""Languages and sentences."""

from __future__ import annotations

import pytest

from i18n import Message, Refusal, best, canonical, catalog, say, translate


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh_Hans_CN", "zh-Hans"),
        ("ZH-tw", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("EN", "en"),
        ("de-at", "de-AT"),
        (" pt-BR ", "pt-BR"),
    ],
)
def test_tags_are_written_one_way(written: str, tag: str) -> None:
    assert canonical(written) == tag


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (["de-AT", "en"], "de"),
        (["zh-TW"], "zh-Hans"),
        (["ko", "zh"], "zh-Hans"),
        (["ko"], "en"),
        ([], "en"),
    ],
)
def test_the_first_language_that_is_offered_is_chosen(wanted: list[str], found: str) -> None:
    assert best(wanted, ["en", "zh-Hans", "de"]) == found


def test_a_message_in_a_message_is_said_in_the_same_language() -> None:
    inner = say("Send")
    outer = Message("{path}: {problem}", {"path": "x", "problem": inner})
    assert translate(outer, "zh-Hans") == f"x：{catalog('zh-Hans').gettext('Send')}"


def test_a_sentence_nobody_translated_is_said_in_english() -> None:
    assert translate(say("Nobody wrote {what} down.", what="this"), "de") == (
        "Nobody wrote this down."
    )


def test_a_language_without_a_catalog_speaks_english() -> None:
    assert translate(say("Send"), "fi") == "Send"


def test_values_with_braces_are_left_alone() -> None:
    assert translate(say("{file} is not UTF-8 text.", file="{x}.md"), "en") == (
        "{x}.md is not UTF-8 text."
    )


def test_a_refusal_says_all_its_sentences() -> None:
    assert str(Refusal(say("One."), say("Two {n}.", n=2))) == "One.\nTwo 2."
