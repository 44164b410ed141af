"""Asking who and when: what is known about a conversation besides its words."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from pages import words
from pages.words import t
from survey.interviews.facts import Facts


def ask(known: Facts, *, today: dt.date, offered: list[str]) -> Facts:
    """Ask for the facts of a conversation.

    Args:
        known: What is known already.
        today: The date on this person's wall; no conversation is later.
        offered: The languages of the study, as BCP 47 tags.
    """
    left, right = st.columns(2)
    day = left.date_input(t("Day"), value=known.day, max_value=today, key="day")
    minutes = right.number_input(
        t("How long, in minutes?"),
        value=round(known.duration / 60) if known.duration else None,
        min_value=1,
        max_value=24 * 60,
        step=1,
        key="minutes",
    )
    place = left.text_input(t("Place"), known.place, key="place")
    guide = right.text_input(t("Which interview guide was used?"), known.guide, key="guide")
    tags = list(dict.fromkeys([*known.languages, *offered]))
    languages = st.multiselect(
        t("In which languages?"),
        tags,
        default=list(known.languages),
        format_func=words.language_name,
        placeholder=t("Choose"),
        key="languages",
    )
    asked = st.text_input(t("Who asked the questions?"), known.interviewers, key="asked-by")
    relation = st.text_input(
        t("How do you know the person you interviewed?"),
        known.relation,
        placeholder=t("For example: colleagues for two years; never met before"),
        key="relation",
    )
    agreed = st.segmented_control(
        t("Did they agree to the recording?"),
        [True, False],
        default=known.recording_agreed,
        format_func=lambda yes: t("Yes") if yes else t("No"),
        key="agreed",
    )
    return Facts(
        day=day if isinstance(day, dt.date) else None,
        place=place.strip(),
        interviewers=asked.strip(),
        languages=tuple(languages),
        duration=minutes * 60.0 if minutes else None,
        guide=guide.strip(),
        relation=relation.strip(),
        recording_agreed=agreed,
    )
