from __future__ import annotations

import numpy as np

from nlp.keywords import Bag, clarity, coherence, diversity, theme_words, words


def bag_of(texts: list[str], language: str = "en") -> Bag:
    bag = Bag(language)
    for text in texts:
        bag.add(words(text, language))
    return bag


LIGHT = [f"The {kind} lights and the lens" for kind in ("red", "blue", "grey", "pink")]
MONEY = [f"The budget paid the {who}" for who in ("caterer", "driver", "tailor", "painter")]


def chosen(
    texts: list[str], themes: list[int], people: list[str] | None = None
) -> dict[int, list[str]]:
    people = people or [f"P{i}" for i in range(len(texts))]
    return theme_words(bag_of(texts), themes, [1.0] * len(texts), people)


def test_a_verb_between_them_does_not_make_words_a_phrase() -> None:
    assert not any(" " in word for word in chosen([*LIGHT, *MONEY], [0] * 4 + [1] * 4)[0])


def test_words_of_a_theme_are_not_those_of_all() -> None:
    found = chosen([*LIGHT, *MONEY], [0] * 4 + [1] * 4)
    assert found[0][:2] in (["lens", "lights"], ["lights", "lens"])
    assert "budget" in " ".join(found[1])
    assert "budget" not in " ".join(found[0])


def test_a_list_is_not_filled_by_one_word() -> None:
    texts = ["director", "directors argued", "the director's chair", "directing was hard"] * 2
    found = chosen([*texts, *MONEY, *MONEY], [0] * 8 + [1] * 8)
    assert len([word for word in found[0] if word.startswith("director")]) == 1


def test_a_phrase_stands_for_its_words() -> None:
    texts = [
        f"artificial intelligence {verb} here" for verb in ("paints", "sings", "writes", "lies")
    ]
    found = chosen([*texts, *MONEY], [0] * 4 + [1] * 4)
    assert found[0][0] == "artificial intelligence"
    assert "intelligence" not in found[0]


def test_one_person_who_repeats_a_word_does_not_make_it_a_keyword() -> None:
    texts = [f"banana {i}, lens" for i in range(10)] + [f"lens, softness {i}" for i in range(10)]
    people = ["P0"] * 10 + [f"P{i}" for i in range(10)]
    found = chosen([*texts, *MONEY * 3], [0] * 20 + [1] * 12, people + [f"Q{i}" for i in range(12)])
    assert found[0][0] == "lens"
    assert "softness" in found[0]
    assert "banana" not in found[0][:2]


def test_fewer_passages_fewer_words() -> None:
    found = chosen(["camera lens tripod light stand cable", *MONEY], [0, 1, 1, 1, 1])
    assert len(found[0]) <= 3


def test_the_capital_of_a_sentence_is_not_that_of_a_word() -> None:
    texts = [f"So. Counted {what} with Claude" for what in ("lamps", "takes", "coins")]
    assert {"counted", "Claude"} <= set(chosen([*texts, *MONEY], [0] * 3 + [1] * 4)[0])
    bag = bag_of([f"Licht {what}" for what in ("weg", "da", "rot")], "de")
    assert bag.written(("licht",)) == "Licht"


def test_coherence_knows_words_that_meet() -> None:
    bag = bag_of([*LIGHT, *MONEY])
    together = coherence(bag, [["lens", "lights"]])
    apart = coherence(bag, [["lens", "budget"]])
    assert together is not None
    assert apart is not None
    assert together > 0.9 > -0.9 > apart
    assert coherence(bag, [["lens"]]) is None


def test_clarity_is_what_keywords_tell() -> None:
    bag = bag_of([*LIGHT, *MONEY])
    inside = np.arange(8) < 4
    assert clarity(bag, inside, ["lens"]) == 1
    assert clarity(bag, inside, []) == 0


def test_diversity_counts_shared_words() -> None:
    assert diversity({0: {"en": ["a", "b"]}, 1: {"en": ["b", "c"]}}) == 0.5
    assert diversity({0: {"en": ["a"]}, 1: {"de": ["a"]}}) == 1
    assert diversity({}) is None
