"""How does everyone come in?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.database import open_session
from data.tables import Person
from pages import words
from pages.coordinator.people_words import name_of
from pages.navigation import COLLEAGUES, FOLDER, PERSON, go
from pages.who import require_role
from pages.words import t, tn
from settings import settings
from survey import entering
from survey.link_sheet import make_cards, sheet
from survey.people import people_of, record_reading
from survey.studies import teams_of

me = require_role("coordinator")
with open_session() as opened:
    people = [
        person
        for person in people_of(session=opened, study_id=me.study.id)
        if person.withdrawn_at is None
    ]
    teams = teams_of(session=opened, study_id=me.study.id)
    links = entering.ways_in(session=opened, study_id=me.study.id)
came = {key for key, link in links.items() if link.used_at}
waiting = [person for person in people if person.id not in came and person.left_on is None]

st.title(
    tn("One person has not come in yet", "{count} people have not come in yet", len(waiting))
    if waiting
    else t("Everybody has come in"),
    anchor=False,
)
st.write(
    t(
        "A personal link works until it is replaced or closed. It is shown once: "
        "here we keep only its fingerprint."
    )
)


def printed(chosen: Sequence[Person], *, with_names: bool) -> bytes:
    """Make new links for these people and return their sheet."""
    with open_session() as session:
        if with_names:
            record_reading(
                session=session,
                study_id=me.study.id,
                account_id=me.identity.account_id,
                purpose="link sheet",
            )
        cards = make_cards(
            chosen,
            session=session,
            study=me.study,
            teams={key: team.name for key, team in teams.items()},
            address=settings().public_url,
            with_names=with_names,
            account_id=me.identity.account_id,
        )
        session.commit()
    title = t("Personal links: {study}", study=words.of(me.study.texts.get("title"), me.study.slug))
    return sheet(cards, title=title, language=words.language())


def choose() -> list[Person]:
    """Ask for whom the sheet shall be."""
    groups = {
        "waiting": t("Who has not come in yet"),
        "team": t("A team"),
        "some": t("Some people"),
        "all": t("Everybody"),
    }
    group = st.segmented_control(
        t("For whom?"),
        list(groups),
        default="waiting" if waiting else "some",
        required=True,
        format_func=groups.__getitem__,
        key="sheet-for",
    )
    if group == "team":
        team = st.selectbox(
            t("Team"), list(teams), format_func=lambda key: name_of(teams[key]), key="sheet-team"
        )
        return [person for person in people if person.team_id == team]
    if group == "some":
        picked: list[Person] = st.multiselect(
            t("People"),
            people,
            format_func=lambda person: person.code,
            placeholder=t("Choose people"),
            key="sheet-people",
        )
        return picked
    return waiting if group == "waiting" else people


def print_sheet() -> None:
    """Offer cards to print, and say what making them does."""
    st.subheader(t("Cards to print and hand out"), anchor=False)
    chosen = choose()
    with_names = st.checkbox(t("With names (this is recorded)"), key="sheet-names")
    already = sum(person.id in came for person in chosen)
    if already:
        st.warning(
            tn(
                "One of them has come in before: their old link stops working, their devices stay "
                "signed in.",
                "{count} of them have come in before: their old links stop working, their devices "
                "stay signed in.",
                already,
            )
        )
    st.download_button(
        tn("Make one link and its card", "Make {count} links and their cards", len(chosen)),
        words.spoken_later(lambda: printed(chosen, with_names=with_names)),
        file_name=f"links-{me.study.slug}-{me.today.isoformat()}.html",
        mime="text/html",
        type="primary",
        icon=":material/print:",
        disabled=not chosen,
        on_click="ignore",
        key="sheet",
    )
    st.caption(
        t(
            "Each time new links are made. Open the file and print it on A4: eight cards a page, "
            "with lines to cut along. Whoever holds a card can come in, so hand it over in person."
        )
    )


if people:
    print_sheet()
    st.subheader(t("One person"), anchor=False)
    who = st.selectbox(
        t("Person"),
        people,
        index=None,
        format_func=lambda person: person.code,
        placeholder=t("Choose a person"),
        key="person",
    )
    if who and st.button(t("Link, devices and PIN of {code}", code=who.code), key="open-person"):
        go(PERSON, person=who.id)
else:
    st.write(t("Nobody yet. Bring a people file first."))

st.subheader(t("Colleagues"), anchor=False)
st.page_link(str(FOLDER / COLLEAGUES.file), label=t("Invite a colleague"), icon=COLLEAGUES.icon)
