"""How does my application stand?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables import Application, Response
from data.tables.base import now
from i18n import Refusal
from pages import words
from pages.navigation import CORRECT, ENTRIES, FOLDER, MY_DATA, WRITE, go
from pages.participant.reading import read_entry
from pages.participant.shelf import EntryShelf
from pages.participant.unlock import sight
from pages.who import Here
from pages.words import t, tell
from survey import own_studies, questionnaires
from survey.applying import starting
from survey.applying.letter import until
from survey.applying.sending import may_correct, reply
from survey.applying.states import State
from survey.calendar import Standing
from survey.pins import Sight
from survey.responses import entries_of
from survey.today import Asked, asked_of


def application_screen(me: Here) -> None:
    """Show an applicant what they can do now: write, read and correct, or say whether they come."""
    with open_session() as session:
        application = starting.opened(me.author, session=session)
        asked = asked_of(
            session=session,
            study=me.study,
            person=me.author,
            account_id=me.identity.account_id,
            now=now(),
        )
        sent = entries_of(session=session, person_id=me.author.id)
        session.commit()
    if said := st.session_state.pop("application-said", None):
        st.success(said, icon=":material/check:")
    match State(application.state):
        case State.DRAFT:
            _writing(me, next((each for each in asked if each.window), None))
        case State.INVITED:
            _invited(me)
        case State.ACCEPTED:
            _comes(me, application)
        case State.DECLINED:
            _stays_away(me)
        case State.REFUSED:
            st.title(t("This time it was not chosen"), anchor=False)
            st.write(t("Thank you for applying, and for the work in it."))
        case _:
            _sent(me, application)
    if sent:
        _read(me, application, sent[0])
    st.page_link(
        str(FOLDER / MY_DATA.file),
        label=t("See or delete what you gave"),
        icon=MY_DATA.icon,
    )


def _writing(me: Here, asked: Asked | None) -> None:
    """Offer to begin or to go on, as long as there is time."""
    if asked is None or asked.standing is not Standing.DUE:
        coming = asked is not None and asked.standing is Standing.COMING
        st.title(
            t("It has not begun yet") if coming else t("The time to apply is over"), anchor=False
        )
        st.write(
            t("You can write from {day} on.", day=words.day(me.study.start, today=me.today))
            if coming
            else t("What you began was not sent, and nobody has read it.")
        )
        return
    st.title(t("Your application is begun") if asked.begun else t("Your application"), anchor=False)
    st.write(words.of(me.study.texts.get("description", {})))
    st.write(
        t(
            "Until {until}. It takes about {minutes} minutes; you can stop at any time and go on "
            "with your private link, on any device. Nobody reads it before you send it.",
            until=until(me.study, words.language()),
            minutes=asked.assignment.minutes,
        )
    )
    label = t("Continue where you stopped") if asked.begun else t("Begin")
    if st.button(label, type="primary", key="apply", width="stretch"):
        go(WRITE, what=asked.assignment.id, day=asked.day, entry=asked.instance_id)


def _sent(me: Here, application: Application) -> None:
    st.title(t("Your application has arrived"), anchor=False)
    st.write(
        t(
            "It is {code}. Thank you for the work in it. As soon as it is decided you get a "
            "letter, and it stands here.",
            code=me.author.code,
        )
    )
    if may_correct(application, me.study):
        st.write(t("You can correct it until {until}.", until=until(me.study, words.language())))


def _answer(me: Here, *, comes: bool) -> None:
    """Keep whether somebody comes."""
    try:
        with open_session() as session:
            reply(
                starting.opened(me.author, session=session),
                comes=comes,
                session=session,
                account_id=me.identity.account_id,
            )
            session.commit()
    except Refusal as refusal:
        st.session_state["application-problem"] = tell(refusal.messages[0])


def _problem() -> None:
    if problem := st.session_state.pop("application-problem", None):
        st.error(problem, icon=":material/error:")


def _button(me: Here, label: str, *, comes: bool, primary: bool) -> None:
    st.button(
        label,
        type="primary" if primary else "secondary",
        key="come" if comes else "stay-away",
        width="stretch",
        on_click=_answer,
        args=(me,),
        kwargs={"comes": comes},
    )


def _invited(me: Here) -> None:
    st.title(t("You are invited"), anchor=False)
    _problem()
    st.write(t("We would like you to be part of it. Are you coming?"))
    _button(me, t("I am coming"), comes=True, primary=True)
    _button(me, t("I cannot come"), comes=False, primary=False)


def _comes(me: Here, application: Application) -> None:
    st.title(t("You are coming. We look forward to it"), anchor=False)
    _problem()
    if application.participant_id is None:
        st.write(t("As soon as the teams are put together, the way into the study opens here."))
        _button(me, t("I cannot come after all"), comes=False, primary=False)
        return
    st.write(
        t(
            "You are one of the participants now. The study asks for your consent by itself; what "
            "you wrote in your application stays here, apart from it."
        )
    )
    if st.button(t("Open the study"), type="primary", key="open-study", width="stretch"):
        _enter_study(me)


def _enter_study(me: Here) -> None:
    """Move this device on to the study that was applied to."""
    try:
        with open_session() as session:
            own_studies.switch(
                session=session, identity=me.identity, study_id=me.study.parent_id or me.study.id
            )
            session.commit()
    except Refusal as refusal:
        st.error(tell(refusal.messages[0]))
    else:
        st.rerun()


def _stays_away(me: Here) -> None:
    st.title(t("You are not coming"), anchor=False)
    _problem()
    st.write(t("Thank you for letting us know."))
    _button(me, t("I am coming after all"), comes=True, primary=False)


def _read(me: Here, application: Application, response: Response) -> None:
    """Show what was sent, and offer to correct it while there is time."""
    if sight(me) is not Sight.OPEN:
        st.page_link(
            str(FOLDER / ENTRIES.file),
            label=t("To read what you sent, open it with your PIN"),
            icon=":material/lock:",
        )
        return
    changeable = may_correct(application, me.study)
    if changeable and st.button(
        t("Correct it"), icon=":material/edit:", key="correct", width="stretch"
    ):
        go(CORRECT, entry=response.id)
    with st.expander(t("What you sent"), key="what-you-sent", on_change="rerun") as opened:
        if not opened.open:
            return
        with open_session() as session:
            version = questionnaires.versions(session=session, study_id=me.study.id)[
                response.questionnaire_id
            ]
        shelf = EntryShelf(me.study.id, me.identity.account_id, response.id)
        read_entry(response, version, shelf)


def is_call(me: Here) -> bool:
    """Tell whether somebody is here as an applicant."""
    return me.study.kind == "call"


def says_until(me: Here) -> str:
    """Say until when an application can be written, and who reads it."""
    return t(
        "Until {until}. Only those who choose read it.",
        until=until(me.study, words.language()),
    )
