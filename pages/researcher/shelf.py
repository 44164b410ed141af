"""Which words are to be printed, and who has agreed?"""

from __future__ import annotations

from collections import Counter

import streamlit as st
from sqlmodel import Session

from data.database import open_session
from nlp import quoting
from nlp.quoting import OPEN, RELEASED, Quoted, Standing
from nlp.results import Found, title_of
from pages import words
from pages.interviewer.escaping import plain
from pages.navigation import FOLDER, PASSAGES, SEARCH
from pages.researcher.findings import findings
from pages.researcher.starring import attempt, refused
from pages.researcher.waiting_for_replies import waiting_for_replies
from pages.researcher.working_on import work_on
from pages.who import require_role
from pages.words import t, tell, tn
from survey.studies import teams_of

me = require_role("researcher")
PAGE = 10
ALL = "all"
HOW: dict[Standing, tuple[str, str]] = {
    Standing.OUTDATED: (":material/warning:", t("The words were corrected or removed since")),
    Standing.UNSENT: (":material/inbox:", t("Nobody was asked yet")),
    Standing.CHANGED: (":material/published_with_changes:", t("Changed since: ask again")),
    Standing.WAITING: (":material/hourglass_empty:", t("No reply yet: not printed")),
    Standing.REFUSED: (":material/block:", t("Not to be printed")),
    Standing.NAMED: (":material/check:", t("Released with the name")),
    Standing.UNATTRIBUTED: (":material/check:", t("Released without the name")),
}


def theme_of(each: Quoted, found: Found | None) -> str:
    """Say below which theme a quotation would stand, or why below none."""
    if found is None or each.quotation.passage_id is None:
        return ""
    number = int(found.main.get(str(each.quotation.passage_id), -1))
    if number < 0:
        return t("in no theme")
    theme = next(item for item in (*found.themes, *found.hidden) if item.number == number)
    title = t("“{theme}”", theme=title_of(theme, words.language()))
    if number in found.decisions.hidden:
        return t("{theme} is set aside: not printed", theme=title)
    return title


def facts(each: Quoted, often: Counter[str], found: Found | None) -> str:
    """Say in one line who, when, in which language and below which theme."""
    said = [
        each.person,
        teams.get(each.team, each.team),
        words.day(each.day, today=me.today) if each.day else "",
        words.language_name(each.language) if each.language else "",
        t("interview") if each.spoken else "",
        tn("quoted once", "quoted {count} times", often[each.person]),
        theme_of(each, found),
    ]
    return " · ".join(plain(part) for part in said if part)


def standing_line(each: Quoted) -> str:
    """Say how far it is."""
    icon, said = HOW[each.standing]
    line = f"{icon} {said}"
    release = each.release
    if release is None or each.standing in {Standing.OUTDATED, Standing.UNSENT}:
        return line
    moment = release.chosen_at or release.sent_at
    line += f" · {words.moment(moment, me.zone)}"
    if release.channel:
        line += f" · {t('written down by somebody else')}"
    if release.printed_at:
        line += f" · {t('printed')}"
    return line


def card(each: Quoted, often: Counter[str], found: Found | None) -> None:
    """Show one quotation with how far it is."""
    with st.container(border=True, key=f"card-{each.key}"):
        st.caption(facts(each, often, found))
        if each.words:
            with st.container(key=f"quoted-{each.key}"):
                st.text(each.words)
        st.markdown(standing_line(each))
        for tag, kept in each.translations.items():
            marks = [words.language_name(tag), kept.translator]
            marks.append(
                t("checked by {name}", name=kept.checker)
                if kept.checked_at
                else t("not checked: not printed")
            )
            if kept.checked_at and each.release and tag in each.unseen:
                marks.append(t("not shown to its author yet"))
            st.caption(plain(" · ".join(marks)))
            st.text(kept.text)
        with st.container(horizontal=True, gap="small"):
            is_open = st.session_state.get("open-quotation") == each.key
            st.button(
                t("Close") if is_open else t("Work on it"),
                icon=":material/edit:",
                key=f"open-{each.key}",
                on_click=lambda: st.session_state.update(
                    {"open-quotation": None if is_open else each.key}
                ),
            )
            if quoting.may_be_sent(each):
                st.button(
                    t("Ask its author"),
                    icon=":material/send:",
                    key=f"send-{each.key}",
                    on_click=send,
                    args=([each],),
                )
        if is_open:
            work_on(me, each)


def send(quotations: list[Quoted]) -> None:
    """Ask the people quoted."""

    def work(session: Session) -> None:
        st.session_state["sent-quotations"] = quoting.send(
            [each.key for each in quotations],
            session=session,
            study_id=me.study.id,
            account_id=me.identity.account_id,
        )

    attempt(work)


def heading(shelf: list[Quoted]) -> str:
    """Answer in one line."""
    if not shelf:
        return t("Here the words are gathered that you want to quote")
    free = sum(each.standing in RELEASED for each in shelf)
    return tn(
        "One quotation, {free} released",
        "{count} quotations, {free} released",
        len(shelf),
        free=free,
    )


def empty() -> None:
    """Say what will be here and what to do for it."""
    st.write(
        t(
            "Press “Quote” where you read a passage. Here its translation is made and checked, and "
            "its author is asked: nothing is printed before they have seen it and agreed."
        )
    )
    st.page_link(str(FOLDER / SEARCH.file), label=t("Search"), icon=SEARCH.icon)
    st.page_link(str(FOLDER / PASSAGES.file), label=t("Read passages"), icon=PASSAGES.icon)


def choose(shelf: list[Quoted]) -> list[Quoted]:
    """Let the reader look at a part of the shelf."""
    groups = {
        ALL: (t("All"), shelf),
        "open": (t("Open"), [each for each in shelf if each.standing in OPEN]),
        "free": (t("Released"), [each for each in shelf if each.standing in RELEASED]),
        "no": (t("Not printed"), [each for each in shelf if each.standing is Standing.REFUSED]),
    }
    picked = st.segmented_control(
        t("Which"),
        list(groups),
        default=ALL,
        required=True,
        format_func=lambda key: f"{groups[key][0]} {len(groups[key][1])}",
        label_visibility="collapsed",
        key="which",
    )
    return groups[picked][1]


refused()
with open_session() as opened:
    shelf = quoting.shelf_of(session=opened, study_id=me.study.id)
    teams = {
        team.code: words.of(team.name, team.code)
        for team in teams_of(session=opened, study_id=me.study.id).values()
    }
st.title(heading(shelf), anchor=False)
if not shelf:
    empty()
    st.stop()
if sent := st.session_state.pop("sent-quotations", 0):
    st.success(
        tn(
            "One quotation was sent to its author.",
            "{count} quotations were sent to their authors.",
            sent,
        ),
        icon=":material/send:",
    )
often = Counter(each.person for each in shelf)
for warning in quoting.imbalance([each.person for each in shelf]):
    st.caption(f":material/balance: {tell(warning)}")
unasked = [each for each in shelf if quoting.may_be_sent(each)]
if unasked:
    st.button(
        tn(
            "Ask about one quotation",
            "Ask about {count} quotations",
            len(unasked),
        ),
        type="primary",
        icon=":material/send:",
        key="send-all",
        on_click=send,
        args=(unasked,),
    )
    st.caption(
        t(
            "Each author sees the exact words, the checked translations and what stands around "
            "them, and chooses. Without a reply nothing is printed."
        )
    )
waiting_for_replies(me)
part = choose(shelf)
found = findings(me.study.id)
pages = max(1, -(-len(part) // PAGE))
page = min(int(st.session_state.get("shelf-page", 1)), pages)
for each in part[(page - 1) * PAGE : page * PAGE]:
    card(each, often, found)
if pages > 1:
    st.pagination(pages, key="shelf-page")
