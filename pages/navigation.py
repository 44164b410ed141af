"""Which screens each role has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import streamlit as st

from pages.who import Here
from pages.words import t

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Screen:
    """A screen: its file below this folder, its address, its icon."""

    file: str
    address: str
    icon: str


TODAY = Screen("participant/today.py", "today", ":material/edit_note:")
WRITE = Screen("participant/write.py", "write", ":material/edit:")
ENTRIES = Screen("participant/entries.py", "entries", ":material/book_2:")
SPOKEN = Screen("participant/spoken.py", "spoken", ":material/forum:")
CORRECT = Screen("participant/correct.py", "correct", ":material/edit:")
MY_DATA = Screen("participant/my_data.py", "my-data", ":material/shield_person:")
INTERVIEWS = Screen("interviewer/interviews.py", "interviews", ":material/forum:")
TRANSCRIPT = Screen("interviewer/transcript.py", "transcript", ":material/article:")
CONVERSATION = Screen("interviewer/conversation.py", "conversation", ":material/forum:")
ABOUT = Screen("interviewer/about.py", "about", ":material/event:")
MASKING = Screen("interviewer/masking.py", "masking", ":material/visibility_off:")
THEMES = Screen("researcher/themes.py", "themes", ":material/bubble_chart:")
PASSAGES = Screen("researcher/passages.py", "passages", ":material/format_quote:")
COMPARE = Screen("researcher/compare.py", "compare", ":material/compare_arrows:")
RUN = Screen("researcher/run.py", "run", ":material/fact_check:")
CHAPTER = Screen("researcher/chapter.py", "chapter", ":material/menu_book:")
PROGRESS = Screen("coordinator/progress.py", "progress", ":material/calendar_month:")
STUDY = Screen("coordinator/study.py", "study", ":material/groups:")
QUESTIONNAIRES = Screen("coordinator/questionnaires.py", "questionnaires", ":material/quiz:")
HISTORY = Screen("coordinator/history.py", "history", ":material/history:")
LINKS = Screen("coordinator/links.py", "links", ":material/link:")
WELCOME = Screen("public/welcome.py", "welcome", ":material/waving_hand:")
# It stands where the person was who has just withdrawn.
FAREWELL = Screen("public/farewell.py", MY_DATA.address, ":material/waving_hand:")


def _page(screen: Screen, title: str, *, default: bool = False, listed: bool = True) -> st.Page:
    return st.Page(
        FOLDER / screen.file,
        title=title,
        icon=screen.icon,
        url_path=screen.address,
        default=default,
        visibility="visible" if listed else "hidden",
    )


def screens_of(found: Here | None) -> dict[str, list[st.Page]]:
    """Return the screens of whoever is here, by section; a visitor has one."""
    if found is None:
        pages = [_page(WELCOME, "真情", default=True)]
        if "withdrew" in st.session_state:
            pages.append(_page(FAREWELL, "真情"))
        return {"": pages}
    roles = found.identity.roles
    sections: dict[str, list[st.Page]] = {}
    if "participant" in roles:
        sections[t("Writing")] = [
            _page(TODAY, t("Today"), default=True),
            _page(WRITE, t("Write")),
            _page(ENTRIES, t("My entries")),
            _page(CORRECT, t("Correct"), listed=False),
            _page(SPOKEN, t("What I said"), listed=False),
            _page(MY_DATA, t("My data")),
        ]
    if "interviewer" in roles:
        sections[t("Interviews")] = [
            _page(INTERVIEWS, t("Interviews"), default=not sections),
            _page(TRANSCRIPT, t("Bring a transcript")),
            _page(CONVERSATION, t("Conversation"), listed=False),
            _page(ABOUT, t("Who and when"), listed=False),
            _page(MASKING, t("Names")),
        ]
    if "researcher" in roles:
        sections[t("Understanding")] = [
            _page(THEMES, t("Themes"), default=not sections),
            _page(PASSAGES, t("Passages")),
            _page(COMPARE, t("Comparison")),
            _page(RUN, t("The run")),
            _page(CHAPTER, t("Chapter")),
            *([] if "coordinator" in roles else [_page(PROGRESS, t("Progress"))]),
        ]
    if "coordinator" in roles:
        sections[t("The study")] = [
            _page(PROGRESS, t("Progress"), default=not sections),
            _page(STUDY, t("People")),
            _page(QUESTIONNAIRES, t("Questionnaires")),
            _page(LINKS, t("Links")),
            _page(HISTORY, t("History")),
            *([] if "interviewer" in roles else [_page(MASKING, t("Names"))]),
        ]
    return sections


def go(screen: Screen, **address: object) -> NoReturn:
    """Change to another screen; `address` is what stands behind the question mark."""
    query = {name: str(value) for name, value in address.items()}
    st.switch_page(str(FOLDER / screen.file), query_params=query)


def participant_links() -> None:
    """Show a participant's three doors: today, my entries, my data."""
    with st.container(horizontal=True, key="doors"):
        st.page_link(str(FOLDER / TODAY.file), label=t("Today"), icon=TODAY.icon)
        st.page_link(str(FOLDER / ENTRIES.file), label=t("My entries"), icon=ENTRIES.icon)
        st.page_link(str(FOLDER / MY_DATA.file), label=t("My data"), icon=MY_DATA.icon)
