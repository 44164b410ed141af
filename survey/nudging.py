"""A message for somebody who has fallen silent, ready to be sent by hand."""

from __future__ import annotations

from dataclasses import dataclass

from babel.dates import format_date

from data.tables import Study
from i18n import INTERFACE_LANGUAGES, best, say, translate
from survey.progress import Progress
from survey.today import zone_of


@dataclass(frozen=True)
class Nudge:
    """A message and the language it is in."""

    language: str
    text: str


def nudge(progress: Progress, study: Study) -> Nudge:
    """Return a message for a silent person in their own language, as far as we speak it.

    It holds no name, no link and nothing of what they wrote: it goes through somebody's messenger.
    """
    language = best([*progress.person.languages, *study.languages], INTERFACE_LANGUAGES)
    if progress.last is None:
        message = say(
            "Hello! We have not heard from you yet. Your personal link opens the questions of the "
            "day; a sentence or two is enough, in any language. If you no longer have the link, "
            "tell me and I will send you a new one. Thank you."
        )
        return Nudge(language, translate(message, language))
    day = progress.last.astimezone(zone_of(progress.person, study)).date()
    pattern = {"zh-Hans": "M月d日", "de": "d. MMMM"}.get(language, "d MMMM")
    message = say(
        "Hello! We last heard from you on {day}. Your personal link opens the questions of the "
        "day; a sentence or two is enough, in any language. If you no longer have the link, tell "
        "me and I will send you a new one. Thank you.",
        day=format_date(day, pattern, locale=language.replace("-", "_")),
    )
    return Nudge(language, translate(message, language))
