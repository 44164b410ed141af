"""How far can these themes be trusted?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from data.database import open_session
from jobs import ledger
from nlp.results import Found, titles_of
from pages import words
from pages.interviewer.escaping import plain
from pages.navigation import CHECKING, FOLDER
from pages.researcher.checked import checked, results
from pages.researcher.deciding import when
from pages.researcher.findings import findings
from pages.waiting import wait_for
from pages.who import require_role
from pages.words import t, tn

me = require_role("researcher")
found = findings(me.study.id)
if found is None:
    st.title(t("The run’s card comes after the themes"), anchor=False)
    st.write(t("Find the themes first: here you will read how well they hold."))
    st.stop()

run, card = found.run, found.run.quality
STEADY = 0.6
"""Agreement from which themes that were found again count as the same."""


def heading() -> str:
    """Answer the question in one line."""
    stability = card.get("stability")
    if stability is None:
        return t("Too few passages to say how well these themes hold")
    if stability >= STEADY:
        return t("These themes come back when passages are left out")
    return t("Read these themes with care: they change when passages are left out")


def fact(name: str, value: str, meaning: str) -> None:
    """Show one figure with a plain sentence on what it means."""
    with st.container(key=f"fact-{name}", gap=None):
        st.markdown(f"**{name}** {value}")
        st.caption(meaning)


def number(value: float | None) -> str:
    """Write a figure with two digits; a dash where there is none."""
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


def basis() -> None:
    """Say what the run was made of."""
    languages: dict[str, int] = card.get("languages") or {}
    named = " · ".join(f"{words.language_name(tag)} {count}" for tag, count in languages.items())
    fact(
        t("People"),
        str(card.get("people", "–")),
        t(
            "Everyone counts once, however much they wrote. The most talkative person has {share} "
            "of all weight.",
            share=f"{card.get('weight_of_most_talkative', 0.0):.0%}",
        ),
    )
    fact(
        t("Passages"),
        str(card.get("passages", "–")),
        t(
            "A passage is one thought: a sentence or a few that belong together. {languages}",
            languages=named,
        ),
    )
    fact(
        t("Empty answers"),
        str(card.get("empty", "–")),
        t("“Nothing today” and the like: counted here and left out of every share."),
    )
    fact(
        t("In no theme"),
        f"{card.get('unassigned', 0.0):.0%}",
        t("Of the other passages: no theme is certain enough for them. They can be read, too."),
    )


def holding() -> None:
    """Say how well the themes hold."""
    fact(
        t("Stability"),
        number(card.get("stability")),
        t(
            "Themes were found again on parts of the passages. 1: the same themes each time; 0: as "
            "alike as chance (adjusted Rand index)."
        ),
    )
    fact(
        t("Coherence"),
        number(card.get("coherence")),
        t(
            "Whether a theme’s words occur in the same passages, within each language (NPMI). "
            "Above 0: more often than by chance, 1: always. Passages as short as these seldom hold "
            "two of them, so read it only beside another run’s."
        ),
    )
    fact(
        t("Diversity"),
        number(card.get("diversity")),
        t("Share of words that stand for one theme only. 1: no two themes share a word."),
    )


def language() -> None:
    """Say what languages do to the themes."""
    together = card.get("translations_together") or {}
    before, after = together.get("before"), together.get("after")
    if before is not None and after is not None:
        fact(
            t("Translations in the same theme"),
            f"{before:.0%} → {after:.0%}",
            t(
                "Sentences of a reference corpus that does not come from this study, and their "
                "translations: how often both land in one theme, before and after what a language "
                "alone adds was taken out."
            ),
        )
    else:
        fact(
            t("Translations in the same theme"),
            "–",
            t("There is one language only, or none that the reference corpus knows."),
        )
    if tags := card.get("not_understood"):
        st.warning(
            t(
                "The encoder does not understand {languages}: do not rely on their themes.",
                languages=_named(tags),
            ),
            icon=":material/translate:",
        )
    if tags := card.get("unserved_languages"):
        st.warning(
            t(
                "There is no reference for {languages}: what the language adds is still there.",
                languages=_named(tags),
            ),
            icon=":material/translate:",
        )
    unchecked = card.get("unchecked_languages") or []
    if len(unchecked) > 1:
        st.caption(
            t(
                "Not yet checked by a native speaker: the reference sentences in {languages}. What "
                "is said between these languages rests on them.",
                languages=_named(unchecked),
            )
        )
    agreement(card.get("agreement") or {})


def _named(tags: Sequence[str]) -> str:
    return words.together([words.language_name(tag) for tag in tags])


def agreement(measured: Mapping[str, float]) -> None:
    """Say how far a theme gives away who said it, where, and in which language."""
    names = {
        "language": t("language"),
        "person": t("person"),
        "source": t("question or interview"),
        "team": t("team"),
        "question": t("question"),
    }
    told = " · ".join(
        f"{names[key]} {number(value)}" for key, value in measured.items() if key in names
    )
    if told:
        fact(
            t("Themes agree with"),
            told,
            t(
                "0: knowing the theme of a passage tells nothing about its language, person or "
                "source; 1: it tells all (adjusted mutual information). This describes what people "
                "wrote and is not by itself a bias."
            ),
        )


def checking(of: Found) -> None:
    """Say which themes people checked, and what came of it."""
    st.subheader(t("What people say who read it blindly"), anchor=False)
    checks = checked(of)
    reviewed = sum(check.counts and bool(check.verdicts) for check in checks.values())
    st.write(
        tn(
            "{reviewed} of one theme was checked by people.",
            "{reviewed} of {count} themes were checked by people; the others are computed, "
            "unreviewed.",
            len(of.themes),
            reviewed=reviewed,
        )
    )
    results(of, checks, account_id=me.identity.account_id)
    st.page_link(
        str(FOLDER / CHECKING.file), label=t("Check themes"), icon=":material/arrow_forward:"
    )


def answering() -> None:
    """Say which themes answer the research questions that guided the run."""
    answers = card.get("answers") or []
    if not answers:
        return
    with open_session() as session:
        titles = titles_of(run.id, session=session, language=words.language())
    st.subheader(t("What answers the research questions"), anchor=False)
    for answer in answers:
        number_of = answer["theme"]
        st.markdown(f"**{plain(answer['question'])}**")
        if number_of is None:
            st.caption(t("No theme: nobody wrote enough that comes close to it."))
        else:
            st.caption(
                t(
                    "“{theme}”, as the computer proposed it",
                    theme=titles.get(number_of, str(number_of)),
                )
            )


def repeating() -> None:
    """Say how to repeat the run exactly, and do so."""
    settings: dict[str, Any] = run.settings
    with st.container(key="settings"):
        st.write(
            t(
                "The same passages with these settings give the same themes, whatever order they "
                "come in."
            )
        )
        st.table(
            {
                t("Made"): when(run.created_at, me),
                t("Encoder (turns a passage into numbers that stand for its meaning)"): run.encoder,
                t("Granularity (0: few broad themes, 1: many narrow ones)"): str(
                    settings.get("granularity", "–")
                ),
                t("Seed (where everything drawn at random starts)"): str(settings.get("seed", "–")),
                t("Clusterings that were drawn and agreed upon"): str(settings.get("runs", "–")),
                t("Share of the votes a passage needs"): str(settings.get("certainty", "–")),
                t("Versions"): ", ".join(
                    f"{name} {version}" for name, version in (card.get("versions") or {}).items()
                ),
                t("Time"): tn(
                    "one second",
                    "{count} seconds",
                    round(sum((card.get("seconds") or {}).values())),
                ),
            },
            border="horizontal",
        )
    job = wait_for("themes", me.study.id)
    if (job is None or job.status not in ledger.UNFINISHED) and st.button(
        t("Repeat this run"), key="repeat"
    ):
        ledger.ask("themes", study_id=me.study.id, account_id=me.identity.account_id, **settings)
        st.rerun()


st.title(heading(), anchor=False)
st.subheader(t("What it was made of"), anchor=False)
basis()
st.subheader(t("How well it holds"), anchor=False)
holding()
st.subheader(t("What languages do to it"), anchor=False)
language()
checking(found)
answering()
st.subheader(t("It can be repeated exactly"), anchor=False)
repeating()
