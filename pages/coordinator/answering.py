"""Inviting an applicant or saying no, with one letter in their language."""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables import Application, Call, Person, Study
from i18n import Refusal
from pages import words
from pages.who import Here
from pages.words import t, tell
from survey.applying import choosing
from survey.applying.letter import PLACES, filled, places_of, wording
from survey.applying.posting import can_post, letters_of
from survey.applying.sending import language_of
from survey.applying.states import BEFORE, State

ASKED = (State.INVITED, State.REFUSED)


def offer_answers(me: Here, call: Call, study: Study, application: Application) -> None:
    """Offer what an application can be answered with as it stands."""
    state = State(application.state)
    possible = [what for what in ASKED if state in BEFORE[what]]
    if not possible or application.participant_id:
        return
    st.subheader(t("Answer"), anchor=False)
    names = {State.INVITED: t("Invite"), State.REFUSED: t("Say no")}
    what = st.segmented_control(
        t("Answer"),
        possible,
        format_func=names.__getitem__,
        label_visibility="collapsed",
        key=f"answer-{application.id}",
    )
    if what:
        _letter(me, call, study, application, State(what))


def _letter(me: Here, call: Call, study: Study, application: Application, what: State) -> None:
    """Show the letter to change and to send."""
    with open_session() as session:
        person = session.get_one(Person, application.person_id)
        language = language_of(person, session=session)
        places = places_of(application, person, study, session=session, language=language)
        session.commit()
    if not st.session_state.get("names"):
        places["name"] = person.code
    subject, text = wording(call, what, language)
    key = f"{what}-{application.id}"
    st.caption(
        t(
            "In {language}. {places} are filled in for each person.",
            language=words.language_name(language),
            places=", ".join(f"{{{place}}}" for place in PLACES),
        )
    )
    subject = st.text_input(t("Subject"), value=subject, max_chars=200, key=f"subject-{key}")
    text = st.text_area(t("Letter"), value=text, height=320, max_chars=8000, key=f"text-{key}")
    with st.expander(t("As it will be read"), key=f"preview-{key}"):
        shown = places | {"link": t("(the private link)")}
        st.markdown(f"**{_plain(filled(subject, shown))}**")
        st.text(filled(text, shown))
    reaches = can_post() and bool(person.email) and not study.invented
    if not reaches:
        st.info(
            t(
                "No letter can be sent from here. The answer stands on the applicant’s own page; "
                "tell them yourself as well."
            )
        )
    label = t("Invite") if what is State.INVITED else t("Say no")
    # Called before anything is drawn: somebody else's answer may have taken the button away.
    st.button(
        label,
        type="primary",
        key=f"send-{key}",
        width="stretch",
        on_click=_send,
        args=(me, application, what, key),
        kwargs={"reaches": reaches},
    )


def _plain(text: str) -> str:
    """Keep a subject from being taken for markup."""
    return "".join(f"\\{each}" if each in "\\`*_{}[]()#+-.!<>~|$:" else each for each in text)


def _send(me: Here, application: Application, what: State, key: str, *, reaches: bool) -> None:
    """Answer with the letter as it stands on the screen at this moment."""
    subject, text = (str(st.session_state[f"{part}-{key}"]) for part in ("subject", "text"))
    try:
        with open_session() as session:
            choosing.answer(
                session.get_one(Application, application.id),
                what,
                session=session,
                subject=subject,
                text=text,
                account_id=me.identity.account_id,
            )
            session.commit()
    except Refusal as refusal:
        st.session_state["applicant-problem"] = tell(refusal.messages[0])
        return
    st.session_state["applicant-said"] = (
        t("Answered. The letter is on its way.")
        if reaches
        else t("Answered. No letter is sent: tell them yourself.")
    )


def list_letters(me: Here, application: Application) -> None:
    """Show what was sent to an applicant and what became of it."""
    with open_session() as session:
        letters = letters_of(application, session=session)
    if not letters:
        return
    kinds = {
        "link": t("private link"),
        "receipt": t("receipt"),
        State.INVITED.value: t("invitation"),
        State.REFUSED.value: t("refusal"),
    }
    ends = {
        "waiting": t("waits to be sent"),
        "claimed": t("waits to be sent"),
        "sending": t("is being sent"),
        "sent": t("sent"),
        "unknown": t("nobody can say whether it went out"),
        "refused": t("the mail server did not take it"),
        "missed": t("was not sent"),
        "needless": t("was not needed any more"),
    }
    with st.expander(t("Letters"), key=f"letters-{application.id}"):
        for letter in letters:
            when = words.moment(letter.sent_at or letter.created_at, me.zone)
            st.write(
                f"{when} · {kinds.get(letter.what or letter.kind, letter.kind)} · "
                f"{ends.get(letter.status, letter.status)}"
            )
