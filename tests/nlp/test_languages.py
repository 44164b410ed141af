import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.languages import detect


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("We were all so tired that nobody wanted to look at the take again.", "en"),
        ("Heute haben wir das Licht dreimal umgebaut und am Ende war es gut.", "de"),
        ("Nous avons tourné la scène dans la rue et il a plu tout le temps.", "fr"),
        ("Hoy la directora no estaba contenta con la toma que elegimos.", "es"),
        ("Oggi abbiamo girato la scena più difficile del nostro film.", "it"),
        ("Hoje não conseguimos terminar a cena porque choveu muito.", "pt"),
        ("Vandaag hebben we de scène opnieuw gedraaid omdat het licht niet goed was.", "nl"),
        ("Dziś nie udało się skończyć zdjęć, bo padał deszcz.", "pl"),
        ("Bugün sahneyi bitiremedik çünkü çok yağmur yağdı.", "tr"),
        ("今天我们拍了三十条，最后选了第一条。", "zh-Hans"),
        ("今天我們拍了三十條，最後選了第一條。", "zh-Hant"),
        ("今日は三十回も撮って、結局最初のを選びました。", "ja"),
        ("오늘 서른 번 찍고 결국 첫 번째를 골랐다.", "ko"),
        ("Сегодня мы сняли тридцать дублей.", "ru"),
        ("صورنا اليوم ثلاثين لقطة واخترنا الأولى.", "ar"),
        ("आज हमने तीस टेक लिए और पहला चुना।", "hi"),
        ("วันนี้เราถ่ายสามสิบเทคแล้วเลือกเทคแรก", "th"),
    ],
)
def test_sentences_are_told_apart(text: str, tag: str) -> None:
    assert detect(text) == tag


@pytest.mark.parametrize(
    "text", ["", "   ", "12 345", "😀👍🏽", "…!?", "https://a.example/b", "[P07]"]
)
def test_without_words_there_is_no_language(text: str) -> None:
    assert detect(text, languages=["de"]) == "und"


@pytest.mark.parametrize("text", ["ok", "hm", "lol"])
def test_a_word_without_context_is_unknown(text: str) -> None:
    assert detect(text) == "und"


@pytest.mark.parametrize(
    ("text", "languages", "tag"),
    [
        ("Danke", ["de"], "de"),
        ("Hello", ["de", "en"], "en"),
        ("你好", ["zh-Hant"], "zh-Hant"),
        ("你好", ["zh-TW"], "zh-Hant"),
        ("你好", [], "zh-Hans"),
        ("撮影監督", ["ja"], "ja"),
        ("我们学校", ["ja"], "zh-Hans"),
        ("Vi var jättetrötta", ["sv"], "sv"),
    ],
)
def test_short_texts_lean_on_what_the_person_writes(
    text: str, languages: list[str], tag: str
) -> None:
    assert detect(text, languages=languages) == tag


@pytest.mark.parametrize(
    "text",
    [
        "今天很累, but I loved every minute of it.",
        "Heute haben wir das Licht gesetzt, but the director did not like it at all.",
        "この映画は好きでした。我们都喜欢这个故事的结局，也喜欢演员。",
        "Мы очень устали сегодня, but the take was good.",
    ],
)
def test_two_languages_in_one_text_are_mixed(text: str) -> None:
    assert detect(text) == "mul"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("今天我们用 Midjourney 和 Stable Diffusion 生成了三十张图", "zh-Hans"),
        ("Wir haben das Meeting gecancelt, weil der Prompt nicht funktioniert hat.", "de"),
        ("这个の字很可爱，我们在片场都这么写。", "zh-Hans"),
    ],
)
def test_borrowed_words_do_not_make_a_text_mixed(text: str, tag: str) -> None:
    assert detect(text) == tag


@given(st.text(max_size=200), st.lists(st.sampled_from(["de", "zh-Hant", "ja", "xx", "sv"])))
@settings(deadline=None)
def test_any_text_gets_a_tag(text: str, languages: list[str]) -> None:
    assert detect(text, languages=languages)
