import pytest

from nlp.privacy import mask


def masked(text: str, name: str, language: str) -> str:
    return mask(text, names={"P1": name.split("|")}, language=language).text


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("王小明", "我和小明一起去，王小明没来。", "我和[P1]一起去，[P1]没来。"),
        ("王小明", "王老师說，王導演也说。", "[P1]說，[P1]也说。"),
        ("张丽华", "張麗華說不行，麗華很累。", "[P1]說不行，[P1]很累。"),
        ("張麗華", "张丽华说不行。", "[P1]说不行。"),
        ("李明", "李明说明天去，小明和明哥也去。", "[P1]说明天去，[P1]和[P1]也去。"),
        ("欧阳娜娜", "歐陽老師和娜娜来了。", "[P1]和[P1]来了。"),
        ("陈晓", "老陈说陈晓走了。", "[P1]说[P1]走了。"),
        ("王·小明", "王小明来了。", "[P1]来了。"),
        ("田中太郎", "田中さんと太郎くんが来た。", "[P1]と[P1]が来た。"),
        ("田中 太郎", "田中太郎監督が言った。", "[P1]監督が言った。"),
        ("アンナ・ベルク", "アンナが笑った。アンナ・ベルクは", "[P1]が笑った。[P1]は"),
        (
            "김민수",
            "민수가 왔고 김민수 씨는 김 감독님과 갔다.",
            "[P1]가 왔고 [P1] 씨는 [P1]과 갔다.",
        ),
        ("สมชาย ใจดี", "คุณสมชายมาแล้ว", "[P1]มาแล้ว"),
    ],
)
def test_names_in_characters_are_found(name: str, text: str, expected: str) -> None:
    assert masked(text, name, "und") == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("李明", "明天说明白，文明发明。"),
        ("王小明", "大小明显不同。"),
        ("王小明", "国王老师傅走了。"),
        ("高兴", "大家都很高兴，不高兴也没关系。"),
        ("王文", "王国的文化和文字。"),
        ("林 森", "森林の中で木が見えた。"),
        ("アン・リー", "アンケートとリーダー"),
        ("김민수", "고민수준이 높다. 김치를 먹었다."),
    ],
)
def test_characters_inside_other_words_are_left_alone(name: str, text: str) -> None:
    assert masked(text, name, "und") == text
