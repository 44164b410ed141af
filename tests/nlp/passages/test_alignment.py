from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.passages import align, cut, recut


@dataclass(frozen=True)
class Kept:
    id: str
    start: int
    end: int


SENTENCES = [
    "We built the light for one shot all morning and nobody complained about it.",
    "Then the model gave us forty versions, and none of them was what we had meant.",
    "In the end the director kept the one in which the actress forgets her line.",
    "昨天我们花了整整一天去选一条最真诚的镜头，最后大家都很感动。",
    "Ich hätte nicht gedacht, dass mich ein Bild aus der Maschine so berühren kann.",
    "Yes.",
    "No, really.",
]


def kept(text: str) -> list[Kept]:
    return [
        Kept(f"id{index}", passage.start, passage.end) for index, passage in enumerate(cut(text))
    ]


def test_unchanged_passages_keep_their_identity() -> None:
    old_text = " ".join(SENTENCES[:5])
    new_text = old_text.replace("forty", "fifty")
    old, new = kept(old_text), cut(new_text)
    assert align(old, old_text, new_text, new) == {0: "id0", 2: "id2", 3: "id3", 4: "id4"}


def test_a_passage_put_in_front_shifts_the_others_only() -> None:
    old_text = " ".join(SENTENCES[1:4])
    new_text = f"{SENTENCES[0]} {old_text}"
    old, new = kept(old_text), cut(new_text)
    assert align(old, old_text, new_text, new) == {1: "id0", 2: "id1", 3: "id2"}


def test_a_moved_passage_keeps_its_identity() -> None:
    old_text = "\n\n".join(SENTENCES[:4])
    new_text = "\n\n".join([SENTENCES[3], *SENTENCES[:3]])
    old, new = kept(old_text), cut(new_text)
    assert align(old, old_text, new_text, new) == {0: "id3", 1: "id0", 2: "id1", 3: "id2"}


def test_twins_that_vanish_are_not_guessed() -> None:
    old_text = f"{SENTENCES[0]}\n\n{SENTENCES[1]}\n\n{SENTENCES[0]}"
    aligned = align(kept(old_text), old_text, SENTENCES[2], cut(SENTENCES[2]))
    assert aligned == {}


@given(st.lists(st.sampled_from(SENTENCES), max_size=8), st.lists(st.sampled_from(SENTENCES)))
@settings(deadline=None)
def test_alignment_joins_equal_texts_and_uses_no_identity_twice(
    before: list[str], after: list[str]
) -> None:
    old_text, new_text = " ".join(before), " ".join(after)
    old, new = kept(old_text), cut(new_text)
    aligned = align(old, old_text, new_text, new)
    texts = {passage.id: old_text[passage.start : passage.end] for passage in old}
    assert len(set(aligned.values())) == len(aligned)
    assert all(new[index].text == texts[identity] for index, identity in aligned.items())
    if before == after:
        assert len(aligned) == len(old)


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=9), st.data())
@settings(deadline=None)
def test_cutting_again_leaves_what_did_not_change(before: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(before) - 1))
    changed = data.draw(st.sampled_from(["", "Something else.", "别的事情。 And more.", "No"]))
    after = [*before[:place], changed, *before[place + 1 :]]
    old_text, new_text = "\n".join(before), "\n".join(after)
    old = cut(old_text)
    new = recut(old, old_text, new_text)
    gaps, last = [], 0
    for passage in new:
        gaps.append(new_text[last : passage.start])
        last = passage.end
    assert not "".join([*gaps, new_text[last:]]).strip()
    assert all(new_text[passage.start : passage.end] == passage.text for passage in new)
    assert recut(old, old_text, old_text) == old
    untouched = [passage.text for passage in old if passage.end < len("\n".join(before[:place]))]
    assert [passage.text for passage in new][: len(untouched)] == untouched
