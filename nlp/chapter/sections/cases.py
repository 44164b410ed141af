"""One case for each team, before what holds across them; printed once the team has released it."""

from __future__ import annotations

from nlp.chapter.authors import case_slot, release_slot
from nlp.chapter.document import Block, Heading, Paragraph
from nlp.chapter.material import Material
from nlp.chapter.sections.facts import own_words
from nlp.chapter.voice import Voice


def cases(material: Material, t: Voice) -> list[Block]:
    """Write the case of each team that has one; what is not released says so."""
    blocks: list[Block] = []
    for code in material.teams:
        name = material.team_name(code)
        words = own_words(case_slot(code, name), material)
        if not words:
            continue
        blocks += [Heading(name, level=3), *words]
        if not is_released(code, material):
            blocks.append(Paragraph(t("not released"), quiet=True))
    return [Heading(t("One case for each team")), *blocks] if blocks else []


def is_released(code: str, material: Material) -> bool:
    """Whether a team's case was released, and read as it stands by everybody still in the team.

    A release is void where the case was changed after it, or somebody of the team withdrew since.
    """
    name = material.team_name(code)
    case = material.texts.get(case_slot(code, name).key)
    release = material.texts.get(release_slot(code, name).key)
    if case is None or release is None or release.changed_at < case.changed_at:
        return False
    team = material.teams[code].id
    return not any(
        person.team_id == team and person.withdrawn_at and person.withdrawn_at > release.changed_at
        for person in material.people
    )
