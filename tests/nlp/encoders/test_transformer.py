from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from nlp.encoders import EncoderError, load


def test_a_folder_is_an_encoder(bert_folder: Path) -> None:
    encoder = load(str(bert_folder))
    vectors = encoder.encode(["今天我们拍电影", "the film", "", "the film"])
    assert vectors.shape == (4, encoder.dim) == (4, 32)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors[1], vectors[3])
    assert encoder.name.startswith("tiny ")


def test_order_of_texts_does_not_change_their_vectors(bert_folder: Path) -> None:
    encoder = load(str(bert_folder))
    texts = [f"day {'x' * number}" for number in range(70)]
    there = encoder.encode(texts)
    back = encoder.encode(texts[::-1])[::-1]
    assert np.array_equal(there, back)


def test_all_of_a_long_text_counts(bert_folder: Path) -> None:
    encoder = load(str(bert_folder))
    start = "we waited for the fog. " * 400
    alone, with_end = encoder.encode([start, start + "money money money. " * 400])
    assert not np.allclose(alone, with_end, atol=1e-3)


def test_other_weights_have_another_name(bert_folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "tiny"
    shutil.copytree(bert_folder, copy)
    assert load(str(copy)).name == load(str(bert_folder)).name
    import torch
    from safetensors.torch import load_file, save_file

    weights = next(copy.rglob("model.safetensors"))
    tensors = load_file(weights)
    tensors["embeddings.word_embeddings.weight"] += torch.ones(1)
    save_file(tensors, weights, metadata={"format": "pt"})
    from nlp.encoders.transformer import TransformerEncoder

    assert TransformerEncoder(str(copy)).name != load(str(bert_folder)).name


def test_a_model_of_the_e5_family_gets_its_prefix(bert_folder: Path, tmp_path: Path) -> None:
    plain = load(str(bert_folder))
    folder = tmp_path / "multilingual-e5-small"
    shutil.copytree(bert_folder, folder)
    prefixed = load(str(folder))
    assert np.allclose(prefixed.encode(["film"]), plain.encode(["query: film"]), atol=1e-6)
    assert prefixed.name != plain.name


def test_a_prompt_that_the_model_brings_wins(bert_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "e5-own"
    shutil.copytree(bert_folder, folder)
    says = folder / "config_sentence_transformers.json"
    config = json.loads(says.read_text())
    says.write_text(json.dumps({**config, "prompts": {"clustering": "group: "}}))
    plain = load(str(bert_folder))
    assert np.allclose(load(str(folder)).encode(["film"]), plain.encode(["group: film"]), atol=1e-6)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"There is no model folder .*nowhere"):
        load(str(tmp_path / "nowhere"))


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model").write_text("not a folder")
    with pytest.raises(EncoderError, match="There is no model folder"):
        load(str(tmp_path / "model"))


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="cannot be read"):
        load(str(tmp_path))


@pytest.mark.parametrize("missing", ["model.safetensors", "tokenizer.json", "config.json"])
def test_a_broken_folder_is_refused(bert_folder: Path, tmp_path: Path, missing: str) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(bert_folder, folder)
    for path in folder.rglob(missing):
        path.write_bytes(b"broken")
    with pytest.raises(EncoderError, match="cannot be read"):
        load(str(folder))


def test_a_name_that_is_not_on_this_machine_is_refused() -> None:
    with pytest.raises(EncoderError, match="HF_HUB_OFFLINE=0"):
        load("nobody/never-existed")
