import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.privacy import mask

NAMES = {
    "P07": ["王小明", "Wang Xiaoming"],
    "P08": ["李明"],
    "P01": ["Anna Müller", "Annie"],
    "P02": ["Jörg Weiß"],
    "P06": ["Will Young"],
    "P03": ["Мария Иванова"],
    "P05": ["김민수", "Kim Min-su"],
    "P11": ["محمد العلي"],
    "P13": ["สมชาย ใจดี"],
    "team:A": ["Blue Team", "蓝队"],
}
FRAGMENTS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            *(spelling for spellings in NAMES.values() for spelling in spellings),
            *(
                "[P07]",
                "[team]",
                "[phone]",
                "[P07",
                "P07]",
                "Mr. ",
                "Herr ",
                "老师",
                "小",
                "王",
                "明天",
            ),
            *(
                "Mueller",
                "Annas",
                "xiǎo míng",
                "Will ",
                "will ",
                " said ",
                "Марией",
                "민수가",
                "ومحمد",
            ),
            *(
                "a@b.org",
                "+49 170 1234567",
                "https://x.de/王小明",
                "@wangxm",
                "13812345678",
                "A. Müller",
            ),
            *(" ", ". ", ", ", "-", "'s ", "\n", "2", "ß", "e\u0301", "👩‍🎤"),
        ]
    ),
)
TEXTS = st.lists(FRAGMENTS, max_size=12).map("".join)
LANGUAGES = st.sampled_from(["en", "de", "zh-Hans", "zh-Hant", "ru", "ko", "th", "und", "mul"])


def masked(text: str, language: str = "en") -> str:
    return mask(text, names=NAMES, language=language).text


@given(TEXTS, LANGUAGES)
@settings(deadline=None, max_examples=200)
def test_masking_again_changes_nothing(text: str, language: str) -> None:
    once = masked(text, language)
    assert masked(once, language) == once


@given(TEXTS, LANGUAGES)
@settings(deadline=None, max_examples=200)
def test_spans_say_what_was_replaced_where(text: str, language: str) -> None:
    result = mask(text, names=NAMES, language=language)
    place, masked_place, rebuilt = 0, 0, []
    for span in result.spans:
        assert place <= span.start < span.end
        rebuilt.append(result.text[masked_place : span.masked_start])
        assert rebuilt[-1] == text[place : span.start]
        placeholder = result.text[span.masked_start : span.masked_end]
        assert placeholder == f"[{span.code if span.kind == 'person' else span.kind}]"
        place, masked_place = span.end, span.masked_end
    assert text[place:] == result.text[masked_place:]


@given(TEXTS)
@settings(deadline=None, max_examples=100)
def test_without_known_names_no_name_is_masked(text: str) -> None:
    assert all(span.code is None for span in mask(text, names={}, language="en").spans)


def test_one_person_is_always_the_same_code() -> None:
    text = "Wang Xiaoming came late. 王小明 knows. XIAO-MING laughed; Wáng Xiǎomíng too."
    assert masked(text) == "[P07] came late. [P07] knows. [P07] laughed; [P07] too."


def test_offsets_count_code_points() -> None:
    text = "🎬👩‍🎤 𠮷 e\u0301 Anna Müller"
    (span,) = mask(text, names=NAMES, language="de").spans
    assert text[span.start : span.end] == "Anna Müller"
    assert (span.kind, span.code) == ("person", "P01")


def test_neighbouring_parts_of_one_name_become_one_code() -> None:
    assert masked("Мы говорили с Марией Ивановой.", "ru") == "Мы говорили с [P03]."


def test_teams_have_one_placeholder() -> None:
    assert masked("The Blue Team and 蓝队 won, the sky was blue.") == (
        "The [team] and [team] won, the sky was blue."
    )


def test_a_name_that_several_people_bear_is_masked_without_a_code() -> None:
    names = {"P1": ["Anna Berger"], "P2": ["Anna Sommer"]}
    result = mask("Anna lachte. Anna Berger nicht.", names=names, language="de")
    assert result.text == "[name] lachte. [P1] nicht."
    assert result.spans[0].code is None


@pytest.mark.parametrize("text", ["[P07] sagte", "[team] won", "[phone]", "[name] and [link]"])
def test_placeholders_are_left_alone(text: str) -> None:
    names = {**NAMES, "P99": ["phone", "team", "P07", "link"]}
    assert mask(text, names=names, language="en").text == text


@pytest.mark.parametrize("spelling", ["", " ", "?", "(", "A", "明", "]", "[P07]", "/"])
def test_odd_spellings_do_no_harm(spelling: str) -> None:
    text = "A day. 明天 (we) go on, [P07] or not?"
    assert mask(text, names={"P1": [spelling]}, language="en").text == text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Rowan 说：再来一条", "zh-Hans"),
        ("Rowan觉得好。", "zh-Hans"),
        ("Mark はそう言った。", "ja"),
    ],
)
def test_a_name_that_is_also_a_word_is_a_name_in_a_script_without_capitals(
    text: str, language: str
) -> None:
    masked = mask(text, names={"P08": ["Rowan", "Mark"]}, language=language)
    assert masked.text.startswith("[P08]")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The Last Ferry won, and Last Ferry people sang.", "en", "[team] won, and [team] people sang."),
        ("We lit a lantern for Lantern. The lantern team won.", "en", "We lit a lantern for [team]. The [team] won."),
        ("Die Laterne ging aus, als Laterne dran war.", "de", "Die Laterne ging aus, als [team] dran war."),
        ("我和末班渡船組一起，燈塔隊也来了。", "zh-Hans", "我和[team]一起，[team]也来了。"),
        ("L'équipe lumière et Equipe Lumiere", "fr", "L'[team] et [team]"),
    ],
)  # fmt: skip
def test_teams_are_masked_as_people_write_them(text: str, language: str, expected: str) -> None:
    names = {
        "team:1": ["The Last Ferry", "末班渡船"],
        "team:2": ["Lantern", "Laterne", "灯塔"],
        "team:3": ["Équipe Lumière"],
    }
    assert mask(text, names=names, language=language).text == expected
