from __future__ import annotations

import re
from collections import Counter

import pytest

from nlp.neutral import coverage
from nlp.neutral.reference import reference

LANGUAGES = [
    *("en", "zh-Hans", "zh-Hant", "de", "fr", "es", "it", "pt", "ja"),
    *("ko", "ru", "ar", "nl", "pl", "tr", "th", "hi"),
]
SUBJECTS = [
    *("work", "money", "choices", "feelings"),
    *("cooperation", "culture", "waiting", "technology"),
]
LETTERS = {
    "zh-Hans": "一-鿿",
    "zh-Hant": "一-鿿",
    "ja": "一-鿿぀-ヿ々",
    "ko": "가-힣",
    "ru": "а-яё",
    "ar": "؀-ۿ",
    "th": "฀-๿",
    "hi": "ऀ-ॿ",
}
LATIN = "a-zà-öø-ÿāăąćčďđęěğıłńňőœřśşšťůűźżž"


def test_the_languages_of_the_design_are_there() -> None:
    assert sorted(reference().sentences) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_number_of_sentences(language: str) -> None:
    corpus = reference()
    sentences = corpus.sentences[language]
    assert len(sentences) == len(corpus.subjects) == 80
    assert all(sentence == sentence.strip() and sentence for sentence in sentences)
    assert max(Counter(sentences).values()) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_in_the_script_of_their_language(language: str) -> None:
    letters = re.compile(f"[{LETTERS.get(language, LATIN)}]", re.I)
    for sentence in reference().sentences[language]:
        written = [sign for sign in sentence if sign.isalpha()]
        own = sum(bool(letters.match(sign)) for sign in written)
        assert own / len(written) > 0.8, sentence


def test_simplified_and_traditional_are_not_mixed() -> None:
    opencc = pytest.importorskip("opencc")
    sentences = reference().sentences
    for language, conversion in (("zh-Hans", "t2s"), ("zh-Hant", "s2tw")):
        converter = opencc.OpenCC(conversion)
        for sentence in sentences[language]:
            # Taiwan writes 台 where the converter's table says 臺.
            assert converter.convert(sentence).replace("臺", "台") == sentence


def test_sentences_are_recognised_as_their_language() -> None:
    lingua = pytest.importorskip("lingua")
    codes = {tag: tag.split("-")[0].upper() for tag in LANGUAGES}
    known = {code: getattr(lingua.IsoCode639_1, code) for code in set(codes.values())}
    detector = lingua.LanguageDetectorBuilder.from_iso_codes_639_1(*known.values()).build()
    for tag in LANGUAGES:
        wrong = [
            sentence
            for sentence in reference().sentences[tag]
            if (found := detector.detect_language_of(sentence)) is None
            or found.iso_code_639_1 != known[codes[tag]]
        ]
        assert len(wrong) <= 2, (tag, wrong)


def test_length_varies_and_translations_are_not_cut_short() -> None:
    sentences = reference().sentences
    words = [len(sentence.split()) for sentence in sentences["en"]]
    assert min(words) <= 5
    assert max(words) >= 25
    for language, texts in sentences.items():
        usual = sum(map(len, texts)) / sum(map(len, sentences["en"]))
        for text, english in zip(texts, sentences["en"], strict=True):
            assert 0.4 < len(text) / len(english) / usual < 2.2, (language, text, english)


def test_subjects_cover_the_corpus() -> None:
    assert Counter(reference().subjects) == dict.fromkeys(SUBJECTS, 10)


@pytest.mark.parametrize(
    ("tag", "served_by"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("zh", "zh-Hans"),
        ("zh_TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("pt-BR", "pt"),
        ("und", None),
        ("mul", None),
        ("", None),
        ("sw", None),
    ],
)
def test_a_tag_is_served_by_its_language(tag: str, served_by: str | None) -> None:
    assert reference().serving(tag) == served_by


def test_coverage_says_what_is_served_and_what_is_checked() -> None:
    rows = coverage(["de", "de", "zh", "zh-CN", "zh-Hans", "und", "sw"])
    assert [(row.language, row.texts, row.served_by) for row in rows] == [
        ("zh-Hans", 3, "zh-Hans"),
        ("de", 2, "de"),
        ("sw", 1, None),
        ("und", 1, None),
    ]
    assert not any(row.verified for row in rows)
