"""A quotation as it would be printed, what stands around it, and the three choices."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from nlp.privacy.leaving import without_codes
from nlp.quoting import Around, Printed, Quoted, Rules, Standing, as_printed
from nlp.quoting.printing import LANGUAGES
from pages import words
from pages.interviewer.escaping import plain
from pages.words import t

LONGEST = 300
"""Characters shown of what stands before or after."""


def labels(*, own: bool = True) -> dict[str, str]:
    """Return what the choices are called, for whoever said it or for somebody else."""
    return {
        Standing.NAMED: t("With my name") if own else t("With their name"),
        Standing.UNATTRIBUTED: t("Without my name") if own else t("Without their name"),
        Standing.REFUSED: t("Not at all"),
    }


def around_it(each: Quoted, beside: Around | None, rules: Rules, *, today: dt.date) -> None:
    """Show what somebody said, with what was asked and what stands before and after it."""
    where = t("In an interview") if each.spoken else words.of(each.question)
    day = words.day(each.day, today=today) if each.day else ""
    st.caption(plain(" · ".join(part for part in (where, day) if part)))
    around = beside or Around()

    def quiet(text: str) -> None:
        if text:
            shown = text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
            st.caption(plain(without_codes(shown, rules.codes, each.language)))

    quiet(around.turn_before)
    quiet(around.before)
    with st.container(key=f"quoted-{each.key}"):
        st.text(each.plain(rules.codes))
    quiet(around.after)
    quiet(around.turn_after)


def chosen(each: Quoted) -> tuple[str, str]:
    """Return the choice and the name as they stand on the screen, for what a button does."""
    return (
        st.session_state.get(f"choice-{each.key}") or "",
        st.session_state.get(f"name-{each.key}", ""),
    )


def choose(each: Quoted, rules: Rules, *, name: str, own: bool = True) -> bool:
    """Ask for one of the three choices and show what would be printed then.

    Args:
        each: The quotation.
        rules: What decides about its form.
        name: The name to begin with.
        own: Whether whoever chooses said it, or writes down what somebody else replied.

    Returns:
        Whether there is a choice.
    """
    known = labels(own=own)
    before = each.release.choice if each.release else ""
    choice = st.radio(
        t("May it be printed?"),
        list(known),
        index=list(known).index(Standing(before)) if before else None,
        format_func=known.__getitem__,
        key=f"choice-{each.key}",
    )
    if choice == Standing.NAMED:
        name = st.text_input(
            t("The name below it"),
            name,
            help=t("Just as you want to read it, for example with what you do.") if own else None,
            key=f"name-{each.key}",
        )
    if choice in {Standing.NAMED, Standing.UNATTRIBUTED}:
        printed(each, choice, name, rules)
    elif choice == Standing.REFUSED and own:
        st.write(t("Nothing of it is printed, and nobody asks you why."))
    return choice is not None


def printed(each: Quoted, choice: str, name: str, rules: Rules) -> None:
    """Show how a quotation would be printed under a choice, in every language it can be."""
    if choice == Standing.REFUSED:
        return
    tags = [
        tag
        for tag in dict.fromkeys([*LANGUAGES, *each.shown])
        if tag == each.language or tag in each.shown
    ]
    forms = [
        form
        for tag in tags
        if (form := as_printed(each, choice, language=tag, rules=rules, name=name))
    ]
    if not forms:
        _nothing(each, choice, rules)
        return
    st.markdown(f"**{t('So it would be printed')}**")
    for form in forms:
        _form(each, form)
    if choice == Standing.UNATTRIBUTED:
        st.caption(t("No name, no code, no team, no role, no country and no date stand beside it."))


def _form(each: Quoted, form: Printed) -> None:
    tag = form.translation_language or each.language
    st.caption(t("In a report in {language}", language=words.language_name(tag)))
    with st.container(key=f"printed-{each.key}-{tag}"):
        if form.original:
            st.text(form.original)
        if form.translation:
            st.text(form.translation)
            who = {"name": form.translator, "checker": form.checker}
            st.caption(
                plain(
                    t("Translated by a programme ({name}), checked by {checker}", **who)
                    if form.machine
                    else t("Translated by {name}, checked by {checker}", **who)
                )
            )
        st.text(f"— {form.name}" if form.name else f"— {t('without a name')}")


def _nothing(each: Quoted, choice: str, rules: Rules) -> None:
    few = choice == Standing.UNATTRIBUTED and not rules.many_write(each.language)
    if few and each.language in LANGUAGES:
        st.write(
            t(
                "Without your name it cannot be printed so far: too few people of the study write "
                "this language, so the words alone would tell who you are."
            )
        )
    else:
        st.write(
            t(
                "There is no checked translation yet, so nothing is printed yet. When there is "
                "one, you are asked again."
            )
        )
