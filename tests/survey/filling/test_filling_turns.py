"""What a path means within a repeat, and what repeats cost."""

import time
from datetime import UTC, datetime

from survey.filling import Filling
from survey.xlsform import load
from survey.xpath import evaluate

NOW = datetime(2026, 6, 20, 21, 30, tzinfo=UTC)
TAKES = """
| survey |
|        | type         | name  | label | calculation                                   | relevant |
|        | integer      | n     | N     |                                               |          |
|        | begin repeat | take  | Take  |                                               |          |
|        | integer      | made  | Made? |                                               |          |
|        | text         | why   | Why?  |                                               | /data/take/made > 1 |
|        | calculate    | twice |       | /data/take/made * 2                           |          |
|        | calculate    | first |       | /data/take[1]/made                            |          |
|        | calculate    | turns |       | count(/data/take)                             |          |
|        | calculate    | place |       | indexed-repeat(/data/take/made, /data/take, 2) |         |
|        | calculate    | plus  |       | /data/n + /data/take/made                     |          |
|        | begin repeat | shot  | Shot  |                                               |          |
|        | integer      | size  | Size? |                                               |          |
|        | calculate    | share |       | /data/take/shot/size div /data/take/made      |          |
|        | end repeat   |       |       |                                               |          |
|        | end repeat   |       |       |                                               |          |
|        | calculate    | all   |       | sum(/data/take/made)                          |          |
"""
ANSWERS = {
    "n": 10,
    "take": [
        {"made": 1, "shot": [{"size": 1}]},
        {"made": 4, "shot": [{"size": 1}, {"size": 2}]},
    ],
}


def test_an_absolute_path_within_a_repeat_means_its_own_turn() -> None:
    filling = Filling(load(TAKES.encode(), file_type=".md"), answers=ANSWERS, now=NOW)
    assert [filling.relevant(f"/data/take[{turn}]/why") for turn in (1, 2)] == [False, True]
    takes = filling.submission()["take"]
    assert [take["twice"] for take in takes] == [2, 8]
    assert [take["plus"] for take in takes] == [11, 14]
    assert [shot["share"] for take in takes for shot in take["shot"]] == [1, 0.25, 0.5]
    assert filling.submission()["all"] == 5


def test_what_is_written_out_means_what_it_says() -> None:
    filling = Filling(load(TAKES.encode(), file_type=".md"), answers=ANSWERS, now=NOW)
    takes = filling.submission()["take"]
    assert [take["first"] for take in takes] == [1, 1]
    assert [take["turns"] for take in takes] == [2, 2]
    assert [take["place"] for take in takes] == [4, 4]
    made = evaluate("/data/take/made", instance=filling, context="/data/take[2]/why")
    assert made == ["1", "4"]


def test_one_turn_is_worked_out_again_when_its_answer_changes() -> None:
    filling = Filling(load(TAKES.encode(), file_type=".md"), answers=ANSWERS, now=NOW)
    filling.answer("/data/take[1]/made", 3)
    assert filling.relevant("/data/take[1]/why")
    takes = filling.submission()["take"]
    assert [take["twice"] for take in takes] == [6, 8]
    assert filling.submission()["all"] == 7


def test_ten_thousand_turns_know_their_places() -> None:
    rows = """
    | survey |
    | | type         | name | label | calculation | repeat_count |
    | | integer      | n    | N     |              |              |
    | | begin repeat | r    | R     |              | ${n}         |
    | | calculate    | p    |       | position(..) |              |
    | | end repeat   |      |       |             |              |
    """
    filling = Filling(load(rows.encode(), file_type=".md"), now=NOW)
    begun = time.process_time()
    filling.answer("/data/n", 10_000)
    assert time.process_time() - begun < 3
    assert filling.problems() == []
    assert filling.value("/data/r[10000]/p") == 10_000
