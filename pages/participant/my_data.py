"""What do you hold about me?"""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from data.database import open_session
from data.erasing import scrub
from data.tables import Consent, ConsentText, Person
from pages import words
from pages.navigation import ENTRIES, FOLDER, MY_STUDIES
from pages.participant.agreement import agree, has_agreed
from pages.participant.devices import list_devices
from pages.participant.reminding import reminders
from pages.participant.unlock import choose_pin, sight
from pages.who import require_role
from pages.words import t, tn
from survey import consent, holdings
from survey.belongings import belongings
from survey.pins import Sight
from survey.withdrawal import withdraw

me = require_role("participant")
# Whoever agreed to an earlier version may look, download and withdraw without agreeing again.
if not has_agreed(me):
    agree(me)
with open_session() as opened:
    mine = belongings(session=opened, person=me.author)
    agreed = consent.history(session=opened, person=me.author)
contact = me.study.texts.get("contact", "")
count = len(mine.responses)


def everything() -> bytes:
    """Return all of it as one file."""
    with open_session() as session:
        content = holdings.bundle(
            session=session,
            person=session.get_one(Person, me.author.id),
            language=words.language(),
            account_id=me.identity.account_id,
        )
        session.commit()
    return content


def numbers() -> list[str]:
    """Say how much of each kind there is; what there is none of is not mentioned."""
    drafts = len({draft.instance_id for draft in mine.drafts})
    kinds = [
        (count, tn("one entry you sent", "{count} entries you sent", count)),
        (drafts, tn("one you began", "{count} you began", drafts)),
        (len(mine.files), tn("one file", "{count} files", len(mine.files))),
        (
            len(mine.interviews),
            tn(
                "one interview you spoke in",
                "{count} interviews you spoke in",
                len(mine.interviews),
            ),
        ),
    ]
    return [said for number, said in kinds if number]


def copy_of(text: ConsentText, given: Consent) -> str:
    """Return a copy of what was agreed to, with when."""
    when = _stamp(given.given_at)
    return (
        consent.text_of(text, given.language)
        + "\n\n"
        + t("Version {version}", version=text.version)
        + " · "
        + t("You agreed to this {when}.", when=when)
        + "\n"
    )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(me.zone).strftime("%Y-%m-%d %H:%M")


def agreements() -> None:
    """Show what was agreed to, newest first, with a copy to take away."""
    st.subheader(t("What you agreed to"), anchor=False)
    for given, text in agreed:
        name = t("Version {version}", version=given.version)
        with st.expander(f"{name} · {words.moment(given.given_at, me.zone)}"):
            if text is None:
                st.write(t("The text of this version is not kept any more."))
                continue
            st.markdown(consent.text_of(text, given.language))
            st.download_button(
                t("A copy for you"),
                copy_of(text, given),
                file_name=f"consent-{text.version}.txt",
                mime="text/plain",
                key=f"copy-{given.id}",
                on_click="ignore",
            )


def leave() -> None:
    """Withdraw: everything goes, and this device is signed out."""
    with open_session() as session:
        person = session.get_one(Person, me.author.id)
        gone = withdraw(session=session, person=person, account_id=me.identity.account_id)
        session.commit()
    scrub()
    st.session_state["withdrew"] = (gone.entries, contact, me.identity.account_id)


def last_step() -> None:
    """Say what withdrawing means, and let it be done or not."""
    with st.container(border=True, key="last-step"):
        st.markdown(
            "\n".join(
                f"- {line}"
                for line in (
                    t("Everything you wrote is deleted: what you sent, its corrections, drafts."),
                    t("So are your files, and what you said in interviews."),
                    t("So is what was made of it: extracts, themes and words that only you used."),
                    t("So are your name and your address. Your link is closed."),
                    t("Your code stays, and how many entries there were."),
                    t("What was already printed or exported cannot be called back."),
                )
            )
        )
        st.write(t("This cannot be undone."))
        st.button(
            tn(
                "Withdraw my consent and delete my one entry",
                "Withdraw my consent and delete my {count} entries",
                count,
            )
            if count
            else t("Withdraw my consent and delete everything"),
            type="primary",
            key="withdraw",
            width="stretch",
            on_click=leave,
        )
        if st.button(t("Keep everything as it is"), key="stay", width="stretch"):
            st.session_state["leaving"] = False
            st.rerun()


leaving = st.session_state.get("leaving", False)
st.title(t("What is held about you"), anchor=False)
st.write(
    t("Here you are {code}.", code=me.author.code)
    if me.study.kind == "call"
    else t(
        "Here you are {code}. Your name is kept apart from what you write, and only the "
        "coordinator can see it.",
        code=me.author.code,
    )
)
if held := numbers():
    st.markdown("\n".join(f"- {said}" for said in held))
opened_here = sight(me) is Sight.OPEN
if opened_here:
    st.download_button(
        t("Download everything"),
        words.spoken_later(everything),
        file_name=f"{me.author.code}.zip",
        mime="application/zip",
        type="secondary" if leaving else "primary",
        icon=":material/download:",
        on_click="ignore",
        key="download",
    )
else:
    st.page_link(
        str(FOLDER / ENTRIES.file),
        label=t("To download or read it, open it with your PIN"),
        icon=":material/lock:",
    )
if me.study.kind != "call":
    st.write(t("To correct something, open it under “My entries”."))
if contact:
    st.write(t("If you have a question, write to {contact}.", contact=contact))
if agreed:
    agreements()
if me.study.kind != "call":
    reminders(me, opened=opened_here)
if opened_here:
    st.subheader(t("Your devices"), anchor=False)
    list_devices(me)
    choose_pin(me)
applies = me.study.kind == "call"
if not applies:
    st.page_link(
        str(FOLDER / MY_STUDIES.file),
        label=t("Take part in another study here too"),
        icon=MY_STUDIES.icon,
    )
st.subheader(t("Withdrawing your application") if applies else t("Leaving the study"), anchor=False)
st.write(t("You can withdraw at any time and need not say why."))
if leaving:
    last_step()
elif st.button(t("I want to withdraw"), key="leave"):
    st.session_state["leaving"] = True
    st.rerun()
