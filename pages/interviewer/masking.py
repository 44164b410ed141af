"""What will be masked?"""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from data.database import open_session
from data.tables import MaskDecision
from i18n import Refusal
from nlp.masking_review import Found, Known, Review, hide, known, review
from pages.interviewer import chosen
from pages.interviewer.escaping import plain
from pages.navigation import CONVERSATION, go
from pages.who import require_role
from pages.words import t, tell, tn
from survey import interviews
from survey.interviews import decisions, reading, who

me = require_role("interviewer", "coordinator")
SHOWN, SIZE = 20, 20
SOMEBODY, NOBODY = "somebody", "nobody"

with open_session() as opened:
    kept = [each for each, _ in interviews.interviews_of(session=opened, study_id=me.study.id)]
    people = chosen.people(me, session=opened)
    decided = list(decisions.decisions_of(session=opened, study_id=me.study.id))
by_key = {str(interview.id): interview for interview in kept}


def texts_of(interview_id: UUID) -> list[tuple[str, str]]:
    """Return the texts of a conversation with the language to read them in."""
    tags = by_key[str(interview_id)].languages
    language = tags[0] if len(tags) == 1 else "und"
    with open_session() as session:
        turns = reading.turns_of(session=session, interview_id=interview_id)
    return [(turn.text, language) for turn in turns]


def names() -> Known:
    """Return what the study knows; that it was read is written down."""
    with open_session() as session:
        found = known(
            session=session,
            study_id=me.study.id,
            account_id=me.identity.account_id,
            purpose="review",
        )
        session.commit()
    return found


def reviewed(interview_id: UUID, found: Known) -> Review:
    """Look through a conversation once for each state of its texts and of the names."""
    texts = texts_of(interview_id)
    state = (interview_id, found.digest, hash(tuple(texts)))
    if st.session_state.get("review-state") != state:
        st.session_state["review"] = review(texts, found)
        st.session_state["review-state"] = state
    result: Review = st.session_state["review"]
    return result


def decide(spelling: str, answer: str) -> None:
    """Keep a decision and mask at once what can still be read."""
    kinds: dict[str, decisions.Kind] = {SOMEBODY: "name", NOBODY: "none"}
    try:
        with open_session() as session:
            decision = decisions.decide(
                spelling,
                kinds.get(answer, "person"),
                session=session,
                study_id=me.study.id,
                account_id=me.identity.account_id,
                person_id=None if answer in kinds else UUID(answer),
            )
            now_known = known(
                session=session,
                study_id=me.study.id,
                account_id=me.identity.account_id,
                purpose="masking",
            )
            hide(decision, now_known, session=session)
            session.commit()
    except Refusal as refusal:
        st.session_state["refused"] = refusal.messages


def _answered(spelling: str, key: str) -> None:
    if answer := st.session_state.get(key):
        decide(spelling, answer)


def ask(spelling: str, key: str) -> None:
    """Ask whose name a spelling is: somebody's, nobody's, or a person's of the study."""
    with st.container(horizontal=True, vertical_alignment="center"):
        for answer, label in ((SOMEBODY, t("Mask it")), (NOBODY, t("Not a name"))):
            st.button(label, key=f"{answer}-{key}", on_click=decide, args=(spelling, answer))
        st.selectbox(
            t("Whose name is “{spelling}”?", spelling=plain(spelling)),
            list(people),
            index=None,
            format_func=people.__getitem__,
            placeholder=t("Somebody in the study"),
            label_visibility="collapsed",
            key=key,
            on_change=_answered,
            args=(spelling, key),
            width=260,
        )


def examples(found: Found) -> None:
    """Show where a spelling occurs, in the words around it."""
    for before, after in found.examples:
        # A hair space: bold needs one, and Chinese has none of its own.
        st.caption(f"{plain(before)}\u200a**{plain(found.spelling)}**\u200a{plain(after)}")


def show_suspects(found: list[Found], *, masked: bool) -> None:
    """Ask about everything that looks like a name and is not masked."""
    st.subheader(
        tn(
            "One word may be a name and is not masked",
            "{count} words may be names and are not masked",
            len(found),
        )
        if found
        else t("Nothing else looks like a name")
        if masked
        else t("Nothing looks like a name"),
        anchor=False,
    )
    many = st.session_state.get("suspects-shown", SHOWN)
    for each in found[:many]:
        with st.container(border=True):
            st.markdown(f"**{plain(each.spelling)}** × {each.count}")
            examples(each)
            ask(each.spelling, f"suspect-{each.spelling}")
    if len(found) > many and st.button(t("Show more"), key="more"):
        st.session_state["suspects-shown"] = many + SHOWN
        st.rerun()


def kind_of(found: Found) -> str:
    """Say what something is masked as."""
    if found.kind == "person":
        return str(found.code)
    kinds = {
        "name": t("a name"),
        "team": t("a team"),
        "phone": t("a telephone number"),
        "email": t("an e-mail address"),
        "link": t("an address on the web"),
        "handle": t("a name on the web"),
        "id": t("a number that identifies"),
        "address": t("an address"),
    }
    return kinds.get(found.kind, found.kind)


def show_masked(found: list[Found]) -> None:
    """Show what is masked, grouped by whose it is."""
    total = sum(each.count for each in found)
    st.subheader(
        tn("Masked in one place", "Masked in {count} places", total)
        if found
        else t("Nothing is masked here"),
        anchor=False,
    )
    groups: dict[str, list[Found]] = {}
    for each in found:
        groups.setdefault(kind_of(each), []).append(each)
    for name, members in groups.items():
        count = sum(each.count for each in members)
        with st.expander(f"{plain(name)} × {count}"):
            for each in members:
                st.markdown(f"**{plain(each.spelling)}** × {each.count}")
                examples(each)
                st.button(
                    t("“{spelling}” is not a name", spelling=plain(each.spelling)),
                    type="tertiary",
                    key=f"nobody-{each.kind}-{each.code}-{each.spelling}",
                    on_click=decide,
                    args=(each.spelling, NOBODY),
                )


def show_decisions() -> None:
    """Show what was decided, with the way back."""
    if not decided:
        return
    with st.expander(tn("One decision", "{count} decisions", len(decided))):
        for decision in decided:
            kinds = {"name": t("a name"), "none": t("Not a name")}
            meaning = kinds.get(decision.kind) or people.get(str(decision.person_id), "")
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(f"**{plain(decision.spelling)}** · {plain(meaning)}", width="stretch")
                st.button(
                    t("Undo"),
                    type="tertiary",
                    key=f"undo-{decision.id}",
                    on_click=take_back,
                    args=(decision.id,),
                )


def take_back(decision_id: UUID) -> None:
    """Undo a decision."""
    with open_session() as session:
        decision = session.get(MaskDecision, decision_id)
        if decision and decision.study_id == me.study.id:
            decisions.take_back(decision, session=session, account_id=me.identity.account_id)
            session.commit()


def show_as_read(interview_id: UUID, found: Known) -> None:
    """Show the conversation as researchers read it."""
    interview = by_key[str(interview_id)]
    tags = interview.languages
    with st.expander(t("As researchers read it"), icon=":material/visibility:"):
        with open_session() as session:
            count = reading.count_of(session=session, interview_id=interview_id)
            pages = max(1, -(-count // SIZE))
            page = st.pagination(pages, key="read-page") if pages > 1 else 1
            turns = reading.page_of(
                session=session, interview_id=interview_id, page=page - 1, size=SIZE
            )
        for turn in turns:
            if "person" not in who(interview, turn.speaker):
                continue
            language = tags[0] if len(tags) == 1 else "und"
            st.text(found.mask(turn.text, language=language).text)


def show(interview_id: UUID) -> None:
    """Show what is masked in a conversation and what is not."""
    found = names()
    with st.spinner(t("Looking for names"), show_time=False):
        result = reviewed(interview_id, found)
    show_suspects(result.suspects, masked=bool(result.masked))
    show_masked(result.masked)
    show_as_read(interview_id, found)


st.title(t("What will be masked?"), anchor=False)
st.write(
    t(
        "Known names, numbers and addresses are replaced before anybody but you reads this. "
        "That is not anonymity: people who are known for their work can be recognised by what "
        "they tell. Wherever words leave the research screens, [colleague] stands instead of a "
        "code."
    )
)
for message in st.session_state.pop("refused", ()):
    st.error(tell(message))
if not kept:
    st.write(t("There is no interview yet."))
    st.stop()
wanted = st.query_params.get("interview")
selected = st.selectbox(
    t("Interview"),
    list(by_key),
    index=list(by_key).index(wanted) if wanted in by_key else 0,
    format_func=lambda key: by_key[key].key,
    key="conversation",
)
show(UUID(selected))
show_decisions()
with st.expander(t("Mask another name")):
    spelling = st.text_input(t("How is it written?"), key="spelling")
    if spelling.strip():
        ask(spelling.strip(), f"typed-{spelling.strip()}")
if "interviewer" in me.identity.roles and st.button(
    t("Back to the interview"), type="tertiary", key="back"
):
    go(CONVERSATION, interview=selected)
