"""What is known about one person, to be corrected on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

import streamlit as st
from babel import Locale

from data.database import open_session
from data.tables import Person, Team
from i18n import Refusal, canonical
from pages import words
from pages.coordinator.people_words import name_of
from pages.who import Here
from pages.words import t, tell, tn
from survey.people import edit_person, record_reading
from survey.people_file import is_address, is_language
from survey.teams import Stay, move

LANGUAGES = (
    "zh-Hans", "zh-Hant", "en", "de", "fr", "es", "it", "pt", "ja", "ko", "ru", "ar", "nl", "pl",
    "tr", "th", "hi",
)  # fmt: skip


def _countries() -> list[str]:
    known = [str(code) for code in Locale.parse("en").territories]
    return sorted(
        (code for code in known if len(code) == 2 and code.isalpha() and code not in {"EU", "ZZ"}),
        key=words.country_name,
    )


def edit_facts(me: Here, person: Person) -> None:
    """Let everything but code and team be changed; name and address where they are asked for."""
    with_names = st.toggle(t("Show name and address (this is recorded)"), key=f"names-{person.id}")
    if with_names:
        with open_session() as session:
            record_reading(
                session=session,
                study_id=me.study.id,
                account_id=me.identity.account_id,
                purpose="person screen",
            )
            session.commit()
    with st.form(f"facts-{person.id}", border=False):
        facts = _secret(person) if with_names else {}
        facts |= _open(person)
        if st.form_submit_button(t("Keep")):
            _keep(me, person, facts)


def _secret(person: Person) -> dict[str, Any]:
    return {
        "name": st.text_input(t("Name"), person.name, key="fact-name").strip(),
        "nicknames": _several(
            st.text_input(
                t("Other names, with semicolons between them"),
                "; ".join(person.nicknames),
                key="fact-nicknames",
            )
        ),
        "email": st.text_input(t("E-mail"), person.email, key="fact-email").strip(),
    }


def _open(person: Person) -> dict[str, Any]:
    countries = list(dict.fromkeys([*person.nationalities, *_countries()]))
    tags = list(dict.fromkeys([*person.languages, *LANGUAGES]))
    zones = sorted({*available_timezones(), person.time_zone} - {""})
    return {
        "role": st.text_input(t("Role"), person.role, key="fact-role").strip(),
        "nationalities": st.multiselect(
            t("Nationalities, the one that comparisons use first"),
            countries,
            default=person.nationalities,
            format_func=words.country_name,
            placeholder="",
            key="fact-nationalities",
        ),
        "languages": [
            canonical(tag)
            for tag in st.multiselect(
                t("Languages, the one to write to them in first"),
                tags,
                default=person.languages,
                format_func=words.language_name,
                accept_new_options=True,
                placeholder="",
                key="fact-languages",
            )
        ],
        "time_zone": st.selectbox(
            t("Time zone"),
            zones,
            index=zones.index(person.time_zone) if person.time_zone in zones else None,
            key="fact-zone",
        )
        or "",
    }


def _several(text: str) -> list[str]:
    return [part.strip() for part in text.replace("；", ";").split(";") if part.strip()]


def _mistakes(languages: list[str], email: str) -> list[str]:
    """Say what was mistyped: nobody can be written to in such a language, or at such an address."""
    said = [
        t("{tag} is no language we know. Write it like zh-Hans or de.", tag=tag)
        for tag in languages
        if not is_language(tag)
    ]
    if email and not is_address(email):
        said.append(t("This is not an e-mail address. Write it like name@example.org."))
    return said


def _keep(me: Here, person: Person, facts: dict[str, Any]) -> None:
    mistakes = _mistakes(facts["languages"], facts.get("email", ""))
    for mistake in mistakes:
        st.error(mistake)
    if mistakes:
        return
    try:
        with open_session() as session:
            changed = edit_person(
                session=session,
                person=session.get_one(Person, person.id),
                account_id=me.identity.account_id,
                **facts,
            )
            session.commit()
    except Refusal as refusal:
        st.error(tell(refusal.messages[0]))
        return
    st.session_state["person-said"] = t("It is kept.") if changed else t("Nothing was changed.")
    st.rerun()


def edit_team(me: Here, person: Person, teams: Mapping[UUID, Team], stays: list[Stay]) -> None:
    """Show which team somebody was in from when on, and move them to another."""
    called: dict[UUID | None, str] = {key: name_of(team) for key, team in teams.items()}
    called[None] = t("no team")
    for since, team_id in stays:
        day = words.day(since, today=me.today)
        st.write(t("From {day}: {team}", day=day, team=called.get(team_id, "–")))
    choices = list(called)
    with st.form(f"team-{person.id}", border=False):
        team_id = st.selectbox(
            t("Team"),
            choices,
            index=choices.index(person.team_id) if person.team_id in choices else None,
            format_func=called.__getitem__,
            key="move-team",
        )
        since = st.date_input(
            t("From which day on?"),
            value=me.today,
            max_value=me.today,
            format="YYYY-MM-DD",
            key="move-since",
            help=t(
                "The whole day counts for the new team, and so do entries of that day and later "
                "ones that were sent already."
            ),
        )
        if st.form_submit_button(t("Move to this team")):
            _move(me, person, team_id, since)


def _move(me: Here, person: Person, team_id: UUID | None, since: object) -> None:
    try:
        with open_session() as session:
            changed = move(
                session=session,
                person=session.get_one(Person, person.id),
                team_id=team_id,
                since=since,  # type: ignore[arg-type] # one day was asked for
                account_id=me.identity.account_id,
            )
            session.commit()
    except Refusal as refusal:
        st.error(tell(refusal.messages[0]))
        return
    st.session_state["person-said"] = tn(
        "Done. One entry counts for another team now.",
        "Done. {count} entries count for another team now.",
        changed,
    )
    st.rerun()
