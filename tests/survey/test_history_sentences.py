"""The history speaks in words: nothing that is recorded is without them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from settings import ROOT
from survey.history_sentences import APPLYING, SENTENCES, TAKING_PART, WRITING, action_in

FOLDERS = ("data", "survey", "nlp", "jobs", "server", "pages")
RECORDERS = {"record", "_record", "_note"}
ACTION = re.compile(r"[a-z_]+(\.[a-z_]+)+")


def strings(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def recorded(path: Path) -> Iterator[str]:
    """Yield the actions that a file records."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in RECORDERS:
                yield from (text for text in strings(node.args[0]) if ACTION.fullmatch(text))


def test_every_action_has_words() -> None:
    found = {
        action
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*.py")
        for action in recorded(path)
    }
    assert len(found) > 30
    assert found <= set(SENTENCES)


@pytest.mark.parametrize("language", ["zh-Hans", "de"])
def test_what_a_participant_may_find_about_themselves_is_in_their_language(language: str) -> None:
    for action in TAKING_PART | APPLYING | WRITING:
        assert action_in(language, action) != action_in("en", action), action


def test_what_has_no_words_is_said_as_it_is_recorded() -> None:
    assert action_in("de", "house.painted") == "house.painted"
