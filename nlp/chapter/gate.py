"""What stands between a draft and a final version."""

from __future__ import annotations

from sqlmodel import Session

from i18n import Message, say
from nlp.chapter.authors import FACTS
from nlp.chapter.material import Material
from nlp.chapter.sections.cases import is_released
from nlp.quoting import open_items
from nlp.rereading import shortened


def open_points(material: Material, *, session: Session) -> list[Message]:
    """Say what is still missing; nothing where the chapter is final."""
    missing = [
        say("{what}: nothing is written yet", what=slot.title)
        for slot in FACTS
        if not material.text(slot.key)
    ]
    lost = shortened(material.found, session=session, study_id=material.study.id)
    if lost:
        missing.append(
            say(
                "Your texts that quoted somebody who took their words back: {count}",
                count=len(lost),
            )
        )
    names = material.found.decisions.names
    unread = sum(theme.number not in names for theme in material.found.themes)
    if unread:
        missing.append(say("Themes that nobody has named yet: {count}", count=unread))
    if not material.shelf.quotations:
        missing.append(say("Quotations: none was chosen yet"))
    missing += open_items(material.study, language=material.language, session=session)
    missing += [
        say("The case of {team}: {what}", team=material.team_name(code), what=_case(code, material))
        for code in material.teams
        if not is_released(code, material)
    ]
    return missing


def _case(code: str, material: Material) -> Message:
    if not material.text(f"case:{code}"):
        return say("not written yet")
    return say("not released, or changed since")
