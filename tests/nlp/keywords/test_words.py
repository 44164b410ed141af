from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.keywords import words


def surfaces(text: str, language: str) -> list[str]:
    return [word.surface for word in words(text, language) if word.key]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Yeah, I mean, the director's budgets were kind of gone.", {"director", "budgets"}),
        ("zh-Hans", "嗯就是导演觉得人工智能生成的画面很冷", {"导演", "人工智能", "生成", "画面"}),
        ("zh-Hant", "導演覺得鏡頭很冷", {"導演", "鏡頭"}),
        ("de", "Die Regisseurin war halt mit dem Licht unzufrieden", {"Regisseurin", "Licht"}),
        ("fr", "L’actrice a répété la scène", {"actrice", "scène"}),
        ("ja", "撮影監督はカメラを選びました", {"撮影監督", "カメラ"}),
        ("ko", "감독은 카메라를 좋아한다", {"감독은", "카메라를"}),
        ("th", "ผู้กำกับเลือกกล้องใหม่", {"กล้อง"}),
        ("zh-Hans", "用Midjourney做分镜", {"Midjourney", "分镜"}),
    ],
)
def test_words_of_a_language(language: str, text: str, expected: set[str]) -> None:
    assert expected <= set(surfaces(text, language))


@pytest.mark.parametrize(
    ("language", "filler"),
    [
        ("en", "yeah like kind of basically really"),
        ("en", "you'd they’ve who'll we're"),
        ("zh-Hans", "嗯 就是 那个 其实"),
        ("de", "halt quasi"),
    ],
)
def test_fillers_are_no_words(language: str, filler: str) -> None:
    assert surfaces(filler, language) == []


def test_counted_things_in_han_characters_are_no_words() -> None:
    assert surfaces("两万 六十条 四十分钟 三脚架", "zh-Hans") == ["三脚架"]


@pytest.mark.parametrize("text", ["三百条里找一条", "三百條裡找一條"])
def test_what_is_left_of_a_counted_thing_is_no_word(text: str) -> None:
    assert not {word.key for word in words(text, "zh-Hans")} & {"条里", "一条"}


def test_masked_names_and_addresses_are_no_words() -> None:
    assert surfaces("[P07] asked [team] at https://a.b/c or a@b.org", "en") == []


def test_inflections_share_a_key() -> None:
    keys = {word.key for word in words("Kosten kostet", "de") if word.key}
    assert len({word.key for word in words("director directors", "en") if word.key}) == 1
    assert len(keys) <= 2


def test_korean_particles_are_taken_off() -> None:
    assert {word.key for word in words("감독은 감독이 감독을", "ko") if word.key} == {"감독"}


def test_both_chinese_orthographies_share_keys() -> None:
    traditional = [word.key for word in words("導演", "zh-Hant")]
    assert traditional == [word.key for word in words("导演", "zh-Hans")]


@given(
    st.text(max_size=80), st.sampled_from(["en", "zh-Hant", "ja", "ko", "th", "ar", "und", "xx"])
)
def test_any_text_is_cut(text: str, language: str) -> None:
    assert all(word.surface or not word.key for word in words(text, language))
