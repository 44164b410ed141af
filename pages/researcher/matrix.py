"""Who speaks of what?"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any
from uuid import UUID

import pandas as pd
import streamlit as st

from data.database import open_session
from i18n import Message, say
from nlp.charts.dots import dot_chart
from nlp.coded import OF_PEOPLE, OF_TEXTS, Coded, Side, cross, person_codes
from nlp.coded.crossing import Measure
from nlp.reading import questions
from nlp.results import title_of
from pages import words
from pages.navigation import FOLDER, RETRIEVE
from pages.researcher.code_differences import code_differences
from pages.researcher.coded import coded_of, kept_back, nothing_yet
from pages.researcher.findings import findings
from pages.researcher.groups import names_of
from pages.researcher.showing import show
from pages.who import require_role
from pages.words import t, tell, tn

me = require_role("researcher")
coded = coded_of(me)
if not coded.used:
    nothing_yet(coded)
found = findings(me.study.id)
DRAWN = 8
"""Codes in the picture; the table has all."""
ENDS = ("share", "low", "high")
SIDES: dict[Side, str] = {
    "team": t("Teams"),
    "role": t("Roles"),
    "nationality": t("Nationalities"),
    "question": t("Questions"),
    "theme": t("Themes"),
    "week": t("Weeks"),
    "language": t("Languages"),
    "source": t("Where it was said"),
}
MEASURES: dict[Measure, str] = {
    "people": t("How many speak of it"),
    "passages": t("How much of what they say"),
}

AXES: dict[Measure, Message] = {
    "people": say("People who speak of it, in % (line: 95 % interval)"),
    "passages": say("Mean share of what a person says, in % (line: 95 % interval)"),
}


def called(by: Side, groups: list[Any]) -> dict[Hashable, str]:
    """Return what the sides are called."""
    if by == "theme" and found:
        titles = {theme.number: title_of(theme, words.language()) for theme in found.themes}
        hidden = {theme.number: title_of(theme, words.language()) for theme in found.hidden}
        return {group: (titles | hidden).get(int(group), str(group)) for group in groups}
    if by == "week":
        return {group: words.day(group.date(), today=me.today) for group in groups}
    if by == "source":
        return {"reflection": t("Entries"), "interview": t("Interviews")}
    if by == "question":
        with open_session() as session:
            asked = questions(session=session, study_id=me.study.id)
        return {group: words.of(asked.get(group), str(group)) for group in groups}
    return dict(names_of(me, by, groups).items())


def heading(of: Coded) -> str:
    """Answer in one line."""
    people = person_codes(of).mean()
    first = UUID(str(people.idxmax()))
    return t("More people speak of “{code}” than of anything else", code=of.names()[first])


def sheet(table: pd.DataFrame, names: dict[Hashable, str]) -> pd.DataFrame:
    """Return codes by sides, as it is read."""
    codes = coded.names()
    written = pd.DataFrame(
        {
            "code": [indented(code, codes) for code in table["theme"]],
            "side": [names.get(group, str(group)) for group in table["group"]],
            "text": [
                t("–") if hidden else f"{share:.0%}"
                for share, hidden in zip(table["share"], table["suppressed"], strict=True)
            ],
        }
    )
    rows, columns = (list(dict.fromkeys(written[name])) for name in ("code", "side"))
    made = written.drop_duplicates(["code", "side"]).pivot(
        index="code", columns="side", values="text"
    )
    made = made.loc[rows, columns].fillna(t("–"))
    made.index.name = made.columns.name = None
    return made


def indented(code: Any, codes: dict[UUID, str]) -> str:  # noqa: ANN401 - a cell of pandas
    """Return a code's name with what shows how deep it stands."""
    depth = next(branch.depth for branch in coded.branches if branch.code.id == code)
    return "\u2003" * depth + codes[code]


def picture(table: pd.DataFrame, names: dict[Hashable, str], by: Side) -> None:
    """Draw the codes that most people speak of, each with its interval."""
    most = person_codes(coded).mean().sort_values(ascending=False, kind="stable").index[:DRAWN]
    drawn = table[table["theme"].isin(most)]
    if drawn["suppressed"].all():
        return
    codes = coded.names()
    rows = pd.DataFrame(
        {
            "panel": [codes[code] for code in drawn["theme"]],
            "row": [names.get(group, str(group)) for group in drawn["group"]],
            "value": drawn["share"] * 100,
            "low": drawn["low"] * 100,
            "high": drawn["high"] * 100,
            "text": [
                "" if hidden else t("{share} ({low} to {high})", share=share, low=low, high=high)
                for hidden, share, low, high in zip(
                    drawn["suppressed"], *(whole(drawn[end]) for end in ENDS), strict=True
                )
            ],
            "shown": ~drawn["suppressed"],
        }
    )
    show(
        lambda ground: dot_chart(
            rows, axis=AXES[measure], domain=(0, 100), translate=tell, ground=ground
        ),
        key="matrix",
        name=f"codes-by-{by}",
    )


def whole(shares: pd.Series) -> list[str]:
    """Return shares as whole per cent; nothing where they are not shown."""
    return ["" if pd.isna(share) else f"{share:.0%}" for share in shares]


st.title(heading(coded), anchor=False)
people = int(coded.passages["person"].nunique())
st.write(
    tn(
        "Of one person texts were read and coded.",
        "Of {count} people texts were read and coded.",
        people,
    )
)
kept_back(coded)
offered = [each for each in SIDES if each in (*OF_PEOPLE, *OF_TEXTS) and (found or each != "theme")]
side = st.selectbox(t("By"), offered, format_func=SIDES.__getitem__, key="matrix-by")
measure = st.segmented_control(
    t("Count"),
    list(MEASURES),
    default="people",
    required=True,
    format_func=MEASURES.__getitem__,
    label_visibility="collapsed",
    key="matrix-measure",
)
table = cross(
    coded,
    side,
    threshold=me.study.threshold,
    measure=measure,
    themes=found.main if found else None,
)
names = called(side, list(dict.fromkeys(table["group"])))
if table.empty or table["suppressed"].all():
    st.info(
        t("Not shown, to protect people: there are too few of them on each side."),
        icon=":material/shield_person:",
    )
else:
    st.dataframe(sheet(table, names))
st.caption(
    t(
        "Each person counts once on each side. A code counts with those below it. A dash stands "
        "for fewer than {threshold} people, for all and for none of them, and for what would give "
        "those away.",
        threshold=me.study.threshold,
    )
)
if not table.empty:
    picture(table, names, side)
if side in OF_PEOPLE:
    code_differences(me, coded, side, {str(key): name for key, name in names.items()})
st.page_link(str(FOLDER / RETRIEVE.file), label=t("Read what was said where"), icon=RETRIEVE.icon)
