"""Which screens each role has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import streamlit as st

from pages import words
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
QUOTATIONS = Screen("participant/quotations.py", "my-quotations", ":material/format_quote:")
MY_DATA = Screen("participant/my_data.py", "my-data", ":material/shield_person:")
INTERVIEWS = Screen("interviewer/interviews.py", "interviews", ":material/forum:")
TRANSCRIPT = Screen("interviewer/transcript.py", "transcript", ":material/article:")
CONVERSATION = Screen("interviewer/conversation.py", "conversation", ":material/forum:")
ABOUT = Screen("interviewer/about.py", "about", ":material/event:")
MASKING = Screen("interviewer/masking.py", "masking", ":material/visibility_off:")
REPLIES = Screen("interviewer/replies.py", "replies", ":material/format_quote:")
THEMES = Screen("researcher/themes.py", "themes", ":material/bubble_chart:")
PASSAGES = Screen("researcher/passages.py", "passages", ":material/format_quote:")
SEARCH = Screen("researcher/search.py", "search", ":material/search:")
SHELF = Screen("researcher/shelf.py", "shelf", ":material/star:")
COMPARE = Screen("researcher/compare.py", "compare", ":material/compare_arrows:")
ANSWERS = Screen("researcher/answers.py", "answers", ":material/bar_chart:")
ACCOUNTS = Screen("researcher/accounts.py", "decisions", ":material/call_split:")
EXPORT = Screen("researcher/export.py", "export", ":material/archive:")
CODING = Screen("researcher/coding.py", "coding", ":material/ink_highlighter:")
MATRIX = Screen("researcher/matrix.py", "matrix", ":material/grid_on:")
RETRIEVE = Screen("researcher/retrieve.py", "retrieve", ":material/manage_search:")
CASE = Screen("researcher/case.py", "case", ":material/person_search:")
CODEBOOK = Screen("researcher/codebook.py", "codebook", ":material/account_tree:")
DISAGREEMENTS = Screen("researcher/disagreements.py", "agreement", ":material/balance:")
EXCHANGE = Screen("researcher/exchange.py", "exchange", ":material/swap_horiz:")
RUN = Screen("researcher/run.py", "run", ":material/fact_check:")
CHECKING = Screen("researcher/checking.py", "checking", ":material/rule:")
CHAPTER = Screen("researcher/chapter.py", "chapter", ":material/menu_book:")
PROGRESS = Screen("coordinator/progress.py", "progress", ":material/calendar_month:")
REMINDERS = Screen("coordinator/reminders.py", "reminders", ":material/notifications:")
STUDY = Screen("coordinator/study.py", "study", ":material/groups:")
PERSON = Screen("coordinator/person.py", "person", ":material/person:")
TEAMS = Screen("coordinator/teams.py", "teams", ":material/diversity_3:")
CONSENT = Screen("coordinator/consent.py", "consent", ":material/handshake:")
QUESTIONNAIRES = Screen("coordinator/questionnaires.py", "questionnaires", ":material/quiz:")
HISTORY = Screen("coordinator/history.py", "history", ":material/history:")
LINKS = Screen("coordinator/links.py", "links", ":material/link:")
COLLEAGUES = Screen("coordinator/colleagues.py", "colleagues", ":material/badge:")
WHOLE_STUDY = Screen("coordinator/whole_study.py", "whole-study", ":material/inventory_2:")
STUDIES = Screen("coordinator/studies.py", "studies", ":material/folder_copy:")
BEGIN = Screen("coordinator/begin_study.py", "begin-study", ":material/add:")
MY_STUDIES = Screen("everyone/my_studies.py", "my-studies", ":material/folder_copy:")
PUBLIC_LINKS = Screen("coordinator/public_links.py", "public-links", ":material/qr_code_2:")
MODERATING = Screen("coordinator/moderating.py", "moderating", ":material/fact_check:")
WELCOME = Screen("public/welcome.py", "welcome", ":material/waving_hand:")
GONE = Screen("public/gone.py", "gone", ":material/waving_hand:")
PILE = Screen("reviewer/pile.py", "to-read", ":material/inbox:")
READING = Screen("reviewer/reading.py", "reading", ":material/rate_review:")
APPLICATIONS = Screen("coordinator/applications.py", "applications", ":material/how_to_reg:")
APPLICANT = Screen("coordinator/applicant.py", "applicant", ":material/person_search:")
BOARD = Screen("coordinator/board.py", "board", ":material/dashboard:")
CALL = Screen("coordinator/call.py", "call", ":material/campaign:")
CLOSED = Screen("public/closed.py", "closed", ":material/lock:")
# It stands where the person was who has just withdrawn.
FAREWELL = Screen("public/farewell.py", MY_DATA.address, ":material/waving_hand:")
ADDRESSES = frozenset(each.address for each in list(globals().values()) if isinstance(each, Screen))
HOME = "home"
"""What Streamlit calls the first screen beside `/`, so that the screen keeps its own address."""


@dataclass(frozen=True)
class Listed:
    """A screen as somebody has it: under which title, and whether the sidebar names it."""

    screen: Screen
    title: str
    listed: bool = True


def _page(each: Listed, *, address: str, default: bool = False) -> st.Page:
    return st.Page(
        FOLDER / each.screen.file,
        title=each.title,
        icon=each.screen.icon,
        url_path=address,
        default=default,
        visibility="visible" if each.listed else "hidden",
    )


def screens_of(found: Here | None, *, withdrew: bool = False) -> dict[str, list[st.Page]]:
    """Return the screens of whoever is here, by section; a visitor has one.

    Args:
        found: Who is here.
        withdrew: Whether a visitor's device was that of a person who withdrew.
    """
    sections = _listed(found) if found else _visitors(withdrew=withdrew)
    everything = [each for section in sections.values() for each in section]
    first = everything[0]
    pages = {
        name: [
            _page(
                each, address=HOME if each is first else each.screen.address, default=each is first
            )
            for each in section
        ]
        for name, section in sections.items()
    }
    wanted = urlsplit(st.context.url or "").path.strip("/")
    if wanted in ADDRESSES and wanted not in {each.screen.address for each in everything[1:]}:
        # Streamlit would say that there is no such page: the first screen's own address, and those
        # of screens that somebody else has.
        same = found is None or wanted == first.screen.address
        shown = first if same else Listed(CLOSED, first.title)
        next(iter(pages.values())).append(_page(replace(shown, listed=False), address=wanted))
    return pages


def _visitors(*, withdrew: bool) -> dict[str, list[Listed]]:
    screens = [Listed(GONE if withdrew else WELCOME, "真情")]
    if "withdrew" in st.session_state:
        screens.append(Listed(FAREWELL, "真情"))
    return {"": screens}


def _listed(found: Here) -> dict[str, list[Listed]]:
    roles = found.identity.roles
    sections: dict[str, list[Listed]] = {}
    if "participant" in roles and found.study.kind == "call":
        sections[t("Writing")] = [
            Listed(TODAY, t("Your application")),
            Listed(WRITE, t("Write"), listed=False),
            Listed(ENTRIES, t("My entries"), listed=False),
            Listed(CORRECT, t("Correct"), listed=False),
            Listed(MY_DATA, t("My data")),
        ]
    elif "participant" in roles:
        sections[t("Writing")] = [
            Listed(TODAY, t("Today")),
            Listed(WRITE, t("Write")),
            Listed(ENTRIES, t("My entries")),
            Listed(CORRECT, t("Correct"), listed=False),
            Listed(SPOKEN, t("What I said"), listed=False),
            Listed(QUOTATIONS, t("My quotations")),
            Listed(MY_DATA, t("My data")),
        ]
    if "interviewer" in roles:
        sections[t("Interviews")] = [
            Listed(INTERVIEWS, t("Interviews")),
            Listed(TRANSCRIPT, t("Add a transcript")),
            Listed(CONVERSATION, t("Interview"), listed=False),
            Listed(ABOUT, t("Who and when"), listed=False),
            Listed(MASKING, t("Names")),
            Listed(REPLIES, t("Replies")),
        ]
    if "researcher" in roles:
        sections |= _researching(coordinates="coordinator" in roles)
    if "reviewer" in roles:
        sections[t("Judging")] = [
            Listed(PILE, t("To read")),
            Listed(READING, t("An application"), listed=False),
        ]
    if "coordinator" in roles and found.study.kind == "call":
        sections[t("Choosing")] = _choosing()
    if "coordinator" in roles:
        sections[t("The study")] = [
            Listed(PROGRESS, t("Progress")),
            Listed(REMINDERS, t("Reminders")),
            Listed(STUDY, t("People")),
            Listed(PERSON, t("One person"), listed=False),
            Listed(TEAMS, t("Teams")),
            Listed(LINKS, t("Links")),
            *_open_to_everybody(found),
            Listed(COLLEAGUES, t("Colleagues")),
            Listed(CONSENT, t("Consent")),
            Listed(QUESTIONNAIRES, t("Questionnaires")),
            Listed(HISTORY, t("History")),
            *([Listed(WHOLE_STUDY, t("The whole study"))] if found.study.kind == "study" else []),
            *([] if "researcher" in roles else [Listed(EXPORT, t("Export"))]),
            *([] if "researcher" in roles else [Listed(EXCHANGE, t("Other programs"))]),
            *([] if "interviewer" in roles else [Listed(MASKING, t("Names"))]),
        ]
    if "coordinator" in roles and found.study.kind == "study":
        sections[t("Choosing")] = _choosing()
    sections[t("Studies")] = _studies(found)
    return sections


def _researching(*, coordinates: bool) -> dict[str, list[Listed]]:
    """Return the screens of a researcher: what was said, what is marked in it, what comes of it."""
    return {
        t("Reading"): [
            Listed(THEMES, t("Themes")),
            Listed(PASSAGES, t("Passages")),
            Listed(SEARCH, t("Search")),
            Listed(ANSWERS, t("Answers")),
            Listed(ACCOUNTS, t("Decisions")),
            Listed(CASE, t("One month")),
        ],
        t("Coding"): [
            Listed(CODING, t("Coding")),
            Listed(CODEBOOK, t("Codebook")),
            Listed(DISAGREEMENTS, t("Agreement")),
            Listed(MATRIX, t("Who speaks of what")),
            Listed(RETRIEVE, t("Where codes meet")),
            Listed(CHECKING, t("Checking")),
            Listed(EXCHANGE, t("Other programs")),
        ],
        t("Results"): [
            Listed(COMPARE, t("Comparison")),
            Listed(SHELF, t("Quotations")),
            Listed(RUN, t("The run")),
            Listed(CHAPTER, t("Chapter")),
            Listed(EXPORT, t("Export")),
            *([] if coordinates else [Listed(PROGRESS, t("Progress"))]),
        ],
    }


def _studies(found: Here) -> list[Listed]:
    """Return the screens on which somebody goes from one study to another."""
    if "coordinator" in found.identity.roles:
        return [
            Listed(STUDIES, t("My studies")),
            Listed(MY_STUDIES, t("My studies"), listed=False),
            Listed(BEGIN, t("A new study"), listed=False),
        ]
    return [Listed(MY_STUDIES, t("My studies"))]


def _choosing() -> list[Listed]:
    """Return the screens of a call for applications; they are those of its study as well."""
    return [
        Listed(APPLICATIONS, t("Applications")),
        Listed(APPLICANT, t("An applicant"), listed=False),
        Listed(BOARD, t("Putting teams together")),
        Listed(CALL, t("The call")),
    ]


def _open_to_everybody(found: Here) -> list[Listed]:
    """Return the screens about visitors; an audience has no audience."""
    if found.study.kind != "study":
        return []
    return [
        Listed(PUBLIC_LINKS, t("Public links")),
        Listed(MODERATING, t("The wall"), listed=False),
    ]


def go(screen: Screen, **address: object) -> NoReturn:
    """Change to another screen; `address` is what stands behind the question mark."""
    query = {name: str(value) for name, value in address.items()}
    st.switch_page(str(FOLDER / screen.file), query_params=query)


def in_which_study(found: Here) -> None:
    """Say in which study somebody with several is, and show the way to the others."""
    with st.container(horizontal=True, vertical_alignment="center", key="which-study"):
        st.write(words.of(found.study.texts.get("title"), found.study.slug))
        screen = STUDIES if "coordinator" in found.identity.roles else MY_STUDIES
        st.page_link(str(FOLDER / screen.file), label=t("Change"), icon=screen.icon)


def participant_links(waiting: int | None = None, *, applies: bool = False) -> None:
    """Show a participant's doors: today, my entries, my data, and what of theirs may be quoted.

    Args:
        waiting: How many quotations wait for their reply; None where they were never asked.
        applies: Whether they are an applicant: theirs are the application and their data.
    """
    with st.container(horizontal=True, key="doors"):
        if applies:
            st.page_link(str(FOLDER / TODAY.file), label=t("Your application"), icon=TODAY.icon)
        else:
            st.page_link(str(FOLDER / TODAY.file), label=t("Today"), icon=TODAY.icon)
            st.page_link(str(FOLDER / ENTRIES.file), label=t("My entries"), icon=ENTRIES.icon)
        st.page_link(str(FOLDER / MY_DATA.file), label=t("My data"), icon=MY_DATA.icon)
        if waiting is not None:
            label = t("My quotations ({count})", count=waiting) if waiting else t("My quotations")
            st.page_link(str(FOLDER / QUOTATIONS.file), label=label, icon=QUOTATIONS.icon)
