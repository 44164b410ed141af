"""An entry, or a correction of one, that is kept answer by answer while somebody is at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import streamlit as st

from data.database import open_session
from data.tables import Draft, Questionnaire
from data.tables.base import now
from pages import words
from pages.drawing.texts import writes_itself
from pages.who import Here
from pages.words import t
from survey import drafts
from survey.filling import Filling


@dataclass(frozen=True)
class Drafting:
    """What is on the screen, and what is kept of it.

    Attributes:
        me: Who is at it.
        questionnaire: The version that is answered.
        instance_id: What the drafts are of: the entry, or its correction.
        filling: The answers as they are on the screen.
        kept: The drafts that the database has, by path.
    """

    me: Here
    questionnaire: Questionnaire
    instance_id: UUID
    filling: Filling
    kept: Mapping[str, Draft]

    @property
    def key(self) -> str:
        """What tells its widgets from others; another one whenever turns were renumbered."""
        return f"{self.instance_id}-{st.session_state.get('turns', 0)}"

    def save(self, path: str, value: Any) -> None:  # noqa: ANN401 - an answer in its JSON form
        """Keep one answer at once.

        Raises:
            StaleDraftError: It was answered elsewhere in the meantime.
        """
        before = self.kept.get(path)
        with open_session() as session:
            try:
                drafts.keep(
                    session=session,
                    account_id=self.me.identity.account_id,
                    questionnaire_id=self.questionnaire.id,
                    instance_id=self.instance_id,
                    path=path,
                    value=value,
                    revision=before.revision if before else 0,
                )
            except drafts.StaleDraftError:
                if writes_itself(self.filling.element(path)):
                    return  # the browser still has the text, sends it itself and shows both
                raise
            session.commit()
        st.session_state[f"saved-{self.instance_id}"] = words.clock(now(), self.me.zone)

    def keep_turns(self, repeat: str) -> None:
        """Keep a repeat that gained or lost a turn, and draw it anew."""
        with open_session() as session:
            drafts.replace(
                session=session,
                account_id=self.me.identity.account_id,
                questionnaire_id=self.questionnaire.id,
                instance_id=self.instance_id,
                repeat=repeat,
                filling=self.filling,
            )
            session.commit()
        st.session_state["turns"] = st.session_state.get("turns", 0) + 1
        st.rerun()

    def keep_beginning(self) -> None:
        """Keep what is noted once: the moment it was begun, answers worked out then."""
        with open_session() as session:
            drafts.keep_beginning(
                session=session,
                account_id=self.me.identity.account_id,
                questionnaire_id=self.questionnaire.id,
                instance_id=self.instance_id,
                filling=self.filling,
                drafts=self.kept,
            )
            session.commit()

    def say_when_saved(self) -> None:
        """Say when an answer was last kept: a line above what is pressed would move it away."""
        if when := st.session_state.get(f"saved-{self.instance_id}"):
            st.caption(t("Saved {time}", time=when))
