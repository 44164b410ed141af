"""Saying what is not compared because it was checked and failed."""

from __future__ import annotations

from collections.abc import Mapping

from babel.lists import format_list

from i18n import Message, say
from nlp.checking.reading import Failing
from nlp.names import language_name


def left_out(failing: Failing, titles: Mapping[int, str], language: str) -> list[Message]:
    """Say which themes are compared without which languages, those known by title.

    Args:
        failing: For each theme the languages in which it fails.
        titles: What the themes are called.
        language: The reader's.
    """
    return [
        say(
            "“{theme}” fails in {languages}, by what people said who checked it: it is not "
            "compared across that; passages in other languages alone count.",
            theme=titles[number],
            languages=format_list(
                [language_name(tag, language) for tag in sorted(languages)],
                locale=language.replace("-", "_"),
            ),
        )
        for number, languages in failing.items()
        if number in titles
    ]
