"""How does a new study begin?"""

from __future__ import annotations

import re
from datetime import date, timedelta

import streamlit as st

from data.database import open_session
from data.tables import Study
from i18n import Refusal
from pages import words
from pages.everyone.going_over import SAID
from pages.navigation import STUDIES, go
from pages.who import require_role
from pages.words import language_name, t, tell, tn
from survey.beginning import begin_copy, begin_empty
from survey.own_studies import own_studies
from survey.study_folder import Template, begin, templates

me = require_role("coordinator")
with open_session() as opened:
    own = own_studies(session=opened, account_id=me.identity.account_id)
copied = [each.study for each in own if "coordinator" in each.roles and each.study.kind == "study"]
Source = Template | Study | None
sources: list[Source] = [*templates(), *copied, None]


def called(source: Source) -> str:
    """Say what a study may begin from."""
    if isinstance(source, Template):
        return t("The template “{name}”", name=words.of(source.title, source.name))
    if source is None:
        return t("Nothing: an empty study")
    return t("A copy of “{name}”", name=words.of(source.texts.get("title"), source.slug))


def about(source: Source) -> str:
    """Say what is in what a study begins from."""
    if isinstance(source, Template):
        length = tn("It takes one day.", "It takes {count} days.", source.days)
        return f"{words.of(source.description)} {length}".strip()
    if source is None:
        return t("Teams, questionnaires and the consent text are brought afterwards.")
    return t(
        "What is asked when, the consent text, the design and the teams. People, answers, "
        "interviews and links stay where they are."
    )


def days_of(source: Source) -> int:
    """Return how many days what a study begins from takes."""
    if isinstance(source, Template):
        return source.days
    return (source.end - source.start).days + 1 if source else 30


def short_name(title: str) -> str:
    """Suggest a slug for a title."""
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:80]


def make(source: Source, *, slug: str, title: str, start: date, end: date) -> Study:
    """Make the study; whoever is here coordinates it.

    Raises:
        Refusal: It cannot be called so, or its days are impossible.
    """
    coordinator = me.identity.account_id
    titles = {words.language(): title}
    contact = str(me.study.texts.get("contact", ""))
    with open_session() as session:
        if isinstance(source, Template):
            made = begin(
                source.name, session=session, slug=slug, start=start, end=end, title=titles,
                contact=contact, coordinator=coordinator,
            )  # fmt: skip
        elif source is None:
            made = begin_empty(
                session=session, slug=slug, title=titles, start=start, end=end,
                languages=languages or ["en"], time_zone=me.study.time_zone, contact=contact,
                coordinator=coordinator,
            )  # fmt: skip
        else:
            made = begin_copy(
                session.get_one(Study, source.id), session=session, slug=slug, start=start, end=end,
                title=titles, coordinator=coordinator,
            )  # fmt: skip
        session.commit()
    return made


st.title(t("What does the new study begin from?"), anchor=False)
source = st.selectbox(
    t("It begins from"), sources, format_func=called, key="source", label_visibility="collapsed"
)
st.write(about(source))
suggested = words.of(source.title, source.name) if isinstance(source, Template) else ""
which = sources.index(source)
title = st.text_input(
    t("What is it called?"), value=suggested, max_chars=120, key=f"title-{which}"
).strip()
slug = st.text_input(
    t("Its short name"),
    value=short_name(title) or (source.name if isinstance(source, Template) else ""),
    max_chars=80,
    key=f"slug-{which}-{short_name(title)}",
    help=t("Small letters (a to z), digits and hyphens. It stands in file names and commands."),
).strip()
left, right = st.columns(2)
start = left.date_input(t("First day"), value=me.today, key=f"start-{which}")
end = right.date_input(
    t("Last day"), value=start + timedelta(days=days_of(source) - 1), key=f"end-{which}-{start}"
)
languages: list[str] = []
if source is None:
    languages = st.multiselect(
        t("It speaks"),
        ["en", "zh-Hans", "de"],
        default=[words.language()],
        format_func=language_name,
        placeholder=t("Choose languages"),
        key="languages",
    )
st.caption(t("You coordinate it. Nobody of this study is in it, and nobody here sees it."))
if st.button(t("Begin it"), type="primary", disabled=not title, key="make", width="stretch"):
    try:
        made = make(source, slug=slug, title=title, start=start, end=end)
    except Refusal as refusal:
        for message in refusal.messages:
            st.error(tell(message))
    else:
        st.session_state[SAID] = t(
            "{study} is among your studies now.",
            study=words.of(made.texts.get("title"), made.slug),
        )
        go(STUDIES)
