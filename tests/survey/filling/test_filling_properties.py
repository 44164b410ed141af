"""What holds for any questionnaire and any answers."""

import json
from datetime import UTC, datetime
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.respondent import respond
from survey.filling import Filling, validate
from survey.xlsform import load

NOW = datetime(2026, 6, 20, 21, 30, tzinfo=UTC)
FORM = load(
    """
    | survey |
    | | type                  | name   | label::English (en) | label::中文 (zh-Hans) | relevant            | calculation        | required | constraint | choice_filter     | repeat_count | default |
    | | text                  | class  | Name                | 名字                  |                     |                    | yes      |            |                   |              |         |
    | | select_one place      | place  | Where?              | 哪里？                |                     |                    |          |            |                   |              |         |
    | | select_one town       | town   | Which town?         | 哪个城市？            | ${place} != ''      |                    |          |            | place = ${place}  |              |         |
    | | select_multiple place | seen   | Seen                | 见过                  |                     |                    |          |            |                   |              |         |
    | | integer               | many   | How many takes?     | 几条？                |                     |                    |          | . < 5      |                   |              | 2       |
    | | begin repeat          | take   | Take                | 条                    |                     |                    |          |            |                   | ${many}      |         |
    | | decimal               | long   | How long?           | 多长？                |                     |                    |          |            |                   |              |         |
    | | text                  | why    | Why?                | 为什么？              | ${long} > 1         |                    | yes      |            |                   |              |         |
    | | calculate             | share  |                     |                       |                     | ${long} div ${all} |          |            |                   |              |         |
    | | begin repeat          | word   | Word                | 词                    |                     |                    |          |            |                   |              |         |
    | | text                  | select | Word                | 词                    | ${long} != 3        |                    |          |            |                   |              |         |
    | | end repeat            |        |                     |                       |                     |                    |          |            |                   |              |         |
    | | end repeat            |        |                     |                       |                     |                    |          |            |                   |              |         |
    | | calculate             | all    |                     |                       |                     | sum(${long})       |          |            |                   |              |         |
    | | begin group           | end_   | End                 | 结束                  | ${all} > 2          |                    |          |            |                   |              |         |
    | | date                  | import | When?               | 何时？                |                     |                    |          |            |                   |              |         |
    | | note                  | said   | ${class}: ${all}    | ${class}：${all}      |                     |                    |          |            |                   |              |         |
    | | end group             |        |                     |                       |                     |                    |          |            |                   |              |         |
    | choices |
    | | list_name | name | label::English (en) | label::中文 (zh-Hans) | place |
    | | place     | cn   | China               | 中国                  |       |
    | | place     | de   | Germany             | 德国                  |       |
    | | town      | sh   | Shanghai            | 上海                  | cn    |
    | | town      | bj   | Beijing             | 北京                  | cn    |
    | | town      | b    | Berlin              | 柏林                  | de    |
    """.encode(),
    file_type=".md",
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.one_of(st.integers(-3, 9), st.decimals(-9, 9, places=2).map(float))
ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "/data/class": TEXTS,
    "/data/place": st.sampled_from(["cn", "de", "elsewhere", None]),
    "/data/town": st.sampled_from(["sh", "bj", "b", None]),
    "/data/seen": st.lists(st.sampled_from(["cn", "de"])),
    "/data/take[1]/long": NUMBERS,
    "/data/take[2]/long": NUMBERS,
    "/data/take[1]/why": TEXTS,
    "/data/take[2]/word[1]/select": TEXTS,
    "/data/end_/import": st.dates().map(str) | st.just("someday"),
}
FEW = settings(max_examples=60, deadline=None)


@FEW
@given(answers=st.fixed_dictionaries(ANSWERS), data=st.data())
def test_the_order_of_answering_does_not_matter(
    answers: dict[str, Any], data: st.DataObject
) -> None:
    one, other = Filling(FORM, now=NOW), Filling(FORM, now=NOW)
    for path, value in answers.items():
        one.answer(path, value)
    for path in data.draw(st.permutations(list(answers))):
        other.answer(path, answers[path])
    assert other.submission() == one.submission()
    assert other.problems() == one.problems()
    assert other.draft() == one.draft()


@FEW
@given(answers=st.fixed_dictionaries(ANSWERS))
def test_recomputing_at_once_gives_what_recomputing_step_by_step_gave(
    answers: dict[str, Any],
) -> None:
    stepwise = Filling(FORM, now=NOW)
    for path, value in answers.items():
        stepwise.answer(path, value)
    at_once = Filling(FORM, answers=stepwise.draft(), now=NOW)
    assert at_once.submission() == stepwise.submission()
    assert at_once.problems() == stepwise.problems()
    places = [(place.part, place.path) for place in stepwise.walk()]
    assert [(place.part, place.path) for place in at_once.walk()] == places


@FEW
@given(answers=st.fixed_dictionaries(ANSWERS))
def test_json_survives_being_written_and_read(answers: dict[str, Any]) -> None:
    filling = Filling(FORM, now=NOW)
    for path, value in answers.items():
        filling.answer(path, value)
    kept = json.loads(json.dumps(filling.draft()))
    assert Filling(FORM, answers=kept, now=NOW).draft() == filling.draft()


@FEW
@given(seed=st.integers(0, 2**32))
def test_xml_survives_being_written_and_read(seed: int) -> None:
    filling = Filling(FORM, now=NOW)
    respond(filling, Random(seed))
    xml = filling.instance_xml()
    again = Filling.from_xml(FORM, xml, now=NOW)
    assert again.submission() == filling.submission()
    assert again.instance_xml() == xml
    assert again.instance_id == filling.instance_id


@FEW
@given(seed=st.integers(0, 2**32))
def test_the_gate_accepts_what_a_filling_calls_right(seed: int) -> None:
    filling = Filling(FORM, now=NOW)
    respond(filling, Random(seed))
    assert filling.problems() == []
    checked = validate(FORM, filling.submission(), now=NOW)
    assert checked.valid
    assert checked.submission == filling.submission()
    assert validate(FORM, filling.instance_xml(), now=NOW).submission == filling.submission()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["class", "place", "take", "end_", "meta", "many", "all", "import", "nothing"]
)


@FEW
@given(sent=st.dictionaries(NAMES, JSON))
def test_the_gate_never_breaks_on_what_is_sent(sent: dict[str, Any]) -> None:
    checked = validate(FORM, sent, now=NOW)
    assert validate(FORM, checked.submission, now=NOW).submission == checked.submission


@FEW
@given(value=JSON, path=st.sampled_from(list(ANSWERS)))
def test_any_answer_is_kept_or_named(value: Any, path: str) -> None:
    filling = Filling(FORM, now=NOW)
    filling.answer(path, value)
    again = Filling(FORM, now=NOW)
    again.answer(path, filling.value(path))
    assert repr(again.value(path)) == repr(filling.value(path))
