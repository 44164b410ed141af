"""A small transformer with random weights."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(own_settings: None) -> None:
    """Let no test see what another cached."""


@pytest.fixture(scope="session")
def bert_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a BERT with two layers and random weights, as a sentence-transformers folder."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries, while they are imported
        import torch
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
        from transformers import (  # type: ignore[attr-defined]  # it is made at run time
            BertConfig,
            BertModel,
            BertTokenizerFast,
        )

        folder = tmp_path_factory.mktemp("model")
        letters = "abcdefghijklmnopqrstuvwxyzäöüß.,?!:" + "今天我们电影的钱"
        words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
        words += [*letters, *(f"##{letter}" for letter in letters)]
        (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
        tokenizer = BertTokenizerFast(str(folder / "vocab.txt"))
        torch.manual_seed(7)
        config = BertConfig(
            vocab_size=len(words),
            hidden_size=32,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=64,
            max_position_embeddings=64,
        )
        plain = folder / "plain"
        BertModel(config).save_pretrained(plain)
        tokenizer.save_pretrained(plain)
        reader = Transformer(str(plain), max_seq_length=64)
        model = SentenceTransformer(modules=[reader, Pooling(32)])
        model.save(str(folder / "tiny"))
    return folder / "tiny"
