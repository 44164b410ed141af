"""Addresses that only a model recognises; a pipeline with rules stands in for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nlp.privacy import entities


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    import spacy

    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined] # of the entity ruler
        [
            {"label": "FAC", "pattern": "Old Mill"},
            {"label": "GPE", "pattern": "Shanghai"},
            {"label": "PERSON", "pattern": "Mill"},
        ]
    )
    monkeypatch.setattr(entities, "models", lambda: {"en": "rules"})
    monkeypatch.setattr(spacy, "load", lambda _: pipeline)
    entities._pipeline.cache_clear()
    yield
    entities._pipeline.cache_clear()


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("We met at Old Mill 12b, in Shanghai.", "We met at [address], in Shanghai."),
        ("She lives at 7 Old Mill.", "She lives at [address]."),
        ("Old Mill was closed for 3 days in Shanghai.", "Old Mill was closed for 3 days in Shanghai."),
        ("[P07] went to Old Mill, no. 5 at 9.", "[P07] went to [address] at 9."),
        ("Mill 4 is a take.", "Mill 4 is a take."),
        ("Old Mill 2026 is a film.", "Old Mill 2026 is a film."),
    ],
)  # fmt: skip
def test_a_place_with_a_number_is_an_address(text: str, left: str) -> None:
    assert entities.without_addresses(text, "en-GB") == left
    assert entities.without_addresses(left, "en-GB") == left


def test_without_a_model_nothing_changes() -> None:
    assert entities.without_addresses("Old Mill 12", "xx") == "Old Mill 12"
