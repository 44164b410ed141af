"""Addresses that a spaCy model recognises, where a model with entities is installed.

Street addresses of a clear shape are found without it (`nlp.privacy.addresses`). Models know more
of them; none ships, so that an installation has one if somebody wants it (`pip install` a package
such as `de_core_news_sm`). Only the worker asks: the web process never loads spaCy.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

PLACES = frozenset({"FAC", "LOC", "ADDRESS", "STREET"})
"""What models call buildings, streets and places; with a number beside it one is an address."""
NUMBER = r"(?!(?:19|20)\d\d(?!\d))\d{1,5}"
NUMBER_BEHIND = re.compile(
    rf",?\s?(?:(?:no|nr|n)[.º°:]?\s?)?{NUMBER}(?:\s?(?:[a-zA-Z](?!\w)|[号號弄室楼樓]))*",
    re.IGNORECASE,
)
NUMBER_BEFORE = re.compile(rf"(?<!\w){NUMBER}[a-zA-Z]?,?\s$")
DIGIT = re.compile(r"\d")


@cache
def models() -> dict[str, str]:
    """Return the installed spaCy models by the primary subtag of their language."""
    names = sorted(point.name for point in entry_points(group="spacy_models"))
    return {name.partition("_")[0]: name for name in reversed(names)}


@cache
def _pipeline(language: str) -> Language | None:
    """Load the model of a language; None where there is none or it knows no entities."""
    name = models().get(language)
    if name is None:
        return None
    import spacy

    pipeline = spacy.load(name)
    return pipeline if {"ner", "entity_ruler"} & set(pipeline.pipe_names) else None


def without_addresses(text: str, language: str) -> str:
    """Return a masked text with the addresses masked that the language's model recognises.

    Args:
        text: The text, masked; what was masked stays.
        language: BCP 47 tag of the text.

    Returns:
        The text as it was where no model of the language is installed.
    """
    pipeline = _pipeline(language.split("-", maxsplit=1)[0]) if DIGIT.search(text) else None
    return text if pipeline is None else _replaced(text, pipeline)


def _replaced(text: str, pipeline: Language) -> str:
    parts: list[str] = []
    place = 0
    for entity in pipeline(text).ents:
        start, end = entity.start_char, entity.end_char
        if entity.label_ not in PLACES or start < place or "[" in text[start:end]:
            continue
        behind = NUMBER_BEHIND.match(text, end)
        before = NUMBER_BEFORE.search(text, place, start)
        if not (behind or before or DIGIT.search(text[start:end])):
            continue
        parts += [text[place : before.start() if before else start], "[address]"]
        place = behind.end() if behind else end
    return "".join([*parts, text[place:]])
