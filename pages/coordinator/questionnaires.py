"""What do we ask?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import PurePath

import streamlit as st

from data.database import open_session
from data.tables import Questionnaire
from i18n import Refusal
from pages import words
from pages.drawing.preview import preview
from pages.drawing.wording import plain
from pages.who import require_role
from pages.words import language_name, t, tell, tn
from survey import questionnaires
from survey.questionnaire_changes import Change, changes
from survey.xlsform import Form, FormError, Problem, Severity, attach, load
from survey.xlsform.kinds import UNSEEN

me = require_role("coordinator")
FORM_TYPES = ["xlsx", "xls", "csv", "md"]
FILE_TYPES = ["csv", "xml", "geojson", "png", "jpg", "jpeg", "gif", "webp", "mp3", "m4a", "mp4"]
SHOWN = 40
"""So many problems or changes are shown at once; a file with more has one cause for most."""

with open_session() as opened:
    versions = questionnaires.versions(session=opened, study_id=me.study.id)
    asked = questionnaires.assignments(session=opened, study_id=me.study.id)
    answered = questionnaires.answers_by_version(session=opened, study_id=me.study.id)
titles = {each.questionnaire: words.of(each.title, each.questionnaire) for each in asked}
names = list(
    dict.fromkeys(
        each.name
        for each in sorted(versions.values(), key=lambda each: (each.name not in titles, each.name))
    )
)


def versions_of(name: str) -> list[Questionnaire]:
    """Return the versions of a questionnaire, newest first."""
    return sorted(
        (each for each in versions.values() if each.name == name), key=lambda each: -each.version
    )


def lines(texts: Sequence[str]) -> str:
    """Return a list of sentences; of very many the first, and how many more there are."""
    shown = [f"- {text}" for text in texts[:SHOWN]]
    more = len(texts) - SHOWN
    if more > 0:
        # Not within the f-string: the catalog extractor does not look into those.
        rest = tn("and one more", "and {count} more", more)
        shown.append(f"- {rest}")
    return "\n".join(shown)


def show_problems(problems: Sequence[Problem]) -> None:
    """Say what is wrong with a file, then what is worth knowing, each with its place."""
    errors = [each for each in problems if each.severity is Severity.ERROR]
    warnings = [each for each in problems if each.severity is Severity.WARNING]
    if errors:
        st.error(
            tn(
                "One thing must be put right before it can be published:",
                "{count} things must be put right before it can be published:",
                len(errors),
            )
            + "\n\n"
            + lines([plain(tell(each.placed())) for each in errors])
        )
    if warnings:
        title = tn("One thing worth knowing", "{count} things worth knowing", len(warnings))
        with st.expander(title, expanded=not errors):
            st.markdown(lines([plain(tell(each.placed())) for each in warnings]))


def show_changes(found: Sequence[Change]) -> None:
    """Say what differs between two versions; first what keeps answers from being put together."""
    if not found:
        st.write(t("Nothing has changed that people see or that is worked out."))
        return
    breaking = [each for each in found if each.breaks]
    if breaking:
        st.warning(
            t("Answers to these cannot be put together with earlier ones just so:")
            + "\n\n"
            + lines([say_change(each) for each in breaking])
        )
    if rest := [each for each in found if not each.breaks]:
        st.markdown(lines([say_change(each) for each in rest]))


def say_change(change: Change) -> str:
    """Say one change with its question in front."""
    said = plain(tell(change.message))
    return f"**{plain(change.path.removeprefix('/data/'))}** · {said}" if change.path else said


def facts(form: Form) -> str:
    """Say how long a questionnaire is and in which languages."""
    count = sum(each.type not in UNSEEN | {"note", "instanceID"} for each in form.questions())
    spoken = ", ".join(language_name(tag) for tag in form.languages if tag != "und")
    questions = tn("one question", "{count} questions", count)
    return f"{questions} · {spoken}" if spoken else questions


def show(name: str) -> None:
    """Show one questionnaire: its newest version to try out, and how it came to be so."""
    history = versions_of(name)
    newest = history[0]
    form = questionnaires.form_of(newest)
    st.caption(
        t("Version {number}, since {day}", number=newest.version, day=str(newest.created_at.date()))
        + f" · {facts(form)}"
    )
    view = st.segmented_control(
        t("View"),
        ["preview", "versions"],
        format_func={"preview": t("Try it out"), "versions": t("Versions")}.__getitem__,
        key=f"view-{name}",
        label_visibility="collapsed",
    )
    if view == "preview":
        material = partial(questionnaires.material, newest)
        preview(form, key=f"{newest.id}", material=material)
    elif view == "versions":
        show_versions(history)


def show_versions(history: Sequence[Questionnaire]) -> None:
    """Say how many entries answer each version, offer its file, and compare two."""
    for each in history:
        count = answered.get(each.id, 0)
        entries = tn("one entry answers it", "{count} entries answer it", count)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                t("Version {number}, since {day}", number=each.version, day=each.created_at.date())
                + f" · {entries}"
            )
            st.download_button(
                t("Download its file"),
                each.source,
                f"{each.name}-{each.version}{PurePath(each.filename).suffix}",
                key=f"file-{each.id}",
                type="tertiary",
                icon=":material/download:",
            )
    if len(history) < 2:
        st.write(
            t("There is one version so far. Answers stay with the version they were given to.")
        )
        return
    numbers = {each.version: each for each in history}
    left, right = st.columns(2)
    with left:
        before = st.selectbox(t("From version"), list(numbers), index=1, key="before")
    with right:
        after = st.selectbox(t("to version"), list(numbers), index=0, key="after")
    show_changes(
        changes(questionnaires.form_of(numbers[before]), questionnaires.form_of(numbers[after]))
    )


def files_of(history: Sequence[Questionnaire]) -> dict[str, bytes]:
    """Return the files that came with the newest version: the next one keeps them."""
    if not history:
        return {}
    found = {name: questionnaires.material(history[0], name) for name in history[0].files}
    return {name: content for name, content in found.items() if content is not None}


def bring() -> None:
    """Take a file in: say what is wrong with it, show it, publish it."""
    st.subheader(t("Bring a questionnaire"), anchor=False)
    st.write(t("An XLSForm: an Excel file, CSV, or a text file with tables."))
    turn = st.session_state.get("brought", 0)
    uploaded = st.file_uploader(t("Questionnaire file"), type=FORM_TYPES, key=f"form-file-{turn}")
    more = st.file_uploader(
        t("Lists, pictures and sounds that belong to it"),
        type=FILE_TYPES,
        accept_multiple_files=True,
        key=f"more-files-{turn}",
    )
    if not uploaded:
        return
    content = uploaded.getvalue()
    stem = PurePath(uploaded.name).stem
    offered = list(dict.fromkeys([*names, stem]))
    name = st.selectbox(
        t("Which questionnaire is this?"),
        offered,
        index=offered.index(stem),
        format_func=lambda each: (
            titles.get(each, each) if each in names else t("A new one: {name}", name=each)
        ),
        key="which",
    )
    history = versions_of(name)
    brought = {each.name: each.getvalue() for each in more}
    files = {**files_of(history), **brought}
    try:
        form = attach(load(content, file_type=PurePath(uploaded.name).suffix), files)
    except FormError as error:
        show_problems(error.problems)
        return
    show_problems(form.warnings)
    if stay := sorted(set(files) - set(brought)):
        st.caption(t("These files of the last version stay: {names}", names=", ".join(stay)))
    st.caption(facts(form))
    if history:
        st.markdown(t("Compared with version {number}:", number=history[0].version))
        show_changes(changes(questionnaires.form_of(history[0]), form))
    number = history[0].version + 1 if history else 1
    if st.button(t("Publish as version {number}", number=number), type="primary", key="publish"):
        publish(name, uploaded.name, content, files)
    if st.toggle(t("Try it out"), key="try-new"):
        preview(form, key=f"new-{form.sha256[:12]}", material=files.get)


def publish(name: str, filename: str, content: bytes, files: dict[str, bytes]) -> None:
    """Publish a new version and say so on the next run."""
    try:
        with open_session() as session:
            published = questionnaires.publish(
                session=session,
                study_id=me.study.id,
                account_id=me.identity.account_id,
                filename=filename,
                content=content,
                files=files,
                name=name,
            )
            session.commit()
    except Refusal as refusal:
        for message in refusal.messages:
            st.error(tell(message))
        return
    st.session_state["published"] = (name, published.version)
    # The boxes for files are empty again.
    st.session_state["brought"] = st.session_state.get("brought", 0) + 1
    st.rerun()


if done := st.session_state.pop("published", None):
    st.success(
        t(
            "{name} is published as version {number}.",
            name=titles.get(done[0], done[0]),
            number=done[1],
        )
    )
st.title(t("What do we ask?") if names else t("Nothing is asked yet"), anchor=False)
if not names:
    st.write(t("Bring a questionnaire below; it is checked before anybody sees it."))
for name in names:
    with st.container(border=True):
        st.subheader(titles.get(name, name), anchor=False)
        if name not in titles:
            st.caption(t("Nobody is asked this yet: the study says who answers what, and when."))
        show(name)
bring()
