"""Messages that are ready to be sent by hand: to who has fallen silent, or cannot be reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import format_date

from data.tables import Person, Study
from i18n import INTERFACE_LANGUAGES, best, say, translate
from survey.progress import Progress
from survey.today import Asked, zone_of


@dataclass(frozen=True)
class Nudge:
    """A message and the language it is in."""

    language: str
    text: str


def reminder(person: Person, study: Study, due: Sequence[Asked]) -> Nudge:
    """Return a message for somebody of whom something is due and whom no e-mail reaches.

    It goes through somebody's messenger as well, and holds as little.
    """
    language = best([*person.languages, *study.languages], INTERFACE_LANGUAGES)
    closes = min(each.window.closes for each in due if each.window)
    message = say(
        "Hello! Today’s questions are open until {time}. Your personal link opens them; a sentence "
        "or two is enough, in any language. Thank you.",
        time=closes.astimezone(zone_of(person, study)).strftime("%H:%M"),
    )
    return Nudge(language, translate(message, language))


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
