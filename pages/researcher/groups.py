"""What groups of people, and languages, are called on this screen."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from data.database import open_session
from pages import words
from pages.who import Here
from survey.studies import teams_of


def names_of(me: Here, by: str, codes: Iterable[Hashable]) -> dict[str, str]:
    """Return the names of groups.

    Args:
        me: Who looks.
        by: What makes the groups: `team`, `nationality`, `role` or `language`.
        codes: The groups.
    """
    named = [str(code) for code in codes]
    if by == "nationality":
        return {code: words.country_name(code) for code in named}
    if by == "language":
        return {code: words.language_name(code) for code in named}
    if by == "team":
        with open_session() as session:
            teams = teams_of(session=session, study_id=me.study.id).values()
        called = {team.code: words.of(team.name, team.code) for team in teams}
        return {code: called.get(code, code) for code in named}
    return {code: code for code in named}
