from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from nlp.themes import ThemeError, ThemeSettings, find_themes

WIDTH = 24
EACH = 36


def study() -> tuple[pd.DataFrame, np.ndarray, np.ndarray, np.ndarray]:
    """Two pairs of subjects; three themes can tell apart the one pair or the other."""
    dice = np.random.default_rng(4)
    kinds = dice.normal(size=(2, WIDTH))
    middles = kinds[[0, 0, 1, 1]] + 0.45 * dice.normal(size=(4, WIDTH))
    subject = np.repeat(np.arange(4), EACH)
    vectors = middles[subject] + 0.45 * dice.normal(size=(len(subject), WIDTH))
    frame = pd.DataFrame(
        {
            "text": [f"Passage number {place} of all." for place in range(len(subject))],
            "language": "en",
            "person": [f"P{place % 11:02}" for place in range(len(subject))],
        }
    )
    return frame, vectors.astype(np.float32), subject, middles.astype(np.float32)


def settings(*texts: str) -> ThemeSettings:
    return ThemeSettings(number=3, runs=60, questions=tuple(("en", text) for text in texts))


def apart(themes: pd.Series[int], subject: np.ndarray, pair: int) -> float:
    """Say how far the two subjects of a pair are in different themes, 0 to 1."""
    one, other = (
        themes[subject == number].value_counts(normalize=True) for number in (pair, pair + 1)
    )
    return float(1 - np.minimum(one, other.reindex(one.index).fillna(0)).sum())


def test_a_question_decides_what_is_told_apart() -> None:
    frame, vectors, subject, middles = study()
    without = find_themes(frame, vectors=vectors, settings=settings()).assignments
    pair = min((0, 2), key=lambda pair: apart(without, subject, pair))
    assert apart(without, subject, pair) < 0.3
    asked = middles[pair] - 0.5 * middles[pair + 1]
    guided = find_themes(
        frame, vectors=vectors, settings=settings("What about light?"), asked=[asked]
    )
    assert apart(guided.assignments, subject, pair) > 0.6
    answer = guided.answers[0]
    assert answer.question == "What about light?"
    assert answer.theme == guided.assignments[subject == pair].mode()[0]
    assert answer.closer > 0.8


def test_a_question_nobody_writes_about_forces_no_theme() -> None:
    frame, vectors, _, _ = study()
    elsewhere = np.random.default_rng(9).normal(size=(1, WIDTH))
    without = find_themes(frame, vectors=vectors, settings=settings())
    guided = find_themes(
        frame, vectors=vectors, settings=settings("And the catering?"), asked=elsewhere
    )
    assert guided.answers[0].theme is None
    same = pd.crosstab(without.assignments, guided.assignments).max(axis=1).sum() / len(frame)
    assert same > 0.9


def test_questions_are_read_in_their_own_language() -> None:
    texts = ["The budget is spent.", "We have no money left.", "Das Geld reicht nicht."] * 4
    texts += ["The light was soft.", "Das Licht war zu hart.", "灯光师调整了灯光。"] * 4
    frame = pd.DataFrame(
        {
            "text": [f"{text} {place}" for place, text in enumerate(texts)],
            "language": ["en", "en", "de"] * 4 + ["en", "de", "zh-Hans"] * 4,
            "person": [f"P{place % 5}" for place in range(24)],
        }
    )
    asked = ThemeSettings(number=2, runs=40, questions=(("zh-Hans", "钱花在哪里？"),))
    found = find_themes(frame, settings=asked)
    assert found.answers[0].theme == found.assignments.iloc[0]


def test_a_card_read_back_asks_the_same() -> None:
    kept = ThemeSettings(questions=(("en", "Why? "), ("de", " ")))
    assert kept.questions == (("en", "Why?"),)
    assert ThemeSettings(questions=[["en", "Why?"]]) == kept  # type: ignore[arg-type]  # as JSON has it


def test_questions_need_vectors_where_passages_have_them() -> None:
    frame, vectors, _, _ = study()
    with pytest.raises(ThemeError, match="0 vectors were given for 1 research questions"):
        find_themes(frame, vectors=vectors, settings=settings("Why?"))
