"""Does the computer read as people do?"""

from __future__ import annotations

from functools import partial
from uuid import UUID

import streamlit as st

from data.database import open_session
from i18n import Refusal
from nlp.checking import Checked, begin
from nlp.checking.beginning import MOST
from nlp.checking.sampling import EACH, UNKNOWN, draw
from nlp.deciding import Desk, describe
from nlp.results import Found, title_of
from pages import words
from pages.navigation import CHECKING, go
from pages.researcher.checked import checked, fit, results
from pages.researcher.deciding import seen
from pages.researcher.findings import findings
from pages.researcher.reading_blindly import read_blindly
from pages.who import require_role
from pages.words import t, tell, tn

me = require_role("researcher")
found = findings(me.study.id)
if found is None or not found.themes:
    st.title(t("Checking comes after the themes"), anchor=False)
    st.write(t("Find the themes first: then people can say whether the computer read them right."))
    st.stop()
REFUSED = "refused-check"


def heading(checks: dict[int, Checked]) -> str:
    """Say in one line how far it is."""
    reviewed = sum(check.counts and check.complete for check in checks.values())
    if not reviewed:
        return t("Does the computer read as people do?")
    return tn("One theme is checked", "{count} themes are checked", reviewed)


def one(of: Found, number: int, check: Checked) -> None:
    """Show a check: how far it is, and the way to one's own part in it."""
    theme = next((each for each in (*of.themes, *of.hidden) if each.number == number), None)
    with st.container(border=True, key=f"check-{number}"):
        title = title_of(theme, words.language()) if theme else words.of(check.check.title)
        st.subheader(title, anchor=False)
        st.text(words.of(check.check.description))
        if note := fit(check):
            st.caption(note)
        for sentence in how_far(check):
            st.caption(sentence)
        # A link to the screen that one is on would not change its address.
        if check.counts and st.button(
            t("Read its passages blindly"), icon=":material/visibility_off:", key=f"read-{number}"
        ):
            go(CHECKING, check=check.check.id)


def how_far(check: Checked) -> list[str]:
    """Say which languages how many people have finished."""
    told = []
    for count in sorted(set(check.languages.values())):
        named = words.together(
            [words.language_name(tag) for tag, done in check.languages.items() if done == count]
        )
        told.append(
            tn(
                "Finished by one person: {languages}",
                "Finished by {count} people: {languages}",
                count,
                languages=named,
            )
            if count
            else t("Finished by nobody yet: {languages}", languages=named)
        )
    return told


def start(of: Found, checks: dict[int, Checked]) -> None:
    """Offer to check another theme."""
    left = {
        theme.number: title_of(theme, words.language())
        for theme in of.themes
        if theme.number not in checks or not checks[theme.number].counts
    }
    if not left:
        st.caption(t("Every theme has a check."))
        return
    number = int(
        st.selectbox(t("Theme"), list(left), format_func=left.__getitem__, key="check-theme")
    )
    known = of.decisions.descriptions.get(number, {})
    text = st.text_area(
        t("What is it about, and what not?"),
        value=known.get(words.language(), words.of(known)),
        key=f"description-{number}-{of.decisions.revision}",
        help=t("Coders judge by this alone. It becomes the description of the theme."),
    )
    each = st.slider(
        t("Passages of each kind in each language"),
        5,
        50,
        EACH,
        5,
        help=t(
            "So many from what the computer put into the theme, and so many from the rest. More "
            "make the answer surer."
        ),
        key="check-each",
    )
    count = len(draw(of, number, each=min(each, MOST)))
    st.caption(
        tn(
            "Each coder reads one passage; two coders are needed for each language.",
            "Each coder reads up to {count} passages; two coders are needed for each language. "
            "{minutes} minutes a person, at about seven passages a minute.",
            count,
            minutes=max(1, round(count / 7)),
        )
    )
    if unknown := int((of.passages["language"] == UNKNOWN).sum()):
        st.caption(
            tn(
                "One passage is not asked about: it is so short that its language is not known.",
                "{count} passages are not asked about: they are so short that their language is "
                "not known.",
                unknown,
            )
        )
    st.button(
        t("Draw the passages"),
        type="secondary" if checks else "primary",
        key="begin",
        on_click=partial(begin_now, of, number, text, each),
    )


def begin_now(of: Found, number: int, text: str, each: int) -> None:
    """Describe the theme where the words are new, draw its passages, and go to them."""
    language = words.language()
    described = {**of.decisions.descriptions.get(number, {}), language: text.strip()}
    described = {tag: about for tag, about in described.items() if about}
    account = me.identity.account_id
    with open_session() as session:
        try:
            if described != of.decisions.descriptions.get(number, {}) and text.strip():
                desk = Desk(session=session, run_id=of.run.id, account_id=account, seen=seen(of))
                describe(desk, number, text, language=language)
            begin(of, number, described, session=session, account_id=account, each=each)
            session.commit()
        except Refusal as refusal:
            session.rollback()
            st.session_state[REFUSED] = tell(refusal.messages[0])


def overview(of: Found) -> None:
    """Show what is checked, what came out, and how to check another theme."""
    checks = checked(of)
    st.title(heading(checks), anchor=False)
    st.write(
        t(
            "Two people read the same passages without seeing what the computer or the other "
            "said, and say of each whether it is about the theme. Until then a theme is computed, "
            "unreviewed."
        )
    )
    if refused := st.session_state.pop(REFUSED, ""):
        st.warning(refused, icon=":material/front_hand:")
    order = [theme.number for theme in (*of.themes, *of.hidden)]
    for number in sorted(checks, key=lambda each: (each not in order, each)):
        one(of, number, checks[number])
    if any(check.verdicts for check in checks.values()):
        st.subheader(t("What came of it"), anchor=False)
        results(of, checks, account_id=me.identity.account_id)
    with st.container(border=True, key="start"):
        st.subheader(t("Check a theme") if not checks else t("Check another theme"), anchor=False)
        start(of, checks)


def wanted() -> UUID | None:
    """Return the check that the address asks for."""
    try:
        return UUID(st.query_params["check"]) if "check" in st.query_params else None
    except ValueError:
        return None


check_id = wanted()
if check_id is None:
    overview(found)
elif not read_blindly(me, check_id):
    go(CHECKING)
