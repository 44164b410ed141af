from __future__ import annotations

import pytest

from nlp.themes import ThemeSettings
from nlp.themes.number import candidates
from nlp.themes.steady import steady_settings


def test_the_settings_as_good_as_the_best_are_named() -> None:
    card = {"11": 0.85, "12": 0.80, "13": 0.76, "14": 0.73, "15": 0.83, "16": 0.84, "17": 0.70}
    assert steady_settings(card, 0.5) == {0.4: 11, 0.55: 16}


@pytest.mark.parametrize("granularity", [0.3, 0.5, 0.8])
def test_a_setting_tries_the_number_it_was_named_for(granularity: float) -> None:
    tried = candidates(800, 800, ThemeSettings(granularity=granularity))
    for number in tried:
        card = {str(other): 0.9 if other == number else 0.5 for other in tried}
        ((setting, named),) = steady_settings(card, granularity).items()
        assert named == number
        assert number in candidates(800, 800, ThemeSettings(granularity=setting))


@pytest.mark.parametrize("card", [{}, {"4": 0.9}])
def test_a_run_that_compared_nothing_names_nothing(card: dict[str, float]) -> None:
    assert steady_settings(card, 0.5) == {}


def test_nothing_beyond_the_ends_of_the_slider_is_named() -> None:
    assert steady_settings({"2": 0.9, "3": 0.5}, 0.0) == {}
