import pytest

from nlp.privacy import mask, suspects

NAMES = {"P1": ["Anna Müller"]}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Anna Müller and Peter Schmidt met Mr Jones.", ["Peter Schmidt", "Jones"]),
        ("de", "Tobias sagte nein, Frau Becker auch.", ["Tobias", "Becker"]),
        ("zh-Hans", "我和张伟强一起，李晓红说不行。", ["张伟强", "李晓红"]),
        ("ja", "山田さんが来た。", ["山田"]),
        ("ko", "이수진 씨가 왔다.", ["이수진"]),
        ("ru", "Потом Пётр Сидоров ушёл.", ["Потом Пётр Сидоров"]),
    ],
)
def test_unknown_names_are_listed(language: str, text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in suspects(text, language, NAMES)] == expected


def test_what_is_masked_is_no_suspect() -> None:
    assert suspects("Anna Müller sagte nein.", "de", NAMES) == []


def test_plain_text_has_no_suspects() -> None:
    text = "The light was wrong. We waited. In the end the director kept the first take."
    assert suspects(text, "en", NAMES) == []


def test_suspects_know_their_place_in_both_texts() -> None:
    text = "Anna Müller met Peter Schmidt."
    (span,) = suspects(text, "en", NAMES)
    masked = mask(text, names=NAMES, language="en")
    assert masked.text[span.masked_start : span.masked_end] == "Peter Schmidt"
