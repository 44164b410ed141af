from __future__ import annotations

import math

import numpy as np
import pytest

from nlp.encoders import Encoder, Vectors
from nlp.neutral import agreement, bias, not_understood, same_theme, treatment
from tests.nlp.neutral.biased import Biased


def test_the_bias_of_a_biased_encoder_is_seen_and_goes() -> None:
    found = bias(Biased())
    assert found is not None
    assert found.before.same_nearest < 0.1
    assert found.before.theme_language > 0.5
    assert found.after.same_nearest > 0.9
    assert found.after.same_theme > 0.9
    assert abs(found.after.theme_language) < 0.02
    assert found.after.own_language < 1 < found.before.own_language


def test_a_language_the_encoder_does_not_understand_is_told_apart(bundled: Encoder) -> None:
    fitted = treatment(bundled)
    assert fitted.recognised["hi"] < 0.5
    assert min(rate for tag, rate in fitted.recognised.items() if tag != "hi") > 0.9
    assert not_understood(bundled, ["de", "hi-IN", "und", "sw"]) == ["hi-IN"]


def test_the_bundled_encoder_is_nearly_neutral(bundled: Encoder) -> None:
    found = bias(bundled, ["en", "zh-CN", "de-AT", "und"])
    assert found is not None
    assert found.languages == ("en", "zh-Hans", "de")
    assert found.after.same_nearest > 0.97
    assert abs(found.after.theme_language) < 0.02
    assert found.after.same_theme > 0.7


@pytest.mark.parametrize("languages", [[], ["de"], ["de", "und"], ["de", "de-AT"]])
def test_one_language_has_no_bias_to_measure(languages: list[str]) -> None:
    assert bias(Biased(), languages) is None
    assert math.isnan(same_theme(lambda rows: [0] * len(rows), Biased(), languages))


def test_the_themes_of_a_run_are_judged_with_held_out_translations() -> None:
    def by_sign(rows: Vectors) -> list[int]:
        return [int(number > 0) for number in rows[:, 0]]

    assert same_theme(lambda rows: [3] * len(rows), Biased()) == 1
    assert 0.7 < same_theme(by_sign, Biased(), ["de", "ja", "ko"]) < 1


def test_agreement_of_themes_with_languages() -> None:
    tags = ["de"] * 50 + ["ja"] * 50
    assert agreement([0] * 50 + [1] * 50, tags) == pytest.approx(1)
    assert agreement([0, 1] * 50, tags) == pytest.approx(0, abs=0.02)
    assert agreement([-1] * 100, tags) == 0
    assert agreement(np.array([0] * 50 + [-1] * 50), tags) == pytest.approx(1)
