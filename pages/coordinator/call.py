"""How do people apply?"""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from data.database import open_session
from data.tables import Call, Study
from i18n import INTERFACE_LANGUAGES, Refusal
from pages import words
from pages.coordinator.calling import the_call, the_parent
from pages.coordinator.link_pictures import show_link
from pages.who import require_role
from pages.words import t, tell, tn
from settings import ROOT, settings
from survey import own_studies
from survey.applying import managing, reviewing
from survey.applying.calls import criteria_of, is_open
from survey.applying.choosing import keep_wording
from survey.applying.letter import PLACES, wording
from survey.applying.posting import can_post
from survey.applying.states import State
from survey.colleagues import give_role, invite_colleague
from survey.study_folder.call_folder import import_call, read_call

SHIPPED = ROOT / "studies" / "ai-film-set" / "call"
"""The call that comes with the toolkit; its form can be replaced before anybody applies."""

PLACES_SHOWN = ", ".join(f"{{{place}}}" for place in PLACES)
me = require_role("coordinator")


def make() -> None:
    """Make a call out of the one that ships."""
    st.title(t("Nobody can apply yet"), anchor=False)
    st.write(
        t(
            "A call for applications stands beside the study: with a form of its own, and nothing "
            "in it mixes with what participants write. It begins with the form, the consent text "
            "and the criteria that ship; you can change all of them before you open the door."
        )
    )
    with st.form("new-call"):
        first = st.date_input(t("First day"), value=me.today, format="YYYY-MM-DD", key="opens")
        last = st.date_input(
            t("Last day"), value=me.today + timedelta(days=30), format="YYYY-MM-DD", key="closes"
        )
        if st.form_submit_button(t("Make the call"), type="primary"):
            try:
                with open_session() as session:
                    import_call(
                        read_call(SHIPPED),
                        session=session,
                        parent=session.get_one(Study, me.study.id),
                        opens=first,
                        closes=last,
                        account_id=me.identity.account_id,
                    )
                    session.commit()
            except Refusal as refusal:
                st.error(tell(refusal.messages[0]))
            else:
                st.rerun()


def door(call: Call, study: Study) -> None:
    """Show the public door and let it be opened and closed."""
    with open_session() as session:
        taking = is_open(call, study, session=session)
    if taking:
        st.title(t("People can apply"), anchor=False)
    elif call.open:
        st.title(t("The door is open, but not on these days"), anchor=False)
    else:
        st.title(t("The door is closed"), anchor=False)
    st.write(
        t(
            "From {first} to {last}, to the end of the day in {zone}.",
            first=study.start.isoformat(),
            last=study.end.isoformat(),
            zone=study.time_zone,
        )
    )
    if call.open:
        show_link(f"{settings().public_url}/apply/{the_parent(me).slug}")
    if not can_post():
        st.info(
            t(
                "This installation sends no letters, so the door says to ask you. You make the "
                "private links below and hand them over yourself."
            )
        )
    label = t("Close the door") if call.open else t("Open the door")
    if st.button(label, type="secondary" if call.open else "primary", key="door", width="stretch"):
        with open_session() as session:
            managing.open_door(
                session.get_one(Call, call.id),
                is_open=not call.open,
                session=session,
                account_id=me.identity.account_id,
            )
            session.commit()
        st.rerun()


def days(call: Call, study: Study) -> None:
    """Let the days and what reviewers see be changed."""
    with st.expander(t("Days, and reading without names"), key="days"), st.form("call-days"):
        first = st.date_input(
            t("First day"),
            value=study.start,
            format="YYYY-MM-DD",
            key="call-opens",
        )
        last = st.date_input(t("Last day"), value=study.end, format="YYYY-MM-DD", key="call-closes")
        blind = st.checkbox(
            t("Reviewers see no names, and nothing that the form marks as identifying"),
            value=call.blind,
            key="blind",
        )
        if st.form_submit_button(t("Keep")):
            try:
                with open_session() as session:
                    managing.change_call(
                        session.get_one(Call, call.id),
                        session.get_one(Study, study.id),
                        first=first,
                        last=last,
                        blind=blind,
                        session=session,
                        account_id=me.identity.account_id,
                    )
                    session.commit()
            except Refusal as refusal:
                st.error(tell(refusal.messages[0]))
            else:
                st.rerun()


def by_hand(study: Study) -> None:
    """Make an application for somebody, with the link to hand over."""
    with st.expander(t("An application by hand"), key="by-hand"):
        st.write(
            t(
                "For somebody who has no e-mail, or where no letters are sent. Hand the link over "
                "in person."
            )
        )
        address = st.text_input(t("E-mail, if there is one"), max_chars=254, key="hand-address")
        tag = st.selectbox(
            t("Language"),
            list(INTERFACE_LANGUAGES),
            format_func=INTERFACE_LANGUAGES.__getitem__,
            key="hand-language",
        )
        if st.button(t("Make the private link"), key="hand"):
            try:
                with open_session() as session:
                    link = managing.begin_by_hand(
                        session=session,
                        study=study,
                        address=address,
                        language=tag,
                        account_id=me.identity.account_id,
                    )
                    session.commit()
            except Refusal as refusal:
                st.error(tell(refusal.messages[0]))
            else:
                show_link(link)


def reviewers(study: Study) -> None:
    """List who reviews, and let somebody in."""
    with open_session() as session:
        known = reviewing.reviewers_of(session=session, study_id=study.id)
    title = tn("One reviewer", "{count} reviewers", len(known)) if known else t("No reviewer yet")
    with st.expander(title, key="reviewers"):
        for number, account in enumerate(known, start=1):
            st.write(account.label or t("Reviewer {number}", number=number))
        name = st.text_input(t("What coordinators call them"), max_chars=80, key="reviewer-name")
        if st.button(t("Make an invite code"), key="invite-reviewer"):
            with open_session() as session:
                token = invite_colleague(
                    session=session,
                    study_id=study.id,
                    role="reviewer",
                    label=name,
                    account_id=me.identity.account_id,
                )
                session.commit()
            show_link(f"{settings().public_url}/enter/{token}")
            st.write(t("It works once."))


def criteria(call: Call) -> None:
    """Show what applications are judged by."""
    with st.expander(t("What applications are judged by"), key="criteria"):
        for each in criteria_of(call):
            weight = f"{each.weight:g}"
            st.write(
                t(
                    "{criterion} (1 to {most}, weight {weight})",
                    criterion=words.of(dict(each.text), each.key),
                    most=each.most,
                    weight=weight,
                )
            )


def letters(call: Call) -> None:
    """Let the letters be worded for everybody; each can still be changed before it is sent."""
    with st.expander(t("What the letters say"), key="letters"):
        names = {State.INVITED: t("Invitation"), State.REFUSED: t("Refusal")}
        what = st.segmented_control(
            t("Which letter"),
            list(names),
            default=State.INVITED,
            required=True,
            format_func=names.__getitem__,
            key="letter",
        )
        tag = st.segmented_control(
            t("Language"),
            list(INTERFACE_LANGUAGES),
            default=words.language(),
            required=True,
            format_func=INTERFACE_LANGUAGES.__getitem__,
            key="letter-language",
        )
        subject, text = wording(call, State(what), tag)
        with st.form(f"letter-{what}-{tag}", border=False):
            subject = st.text_input(
                t("Subject"), value=subject, max_chars=200, key=f"subject-{what}-{tag}"
            )
            text = st.text_area(
                t("Letter"), value=text, height=320, max_chars=8000, key=f"text-{what}-{tag}"
            )
            st.caption(t("{places} are filled in for each person.", places=PLACES_SHOWN))
            if st.form_submit_button(t("Keep")):
                with open_session() as session:
                    keep_wording(
                        session.get_one(Call, call.id),
                        State(what),
                        {tag: (subject, text)},
                        session=session,
                        account_id=me.identity.account_id,
                    )
                    session.commit()
                st.rerun()


def own_study(study: Study) -> None:
    """Lead to the form, the consent text and the history of the call, which is a study itself."""
    if me.study.id == study.id:
        return
    st.write(
        t(
            "Form, consent text, history and withdrawing for somebody are on the screens of the "
            "call itself, which is a study of its own."
        )
    )
    if st.button(t("Go to the call"), icon=":material/arrow_forward:", key="go-to-call"):
        with open_session() as session:
            give_role(
                session=session,
                study_id=study.id,
                account_id=me.identity.account_id,
                role="coordinator",
                by=me.identity.account_id,
            )
            own_studies.switch(session=session, identity=me.identity, study_id=study.id)
            session.commit()
        st.rerun()


found_call = the_call(me)
if found_call is None:
    make()
else:
    door(*found_call)
    reviewers(found_call[1])
    days(*found_call)
    criteria(found_call[0])
    letters(found_call[0])
    by_hand(found_call[1])
    own_study(found_call[1])
