"""Writing one entry."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

import streamlit as st

from data.database import open_session
from data.tables import Assignment, Draft, Person, Questionnaire
from data.tables.base import now
from i18n import Refusal
from pages import words
from pages.drawing import draw
from pages.drawing.entry import Entry
from pages.drawing.form import undrawn
from pages.drawing.speaking import offer_languages
from pages.navigation import ENTRIES, TODAY, go
from pages.participant.agreement import agree
from pages.participant.application import is_call, says_until
from pages.participant.drafting import Drafting
from pages.participant.shelf import EntryShelf
from pages.who import require_role
from pages.words import t, tell
from survey import decisions, drafts, questionnaires, responses
from survey.applying.sending import arrived
from survey.calendar import window
from survey.filling import Filling
from survey.own_calendar import changes_in
from survey.today import plan_of
from survey.writing import AlreadySentError, assignment_to_write

me = require_role("participant")
agree(me)


def wanted() -> tuple[Assignment, date, UUID]:
    """Return what the address asks to write; anything else leads back to today."""
    try:
        assignment_id = UUID(st.query_params["what"])
        day = date.fromisoformat(st.query_params["day"])
        instance_id = UUID(st.query_params["entry"])
        with open_session() as session:
            assignment = assignment_to_write(
                session=session,
                identity=me.identity,
                assignment_id=assignment_id,
                day=day,
                instance_id=instance_id,
            )
    except AlreadySentError:
        go(TODAY if is_call(me) else ENTRIES)
    except (KeyError, ValueError, Refusal):
        go(TODAY)
    return assignment, day, instance_id


def is_open(assignment: Assignment, day: date) -> bool:
    """Tell whether an entry for this day is taken now."""
    if assignment.schedule == "open":
        return True
    with open_session() as session:
        changes = changes_in(session=session, study_id=me.study.id).of(me.author)
    return window(plan_of(assignment, me.study), day, me.zone, changes).takes(now())


assignment, day, instance_id = wanted()
with open_session() as opened:
    latest = questionnaires.latest(
        session=opened, study_id=me.study.id, name=assignment.questionnaire
    )
    kept = drafts.drafts_of(
        session=opened, account_id=me.identity.account_id, instance_id=instance_id
    )
    known = (
        decisions.labels(session=opened, study_id=me.study.id) if assignment.decision_path else []
    )
if latest is None or not is_open(assignment, day):
    st.title(t("This can no longer be written"), anchor=False)
    st.write(t("The time for it has passed. What you wrote before is kept."))
    st.stop()

questionnaire: Questionnaire = latest


def restored(kept: dict[str, Draft]) -> Filling:
    """Return the entry as its drafts have it."""
    filling = Filling(
        questionnaires.form_of(questionnaire),
        language=words.language(),
        instance_id=f"uuid:{instance_id}",
    )
    drafts.restore(filling, kept)
    return filling


filling = restored(kept)


drafting = Drafting(me, questionnaire, instance_id, filling, kept)
if kept:
    drafting.keep_beginning()


def send() -> None:
    """Send the entry as the database has it now; what is missing is said beside its question."""
    with open_session() as session:
        newest = drafts.drafts_of(
            session=session, account_id=me.identity.account_id, instance_id=instance_id
        )
        filling = restored(newest)
        if filling.problems():
            st.session_state["insist"] = instance_id
            st.rerun()
        responses.submit(
            session=session,
            person=me.author,
            questionnaire=questionnaire,
            assignment=assignment,
            instance_id=instance_id,
            answers=filling.submission(),
            day=day,
            language=words.language(),
        )
        if is_call(me):
            arrived(session.get_one(Person, me.author.id), session=session)
        session.commit()
    if is_call(me):
        go(TODAY)
    st.session_state["sent"] = (instance_id, words.clock(now(), me.zone))
    go(ENTRIES)


st.title(words.of(assignment.title, filling.form.title), anchor=False)
st.caption(
    says_until(me)
    if is_call(me)
    else t("For {day}.", day=words.day(day, today=me.today))
    + "  \n"  # a new line
    + t("The research team reads this; known names are masked.")
)
if strange := undrawn(filling):
    st.error(
        t(
            "This questionnaire asks for {types}, which cannot be answered here.",
            types=", ".join(strange),
        )
    )
    st.stop()
offer_languages(filling)
insisting = st.session_state.get("insist") == instance_id
try:
    complete = draw(
        filling,
        key=drafting.key,
        entry=Entry(
            account_id=me.identity.account_id,
            assignment_id=assignment.id,
            day=day,
            instance_id=instance_id,
            zone=str(me.zone),
            drafts=kept,
        ),
        save=drafting.save,
        turns_changed=drafting.keep_turns,
        insist=insisting,
        suggestions={assignment.decision_path: known} if known else None,
        shelf=EntryShelf(me.study.id, me.identity.account_id, instance_id),
        material=partial(questionnaires.material, questionnaire),
    )
    if complete and st.button(t("Send"), type="primary", key="send", width="stretch"):
        send()
    drafting.say_when_saved()
except Refusal as refusal:
    for message in refusal.messages:
        st.error(tell(message))
