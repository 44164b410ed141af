from __future__ import annotations

import pytest

from nlp.themes.blanks import is_blank


@pytest.mark.parametrize(
    "text",
    [
        "Nothing today.",
        "N/A",
        "n.a.",
        "不知道",
        "不知道。。",
        "今天没什么特别的",
        "k.A.",
        "Keine Ahnung!",
        "rien",
        "Rien aujourd’hui",
        "なし",
        "特になし。",
        "없음",
        "ไม่มี",
        "ничего",
        "no sé",
        "...",
        "🙂",
        "",
        "[P07]",
        "ＮＡ",
        "No, that's all. Thank you!",
        "Sounds good, let's begin",
        "-",
        "2",
        "Sounds, great. I don't have any questions at the moment.",
        "That sounds perfectly fine. I'm ready when you are!",
        "Im Moment gerade nichts Besonderes.",
        "目前没有什么特别的，谢谢",
        "Rien de particulier pour l’instant.",
    ],
)
def test_says_nothing(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nothing worked today, the model kept adding fingers.",
        "不知道导演为什么选了第三条",
        "Keine Ahnung, warum die KI das Licht so setzt.",
        "No budget",
        "rien ne marche sans lumière",
        "[P07] cried",
        "Thank you for the light.",
        "Great. The fog came at the moment we were ready.",
        "今天没有灯光。",
        "Just the two of us today.",
    ],
)
def test_says_something(text: str) -> None:
    assert not is_blank(text)
