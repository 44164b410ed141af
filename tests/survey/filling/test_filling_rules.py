"""The rules of XLSForm one by one, as a participant and a screen meet them."""

from datetime import UTC, datetime, timedelta

import pytest

from i18n import Message
from survey.filling import AddressError, Filling, InstanceError, validate
from survey.xlsform import Form, attach, load
from survey.xpath import evaluate

NOW = datetime(2026, 6, 20, 21, 30, tzinfo=UTC)
CHOICES = """
| choices |
| | list_name | name  | label::English (en) | label::中文 (zh-Hans) | of |
| | country   | cn    | China               | 中国                  |    |
| | country   | de    | Germany             |                       |    |
| | city      | sh    | Shanghai            | 上海                  | cn |
| | city      | bj    | Beijing             | 北京                  | cn |
| | city      | b     | Berlin              | 柏林                  | de |
"""


def form(columns: str, *rows: str, more: str = "") -> Form:
    survey = "\n".join(f"| | {row} |" for row in (columns, *rows))
    return load(f"| survey |\n{survey}\n{more}".encode(), file_type=".md")


def filling(columns: str, *rows: str, more: str = "") -> Filling:
    return Filling(form(columns, *rows, more=more), now=NOW)


def names(day: Filling, path: str) -> list[str]:
    return [offer.name for offer in day.choices(path)]


def test_a_cascade_offers_what_fits_and_clears_what_no_longer_does() -> None:
    day = filling(
        "type | name | label | choice_filter",
        "select_one country | c | C | ",
        "select_multiple city | t | T | of = ${c}",
        more=CHOICES,
    )
    assert names(day, "/data/t") == []
    day.answer("/data/c", "cn")
    assert names(day, "/data/t") == ["sh", "bj"]
    day.answer("/data/t", ["sh", "bj"])
    day.answer("/data/c", "de")
    assert day.value("/data/t") is None
    day.answer("/data/t", ["sh"])
    assert [problem.kind for problem in day.problems()] == ["choice"]


def test_a_missing_translation_falls_back_and_is_marked() -> None:
    day = filling(
        "type | name | label::English (en) | label::中文 (zh-Hans) | hint::English (en)",
        "select_one country | c | Where, ${d}? | 哪里，${d}？ | a hint",
        "text | d | Only English | | ",
        more=CHOICES,
    )
    day.answer("/data/d", "Li")
    day.language = "zh-CN"
    assert day.language == "zh-Hans"
    assert (day.label("/data/c").text, day.label("/data/c").missing) == ("哪里，Li？", False)
    assert (day.label("/data/d").text, day.label("/data/d").missing) == ("Only English", True)
    assert day.hint("/data/c").missing
    assert [(str(o.label), o.label.missing) for o in day.choices("/data/c")] == [
        ("中国", False),
        ("Germany", True),
    ]
    day.language = "fr"
    assert day.language == "en"
    assert day.value("/data/d") == "Li"


def test_a_label_may_quote_a_list() -> None:
    day = filling(
        "type | name | label",
        "select_one country | c | C",
        "note | n | Of ${c}: instance('city')/root/item[of = ${c}]/label indeed",
        more=CHOICES,
    )
    day.answer("/data/c", "de")
    assert str(day.label("/data/n")) == "Of de: Berlin indeed"


def test_relevance_is_inherited_and_irrelevant_answers_read_as_blank() -> None:
    day = filling(
        "type | name | label | relevant | calculation",
        "integer | n | N | |",
        "begin group | g | G | ${n} > 1 |",
        "begin group | h | H | |",
        "integer | m | M | |",
        "end group | | | |",
        "end group | | | |",
        "calculate | twice | | | coalesce(${m}, 0) * 2",
    )
    day.answer("/data/n", 2)
    day.answer("/data/g/h/m", 21)
    assert day.relevant("/data/g/h/m")
    assert day.submission() == {"n": 2, "g": {"h": {"m": 21}}, "twice": 42}
    day.answer("/data/n", 0)
    assert not day.relevant("/data/g/h/m")
    assert day.submission() == {"n": 0, "twice": 0}
    assert [place.path for place in day.walk()] == ["/data/n"]


def test_a_repeat_count_grows_shrinks_and_gives_back_what_was_typed() -> None:
    day = filling(
        "type | name | label | repeat_count | calculation",
        "integer | n | N | |",
        "begin repeat | r | R | ${n} | ",
        "text | a | A | | ",
        "calculate | p | | | position(..)",
        "end repeat | | | |",
        "calculate | all | | | count(${r})",
    )
    assert day.repeat_count("/data/r") == 0
    day.answer("/data/n", 3)
    day.answer("/data/r[3]/a", "third")
    assert day.value("/data/all") == 3
    day.answer("/data/n", 1)
    assert day.submission() == {"n": 1, "r": [{"p": 1}], "all": 1}
    day.answer("/data/n", 3)
    assert day.value("/data/r[3]/a") == "third"
    with pytest.raises(AddressError):
        day.add_repeat("/data/r")


def test_turns_are_added_removed_and_renumbered() -> None:
    day = filling(
        "type | name | label | calculation | default",
        "begin repeat | r | R | |",
        "integer | a | A | | 4",
        "begin repeat | s | S | |",
        "text | b | B | | concat('n', position(..))",
        "end repeat | | | |",
        "calculate | p | | position(..) |",
        "end repeat | | | |",
        "calculate | sum | | sum(${a}) |",
    )
    assert day.add_repeat("/data/r") == 2
    assert day.add_repeat("/data/r[2]/s") == 2
    day.answer("/data/r[2]/a", 10)
    assert day.value("/data/sum") == 14
    assert day.value("/data/r[2]/s[2]/b") == "n2"
    day.remove_repeat("/data/r", 1)
    assert day.value("/data/r[1]/p") == 1
    assert day.value("/data/sum") == 10
    with pytest.raises(AddressError):
        day.remove_repeat("/data/r", 2)


def test_defaults_triggers_once_and_readonly() -> None:
    day = filling(
        "type | name | label | default | calculation | trigger | readonly",
        "integer | a | A | 3 | | |",
        "integer | b | B | 1 + 1 | | |",
        "text | seen | Seen | | now() | ${a} |",
        "calculate | dice | | | once(random()) | |",
        "text | fixed | Fixed | stays | | | yes",
        "integer | worked | Worked | | ${a} * 2 | |",
    )
    assert (day.value("/data/a"), day.value("/data/b")) == (3, 2)
    assert day.value("/data/seen") is None
    dice = day.value("/data/dice")
    day.answer("/data/a", 4)
    assert day.value("/data/seen").startswith("2026-06-20T21:30")
    day.answer("/data/fixed", "moved")
    day.answer("/data/worked", 5)
    assert (day.value("/data/fixed"), day.value("/data/worked")) == ("stays", 8)
    assert day.readonly("/data/fixed")
    again = Filling(day.form, answers=day.submission(), now=NOW + timedelta(days=1))
    assert again.value("/data/dice") == dice
    day.answer("/data/a", None)
    assert Filling(day.form, answers=day.submission(), now=NOW).value("/data/a") is None


def test_the_gate_does_not_believe_what_it_can_work_out() -> None:
    asked = form(
        "type | name | label | default | calculation | readonly",
        "integer | a | A | | |",
        "calculate | twice | | | ${a} * 2 |",
        "text | fixed | Fixed | stays | | yes",
        "text | shown | Shown | | | yes",
        "username | who | | | |",
    )
    sent = {"a": 4, "twice": 9000, "fixed": "moved", "shown": "x", "who": "P99", "more": 1}
    checked = validate(asked, sent, now=NOW, properties={"username": "P01"})
    assert checked.submission == {"a": 4, "twice": 8, "fixed": "stays", "who": "P01"}
    assert [(problem.path, problem.kind) for problem in checked.problems] == [
        ("/data/more", "unknown")
    ]


def test_messages_are_the_forms_own_in_the_language_shown() -> None:
    day = filling(
        "type | name | label::English (en) | label::中文 (zh-Hans) | required | constraint "
        "| constraint_message::English (en) | constraint_message::中文 (zh-Hans) | required_message",
        "integer | a | A | 甲 | ${b} = 'x' | . < 5 | at most 5, not ${a} | 最多 5 | needed",
        "text | b | B | 乙 | | | | |",
    )
    assert day.problems() == []
    day.answer("/data/b", "x")
    assert day.required("/data/a")
    assert day.problem("/data/a").message == "needed"  # type: ignore[union-attr]
    day.answer("/data/a", 7)
    assert [problem.message for problem in day.problems()] == ["at most 5, not 7"]
    day.language = "zh"
    assert [problem.message for problem in day.problems()] == ["最多 5"]


@pytest.mark.parametrize(
    ("kind", "wrong", "right", "kept"),
    [
        ("integer", "3.5", "٣", 3),
        ("integer", True, 12.0, 12),
        ("integer", "9" * 30, -4, -4),
        ("decimal", "1,5", "०.५", 0.5),
        ("decimal", float("nan"), "+2.50", 2.5),
        ("date", "2026-02-30", "2026-02-28", "2026-02-28"),
        ("date", "20.6.2026", "2026-06-20", "2026-06-20"),
        ("time", "25:00", "23:59", "23:59"),
        ("datetime", "2026-06-20T99", "2026-06-20T21:30:00+08:00", "2026-06-20T21:30:00+08:00"),
        ("select_one country", "fr", "cn", "cn"),
        ("select_multiple country", ["cn", "fr"], "cn de", ["cn", "de"]),
        ("rank country", ["cn"], ["de", "cn"], ["de", "cn"]),
        ("range", 11, 3, 3),
        ("range", 2.5, 10, 10),
        ("acknowledge", "no", True, "OK"),
        ("geopoint", "91 0", "31.2 121.5", "31.2 121.5"),
        ("text", "a\x00b", "e\u0301 اسم", "e\u0301 اسم"),
    ],
)
def test_each_type_takes_its_own_answers(
    kind: str, wrong: object, right: object, kept: object
) -> None:
    day = filling("type | name | label", f"{kind} | q | Q", more=CHOICES)
    day.answer("/data/q", wrong)
    (problem,) = day.problems()
    assert problem.path == "/data/q"
    assert isinstance(problem.message, Message)
    assert repr(day.value("/data/q")) == repr(wrong)
    day.answer("/data/q", right)
    assert day.problems() == []
    assert day.value("/data/q") == kept


def test_shuffled_choices_keep_their_order() -> None:
    rows = ["type | name | label | parameters", "select_one n | q | Q | randomize=true"]
    numbers = "\n".join(f"| | n | c{number} | C |" for number in range(20))
    asked = form(*rows, more=f"| choices |\n| | list_name | name | label |\n{numbers}\n")
    day = Filling(asked, instance_id="uuid:1")
    assert names(day, "/data/q") != sorted(names(day, "/data/q"))
    assert names(day, "/data/q") == names(Filling(asked, instance_id="uuid:1"), "/data/q")
    assert names(day, "/data/q") != names(Filling(asked, instance_id="uuid:2"), "/data/q")


def test_choices_and_data_come_from_attached_files() -> None:
    asked = form(
        "type | name | label | choice_filter | parameters | calculation",
        "text | land | Land | | |",
        "select_one_from_file cities.csv | city | City | land = ${land} | value=code label=called |",
        "calculate | people | | | | pulldata('cities', 'people', 'code', ${city})",
    )
    assert asked.files == ("cities.csv",)
    table = b"code,called,land,people\nsh,Shanghai,cn,25\nb,Berlin,de,4\n"
    day = Filling(attach(asked, {"cities.csv": table}))
    day.answer("/data/land", "de")
    assert [(offer.name, str(offer.label)) for offer in day.choices("/data/city")] == [
        ("b", "Berlin")
    ]
    day.answer("/data/city", "b")
    assert day.value("/data/people") == "4"
    assert validate(asked, {"city": "b"}).valid


def test_earlier_answers_are_offered_as_choices() -> None:
    day = filling(
        "type | name | label",
        "begin repeat | person | Person",
        "text | called | Called",
        "end repeat | | ",
        "select_one ${called} | best | Best",
    )
    day.answer("/data/person[1]/called", "Li")
    day.add_repeat("/data/person")
    day.answer("/data/person[2]/called", "Ada")
    assert names(day, "/data/best") == ["Li", "Ada"]
    day.answer("/data/best", "Ada")
    day.remove_repeat("/data/person", 2)
    assert day.value("/data/best") is None


def test_metadata_instance_name_and_own_answers_beside_a_list() -> None:
    asked = form(
        "type | name | label",
        "start | begun | ",
        "end | done | ",
        "today | day | ",
        "username | who | ",
        "select_one country or_other | c | C",
        more=CHOICES + "| settings |\n| | instance_name | form_id | version |\n"
        "| | concat('day of ', ${c}) | diary | 7 |\n",
    )
    day = Filling(asked, now=NOW, properties={"username": "P07"})
    day.answer("/data/c", "other")
    assert day.relevant("/data/c_other")
    day.answer("/data/c_other", "Mars")
    assert day.instance_name == "day of other"
    submission = day.submission()
    assert submission == {
        "begun": "2026-06-20T21:30:00.000+00:00",
        "done": "2026-06-20T21:30:00.000+00:00",
        "day": "2026-06-20",
        "who": "P07",
        "c": "other",
        "c_other": "Mars",
    }
    xml = day.instance_xml()
    assert ' id="diary" version="7"' in xml
    assert evaluate("/data/meta/instanceID", instance=xml) == [day.instance_id]


def test_an_audit_question_keeps_a_trail() -> None:
    day = filling(
        "type | name | label | parameters",
        "audit | | | track-changes=true identify-user=true",
        "select_multiple country | c | C |",
        more=CHOICES,
    )
    day.answer("/data/c", ["cn"])
    day.answer("/data/c", ["cn", "de"])
    assert day.audit.splitlines() == [
        "event,node,start,end,old-value,new-value,user",
        "form start,,1781991000000,,,,",
        "question,/data/c,1781991000000,,,cn,",
        "question,/data/c,1781991000000,,cn,cn de,",
    ]
    assert filling("type | name | label", "text | a | A").audit == ""


def test_an_expression_is_evaluated_in_a_filling() -> None:
    day = filling("type | name | label", "integer | a | A")
    day.answer("/data/a", 20)
    assert evaluate("/data/a + 1", instance=day) == 21
    assert evaluate(". * 2", instance=day, context="/data/a") == 40


def test_foreign_xml_is_refused() -> None:
    asked = form("type | name | label", "integer | a | A")
    for xml in (
        "<data",
        "<other/>",
        '<data id="other"/>',
        '<!DOCTYPE d [<!ENTITY e "x">]><data>&e;</data>',
    ):
        with pytest.raises(InstanceError):
            Filling.from_xml(asked, xml)


def test_ten_thousand_turns_and_no_more() -> None:
    day = filling(
        "type | name | label | repeat_count | calculation",
        "integer | n | N | |",
        "begin repeat | r | R | ${n} |",
        "calculate | p | | | 1 + 1",
        "end repeat | | | |",
    )
    day.answer("/data/n", 10_000)
    assert len(day.submission()["r"]) == 10_000
    day.answer("/data/n", 10_001)
    assert [problem.kind for problem in day.problems()] == ["formula"]


def test_a_formula_that_would_take_too_long_is_named_not_run() -> None:
    day = filling(
        "type | name | label | calculation",
        "begin repeat | r | R | ",
        "integer | a | A | ",
        "end repeat | | |",
        "calculate | pairs | | count(/data/r[a < count(/data/r[a > 2])])",
    )
    assert day.problems() == []
    many = Filling(day.form, answers={"r": [{"a": 1}] * 5_000})
    assert [(problem.path, problem.kind) for problem in many.problems()] == [
        ("/data/pairs", "formula")
    ]


def test_names_may_be_words_of_python_sql_and_xpath() -> None:
    day = filling(
        "type | name | label | relevant | calculation",
        "integer | class | Class | |",
        "text | select | اسم | ${class} > 1 |",
        "text | None | e\u0301 | ${select} != '' |",
        "text | and | And | ${None} = 'x' |",
        "text | or | Or | ${and} = 'y' |",
        "calculate | div | | | concat(${and}, ${or}, ${class} div 2, ${class} mod 2)",
    )
    answers = {"class": 4, "select": "ا", "None": "x", "and": "y", "or": "z"}
    for name, value in answers.items():
        day.answer(f"/data/{name}", value)
    assert day.problems() == []
    assert day.submission() == {**answers, "div": "yz20"}
