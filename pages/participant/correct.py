"""What should it say instead?"""

from __future__ import annotations

from functools import partial
from uuid import UUID

import streamlit as st

from data.database import open_session
from data.erasing import scrub
from data.tables import Assignment, Draft, Person, Questionnaire, Response
from data.tables.base import now
from i18n import Refusal
from pages import words
from pages.drawing import draw
from pages.drawing.entry import Entry
from pages.drawing.writing import write_beside
from pages.navigation import ENTRIES, TODAY, go
from pages.participant.agreement import agree
from pages.participant.application import is_call, says_until
from pages.participant.drafting import Drafting
from pages.participant.shelf import CorrectionShelf
from pages.participant.unlock import unlock
from pages.who import require_role
from pages.words import t, tell
from survey import corrections, drafts, questionnaires
from survey.applying.sending import application_of, follow, may_correct
from survey.filling import Filling

me = require_role("participant")
agree(me)
unlock(me)


def wanted() -> tuple[Response, Questionnaire, Assignment]:
    """Return the entry that the address names; anything else leads back to the entries."""
    with open_session() as session:
        try:
            response = session.get(Response, UUID(st.query_params["entry"]))
        except (KeyError, ValueError):
            go(ENTRIES)
        if response is None or response.person_id != me.author.id:
            go(ENTRIES)
        version = session.get_one(Questionnaire, response.questionnaire_id)
        assigned = [
            each
            for each in questionnaires.assignments(session=session, study_id=me.study.id)
            if each.questionnaire == version.name
        ]
    if not assigned:
        go(ENTRIES)
    return response, version, assigned[0]


response, questionnaire, assignment = wanted()
back = TODAY if is_call(me) else ENTRIES


def is_over() -> bool:
    """Tell whether an application can no longer be changed."""
    with open_session() as session:
        application = application_of(me.author, session=session)
    return application is None or not may_correct(application, me.study)


if is_call(me) and is_over():
    go(TODAY)
instance_id = corrections.draft_id(response)


def begun() -> dict[str, Draft]:
    """Return the correction as it was drafted so far."""
    with open_session() as session:
        return drafts.drafts_of(
            session=session, account_id=me.identity.account_id, instance_id=instance_id
        )


def restored(kept: dict[str, Draft]) -> Filling:
    """Return the entry with the correction as it was drafted so far."""
    filling = corrections.opened(response, questionnaire, language=words.language())
    drafts.restore(filling, kept)
    return filling


kept = begun()
filling = restored(kept)


drafting = Drafting(me, questionnaire, instance_id, filling, kept)


def send(*, erase: bool) -> None:
    """Send the correction as the database has it now."""
    newest = begun()
    final = restored(newest)
    why = newest.get(corrections.WHY_PATH)
    if final.problems():
        st.session_state["insist"] = instance_id
        st.rerun()
    with open_session() as session:
        changed = corrections.correct(
            session=session,
            person=me.author,
            instance_id=response.id,
            based_on=response.sha256,
            answers=final.submission(),
            reason=str(why.value or "") if why else "",
            erase=erase,
            account_id=me.identity.account_id,
        )
        if is_call(me):
            follow(session.get_one(Person, me.author.id), session=session)
        session.commit()
    if erase:
        scrub()
    said = (
        t("It is corrected, {time}. Thank you.", time=words.clock(now(), me.zone))
        if changed
        else t("Nothing was changed.")
    )
    if is_call(me):
        st.session_state["application-said"] = said
    else:
        st.session_state["corrected"] = (response.id, said)
    go(back)


st.title(t("What should it say instead?"), anchor=False)
st.caption(
    words.of(assignment.title, filling.form.title)
    + " · "
    + t("For {day}.", day=words.day(response.day, today=me.today))
    if not is_call(me)
    else says_until(me)
)
st.write(
    t("Those who choose read what it says from then on.")
    if is_call(me)
    else t("The research team sees that you corrected it, and what it says from then on.")
)
try:
    entry = Entry(
        account_id=me.identity.account_id,
        assignment_id=assignment.id,
        day=response.day,
        instance_id=instance_id,
        zone=str(me.zone),
        drafts=kept,
    )
    complete = draw(
        filling,
        key=drafting.key,
        entry=entry,
        save=drafting.save,
        turns_changed=drafting.keep_turns,
        insist=st.session_state.get("insist") == instance_id,
        shelf=CorrectionShelf(me.study.id, me.identity.account_id, response.id),
        material=partial(questionnaires.material, questionnaire),
    )
    if complete:
        st.divider()
        why = kept.get(corrections.WHY_PATH)
        st.markdown(t("Why? (you need not say)"))
        write_beside(
            entry,
            corrections.WHY_PATH,
            str(why.value or "") if why else "",
            label=t("Why? (you need not say)"),
        )
        forget = st.checkbox(
            t("Remove the old wording for good"),
            help=t("Otherwise it is kept beside the new one, so that the change can be followed."),
            key="forget",
        )
        if st.button(t("Send the correction"), type="primary", key="send", width="stretch"):
            send(erase=forget)
    drafting.say_when_saved()
except Refusal as refusal:
    for message in refusal.messages:
        st.error(tell(message))
if st.button(t("Leave it as it was"), type="tertiary", key="leave"):
    go(back, entry=response.id)
