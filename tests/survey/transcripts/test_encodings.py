"""Character encodings are found, not asked for."""

from __future__ import annotations

import pytest

from survey.transcripts import TranscriptError, read

TEXTS = {
    "zh-Hans": (
        "主持人：请你谈谈拍摄现场的情况。\n"
        "导演：我们每天都和算法一起工作。\n"
        "主持人：你相信它吗？\n"
        "导演：有时候。"
    ),
    "zh-Hant": (
        "主持人：請你談談拍攝現場的情況。\n"
        "導演：我們每天都和演算法一起工作。\n"
        "主持人：你相信它嗎？\n"
        "導演：有時候。"
    ),
    "ja": (
        "聞き手：撮影現場について教えてください。\n"
        "監督：毎日働いています。\n"
        "聞き手：どうですか。\n"
        "監督：はい。"
    ),
    "ko": (
        "진행자: 촬영 현장에 대해 말씀해 주세요.\n"
        "감독: 매일 함께 일합니다.\n"
        "진행자: 믿나요?\n"
        "감독: 가끔요."
    ),
    "ru": (
        "Интервьюер: Расскажите о съёмках.\n"
        "Режиссёр: Мы работаем вместе.\n"
        "Интервьюер: И?\n"
        "Режиссёр: Да."
    ),
    "ar": (
        "المحاور: حدثنا عن موقع التصوير.\n"
        "المخرج: نعمل كل يوم مع الخوارزمية.\n"
        "المحاور: وماذا بعد؟\n"
        "المخرج: نعم."
    ),
    "de": (
        "Interviewerin: Erzählen Sie über die Größe.\n"
        "Müller: Schön wär's.\n"
        "Interviewerin: Und?\n"
        "Müller: Ja."
    ),
    "es": (
        "Entrevistadora: ¿Qué pasó?\n"
        "Peña: Rodamos aquí mañana.\n"
        "Entrevistadora: ¿Y después?\n"
        "Peña: Nada."
    ),
    "pl": (
        "Prowadzący: Proszę opowiedzieć, jak było.\n"
        "Łukasz: Źle, ale śmiesznie.\n"
        "Prowadzący: A później?\n"
        "Łukasz: Też."
    ),
}
CASES = [
    *(
        (language, encoding)
        for language in TEXTS
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32")
    ),
    *((language, encoding) for language in TEXTS for encoding in ("utf-16-le", "utf-16-be")),
    *(("zh-Hans", "gb18030"), ("zh-Hans", "gbk"), ("zh-Hant", "big5"), ("ja", "shift_jis")),
    *(("ja", "euc_jp"), ("ko", "euc_kr"), ("ru", "cp1251"), ("ru", "koi8-r"), ("ar", "cp1256")),
    *(("de", "cp1252"), ("es", "cp1252"), ("pl", "cp1250")),
]


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_text_survives_its_encoding(language: str, encoding: str) -> None:
    text = TEXTS[language]
    transcript = read("a.txt", text.encode(encoding))
    rebuilt = [f"{turn.speaker}{turn.text}" for turn in transcript.turns]
    assert rebuilt == [line.replace("：", "", 1).replace(": ", "", 1) for line in text.split("\n")]
    assert not transcript.warnings


def test_a_few_broken_bytes_are_shown_and_counted() -> None:
    content = (TEXTS["zh-Hans"] * 20).encode()[:-1] + b"\nAnna: caf\xe9"
    transcript = read("a.txt", content)
    assert "could not be read" in str(transcript.warnings[0])
    assert transcript.encoding == "utf-8"


def test_a_file_in_two_encodings_is_read_with_a_warning() -> None:
    content = "Anna: café crème\n".encode() * 20 + "Ben: naïve\n".encode("cp1252") * 20
    transcript = read("a.txt", content)
    assert transcript.speakers == ("Anna", "Ben")
    assert transcript.warnings


def test_control_characters_and_null_bytes_go() -> None:
    turns = read("a.txt", b"Anna: He\x00llo.\x07\x1b[0m\r\nBen: Hi.\x0b\r\n").turns
    assert [turn.text for turn in turns] == ["Hello.[0m", "Hi."]


def test_initials_that_look_like_another_format() -> None:
    assert read("a.txt", b"MZ: Hello.\nID3: Hi.\nMZ: So?\nID3: Well.").speakers == ("MZ", "ID3")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\x00" * 5000, "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "not a text"),
        (b"{\\rtf1\\ansi Hello}", "Rich Text"),
        (b"<!DOCTYPE html><p>Hello", "web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old or protected Office format"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(TranscriptError, match=sentence):
        read("a.txt", content)
