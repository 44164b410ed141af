"""Every row of the table of conventions, and prose that looks like one."""

from __future__ import annotations

import pytest

from survey.transcripts import TranscriptError, read
from survey.transcripts.conventions import BOLD, CONVENTIONS

EXAMPLES = {
    # a text; the convention; (speaker, start, words) of its turns
    "Anna: Hello.\n\nBen: Hi.\n\nAnna: Bye.": (
        "colon",
        [("Anna", None, "Hello."), ("Ben", None, "Hi."), ("Anna", None, "Bye.")],
    ),
    "主持人：你好。\n导演：记住：不要停。\n主持人：好。": (
        "colon",
        [("主持人", None, "你好。"), ("导演", None, "记住：不要停。"), ("主持人", None, "好。")],
    ),
    "聞き手：どうですか。\n田中：はい。\n聞き手：なるほど。\n田中：ええ。": (
        "colon",
        [
            ("聞き手", None, "どうですか。"),
            ("田中", None, "はい。"),
            ("聞き手", None, "なるほど。"),
            ("田中", None, "ええ。"),
        ],
    ),
    "진행자: 안녕하세요.\n김민수: 네.\n진행자: 좋아요.": (
        "colon",
        [
            ("진행자", None, "안녕하세요."),
            ("김민수", None, "네."),
            ("진행자", None, "좋아요."),
        ],
    ),
    "المحاور: مرحبا.\nسلمى: أهلا.\nالمحاور: شكرا.\nسلمى: عفوا.": (
        "colon",
        [
            ("المحاور", None, "مرحبا."),
            ("سلمى", None, "أهلا."),
            ("المحاور", None, "شكرا."),
            ("سلمى", None, "عفوا."),
        ],
    ),
    "Enquêteur : Alors ?\nHélène : Oui : toujours.\nEnquêteur : Bien.\nHélène : Oui.": (
        "colon",
        [
            ("Enquêteur", None, "Alors ?"),
            ("Hélène", None, "Oui : toujours."),
            ("Enquêteur", None, "Bien."),
            ("Hélène", None, "Oui."),
        ],
    ),
    "I: Wie war es?\nB1: Gut.\nI: Und dann?\nB1: Schlecht.": (
        "colon",
        [
            ("I", None, "Wie war es?"),
            ("B1", None, "Gut."),
            ("I", None, "Und dann?"),
            ("B1", None, "Schlecht."),
        ],
    ),
    "**Anna:** Hello.\n**Ben:** Hi.": ("colon", [("Anna", None, "Hello."), ("Ben", None, "Hi.")]),
    "[00:12:03] Anna: Hello.\n[00:12:09] Ben: Hi.": (
        "colon",
        [("Anna", 723.0, "Hello."), ("Ben", 729.0, "Hi.")],
    ),
    "Anna (00:12): Hello.\nBen (1:02:03): Hi.": (
        "colon",
        [("Anna", 12.0, "Hello."), ("Ben", 3723.0, "Hi.")],
    ),
    "Anna:\nHello.\n\nBen:\nHi.\n\nAnna:\nBye.": (
        "colon",
        [("Anna", None, "Hello."), ("Ben", None, "Hi."), ("Anna", None, "Bye.")],
    ),
    "Q1: What?\nA1: That.\nQ2: Who?\nA2: Me.": (
        "colon",
        [("Q", None, "What?"), ("A", None, "That."), ("Q", None, "Who?"), ("A", None, "Me.")],
    ),
    "[Anna] Hello.\n[Ben] Hi.\n[Anna] Bye.": (
        "brackets",
        [("Anna", None, "Hello."), ("Ben", None, "Hi."), ("Anna", None, "Bye.")],
    ),
    "[00:00:01.500 --> 00:00:04.000] [SPEAKER_00] Hello.\n"
    "[00:00:04.000 --> 00:00:05.000] [SPEAKER_01] Hi.": (
        "brackets",
        [("SPEAKER_00", 1.5, "Hello."), ("SPEAKER_01", 4.0, "Hi.")],
    ),
    "Anna Weiß  0:03\nHello.\n\nBen  0:07\nHi.\nAll fine.": (
        "name-time",
        [("Anna Weiß", 3.0, "Hello."), ("Ben", 7.0, "Hi.\nAll fine.")],
    ),
    "说话人 1 00:12\n你好\n\n说话人 2 00:15\n好的": (
        "name-time",
        [("说话人 1", 12.0, "你好"), ("说话人 2", 15.0, "好的")],
    ),
    "[00:12:03] Anna\nHello.\n[00:12:09] Ben\nHi.": (
        "time-name",
        [("Anna", 723.0, "Hello."), ("Ben", 729.0, "Hi.")],
    ),
    "Anna [00:12] Hello there.\nBen [00:15] Hi.": (
        "name-time-text",
        [("Anna", 12.0, "Hello there."), ("Ben", 15.0, "Hi.")],
    ),
    ">> Hello.\n>> Hi\nyou.\n>> Bye.": (
        "arrows",
        [(None, None, "Hello."), (None, None, "Hi\nyou."), (None, None, "Bye.")],
    ),
    "Q. What?\nA. That.\nQ. Who?\nA. Me.": (
        "letter",
        [("Q", None, "What?"), ("A", None, "That."), ("Q", None, "Who?"), ("A", None, "Me.")],
    ),
    "Anna\tHello.\nBen\tHi.\nAnna\tBye.": (
        "tab",
        [("Anna", None, "Hello."), ("Ben", None, "Hi."), ("Anna", None, "Bye.")],
    ),
    "Anna – Hello.\nBen – Hi.\nAnna – Bye.\nBen – Yes.": (
        "dash",
        [
            ("Anna", None, "Hello."),
            ("Ben", None, "Hi."),
            ("Anna", None, "Bye."),
            ("Ben", None, "Yes."),
        ],
    ),
    "田中「はい」\n佐藤「いいえ」\n田中「そうか」\n佐藤「ええ」": (
        "quotes",
        [
            ("田中", None, "「はい」"),
            ("佐藤", None, "「いいえ」"),
            ("田中", None, "「そうか」"),
            ("佐藤", None, "「ええ」"),
        ],
    ),
    "[Anna Weiß] 00:03:55\nHello.\n\n[Ben] 00:04:01\nHi.": (
        "brackets",
        [("Anna Weiß", 235.0, "Hello."), ("Ben", 241.0, "Hi.")],
    ),
    "12.03.24, 14:05 - Anna: Hallo.\n12.03.24, 14:06 - Ben: Hi.\nNa?": (
        "chat",
        [("Anna", None, "Hallo."), ("Ben", None, "Hi.\nNa?")],
    ),
    "ANNA Hello there.\nBEN Hi.\nANNA Bye.\nBEN Yes.": (
        "capitals",
        [
            ("ANNA", None, "Hello there."),
            ("BEN", None, "Hi."),
            ("ANNA", None, "Bye."),
            ("BEN", None, "Yes."),
        ],
    ),
    "INTERVIEWER\nHow was it?\n\nMARIA LOPEZ\nGood.\nVery.\n\nINTERVIEWER\nNice.": (
        "line",
        [
            ("INTERVIEWER", None, "How was it?"),
            ("MARIA LOPEZ", None, "Good.\nVery."),
            ("INTERVIEWER", None, "Nice."),
        ],
    ),
    "0:0:0.0 --> 0:0:2.340\nAnna Weiß\nHello.\n0:0:2.5 --> 0:0:5.0\nBen Ford\nHi.": (
        "line",
        [("Anna Weiß", 0.0, "Hello."), ("Ben Ford", 2.5, "Hi.")],
    ),
    "[00:01] So we went.\n[00:05] And then.\n[00:09] Back.": (
        "time",
        [(None, 1.0, "So we went."), (None, 5.0, "And then."), (None, 9.0, "Back.")],
    ),
    "– Allez-vous bien ?\n– Oui, merci.\n– Tant mieux.": (
        "hyphen",
        [
            (None, None, "Allez-vous bien ?"),
            (None, None, "Oui, merci."),
            (None, None, "Tant mieux."),
        ],
    ),
}


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda text: text[:30].replace("\n", "|"))
def test_each_convention_gives_speakers_times_and_words(text: str) -> None:
    convention, turns = EXAMPLES[text]
    transcript = read("interview.txt", text.encode())
    assert [(turn.speaker, turn.start, turn.text) for turn in transcript.turns] == turns
    assert transcript.convention == convention


def test_every_row_of_the_table_has_an_example() -> None:
    assert {convention for convention, _ in EXAMPLES.values()} == {row.key for row in CONVENTIONS}
    assert BOLD not in CONVENTIONS


@pytest.mark.parametrize(
    "text",
    [
        "Remember: never trust the first take.",
        "I have one rule.\nRemember: never trust a robot.\nNote: this is all.",
        "Das war so.\nUnd dann sagte er: geh weg.\nUnd dann sagte er: komm her.",
        "我想了很久。\n他说：不要停。\n他说：再来一次。",
        "We met at 12:30 and left at 14:00.\nAt 15:10 it rained.",
        "See https://example.org:80/x for more.\nSee http://example.org for less.",
        "It went like this :)\nReally :)",
    ],
)
def test_a_colon_in_prose_is_no_speaker(text: str) -> None:
    assert [(turn.speaker, turn.text) for turn in read("a.txt", text.encode()).turns] == [
        (None, text)
    ]


def test_prose_with_a_colon_stays_in_its_turn() -> None:
    text = "Anna: Well.\n\nRemember: never do that.\n\nBen: Why?\n\nAnna: Because.\n\nBen: Oh."
    turns = read("a.txt", text.encode()).turns
    assert turns[0].text == "Well.\n\nRemember: never do that."
    assert [turn.speaker for turn in turns] == ["Anna", "Ben", "Anna", "Ben"]


def test_a_list_inside_a_turn_is_no_speaker() -> None:
    text = "Anna: I like:\n- Films: good ones\n- Books: old ones\nBen: Why?\nAnna: So.\nBen: Ok."
    assert read("a.txt", text.encode()).turns[0].text.count("\n- ") == 2


def test_a_doubtful_label_is_offered_as_a_choice() -> None:
    text = "\n".join(
        ["Anna: One.", "Two.", "Ben: Three.", "Four.", "Anna: Five.", "Tom: Six.", "Ben: 7."]
    )
    transcript = read("a.txt", text.encode())
    assert transcript.speakers == ("Anna", "Ben")
    everyone = next(choice for choice in transcript.choices if choice.key.endswith(":all"))
    assert "Tom" in str(everyone.label)
    assert read("a.txt", text.encode(), everyone.key).speakers == ("Anna", "Ben", "Tom")


def test_other_conventions_are_choices_that_can_be_taken() -> None:
    text = "[00:12:03] Anna\nHello.\n[00:12:09] Ben\nHi."
    transcript = read("a.txt", text.encode())
    assert {"labels:time", "labels:none", "labels:paragraphs"} <= {
        one.key for one in transcript.choices
    }
    for choice in transcript.choices:
        assert read("a.txt", text.encode(), choice.key).turns
    assert [turn.speaker for turn in read("a.txt", text.encode(), "labels:none").turns] == [None]


def test_an_unknown_choice_is_refused() -> None:
    with pytest.raises(TranscriptError, match=r"a\.txt cannot be read in the way"):
        read("a.txt", b"Anna: Hello.\nBen: Hi.", "labels:nonsense")


def test_title_and_facts_are_a_heading_not_turns() -> None:
    text = (
        "Interview 3\nDate: 3 May\nInterviewer: Anna Schmidt\nPlace: Shanghai\n\n"
        "AS: Hello.\nB1: Hi.\nAS: So?\nB1: Well."
    )
    transcript = read("a.txt", text.encode())
    assert transcript.heading.startswith("Interview 3\nDate: 3 May\nInterviewer: Anna Schmidt")
    assert [turn.speaker for turn in transcript.turns] == ["AS", "B1", "AS", "B1"]


def test_words_before_the_first_label_are_a_turn_of_nobody() -> None:
    text = (
        "We had already begun when the recorder started.\n\nAnna: Yes.\n\nBen: No.\n\nAnna: Well."
    )
    first = read("a.txt", text.encode()).turns[0]
    assert (first.speaker, first.text) == (None, "We had already begun when the recorder started.")


def test_f4_time_codes_close_their_turns() -> None:
    text = "I: Wie war es? #00:00:05-1#\nB: Gut. #00:00:09-8#\nI: Schön. #00:00:12-0#"
    times = [(turn.start, turn.end, turn.text) for turn in read("a.txt", text.encode()).turns]
    assert times == [(0.0, 5.1, "Wie war es?"), (5.1, 9.8, "Gut."), (9.8, 12.0, "Schön.")]


def test_time_codes_inside_a_turn_become_marks() -> None:
    text = "Anna: One. [00:00:10] Two. [00:00:20] Three.\nBen: Yes.\nAnna: No."
    turn = read("a.txt", text.encode()).turns[0]
    assert turn.text == "One. Two. Three."
    assert [(turn.text[at:], moment) for at, moment in turn.marks] == [
        (" Two. Three.", 10.0),
        (" Three.", 20.0),
    ]


def test_a_label_without_words_stays_as_an_empty_turn() -> None:
    turns = read("a.txt", b"Anna: Hello.\n\nBen:\n\nAnna: Are you there?\n\nBen: Yes.").turns
    assert [(turn.speaker, turn.text) for turn in turns][1] == ("Ben", "")


def test_one_speaker_spelled_twice_is_one() -> None:
    assert read("a.txt", b"Anna: Hello.\nBEN: Hi.\nANNA: So.\nBen: Yes.").speakers == (
        "Anna",
        "BEN",
    )
