import pytest

from nlp.privacy import mask, suspects
from nlp.privacy.ordinary import Ordinary

NAMES = {"P1": ["Anna Müller"]}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Anna Müller and Peter Schmidt met Mr Jones.", ["Peter Schmidt", "Jones"]),
        ("de", "Tobias sagte nein, Frau Becker auch.", ["Tobias", "Becker"]),
        ("zh-Hans", "我和张伟强一起，李晓红说不行。", ["张伟强", "李晓红"]),
        ("zh-Hans", "欧阳雪梅和王老师都来了。", ["欧阳雪梅", "王"]),
        ("zh-Hant", "我和張偉強一起，陳立新說不行。", ["張偉強", "陳立新"]),
        ("fr", "Thibault a dit que M. Lestrange viendrait.", ["Thibault", "Lestrange"]),
        ("ja", "山田さんが来た。", ["山田"]),
        ("ko", "이수진 씨가 왔다.", ["이수진"]),
        ("ru", "Потом Пётр Сидоров ушёл.", ["Пётр Сидоров"]),
    ],
)
def test_unknown_names_are_listed(language: str, text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in suspects(text, language, NAMES)] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Nobody said so. While filming I've thought about AI. That's what I'm afraid of."),
        ("de", "Niemand sagte etwas. Der Rand der Stadt. Ein Glas Schnaps, und ein Glas Schnaps mehr."),
        ("fr", "J'ai vu la lumière. Peut-être qu'il pensait autrement. C'est l'IA qui décide."),
        ("zh-Hans", "现场很安静，许可证还没下来。师傅明白了。单和双都一样。都还没到。"),
        ("zh-Hant", "現場很安靜，師傅明白了。"),
        ("ja", "助監督と副監督とお客さんが来た。"),
    ],
)  # fmt: skip
def test_ordinary_words_are_no_suspects(language: str, text: str) -> None:
    assert [text[span.start : span.end] for span in suspects(text, language, NAMES)] == []


def test_what_is_written_small_elsewhere_is_no_name() -> None:
    text = "Lunch said nothing. Bex said nothing."
    ordinary = Ordinary([("We had no lunch.", "en"), (text, "en")])
    found = suspects(text, "en", NAMES, ordinary=ordinary)
    assert [text[span.start : span.end] for span in found] == ["Bex"]


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
