import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.passages import Passage, cut
from nlp.passages.cutting import LONGEST, words
from nlp.passages.sentences import safe

MIXED_TEXT = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            [
                "The light was wrong. ",
                "我们等了很久。",
                "Heute war alles anders, sagte sie. ",
                "👩‍👩‍👧‍👦",
                "𠮷野家で食べた。",
                "مرحبا بكم. ",
                "\n\n",
                "\r\n",
                "e\u0301",
                " ",
                "🇩🇪🇨🇳",
            ]
        ),
    ),
    max_size=30,
).map("".join)


def rebuilds(text: str, passages: list[Passage]) -> bool:
    place = 0
    for passage in passages:
        gap = text[place : passage.start]
        if gap.strip() or passage.text != text[passage.start : passage.end]:
            return False
        if not passage.text or passage.start < place:
            return False
        place = passage.end
    return not text[place:].strip()


@given(MIXED_TEXT)
@settings(deadline=None)
def test_passages_and_gaps_rebuild_the_text(text: str) -> None:
    assert rebuilds(text, cut(text))


VISIBLE = st.sampled_from(["a", "b", "我", " ", "👩\u200d🎤", "👍🏽", "e\u0301", "、"])


@given(st.lists(VISIBLE, min_size=2, max_size=30))
@settings(max_examples=40, deadline=None)
def test_endless_sentences_are_divided_between_visible_characters(parts: list[str]) -> None:
    text = "".join(parts) * 100
    passages = cut(text, languages=["en"])
    assert rebuilds(text, passages)
    for passage in passages:
        assert words(passage.text) <= 2 * LONGEST
        assert safe(text, passage.start)


def test_short_sentences_of_one_thought_are_joined() -> None:
    text = (
        "I was tired. Very tired. We still made it. The director chose the first take in the end."
    )
    assert len(cut(text)) < 3


def test_full_sentences_stand_alone() -> None:
    first = "We spent the whole morning building the light for one single shot of the kitchen."
    second = "In the afternoon the model gave us forty versions of it and nobody could choose."
    assert [passage.text for passage in cut(f"{first} {second}")] == [first, second]


def test_blank_lines_are_never_joined_over() -> None:
    assert [passage.text for passage in cut("Short.\n\nAlso short.")] == ["Short.", "Also short."]


def test_passages_part_where_the_language_changes() -> None:
    text = "Das war schwer, aber gut. The director was really happy with it today. 我们都很累。"
    assert [passage.language for passage in cut(text)] == ["de", "en", "zh-Hans"]


def test_a_sentence_in_two_languages_is_marked() -> None:
    assert [passage.language for passage in cut("今天很累, but I loved every minute.")] == ["mul"]


def test_short_pieces_take_the_language_of_the_text() -> None:
    text = "雨が降っていたので、撮影は中止になりました。みんなで宿に戻りました。\n\n本当？"
    assert {passage.language for passage in cut(text)} == {"ja"}


@pytest.mark.parametrize("text", ["", "  \n ", "\u3000"])
def test_nothing_gives_no_passage(text: str) -> None:
    assert cut(text) == []


def test_emoji_alone_are_a_passage_without_language() -> None:
    assert cut("😀👍🏽") == [Passage(0, 3, "😀👍🏽", "und")]


@pytest.mark.parametrize("piece", ["+1-", "민수이나", "a.", "😀", "…", "\u0301", "(", "a@"])
def test_jumble_is_cut_into_pieces_of_bounded_length(piece: str) -> None:
    passages = cut(piece * 20_000)
    assert rebuilds(piece * 20_000, passages)
    assert max(len(passage.text) for passage in passages) < 3000 or piece == "\u0301"


def test_a_huge_line_is_cut_in_reasonable_time() -> None:
    passages = cut("word " * 20_000 + "字" * 20_000)
    assert sum(len(passage.text) for passage in passages) > 110_000
