"""Does what was found hold in one language, one question, one source, and by raw vectors?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data.database import open_session
from jobs import ledger
from nlp.chapter.differences import LEVEL
from nlp.reading import questions
from nlp.results import Found, Grouping
from pages import words
from pages.researcher.comparing import done_job
from pages.waiting import wait_for
from pages.who import Here
from pages.words import t


def holding(
    me: Here, found: Found, by: Grouping, titles: Mapping[int, str], names: Mapping[str, str]
) -> None:
    """Show the same comparison in parts of the material and by raw vectors, one click away.

    Args:
        me: Who looks.
        found: The run as people decided it.
        by: What makes the groups.
        titles: What its themes are called.
        names: What the groups are called.
    """
    wanted = {
        "run": str(found.run.id),
        "passages": len(found.passages),
        "revision": found.decisions.revision,
        "by": by,
    }
    with st.expander(t("Does it hold elsewhere?"), icon=":material/rule:", key="holding"):
        st.write(
            t(
                "The same question to one language, one question, one source alone, to people with "
                "more entries, and to vectors from which no language was removed."
            )
        )
        done = done_job(me, "check", wanted)
        if done is None:
            _ask(me, wanted)
            return
        rows = pd.DataFrame(done.result["rows"])
        if rows.empty:
            st.write(t("No part of the material has two groups of people who may be shown."))
            return
        st.dataframe(_sheet(rows, _called(me, rows), titles, names), hide_index=True)
        st.caption(
            t(
                "A theme is listed where groups differ in it, in everything or in some part. p is "
                "adjusted over the themes of each line; beside it the group that writes most. "
                "“not distinguishable” is no proof that there is no difference: parts are smaller."
            )
        )


def _ask(me: Here, wanted: dict[str, Any]) -> None:
    with open_session() as session:
        job = ledger.latest("check", session=session, study_id=me.study.id)
    if job is not None and job.arguments == wanted:
        wait_for("check", me.study.id)
        return
    if st.button(t("Look"), key="check"):
        ledger.ask("check", study_id=me.study.id, account_id=me.identity.account_id, **wanted)
        st.rerun()


def _sheet(
    rows: pd.DataFrame,
    called: Mapping[tuple[str, str], str],
    titles: Mapping[int, str],
    names: Mapping[str, str],
) -> pd.DataFrame:
    """Return a line for each check, a column for each theme in which anything differs."""
    differ = rows[rows["p_adjusted"] <= LEVEL]["theme"].unique()
    themes = [number for number in titles if number in differ]
    lines = []
    for (kind, value), part in rows.groupby(["kind", "value"], sort=False):
        cells = part.set_index("theme")
        line: dict[str, object] = {
            t("In"): called[str(kind), str(value)],
            t("People"): int(cells["people"].max()),
        }
        for number in themes:
            if number in cells.index:
                line[titles[number]] = _cell(cells.loc[number], names)
        lines.append(line)
    return pd.DataFrame(lines)


def _cell(row: Any, names: Mapping[str, str]) -> str:  # noqa: ANN401 - a row of pandas
    if pd.isna(row["p_adjusted"]):
        return t("cannot be separated from the teams")
    if row["p_adjusted"] > LEVEL:
        return t("not distinguishable")
    p = f"p = {row['p_adjusted']:.3f}"
    most = names.get(row["most"], row["most"])
    return f"{p} · {most}" if most else p


def _called(me: Here, rows: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Say what each line looks at."""
    with open_session() as session:
        asked = questions(session=session, study_id=me.study.id)
    sources = {"reflection": t("Entries"), "interview": t("Interviews")}
    return {(kind, value): _line(kind, value, asked, sources) for kind, value in _pairs(rows)}


def _line(
    kind: str, value: str, asked: Mapping[str, dict[str, str]], sources: Mapping[str, str]
) -> str:
    if kind == "source":
        return sources.get(value, value)
    if kind == "question":
        return words.of(asked.get(value), value)
    if kind == "language":
        return words.language_name(value)
    if kind == "minimum":
        return t("People with at least {count} entries", count=value)
    return t("Raw vectors") if kind == "raw" else t("Everything")


def _pairs(rows: pd.DataFrame) -> Iterable[tuple[str, str]]:
    return {
        (str(kind), str(value)) for kind, value in zip(rows["kind"], rows["value"], strict=True)
    }
