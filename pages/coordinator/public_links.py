"""What is open to everybody?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

import streamlit as st

from data.database import open_session
from data.tables import PublicLink, Study
from i18n import Refusal
from pages import words
from pages.coordinator.link_pictures import show_link
from pages.navigation import MODERATING, go
from pages.who import require_role
from pages.words import language_name, t, tell, tn
from settings import settings
from survey import questionnaires
from survey.audience import links
from survey.audience.companion import audience_of
from survey.audience.links import Naming, Opening, State
from survey.audience.poster import poster, title
from survey.audience.prefilling import prefillable
from survey.xlsform import Form

me = require_role("coordinator")
with open_session() as opened:
    audience = audience_of(session=opened, study_id=me.study.id)
    there = links.links_of(session=opened, study_id=me.study.id)
    counts = {link.id: links.answered(session=opened, link_id=link.id) for link in there}
    versions = questionnaires.versions(session=opened, study_id=me.study.id)
    asked = questionnaires.assignments(session=opened, study_id=me.study.id)
names = sorted({each.name for each in versions.values()})


def state(link: PublicLink) -> State:
    """Tell whether a link takes answers now."""
    assert isinstance(audience, Study)  # noqa: S101 - there is a link
    return links.state_of(link, audience, count=counts[link.id])


open_now = [link for link in there if state(link) == "open"]
st.title(
    tn("One questionnaire is open to everybody", "{count} questionnaires are open to everybody",
       len(open_now))
    if open_now
    else t("Nothing is open to everybody"),
    anchor=False,
)  # fmt: skip
st.write(
    t(
        "A public link lets people answer without an account: visitors of a screening, a workshop, "
        "an open day. What they answer is kept apart from the study and is in none of its figures."
    )
)


def said_of(link: PublicLink) -> str:
    """Say in one line how a link is doing."""
    told: Mapping[State, str] = {
        "open": t("open until {day}", day=words.day(link.closes, today=me.today)),
        "early": t("opens {day}", day=words.day(link.opens, today=me.today)),
        "over": t("over since {day}", day=words.day(link.closes, today=me.today)),
        "closed": t("closed"),
        "full": t("full"),
    }
    assert set(told) == set(get_args(State))  # noqa: S101 - nothing is left unsaid
    return told[state(link)] + " · " + tn("one answer", "{count} answers", counts[link.id])


def show(link: PublicLink) -> None:
    """Show one link: its address, its poster, its days, and closing it."""
    kiosk = link.kind == "kiosk"
    icon = ":material/tablet:" if kiosk else ":material/qr_code_2:"
    called = title(link, words.language())
    with st.expander(f"{called} · {said_of(link)}", icon=icon, key=f"link-{link.id}"):
        if link.closed_at is None:
            show_ways(link, kiosk=kiosk)
        if link.wall:
            wall = f"{settings().public_url}/wall/{link.slug}"
            st.markdown(t("**The wall display**, for a screen at 1920 × 1080:"))
            st.code(wall, language=None, wrap_lines=True)
            if st.button(t("Approve what it shows"), key=f"moderate-{link.id}"):
                go(MODERATING)
        if link.closed_at is None and state(link) != "over":
            change_days(link)
        if link.closed_at is None:
            renewing(link)
            close(link)


def show_ways(link: PublicLink, *, kiosk: bool) -> None:
    """Show where a link is, to scan, to type and to print."""
    show_link(f"{settings().public_url}/{'k' if kiosk else 'q'}/{link.slug}")
    if kiosk:
        st.caption(
            t(
                "Open this address on the tablet and lock it to this one page: Guided Access on an "
                "iPad, screen pinning or a kiosk mode on Android. It starts again by itself after "
                "a minute and keeps answers while there is no network."
            )
        )
        return
    st.download_button(
        t("Poster to print"),
        words.spoken_later(lambda: poster(link, address=settings().public_url)),
        file_name=f"poster-{link.slug}.html",
        mime="text/html",
        icon=":material/print:",
        on_click="ignore",
        key=f"poster-{link.id}",
    )
    if link.prefilled:
        name = link.prefilled[0]
        st.caption(t("The address may say an answer: {example}", example=f"?{name}=…"))


def days_asked(first: dt.date, last: dt.date, *, key: str) -> tuple[dt.date, dt.date] | None:
    """Ask from which day to which; None while only one of them is chosen."""
    days = st.date_input(t("From the first day to the last"), (first, last), key=key)
    chosen = list(days) if isinstance(days, tuple) else []
    return (chosen[0], chosen[1]) if len(chosen) == 2 else None


def change_days(link: PublicLink) -> None:
    """Offer other days."""
    days = days_asked(link.opens, link.closes, key=f"days-{link.id}")
    if days is None or days == (link.opens, link.closes):
        return
    if st.button(t("Change the days"), key=f"change-{link.id}"):
        with open_session() as session:
            links.extend(
                session.get_one(PublicLink, link.id),
                session=session,
                study_id=me.study.id,
                opens=days[0],
                closes=days[1],
                account_id=me.identity.account_id,
            )
            session.commit()
        st.rerun()


def renewing(link: PublicLink) -> None:
    """Offer the newest version of the questionnaire where the link asks an older one."""
    with open_session() as session:
        new = links.is_outdated(session=session, study=me.study, link=link)
    if new and st.button(t("Ask the newest version"), key=f"renew-{link.id}"):
        try:
            with open_session() as session:
                row = session.get_one(PublicLink, link.id)
                links.renew(
                    session=session, study=me.study, link=row, account_id=me.identity.account_id
                )
                session.commit()
        except Refusal as refusal:
            st.error("\n\n".join(map(tell, refusal.messages)))
        else:
            st.rerun()


def close(link: PublicLink) -> None:
    """Offer to close a link, in two steps."""
    sure = st.checkbox(t("This link shall take no more answers, for good"), key=f"sure-{link.id}")
    if st.button(t("Close the link"), disabled=not sure, key=f"close-{link.id}"):
        with open_session() as session:
            row = session.get_one(PublicLink, link.id)
            links.close_link(
                row, session=session, study_id=me.study.id, account_id=me.identity.account_id
            )
            session.commit()
        st.rerun()


def titles_asked(form: Form, name: str, languages: list[str]) -> dict[str, str]:
    """Ask what visitors read above the questions, in each language."""
    with open_session() as session:
        newest = questionnaires.latest(session=session, study_id=me.study.id, name=name)
        known = links.titles_of(newest, session=session) if newest else {}
    st.markdown(t("What visitors read above the questions"))
    return {
        tag: st.text_input(
            language_name(tag), known.get(tag, form.title), max_chars=120, key=f"title-{name}-{tag}"
        )
        for tag in languages
    }


def open_one() -> None:
    """Ask how a questionnaire is opened, and open it."""
    st.subheader(t("Open a questionnaire"), anchor=False)
    if not names:
        st.write(t("There is no questionnaire yet. Publish one first."))
        return
    called = {}
    with open_session() as session:
        for each in sorted(versions.values(), key=lambda version: version.version):
            called[each.name] = words.of(links.titles_of(each, session=session), each.name)
    assigned = {each.questionnaire for each in asked}
    unassigned = [name for name in names if name not in assigned]
    name = st.selectbox(
        t("Questionnaire"),
        names,
        index=names.index(unassigned[0]) if unassigned else 0,
        format_func=called.__getitem__,
        key="open-name",
    )
    newest = max((v for v in versions.values() if v.name == name), key=lambda v: v.version)
    form = questionnaires.form_of(newest)
    offered = links.languages_of(newest, me.study)
    kinds = {"link": t("On people’s own phones"), "kiosk": t("On a tablet on a stand")}
    kind = st.segmented_control(
        t("Where is it answered?"), list(kinds), format_func=kinds.__getitem__, default="link",
        required=True, key="open-kind",
    )  # fmt: skip
    first = min(max(me.today, me.study.start), me.today + dt.timedelta(days=365))
    days = days_asked(first, first, key="open-days")
    languages = st.multiselect(
        t("Languages, the first one first"), offered, default=offered, format_func=language_name,
        placeholder=t("Choose languages"), key=f"open-languages-{name}",
    )  # fmt: skip
    titles = titles_asked(form, name, languages or offered)
    opening = more(
        form,
        Opening(
            opens=days[0] if days else first,
            closes=days[1] if days else first,
            kind="kiosk" if kind == "kiosk" else "link",
            title=titles,
            languages=languages,
        ),
    )
    if st.button(t("Open it"), type="primary", disabled=not (days and languages), key="open"):
        try:
            with open_session() as session:
                links.open_link(
                    session=session,
                    study=session.get_one(Study, me.study.id),
                    questionnaire=name,
                    opening=opening,
                    account_id=me.identity.account_id,
                )
                session.commit()
        except Refusal as refusal:
            st.error("\n\n".join(map(tell, refusal.messages)))
        else:
            st.rerun()


def more(form: Form, opening: Opening) -> Opening:
    """Ask what is rarely different."""
    namings: dict[Naming, str] = {
        "none": t("No name is asked"),
        "optional": t("A name, if they like"),
        "required": t("A name must be given"),
    }
    with st.expander(t("More choices"), key="open-more"):
        wall = st.checkbox(t("With a wall display"), value=True, key="open-wall")
        most = st.number_input(
            t("At most so many answers (0: any number)"), 0, 100_000, 0, key="open-most"
        )
        opening = replace(opening, wall=wall, most=int(most))
        if opening.kind == "kiosk":
            return opening
        many = st.checkbox(t("A device may answer more than once"), key="open-many")
        naming = st.selectbox(
            t("Name"), list(namings), format_func=namings.__getitem__, key="naming"
        )
        prefilled = st.multiselect(
            t("Answers that the address may give"),
            list(prefillable(form)),
            placeholder=t("None"),
            help=t("Such as the film: one poster for each film, with its own address."),
            key="open-prefilled",
        )
    return replace(opening, many=many, naming=naming, prefilled=prefilled)


for each_link in there:
    show(each_link)
open_one()
