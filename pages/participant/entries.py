"""What did I send?"""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from data.database import open_session
from data.erasing import scrub
from data.tables import Response
from pages import words
from pages.navigation import CORRECT, FOLDER, MY_DATA, SPOKEN, go
from pages.participant.agreement import agree
from pages.participant.reading import read_corrections, read_entry
from pages.participant.shelf import EntryShelf
from pages.participant.unlock import has_pin, sight, unlock
from pages.who import require_role
from pages.words import t, tn
from survey import corrections, questionnaires, responses
from survey.interviews.own import spoken_by
from survey.pins import Sight

SHOWN = 20
FIRST_DAYS = 3
"""After so many entries a PIN is suggested; whoever has not chosen one by then does not want to."""

me = require_role("participant")
agree(me)
with open_session() as opened:
    sent = responses.entries_of(session=opened, person_id=me.author.id)
    versions = questionnaires.versions(session=opened, study_id=me.study.id)
    spoke = bool(spoken_by(me.author, session=opened))
    titles = {
        assignment.questionnaire: words.of(assignment.title, assignment.questionnaire)
        for assignment in questionnaires.assignments(session=opened, study_id=me.study.id)
    }


def line(response: Response) -> str:
    """Name an entry: its day, its questionnaire, when it arrived, whether it was corrected."""
    name = versions[response.questionnaire_id].name
    parts = [
        words.day(response.day, today=me.today),
        titles.get(name, name),
        words.clock(response.submitted_at, me.zone),
        t("corrected") if response.corrected_at else "",
    ]
    said = " · ".join(part for part in parts if part)
    return said[0].upper() + said[1:]


def shelf_of(response: Response) -> EntryShelf:
    """Return where the files of an entry are."""
    return EntryShelf(me.study.id, me.identity.account_id, response.id)


def forget_old_wording(entry: UUID) -> None:
    """Remove what an entry said before its corrections."""
    with open_session() as session:
        corrections.erase_old_wording(
            session=session,
            response=session.get_one(Response, entry),
            account_id=me.identity.account_id,
        )
        session.commit()
    scrub()


def earlier_versions(response: Response) -> None:
    """Show what an entry said before, and offer to remove it."""
    with open_session() as session:
        revisions = corrections.corrections_of(session=session, response_id=response.id)
    with st.container(border=True):
        read_corrections(revisions, response, versions[response.questionnaire_id], me.zone)
        if not all(revision.erased for revision in revisions):
            st.button(
                t("Remove the old wording for good"),
                key=f"erase-{response.id}",
                on_click=forget_old_wording,
                args=(response.id,),
            )


def show(response: Response, *, opened: bool) -> None:
    """Show one entry; what is in it is worked out only when somebody looks."""
    with st.expander(
        line(response), expanded=opened, key=f"entry-{response.id}", on_change="rerun"
    ) as entry:
        if not entry.open:
            return
        read_entry(response, versions[response.questionnaire_id], shelf_of(response))
        if response.corrected_at:
            earlier_versions(response)
        if st.button(t("Correct this entry"), icon=":material/edit:", key=f"fix-{response.id}"):
            go(CORRECT, entry=response.id)


newest, time = st.session_state.pop("sent", (None, ""))
# Opened from the start: what has just come, and what the address names. They stay so.
opened_first: set[str] = st.session_state.setdefault("opened-first", set())
if newest:
    st.success(t("It has arrived, {time}. Thank you.", time=time), icon=":material/check:")
if wanted := st.query_params.get("entry", ""):
    opened_first.add(wanted)
if corrected := st.session_state.pop("corrected", None):
    newest = corrected[0]
    st.success(corrected[1], icon=":material/check:")
if newest:
    opened_first.add(str(newest))
if sight(me) is not Sight.OPEN:
    # What was sent here a moment ago may be read here.
    sent_here: set[UUID] = st.session_state.setdefault("sent-here", set())
    sent_here |= {newest} if newest else set()
    st.title(t("My entries"), anchor=False)
    for response in sent:
        if response.id in sent_here:
            with st.expander(line(response), expanded=response.id == newest):
                read_entry(response, versions[response.questionnaire_id], shelf_of(response))
    unlock(me)
if newest and len(sent) <= FIRST_DAYS and not has_pin(me):
    st.page_link(
        str(FOLDER / MY_DATA.file),
        label=t("Choose a PIN, so that nobody else can read this through your link"),
        icon=":material/lock:",
    )
st.title(
    tn("You sent one entry", "You sent {count} entries", len(sent))
    if sent
    else t("Here you will find what you send"),
    anchor=False,
)
if spoke:
    st.page_link(
        str(FOLDER / SPOKEN.file), label=t("What you said in interviews"), icon=SPOKEN.icon
    )
many = st.session_state.get("entries-shown", SHOWN)
if any(str(response.id) == wanted for response in sent[many:]):
    many = len(sent)
for response in sent[:many]:
    show(response, opened=str(response.id) in opened_first)
if len(sent) > many and st.button(t("Show earlier entries"), key="earlier"):
    st.session_state["entries-shown"] = many + SHOWN
    st.rerun()
