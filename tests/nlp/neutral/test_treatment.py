from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nlp.neutral import encoded as encoded_module
from nlp.neutral import neutralise
from nlp.neutral.encoded import cache_folder, encoded_reference
from nlp.neutral.reference import reference
from nlp.neutral.treatment import fit
from tests.nlp.neutral.biased import Biased


@pytest.fixture(autouse=True)
def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin without anything in memory."""
    monkeypatch.setattr(encoded_module, "_kept", {})


def test_translations_come_together_and_accents_go() -> None:
    encoder = Biased()
    texts = [sentence for name in ("de", "ja") for sentence in reference().sentences[name][:40]]
    tags = ["de-AT"] * 40 + ["ja"] * 40
    raw = encoder.encode(texts)
    neutral = neutralise(raw, tags, encoder=encoder)
    assert neutral.shape == raw.shape
    assert neutral.dtype == np.float32
    assert np.allclose(np.linalg.norm(neutral, axis=1), 1, atol=1e-5)
    for vectors, right in ((raw, 0), (neutral, 40)):
        close = vectors @ vectors.T
        np.fill_diagonal(close, -1)
        assert (close[:40].argmax(axis=1) == np.arange(40, 80)).sum() in range(right - 2, right + 3)


def test_a_true_difference_between_languages_stays() -> None:
    """Germans write of money only, Japanese of waiting only: after treatment they still do."""
    encoder = Biased()
    german = encoder.encode(reference().sentences["de"][10:20])
    japanese = encoder.encode(reference().sentences["ja"][60:70])
    neutral = neutralise(
        np.concatenate([german, japanese]), ["de"] * 10 + ["ja"] * 10, encoder=encoder
    )
    english = encoder.encode(reference().sentences["en"][10:20])
    money = neutralise(english, ["en"] * 10, encoder=encoder)
    to_money = neutral @ money.mean(axis=0)
    assert to_money[:10].min() > to_money[10:].max()


def test_the_result_depends_on_no_other_row() -> None:
    encoder = Biased()
    raw = encoder.encode(reference().sentences["fr"][:5])
    together = neutralise(raw, ["fr"] * 5, encoder=encoder)
    alone = neutralise(raw[2:3], ["fr"], encoder=encoder)
    assert np.allclose(together[2], alone[0], atol=1e-6)


def test_texts_without_reference_lose_the_common_mean() -> None:
    encoder = Biased()
    raw = encoder.encode(reference().sentences["fr"][:3])
    neutral = neutralise(raw, ["und", "mul", "sw"], encoder=encoder)
    assert np.isfinite(neutral).all()
    assert not np.allclose(neutral, neutralise(raw, ["fr"] * 3, encoder=encoder), atol=0.01)


def test_no_texts() -> None:
    assert neutralise(np.empty((0, 24), np.float32), [], encoder=Biased()).shape == (0, 24)


def test_numbers_of_vectors_and_languages_must_agree() -> None:
    with pytest.raises(ValueError, match="2 vectors, but 1 languages"):
        neutralise(np.ones((2, 24), np.float32), ["de"], encoder=Biased())


def test_the_corpus_is_encoded_once_and_kept_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = Biased("kept"), Biased("kept")
    encoded_reference(first)
    encoded_reference(first)
    assert first.asked == 80 * 17
    monkeypatch.setattr(encoded_module, "_kept", {})
    assert np.array_equal(encoded_reference(second).vectors, encoded_reference(first).vectors)
    assert second.asked == 0


def test_another_encoder_is_not_confused_with_it() -> None:
    encoded_reference(Biased("one"))
    other = Biased("other")
    encoded_reference(other)
    assert other.asked == 80 * 17


def test_a_damaged_file_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    encoded_reference(Biased("damaged"))
    (file,) = cache_folder().glob("*.npy")
    file.write_bytes(file.read_bytes()[:100])
    monkeypatch.setattr(encoded_module, "_kept", {})
    again = Biased("damaged")
    encoded_reference(again)
    assert again.asked == 80 * 17


def test_without_a_place_to_keep_it_it_works_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(encoded_module, "cache_folder", lambda: tmp_path / "file" / "below")
    assert encoded_reference(Biased("no place")).vectors.shape == (17, 80, 24)


def test_an_encoder_that_understands_nothing_does_no_harm() -> None:
    class Deaf(Biased):
        def embed(self, texts, *, threads):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, ARG002
            drawn = np.random.default_rng(len(texts))
            return drawn.normal(size=(len(texts), self.dim)).astype(np.float32)

    fitted = fit(encoded_reference(Deaf("deaf")))
    assert np.isfinite(fitted.scaling).all()
    assert np.isfinite(fitted.common).all()
