"""Any sentence-transformers model, by name or folder."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from i18n import say
from nlp.encoders.encoder import Encoder, EncoderError, Vectors

# What the model cards ask to put before texts that are to be grouped, not searched.
_PREFIXES = (
    (re.compile(r"e5.*instruct", re.I), "Instruct: Identify the topic of the text\nQuery: "),
    (re.compile(r"(^|[-_/])e5([-_/]|$)", re.I), "query: "),
    (re.compile(r"nomic-embed-text", re.I), "clustering: "),
)
_GROUPING_PROMPTS = ("clustering", "Clustering", "query")


class TransformerEncoder(Encoder):
    """A sentence-transformers model that is already on this machine.

    Nothing is fetched unless the operator has set HF_HUB_OFFLINE=0, and code that comes with a
    model is never run.
    """

    def __init__(self, name: str) -> None:
        """Load the model.

        Args:
            name: Its folder or its name on the hub.

        Raises:
            EncoderError: It is not there or cannot be read.
        """
        path = Path(name).expanduser()
        is_folder = path.is_dir()
        if not is_folder and (path.is_absolute() or path.exists() or name.startswith((".", "~"))):
            raise EncoderError(
                say("There is no model folder {name}. Check the setting ENCODER.", name=name)
            )
        self._model = _open(str(path) if is_folder else name, is_folder=is_folder)
        self.source = str(path.resolve()) if is_folder else name
        self._prefix = _prefix(self._model, path.resolve().name if is_folder else name)
        self.name = f"{path.resolve().name if is_folder else name} {self._fingerprint()}"
        # A token is at least about three bytes: a Chinese character, or part of a longer word.
        self.longest = 3 * int(self._model.max_seq_length or 512)
        try:
            self.dim = self.embed(["."], threads=1).shape[1]
        except Exception as error:  # whatever a broken model makes the library raise
            raise _broken(name) from error

    def embed(self, texts: Sequence[str], *, threads: int) -> Vectors:
        """Put one batch through the model; see `Encoder.embed`."""
        import torch

        if torch.get_num_threads() != threads:
            torch.set_num_threads(threads)
        found: Vectors = self._model.encode(
            [self._prefix + text for text in texts],
            batch_size=32,
            show_progress_bar=False,
            convert_to_numpy=True,
        ).astype(np.float32)
        return found

    def _fingerprint(self) -> str:
        """Hash weights and prefix: two models in folders of the same name are not confused."""
        digest = sha256(self._prefix.encode())
        for key, weights in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(weights.detach().float().cpu().numpy().tobytes())
        return digest.hexdigest()[:12]


def _open(name: str, *, is_folder: bool) -> Any:  # noqa: ANN401 - the library has no types
    offline = os.environ.get("HF_HUB_OFFLINE", "1").lower() not in {"0", "false", "no", "off"}
    if offline:
        os.environ["HF_HUB_OFFLINE"] = "1"
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name, local_files_only=offline or is_folder)
    except Exception as error:  # whatever a broken folder makes the library raise
        if is_folder:
            raise _broken(name) from error
        raise EncoderError(
            say(
                "The model {name} is not on this machine. Give the folder of a "
                "sentence-transformers model, or set HF_HUB_OFFLINE=0 to allow fetching it.",
                name=name,
            )
        ) from error


def _broken(name: str) -> EncoderError:
    return EncoderError(
        say(
            "The model in {name} cannot be read: it is incomplete or not a "
            "sentence-transformers model. Copy it again or choose another.",
            name=name,
        )
    )


def _prefix(model: Any, name: str) -> str:  # noqa: ANN401 - the library has no types
    """Return what goes before each text: what the model itself says, else what its card says."""
    prompts: dict[str, str] = {key: text for key, text in model.prompts.items() if text}
    for key in _GROUPING_PROMPTS:
        if key in prompts:
            return prompts[key]
    return next((prefix for pattern, prefix in _PREFIXES if pattern.search(name)), "")
