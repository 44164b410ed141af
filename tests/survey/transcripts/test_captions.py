"""WebVTT, SRT and how cues become turns."""

from __future__ import annotations

import datetime as dt

import srt
import webvtt

from survey.transcripts import read

VOICES = """WEBVTT

NOTE made by a meeting program

1a2b/1-0
00:00:01.000 --> 00:00:03.000
<v Anna Weiß>Good morning,</v>

1a2b/1-1
00:00:03.000 --> 00:00:05.500
<v Anna Weiß>everybody.</v>

1a2b/2-0
00:00:05.000 --> 00:00:07.000
<v Ben>Morning &amp; <i>welcome</i>.</v>
"""


def test_voice_tags_name_speakers_and_consecutive_cues_merge() -> None:
    transcript = read("meeting.vtt", VOICES.encode())
    assert [(turn.speaker, turn.start, turn.end, turn.text) for turn in transcript.turns] == [
        ("Anna Weiß", 1.0, 5.5, "Good morning, everybody."),
        ("Ben", 5.0, 7.0, "Morning & welcome."),
    ]
    assert transcript.turns[0].marks == ((14, 3.0),)
    assert (transcript.format, transcript.convention) == ("webvtt", "voices")


def test_cues_can_stay_apart_by_choice() -> None:
    transcript = read("meeting.vtt", VOICES.encode(), "cues:separate")
    assert [turn.text for turn in transcript.turns][:2] == ["Good morning,", "everybody."]


def test_the_words_are_those_webvtt_py_finds() -> None:
    words = " ".join(caption.text for caption in webvtt.from_string(VOICES).captions)
    turns = read("a.vtt", VOICES.encode()).turns
    assert " ".join(turn.text for turn in turns) == words.replace("&amp;", "&")


def test_two_voices_in_one_cue_are_two_turns() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Yes?\n<v.loud Ben>No!\n"
    turns = read("a.vtt", text.encode()).turns
    assert [(turn.speaker, turn.start, turn.text) for turn in turns] == [
        ("Anna", 1.0, "Yes?"),
        ("Ben", 1.0, "No!"),
    ]


def test_labels_in_captions_name_speakers_until_the_next() -> None:
    pieces = ["Anna: Where were you", "yesterday?", "Ben: At home.", "Anna: Remember: never lie."]
    cues = [
        srt.Subtitle(at + 1, dt.timedelta(seconds=at), dt.timedelta(seconds=at + 1), words)
        for at, words in enumerate(pieces)
    ]
    transcript = read("a.srt", srt.compose(cues).encode())
    assert [(turn.speaker, turn.start, turn.end, turn.text) for turn in transcript.turns] == [
        ("Anna", 0.0, 2.0, "Where were you yesterday?"),
        ("Ben", 2.0, 3.0, "At home."),
        ("Anna", 3.0, 4.0, "Remember: never lie."),
    ]
    assert transcript.format == "srt"


def test_captions_without_names_end_a_turn_with_a_sentence_or_a_pause() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nWe went\n\n2\n00:00:02,000 --> 00:00:03,000\nhome.\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\nand then\n\n4\n00:00:09,000 --> 00:00:10,000\nout\n"
    )
    assert [turn.text for turn in read("a.srt", text.encode()).turns] == [
        "We went home.",
        "and then",
        "out",
    ]


def test_chinese_captions_join_without_spaces() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 导演>我们\n\n"
        "00:02.000 --> 00:03.000\n<v 导演>开始吧\n"
    )
    assert read("a.vtt", text.encode()).turns[0].text == "我们开始吧"


def test_overlapping_turns_stay_in_their_order() -> None:
    text = (
        "WEBVTT\n\n00:00.000 --> 00:04.000\n<v A>one\n\n00:02.000 --> 00:03.000\n<v B>two\n\n"
        "00:04.000 --> 00:05.000\n<v A>three\n"
    )
    times = [(turn.speaker, turn.start, turn.end) for turn in read("a.vtt", text.encode()).turns]
    assert times == [("A", 0.0, 4.0), ("B", 2.0, 3.0), ("A", 4.0, 5.0)]


def test_rolling_captions_say_everything_once() -> None:
    text = (
        "WEBVTT\n\n00:00.000 --> 00:02.000\nwe<00:00:01.000><c> went</c>\n\n"
        "00:02.000 --> 00:02.010\nwe went\n\n"
        "00:02.010 --> 00:04.000\nwe went\nhome<00:00:03.000><c> late</c>\n"
    )
    assert " ".join(turn.text for turn in read("a.vtt", text.encode()).turns) == "we went home late"


def test_markup_and_scripts_are_dropped_and_nothing_else() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna><script>alert(1)</script> 3 < 4 <b>bold</b>\n"
    )
    assert read("a.vtt", text.encode()).turns[0].text == "alert(1) 3 < 4 bold"


def test_damaged_captions_are_read_as_far_as_they_go() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nAnna: One\n"
        "2\n00:00:02,000 --> 00:00:03,000\nBen: Two\n3\n00:0"
    )
    turns = read("a.srt", text.encode()).turns
    assert [turn.speaker for turn in turns] == ["Anna", "Ben"]
    assert turns[0].text == "One"
