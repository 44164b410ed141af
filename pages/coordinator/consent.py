"""What do people agree to?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from i18n import Refusal
from pages.who import require_role
from pages.words import language_name, moment, t, tell, tn
from survey import consent

me = require_role("coordinator")
with open_session() as opened:
    versions = consent.versions(session=opened, study_id=me.study.id)
    counts = consent.agreed(session=opened, study_id=me.study.id)
newest = versions[0] if versions else None

st.title(
    tn(
        "One person agreed to the current version",
        "{count} people agreed to the current version",
        counts.get(newest.version, 0),
    )
    if newest
    else t("Nothing is asked before people begin"),
    anchor=False,
)
if said := st.session_state.pop("consent-said", None):
    st.success(said, icon=":material/check:")
st.write(t("The text is shown before anything else, and again when there is a new version."))
for text in versions:
    count = tn(
        "agreed to by one person", "agreed to by {count} people", counts.get(text.version, 0)
    )
    name = t("Version {version}", version=text.version)
    with st.expander(f"{name} · {moment(text.created_at, me.zone)} · {count}"):
        for tag, said in text.texts.items():
            st.caption(language_name(tag))
            st.markdown(said)


def publish(version: str, texts: dict[str, str]) -> None:
    """Publish a new version; everybody is asked again."""
    try:
        with open_session() as session:
            consent.publish(
                session=session,
                study_id=me.study.id,
                version=version,
                texts=texts,
                account_id=me.identity.account_id,
            )
            session.commit()
    except Refusal as refusal:
        st.error(tell(refusal.messages[0]))
        return
    st.session_state["consent-said"] = t(
        "Version {version} is published. Everybody is asked for it before they go on.",
        version=version,
    )
    st.rerun()


st.subheader(t("A new version"), anchor=False)
st.write(
    t(
        "Everybody is asked again, and can write nothing more until they agree. "
        "What they gave so far stays, and can be seen and withdrawn."
    )
)
before = newest.texts if newest else {}
with st.form("consent"):
    version = st.text_input(t("Version"), max_chars=40, key="consent-version")
    texts = {
        tag: st.text_area(
            t("Text in {language}", language=language_name(tag)),
            value=before.get(tag, ""),
            height=260,
            key=f"consent-{tag}",
        )
        for tag in dict.fromkeys([*me.study.languages, *before])
    }
    if st.form_submit_button(t("Publish this version"), type="primary"):
        publish(version.strip(), texts)
