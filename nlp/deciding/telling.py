"""Saying what was decided, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from babel.lists import format_list

from data.tables import ThemeEdit
from i18n import DEFAULT_LANGUAGE, Message, best, say
from nlp.deciding.decisions import decisions_of


def sentence(
    edit: ThemeEdit, log: Sequence[ThemeEdit], titles: Mapping[int, str], language: str
) -> Message:
    """Say one decision.

    Args:
        edit: The decision.
        log: All decisions of its run.
        titles: What the computer called the themes, by number; said where nobody had named one.
        language: Whose names are said where a theme has names in several languages.
    """
    titles = {**titles, **_named(edit, log, language)}
    if edit.action == "undone":
        undone = next(each for each in log if each.position == edit.after["position"])
        return say("Taken back: {what}", what=sentence(undone, log, titles, language))
    if edit.action == "moved":
        return say(
            "A passage was moved from {theme} to {into}.",
            theme=_place(edit.before["theme"], titles),
            into=_place(edit.after["theme"], titles),
        )
    theme = _called(edit.theme, titles)
    name = _text(edit.after.get("name", {}), language)
    into = _called(edit.after.get("into"), titles)
    return {
        "renamed": say("“{theme}” was named “{name}”.", theme=theme, name=name)
        if name
        else say("“{theme}” has its suggested title again.", theme=theme),
        "described": say("“{theme}” was described.", theme=theme),
        "merged": say("“{theme}” became part of “{into}”.", theme=theme, into=into),
        "asked": say("“{theme}” was linked to other research questions.", theme=theme),
        "split": say(
            "“{theme}” was split into {parts}.",
            theme=theme,
            parts=_listed(edit.after.get("parts", ()), titles, language),
        ),
        "begun": say("“{theme}” was begun from a code.", theme=theme),
        "hidden": say("“{theme}” was set aside.", theme=theme),
        "shown": say("“{theme}” was taken back in.", theme=theme),
    }[edit.action]


def _named(edit: ThemeEdit, log: Sequence[ThemeEdit], language: str) -> dict[int, str]:
    """Return the names that people had given themes before a decision."""
    before = decisions_of([each for each in log if each.position < edit.position])
    return {theme: _text(names, language) for theme, names in before.names.items()}


def _called(theme: int | None, titles: Mapping[int, str]) -> str:
    return "" if theme is None else titles.get(theme, str(theme))


def _listed(parts: Sequence[int], titles: Mapping[int, str], language: str) -> str:
    """Name several themes in one breath, as the language does."""
    return format_list(
        [f"“{_called(part, titles)}”" for part in parts], locale=language.replace("-", "_")
    )


def _place(theme: int | None, titles: Mapping[int, str]) -> Message:
    if theme is None:
        return say("no theme")
    return say("“{theme}”", theme=_called(theme, titles))


def _text(texts: Mapping[str, str], language: str) -> str:
    first = next(iter(texts), "")
    return texts.get(best([language, DEFAULT_LANGUAGE], texts, default=first), "")
