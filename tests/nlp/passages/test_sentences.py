import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.passages.sentences import safe, split


def pieces(text: str, language: str = "und") -> list[str]:
    return [text[start:end] for start, end in split(text, language=language)]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["Dr. Smith said e.g. it is 3.5 km.", "He left!", "“Really?” he asked."]),
        ("en", ["We use Node.js and U.S. money.", "Plan B. worked?", "Yes."]),
        ("en", ["i went home.", "it was good.", "we ate"]),
        ("de", ["Am 3. Mai kam Prof. Dr. Weiß z.B. um 9.30 Uhr.", "Danach war Schluss."]),
        ("de", ["Er sagte: „Das geht nicht.“", "Wir lachten."]),
        ("fr", ["« Quelle journée ! »", "M. Petit a ri.", "Et après ?"]),
        ("es", ["¿Qué pasó?", "¡Nada!", "Bueno... seguimos.", "Y la Sra. Ruiz llegó."]),
        ("ru", ["Сегодня, т.е. 5 мая, мы снимали.", "А. П. Чехов был бы рад!"]),
        ("de", ["„Noch einmal!“, rief sie.", "Ich weiß nicht …", "„Gut!“"]),
        ("fr", ["On est partis à 18 h.", "Il pleuvait."]),
        ("pl", ["Wróciliśmy ok. 9.30 do domu.", "Jeszcze nie wiem."]),
        ("ru", ["«Ещё раз!» — крикнула она.", "Мы ушли."]),
        ("ko", ["오늘은 힘들었다.", '감독님이 "다시!"라고 했다.', "그래도 좋았다."]),
        ("ar", ["كان اليوم صعباً.", "هل نجحنا؟", "نعم!"]),
        ("hi", ["आज का दिन लंबा था।", "हम थक गए।"]),
    ],
)
def test_sentences_with_spaces_between_them(language: str, sentences: list[str]) -> None:
    assert pieces(" ".join(sentences), language) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["我们走了。", "明天见！", "好吗？", "价格是3.5元。"],
        ["“你真的要走吗？”他问。", "“是的。”她说。", "我……不知道。"],
        ["「行くよ。」と彼は言った。", "雨が降っていた！", "えっ？"],
        ["We stopped.", "然后大家都哭了。", "It was 3 a.m. then."],
    ],
)
def test_sentences_without_spaces_between_them(sentences: list[str]) -> None:
    assert pieces("".join(sentences)) == sentences


def test_lists_and_line_breaks_part_sentences() -> None:
    text = "1. Licht setzen\n2. Ton prüfen\n- müde\n\nFroh"
    assert pieces(text, "de") == ["1. Licht setzen", "2. Ton prüfen", "- müde", "Froh"]


def test_a_wrapped_line_goes_on() -> None:
    text = "This is a long line that a mail program has wrapped\nin the middle. Next one."
    assert pieces(text) == [
        "This is a long line that a mail program has wrapped\nin the middle.",
        "Next one.",
    ]


def test_emoji_stay_with_the_sentence_they_comment() -> None:
    assert pieces("Great day! 😀🎉 Then we slept.") == ["Great day! 😀🎉", "Then we slept."]


def test_a_smiley_ends_a_sentence_where_a_new_one_begins() -> None:
    assert pieces("All were happy :) Tomorrow we go on") == [
        "All were happy :)",
        "Tomorrow we go on",
    ]


def test_thai_phrases_are_parted_at_polite_endings() -> None:
    assert pieces("วันนี้เหนื่อยมากครับ เราถ่ายทำทั้งวัน")[0] == "วันนี้เหนื่อยมากครับ"


@given(st.text(alphabet="aB.。！? \n“”」…3é\u0301😀👍🏽\u200dก ข", max_size=120))
@settings(deadline=None)
def test_only_white_space_lies_between_sentences(text: str) -> None:
    place = 0
    for start, end in split(text):
        assert place <= start < end
        assert not text[place:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert safe(text, end)
        place = end
    assert not text[place:].strip()


def test_a_text_without_any_stop_is_split_in_linear_time() -> None:
    assert len(split("na " * 200_000)) == 1
    assert len(split("。" * 100_000 + "\n" * 100_000 + "…" * 100_000)) >= 1
