import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.privacy import mask


def masked(text: str) -> str:
    return mask(text, names={}, language="en").text


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("email", "anna.mueller+film@set.example.org"),
        ("email", "a_b@例.example.org"[:3] + "@x.example.org"),
        ("email", "anna (at) example.org"),
        ("link", "https://drive.example.com/a/b?c=d#e"),
        ("link", "www.example.de/über"),
        ("link", "example.com/profile"),
        ("handle", "@anna_m.film"),
        ("handle", "anna.film#1234"),
        ("phone", "+49 170 1234567"),
        ("phone", "+86-138-1234-5678"),
        ("phone", "138 1234 5678"),
        ("phone", "13812345678"),
        ("phone", "(021) 6234-5678"),
        ("phone", "030/123456-78"),
        ("phone", "(555) 123-4567"),
        ("phone", "090-1234-5678"),
        ("phone", "010-1234-5678"),
        ("phone", "06 12 34 56 78"),
        ("phone", "0044 20 7946 0958"),
        ("id", "11010519491231002X"),
        ("id", "DE89 3704 0044 0532 0130 00"),
        ("id", "E12345678"),
        ("id", "900101-1234567"),
        ("id", "4111 1111 1111 1111"),
        ("address", "Königstraße 12a, 10115 Berlin"),
        ("address", "221b Baker Street"),
        ("address", "12 rue de la Paix, 75002 Paris"),
        ("address", "Calle de Alcalá 45"),
        ("address", "上海市徐汇区淮海中路123号5栋601室"),
        ("address", "ул. Ленина, д. 5, кв. 12"),
        ("address", "서울시 강남구 테헤란로 152"),
    ],
)
def test_what_identifies_a_person_is_masked(kind: str, value: str) -> None:
    assert masked(f"Here: {value}, yes.") == f"Here: [{kind}], yes."


@pytest.mark.parametrize(
    "text",
    [
        "On 12.05.2024 at 18:30, 2024-05-12 and 5/12/2024.",
        "From 2023-2024 we spent 10 000 000 euros, then 1,250,000.00 more.",
        "Take 1204 of scene 33, 00:12:03,450 in the cut.",
        "第12345号文件，预算3500000元。",
        "Version 3.12.0.1 with a 50-200 mm lens, f/2.8 and ISO 12800.",
        "He left.It was late. See e.g. the A7S3 or 4K60.",
        "We met @ 5 and rated it 9/10.",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert masked(text) == text


def test_announced_numbers_and_accounts_are_masked() -> None:
    assert masked("Call me: 55 12 34 now") == "Call me: [phone] now"
    assert masked("passport no. C01X00T47!") == "passport no. [id]!"
    assert masked("WeChat: anna_film88") == "WeChat: [handle]"
    assert masked("我的微信号是 x。微信：annafilm88") == "我的微信号是 x。微信：[handle]"


@given(st.text(alphabet="0123456789 -+().@/:aA#号路\n", max_size=80))
@settings(deadline=None)
def test_any_jumble_is_masked_once_and_for_all(text: str) -> None:
    once = masked(text)
    assert masked(once) == once


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "a.",
        "@a",
        "A.1",
        "A-",
        "김민수이나",
        "이나",
        "上路",
        "1/",
        "路1",
        "Aa ",
        "(",
        "a@",
        "0-",
        "王",
        "A. ",
    ],
)
def test_a_long_hostile_line_takes_no_longer_than_its_length(piece: str) -> None:
    text = piece * 20_000
    started = time.perf_counter()
    mask(text, names={"P1": ["王小明", "Anna Aa", "김민수"]}, language="en")
    assert time.perf_counter() - started < 10
