from __future__ import annotations

import numpy as np

from nlp.encoders import Encoder, encode_with_cache, text_hash


def test_only_new_texts_are_encoded(bundled: Encoder) -> None:
    first, new = encode_with_cache(["a day", "money", "a day"], bundled, {})
    assert sorted(new) == sorted({text_hash("a day"), text_hash("money")})
    assert np.array_equal(first[0], first[2])
    known = {**new, text_hash("of another text"): np.zeros(512, np.float32)}
    again, nothing = encode_with_cache(["money", "a day"], bundled, known)
    assert not nothing
    assert np.array_equal(again, first[[1, 0]])


def test_no_texts(bundled: Encoder) -> None:
    vectors, new = encode_with_cache([], bundled, {})
    assert vectors.shape == (0, 512)
    assert not new
